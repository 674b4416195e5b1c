"""Whom a roster can't mean, which list names no side, and who may have been told; all texts are made up."""

from __future__ import annotations

import pytest

from septel.record import Record, record_of, statements_made
from septel.record.statements import Trust
from septel.text import Reading, Source

HEAD = "41. Telegram From the Embassy in Jordan to the Department of State\n\nAmman, May 8, 1959, 1 p.m.\n\n"


def read(text: str) -> Record:
    return record_of(None, Reading.of(Source.of_text(text)), trust=Trust.nothing_asked())


def who(record: Record, words: str) -> set[tuple[str, str | None]]:
    return {(s.speaker.name, s.speaker.side) for s in record.statements if words in s.excerpt.words}


@pytest.mark.parametrize(
    ("date", "matter", "key"),
    [
        ("May 8, 1971", "SALT", "allison-r"),
        ("May 8, 1971", "the Suez Canal", "allison"),
        ("May 8, 1953", "SALT", "allison"),
    ],
)
def test_a_delegate_is_meant_only_at_his_talks(date: str, matter: str, key: str) -> None:
    record = read(
        f"12. Memorandum of Conversation\n\nWashington, {date}.\n\nPARTICIPANTS\n• Mr. Allison\n"
        "• Mr. Orwin\n\n"
        f"They met on {matter}. Mr. Allison said that the paper would be ready in a week.\n"
    )
    assert {p.person.key for p in record.participants if p.person.surname == "Allison"} == {key}


@pytest.mark.parametrize("dateline", ["Washington,", "[Washington,]"])
@pytest.mark.parametrize("subject", ["Port dues", "Dues at the Port of Santos."])
def test_a_document_headed_by_its_number(dateline: str, subject: str) -> None:
    record = read(
        "No. 7 Memorandum of Conversation, by the Director of the Office of Western Affairs (Orwin)\n\n"
        f"{dateline} March 3, 1952.\n\nSecret\n\nSubject:\n\n{subject}\n\nParticipants:\n\n"
        "Señor Don Luis Almeida—Brazilian Ambassador\n\nPeter J. Orwin—Director, WA\n\n"
        "The Ambassador said that the dues were too high. Mr. Orwin replied that they would be looked at.\n"
    )
    assert (record.kind, record.date) == ("memorandum of conversation", "1952-03-03")
    assert {p.person.surname for p in record.participants} == {"Almeida", "Orwin"}
    assert who(record, "too high") == {("Almeida", "Brazilian")}


def test_under_foreign_nobody_is_of_the_united_states() -> None:
    record = read(
        "12. Memorandum of Conversation\n\nNew York, May 8, 1959.\n\nPARTICIPANTS\n\nUS\n\nThe Secretary\n\n"
        "Mr. Peter Orwin\n\nForeign\n\nForeign Minister Duarte, Portugal\n\nMinister Novais\n\nSUBJECT\n\n"
        "Port dues\n\n"
        "Dr. Duarte said that the dues were too high. Minister Novais added that they had been doubled.\n"
    )
    sides = {p.person.surname: p.person.side for p in record.participants}
    assert "Foreign" not in sides
    assert sides["Orwin"] == "US"
    assert sides["Duarte"] not in ("US",)
    assert sides["Novais"] not in ("US",)


@pytest.mark.parametrize(
    ("body", "words", "open_"),
    [
        ("Minister Torres was advised of the plan. Minister advised that aid is limited.", "aid", True),
        (
            "I saw Minister Torres. Minister informed additional aircraft contingent on a cut.",
            "aircraft",
            True,
        ),
        (
            "I saw Minister Torres. Minister Torres informed the desk officer that aid is too small.",
            "aid",
            False,
        ),
        ("I saw Minister Torres. Minister Torres advised that aid is too small.", "aid", False),
        ("Minister Torres informed Almeida today the port would reopen for aid.", "aid", False),
        ("I saw Minister Torres. Minister Torres informed me that aid is too small.", "aid", False),
    ],
)
def test_who_advised_may_have_been_advised(body: str, words: str, open_: bool) -> None:
    record = read(f"{HEAD}{body}\n\nOrwin\n")
    names = {name for name, _ in who(record, words)}
    assert ("Torres" in names) is not open_


