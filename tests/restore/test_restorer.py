from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from septel.restore import Restoration, Restorer, Settings, profile
from septel.restore.channel.counts import count_pairs, garble
from septel.restore.restorer import models_digest
from septel.telegram import FormHint
from septel.text import Edit, Ground, Reason, Source, Span, State, Step
from tests.conftest import ROOT

CLEAN = """AT THE THIRD PLENARY, HELD AT THE SOVIET MISSION, BOTH SIDES SET OUT
THEIR VIEWS ON THE SHARING OF FREQUENCIES. THE NEXT MEETING WILL BE HELD
AT THE US MISSION ON TUESDAY, MAY 18, AT 1030 HOURS. VELICHKIN ASKED
WHETHER THE 45 STATIONS OF ANNEX B, OR PL-480 TITLE I, WERE INCLUDED.
"""
RUINED = """A7 1HE TH1RD PLENAR'f• H£LO AT THE SOV IET M I SSION, 8OTH SIOES SE T OUT
1HE1R V I EWS ON TH£ SHAR I NG OF FREQUENC I ES• THE NEX T MEET ING W[LL SE HELO
AT TttE US M l SS ION ON TUESDA'f, MAY 18• THE TA LKS ENTERED THE IR SUBSTANT I VE
PHASE• SEMENOV INO ICATED TH AT THE PURP0SE OF THE TALKS SHOUL O BE TO OEF INE IT•
"""


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.load()


def words(text: str) -> list[str]:
    return text.split()


def errors(truth: str, text: str) -> float:
    return Levenshtein.distance(words(truth), words(text)) / len(words(truth))


def laws(result: Restoration) -> None:
    """What holds of every restoration of anything."""
    source = result.source
    assert len(result.lines) == len(source.lines)
    assert result.reading.invert() == source.text
    assert result.best.invert() == source.text
    for word in result.words:
        assert "\n" not in word.span.of(source.text)
        assert source.line_at(word.span.start) == word.line
    spans = [word.span for word in result.words]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@settings(max_examples=30)
@given(text=st.text(alphabet="AEI THN.,0159•~£'lé\n\t-", max_size=120))
def test_every_text_is_restored_line_by_line_and_can_be_inverted(text: str) -> None:
    laws(Restorer.load().restore(Source.of_text(text)))


def test_clean_text_is_left_alone(restorer: Restorer) -> None:
    result = restorer.restore(Source.of_text(CLEAN))
    laws(result)
    assert "\n".join(result.lines) + "\n" == CLEAN
    assert all(word.confidence and word.confidence.calibration for word in result.words)


def test_a_ruined_text_becomes_readable(restorer: Restorer) -> None:
    result = restorer.restore(Source.of_text(RUINED))
    laws(result)
    restored = "\n".join(result.lines)
    assert "THE NEXT MEETING WILL BE HELD" in restored
    assert "SEMENOV INDICATED THAT THE PURPOSE OF THE TALKS SHOULD BE TO DEFINE IT" in restored
    assert min(result.noise.lines) > 0.08


def test_numbers_are_never_made_fluent(restorer: Restorer) -> None:
    text = CLEAN + "SEE STATE 81206 AND MOSCOW 3127 OF MAY 14, 1971, PARA 4, 30,000 TONS AT 12.75.\n"
    assert "81206 AND MOSCOW 3127 OF MAY 14, 1971, PARA 4, 30,000 TONS AT 12.75." in "\n".join(
        restorer.restore(Source.of_text(text)).lines
    )


def test_mixed_case_is_restored_in_its_own_case(restorer: Restorer) -> None:
    text = "The Secretary sa1d that he had not yet rece_ved the Soviet rep1y to the Ambassador.\n" * 3
    restored = restorer.restore(Source.of_text(text)).lines[0]
    assert restored == "The Secretary said that he had not yet received the Soviet reply to the Ambassador."


def test_the_same_text_is_restored_alike_every_time(restorer: Restorer) -> None:
    one = restorer.restore(Source.of_text(RUINED))
    two = restorer.restore(Source.of_text(RUINED))
    assert one.words == two.words
    assert one.edits == two.edits


def test_a_hint_is_taken_where_it_fits_and_left_where_it_does_not(restorer: Restorer) -> None:
    text = "EX0I5\n" + RUINED
    source = Source.of_text(text)
    hint = FormHint(span=Span(0, 5), detail="a caption stands here", options=("EXDIS", "NODIS"))
    result = restorer.restore(source, hints=[hint])
    laws(result)
    assert result.lines[0] == "EXDIS"
    assert result.words[0].reason == Reason(ground=Ground.HINT, detail="a caption stands here")
    unlike = FormHint(span=Span(0, 5), detail="x", options=("COMPLETELY OTHER",))
    assert restorer.restore(source, hints=[unlike]).lines[0] != "COMPLETELY OTHER"


