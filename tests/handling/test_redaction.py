"""The released copy of a paper: whatever is withheld of it, nothing of that comes through."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from septel.archive import HeadingCorrection, Holding
from septel.archive.handling import released_copy, standing_only
from septel.archive.handling.portions import portion_of
from septel.archive.handling.redaction import BAR, widened
from septel.archive.search import words_of
from septel.export import FILES, exporter
from septel.text import Ground, Span
from tests.archive.made import AT, STEP, edit, made
from tests.handling.made import PARTLY, leaks, partly, telegram

HELD = partly()


def barred(name: str = "2", holding: Holding = HELD) -> Holding:
    return released_copy(holding, portion_of(holding.source, holding.telegram, name).spans)


def everything(holding: Holding) -> str:
    return repr(holding)


def test_nothing_of_a_paragraph_comes_through() -> None:
    copy = barred()
    assert leaks(everything(copy)) == []
    assert copy.id != HELD.id
    assert HELD.id not in everything(copy)
    assert HELD.source.digest not in everything(copy)
    assert copy.originals == ()
    assert copy.layers == ()
    assert "FISHING LIMITS" in copy.source.text
    assert len(copy.source.text) == len(HELD.source.text)
    assert [len(line) for line in copy.source.lines] == [len(line) for line in HELD.source.lines]


@pytest.mark.parametrize("form", [name for name in FILES if name != "pdf"])
def test_no_export_of_a_copy_tells(form: str) -> None:
    assert leaks(exporter(form).write(barred()).decode("latin-1")) == []


def test_what_is_told_is_read_from_the_barred_text() -> None:
    copy = barred()
    assert copy.meeting is None
    assert HELD.meeting is not None
    assert "OUAGADOUGOU 5151" in json.dumps(list(HELD.references))
    assert copy.references == []
    assert [one.edit.before for one in copy.log.entries if one.edit] == ["HOUL0V00", "TOO WIDE"]
    assert [one.number for one in copy.log.entries] == [1, 2]
    assert all(not one.edit.alternatives for one in copy.log.entries if one.edit)
    words = [word.text for page in copy.pages for line in page.lines for word in line.words]
    assert "MINISTER" in words
    assert "HOOLOOVOO" not in words


def test_the_same_withheld_in_other_steps_is_the_same_copy() -> None:
    spans = portion_of(HELD.source, HELD.telegram, "2").spans
    pieces = [
        Span(one.start + n, min(one.start + n + 7, one.end)) for one in spans for n in range(0, len(one), 7)
    ]
    assert released_copy(HELD, pieces[::-1]).source.text.count(BAR) >= barred().source.text.count(BAR) - 1


def test_a_bar_covers_whole_words_and_readings() -> None:
    text = HELD.source.text
    start = text.index("HOOLOOVOO") + 3
    (one,) = widened(HELD, [Span(start, start + 1)])
    assert one.of(text) == "HOOLOOVOO"
    (one,) = widened(HELD, [Span(text.index("TOO WIDE"), text.index("TOO WIDE") + 1)])
    assert one.of(text) == "TOO WIDE,"


def test_a_file_name_and_a_title_that_tell_are_not_told() -> None:
    source = replace(HELD.source, name="hooloovoo-report.txt")
    named = replace(
        HELD,
        source=source,
        log=replace(HELD.log, source_id=source.id),
        title="What HOOLOOVOO said",
        corrected=(
            HeadingCorrection(
                field="title", value="What HOOLOOVOO said", machine="x", by="me", at=AT, why="", act=1
            ),
            HeadingCorrection(field="box", value="12", machine=None, by="me", at=AT, why="HOOLOOVOO", act=2),
        ),
    )
    copy = barred(holding=named)
    assert leaks(everything(copy)) == []
    assert copy.title == "LIMA 4715: FISHING LIMITS"
    assert [(one.field, one.value) for one in copy.corrected] == [("box", "12")]


@pytest.mark.parametrize("part", ["subject", "from", "to"])
def test_a_part_of_the_heading_takes_its_fields_along(part: str) -> None:
    copy = barred(part)
    lost = {"subject": "FISHING LIMITS", "from": "AMEMBASSY", "to": "SECSTATE"}[part]
    assert lost not in repr([copy.telegram["heading"], copy.title, copy.subject, copy.post])


def test_a_correction_of_a_withheld_field_is_not_told() -> None:
    given_date = HeadingCorrection(
        field="dtg", value="1970-03-15", machine=None, by="me", at=AT, why="", act=1
    )
    held = replace(HELD, corrected=(given_date,), dtg="1970-03-15")
    first = HELD.source.lines[0]
    copy = released_copy(held, [first])
    assert copy.dtg is None
    assert barred(holding=held).dtg == "1970-03-15"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_withheld_word_survives_anywhere(data: st.DataObject) -> None:
    lines = HELD.source.lines
    chosen = data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=1, max_size=5, unique=True))
    cut = data.draw(st.integers(0, 3))
    spans = [Span(min(lines[n].start + cut, lines[n].end), lines[n].end) for n in chosen]
    copy = released_copy(HELD, spans)
    covered = widened(HELD, spans)
    hidden = {w for one in covered for w in words_of(one.of(PARTLY))}
    hidden -= set(words_of(copy.source.text))
    texts = [
        copy.title,
        copy.source.text,
        copy.source.name,
        *(one.edit.after for one in copy.log.entries if one.edit),
    ]
    texts += [a.text for one in copy.log.entries if one.edit for a in one.edit.alternatives]
    texts += [one.edit.reason.detail for one in copy.log.entries if one.edit]
    texts += [word.text for page in copy.pages for line in page.lines for word in line.words]
    texts += [p["text"] for p in copy.telegram["paragraphs"]]  # type: ignore[attr-defined]
    found = {word for text in texts for word in words_of(text)}
    assert not (found & {word for word in hidden if len(word) > 1})
    assert copy.reading.source.id == copy.log.source_id


def test_a_word_that_is_divided_at_a_line_end_is_barred_whole() -> None:
    text = "1. HE SPOKE OF AN AGREE-\nMENT TO COME.\n"
    held = telegram(text, "x.txt")
    copy = released_copy(held, [held.source.lines[0]])
    assert "MENT" not in copy.source.text
    assert "TO COME" in copy.source.text


def test_what_was_undone_and_why_is_not_for_everybody() -> None:
    held = made(decided=True)
    source = held.source
    said = edit(source, "END", "QUUX", ground=Ground.DECISION, detail="see LIMA 4711", step=STEP)
    kept = edit(source, "TEXT", "TEXTS", ground=Ground.DECISION, detail="see LIMA 4711", step=STEP)
    log = held.log.add([said, kept], by="A. Reader", at=AT)
    log = log.undo(len(log.entries) - 1, by="A. Reader", at=AT)
    copy = standing_only(replace(held, log=log))
    assert "QUUX" not in repr(copy)
    assert "4711" not in repr(copy)
    assert copy.reading.text == replace(held, log=log).reading.text
