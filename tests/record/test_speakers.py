"""Any document introduces its own people; what can't be told is unknown."""

from __future__ import annotations

import pytest

from septel.record import Record, SpeakerBasis, record_of
from septel.record.model.nations import nation_of, written
from septel.text import Reading, Source

MEMO = """166. Memorandum of a Conversation, Washington, January 25, 1957

SUBJECT

British Relations with Saudi Arabia

PARTICIPANTS

Sir Harold Caccia, Ambassador British Embassy

Herbert Hoover, Jr., Under Secretary

Edwin G. Moline, RA

"""
CABLE = """210. Telegram From the Embassy in Libya to the Department of State

Tripoli, January 10, 1975, 1705Z.

"""


def read(head: str, body: str) -> Record:
    return record_of(None, Reading.of(Source.of_text(head + body)))


def said(record: Record) -> list[tuple[str, str | None]]:
    return [(s.speaker.name, s.side) for s in record.statements]


def test_the_under_secretary_is_not_the_secretary() -> None:
    record = read(MEMO, "The Under Secretary pointed out that a guarantee would have to be a treaty.\n")
    assert said(record) == [("Hoover", "US")]


def test_a_list_without_bullets_and_offices_by_symbol() -> None:
    record = read(MEMO, "The Ambassador said that his Government was ready to discuss this.\n")
    assert {(p.person.surname, p.person.side) for p in record.participants} == {
        ("Caccia", "British"),
        ("Hoover", "US"),
        ("Moline", "US"),
    }
    assert said(record) == [("Caccia", "British")]
    assert record.date == "1957-01-25"


def test_the_ambassador_in_a_room_with_two_is_nobody() -> None:
    record = read(
        MEMO.replace("Herbert Hoover, Jr., Under Secretary", "Ambassador Bruce"),
        "The Ambassador said that his Government was ready to discuss all of this.\n",
    )
    assert not [s for s in record.statements if s.speaker.person]


def test_names_that_no_roster_knows() -> None:
    record = read(
        CABLE,
        "1. Shaybani called in PolOff and said that the embargo had been lifted. He hoped that the two "
        "countries could work together. PolOff replied that he would report this.\n",
    )
    assert [name for name, _ in said(record)] == ["Shaybani", "Shaybani", "PolOff"]
    assert record.statements[-1].side == "US"


def test_whom_someone_tells_of_does_not_take_the_floor() -> None:
    record = read(
        MEMO,
        "Mr. Hoover said that he had talked with Diem about this matter. Diem told him that he would not go. "
        "It was important to wait.\n",
    )
    named = [s for s in record.statements if s.speaker.person]
    assert {s.speaker.name for s in named} == {"Hoover"}
    assert not [s for s in named if "Diem told" in s.excerpt.words]


def test_someone_new_who_speaks_gets_none_of_the_floor_before() -> None:
    record = read(
        CABLE,
        "1. Bernal told me that he had no interest in this. The regional members vied with each other in "
        "expressing thanks. An official of the court asked whether I had seen him.\n",
    )
    assert "Bernal" not in {s.speaker.name for s in record.statements if "court" in s.excerpt.words}


@pytest.mark.parametrize(
    ("sentence", "how"),
    [
        ("It was agreed that the matter should rest.", SpeakerBasis.MEETING),
        ("The communiqué further stated that the troops should take over.", SpeakerBasis.DOCUMENT),
        ("They were informed that activity would be increased.", SpeakerBasis.UNKNOWN),
    ],
)
def test_what_no_person_says_has_no_person(sentence: str, how: SpeakerBasis) -> None:
    record = read(CABLE, f"1. {sentence}\n")
    assert [(s.speaker.person, s.speaker.resolution) for s in record.statements] == [(None, how)]


def test_they_did_not_mention_it() -> None:
    assert not read(CABLE, "1. The Iranians did not mention the problem with Iraq at all.\n").statements


