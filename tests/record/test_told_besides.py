"""What sentences tell besides of words of others, shown with nobody's name; all texts are made up."""

from __future__ import annotations

import pytest

from septel.record import Record, SpeakerBasis
from tests.record.headed import TALK, TELEGRAM, read

LETTER_HOME = """42. Letter From the Ambassador in Jordan (Orwin) to the Assistant Secretary of State (Wells)

Amman, May 8, 1959.

"""
TELETYPE = """43. Memorandum for the Record

Washington, May 8, 1967.

PARTICIPANTS

Amb. Battle

Mr. Orwin

Subject: Harbour dues

Classification: Secret

End Item.

Athens item 1.

We face a new situation tonight with the port closed.

End item.

SecState item 1.

Suggest you wait for the tugs to return.

End item.

Athens item 2.

The harbour master has gone home for the night.

End item.

SecState item 2.

We understand and concur with what you propose.

End item.
"""


def unknown(record: Record) -> list[str]:
    """The words of statements that are nobody's by name."""
    return [s.excerpt.words for s in record.statements if s.speaker.person is None]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "The port was calm while Novak renewed his proposal to lower the dues.",
            "The port was calm while Novak renewed his proposal to lower the dues.",
        ),
        (
            "The dues are high, and the estimate made by Mr. Almeida that ships would stay away is right.",
            "estimate made by Mr. Almeida that ships would stay away is right.",
        ),
        (
            "Embassy has been told in confidence that the dues will be lowered.",
            "Embassy has been told in confidence that the dues will be lowered.",
        ),
        (
            "We heard from several captains that the tugs are old.",
            "We heard from several captains that the tugs are old.",
        ),
        (
            "The Harbour Board’s public stance has been that the dues are fair.",
            "Board’s public stance has been that the dues are fair.",
        ),
        (
            "Our position, as explained to Novak, is that the dues are too high.",
            "Our position, as explained to Novak, is that the dues are too high.",
        ),
        (
            "The pilots, reportedly, are tired, and their union reportedly demanded new boats.",
            "The pilots, reportedly, are tired, and their union reportedly demanded new boats.",
        ),
        (
            "I was able to tell Novak that the tugs had been repaired.",
            "I was able to tell Novak that the tugs had been repaired.",
        ),
        ("Pointed out the dues had been doubled.", "Pointed out the dues had been doubled."),
    ],
)
def test_a_sentence_tells_besides_what_somebody_said(sentence: str, told: str) -> None:
    record = read(f"The harbour is busy again after the strike. {sentence}\n", TELEGRAM)
    assert told in [s.excerpt.words for s in record.statements]
    assert [s.confidence for s in record.statements if s.speaker.person is None] == [None] * len(
        unknown(record)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "If Novak had said that the dues were high, nobody would have come.",
        "We doubt that Novak said anything of the kind.",
        "You should tell Novak that the dues are high.",
        "Whatever they promise to do would be late.",
        "The Board’s remarks were recorded by a clerk.",
        "When Novak made his famous proposal the harbour was empty.",
        "The harbour was full of ships that had come from the north.",
    ],
)
def test_what_is_supposed_or_asked_for_is_not_told(sentence: str) -> None:
    assert unknown(read(f"The harbour is busy again after the strike. {sentence}\n", TELEGRAM)) == []


def test_what_goes_on_in_the_tenses_of_reported_speech_is_somebodys() -> None:
    record = read(
        "Embassy has been told that the Board is discussing two ways. First would be to lower the dues. "
        "The harbour is calm.\n",
        TELEGRAM,
    )
    assert unknown(record)[1:] == ["First would be to lower the dues."]


def test_what_who_reports_went_on_to_say_is_in_the_past() -> None:
    record = read(
        "I told Novak the dues were high. I could conceive of ships staying away. I believe he is worried.\n",
        TELEGRAM,
    )
    assert "I could conceive of ships staying away." in [s.excerpt.words for s in record.statements]
    assert not any("he is worried" in s.excerpt.words for s in record.statements)


def test_a_list_under_a_line_that_announces_what_was_said() -> None:
    record = read(
        "Long discussion ensued from which following points emerged:\n\n"
        "a. Board has no intention of raising the dues again.\n\nb. Board wants a request in writing.\n",
        TELEGRAM,
    )
    assert [w for w in unknown(record) if "Board" in w] == [
        "Board has no intention of raising the dues again.",
        "Board wants a request in writing.",
    ]


def test_a_letter_home_tells_and_takes_positions_only() -> None:
    body = (
        "Dear Frank: I quite agree that the tugs are old. The tugs lie in the harbour all winter. "
        "The Minister asked me to tell you that the harbour is open.\n"
    )
    told = [s.excerpt.words for s in read(body, LETTER_HOME).statements]
    assert len(told) == 2 and "all winter" not in " ".join(told)
    assert "The Minister asked me to tell you that the harbour is open." in told


