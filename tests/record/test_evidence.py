"""Nothing without evidence: every word of the record stands where its locus says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.record import (
    NO_ISSUE,
    Excerpt,
    Record,
    all_meetings,
    open_points,
    positions,
    record_of,
    suggestions,
    texts_in_play,
    unmatched,
)
from septel.record.layout.prose import BLANK, Prose, ReadingText
from septel.text import Edit, Ground, Reading, Reason, Source, Span, Step

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    return _WORD.findall(text.replace(BLANK, " "))


def proved(excerpt: Excerpt, reading: Reading) -> bool:
    """Whether the words stand, in order, in what the reading has at the locus; divided words are one."""
    if excerpt.locus.source_id != reading.source.id:
        return False
    found = reading.offsets.to_reading(excerpt.locus.span).of(reading.text)
    flat = "".join(words(re.sub(r"-\s*\n\s*", "", found)))
    spaced = "".join(words(found))
    at = loose = 0
    for word in words(excerpt.words):
        at = flat.find(word, at) if at >= 0 else -1
        loose = spaced.find(word, loose) if loose >= 0 else -1
        if at < 0 and loose < 0:
            return False
    return True


def check(record: Record, reading: Reading) -> None:
    excerpts = list(record.excerpts())
    assert excerpts
    for excerpt in excerpts:
        assert proved(excerpt, reading), excerpt
    for statement in record.statements:
        assert statement.id == str(statement.excerpt.locus)
        assert statement.excerpt.locus.span.covers(statement.content.locus.span)
        for number in statement.numbers:
            assert statement.excerpt.locus.span.overlaps(number.locus.span)


@pytest.fixture(scope="module")
def records(shared: Path) -> list[tuple[Record, Reading]]:
    paths = sorted((shared / "dev" / "frus").glob("*.txt"))
    paths += sorted((shared / "dev" / "aad").glob("*.txt"))[:20] + sorted(
        (shared / "dev" / "aad_bodies").glob("*.txt")
    )
    readings = [Reading.of(Source.of_text(p.read_text(encoding="utf-8"), name=p.stem)) for p in paths]
    return [(record_of(None, reading), reading) for reading in readings]


def test_every_excerpt_stands_where_it_says(records: list[tuple[Record, Reading]]) -> None:
    assert len(records) > 30
    for record, reading in records:
        if any(True for _ in record.excerpts()):
            check(record, reading)


def test_no_view_holds_a_name_or_figure_of_its_own(records: list[tuple[Record, Reading]]) -> None:
    every = [record for record, _ in records]
    sources = {reading.source.id: reading.text.upper() for _, reading in records}
    known = {s.id for record in every for s in record.statements}
    for cell in positions(every):
        assert {s.id for s in cell.statements} <= known
        assert all(
            cell.side == s.side and cell.issue in (s.issue_ids or (NO_ISSUE,)) for s in cell.statements
        )
    for point in open_points(every):
        assert {s.id for s in point.statements} <= known
    for pair in suggestions(every):
        assert {pair.earlier.id, pair.later.id} <= known
    for group in unmatched(every):
        for statement in group.statements:
            text = sources[statement.excerpt.locus.source_id]
            assert all(word in text for word in group.words)
    texts, claims = texts_in_play(every)
    for play in texts:
        if play.carried_by:
            assert play.carried_by in sources[play.shown_by.locus.source_id]
    for claim in claims:
        assert claim.other in sources[claim.excerpt.locus.source_id]
    for meeting in all_meetings(every):
        for figure in re.findall(r"\d+", meeting.place or ""):
            assert figure in sources[meeting.shown_by.locus.source_id]


def test_speakers_are_named_by_the_document_or_hold_a_named_office(
    records: list[tuple[Record, Reading]],
) -> None:
    for record, reading in records:
        text = " ".join(reading.text.upper().split())
        for statement in record.statements:
            person = statement.speaker.person
            if person is None:
                continue
            names = [n.upper() for n in (*person.surname.split(" and "), *person.variants)]
            office = re.search(r"\bTHE (?:VICE )?(?:PRESIDENT|SECRETARY)\b", text)
            assert any(name in text for name in names) or office


@given(
    st.lists(
        st.tuples(st.sampled_from(["SEMENOV", "SAID", "TALKS", "ABM", "1969", "A"]), st.integers(0, 2)),
        min_size=2,
        max_size=30,
    )
)
def test_prose_leads_back_to_the_source(tokens: list[tuple[str, int]]) -> None:
    """Whatever is edited or given up, an excerpt's locus holds the characters it was read from."""
    text = ""
    edits: list[Edit] = []
    step = Step.of("made", "1")
    for n, (word, kind) in enumerate(tokens):
        text += "\n" if n % 6 == 5 else " "
        start = len(text)
        seen = word if kind == 0 else f"~{word[1:]}"
        text += seen
        if kind:
            edits.append(
                Edit(
                    span=Span(start, len(text)),
                    before=seen,
                    after=word if kind == 1 else "",
                    reason=Reason(ground=Ground.CHANNEL),
                    step=step,
                    unreadable=kind == 2,
                )
            )
    reading = Reading.of(Source.of_text(text), edits)
    carried = ReadingText.of(reading)
    prose = Prose.of(carried, carried.lines, "1")
    assert words(prose.text) == words(reading.text)
    assert prose.text.count(BLANK) == sum(kind == 2 for _, kind in tokens)
    for n in range(0, len(prose.text), 5):
        excerpt = prose.excerpt(n, min(len(prose.text), n + 9))
        if not prose.text[n].isspace():
            span = excerpt.locus.span
            assert prose.carried.begins[prose.at[n]] in span or len(span) == 0
