"""Lists of several on a line, who signs, and words that would say the contrary without their verb."""

from __future__ import annotations

import pytest

from septel.record import Polarity, Record, record_of
from septel.text import Reading, Source

MINUTES = "12. Minutes of a Meeting of the Working Group\n\nWashington, May 9, 1963.\n\n"
PRESENT = (
    "PRESENT\n\nGovernor Lane, Mr. Orwin, General Tabor, Mr. Pell vice Mr. Quist\n\n"
    "Mr. Corby and Mr. Vance (Commerce)\n\n"
)
CABLE = (
    "210. Telegram From the Embassy in Lebanon to the Department of State\n\n"
    "Beirut, June 20, 1958, 5 p.m.\n\n"
)


def read(text: str) -> Record:
    return record_of(None, Reading.of(Source.of_text(text)))


def test_a_line_of_titled_names_is_one_person_each() -> None:
    record = read(MINUTES + PRESENT + "Mr. Orwin said that the paper was ready for the meeting.\n")
    assert [p.person.surname for p in record.participants] == [
        "Lane", "Orwin", "Tabor", "Pell", "Corby", "Vance",
    ]  # fmt: skip
    assert {p.person.surname: p.person.side for p in record.participants}["Corby"] == "US"
    assert record.statements[0].speaker.name == "Orwin"


def test_an_office_behind_a_comma_is_no_second_person() -> None:
    record = read(
        MINUTES + "PARTICIPANTS\n\nSir Harold Caccia, Ambassador British Embassy\n\n"
        "Mr. Forte, Minister Counselor\n\nSir Harold Caccia said that the offer stood.\n"
    )
    assert [p.person.surname for p in record.participants] == ["Caccia", "Forte"]


def test_those_to_whom_a_memorandum_goes_took_no_part() -> None:
    record = read(
        "47. Memorandum From the Director of Planning (Orwin)\n\nWashington, August 18, 1964.\n\n"
        "MEMORANDUM FOR\n\nThe Secretary of State\n\nThe Secretary of Defense\n\nSUBJECT\n\nMeasures\n\n"
        "Reference is made to the two memoranda of August 5.\n"
    )
    assert not record.participants


@pytest.mark.parametrize("signed", ["Doug", "JLO", "James L. Orwin III"])
def test_a_letter_is_from_whom_its_heading_names(signed: str) -> None:
    record = read(
        "23. Letter From the Counselor of the Department of State (Orwin) to the Chargé in France (Tabor)\n\n"
        "Washington, January 20, 1955.\n\nDear Ted: I told the French Ambassador that we have no other plan "
        f"to put forward. He replied that he would report this.\n\nSincerely yours,\n\n{signed}\n"
    )
    names = {s.speaker.name for s in record.statements}
    assert "Orwin" in names
    assert not names & {"Doug", "JLO", "Jlo", "III", "Iii"}


def test_one_told_of_another_is_not_the_other() -> None:
    record = read(
        CABLE + "1. I saw Chamoun this morning. I told President General Chehab had seemed more confident. "
        "President said he thought that most people would welcome the troops.\n"
    )
    assert "Chehab" not in {s.speaker.name for s in record.statements}


def test_who_asks_me_is_another() -> None:
    record = read(
        "89. Memorandum of Conversation\n\nWashington, March 22, 1961.\n\nPARTICIPANTS\n\nThe President\n\n"
        "George F. Orwin, American Ambassador to Yugoslavia\n\n"
        "I told the President that the attitude of the Government was not satisfactory.\n\n"
        "When I was leaving the House a reporter, I believe from the Times, pursued me to my car and asked "
        "me for background on the prospect of a visit. I said that I had no views on this.\n\n"
        "George F. Orwin\n"
    )
    asking = [s for s in record.statements if "asked me" in s.excerpt.words.replace("\n", " ")]
    assert [s.speaker.person for s in asking] == [None]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("He did not believe that the dangers were as serious as that.", "did not believe that the dangers"),
        ("He doubted that there was a need for more aircraft there.", "doubted that there was a need"),
        ("He denied that there were any such negotiations at all.", "denied that there were"),
        ("He said that the dangers were serious.", "the dangers were serious."),
    ],
)
def test_what_is_denied_is_told_with_its_denial(sentence: str, told: str) -> None:
    record = read(MINUTES + PRESENT + f"Mr. Orwin stated that he had read the paper. {sentence}\n")
    last = record.statements[-1]
    assert last.content.words.startswith(told)
    assert (last.polarity is Polarity.NEGATIVE) == (not sentence.startswith("He said"))


