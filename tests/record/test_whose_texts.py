"""Texts of nobody's, joint subjects, objections by questions, signatures behind a sentence; made up."""

from __future__ import annotations

import pytest

from septel.record import Act, Record, SpeakerBasis, record_of
from septel.text import Reading, Source
from tests.record.headed import TALK, TELEGRAM, read

HEAD = """PAGE 01    LA PAZ 03534 01 OF 01 231725Z
ACTION IO-15
R 231650Z APR 79
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC PRIORITY 5887

UNCLAS LA PAZ 3534

EO 12065: NA
TAGS: {tags}
SUBJECT: HARBOUR COMMITTEE

"""


def cable(body: str, tags: str = "ECLA, UN") -> Record:
    return record_of(None, Reading.of(Source.of_text(HEAD.format(tags=tags) + body)))


DRAFT = (
    '{before} TEXT FOLLOWS: "THE HARBOUR BOARD HAS CONSIDERED THE DUES WITH GREAT CONCERN THIS YEAR.\n\n'
    "THE BOARD CALLS UPON ALL OWNERS FOR THE MENDING OF THEIR TUGS AT ONCE.\n\n"
    'THE BOARD REQUESTS THE PILOTS TO REPORT ON WHAT THEY HAVE DONE ABOUT IT."\n\n'
    "NOVAK SAID THAT THE DUES WOULD STAY.\n"
)


def names_of(record: Record, words: str) -> set[str]:
    return {s.speaker.name for s in record.statements if words in s.excerpt.words.upper()}


def test_a_draft_under_text_follows_is_nobodys() -> None:
    record = read(DRAFT.format(before="NOVAK SAID HE WAS WILLING TO ASK HIS GOVERNMENT."), TELEGRAM)
    for words in ("HAS CONSIDERED", "CALLS UPON", "REQUESTS THE PILOTS"):
        assert names_of(record, words) <= {""}
    assert "Novak" in {name.title() for name in names_of(record, "DUES WOULD STAY")}


def test_a_text_that_somebody_hands_over_stays_his() -> None:
    before = "NOVAK HANDED US HIS NOTE."
    drafted = read(DRAFT.format(before=before), TELEGRAM)
    assert names_of(drafted, "REQUESTS THE PILOTS") == {"BOARD"}  # read as any paragraph is
    assert "Novak" in {name.title() for name in names_of(drafted, "DUES WOULD STAY")}


def test_of_two_nations_that_speak_neither_is_lost() -> None:
    record = cable(
        "1. US AND BRAZILIAN DELEGATIONS SAID THAT THE DUES WERE TOO HIGH FOR ALL SHIPS.\n\nBOEKER\n"
    )
    (said,) = [s for s in record.statements if "DUES" in s.excerpt.words]
    assert said.side is None
    assert "BRAZILIAN" not in said.speaker.name.upper() or "US" in said.speaker.name.upper().split()
    assert said.excerpt.words.startswith("US AND BRAZILIAN")


@pytest.mark.parametrize(
    ("told", "act"),
    [
        ("QUESTIONED THE NEED FOR THESE MONTHLY MEETINGS", Act.OBJECTS),
        ("QUESTIONED THE WISDOM OF RAISING THE DUES", Act.OBJECTS),
        ("QUESTIONED WHETHER THE DUES HAD BEEN RAISED", Act.ASKS),
    ],
)  # fmt: skip
def test_who_questions_the_need_objects(told: str, act: Act) -> None:
    record = read(f"NOVAK {told}.\n", TELEGRAM)
    (said,) = [s for s in record.statements if "NOVAK" in s.excerpt.words]
    assert said.act is act
    assert (said.content.words.startswith("QUESTIONED")) is (act is Act.OBJECTS)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("TOLD EMBOFF AUGUST 19 THAT THE DUES WOULD FALL", "THE DUES WOULD FALL"),
        ("INFORMED THE HARBOUR OFFICE THAT THE DUES WOULD FALL", "THE DUES WOULD FALL"),
        ("TOLD EMBOFF OF HIS VIEW THAT THE DUES WOULD FALL", "OF HIS VIEW THAT THE DUES WOULD FALL"),
        ("SAID THE DUES WOULD FALL AND THAT THE TUGS WERE OLD", "THE DUES WOULD FALL"),
    ],
)  # fmt: skip
def test_what_is_said_begins_behind_whom_it_is_said_to(told: str, said: str) -> None:
    record = read(f"NOVAK {told}.\n", TELEGRAM)
    found = next(s for s in record.statements if "NOVAK" in s.excerpt.words)
    assert found.content.words.rstrip(".").endswith(said)
    assert "AUGUST" not in found.content.words
    assert not found.content.words.startswith("THE HARBOUR")


def test_who_is_instructed_to_inform_us_informs_us() -> None:
    record = read(
        "Novak said that the dues were high. In any case, he was instructed by his government to inform "
        "the Ambassador that the tugs would sail.\n",
        TELEGRAM,
    )
    assert names_of(record, "TUGS WOULD SAIL") == {"Novak"}
    talk = read(
        "Dobrynin spoke of the dues. The President, as The Secretary knew, was ill. In any case, he was "
        "instructed by his government to inform the President that the tugs would sail.\n",
        TALK,
    )
    assert names_of(talk, "TUGS WOULD SAIL") == {"Dobrynin"}


def test_a_signature_behind_a_sentence_is_the_name_alone() -> None:
    record = cable(
        "1. NOVAK SAID THAT THE DUES WERE HIGH. PLEASE SEND A REPORT ON\nYOUR FINDINGS SOONEST. VANCE\n"
    )
    assert record.author == "VANCE"


def test_a_person_of_tags_is_no_issue() -> None:
    body = "1. AMBASSADOR TOLD NOVAK THAT THE DUES WERE TOO HIGH FOR THE SHIPS.\n\nBOEKER\n"
    record = cable(body, "CPRS, (ILLOBRE, MARIO R.)")
    assert record.statements
    issues = {issue for s in record.statements for issue in s.issue_ids}
    assert "CPRS" in issues
    assert not [issue for issue in issues if "ILLOBRE" in issue]


def test_the_made_head_is_read_as_a_telegram() -> None:
    record = cable("1. NOVAK SAID THAT THE DUES WERE HIGH.\n\nBOEKER\n")
    assert (record.kind, record.date) == ("telegram", "1979-04-23")
    assert all(s.speaker.resolution is not SpeakerBasis.MEETING for s in record.statements)
