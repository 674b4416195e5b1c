"""Whose words a clause gives where another name stands nearer; what is nobody's; all texts are made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from septel.record import Record, Statement, record_of
from septel.text import Reading, Source
from tests.record.headed import TELEGRAM, read

NOTE = """MEMORANDUM

Washington, May 3, 1968.

"""
CABLE = """R 101530Z AUG 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC

SUBJECT: HARBOUR CHARGES

"""
SIGNED = "\nBerger\n"


def of(record: Record, words: str) -> Statement:
    """The one statement whose words hold these."""
    found = [s for s in record.statements if words in s.excerpt.words]
    assert len(found) == 1, [s.excerpt.words for s in record.statements]
    return found[0]


def name(record: Record, words: str) -> str | None:
    """Who says it."""
    person = of(record, words).speaker.person
    return person.name if person else None


def said(record: Record) -> Sequence[str]:
    """The words of all statements."""
    return [s.excerpt.words for s in record.statements]


@pytest.mark.parametrize(
    ("lead", "who"),
    [
        (
            "President Hadad asked me to comment on requests made by Mr. Orwin, and I ticked them off:",
            "Berger",
        ),
        ("President Hadad asked me to comment on requests made by Mr. Orwin, and he ticked them off:", None),
        ("President Hadad made the following points:", "Hadad"),
    ],
)
def test_a_list_is_the_subjects_of_the_verb_in_front_of_its_colon(lead: str, who: str | None) -> None:
    record = read(
        f"1. {lead}\n\nA. No loan would be given this year;\n\nB. The pier would be built;\n{SIGNED}"
    )
    assert name(record, "No loan would be given") == who
    assert name(record, "The pier would be built") == who


def test_a_sentence_of_a_list_that_says_i_said_is_the_writers() -> None:
    record = read(
        "1. President Hadad made the following points:\n\nA. The pier would be built;\n\n"
        "B. In reply to his request for lifting the rule on ships built abroad in order to permit their use, "
        f"I said our policy was likely to be flexible;\n{SIGNED}"
    )
    assert name(record, "The pier") == "Hadad"
    assert name(record, "likely to be flexible") == "Berger"


def test_a_passives_agent_says_nothing_of_a_new_subject() -> None:
    record = read(
        "1. The Minister was advised by the French Embassy not to take part, but the Minister could not "
        "convince his own party of this.\n"
    )
    assert said(record) == ["The Minister was advised by the French Embassy not to take part"]
    record = read("1. Hadad was told by Ambassador Orwin that it was late, and that the port would close.\n")
    assert {s.speaker.person.name for s in record.statements if s.speaker.person} == {"Orwin"}


def test_what_others_were_invited_to_do_stays_within_what_was_said() -> None:
    record = read("1. Minister Hadad said that on 10 August they were invited to attend a meeting.\n")
    assert of(record, "invited").content.words.startswith("on 10 August they were invited")
    assert name(record, "invited") == "Hadad"


def test_a_wife_is_not_her_husband() -> None:
    record = read(
        "Orwin said that he had worked there. Mrs. Orwin said that her husband was a liar. Mrs. Orwin "
        "claimed "
        "that he had stolen it. Orwin claimed that he had paid.\n",
        NOTE,
    )
    assert name(record, "her husband") == name(record, "stolen") == "Mrs. Orwin"
    assert name(record, "worked there") == name(record, "had paid") == "Orwin"


def test_two_of_one_surname_are_two_and_the_surname_alone_is_neither() -> None:
    record = read(
        "Herbert Orwin said that he had worked there. Robert Orwin, his son, said that he had not. "
        "Orwin added "
        "that it was late.\n",
        NOTE,
    )
    assert name(record, "had worked") == "Herbert Orwin"
    assert name(record, "had not") == "Robert Orwin"
    assert name(record, "was late") is None
    record = read(
        "1. Yi Hu-rak said that it was late. Foreign Minister Yi Tong-won replied that he would wait. "
        "Yi added "
        "that he was pleased.\n"
    )
    assert name(record, "was late") == "Yi Hu-rak"
    assert name(record, "would wait") == "Yi Tong-won"
    assert name(record, "was pleased") is None


def test_an_adjective_before_a_trade_is_no_nationality() -> None:
    record = read(
        "Louis Orwin, well-known writer and Soviet expert, said that the Premier was ill. Mr. Davies, "
        "the Soviet "
        "desk officer, said that he would wait.\n",
        NOTE,
    )
    assert [s.side for s in record.statements] == [None, None]


@pytest.mark.parametrize("who", ["Messrs. Lay's and Gleason's summary minutes", "Messrs. Lay and Gleason"])
def test_a_title_is_no_name_and_of_two_neither_speaks_alone(who: str) -> None:
    record = read(f"According to {who}, the harbour would be closed.\n", NOTE)
    assert [s.speaker.person for s in record.statements] == [None]


def test_the_stop_of_an_office_cut_short_ends_no_sentence() -> None:
    record = read("1. HOY (DAILY) REPORTED THAT FOR. MIN. GUZMAN STATED THAT BOLIVIA WOULD WAIT.\n", CABLE)
    assert len(record.statements) == 1
    assert of(record, "BOLIVIA").content.words == "BOLIVIA WOULD WAIT."


def test_who_is_informed_is_not_what_is_said() -> None:
    record = read(
        "1. EMBASSY INFORMED SUBSECRETARY FINANCE RAUL BOADA AND LUIS VISCARRA. BOADA, IN TURN, "
        "INFORMED MINFIN "
        "QUIROGA. BOADA SAID HE WOULD WAIT.\n",
        CABLE,
    )
    assert of(record, "MINFIN").content.words == "INFORMED MINFIN QUIROGA."
    assert (name(record, "MINFIN") or "").upper() == "BOADA"
    assert of(record, "VISCARRA").side == "US"


def test_two_verbs_with_one_object_are_two_statements() -> None:
    record = read(
        "1. CHILEAN DELEGATION PROPOSED AND BOLIVIANS REJECTED SUGGESTION THAT CHARGES BE COLLECTED IN "
        "DOLLARS.\n",
        CABLE,
    )
    first, second = record.statements
    assert (first.side, first.act.value) == ("Chilean", "proposes")
    assert (second.side, second.act.value) == ("Bolivian", "rejects")
    assert first.content.words == "SUGGESTION THAT CHARGES BE COLLECTED IN DOLLARS."


@pytest.mark.parametrize(
    "line",
    [
        "Drafted by EUR/SOV:MToon:abc 4/14/69",
        "PROHIBITED PERSON/UNIT NOTIFIED ADVANCE COPY ISSUED CITE CARACAS 32949.",
        "Hilda wrote it.",
        "The papers relate to Viet-Nam.",
        "Immediately after the call",
    ],
)
def test_what_stands_on_a_form_or_has_no_words_is_no_statement(line: str) -> None:
    record = read(f"Mr. Hadad said that the harbour would be closed.\n\n{line}\n", NOTE)
    assert said(record) == ["Mr. Hadad said that the harbour would be closed."]


def test_a_heading_over_an_entry_is_no_statement() -> None:
    record = read(
        "1. Minister Hadad made the following points:\n\nA. Increased Jordanian Exports. The ships would be "
        f"built in June;\n{SIGNED}"
    )
    assert not any("Exports" in words for words in said(record))
    assert name(record, "would be built") == "Hadad"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hadad hoped President Orwin would give the order.", "hoped President Orwin would give the order."),
        ("Hadad hoped that the allies would all help.", "hoped that the allies would all help."),
        ("Ambassador Brown concurred in the suggestion.", "concurred in the suggestion."),
        ("Minister Hadad said that the pier was sound.", "the pier was sound."),
    ],
)
def test_the_words_of_a_hope_or_a_fragment_begin_with_their_verb(text: str, words: str) -> None:
    record = read(f"1. Minister Hadad said that it was late. {text}\n")
    assert of(record, text.split()[-1]).content.words == words


def test_no_clause_is_cut_off_without_a_verb() -> None:
    record = read(
        "1. Minister Hadad said that the plan had friends in the Cabinet, but also on Capitol Hill.\n"
    )
    assert len(record.statements) == 1


def test_a_growing_mood_is_nobody_who_continues() -> None:
    record = read(
        "1. MINISTER HADAD SAID NOTHING WOULD STRENGTHEN THE LEFT MORE THAN DE FACTO GOVERNMENT AND "
        "CONTINUING "
        "GROWTH OF SENTIMENT WHICH THE LEFT WAS BETTER AT EXPLOITING.\n",
        CABLE,
    )
    assert len(record.statements) == 1


def test_who_has_advised_is_named_where_nobody_is_listed() -> None:
    record = read(
        "Mr. Charles MATT, the case officer in this case, has advised that he will travel. Mr. MATT has "
        "fervently requested that the file be closed. LIRING-3 states that he met the man.\n",
        NOTE,
    )
    assert name(record, "will travel") == name(record, "be closed") == "Charles Matt"
    assert name(record, "met the man") == "LIRING-3"


def test_a_number_without_its_blank_heads_a_telegram() -> None:
    text = TELEGRAM.replace("41. Telegram", "72.Telegram") + "1. Hadad agreed.\n"
    assert record_of(None, Reading.of(Source.of_text(text))).kind == "telegram"


MEMCON = """MEMORANDUM OF CONVERSATION

                                        DATE: April 14, 1969

SUBJECT: Middle East

PARTICIPANTS: Ambassador Dobrynin
              The Secretary
              Mr. Toon

     Ambassador Dobrynin said he had reported it to Moscow on April 12. The
Secretary replied that he would wait.

     Mr. Toon asked whether the Soviets would accept the draft.

Drafted by EUR/SOV:MToon:abc 4/14/69
"""


def test_a_typed_memorandum_has_the_participants_of_its_head() -> None:
    record = record_of(None, Reading.of(Source.of_text(MEMCON)))
    sides = {p.person.surname: p.person.side for p in record.participants}
    assert (sides["Dobrynin"], sides["Rogers"], sides["Toon"]) == ("Soviet", "US", None)
    assert record.date == "1969-04-14"
    assert [s.excerpt.line for s in record.statements] == [11, 11, 14]
    assert said(record)[0] == "Ambassador Dobrynin said he had reported it to Moscow on April 12."
