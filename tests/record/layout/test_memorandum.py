"""Memoranda of conversation: who takes part, who speaks, and what must not be given to anyone."""

from __future__ import annotations

import pytest

from septel.record import (
    Act,
    EventKind,
    Fidelity,
    MeetingKind,
    Record,
    SpeakerBasis,
    record_of,
    statements_made,
)
from septel.text import Edit, Ground, Reading, Reason, Source, Step

HEAD = """12. Memorandum of Conversation[1]

Washington, May 8, 1969, 12:10 p.m.

SUBJECT
• ABM Systems

PARTICIPANTS
• The Secretary
• Mr. Joseph J. Sisco, Assistant Secretary
• Soviet Ambassador Anatoly F. Dobrynin

"""
AUTHOR = """13. Memorandum of Conversation[1]

Washington, July 9, 1970.

PARTICIPANTS
• Ambassador Anatoliy Dobrynin
• Mr. Henry A. Kissinger

"""


def read(body: str, head: str = HEAD) -> Record:
    return record_of(None, Reading.of(Source.of_text(head + body)))


def said(record: Record) -> list[tuple[str, str]]:
    return [(s.speaker.name, s.excerpt.words) for s in record.statements]


def test_list_of_participants() -> None:
    record = read("The Secretary said that the talks might begin soon.\n")
    people = {(p.person.surname, p.person.side) for p in record.participants}
    assert people == {("Rogers", "US"), ("Sisco", "US"), ("Dobrynin", "Soviet")}
    assert record.date == "1969-05-08"
    meeting = record.meetings[0]
    assert (meeting.kind, meeting.place, meeting.time) == (
        MeetingKind.CONVERSATION,
        "Washington",
        "12:10 p.m",
    )


def test_sides_from_headings() -> None:
    record = read(
        "Mr. Leddy said that this would be useful.\n",
        HEAD.replace("• The Secretary\n", "• U.S.\n• Mr. Leddy\n• U. K.\n• Lord Chalfont\n").split(
            "• Mr. Joseph"
        )[0]
        + "\n",
    )
    assert {(p.person.surname, p.person.side) for p in record.participants} == {
        ("Leddy", "US"),
        ("Chalfont", "UK"),
    }


def test_offices_and_free_speech() -> None:
    record = read(
        "The Secretary said that the talks might begin soon. Delay would be harmful to both sides. "
        "Dobrynin replied that he would report this to Moscow.\n"
    )
    assert [(s.speaker.name, s.speaker.resolution) for s in record.statements] == [
        ("Rogers", SpeakerBasis.OFFICE),
        ("Rogers", SpeakerBasis.CONTINUING),
        ("Dobrynin", SpeakerBasis.NAMED),
    ]
    assert record.statements[-1].act is Act.RESERVES
    assert record.statements[-1].content.words == "he would report this to Moscow."


def test_the_one_who_is_never_named_says_i() -> None:
    record = read(
        "Dobrynin asked what would be new in our package. I said that there would be a limit on "
        "offensive units. "
        "He asked whether this was firm.\n",
        AUTHOR,
    )
    assert [s.speaker.name for s in record.statements] == ["Dobrynin", "Kissinger", "Dobrynin"]
    assert [s.speaker.resolution for s in record.statements][1:] == [
        SpeakerBasis.AUTHOR,
        SpeakerBasis.PRONOUN,
    ]


def test_he_who_answers_is_not_he_who_asked() -> None:
    record = read(
        "Mr. Sisco asked the Ambassador what they meant. He replied that this meant the first phase.\n"
    )
    asked, answered = record.statements
    assert (asked.speaker.name, answered.speaker.name) == ("Sisco", "Dobrynin")
    assert answered.answers == asked.id
    assert [(q.asked, q.answer) for q in record.questions] == [(asked, answered)]


def test_a_question_without_an_answer_stays_open() -> None:
    record = read(
        "Dobrynin asked when the talks would begin. He said that this was an urgent matter for him.\n"
    )
    assert [q.answer for q in record.questions] == [None]


def test_nested_report_is_no_speaker_of_its_own() -> None:
    record = read(
        "The Secretary noted that in reply Dobrynin had expressed the view that this was defensive.\n"
    )
    assert [s.speaker.name for s in record.statements] == ["Rogers"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I said that the talks should begin at once.",
        "Mr. X said that the talks should begin at once.",
        "K said that the talks should begin at once.",
    ],
)
def test_words_of_someone_unknown_go_to_nobody(sentence: str) -> None:
    record = read(
        f"The Secretary said that he was glad to come. {sentence} Nothing could be simpler than that.\n",
        HEAD.replace("• Soviet Amb", "• Mr. Malcolm Toon, Acting Deputy Assistant Secretary\n• Soviet Amb"),
    )
    assert said(record) == [
        ("Rogers", "The Secretary said that he was glad to come."),
        ("", sentence),
        ("", "Nothing could be simpler than that."),
    ]
    assert [s.side for s in record.statements[1:]] == [None, None]
    assert [s.confidence for s in record.statements[1:]] == [None, None]


def test_narrative_is_no_statement() -> None:
    record = read(
        "The Secretary said that he was glad to come. Dobrynin smiled at this and left the room. "
        "The conversation then turned to other subjects.\n"
    )
    assert len(record.statements) == 1


def test_subject_of_the_main_clause_speaks() -> None:
    record = read(
        "Dobrynin said that he had a note. After he was through reading it, "
        "the Secretary said that it was clear.\n"
    )
    assert [s.speaker.name for s in record.statements] == ["Dobrynin", "Rogers"]


