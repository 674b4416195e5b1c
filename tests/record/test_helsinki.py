"""The real telegram, restored: what it says of the negotiation, read from the telegram itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from septel.record import EventKind, Mode, Record, record_of
from septel.restore import Restorer
from septel.telegram import hints_of, parse
from septel.text import Reading, Source
from tests.record.test_evidence import proved

# The principal statements: paragraph, speaker, side, and words of which one at least must have been read.
PRINCIPAL = (
    ("2", "Semenov", "Soviet", "ATTENTIVELY|STUDIED|UNDERSTANDING"),
    ("3.A", "Semenov", "Soviet", "SCRATCH|PRINCIPLES"),
    ("3.B", "Semenov", "Soviet", "TENSION|COMPETITION|SITUATION"),
    ("3.C", "Semenov", "Soviet", "CAUSES|RESPONSIBILITY"),
    ("3.D", "Semenov", "Soviet", "CATASTROPHE|SUICIDE|CRUSHING"),
    ("3.E", "Semenov", "Soviet", "STOCKPILING|DIMINISHES|SPIRAL"),
    ("3.F", "Semenov", "Soviet", "MISCALCULATION|UNAUTHORIZED"),
    ("3.G", "Semenov", "Soviet", "PRIMARILY|THIRD COUNTRIES"),
    ("3.H", "Semenov", "Soviet", "EXTRANEOUS|TIED|IMPASSE"),
    ("3.I", "Semenov", "Soviet", "STEP BY STEP|STRIVE"),
    ("3.J", "Semenov", "Soviet", "SCOPE|APPROACHES|PART BY PART"),
    ("3.J", "Semenov", "Soviet", "NOTED|INTEREST|ILLUSTRATIVE"),
    ("3.K", "Semenov", "Soviet", "COMMUNIQUE|IDENTIFIED"),
    ("4", "Smith", "US", "PRECONDITIONS|CONDITIONS|LINKAGE"),
    ("4", "Semenov", "Soviet", "UNDERSTOOD"),
    ("5", "Smith", "US", "CLARIFICATION"),
    ("5", "Semenov", "Soviet", "MERELY|PRELIMINARY EXCHANGE"),
    ("5", "Semenov", "Soviet", "USEFUL|INITIAL VIEW"),
    ("5", "Smith", "US", "AGREED|FRESH"),
    ("5", "Semenov", "Soviet", "DISAGREE"),
)
# Source lines, borders between speakers left out, and the only side that speaks there.
SIDES = (
    (range(25, 31), "US"),
    (range(33, 140), "Soviet"),
    (range(142, 149), "US"),
    (range(150, 153), "Soviet"),
    (range(154, 158), "US"),
    (range(159, 165), "Soviet"),
    (range(166, 171), "US"),
    (range(172, 173), "Soviet"),
)


@pytest.fixture(scope="module")
def source(shared: Path) -> Source:
    return Source.of_text((shared / "seed" / "helsinki-1321.ocr.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reading(source: Source) -> Reading:
    raw = Reading.of(source)
    return Restorer.load().restore(source, hints=hints_of(parse(raw), raw)).reading


@pytest.fixture(scope="module")
def record(reading: Reading) -> Record:
    return record_of(None, reading)


def test_every_word_stands_where_it_says(record: Record, reading: Reading) -> None:
    for excerpt in record.excerpts():
        assert proved(excerpt, reading), excerpt


def test_participants(record: Record) -> None:
    assert {(p.person.surname, p.person.side) for p in record.participants} == {
        ("Smith", "US"),
        ("Semenov", "Soviet"),
    }


def test_meetings(record: Record) -> None:
    held, coming = record.meetings
    assert (held.status, held.date) == ("held", "--11-18")
    assert "HELSINKI" in (held.place or "")
    assert (coming.status, coming.place, coming.weekday, coming.date) == (
        "announced",
        "SOVIET EMBASSY",
        "THURSDAY",
        "--11-20",
    )


def test_principal_statements(record: Record) -> None:
    found = [
        (paragraph, speaker, words)
        for paragraph, speaker, side, words in PRINCIPAL
        if any(
            s.excerpt.paragraph == paragraph
            and s.speaker.name == speaker
            and s.side == side
            and re.search(words, s.excerpt.words)
            for s in record.statements
        )
    ]
    assert len(found) >= 18, sorted({(p, s, w) for p, s, _, w in PRINCIPAL} - set(found))


def test_nothing_is_given_to_the_wrong_side(record: Record) -> None:
    checked = 0
    for statement in record.statements:
        for lines, side in SIDES:
            if statement.excerpt.line in lines and not statement.in_summary:
                assert statement.side == side, statement.excerpt
                checked += 1
    assert checked >= 40


def test_questions_and_answers(record: Record) -> None:
    pairs = [(a.speaker.name, b.speaker.name, b.excerpt.paragraph) for a, b in record.exchanges]
    assert ("Smith", "Semenov", "4") in pairs
    assert ("Smith", "Semenov", "5") in pairs


def test_claim_departure_and_comments(record: Record) -> None:
    (claim,) = record.claims
    assert (claim.other, claim.same, len(claim.exceptions)) == ("TOSALT 005", True, 2)
    departed = [s for s in record.statements if s.mode is Mode.DEPARTURE]
    assert departed and {s.speaker.name for s in departed} == {"Semenov"}
    assert EventKind.DEPARTED in {e.kind for e in record.meetings[0].events}
    assert [a.excerpt.paragraph for a in record.assessments] == ["6", "7", "8", "9"]


def test_summary_is_not_counted_twice(record: Record) -> None:
    summed = [s for s in record.statements if s.in_summary]
    assert summed and not set(summed) & set(record.counted)
    assert any(s.summarises for s in summed)


def test_every_statement_has_a_confidence_above_the_floor(record: Record) -> None:
    for statement in record.statements:
        assert statement.confidence is not None and statement.confidence.probability >= 0.5


def test_on_raw_text_nothing_is_claimed(source: Source) -> None:
    record = record_of(None, Reading.of(source))
    assert not (record.statements or record.meetings or record.claims or record.assessments)
    assert record.unread