def test_a_decision_stands_and_is_not_proposed_against(restorer: Restorer) -> None:
    source = Source.of_text(RUINED)
    span = Span(0, 2)
    decision = Edit(
        span=span,
        before="A7",
        after="AT",
        reason=Reason(ground=Ground.DECISION, detail="Ann"),
        step=Step.of("a person", "1"),
    )
    result = restorer.restore(source, decisions=[decision])
    assert not any(edit.span.overlaps(span) for edit in result.edits)


def test_thresholds_are_the_reader_s(restorer: Restorer) -> None:
    source = Source.of_text(RUINED)
    strict = restorer.restore(source, settings=Settings(sure=0.999, floor=0.95))
    lax = restorer.restore(source, settings=Settings(sure=0.2, floor=0.0))
    assert sum(w.state is State.SURE for w in strict.words) < sum(w.state is State.SURE for w in lax.words)
    assert not any(w.state is State.UNREADABLE for w in lax.words)
    assert all(edit.after == "" for edit in strict.edits if edit.unreadable)
    assert [w.text for w in strict.words] == [w.text for w in lax.words]


def test_counting_what_became_of_characters() -> None:
    counts = count_pairs([("MINIMUM", "M1N1MUM"), ("SALT", "SA.T")])
    assert counts.wrong["I"]["1"] == 2
    assert counts.wrong["L"]["."] == 1
    assert counts.right["M"] == 3


def test_garbling_follows_from_its_seed_and_its_rate() -> None:
    old = profile("old")
    assert garble(CLEAN, old, 0.2, seed=1) == garble(CLEAN, old, 0.2, seed=1)
    distances = [Levenshtein.distance(CLEAN, garble(CLEAN, old, rate, seed=1)) for rate in (0.0, 0.1, 0.3)]
    assert distances[0] < distances[1] < distances[2]


def test_a_third_of_the_sample_s_wrong_words_are_mended_without_hints(restorer: Restorer) -> None:
    truth = (ROOT / "sample" / "telegram.truth.txt").read_text(encoding="utf-8")
    seen = (ROOT / "sample" / "telegram.ocr.txt").read_text(encoding="utf-8").replace("\f", "")
    restored = " ".join(restorer.restore(Source.of_text(seen)).lines)
    assert errors(truth, restored) < 0.68 * errors(truth, seen)


def test_the_real_telegram_s_word_error_rate_is_more_than_halved(restorer: Restorer, shared: Path) -> None:
    text = (shared / "seed" / "helsinki-1321.ocr.txt").read_text(encoding="utf-8")
    result = restorer.restore(Source.of_text(text))
    laws(result)
    wrong = before = total = 0
    for line in (shared / "seed" / "section1.gold.jsonl").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if data["score"]:
            truth = words(data["gold"])
            total += len(truth)
            before += Levenshtein.distance(truth, words(data["ocr"]))
            wrong += Levenshtein.distance(truth, words(result.lines[data["line"] - 1]))
    assert before / total > 0.9
    assert wrong / total < 0.2


def test_clean_telegrams_keep_all_but_one_word_in_a_thousand(restorer: Restorer, shared: Path) -> None:
    changed = total = 0
    for file in sorted((shared / "dev" / "aad").glob("*.txt"))[:15]:
        text = file.read_text(encoding="utf-8").partition("Message Attributes")[0]
        result = restorer.restore(Source.of_text(text))
        for line, restored in zip(text.split("\n"), result.lines, strict=False):
            changed += Levenshtein.distance(words(line), words(restored))
            total += len(words(line))
    assert changed <= total / 1000


def test_any_file_of_the_models_changes_the_restorer_s_name(tmp_path: Path, restorer: Restorer) -> None:
    (tmp_path / "gauges").mkdir()
    for name in ("language.xz", "gauges/one.json"):
        (tmp_path / name).write_bytes(b"as it was")
    before = models_digest(tmp_path)
    (tmp_path / "notes.txt").write_text("no model")
    assert models_digest(tmp_path) == before
    (tmp_path / "gauges" / "one.json").write_bytes(b"fitted anew")
    after = models_digest(tmp_path)
    (tmp_path / "gauges" / "one.json").rename(tmp_path / "gauges" / "other.json")
    assert len({before, after, models_digest(tmp_path)}) == 3
    other = replace(restorer, models=replace(restorer.models, digest=after))
    assert other.step.key != restorer.step.key
