"""Units, words and lattices: what is indexed is what is looked for."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from septel.archive.search.hits import UnitPlace
from septel.archive.search.index import unit_words
from septel.archive.search.lattice import Standing, WordLattice
from septel.archive.search.plain_units import (
    begins_all,
    phrase_spans,
    plain_lattice,
    plain_words_of,
    reads_all,
    word_spans,
)
from septel.archive.search.units import OVERHANG, Unit, lines_read, lines_written, units_of
from septel.archive.search.words import (
    common_pairs,
    label_of,
    plain_words,
    tokens_of,
    words_by_line,
    words_of,
)
from septel.archive.store.spelling import sound_of
from septel.text import Alternative, Confidence, Edit, Ground, Reading, Reason, Source, Span, Step

TEXTS = st.text(alphabet="AB-0,9 \né.(1", max_size=80)


def exactly(*words: str) -> list[object]:
    return [word.__eq__ for word in words]


@settings(max_examples=200)
@given(TEXTS)
def test_the_quick_way_gives_the_words_of_the_lattice(text: str) -> None:
    source = Source.of_text(text)
    reading = Reading.of(source)
    lattice = WordLattice(reading, range(1, len(source.lines) + 1))
    main, others = plain_words("\n".join(line.of(text) for line in source.lines))
    assert main == lattice.main
    assert sorted(others) == sorted(lattice.others)


@settings(max_examples=300)
@given(TEXTS, st.integers(0, 4), st.data())
def test_the_quick_test_lets_through_what_a_lattice_finds(
    text: str, following: int, data: st.DataObject
) -> None:
    source = Source.of_text(text)
    count = len(source.lines)
    lines = tuple(range(1, max(1, count - following) + 1))
    over = tuple(range(lines[-1] + 1, count + 1))
    lattice = WordLattice(Reading.of(source), lines, over)
    words = sorted({*lattice.main, *(word for _, word in lattice.others)}) or ["A"]
    phrase = data.draw(st.lists(st.sampled_from(words), min_size=2, max_size=4))
    plain = plain_words_of(text, UnitPlace(1, 1, "", "", lines_written(lines), lines_written(over), "", None))
    found = lattice.find([word.__eq__ for word in phrase])
    if plain.has([phrase]):
        assert min(path.rank for path in found) == (Standing.READ, -1.0)
    if found:
        assert plain.may_have(list(pairwise(phrase)))


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(["the ", "of ", "a ", "tin ", "-\n", "\n", "2. ", "é ", "“", "—"]), max_size=40
    ).map("".join),
    st.integers(0, 3),
)
@example("the -\n-\n2. the ", 2)
def test_what_is_noted_of_pairs_is_what_the_lattice_has(text: str, following: int) -> None:
    source = Source.of_text(text)
    count = len(source.lines)
    lines = tuple(range(1, max(1, count - following) + 1))
    unit = Unit(part="", lines=lines, following=tuple(range(lines[-1] + 1, count + 1))[:OVERHANG])
    reading = Reading.of(source)
    main, _, pairs = unit_words(reading, unit, frozenset())
    lattice = WordLattice(reading, unit.lines, unit.following)
    assert main == lattice.main[: len(main)]
    over_label = {pair for pair in lattice.pairs if pair[0] == "_"}
    assert over_label <= set(pairs)
    assert {pair for pair in pairs if pair[0] != "_"} <= set(lattice.pairs)
    place = UnitPlace(1, 1, "", "", lines_written(unit.lines), lines_written(unit.following), "", None)
    quick = plain_lattice(text, place)
    assert (quick.main, quick.others, quick.own) == (lattice.main, lattice.others, lattice.own)
    assert dict(quick.arcs) == dict(lattice.arcs)
    for phrase in (["of", "the"], ["the", "of", "a"], ["tin"], ["é", "a"]):
        has = any(main[n : n + len(phrase)] == phrase for n in range(len(main)))
        assert reads_all(text, place, [phrase]) == has
        begins = begins_all(text, place, [phrase])
        assert (begins is True) == plain_words_of(text, place).has([phrase])
        if begins is False:
            assert not lattice.find([word.__eq__ for word in phrase])
        if has and "é" not in phrase:
            assert set(common_pairs(phrase)) <= set(pairs)


WRITTEN = st.sampled_from(
    ["THE ", "TALKS", "EMBAR-", "GO", "\n", "- \n", "\n\n", " 007 ", "1,250,000 ", "1,", "2. ", "FY75 "]
)


@settings(max_examples=300)
@given(st.lists(WRITTEN, max_size=30).map("".join), st.integers(0, 4), st.data())
def test_an_edited_unit_is_indexed_as_its_lattice_has_it(
    text: str, following: int, data: st.DataObject
) -> None:
    source = Source.of_text(text)
    edits, end = [], 0
    for line in source.lines:
        start = data.draw(st.integers(line.start, line.end))
        span = Span(start, data.draw(st.integers(start, min(line.end, start + 6))))
        if data.draw(st.booleans()) and (span.start >= end and span.end > end):
            before, end = span.of(text), span.end
            after = data.draw(st.sampled_from([before, "", "SALT", "1,000"]))
            others = data.draw(st.lists(st.sampled_from(["TIN ORE", "007", "", "A-B"]), max_size=2))
            edits.append(
                Edit(
                    span=span,
                    before=before,
                    after=after,
                    reason=Reason(ground=Ground.LANGUAGE, detail="near"),
                    step=Step.of("test", "1"),
                    confidence=Confidence(probability=0.7, calibration="test"),
                    alternatives=tuple(Alternative(text=one, probability=0.2) for one in others),
                )
            )
    reading = Reading.of(source, edits)
    edited = {source.line_at(edit.span.start) for edit in edits}
    count = len(source.lines)
    lines = tuple(range(1, max(1, count - following) + 1))
    unit = Unit(part="", lines=lines, following=tuple(range(lines[-1] + 1, count + 1))[:OVERHANG])
    if edited.isdisjoint((*unit.lines, *unit.following)):
        return
    lattice = WordLattice(reading, unit.lines, unit.following)
    assert unit_words(reading, unit, edited) == (lattice.main, lattice.others, lattice.pairs)


@given(st.text(alphabet="AB-0,9 \né.(_\t1", max_size=80))
def test_a_document_is_parted_into_words_at_once(text: str) -> None:
    assert words_by_line(text) == [words_of(line) for line in text.split("\n")]


def test_the_quick_test_keeps_out_what_stands_apart() -> None:
    plain = plain_words_of("THE TALKS ON SALT\nBEGAN 00158\n", UnitPlace(1, 1, "", "", "1-2", "", "", None))
    assert plain.may_have([("talks", "on"), ("on", "salt"), ("salt", "began"), ("began", "158")])
    assert not plain.may_have([("the", "talks"), ("talks", "salt")])
    assert not plain.may_have([("salt", "158")])
    assert plain.has([["salt", "began"], ["the"]])
    assert not plain.has([["salt", "began"], ["158"]])


@given(TEXTS)
def test_words_have_their_places(text: str) -> None:
    assert [token.text for token in tokens_of(text)] == words_of(text)
    for token in tokens_of(text):
        assert words_of(text[token.start : token.end]) == [token.text]


@given(st.sets(st.integers(1, 60), min_size=1))
def test_line_numbers_are_written_short(numbers: set[int]) -> None:
    lines = tuple(sorted(numbers))
    assert lines_read(lines_written(lines)) == lines


def test_a_paragraph_is_one_unit_over_page_heads() -> None:
    texts = ["1. ONE", "FOOTER", "", "PAGE 2", "GOES ON", "2. TWO"]
    places = [
        ("text", "1"),
        ("form", "marking"),
        ("blank", "blank"),
        ("form", "page"),
        ("text", "1"),
        ("text", "2"),
    ]
    units = units_of(texts, [{"layer": layer, "part": part} for layer, part in places])
    assert [(u.part, u.lines, u.following) for u in units] == [
        ("1", (1, 5), (6,)),
        ("2", (6,), ()),
        ("marking", (2,), (4, 5, 6)),
        ("page", (4,), (5, 6)),
    ]


def test_phrases_run_through_other_readings() -> None:
    source = Source.of_text("THE SAIT TALKS 0F MOSC0W\nBEGAN NEGOTI-\nATIONS ON 00158, 12,500 TONS\n")
    step = Step.of("test", "1")

    def edit(before: str, after: str, p: float, *others: tuple[str, float]) -> Edit:
        start = source.text.index(before)
        return Edit(
            span=Span(start, start + len(before)),
            before=before,
            after=after,
            reason=Reason(ground=Ground.CHANNEL),
            step=step,
            confidence=Confidence(probability=p, calibration="x"),
            alternatives=tuple(Alternative(text=t, probability=q) for t, q in others),
        )

    edits = [
        edit("SAIT", "SALT", 0.6, ("SAID", 0.3), ("SA IT", 0.1)),
        edit("0F", "OF", 0.9),
        edit("0W", "OW", 0.8),
    ]
    lattice = WordLattice(Reading.of(source, edits), (1, 2, 3))
    (found,) = lattice.find(exactly("the", "salt", "talks"))  # type: ignore[arg-type]
    assert (found.standing, found.probability) == (Standing.READ, 0.6)
    (found,) = lattice.find(exactly("the", "said", "talks", "of"))  # type: ignore[arg-type]
    assert found.standing is Standing.MAYBE
    assert round(found.probability or 0, 4) == 0.27
    assert lattice.find(exactly("the", "sa", "it", "talks"))  # type: ignore[arg-type]
    (found,) = lattice.find(exactly("talks", "0f", "mosc0w"))  # type: ignore[arg-type]
    assert (found.standing, found.probability) == (Standing.SOURCE, None)
    for phrase in (("began", "negotiations", "on"), ("negoti", "ations"), ("on", "158"), ("12500", "tons")):
        assert [p.standing for p in lattice.find(exactly(*phrase))] == [Standing.READ]  # type: ignore[arg-type]
    assert not lattice.find(exactly("salt", "said"))  # type: ignore[arg-type]


def test_paragraph_numbers_are_known() -> None:
    assert [label_of(line) for line in ("1. HE", "  2. A. SHE", "(B) IT", "1974 WAS", "NO. 3", "")] == [
        1,
        2,
        1,
        0,
        0,
        0,
    ]


def test_names_that_sound_alike() -> None:
    assert len({sound_of(name) for name in ("SEMENOV", "SEMYONOV", "SEMENOFF", "Semjonow")}) == 1
    assert sound_of("GROMYKO") == sound_of("GROMIKO") != sound_of("GROMOV")
    assert sound_of("") == sound_of("12") == ""


@settings(max_examples=300)
@given(TEXTS, st.integers(0, 4), st.data())
def test_what_is_shown_without_a_lattice_is_what_a_lattice_finds(
    text: str, following: int, data: st.DataObject
) -> None:
    source = Source.of_text(text)
    reading = Reading.of(source)
    count = len(source.lines)
    lines = tuple(range(1, max(1, count - following) + 1))
    over = tuple(range(lines[-1] + 1, count + 1))
    unit = UnitPlace(1, 1, "", "", lines_written(lines), lines_written(over), "", None)
    lattice = WordLattice(reading, lines, over)
    words = sorted({word for word in lattice.main if word.isalpha()}) or ["b"]
    phrase = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    if count:
        spans = phrase_spans(reading, unit, [phrase])
        if spans is not None:
            assert spans == [lattice.span(path) for path in lattice.find([word.__eq__ for word in phrase])]
        spans = word_spans(reading, unit, frozenset(phrase))
        if spans:
            found = lattice.find([frozenset(phrase).__contains__])
            assert spans == [lattice.span(path) for path in found]
    plain = plain_words_of(text, unit)
    for word in {*words, "nosuch"}:
        if plain.placed:
            assert plain.has_each([word]) == bool(lattice.find([word.__eq__]))
