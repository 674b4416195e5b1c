"""Telegrams that report a meeting: highlights, summary, comments, claims, texts and the next meeting."""

from __future__ import annotations

import re

import pytest

from septel.record import Excerpt, Mode, Record, SpeakerBasis, TextState, record_of
from septel.record.statements import names_issue
from septel.text import Alternative, Confidence, Edit, Ground, Locus, Reading, Reason, Source, Span, Step

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


def worn(paragraph: str) -> Record:
    """The record of a paragraph on a bad copy; words in braces can't be read."""
    heading, _, _ = TEXT.partition("SUMMARY:")
    garbled = "2. WE~ H~D TH~ M|NUTES B~FORE US AND RE~D TH~M TW|CE.\n\n"
    text = f"{heading}1. SEMENOV SAID THAT THE TALKS SHOULD GO ON AS PLANNED. {paragraph}\n\n{garbled}SMITH\n"
    source = Source.of_text(text.replace("{", "").replace("}", ""))
    edits = []
    for word in re.findall(r"\{(.+?)\}", text):
        start = source.text.index(word)
        edits.append(
            Edit(
                span=Span(start, start + len(word)),
                before=word,
                after="",
                reason=Reason(ground=Ground.CHANNEL),
                step=Step.of("made", "1"),
                unreadable=True,
            )
        )
    return record_of(None, Reading.of(source, edits))


def given(record: Record, word: str) -> set[str]:
    """To whom the statements with a word are given."""
    return {s.speaker.name for s in record.statements if word in s.excerpt.words}


def test_he_goes_on_with_a_sender_who_is_named() -> None:
    found = worn(
        "IN ANSWER SMITH MADE CLEAR THAT LINKAGE WAS {XQ7X} NO CONDITION. HE SAID THAT POLICY WAS CLEAR."
    )
    assert given(found, "LINKAGE") == given(found, "POLICY") == {"Smith"}


@pytest.mark.parametrize("lost", ["{XQVZKJ} RAISED TWO POINTS.", "FOLLOWING {XQVZKJ} PRESENTATION THEY ATE."])
def test_he_is_nobody_where_worn_words_may_hide_a_name(lost: str) -> None:
    found = worn(f"{lost} HE SAID THAT POLICY ON THIS WAS CLEAR TO ALL.")
    assert given(found, "POLICY") <= {""}
    assert given(worn("{XQVZKJ} HE SAID THAT POLICY ON THIS WAS CLEAR TO ALL."), "POLICY") == {"Semenov"}


@pytest.mark.parametrize("stop", ["' ", " "])
def test_what_stands_whole_before_someone_replied_is_not_his(stop: str) -> None:
    found = worn(
        "SMITH ASKED FOR {XQ7X} VIEWS ON THIS. THE US DOES NOT INTEND TO INTRODUCE OTHER ISSUES INTO TALKS"
        f"{stop}SEMENOV REPLIED THAT HE UNDERSTOOD THE POSITION."
    )
    assert "Semenov" not in given(found, "INTEND")
    assert given(found, "UNDERSTOOD") == {"Semenov"}


def test_exceptions_of_a_claim_go_on_over_a_lost_and() -> None:
    found = worn(
        "THE TEXT AS DELIVERED WAS THE SAME AS THAT GIVEN IN TOSALT 005 EXCEPT FOR SEVERAL MINOR CHANGES. "
        "{XQ7X} MND RE DELETION OF THE WORD EXISTING IN PARA 3."
    )
    assert [e.words for e in found.claims[0].exceptions] == [
        "SEVERAL MINOR CHANGES",
        "DELETION OF THE WORD EXISTING IN PARA 3",
    ]


@pytest.mark.parametrize(("seen", "departs"), [("DEP.-ATURE", True), ("RE~DING", False)])
def test_a_departure_is_known_by_its_shapes(seen: str, departs: bool) -> None:
    found = worn(f"SEMENOV SAID, IN AN ENTIRE {{{seen}}} FROM HIS PREPARED NOTES, THAT HE SAW NO ISSUE HERE.")
    assert any(s.mode is Mode.DEPARTURE for s in found.statements) is departs


@pytest.mark.parametrize(
    "subject, named",
    [
        ("I–6696/65", False),
        ("SUBJECT: I-6696/65", False),
        ("SUBJECT", False),
        ("SUBJECTS:", False),
        ("Memo 12-A/4", True),
        ("ABM", True),
        ("SUBJECT: TROOPS FOR VIET-NAM, 1965", True),
    ],
)
def test_the_number_of_a_paper_is_no_issue(subject: str, named: bool) -> None:
    source = Source.of_text(f"{subject}\n")
    shown = Excerpt(words=subject, locus=Locus(source.id, Span(0, len(subject))), paragraph="subject", line=1)
    assert names_issue(shown) is named