def test_a_letter_to_another_government_is_said() -> None:
    head = "42. Letter From President Eisenhower to Prime Minister Macmillan\n\nWashington, May 8, 1959.\n\n"
    body = (
        "Dear Harold: I think that the dues will fall in the course of this year.\n\n"
        "I am glad that the tugs have been mended.\n\nSincerely,\n"
    )
    assert len(read(body, head).statements) == 2


def test_a_list_of_what_is_yet_to_be_said_is_not_told() -> None:
    head = (
        "42. Telegram From the Department of State to the Embassy in Greece\n\nWashington, May 8, 1960.\n\n"
    )
    record = read(
        "Ambassador should make early response to the Board’s remarks along following lines:\n\n"
        "1. USG is unable to meet the request for new tugs.\n\n2. USG hopes that the dues will fall.\n",
        head,
    )
    assert record.statements == ()


def test_somebody_speaks_whose_name_is_left_out() -> None:
    record = read(
        "[Name not declassified] said that the tugs were old. The pilots had been out for days.\n",
        TALK,
    )
    assert {s.speaker.name for s in record.statements} == {""}
    assert len(record.statements) == 2


def test_items_of_a_conference_by_teletype() -> None:
    record = read("", TELETYPE)
    assert unknown(record) == [
        "We face a new situation tonight with the port closed.",
        "Suggest you wait for the tugs to return.",
        "The harbour master has gone home for the night.",
        "We understand and concur with what you propose.",
    ]


def test_short_answers_and_others_who_speak_in_a_transcript() -> None:
    head = "12. Notes of Meeting\n\nWashington, October 14, 1968.\n\n"
    record = read(
        "PARTICIPANTS\n\nSecretary Rusk\n\nSecretary Clifford\n\n"
        "Secretary Rusk: Are we agreed on the dues?\n\nSecretary Clifford: Yes, sir.\n\n"
        "Secretary Rusk: When do they want it?\n\nSecretary Clifford: By tomorrow.\n\n"
        "There was a discussion of the tugs.\n\nSecretary Rusk: That is right then.\n\n"
        "Senator Novak said we need it.\n",
        head,
    )
    spoken = {(s.speaker.name, s.excerpt.words) for s in record.statements}
    assert ("Clifford", "Yes, sir.") in spoken
    assert not any("discussion of the tugs" in words for _, words in spoken)
    assert {name for name, words in spoken if "we need it" in words} == {""}


def test_the_present_is_said_in_a_report_of_a_talk() -> None:
    record = read(
        "Mr. Sisco said that the tugs had been repaired. We have not heard from the pilots yet. "
        "The meeting ended at noon.\n",
        TALK,
    )
    said = [s.excerpt.words for s in record.statements]
    assert "We have not heard from the pilots yet." in said
    assert "The meeting ended at noon." not in said


def test_nobody_is_named_for_what_is_told_besides() -> None:
    record = read("I understand that Novak shared the view of the Board.\n", TELEGRAM)
    assert {s.speaker.resolution for s in record.statements} <= {SpeakerBasis.UNKNOWN}


def test_no_is_an_answer_and_a_number() -> None:
    record = read("Mr. Sisco said no. The Secretary said that the tugs were old.\n", TALK)
    assert ("Rogers", "The Secretary said that the tugs were old.") in {
        (s.speaker.name, s.excerpt.words) for s in record.statements
    }


def test_a_quotation_behind_a_colon_is_somebodys() -> None:
    record = read(
        "He defines this in the following terms: “My brother never used to come to the harbour. "
        "Since the strike he comes daily.” The harbour is calm.\n",
        TELEGRAM,
    )
    assert [s.excerpt.words for s in record.statements] == [
        "He defines this in the following terms: “My brother never used to come to the harbour.",
        "Since the strike he comes daily.”",
    ]


def test_what_is_quoted_in_an_instruction_is_not_said_yet() -> None:
    head = (
        "42. Telegram From the Department of State to the Embassy in Greece\n\nWashington, May 8, 1960.\n\n"
    )
    record = read("Statement will read as follows: “The tugs are old. The dues are high.”\n", head)
    assert record.statements == ()


def test_the_president_of_a_memorandum_written_at_a_post_is_not_ours() -> None:
    head = (
        "56. Memorandum From Peter Orwin to the Special Representative in Vietnam (Collins)\n\n"
        "Saigon, March 7, 1955.\n\n"
    )
    record = read("The President said that the dues were high. He added that the tugs were old.\n", head)
    assert len(record.statements) == 2
    assert not any("Eisenhower" in s.speaker.name for s in record.statements)


def test_what_is_said_of_anothers_arguments_may_be_the_others() -> None:
    record = read(
        "The Secretary agreed with Mr. Sisco’s arguments against the dues. "
        "These were chiefly that ships might stay away.\n",
        TALK,
    )
    assert {s.speaker.name for s in record.statements if "stay away" in s.excerpt.words} == {""}
