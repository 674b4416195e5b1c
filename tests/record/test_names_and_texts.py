"""Texts attached beneath a paper, leads that name nobody, names whole; all texts are made up."""

from __future__ import annotations

import pytest

from septel.record import Record
from tests.record.headed import TALK, read

DESPATCH = """21. Despatch From the Ambassador in Peru (Orwin) to the Department of State

Lima, June 15, 1955.

"""
MINUTES = """14. Memorandum for the Record

Washington, April 11, 1957.

"""


def who(record: Record, words: str) -> str | None:
    """Who says the one statement that holds these words."""
    found = [s for s in record.statements if words in s.excerpt.words]
    assert len(found) == 1, [s.excerpt.words for s in record.statements]
    person = found[0].speaker.person
    return person.name if person else None


@pytest.mark.parametrize(
    "heading",
    [
        "[Enclosure]",
        "Attachment 2",
        "Tab A",
        "Memorandum From the Land Adviser to the Director of the Mission",
    ],
)
def test_i_in_a_text_attached_is_not_who_signs_the_paper(heading: str) -> None:
    record = read(
        "I told the Foreign Minister that the loan would be ready in May.\n\n"
        f"Walter Orwin\n\n{heading}\n\nLima, June 7, 1955.\n\n"
        "I told the President that the farms had not been surveyed.\n",
        DESPATCH,
    )
    assert who(record, "loan") == "Orwin"
    assert who(record, "farms") is None


def test_whoever_spoke_in_the_paper_has_not_the_floor_in_what_is_attached() -> None:
    record = read(
        "The Ambassador said that he would transmit the message to his government.\n\nORAL MESSAGE\n\n"
        "“The other side will have to weigh the matter with care.\n\n"
        "“It hopes that the search for an end to the war will be continued.”\n",
        TALK,
    )
    assert not [s for s in record.statements if s.speaker.name and "weigh" in s.excerpt.words]
    assert not [s for s in record.statements if s.speaker.name and "search" in s.excerpt.words]


def test_a_list_whose_lead_tells_of_a_group_is_not_of_who_spoke_last() -> None:
    record = read(
        "Mr. Gray opened the meeting by saying that he had asked four officials for advice. The following "
        "represented the substance of the conclusions of that group:\n\n"
        "1. The level of imports for the second half of the year was too high.\n\n"
        "2. The plan should be left to each of the districts.\n",
        MINUTES,
    )
    assert not [s for s in record.statements if s.speaker.name == "Gray" and "districts" in s.excerpt.words]


def test_the_one_behind_the_verb_speaks_within_a_sentence() -> None:
    record = read(
        "Mr. Sisco noted that talks had gone well. The subject of claims, said Mr. Sisco, had not yet been "
        "raised. The property was still occupied and would have to be cleared.\n",
        TALK,
    )
    assert who(record, "had not yet been raised") == "Joseph J. Sisco"


def test_he_behind_somebody_who_is_asked_for_his_view_is_open() -> None:
    record = read(
        "The Secretary asked Mr. Sisco for his recommendation. He said he would prefer to wait until June.\n",
        TALK,
    )
    assert who(record, "prefer to wait") is None


def test_another_subject_that_comes_between_says_what_follows() -> None:
    record = read(
        "1. Ambassador Orwin told us that talks were open. Ambassador Orwin stood firm for a week, and "
        "eventually they gave way and expressed willingness to sign a shorter one.\n"
    )
    assert not [
        s for s in record.statements if s.speaker.name == "Orwin" and "willingness" in s.excerpt.words
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Army Secretary Solanas Pacheco said that the troops would stay.", "Solanas Pacheco"),
        ("Mr. Kim Dong Sung said that the troops would stay.", "Kim Dong Sung"),
        ("Foreign Minister Affairs Pacheco said that the troops would stay.", "Pacheco"),
    ],
)
def test_a_name_behind_a_title_is_whole(text: str, name: str) -> None:
    found = read(f"1. {text}\n").statements
    assert {s.speaker.person.name for s in found if s.speaker.person} == {name}


def test_the_first_part_of_a_surname_alone_is_the_same_man() -> None:
    head = TALK.replace("Soviet Ambassador Anatoly F. Dobrynin", "Foreign Minister Couve de Murville")
    record = read("Couve said that the plan would be ready in May.\n", head)
    assert who(record, "plan") == "Couve de Murville"


def test_two_persons_of_one_line_are_two() -> None:
    head = TALK.replace(
        "Soviet Ambassador Anatoly F. Dobrynin", "Ambassador Huang Hua Mrs. Shih, Interpreter"
    )
    record = read("Ambassador Huang said that the plan would be ready in May.\n", head)
    assert {"Huang Hua", "Shih"} <= {p.person.name for p in record.participants}


def test_an_office_within_other_words_is_nobody_by_name() -> None:
    record = read(
        "R 101530Z AUG 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC\n\nSUBJECT: FUNDS\n\n"
        "1. MINISTER ORTEGA SAID THAT HE WAS CONCERNED. IN THIS CONNECTION HIS CAPITAL HAS HEARD SECRETARY "
        "LAIRD VERY RECENTLY ASKED FOR MORE FUNDS.\n\nBERGER\n",
        "",
    )
    assert not [s for s in record.statements if s.speaker.name and "HEARD" in s.speaker.name.upper()]
