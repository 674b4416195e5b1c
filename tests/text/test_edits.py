"""The algebra of edits: apply, invert, carry offsets, log, undo."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.errors import EditConflict
from septel.text import Edit, EditLog, Entry, Ground, Reading, Reason, Source, Span
from tests.text.strategies import STEP, edited, edits, sources

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def edit(source: Source, start: int, end: int, after: str, ground: Ground = Ground.CHANNEL) -> Edit:
    span = Span(start, end)
    return Edit(span=span, before=span.of(source.text), after=after, reason=Reason(ground=ground), step=STEP)


@given(edited())
def test_inverting_a_reading_gives_the_source_again(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, changes = case
    reading = Reading.of(source, changes)
    assert reading.invert() == source.text


@given(edited())
def test_a_reading_has_the_lines_of_its_source(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, changes = case
    reading = Reading.of(source, changes)
    expected = reading.text.split("\n")
    if source.text.endswith("\n") or not source.text:
        expected.pop()
    assert list(reading.line_texts) == expected


@given(edited(), st.data())
def test_what_no_edit_touches_is_carried_character_for_character(
    case: tuple[Source, tuple[Edit, ...]], data: st.DataObject
) -> None:
    source, changes = case
    reading = Reading.of(source, changes)
    touched = {i for change in changes for i in range(change.span.start, change.span.end)}
    for offset in range(len(source.text)):
        if offset in touched:
            continue
        there = reading.offsets.to_reading(Span(offset, offset + 1))
        # Text inserted at the very edge of a character travels with it.
        assert source.text[offset] in there.of(reading.text)
        assert reading.offsets.to_source(there).covers(Span(offset, offset + 1))


@given(edited(), st.data())
def test_carrying_there_and_back_never_loses_ground(
    case: tuple[Source, tuple[Edit, ...]], data: st.DataObject
) -> None:
    source, changes = case
    reading = Reading.of(source, changes)
    start = data.draw(st.integers(0, len(source.text)))
    span = Span(start, data.draw(st.integers(start, len(source.text))))
    there = reading.offsets.to_reading(span)
    assert there.end <= len(reading.text)
    back = reading.offsets.to_source(there)
    assert back.end <= len(source.text)
    if len(there):
        assert back.covers(span) or not len(span)


@given(edited())
def test_each_edit_s_span_is_carried_to_what_it_put_there(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, changes = case
    reading = Reading.of(source, changes)
    for change in reading.edits:
        if len(change.span):
            assert change.after in reading.offsets.to_reading(change.span).of(reading.text)


def test_an_edit_that_expects_other_characters_is_refused() -> None:
    one, other = Source.of_text("SALT TALKS"), Source.of_text("SALTY TALK")
    with pytest.raises(EditConflict, match="expects"):
        Reading.of(other, [edit(one, 5, 10, "TALKS.")])


def test_edits_that_overlap_are_refused() -> None:
    source = Source.of_text("SALT TALKS")
    with pytest.raises(EditConflict, match="two edits"):
        Reading.of(source, [edit(source, 0, 4, "A"), edit(source, 3, 6, "B")])
    with pytest.raises(EditConflict, match="two edits"):
        Reading.of(source, [edit(source, 2, 2, "A"), edit(source, 2, 2, "B")])


def test_an_edit_stays_within_its_line_and_an_unreadable_one_claims_nothing() -> None:
    source = Source.of_text("SALT\nTALKS")
    with pytest.raises(ValueError, match="within its line"):
        edit(source, 3, 6, "X")
    with pytest.raises(ValueError, match="claims no text"):
        Edit(
            span=Span(0, 4),
            before="SALT",
            after="X",
            reason=Reason(ground=Ground.LANGUAGE),
            step=STEP,
            unreadable=True,
        )


def test_a_text_changed_behind_the_log_is_not_inverted() -> None:
    source = Source.of_text("SA1T TALKS")
    reading = Reading.of(source, [edit(source, 2, 3, "L")])
    with pytest.raises(EditConflict, match="changed without an edit"):
        reading.invert("SAXT TALKS")


@given(edited())
def test_a_log_survives_json_lines(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, changes = case
    log = EditLog(source.id).add(changes, by="septel", at=NOW)
    if changes:
        log = log.undo(1, by="Ann O'Tate", at=NOW)
    written = log.dumps(source)
    assert EditLog.loads(written) == log
    assert written.count("\n") == len(log.entries) + 1
    assert log.reading(source).invert() == source.text


@given(sources(), st.data())
def test_whatever_is_added_the_active_edits_make_a_reading(source: Source, data: st.DataObject) -> None:
    log = EditLog(source.id)
    for _ in range(3):
        log = log.add(data.draw(edits(source)), by="septel", at=NOW)
        undoing: bool = data.draw(st.booleans())
        if log.entries and undoing:
            log = log.undo(data.draw(st.integers(1, len(log.entries))), by="Ann", at=NOW)
    assert log.reading(source).invert() == source.text


def test_a_later_edit_supersedes_and_both_stay() -> None:
    source = Source.of_text("SEMEMOV")
    log = EditLog(source.id).add([edit(source, 0, 7, "SEMENOV")], by="septel 1", at=NOW)
    log = log.add([edit(source, 4, 5, "N")], by="septel 2", at=NOW)
    assert [e.number for e in log.active()] == [2]
    assert len(log.entries) == 2


def test_a_decision_outranks_every_later_model() -> None:
    source = Source.of_text("SEMEMOV")
    log = EditLog(source.id).add([edit(source, 0, 7, "SEMENOV", Ground.DECISION)], by="Ann", at=NOW)
    log = log.add([edit(source, 0, 7, "SEVEN OF")], by="septel 9", at=NOW)
    assert log.reading(source).text == "SEMENOV"
    undone = log.undo(1, by="Ann", at=NOW)
    assert undone.reading(source).text == "SEVEN OF"
    assert undone.undo(3, by="Ann", at=NOW).reading(source).text == "SEMENOV"


def test_undoing_what_is_not_there_is_refused() -> None:
    with pytest.raises(EditConflict, match="no entry 1"):
        EditLog("x").undo(1, by="Ann", at=NOW)


def test_a_log_of_another_source_is_refused() -> None:
    with pytest.raises(EditConflict, match="is of source"):
        EditLog("x").reading(Source.of_text("A"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"source": "a"}\n{"entry": 2, "at": "2026-01-01", "by": "x"}\n',
        '{"source": "a"}\n{"entry": 1}\n',
    ],
)
def test_a_damaged_log_is_named_by_its_line(text: str) -> None:
    with pytest.raises(EditConflict, match=r"line \d|is empty"):
        EditLog.loads(text)


def test_entries_say_who_and_when() -> None:
    entry = Entry(number=1, at=NOW, by="Ann", undoes=None, edit=None)
    assert Entry.from_json(entry.to_json()) == entry


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.booleans()), max_size=14))
def test_the_active_edits_are_those_that_nothing_stronger_meets(drawn: list[tuple[int, int, bool]]) -> None:
    source = Source.of_text("0123456789abcdef")
    log = EditLog(source.id)
    for start, length, decided in drawn:
        span = Span(start, start + length)
        ground = Ground.DECISION if decided else Ground.CHANNEL
        made = Edit(
            span=span, before=span.of(source.text), after="X", reason=Reason(ground=ground), step=STEP
        )
        log = log.add([made], by="someone", at=NOW)
    strongest_first = sorted(
        log.entries, key=lambda e: (e.edit is not None and e.edit.reason.ground is Ground.DECISION, e.number)
    )
    chosen: list[Span] = []
    for entry in reversed(strongest_first):
        assert entry.edit is not None
        span = entry.edit.span
        if not any(span == other or span.overlaps(other) for other in chosen):
            chosen.append(span)
    assert [entry.edit.span for entry in log.active() if entry.edit] == sorted(chosen)