def test_items_that_another_mentioned_are_not_the_last_speakers() -> None:
    record = read(
        MINUTES + PRESENT + "General Tabor stated that the harbour was open again. "
        "Other items mentioned by Mr. Orwin included the new rules for the border, which should assist.\n"
    )
    assert not [s for s in record.statements if "new rules" in s.excerpt.words and s.speaker.name == "Tabor"]


@pytest.mark.parametrize(
    "sentence",
    [
        "In the end, of course, Mr. Orwin made no such direct request.",
        "He then left the meeting but returned later.",
        "But he kept trying, nevertheless, to find another form of words.",
        "Mr. Pell's letter also transmitted a copy of the programme of the Joint Chiefs.",
    ],
)
def test_deeds_and_papers_are_nobodys_words(sentence: str) -> None:
    record = read(MINUTES + PRESENT + f"Mr. Orwin stated that he had read the paper. {sentence}\n")
    assert [s.speaker.name for s in record.statements if sentence[:20] in s.excerpt.words] in ([], [""])


def test_a_place_of_a_meeting_ends_where_small_words_begin() -> None:
    record = read(
        CABLE + "1. At the December meeting in Paris the Minister did, in the end, agree to talks. "
        "He said that he would be there.\n"
    )
    assert [m.place for m in record.meetings] == ["Paris"]
    record = read(CABLE + "1. At a meeting at staff level he said that talks could begin.\n")
    assert not [m.place for m in record.meetings if m.place]


@pytest.mark.parametrize("listed", ["The Acting Secretary\n\n", ""])
def test_who_acts_for_the_secretary_is_not_the_secretary(listed: str) -> None:
    record = read(
        "156. Memorandum of Conversation\n\nWashington, October 6, 1958.\n\nPARTICIPANTS\n\n"
        f"{listed}Mr. Tabor\n\nMr. Orwin\n\n"
        "The Acting Secretary said that the message should be sent. Mr. Tabor agreed to this at once.\n"
    )
    assert {s.speaker.name for s in record.statements} == {"Acting Secretary", "Tabor"}
    assert "Dulles" not in {p.person.surname for p in record.participants}


def test_what_the_reporter_takes_it_to_be_is_nobodys() -> None:
    record = read(
        CABLE + "1. I saw Chamoun this morning. He said that the talks would go on. Chamoun evidently felt "
        "that he is not strong enough. This added to the difficulties of the Embassy here.\n"
    )
    assert [s for s in record.statements if "the talks would go on" in s.excerpt.words]
    assert not [s for s in record.statements if "evidently" in s.excerpt.words or "added" in s.excerpt.words]


def test_what_is_meant_to_be_handed_over_is_not_handed_over() -> None:
    record = read(
        CABLE + "1. Samudio called. He said that the President had sent him. Chiari wanted to deliver this "
        "message so that the request would not come as any surprise.\n"
    )
    assert "Chiari" not in {s.speaker.name for s in record.statements}


def test_an_agreed_plan_is_no_agreement_told() -> None:
    record = read(
        CABLE + "1. I saw Chamoun this morning. He said that the talks would go on. Parts of his plan "
        "provide a sound basis for an Allied agreed plan.\n"
    )
    assert not [s for s in record.statements if "sound basis" in s.excerpt.words and s.speaker.person]


def test_a_number_and_a_journey_over_the_list_are_no_paragraphs() -> None:
    record = read(
        "225. Memorandum of Conversation\n\nSET/MC/35 London, June 25, 1962, 11 a.m.\n\n"
        "SECRETARY'S EUROPEAN TRIP (June 18-28, 1962)\n\nPARTICIPANTS\n\nUnited States\n\n"
        "Ambassador Orwin\n\nMr. Tabor Mr. Pell (for the beginning)\n\nGreat Britain\n\nLord Quist\n\n"
        "SUBJECT\n\nFerries\n\nLord Quist said that the ferries would be ready. Mr. Pell agreed to this.\n"
    )
    assert {(p.person.surname, p.person.side) for p in record.participants} == {
        ("Orwin", "US"), ("Tabor", "US"), ("Pell", "US"), ("Quist", "UK"),
    }  # fmt: skip
    assert record.date == "1962-06-25"
    assert [(s.speaker.name, s.side) for s in record.statements] == [("Quist", "UK"), ("Pell", "US")]
