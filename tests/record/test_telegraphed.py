"""Telegrams that report a meeting: highlights, summary, comments, claims, texts and the next meeting."""

from __future__ import annotations

import pytest

from septel.record import Mode, Record, SpeakerBasis, TextState, record_of
from septel.text import Alternative, Confidence, Edit, Ground, Reading, Reason, Source, Step

TEXT = """R 181655Z NOV 69
FM USDEL SALT HELSINKI
TO SECSTATE WASHDC
C O N F I D E N T I A L HELSINKI 1321
SUBJECT: SALT: NOV 18 SESSION

SUMMARY: SEMENOV INDICATED THAT THE SOVIETS WOULD BE WILLING TO
CONSIDER VARIOUS APPROACHES TO THE SCOPE OF THE PROBLEMS. THE NEXT
MEETING WILL BE HELD AT THE SOVIET EMBASSY ON THURSDAY, NOV 20. END SUMMARY.

1. SMITH OPENED THE MEETING BY READING THE US OPENING STATEMENT.
THE TEXT AS DELIVERED WAS THE SAME AS THAT GIVEN IN TOSALT 005
EXCEPT FOR SEVERAL MINOR CHANGES AND THE DELETION OF THE WORD
"EXISTING" IN PARA 3.

2. SEMENOV THEN READ THE SOVIET OPENING STATEMENT.

3. GENERALLY THE SOVIET STATEMENT WAS MODERATE IN TONE. THE FOLLOWING
ARE HIGHLIGHTS OF THE STATEMENT (TEXT SENT SEPTEL):

A. STOCKPILING NUCLEAR WEAPONS DOES NOT ADD TO SECURITY.

B. VARIOUS APPROACHES TO THE SCOPE OF THE PROBLEMS ARE POSSIBLE. AT
THIS POINT SEMENOV SAID, IN A DEPARTURE FROM HIS PREPARED TEXT, THAT
HE NOTED WITH INTEREST WHAT SMITH HAD SAID.

4. SMITH ASKED FOR CLARIFICATION OF THESE REMARKS. SEMENOV REPLIED THAT
HE HAD NOTHING MORE IN MIND.

5. COMMENT: SEMENOV SEEMED TO BE PREPARED TO DISCUSS SUBSTANCE.

6. WE EXPECT THAT THE SOVIETS WILL WAIT.
SMITH
"""


@pytest.fixture(scope="module")
def record() -> Record:
    return record_of(None, Reading.of(Source.of_text(TEXT)))


def test_participants_and_meetings(record: Record) -> None:
    assert {(p.person.surname, p.person.side) for p in record.participants} == {
        ("Smith", "US"),
        ("Semenov", "Soviet"),
    }
    held, coming = record.meetings
    assert (held.status, held.date) == ("held", "1969-11-18")
    assert (coming.status, coming.date, coming.weekday, coming.host) == (
        "announced",
        "1969-11-20",
        "THURSDAY",
        "Soviet",
    )
    assert record.next_meeting == coming


def test_highlights_belong_to_the_one_who_read(record: Record) -> None:
    said = [s for s in record.statements if s.speaker.resolution is SpeakerBasis.GOVERNING]
    assert {s.speaker.name for s in said} == {"Semenov"}
    assert {s.excerpt.paragraph for s in said} == {"3.A", "3.B"}


def test_departure_from_the_text(record: Record) -> None:
    (departed,) = [s for s in record.statements if s.mode is Mode.DEPARTURE]
    assert departed.speaker.name == "Semenov"


def test_claim_about_the_delivered_text(record: Record) -> None:
    (claim,) = record.claims
    assert (claim.other, claim.same) == ("TOSALT 005", True)
    assert [e.words for e in claim.exceptions] == [
        "SEVERAL MINOR CHANGES",
        'THE DELETION OF THE WORD "EXISTING" IN PARA 3',
    ]


def test_texts(record: Record) -> None:
    texts = {(t.side, t.state, t.carried_by) for t in record.texts}
    assert ("US", TextState.DELIVERED, None) in texts
    assert ("US", TextState.AUTHORISED, "TOSALT 005") in texts
    assert ("Soviet", TextState.REPORTED, "SEPTEL") in texts


