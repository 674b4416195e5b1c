"""What engines saw, as probabilities, and what the restorer makes of it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.capture import Capture, Character, Line, Page, PageAccount, PageOutcome, Word
from septel.errors import ModelError
from septel.restore import (
    EngineCharacter,
    EnginePosteriors,
    EngineWord,
    Restorer,
    SpanPosterior,
    engine_words,
)
from septel.restore.confidence.engine_calibration import (
    SCALES,
    EngineCalibration,
    EngineCalibrations,
    WordQueries,
)
from septel.restore.confidence.logistic import LogisticModel, products_of
from septel.restore.engine_output.posteriors import spelled
from septel.restore.engine_output.words import gauge_for, words_alone
from septel.text import Alternative, Source, Span, State, Step
from septel.training.engine_confidence import fit_gauge, fit_scale
from tests.restore.test_restorer import CLEAN, RUINED, laws

ENGINE = Step.of("an engine", "1")


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.load()


def source_of(text: str) -> Source:
    plain = Source.of_text(text)
    return Source(name=plain.name, digest=plain.digest, text=text, step=ENGINE)


def seen(text: str, right: float, others: dict[Span, dict[str, float]] | None = None) -> EnginePosteriors:
    """Every character right with one probability, save where something else was seen."""
    nothing: dict[Span, dict[str, float]]
    nothing = {Span(at, at + 1): {} for at, c in enumerate(text) if not c.isspace()}
    spans = nothing | (others or {})
    characters = [
        SpanPosterior(
            span=span,
            right=right if not here else 1.0 - sum(here.values()),
            others=tuple(Alternative(text=t, probability=p) for t, p in here.items()),
        )
        for span, here in sorted(spans.items(), key=lambda pair: pair[0])
    ]
    words = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        words.append(SpanPosterior(span=Span(at, at + len(word)), right=right ** len(word)))
        at += len(word)
    return EnginePosteriors(words=tuple(words), characters=tuple(characters))


def captured(lines: list[list[Word]], text: str, step: Step = ENGINE) -> Capture:
    source = Source(name="page", digest="0" * 64, text=text, step=step)
    laid = tuple(Line(span=line[0].span.hull(line[-1].span), words=tuple(line)) for line in lines)
    page = Page(number=1, span=Span(0, len(text)), lines=laid)
    account = PageAccount(number=1, outcome=PageOutcome.READ)
    return Capture(source=source, pages=(page,), accounts=(account,))


@given(
    st.text(alphabet="MNIl1. AB", max_size=12),
    st.text(alphabet="MNIl1. AB", max_size=12),
    st.integers(0, 50),
)
def test_pieces_spell_the_other_reading(stands: str, other: str, start: int) -> None:
    out, at = "", start
    for span, typed in spelled(stands, other, start):
        out += stands[at - start : span.start - start] + typed
        at = span.end
        assert len(span) <= 4 and len(typed) <= 1
    assert out + stands[at - start :] == other


def test_a_character_that_an_engine_saw_is_read_into_a_name(restorer: Restorer) -> None:
    text = CLEAN.replace("VELICHKIN", "VELICHKIM")
    at = text.index("VELICHKIM") + 8
    alone = restorer.restore(source_of(text))
    assert "VELICHKIM" in "\n".join(alone.lines)
    sight = seen(text, 0.999, {Span(at, at + 1): {"N": 0.9}})
    result = restorer.restore(source_of(text), sight=sight)
    laws(result)
    assert "\n".join(result.lines) + "\n" == CLEAN


@pytest.mark.parametrize(
    ("garbled", "piece", "typed"),
    [("KNYTAUTAS", (3, 3), "S"), ("KNYSTAUTTAS", (8, 9), ""), ("KIMYSTAUTAS", (1, 3), "N")],
)
def test_what_was_lost_made_up_or_split_is_seen_too(
    restorer: Restorer, garbled: str, piece: tuple[int, int], typed: str
) -> None:
    true = garbled[: piece[0]] + typed + garbled[piece[1] :]
    text = f"THE NEXT MEETING WITH {garbled} WILL BE HELD IN GENEVA.\n"
    start = text.index(garbled)
    sight = seen(text, 0.999, {Span(start + piece[0], start + piece[1]): {typed: 0.95}})
    result = restorer.restore(source_of(text + CLEAN), sight=sight)
    laws(result)
    assert true in result.lines[0]


def test_language_weighs_what_was_faintly_seen_on_a_clean_page(restorer: Restorer) -> None:
    # Both halves of GOVERNMENT'S are words, so nothing but the faint mark tells that something is lost.
    text = f"THE GOVERNMENT S VIEW IS THAT THE TALKS SHOULD GO ON.\n{CLEAN}"
    at = text.index(" S ")
    stands = restorer.restore(source_of(text), sight=seen(text, 0.999))
    assert "\n".join(stands.lines) + "\n" == text
    faint = restorer.restore(source_of(text), sight=seen(text, 0.999, {Span(at, at + 1): {"'": 0.05}}))
    laws(faint)
    assert faint.lines[0].startswith("THE GOVERNMENT'S VIEW")
    never = restorer.restore(source_of(text), sight=seen(text, 0.999, {Span(at, at + 1): {"X": 0.05}}))
    assert "\n".join(never.lines) + "\n" == text


@pytest.mark.parametrize(
    ("line", "blank", "faint"),
    [
        ("OIL EARNINGS OF US$ 7 BILLION ARE VERY LIKELY.", "$ 7", "1"),
        ("IT COST ABOUT US $ 6 BILLION", "$ 6", "."),
        ("SUBJECT: COTTON - VISIT OF THE DELEGATION", "N -", "-"),
    ],
)
def test_language_fills_no_blank_with_a_figure_nor_beside_a_mark(
    restorer: Restorer, line: str, blank: str, faint: str
) -> None:
    text = f"{line}\n{CLEAN}"
    at = text.index(blank) + 1
    read = restorer.restore(source_of(text), sight=seen(text, 0.999, {Span(at, at + 1): {faint: 0.45}}))
    assert read.lines[0] == line


def test_what_engines_are_sure_of_stands(restorer: Restorer) -> None:
    before = RUINED.split()
    changed = [
        sum(a != b for a, b in zip(" ".join(result.lines).split(), before, strict=False))
        for result in (
            restorer.restore(source_of(RUINED)),
            restorer.restore(source_of(RUINED), sight=seen(RUINED, 0.99999)),
        )
    ]
    assert changed[1] < changed[0] / 3


def test_a_number_is_never_sure_on_the_word_of_language_alone(restorer: Restorer) -> None:
    text = f"THE COST WAS SEVEN HILLION DOLLARS.\n{CLEAN}"
    at = text.index("HILLION")
    faint = restorer.restore(source_of(text), sight=seen(text, 0.9, {Span(at, at + 1): {"M": 0.1}}))
    plain = restorer.restore(source_of(text), sight=seen(text, 0.999, {Span(at, at + 1): {"M": 0.95}}))
    read = [next(word for word in one.words if word.span.start == at) for one in (faint, plain)]
    assert [word.text for word in read] == ["MILLION", "MILLION"]
    assert [word.state for word in read] == [State.DOUBTFUL, State.SURE]


def test_a_word_that_is_dirt_is_cleared_and_can_be_had_back(restorer: Restorer) -> None:
    text = RUINED.replace("SEMENOV", "JJFW SEMENOV")
    start = text.index("JJFW")
    sight = seen(text, 0.9)
    words = [
        SpanPosterior(span=w.span, right=0.01, others=(Alternative(text="", probability=0.95),))
        if w.span.start == start
        else w
        for w in sight.words
    ]
    result = restorer.restore(
        source_of(text), sight=EnginePosteriors(words=tuple(words), characters=sight.characters)
    )
    laws(result)
    assert "SEMENOV" in "\n".join(result.lines)
    assert not any(w.text.strip() and w.span.overlaps(Span(start, start + 4)) for w in result.words)


def test_words_that_another_engine_has_as_one_are_told_as_one() -> None:
    text = "THE ME ETING WAS\n"
    both = ("MEETING",)
    line = [
        Word(span=Span(0, 3), text="THE", engine_confidence=96.0, agreed=True),
        Word(span=Span(4, 6), text="ME", engine_confidence=40.0, agreed=False, others=both),
        Word(span=Span(7, 12), text="ETING", engine_confidence=60.0, agreed=False, others=both),
        Word(span=Span(13, 16), text="WAS", agreed=False),
    ]
    told = [one for one, _ in engine_words(captured([line], text))]
    assert [one.text for one in told] == ["THE", "ME ETING", "WAS"]
    assert [one.confidence for one in told] == [0.96, 0.4, None]
    (_, joined, _), around = told, engine_words(captured([line], text))[0][1]
    assert WordQueries.of(joined, around).others.keys() == {(Span(2, 3), "")}


def test_a_vote_has_a_gauge_of_its_own() -> None:
    vote = Step.of("septel vote", "1", first="tesseract 5.5 abc", second="rapidocr 3.10 def")
    assert gauge_for(vote) == "tesseract+rapidocr"
    assert gauge_for(ENGINE) == "an engine"
    typed = Step.of("septel vote", "1", first="septel typed 1 abc", second="rapidocr 3.10 def")
    assert gauge_for(typed) == "septel typed+rapidocr"


def test_where_the_second_engine_was_asked_for_nothing_the_first_one_s_gauge_is_taken(
    restorer: Restorer,
) -> None:
    text = "SALT TALKS"
    engines = {"first": "septel typed 9 abc", "second": "rapidocr 3.10 def"}

    def gauge(version: str, agreed: bool | None) -> str | None:
        letters = (Character(left=0, right=9, confidence=90.0, others=(("5", 10.0),)),) * 4
        line = [
            Word(span=Span(0, 4), text="SALT", engine_confidence=90.0, characters=letters, agreed=agreed),
            Word(span=Span(5, 10), text="TALKS", engine_confidence=95.0),
        ]
        sight = restorer.engine_posteriors(captured([line], text, Step.of("septel vote", version, **engines)))
        return sight.gauge if sight else None

    assert gauge("2", True) == gauge("2", False) == "septel typed+rapidocr"
    assert gauge("2", None) == "septel typed"
    # Votes of before, of which nothing was kept: both engines had read everything.
    assert gauge("1", None) is None


def test_a_page_that_was_handed_on_to_another_engine_is_left_out() -> None:
    text = "SALT TALKS\n"

    def capture(others: tuple[tuple[str, float], ...]) -> Capture:
        letters = tuple(Character(left=0, right=9, confidence=90.0, others=others) for _ in "SALT")
        first = Word(span=Span(0, 4), text="SALT", engine_confidence=80.0, characters=letters)
        return captured([[first, Word(span=Span(5, 10), text="TALKS", engine_confidence=70.0)]], text)

    (salt, _), (talks, _) = engine_words(capture((("5", 10.0),)), rivals=True)
    assert salt.letters[0] == EngineCharacter(probability=0.9, others=(("5", 0.1),))
    assert talks.letters == ()
    assert engine_words(capture(()), rivals=True) == []
    assert len(engine_words(capture(()))) == 2
    assert words_alone(capture(())) == ((Span(0, 4), 0.8), (Span(5, 10), 0.7))
    assert words_alone(capture((("5", 10.0),))) == ()


@pytest.mark.parametrize(("figure", "state"), [(99.0, State.SURE), (40.0, State.DOUBTFUL)])
def test_a_word_with_nothing_but_a_figure_is_trusted_by_that(
    restorer: Restorer, figure: float, state: State
) -> None:
    text = "THE DELEGATION WILL ARRIVE IN GENEVA ON MONDAY.\n"
    line = [
        Word(span=Span(*found.span()), text=found[0], engine_confidence=figure)
        for found in re.finditer(r"\S+", text)
    ]
    read = captured([line], text)
    names = SCALES["alone"]
    only_figures = tuple(1.0 if name == "figure" else 0.0 for name in products_of(names))
    alone = LogisticModel(names=names, intercept=0.0, weights=tuple(3 * one for one in only_figures))
    gauge = EngineCalibration(name="an engine", data="", scales={"alone": alone}, rivals=True)
    models = replace(restorer.models, gauges=EngineCalibrations(by_name={gauge.name: gauge}))
    reader = Restorer(models=models)
    sight = reader.engine_posteriors(read)
    assert sight is not None and sight.words == ()
    assert sight.figure(Span(4, 14)) == figure / 100 and sight.figure(Span(len(text), len(text) + 1)) is None
    assert {word.state for word in reader.restore(read.source, sight=sight).words} == {state}


def pages(count: int) -> list[tuple[Capture, str]]:
    """Pages of an engine whose figure tells how often it is wrong, and whose alternatives are right."""
    chance = random.Random(1)
    made = []
    for _ in range(count):
        truth = [chance.choice(["MEETING", "TALKS", "GENEVA", "SEMENOV", "AGREED"]) for _ in range(60)]
        line, at = [], 0
        for word in truth:
            sure = chance.random()
            wrong = chance.random() > sure
            shown = word.replace("E", "F", 1).replace("L", "I", 1) if wrong else word
            other = (word,) if wrong or chance.random() < 0.2 else ()
            span = Span(at, at + len(shown))
            line.append(
                Word(
                    span=span,
                    text=shown,
                    engine_confidence=100 * sure,
                    agreed=not other or other[0] == shown,
                    others=() if other and other[0] == shown else other,
                )
            )
            at = span.end + 1
        text = " ".join(w.text for w in line) + "\n"
        made.append((captured([line], text), " ".join(truth)))
    return made


def test_a_gauge_learns_what_an_engine_s_figures_mean(tmp_path: Path) -> None:
    gauge = fit_gauge(pages(40), name="an engine", data="pages of a test")
    capture, truth = pages(41)[-1]
    sight = gauge.sight(engine_words(capture))
    right = np.array(
        [word.text == true for word, true in zip(capture.pages[0].lines[0].words, truth.split(), strict=True)]
    )
    stated = np.array([word.right for word in sight.words])
    assert stated[right].mean() > stated[~right].mean() + 0.3
    assert abs(stated.mean() - right.mean()) < 0.1
    for glimpse in (*sight.words, *sight.characters):
        assert glimpse.right + glimpse.held <= 1.0 + 1e-9
    gauge.save(tmp_path / "an-engine.json")
    gauges = EngineCalibrations.load(tmp_path)
    again = gauges.sight(capture)
    assert again is not None
    assert np.allclose([w.right for w in again.words], stated, atol=2e-3)
    (tmp_path / "an-engine.json").write_text("{}")
    with pytest.raises(ModelError, match="gauge"):
        EngineCalibrations.load(tmp_path)


def test_a_long_document_is_asked_about_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    gauge = fit_gauge(pages(40), name="an engine", data="pages of a test")
    told = engine_words(pages(41)[-1][0])
    whole = gauge.sight(told)
    monkeypatch.setattr("septel.restore.confidence.engine_calibration.TOGETHER", 3)
    pieces = gauge.sight(told)
    for ones, others in ((whole.words, pieces.words), (whole.characters, pieces.characters)):
        assert [one.span for one in ones] == [other.span for other in others]
        assert np.allclose([one.right for one in ones], [other.right for other in others])
    assert len(told) > 3


def test_letters_and_their_rivals_become_glimpses() -> None:
    told = EngineWord(
        span=Span(10, 13),
        text="SAIT"[:3],
        confidence=0.9,
        letters=(
            EngineCharacter(probability=0.99),
            EngineCharacter(probability=0.99),
            EngineCharacter(probability=0.5, others=(("L", 0.4),)),
        ),
    )
    always = {
        name: LogisticModel(names=names, intercept=2.0, weights=(0.0,) * len(products_of(names)))
        for name, names in SCALES.items()
    }
    gauge = EngineCalibration(name="an engine", data="", scales=always)
    around = engine_words(captured([[Word(span=Span(0, 1), text="A", engine_confidence=90.0)]], "A\n"))[0][1]
    sight = gauge.sight([(told, around)])
    assert [g.span for g in sight.characters] == [Span(10, 11), Span(11, 12), Span(12, 13)]
    assert [o.text for o in sight.characters[2].others] == ["L"]
    support = sight.support(Span(10, 13), "SAI", "SAL")
    assert support is not None
    assert support.reading == pytest.approx(0.0, abs=0.01)
    assert sight.support(Span(20, 22), "XX", "YY") is None


def test_a_blank_in_which_something_may_be_typed_is_doubted(restorer: Restorer) -> None:
    text = "WE AWAIT BOLIVIA S REPLY TO THE PROPOSAL\n"
    lost = Character(left=80, right=90, confidence=30.0, others=(("'", 60.0), ("", 8.0)))
    line, at = [], 0
    for part in text.split():
        letters = tuple(Character(left=0, right=9, confidence=99.0) for _ in part)
        blank = lost if part == "S" else Character(left=0, right=9, confidence=99.0)
        line.append(
            Word(
                span=Span(at, at + len(part)),
                text=part,
                engine_confidence=95.0,
                characters=letters,
                blank=blank if at else None,
            )
        )
        at += len(part) + 1
    told = engine_words(captured([line], text))
    assert told[0][0].blank is None
    assert told[3][0].blank == EngineCharacter(probability=0.3, others=(("'", 0.6), ("", 0.08)))
    names = SCALES["blank"]
    weights = [0.0] * len(products_of(names))
    weights[names.index("own")] = 1.0
    kept = LogisticModel(names=names, intercept=0.0, weights=tuple(weights))
    weights = [0.0] * len(weights)
    weights[names.index("share")] = 6.0
    filled = LogisticModel(names=names, intercept=-3.0, weights=tuple(weights))
    sure = {
        name: LogisticModel(
            names=SCALES[name], intercept=4.0, weights=(0.0,) * len(products_of(SCALES[name]))
        )
        for name in ("word", "character", "other")
    }
    never = LogisticModel(names=names, intercept=-9.0, weights=(0.0,) * len(weights))
    scales = {**sure, "dirt": never, "blank": kept, "filled": filled}
    sight = EngineCalibration(name="an engine", data="", scales=scales).sight(told)
    at = text.index(" S ")
    there = next(glimpse for glimpse in sight.characters if glimpse.span == Span(at, at + 1))
    assert there.right < 0.4
    assert there.share("'") > 0.5
    restored = restorer.restore(source_of(text), sight=sight)
    assert "BOLIVIA'S REPLY" in restored.lines[0]
    # An engine that tells nothing of blanks is asked nothing about them.
    silent = EngineCalibration(name="an engine", data="", scales={**sure, "dirt": never}).sight(told)
    assert all(len(glimpse.span.of(text).strip()) for glimpse in silent.characters)


def test_no_gauge_and_no_figures_give_no_sight() -> None:
    words = [[Word(span=Span(0, 3), text="THE")]]
    gauge = fit_gauge(pages(2), name="an engine", data="")
    gauges = EngineCalibrations(by_name={"an engine": gauge})
    assert gauges.sight(captured(words, "THE\n")) is None
    told = [[Word(span=Span(0, 3), text="THE", engine_confidence=90.0)]]
    assert gauges.sight(captured(told, "THE\n", Step.of("another", "1"))) is None
    assert gauges.sight(captured(told, "THE\n")) is not None


def test_a_scale_without_enough_to_learn_from_says_no() -> None:
    scale = fit_scale([((1.0,) * 7, True)], SCALES["choosing"])
    assert scale.probabilities([(1.0,) * 7])[0] < 1e-9


def test_words_that_a_second_engine_was_not_asked_for_are_judged_as_the_first_one_s(
    restorer: Restorer,
) -> None:
    text = "SALT TALKS BEGIN"
    letters = (Character(left=0, right=9, confidence=88.0, others=(("5", 12.0),)),)

    def words(asked: bool | None) -> list[Word]:
        return [
            Word(span=Span(0, 4), text="SALT", engine_confidence=88.0, characters=4 * letters, agreed=asked),
            Word(span=Span(5, 10), text="TALKS", engine_confidence=60.0, characters=5 * letters),
            Word(span=Span(11, 16), text="BEGIN", engine_confidence=88.0, characters=5 * letters),
        ]

    engines = {"first": "septel typed 9 abc", "second": "rapidocr 3.10 def"}
    alone = restorer.engine_posteriors(captured([words(None)], text, Step.of("septel typed", "9")))
    voted = restorer.engine_posteriors(captured([words(True)], text, Step.of("septel vote", "3", **engines)))
    assert alone and voted
    assert [word.asked for word in voted.words] == [True, False, False]
    assert [one.right for one in voted.words[1:]] == pytest.approx([one.right for one in alone.words[1:]])
    gauge = restorer.models.gauges.by_name[voted.gauge]
    here, there = (voted.support(Span(*at), text, text[slice(*at)]) for at in ((0, 4), (5, 10)))
    assert gauge.scales_for(here) is gauge.scales
    assert gauge.scales_for(there) is restorer.models.gauges.by_name["septel typed"].scales
