"""Kinds of sentence that were read wrong in documents drawn by a seed: each in words made for the test."""

from __future__ import annotations

import pytest

from septel.record import Record
from tests.record.headed import TALK, read

MINUTES = """22. Minutes of a Meeting, Washington, February 15, 1955

PARTICIPANTS
Mr. Randall, White House, Presiding
Mr. Rossiter, Agriculture
Mr. Brown, State

"""
REPORT = """368. Central Intelligence Agency Information Report

Saigon, December 16, 1963.

SUBJECT
Situation Appraisal

"""


def names(record: Record, beginning: str) -> set[str]:
    return {s.speaker.name for s in record.statements if s.excerpt.words.startswith(beginning)}


@pytest.mark.parametrize(
    ("body", "beginning", "who"),
    [
        ("Rifai was in good spirits. Told Rifai I could give him no assurance.", "Told", "Symmes"),
        ("We now told that the party will be dissolved. He said so.", "We now told", ""),
        ("Foreign Minister Rifai said he agreed. Washington insisted that he resign.", "Washington", ""),
    ],
)
def test_who_is_told_does_not_tell(body: str, beginning: str, who: str) -> None:
    record = read(f"I called on Foreign Minister Rifai May 8. {body}\n\nSymmes\n")
    assert names(record, beginning) - {""} <= {who}  # that nobody is named for it is right too


def test_who_asked_when_two_talked() -> None:
    record = read(
        "When Prime Minister Rifai and I discussed the loan in Paris at last NATO meeting Rifai asked me to "
        "use my good offices. Rifai told me that they could change the text.\n\nSymmes\n"
    )
    assert {s.speaker.name for s in record.statements} == {"Rifai"}
    assert "NATO" not in {s.side for s in record.statements}


def test_a_name_stands_before_its_department() -> None:
    record = read(
        "Mr. Rossiter of the Department of Agriculture stated that his agency had no objection.\n", MINUTES
    )
    assert [s.speaker.name for s in record.statements] == ["Rossiter"]


def test_what_is_explained_by_nobody_is_nobodys() -> None:
    record = read("The Secretary mentioned the visit and it was explained that the King was ill.\n", TALK)
    assert names(record, "and it was explained") == {""}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Committee continues to shuffle province chiefs around.",
        "The Generals continued, by arrests, their efforts to break up the groups.",
        "Ambassador Dang raised hopes of a quick end.",
        "General Tri asserted control of the corps.",
        "General Tri dismissed him.",
    ],
)
def test_deeds_are_no_statements(sentence: str) -> None:
    assert not read(f"1. {sentence}\n", REPORT).statements


@pytest.mark.parametrize(
    "sentence",
    [
        "There was no dissent.",
        "This suggestion was not questioned or disputed.",
        "For text of the address, see American Foreign Policy, 1958, pages 1-12.",
        "Copy of a letter to the Secretary is attached.",
    ],
)
def test_what_is_told_of_the_meeting_is_nobodys(sentence: str) -> None:
    record = read(f"Mr. Randall stated that the group would be asked to agree. {sentence}\n", MINUTES)
    assert not any(sentence[:12] in s.excerpt.words for s in record.statements)


def test_what_a_letters_writer_adds_is_his() -> None:
    record = read(
        "Dear Mr. Ambassador: My source, a senior official, stated that the budget was large this year. "
        "These two factors certainly justify our wondering whether the campaign is worth while.\n\n"
        "Respectfully yours,\nRobert E. Barbour\n",
        "2. Letter From the Consul in Hue (Barbour) to the Ambassador in Vietnam (Durbrow)\n\n"
        "Hue, January 28, 1958.\n\n",
    )
    assert not any("wondering" in s.excerpt.words for s in record.statements)


def test_everything_he_said_is_told_of_him() -> None:
    record = read(
        "Everything Rifai said pointed up his determination. Rifai said he saw two ways out.\n\nSymmes\n"
    )
    assert [(s.speaker.name, s.excerpt.words[:10]) for s in record.statements] == [("Rifai", "Rifai said")]


def test_a_writing_that_speaks_is_not_the_speakers() -> None:
    record = read(
        "Rifai told people he would take responsibility. Letter given to governor related the history of the "
        "tribes.\n\nSymmes\n"
    )
    assert not any("Letter given" in s.excerpt.words for s in record.statements)


def test_who_is_only_told_of_gives_no_letter_in_a_talk() -> None:
    record = read(
        "Ambassador Dobrynin said they had long talks with Mustafa. Mustafa gave them a letter.\n", TALK
    )
    assert "Mustafa" not in {s.speaker.name for s in record.statements}