def test_summary_is_linked_and_not_counted(record: Record) -> None:
    (summed,) = [s for s in record.statements if s.in_summary]
    assert [record.statement(i) for i in summed.summarises]
    assert summed not in record.counted


def test_comments_and_exchange(record: Record) -> None:
    assert [a.excerpt.paragraph for a in record.assessments] == ["5", "6"]
    assert [(a.speaker.name, b.speaker.name) for a, b in record.exchanges] == [("Smith", "Semenov")]


def test_the_reporters_view_of_a_statement_is_no_statement(record: Record) -> None:
    assert not [s for s in record.statements if "MODERATE" in s.excerpt.words]


def damaged(name: str, seen: str, *, read: str = "", offered: str = "") -> Reading:
    """The telegram with one name seen otherwise, and read so, or given up."""
    text = TEXT.replace(f"4. {name} ASKED", f"4. {seen} ASKED")
    source = Source.of_text(text)
    start = text.index(f"4. {seen} ASKED") + 3
    span = type(source.lines[0])(start, start + len(seen))
    edit = Edit(
        span=span,
        before=seen,
        after=read,
        reason=Reason(ground=Ground.CHANNEL),
        step=Step.of("made", "1"),
        confidence=Confidence(probability=0.3, calibration="made"),
        unreadable=not read,
        extent=None if read else len(seen),
        alternatives=(Alternative(text=offered),) if offered else (),
    )
    return Reading.of(source, (edit,))


@pytest.mark.parametrize(
    ("seen", "read", "offered"), [("SIUTH", "", ""), ("SlYIITH", "", "SMITH"), ("~IUT!-1", "BUT", "")]
)
def test_a_name_through_noise(seen: str, read: str, offered: str) -> None:
    noise = "\nTH£ ~QUICK BROl'IN F0X JUMP$ 0VER TH£ L,AZY DO& WH|LE TH£ C~T L00KS ON AT N0ON•\n" * 3
    reading = damaged("SMITH", seen, read=read, offered=offered)
    source = Source.of_text(reading.source.text + noise)
    record = record_of(None, Reading.of(source, reading.edits))
    asked = [s for s in record.statements if "CLARIFICATION" in s.excerpt.words]
    assert [s.speaker.name for s in asked] == ["Smith"]


def test_a_name_past_knowing_is_left_unread() -> None:
    noise = "\nTH£ ~QUICK BROl'IN F0X JUMP$ 0VER TH£ L,AZY DO& WH|LE TH£ C~T L00KS ON AT N0ON•\n" * 3
    reading = damaged("SMITH", "XQWKZPVV")
    source = Source.of_text(reading.source.text + noise)
    record = record_of(None, Reading.of(source, reading.edits))
    assert not [s for s in record.statements if "CLARIFICATION" in s.excerpt.words]
    assert any("CLARIFICATION" in u.excerpt.words for u in record.unread)


def test_nothing_is_claimed_of_a_bad_copy_that_was_not_restored() -> None:
    text = TEXT.replace("E", "£").replace("S", "$").replace("O", "0")
    record = record_of(None, Reading.of(Source.of_text(text)))
    assert not record.statements and not record.meetings and not record.claims
    assert record.unread


def test_the_president_of_a_posts_telegram_is_not_that_of_the_united_states() -> None:
    text = """R 041655Z JAN 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC
C O N F I D E N T I A L LA PAZ 0246
SUBJECT: CALL ON PRESIDENT

1. THE PRESIDENT SAID THAT THE TALKS WITH THE NEIGHBOURS WOULD GO ON. HE
INQUIRED WHAT COULD BE DONE.
"""
    record = record_of(None, Reading.of(Source.of_text(text)))
    assert ("PRESIDENT", "Bolivian") in {(s.speaker.name, s.side) for s in record.statements}
    assert {s.side for s in record.statements} <= {"Bolivian", None}