def test_a_list_that_another_told_is_not_the_writers() -> None:
    record = read(
        "12. Message From the National Security Council Secretary (Orwin) to the President’s Aide (Torres)"
        "\n\nWashington, May 8, 1961.\n\nFrench Foreign Minister told Almeida this noon:\n\n"
        "(1) The port will be closed for two weeks.\n\n(2) The dues are to be doubled in June.\n\n"
        "We expect more word of this tomorrow from the Embassy.\n"
    )
    assert who(record, "port will be closed") | who(record, "are to be doubled") == {("", None)}


def test_a_reporters_impressions_are_nobodys_statement() -> None:
    record = read(
        f"{HEAD}I spent the day with President Torres and Minister Almeida. General impressions, borne "
        "out by others, are that (a) Torres knows of the plan; (b) Almeida agrees with all in his contempt "
        "for the parties; (c) both seem to assume there will be a vote; (d) the army is afraid.\n\nOrwin\n"
    )
    assert not who(record, "contempt") | who(record, "assume") | who(record, "afraid")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("I saw Torres. Torres said that it was late. No press statement issued.", "press"),
        ("I saw Torres. Torres said that it was late. Meeting ended after an hour and more.", "an hour"),
        ("I write this on the train to Amman. I saw Torres. Torres said that it was late.", "train"),
    ],
)
def test_what_only_tells_of_the_talk_is_nobodys(body: str, words: str) -> None:
    assert not who(read(f"{HEAD}{body}\n\nOrwin\n"), words)


def test_whom_the_writer_met_speaks_for_himself() -> None:
    record = read(
        f"{HEAD}I saw Minister Torres. I told him that our paper is ready and would be sent to him.\n\n"
        "I discussed matter briefly before departure with Brandner who expressed impatience with the "
        "delay.\n\nOrwin\n"
    )
    assert {name for name, _ in who(record, "impatience")} <= {"", "Brandner"}
    assert not who(record, "discussed matter briefly") - who(record, "impatience")


def test_whom_somebody_unknown_told_is_not_he() -> None:
    record = read(
        "12. Memorandum of Conversation\n\nWashington, May 8, 1959.\n\nPARTICIPANTS\n• Ambassador Duarte, "
        "Portuguese Embassy\n• Ambassador Novais, Brazilian Embassy\n• Mr. Orwin, Office of Ports\n\n"
        "After the Ambassador had left the room he told Mr. Orwin that the dues were too high. He said that "
        "his impression was that they had been doubled.\n"
    )
    assert "Orwin" not in {name for name, _ in who(record, "impression")}


def test_what_somebody_counts_and_goes_through_is_said() -> None:
    record = read(
        f"{HEAD}1. I saw Minister Torres.\n\n2. Torres told me he knew of two alternatives under study.\n\n"
        "3. First alternative would be to open the port in June. Dues would be kept as they are.\n\n"
        "4. Second alternative would be to sell the port to a company.\n\n"
        "5. Weather here has been poor for weeks.\n\nOrwin\n"
    )
    for words in ("open the port", "kept as they are", "sell the port"):
        assert {name for name, _ in who(record, words)} == {""}
    assert not who(record, "Weather")


def test_an_office_in_a_list_is_no_name() -> None:
    record = read(
        "No. 9 Memorandum of Conversation, by Peter Orwin\n\n[Washington,] May 8, 1953.\n\nSubject:\n\nPort "
        "dues.\n\nParticipants:\n\nThe Prime Minister of Brazil\n\nHis Excellency, Luis Duarte, Ambassador "
        "of Portugal\n\nMr. Peter Orwin, WE\n\nThe Ambassador said that the dues were too high.\n"
    )
    listed = {(p.person.name, p.person.side) for p in record.participants}
    assert listed == {
        ("Prime Minister of Brazil", "Brazilian"),
        ("Luis Duarte", "Portuguese"),
        ("Peter Orwin", "US"),
    }


@pytest.mark.parametrize(
    ("since", "name"),
    [
        ("I asked whether the dues would rise. I said we had no figures. ", "Rifai"),
        ("The Mayor of Amman denied it. ", ""),
    ],
)
def test_who_says_i_is_not_he(since: str, name: str) -> None:
    text = HEAD + (
        f"1. I called on Foreign Minister Rifai today. Rifai said that the port was full. {since}"
        "He said that this was his understanding.\n\nMills\n"
    )
    made = statements_made(Reading.of(Source.of_text(text)))
    found = next(m for m, _ in made if "his understanding" in m.statement.excerpt.words)
    assert found.statement.speaker.name == name
    assert ("he: only I spoke since" in found.saying.voice.evidence) is bool(name)
    assert "he: not the last who spoke" not in found.saying.voice.evidence
