"""Whose words are whose where reporters put in their own, texts are quoted, and others are only told of."""

from __future__ import annotations

import pytest

from septel.record import Record, SpeakerBasis, record_of
from septel.telegram import parse
from septel.text import Reading, Source
from tests.record.headed import TALK, read


def said(record: Record) -> dict[str, str]:
    return {s.excerpt.words: s.speaker.name for s in record.statements}


def test_an_aside_is_the_reporters() -> None:
    record = read(
        "Foreign Minister Rifai said that the charge was false. (NOTE: This last charge refers to the drive "
        "of the party, which he said nothing of.) He said he would reply.\n\nSymmes\n"
    )
    assert not any("last charge" in words for words in said(record))
    assert [a.excerpt.words[:16] for a in record.assessments] == ["This last charge"]
    assert "Rifai" in said(record)["He said he would reply."]


def test_remarks_are_those_of_whom_they_are_made_by() -> None:
    record = read(
        "Following paragraphs give remarks made by President Kekkonen, when I delivered the message:\n\n"
        "1. I am very grateful for this expression of consideration.\n\n"
        "2. I do not believe that the situation is as serious as that.\n\nGufler\n"
    )
    assert set(said(record).values()) - {"Gufler"} == {"Kekkonen"}
    assert "Kekkonen" in said(record)["I am very grateful for this expression of consideration."]


def test_no_title_reaches_across_a_stop() -> None:
    record = read(
        "The project came to the attention of the Prime Minister. This has led him to feel slighted. "
        "He said it would cause a storm.\n\nWigglesworth\n"
    )
    assert "This" not in said(record).values()
    assert "This" not in {p.person.surname for p in record.participants}


def test_the_subject_may_stand_behind_its_verb() -> None:
    record = read(
        "The Secretary said the time was short. It would seem unwise, thought Ambassador Dobrynin, for the "
        "people of the United States to wait.\n",
        TALK,
    )
    assert [s.speaker.name for s in record.statements] == ["Rogers", "Dobrynin"]


def test_what_someone_told_of_wanted_is_nobodys() -> None:
    record = read(
        "Foreign Minister Caglayangil said he agreed. Turkmen also mentioned he wanted similar assurances. "
        "The text is with Turkmen.\n\nHart\n"
    )
    his = [words for words, who in said(record).items() if who == "Caglayangil"]
    assert his == ["Foreign Minister Caglayangil said he agreed."]


def test_words_of_the_others_note_are_not_the_writers() -> None:
    head = "22. Letter From Ambassador Ronne to Secretary of State Rusk\n\nWashington, May 8, 1969.\n\n"
    record = read(
        "Sir:\n\nI have the honor to refer to your note of this date which reads as follows:\n\n"
        "“I have the honor to propose that the base be closed to all of these aircraft.”\n\n"
        "I have the honor to state that the proposal is acceptable to my Government.\n\nRonne\n",
        head,
    )
    by = {s.excerpt.words[:30]: s.speaker for s in record.statements}
    quoted = next(speaker for words, speaker in by.items() if "to propose" in words)
    assert (quoted.person, quoted.resolution) == (None, SpeakerBasis.UNKNOWN)
    assert next(speaker for words, speaker in by.items() if "to state" in words).name == "Ronne"


def test_a_text_is_that_of_whom_it_is_said_to_be() -> None:
    record = read(
        "Following is text Spaak reply to your letter October 10.\n\n"
        "“Dear Mr. Dulles: I have received your letter and thank you for it.\n\n"
        "Like you, I think that the problem posed by the General is a real one.\n\n"
        "Please accept, dear Mr. Dulles, the assurance of my consideration.”\n\nBurgess\n"
    )
    assert set(said(record).values()) == {"Spaak"}


def test_labels_with_dashes() -> None:
    head = (
        "85. Memorandum of Telephone Conversation Between the Under Secretary (Harriman) and "
        "Michael Forrestal of the National Security Council Staff\n\nWashington, June 9, 1964.\n\n"
    )
    record = read(
        "H—What is your reaction to this morning's work?\n\nF—No one is in favor of it except him.\n\n"
        "H—That is an entirely different proposition.\n\nF—Unger asked for a letter to the Prime Minister.\n",
        head,
    )
    assert [s.speaker.name for s in record.statements] == ["Harriman", "Forrestal", "Harriman", "Forrestal"]


