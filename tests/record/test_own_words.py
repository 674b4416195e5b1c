"""What is the reporter's own behind what somebody said is listed as unread; all texts are made up."""

from __future__ import annotations

import pytest

from septel.record import Record
from tests.record.headed import TALK, TELEGRAM, read

HOME = """42. Memorandum From the Director of the Policy Planning Council (Orwin) to Secretary of State Wells

Washington, May 8, 1959.

"""
ENVOY = """44. Message From Arthur B. Orwin to the Department of State

Amman, May 8, 1959.

"""
SAID = "Minister Hadad said that the harbour would be closed in June. "


def said(record: Record) -> str:
    """The words of all statements."""
    return " / ".join(s.excerpt.words for s in record.statements)


@pytest.mark.parametrize(
    "own",
    [
        "In Embassy's view, dockers would not accept it.",
        "It should be noted that his remarks would not bind the Cabinet.",
        "The Department will have noted that the harbour would remain shallow.",
        "Our conversation covered the harbour and would be resumed on Monday.",
        "A copy of the plan, which would be costly, is enclosed.",
        "There then ensued a discussion of what would be done.",
    ],
)
def test_what_the_reporter_says_himself_is_set_aside(own: str) -> None:
    record = read(f"1. {SAID}{own}\n", TELEGRAM)
    assert "closed in June" in said(record)
    assert own[:25] not in said(record)


def test_what_stands_behind_a_view_of_the_post_is_not_said_either() -> None:
    text = f"1. {SAID}In Embassy's view, dockers would not accept it. They would strike in July.\n"
    record = read(text, TELEGRAM)
    assert "strike in July" not in said(record)
    assert any("strike in July" in one.excerpt.words for one in record.unread)


def test_somebody_who_speaks_again_is_heard_behind_the_reporters_view() -> None:
    text = f"1. {SAID}In Embassy's view, dockers would strike. Hadad added that the pilots would stay.\n"
    assert "pilots would stay" in said(read(text, TELEGRAM))


def test_rows_of_a_schedule_under_a_wish_are_nobodys() -> None:
    text = "Mr. Hadad said that he would like two hours.\n\n8:30 to 10:30—Group A\n\n10:30—Break\n"
    record = read(text, TALK)
    assert "Group A" not in said(record)
    assert "two hours" in said(record)


@pytest.mark.parametrize(
    "text",
    [
        "Minister Hadad will make a statement at the port to include these points:",
        "It is recommended that we wait. This recommendation is supported by the following reasons:",
        "I propose that we ask for talks with the objectives of:",
    ],
)
def test_a_list_that_is_yet_to_be_said_or_argued_by_the_writer_is_not_told(text: str) -> None:
    record = read(f"{text}\n\na. The harbour is too shallow for tankers.\n\nb. The dockers are few.\n", HOME)
    assert "shallow" not in said(record)


def test_a_lettered_list_goes_on_behind_what_stands_between_its_entries() -> None:
    lead = "The meeting was a briefing by Mr. Hadad. The main points made were:"
    text = f"{lead}\n\na. The harbour is shallow.\n\n(This is new.)\n\nb. The dockers are few and angry.\n"
    record = read(text, HOME)
    assert "few and angry" in said(record)
    assert "This is new" not in said(record)


def test_tasks_assigned_are_no_labels() -> None:
    tasks = (
        ("a", "Sisco", "harbour"),
        ("b", "Orwin", "railway"),
        ("c", "Sisco", "road"),
        ("d", "Orwin", "sea"),
    )
    lines = "\n\n".join(f"{letter}. Mr. {name}: Plan of the {what}." for letter, name, what in tasks)
    lead = "Mr. Sisco said that time was short.\n\nThe following actions were assigned:"
    record = read(f"{lead}\n\n{lines}\n", TALK)
    assert "time was short" in said(record)
    assert "Plan of the" not in said(record)


def test_a_message_of_an_envoy_to_his_department_is_his_own() -> None:
    record = read("We have reviewed the harbour. It seems clear that nobody is going to agree.\n", ENVOY)
    assert not record.statements


@pytest.mark.parametrize(
    "text",
    [
        "1. He will report in detail on ROK stated requirements for the port.\n",
        "1. Despite PSD promises to abolish it, the port tax was not the issue.\n",
        "1. Repeated overtures by the dockers strengthened this impression in the port.\n",
        "1. Losses were the penalty for refusal to take clear position on the port.\n",
        "1. I am told this is his usual manner in the port.\n",
        "1. Department has concluded that a larger port is desirable.\n",
    ],
)
def test_what_is_no_clause_and_what_an_office_thinks_tells_nothing(text: str) -> None:
    assert not read(text, TELEGRAM).statements


def test_at_his_request_is_no_request() -> None:
    record = read("The Ambassador called at his request to present the first draft of a plan.\n", TALK)
    assert not record.statements


@pytest.mark.parametrize(
    "parties",
    [
        "Director of the Vietnam Working Group (Orwin) to the Ambassador in Vietnam (Wells)",
        "Chairman of the Atomic Energy Commission (Orwin) to President Johnson",
        "Counselor of Embassy in Iran (Orwin) to the Director of the Office of Iranian Affairs (Wells)",
    ],
)
def test_a_letter_from_one_office_to_another_is_its_writers_own(parties: str) -> None:
    head = f"43. Letter From the {parties}\n\nWashington, May 8, 1967.\n\n"
    record = read("Dear Fritz: The plan is wise. Hadad called. He said that the harbour was shallow.\n", head)
    assert "plan is wise" not in said(record)
    assert all(s.speaker.name != "Orwin" for s in record.statements)


def test_a_letter_to_another_government_is_said_by_its_writer() -> None:
    parties = "Ambassador in Vietnam (Orwin) to the Vietnamese Secretary of State (Tho)"
    head = f"43. Letter From the {parties}\n\nSaigon, May 8, 1967.\n\n"
    record = read("Dear Mr. Secretary:\n\nWe think the plan is wise and shall support it.\n", head)
    assert "plan is wise" in said(record)


def test_who_speaks_and_is_given_nothing_is_listed_as_unread() -> None:
    record = read(
        "107. The harbor is closed. Party feels that the ministry must go to a neutral.\n", TELEGRAM
    )
    said = [s.excerpt.words for s in record.statements]
    unread = [u.excerpt.words for u in record.unread]
    assert any("Party feels" in words for words in said + unread)
    assert not any("harbor" in words for words in said + unread)
