"""Where a page leaves open who speaks, nobody is named; all texts are made up."""

from __future__ import annotations

import pytest

from septel.record import Record, record_of
from septel.record.layout import side_of
from septel.record.statements import Trust
from septel.text import Reading, Source

HEAD = "41. Telegram From the Embassy in Chile to the Department of State\n\nSantiago, May 5, 1971.\n\n"


def read(body: str, head: str = HEAD) -> Record:
    text = f"{head}{body}\n\nOrwin\n"
    return record_of(None, Reading.of(Source.of_text(text)), trust=Trust.nothing_asked())


def speakers(record: Record, words: str) -> set[str]:
    return {s.speaker.name for s in record.statements if words in s.excerpt.words}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "I called on General Torres. He said it was late. Orwin nodded. He hoped Torres understood it.",
            "hoped",
        ),
        (
            "I saw Torres. He told of Kishimoto. Kishimoto appreciates our help. He feels it will do.",
            "feels",
        ),
        (
            "I saw Torres. He said it was late. Both he and General Kimball nodded. He said it was so.",
            "was so",
        ),
        (
            "I saw Torres. Torres said it was late. Torres asked Almeida if he agreed. He said yes to that.",
            "yes",
        ),
    ],
)
def test_he_is_nobody_where_two_readings_are_open(body: str, words: str) -> None:
    assert "Torres" not in speakers(read(body), words)


def test_what_one_is_prompted_to_say_is_not_his_of_whom_it_tells() -> None:
    record = read(
        "Minister Tovar drew me aside to say President Allende wished me to know that he was pleased."
    )
    assert "Allende" not in {s.speaker.name for s in record.statements}


def test_a_clause_that_hangs_on_a_noun_says_nothing() -> None:
    record = read("The talk will be private since those are ground rules I specified long ago with Tovar.")
    assert not record.statements


def test_the_answer_to_a_question_is_not_who_asked() -> None:
    record = read(
        "I saw Tovar. What could I suggest to the President, Tovar asked. To retain the greatest flexibility."
    )
    assert "Tovar" not in speakers(record, "flexibility")


def test_every_label_ends_what_was_said_before() -> None:
    head = (
        "85. Minutes of a Meeting\n\nWashington, June 9, 1964.\n\nPARTICIPANTS\n\nMr. U. Alexis Orwin\n\n"
        "Adm. Thomas H. Pell\n\nSUBJECT\n\nRoads\n\n"
    )
    lines = "Mr. Orwin: What is it like there now?\n\nAdm. Pell: Three battalions are being lifted out.\n\n"
    record = read(lines * 3, head)
    assert speakers(record, "battalions") <= {"Pell", "Thomas H. Pell"}


def test_questions_and_answers_of_the_press_are_no_initials() -> None:
    lines = "Q: How many are being held there?\n\nA: We do not know it yet, as I have said.\n\n"
    assert not any(s.speaker.person for s in read("President Allende spoke.\n\n" + lines * 4).statements)


def test_the_secretary_is_not_the_foreign_secretary() -> None:
    head = (
        "363. Memorandum of a Conversation, Geneva, October 28, 1955\n\nPARTICIPANTS\n\nUnited States\n\n"
        "The Secretary\n\nUnited Kingdom\n\nBritish Foreign Secretary\n\nSUBJECT\n\nThe Dam\n\n"
    )
    record = read(
        "Mr. Pell said that it was so. The Secretary said that he thought he might leave it there.", head
    )
    assert {s.side for s in record.statements if "The Secretary" in s.excerpt.words} <= {"US", None}


@pytest.mark.parametrize(
    ("office", "side"),
    [
        ("Director of North American Affairs at MFA", None),
        ("Officer in Charge, Iranian Affairs", None),
        ("Soviet Minister of Foreign Affairs", "Soviet"),
        ("the Chargé in Argentina", "US"),
        ("U.S. Embassy Political Section", "US"),
    ],
)
def test_what_an_office_deals_with_is_no_side(office: str, side: str | None) -> None:
    assert side_of(office) == side


def test_who_is_told_by_his_office_may_answer() -> None:
    record = read(
        "Minister Westrup suggested it to me. I asked Chancellor if he would. He replied that he would do so."
    )
    assert "Westrup" not in speakers(record, "replied")


def test_in_an_airgram_what_the_post_believes_is_no_statement() -> None:
    head = HEAD.replace("Telegram", "Airgram")
    assert not read(
        "I continue to believe that our interests lie in supporting the government here.", head
    ).statements
