"""Who is cited, counted, set against another, or heads a page, and is no speaker; all texts are made up."""

from __future__ import annotations

import pytest

from septel.record import Act, OpenState, Record, record_of
from septel.text import Reading, Source
from tests.record.headed import TALK, read

MINUTES = """9. Minutes of a Meeting

Washington, May 8, 1969.

PARTICIPANTS
• Mr. Adam Kowal
• Mr. Peter Lund
• Mr. John Grey

"""
CABLE = """R 101530Z AUG 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC

SUBJECT: HARBOUR CHARGES

"""
SIGNED = "\nBerger\n"


def names(record: Record) -> dict[str, str | None]:
    """The words of each statement, and who says them."""
    return {s.excerpt.words: s.speaker.person.name if s.speaker.person else None for s in record.statements}


def present(record: Record) -> set[str]:
    """The surnames of those who took part."""
    return {p.person.surname for p in record.participants}


@pytest.mark.parametrize(
    "cited",
    [
        "General Petrov recently asked us to send two more.",
        "General Petrov asked us last week to send two more.",
        "We were lately asked by General Petrov to send two more.",
    ],
)
def test_whom_a_speaker_cites_has_not_the_floor(cited: str) -> None:
    record = read(f"Mr. Kowal said that we were short of cranes. {cited} We could not send them.\n", MINUTES)
    assert names(record)["We could not send them."] == "Adam Kowal"
    assert names(record)[cited] in ("Adam Kowal", None)
    assert "Petrov" not in present(record)


def test_in_a_telegram_we_are_those_who_report() -> None:
    record = read(f"1. General Petrov told us that the cranes were unsafe.\n{SIGNED}")
    assert "Petrov" in present(record)


def test_a_label_reaches_to_the_end_of_its_quotation() -> None:
    record = read(
        'Mr. Kowal: "The pier must be built this year." Mr. Lund said that there was no money for it.\n\n'
        'Mr. Grey: "The bank is slow."\n\nMr. Lund: "It has agreed."\n\nMr. Kowal: "That is good news."\n',
        MINUTES,
    )
    assert names(record)["Mr. Lund said that there was no money for it."] == "Peter Lund"
    assert names(record)['"The pier must be built this year."'] == "Adam Kowal"


@pytest.mark.parametrize(
    "another",
    [
        "but the Finance Minister maintained that his country needed no loan.",
        "but General Hadad declined to give a date.",
        "but Hadad would only say that it was under study.",
    ],
)
def test_what_another_said_is_not_the_writers(another: str) -> None:
    record = read(f"1. I called on General Hadad. I suggested that a loan be asked for, {another}\n{SIGNED}")
    assert names(record).get(another) is None
    assert "Berger" in names(record).values()


def test_the_subject_of_an_inner_clause_speaks_not() -> None:
    record = read(
        "1. I saw Hadad today. He was candid in admitting Colonel Orwin made the request. He was frank in "
        f"saying that Orwin proposed a delay.\n{SIGNED}"
    )
    assert "Orwin" not in names(record).values()
    assert "Orwin" not in present(record)


@pytest.mark.parametrize(
    "words",
    [
        "THROUGH INTERPRETER SAID THAT PIER WOULD BE SHUT.",
        "BEFORE SUPPER STATED THAT HE WOULD GO.",
        "KALASHNIKOV SAID TO BE IN HANDS OF STRIKERS.",
        "TWELVE GALATEAS FOUND IN PIER. GALATEAS CLAIMED THE LOAN.",
    ],
)
def test_a_noun_behind_a_preposition_or_a_make_of_arms_is_nobody(words: str) -> None:
    record = record_of(None, Reading.of(Source.of_text(f"{CABLE}1. {words}\nBERGER\n")))
    assert set(names(record).values()) <= {None}


def test_a_body_that_stands_behind_the_alone_is_no_person() -> None:
    record = read(f"1. The Storsel, I heard, was split. Storsel told us no.\n{SIGNED}")
    assert "Storsel" not in names(record).values()


@pytest.mark.parametrize(
    "words",
    [
        "The Secretary then turned to the question of the loan.",
        "Ambassador Dobrynin opened the conversation with a few words on the harbour.",
        "The Embassy presents its compliments to the Department of State.",
    ],
)
def test_a_topic_that_is_announced_is_no_statement(words: str) -> None:
    assert words not in names(read(f"Mr. Sisco said that the pier was old. {words}\n", TALK))


def test_the_talk_that_ended_is_the_reporters_to_tell() -> None:
    record = read(
        f"1. Hadad said that he liked the plan, but the meeting ended before he could explain.\n{SIGNED}"
    )
    assert list(names(record)) == ["Hadad said that he liked the plan"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Mr. Kowal asked about the pier", "to which Mr. Lund replied that it was safe."),
        ("Mr. Kowal asked whether it was safe", "and was told by Mr. Lund that it was."),
    ],
)
def test_question_and_answer_in_one_sentence_are_two_statements(question: str, answer: str) -> None:
    comma = "," if answer.startswith("to") else ""
    record = read(f"{question}{comma} {answer}\n", MINUTES)
    assert names(record) == {question: "Adam Kowal", answer: "Peter Lund"}


def test_an_answer_by_somebody_unknown_answers_perhaps() -> None:
    record = read(
        "Mr. Kowal asked whether the pier was safe. It was explained that it was.\n\n"
        "Mr. Grey asked when it would be mended.\n",
        MINUTES,
    )
    assert [q.state for q in record.questions] == [OpenState.ANSWERED_PERHAPS, OpenState.OPEN]


def test_a_demand_for_wheat_requests_nothing() -> None:
    record = read(f"1. Hadad said that there was a high demand for wheat.\n{SIGNED}")
    assert [s.act for s in record.statements] == [Act.STATES]


@pytest.mark.parametrize("head", ["PAGE : TWO", "PAGE TWO", "PAGE 02"])
def test_the_head_of_a_page_is_no_author(head: str) -> None:
    text = f"{CABLE}1. HADAD SAID THAT THE PIER WAS OLD.\n\n{head}\n"
    record = record_of(None, Reading.of(Source.of_text(text)))
    assert "PAGE" not in (record.author or "")


@pytest.mark.parametrize("subject", ["ONE TRADER", "ANOTHER LOCAL TRADER", "THE SAME TRADER"])
def test_one_of_many_is_described_and_not_named(subject: str) -> None:
    record = read(f"1. {subject} SAID THE CHARGES WERE TOO HIGH.\n{SIGNED}", CABLE)
    assert [s.speaker.person.role for s in record.statements if s.speaker.person] in ([], [""])
    assert not any(p.person.name == "Trader" for p in record.participants)
    assert "Trader" not in names(record).values()


def test_an_acting_deputy_is_an_office_of_the_post() -> None:
    record = read(f"1. ADCM SAID THE CHARGES WERE TOO HIGH.\n{SIGNED}", CABLE)
    assert [(s.speaker.name, s.side) for s in record.statements] == [("ADCM", "US")]


@pytest.mark.parametrize("link", ["; HOWEVER, MINISTER TORRES", "; MINISTER TORRES", "; ONE LOCAL TRADER"])
def test_who_speaks_behind_a_semicolon_says_it(link: str) -> None:
    """What another says there was given to the first, very surely."""
    first = "MENDEZ SAYS THAT THE CHARGES ARE TOO HIGH FOR THE SHIPPERS"
    record = read(f"1. {first}{link} SAID THAT A STUDY FOUND THEM LOW.\n{SIGNED}", CABLE)
    assert [n for words, n in names(record).items() if "STUDY" in words] not in ([], ["Mendez"])
