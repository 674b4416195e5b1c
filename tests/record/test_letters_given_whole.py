"""Letters from one head of government to another, alone or within a telegram: their writer speaks."""

from __future__ import annotations

import pytest

from tests.record.headed import read

LETTER = """Dear Mr. {title}:

{day}

I have given much thought to the canal. My government can't accept a base on the island.

{own}

Sincerely,

Martin R. Harlow{end}
"""
OWN = "We believe that the two delegations should meet again in the spring."
DEPARTMENT = """41. Telegram From the Department of State to the Embassy in Jordan

Washington, May 8, 1969, 1210Z.

"""
POST = """41. Telegram From the Embassy in Jordan to the Department of State

Amman, May 8, 1969, 1210Z.

"""


def said(text: str, head: str) -> list[str]:
    return [s.excerpt.words for s in read(text, head).statements]


@pytest.mark.parametrize(
    ("lead", "mark", "end"),
    [
        ("220. Please deliver letter from the President to the King:", "", ""),
        (
            "220. Please deliver letter from the President to the King. Begin text.",
            "",
            "\n\nEnd text.",
        ),
        ("220. Following is text letter dated today from President to King.", "“May 8, 1969\n\n", "”"),
    ],
)
def test_a_letter_that_a_telegram_gives_is_said_to_its_signature(lead: str, mark: str, end: str) -> None:
    letter = LETTER.format(
        title="Minister", day="I have read your note on the canal with care.", own=OWN, end=end
    )
    found = said(f"{lead}\n\n{mark}{letter}\n\nWe plan no release before Monday.\n", DEPARTMENT)
    assert any(words.startswith("I have given much thought") for words in found)
    assert OWN in found
    assert not any("Monday" in words for words in found)


def test_who_signs_a_letter_within_a_telegram_speaks_in_it() -> None:
    letter = LETTER.format(title="Minister", day="", own=OWN, end=".")
    record = read(f"220. Please deliver letter from the President to the King:\n\n{letter}", DEPARTMENT)
    assert {s.speaker.person.name for s in record.statements if s.speaker.person} == {"Martin Harlow"}


def test_a_letter_by_the_post_itself_is_not_forwarded() -> None:
    letter = LETTER.format(title="Minister", day="", own=OWN, end="")
    assert not said(f"88. I propose to send the following letter to the King today.\n\n{letter}", POST)


@pytest.mark.parametrize(
    "head",
    [
        "12. Letter From the Secretary of State to Chancellor Brandvold",
        "12. Letter From Secretary of State Dulles to President Merrano",
        "12. Letters From President Nixon to Prime Minister Olden",
        "12. Telegram From President Johnson to Prime Minister Olden",
        "Prime Minister Olden to President Roosevelt",
    ],
)
def test_each_sentence_between_heads_of_governments_is_said(head: str) -> None:
    found = said(
        "I am glad that the talks will go on. The island is of no use to anybody without the canal.\n\n"
        + OWN
        + "\n",
        f"{head}\n\nWashington, May 8, 1957.\n\n",
    )
    assert len(found) == 3


PLAN = "Dear Mr. Harlow: I approve your plan for the Council.\n\n{own}\n\nSincerely yours,\n"


def test_a_telegram_within_one_government_says_nothing_to_a_side() -> None:
    head = "12. Telegram From the Secretary of State to the President\n\nWashington, May 8, 1957.\n\n"
    assert not said(PLAN.format(own=OWN), head)


@pytest.mark.parametrize(
    "head",
    [
        "12. Letter From the Secretary of State to the President",
        "The President to the Special Assistant to the President for National Security Affairs (Harlow)",
    ],
)
def test_a_letter_within_one_government_is_of_no_other_side(head: str) -> None:
    text = PLAN.format(own="The harbor lies on the river and is deep.\n\n" + OWN)
    record = read(text, f"{head}\n\nWashington, May 8, 1957.\n\n")
    assert OWN in [s.excerpt.words for s in record.statements]
    assert not any("river" in s.excerpt.words for s in record.statements)
    assert {s.side for s in record.statements} <= {None, "US"}
