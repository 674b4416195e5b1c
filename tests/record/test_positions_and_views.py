"""Positions in letters within a government, views of those who speak, what no verb of saying tells."""

from __future__ import annotations

import pytest

from septel.record.model import Record
from tests.record.headed import read

LETTER = """27. Letter From the Deputy Secretary of Defense (Harlow) to the Under Secretary of State (Bowen)

Washington, June 12, 1961.

"""
MEMORANDUM = """27. Memorandum From the Deputy Secretary of Defense (Harlow) to the Under Secretary (Bowen)

Washington, June 12, 1961.

"""
TELEGRAM = """41. Telegram From the Embassy in Jordan to the Department of State

Amman, May 8, 1969, 1210Z.

"""
INSTRUCTION = """41. Telegram From the Department of State to the Embassy in Jordan

Washington, May 8, 1969, 1210Z.

"""
TALK = """12. Memorandum of Conversation

Washington, March 2, 1962.

PARTICIPANTS

Mr. Thomas Bowen, Deputy Assistant Secretary

Ambassador Pieter Maas, Netherlands

"""
BODY = """Dear Chet:

{said}

Sincerely,

Martin R. Harlow
"""


def said(record: Record) -> dict[str, str | None]:
    return {
        s.excerpt.words: s.speaker.person.surname if s.speaker.person else None for s in record.statements
    }


def shown(text: str, head: str, opening: str) -> bool:
    return any(words.startswith(opening) for words in said(read(text, head)))


@pytest.mark.parametrize(
    "position",
    [
        "I concur in the plan to move the depot to the coast this year.",
        "The Department of Defense is concerned over the delay in moving the depot.",
        "In our view the depot could be moved without any further study.",
        "I cannot agree, however, that the depot ought to stay where it is.",
        "It is the view of the Department that the depot is too small.",
        "Please let me know whether the depot is to be moved this year.",
    ],
)
def test_a_letter_within_a_government_takes_positions(position: str) -> None:
    found = said(read(BODY.format(said=f"The depot lies on the river.\n\n{position}"), LETTER))
    assert found == {position: "Harlow"}


def test_what_stands_behind_a_position_goes_on_with_it() -> None:
    words = "We believe the depot is too small. It must be moved before the rains. The river rose in May."
    found = said(read(BODY.format(said=words), LETTER))
    assert list(found) == ["We believe the depot is too small.", "It must be moved before the rains."]


def test_who_is_written_to_is_told_and_courtesies_are_not() -> None:
    words = "You suggest that the depot should stay. I trust you had a good trip to the coast last week."
    found = said(read(BODY.format(said=words), LETTER))
    assert found == {"You suggest that the depot should stay.": None}


def test_a_memorandum_within_a_government_stays_its_writers() -> None:
    text = (
        "The depot lies on the river. We believe that the depot is much too small for the fleet.\n\nHarlow\n"
    )
    assert not read(text, MEMORANDUM).statements


def test_delegations_are_told_by_their_nations_alone() -> None:
    text = """220. Council met May 8 on the harbor plan.

Belgium accepted the plan. Canada asked for time. Norway said it agreed. France said it would wait.

Luxembourg had no difficulty with the plan. Portugal not yet instructed but foresaw none.

Harlow
"""
    assert shown(text, TELEGRAM, "Luxembourg had no difficulty")
    assert shown(text, TELEGRAM, "Portugal not yet instructed")
    few = text.replace("Canada asked for time. Norway said it agreed. ", "")
    assert not shown(few, TELEGRAM, "Portugal not yet instructed")


@pytest.mark.parametrize(
    "words",
    [
        "Marek contented himself with saying that the harbor was a hard matter.",
        "I replied by explaining that our ships needed coal in winter.",
        "Marek with tears in his eyes said the harbor was lost to his people.",
        "In Marek’s view the harbor is most unlikely to open before June.",
        "Marek made a strong appeal for coal on behalf of the harbor workers.",
        "Marek intends to see the Prime Minister about the harbor tomorrow.",
    ],
)
def test_speech_and_views_that_no_clause_reports_are_told(words: str) -> None:
    text = (
        f"220. I saw Foreign Minister Marek today. Marek said the harbor was closed.\n\n{words}\n\nHarlow\n"
    )
    assert shown(text, TELEGRAM, words[:30])


@pytest.mark.parametrize(
    "words",
    ["Nasser intends to see the King about the harbor.", "Marek probably intends to see the King tomorrow."],
)
def test_minds_of_the_absent_and_guesses_are_the_reporters(words: str) -> None:
    text = (
        f"220. I saw Foreign Minister Marek today. Marek said the harbor was closed.\n\n{words}\n\nHarlow\n"
    )
    assert not shown(text, TELEGRAM, words[:20])


def test_a_lead_that_ends_in_a_stop_announces_a_list() -> None:
    text = """220. I saw Foreign Minister Marek today.

Following are the Minister’s statements on the harbor.

(1) The harbor remains closed to all ships.

(2) No coal for the harbor before the month of June.

Harlow
"""
    assert shown(text, TELEGRAM, "The harbor remains closed") or shown(text, TELEGRAM, "(1) The harbor")


def test_what_he_thought_of_what_was_discussed_is_told() -> None:
    text = "We discussed the canal, which he thought could be opened in spring.\n\nMr. Bowen agreed.\n"
    assert shown(text, TALK, "which he thought could be opened")


def test_an_unsigned_letter_to_deliver_is_not_its_carriers() -> None:
    text = """220. We agree with you. Following is text of letter which you should deliver:

“Dear Mr. President:

I have given much thought to the canal and hope to see it open.

Sincerely yours,”

Harlow
"""
    found = said(read(text, INSTRUCTION))
    assert found["I have given much thought to the canal and hope to see it open."] is None


def test_words_behind_an_unknown_label_that_comes_again_are_said() -> None:
    head = TALK.replace("Memorandum of Conversation", "Transcript of Telephone Conversation")
    lines = (
        "TMB: Have you seen the plan?",
        "QXB: I have not seen the plan yet.",
        "TMB: Then read it very soon.",
        "QXB: I will read the plan tonight.",
        "TMB: Good night to you, then.",
    )
    text = "\n\n".join(lines)
    assert said(read(text, head))["I will read the plan tonight."] is None


def test_what_has_a_verb_of_saying_and_is_not_shown_is_listed() -> None:
    text = (
        "220. I saw Foreign Minister Marek today.\n\nRehashed the harbor and rejected it again.\n\nHarlow\n"
    )
    record = read(text, TELEGRAM)
    told = [s.excerpt.words for s in record.statements] + [u.excerpt.words for u in record.unread]
    assert any(words.startswith("Rehashed") for words in told)