def test_she_is_whom_the_document_calls_mrs() -> None:
    record = read(
        "Mrs. Meir stated that the position stood. Hammarskjold asked whether Dulles had endorsed it. "
        "She said that he had done so.\n\nLodge\n"
    )
    assert said(record)["She said that he had done so."] == "Meir"


def test_minutes_that_are_quoted_are_not_the_last_speakers() -> None:
    record = read(
        "Mr. Dulles briefed the Council and said it was shaky. The minutes go on: “Secretary Quarles "
        "reported that he had observed among officials some concern. They felt that it would collapse.”\n",
        "7. Editorial Note\n\n",
    )
    assert not any("Quarles" in words and who == "Dulles" for words, who in said(record).items())


@pytest.mark.parametrize(
    ("body", "day"),
    [
        (
            "In a meeting with the Foreign Minister May 3 I said that we agreed. He replied it was late.",
            "1969-05-03",
        ),
        (
            "In a meeting with the Foreign Minister yesterday I said that we agreed. He replied it was late.",
            "1969-05-07",
        ),
    ],
)
def test_a_meeting_has_the_day_that_its_sentence_names(body: str, day: str) -> None:
    record = read(f"{body}\n\nSymmes\n")
    assert record.meetings[0].date == day


def test_an_information_report_has_its_source_between() -> None:
    record = record_of(
        None,
        Reading.of(
            Source.of_text(
                "CENTRAL INTELLIGENCE AGENCY\nINTELLIGENCE INFORMATION CABLE\n\nCOUNTRY PANAMA\n\n"
                "SOURCE A SENIOR OFFICIAL IN THE MINISTRY\n\n1. LE VAN DONG, FORMER MINISTER, SAID ON 14 "
                "SEPTEMBER THAT HE HAD BEEN ADVISED OF THE DECISION TO SEVER RELATIONS WITH THE REPUBLIC.\n"
            )
        ),
    )
    assert record.kind == "information report"
    assert record.statements[0].chain == ("A SENIOR OFFICIAL IN THE MINISTRY",)


def test_i_is_who_sends_it_through_another_s_post() -> None:
    record = read(
        "1551. Woodward from Goodwin. I said that sanctions were needed. Frondizi refused.\n\nGordon\n"
    )
    assert said(record)["I said that sanctions were needed."] == "Goodwin"
    told = read("Following instructions from Goodwin. I said that sanctions were needed.\n\nGordon\n")
    assert said(told)["I said that sanctions were needed."] == "Gordon"


def test_what_somebody_is_told_is_not_his() -> None:
    record = read(
        "Sanz expressed special interest in the following:\n\n"
        "1. Presence of ministers at the meeting in June. He was informed the Department was in no position "
        "to promise that.\n\n"
        "2. The view that actions should be those against acts in future. Our view that the past cannot be "
        "ignored.\n\nBowles\n"
    )
    his = [words for words, who in said(record).items() if who == "Sanz"]
    assert not any("was informed" in words or "Our view" in words for words in his)


def test_no_roster_tells_an_office_where_no_date_stands() -> None:
    text = (
        "144. Telegram From the Department of State to the Embassy in Panama\n\n{}"
        "The Secretary said he had spoken to the President-elect. He would suggest that Vance give this a "
        "high priority.\n\nRobinson\n"
    )

    def speakers(dateline: str) -> set[str]:
        reading = Reading.of(Source.of_text(text.format(dateline)))
        return {s.speaker.name for s in record_of(parse(reading), reading).statements}

    assert "Vance" not in speakers("")
    assert "Vance" not in speakers("Washington, December 10, 1976, 1629Z.\n\n")


def test_a_printed_head_may_write_from_small() -> None:
    text = (
        "144. Telegram from the Department of State to the Embassy in Panama\n\n"
        "Washington,December 10, 1976, 1629Z.\n\nThe Secretary said that he agreed.\n\nRobinson\n"
    )
    reading = Reading.of(Source.of_text(text))
    assert record_of(parse(reading), reading).date == "1976-12-10"