def test_quotation_marks_that_are_spelled_out_are_nobody() -> None:
    text = "2. MR. FISCHER ARRIVED. MINISTER QUOTE STATED THAT THE HOUSE WAS OPEN UNQUOTE.\n"
    assert not [name for name, _ in said(read(CABLE, text)) if "QUOTE" in name.upper()]


def test_months_and_common_words_are_no_names() -> None:
    record = read(
        CABLE, "1. Mau called on Secretary April 10. Secretary expressed pleasure at the progress.\n"
    )
    assert "April" not in {s.speaker.name for s in record.statements}
    shouted = read(
        "R 041655Z JAN 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC\nC O N F I D E N T I A L LA PAZ 0246\n"
        "SUBJECT: AVGAS\n\n",
        "1. THE CONTRACT STATED THAT MORE WOULD BE BOUGHT IN ANY EVENT.\n",
    )
    assert not [s for s in shouted.statements if s.speaker.person]


def test_a_roster_gives_nobody_a_name_in_another_year() -> None:
    early = read(MEMO.replace("1957", "1951"), "General Semenov said that he would come to the talks.\n")
    assert {s.speaker.person.origin for s in early.statements if s.speaker.person} <= {"document"}


def test_a_note_is_its_ministrys_until_someone_speaks_again() -> None:
    record = read(
        CABLE,
        "2. Begin text of Embassy translation of note: The Ministry of Foreign Affairs presents its "
        "compliments to the Embassy of the USA, and informs it of the following.\n\n"
        "3. The violation of areas reserved for civil aviation is considered complete air piracy.\n\n"
        "5. Shaybani told PolOff that the note was a mild one.\n",
    )
    assert record.statements[0].excerpt.words.startswith("The violation")  # compliments state nothing
    assert record.statements[0].speaker.name == "Ministry of Foreign Affairs"
    assert record.statements[0].speaker.resolution is SpeakerBasis.DOCUMENT
    assert record.statements[-1].speaker.name == "Shaybani"


def test_labels_make_a_transcript() -> None:
    record = read(
        "104. Notes of Meeting\n\nWashington, October 22, 1968.\n\nTHOSE ATTENDING THE MEETING WERE\n\n"
        "Secretary Rusk\n\nGeneral Wheeler\n\nWalt Rostow\n\n",
        "Secretary Rusk: We ought to put it to them now.\n\nWalt Rostow: The orders will have to go out.\n\n"
        "This will take a day at least.\n\nGeneral Wheeler: They are on their way home.\n\n"
        "Secretary Rusk: That is what we had hoped for.\n",
    )
    assert [s.speaker.name for s in record.statements] == ["Rusk", "Rostow", "Rostow", "Wheeler", "Rusk"]


def test_issues_of_the_arms_talks_stay_where_they_belong() -> None:
    record = read(
        "R 041655Z JAN 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC\nC O N F I D E N T I A L LA PAZ 0246\n"
        "TAGS: EMIN, BL\nSUBJECT: COMPENSATION\n\n",
        "1. BERNAL TOLD ME THAT THE USG COULD EXPECT PROMPT COMPENSATION FOR THE BASES.\n",
    )
    assert {s.issue_ids for s in record.statements} == {("EMIN", "BL")}


def test_sides_as_documents_write_them() -> None:
    assert nation_of("FOREIGN MINISTER OF THAILAND") == "Thai"
    assert written("UK", ["AMBASSADOR, BRITISH EMBASSY"]) == "British"
    assert written("UK", []) == "UK"
    assert written("Ghanaian", ["GHANA"]) == "Ghana"
    assert written("Libyan", ["OFFICIAL OF LIBYA"]) == "Libyan"


def test_an_analysis_is_listed_as_the_senders() -> None:
    record = read(
        CABLE,
        "1. We believe that the risk lies deeper than the immediate question of troops.\n\n"
        "2. Shaybani told PolOff that the note was a mild one.\n",
    )
    assert [a.excerpt.words[:10] for a in record.assessments] == ["We believe"]
    assert {s.speaker.name for s in record.statements} == {"Shaybani"}