def test_a_quoted_note_is_the_readers() -> None:
    record = read(
        "Dobrynin then read a note. The note reads as follows:\n\n"
        "“The American side emphasized that it has a serious attitude to these talks.\n\n"
        "“We do not understand what guided the American side when it released the contents.”\n\n"
        "I said that we would study the note with care.\n",
        AUTHOR,
    )
    quoted = [s for s in record.statements if s.fidelity is Fidelity.QUOTED]
    assert [s.speaker.name for s in quoted] == ["Dobrynin", "Dobrynin"]
    assert record.statements[-1].speaker.name == "Kissinger"
    assert [e.kind for e in record.meetings[0].events] == [EventKind.READ]


def test_an_enclosed_text_is_its_givers() -> None:
    record = read(
        "Dobrynin said that he had a paper with him.\n\n"
        "Aide-Mémoire From the Soviet Leadership to President Nixon\n\n"
        "Moscow is not satisfied with the present state of relations between the USSR and the US.\n",
        AUTHOR,
    )
    last = record.statements[-1]
    assert (last.side, last.speaker.person, last.speaker.resolution) == (
        "Soviet",
        None,
        SpeakerBasis.GOVERNING,
    )


def test_comment_is_the_reporters() -> None:
    record = read(
        "Dobrynin said that he would be back.\n\nComment\n\nThe meeting took place in a cordial atmosphere. "
        "Dobrynin seemed eager to please.\n",
        AUTHOR,
    )
    assert len(record.statements) == 1
    (assessment,) = record.assessments
    assert [h.words for h in assessment.hedges] == ["seemed"]


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("The Secretary asked when the talks would begin.", Act.ASKS),
        ("The Secretary suggested that the delegations meet in Vienna.", Act.PROPOSES),
        ("The Secretary said that such a clause was out of the question.", Act.REJECTS),
        ("The Secretary said that he agreed with this.", Act.ACCEPTS),
        ("The Secretary said that he did not disagree with the text.", Act.ACCEPTS),
        ("The Secretary said that he was not in a position to comment.", Act.RESERVES),
        ("The Secretary said that the system was a good one.", Act.STATES),
    ],
)
def test_acts(sentence: str, act: Act) -> None:
    assert read(sentence + "\n").statements[0].act is act


def test_an_issue_comes_from_the_words_the_question_or_the_subject() -> None:
    record = read(
        "The Secretary asked about national means of verification. "
        "Dobrynin replied that this was of interest.\n\n"
        "Mr. Sisco said that he was pleased to hear it all.\n"
    )
    assert [s.issue_ids for s in record.statements] == [("verification",), ("verification",), ("abm",)]


def test_leaving_out_a_component() -> None:
    body = "Dobrynin said that he had a note. He added that it was long.\n"
    assert len(read(body).statements) == 2
    reading = Reading.of(Source.of_text(HEAD + body))
    assert len(record_of(None, reading, without=frozenset({"pronoun", "continuing"})).statements) == 1


def test_what_a_restorer_doubts_in_a_clean_print_is_no_damage() -> None:
    source = Source.of_text(HEAD + "The Secretary said that SA–3 missiles were offensive.\n")
    start = source.text.index("SA–3")
    edit = Edit(
        span=type(source.lines[0])(start, start + 4),
        before="SA–3",
        after="",
        reason=Reason(ground=Ground.CHANNEL),
        step=Step.of("made", "1"),
        unreadable=True,
    )
    (statement,) = record_of(None, Reading.of(source, (edit,))).statements
    assert statement.content.words == "SA–3 missiles were offensive."


TELEGRAM = """119. Telegram From the Department of State to the Embassy in the Soviet Union[1]

Washington, March 28, 1970, 0302Z.

"""


def test_a_transcript_is_labelled() -> None:
    record = read(
        "D: You were playing golf with him today?\n\nK: No, I was not playing at all.\n",
        "217. Transcript of Telephone Conversation Between the President's Assistant for "
        "National Security Affairs "
        "(Kissinger) and the Soviet Ambassador (Dobrynin)\n\nWashington, September 24, 1970, 7 p.m.\n\n",
    )
    assert [(s.speaker.name, s.side) for s in record.statements] == [
        ("Dobrynin", "Soviet"),
        ("Kissinger", "US"),
    ]


def test_a_quoted_statement_is_of_the_one_who_made_it() -> None:
    record = read(
        "1. Following is the oral statement made by the Secretary in response to Dobrynin's statement. "
        "No paper was "
        "given to him.\n\n“We have studied the statement conveyed by Ambassador Dobrynin with care.\n\n"
        "“We agree that there is need for steps to arrest the tensions.”\n",
        TELEGRAM,
    )
    assert {(s.speaker.name, s.side) for s in record.statements} == {("Rogers", "US")}


def test_a_message_to_be_delivered_is_its_own_governments() -> None:
    record = read(
        "395. Please deliver the following message to the Foreign Secretary:\n\n"
        "“Dear Michael: I am deeply concerned about the failure of our colleagues.”\n",
        TELEGRAM,
    )
    (statement,) = record.statements
    assert (statement.side, statement.speaker.person) == ("US", None)


def test_a_letter_is_its_senders() -> None:
    letter = (
        "11. Oral Message From President Johnson to Chairman Khrushchev[1]\n\n"
        "Washington, January 18, 1964.\n\n"
        "Dear Mr. Chairman:\n\nI hope that your government will respond to our proposals. "
        "We are ready to begin the talks at any time.\n"
    )
    record = read(letter, "")
    assert {(s.speaker.name, s.side) for s in record.statements} == {("Johnson", "US")}
    # before the unlikely is held back: the wish is read as a proposal
    made = statements_made(Reading.of(Source.of_text(letter)))
    assert made[0][0].statement.act is Act.PROPOSES
