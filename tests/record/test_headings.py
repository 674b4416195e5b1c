"""Headings, lists of participants and writers, in the forms that prints have; every text is made up."""

from __future__ import annotations

import pytest

from septel.record import Record, record_of
from septel.record.layout.memorandum import is_memorandum
from septel.record.layout.memorandum import read as laid_out
from septel.record.layout.prose import ReadingText
from septel.record.people.name_words import described_by, person_words
from septel.record.statements import Trust
from septel.text import Reading, Source

BODY = "Mr. Orwin said that the dues were too high.\n"


def read(text: str) -> Record:
    return record_of(None, Reading.of(Source.of_text(text)), trust=Trust.nothing_asked())


def people(record: Record) -> dict[str, str | None]:
    return {p.person.name: p.person.side for p in record.participants}


def talk(listed: str, head: str = "7. Memorandum of Conversation\n\nWashington, May 8, 1953.\n\n") -> Record:
    return read(f"{head}{listed}\n\n{BODY}")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("12. Supplementary Notes on the Leadership Meeting, Washington, June 4, 1957", "notes"),
        ("13. Summary Minutes of the Committee on Dues", "minutes"),
        ("14. Information Memorandum From the Director (Orwin) to the Secretary of State", "memorandum"),
        ("15. Telephone Conversation Between Mr. Orwin and the Shah", "transcript of telephone conversation"),
        ("16. Press Conference by President Orwin", "press conference"),
        ("17. Instruction From the Department of State to Certain Posts", "instruction"),
        ("18. Briefing Paper Prepared in the Department of State", "briefing paper"),
        ("No. 19 Memorandum of a Conversation, Held at Rome, by Peter Orwin", "memorandum of conversation"),
        ("Memorandum, by the Counselor of a Conversation, May 8, 1953", "memorandum of conversation"),
    ],
)  # fmt: skip
def test_a_heading_tells_the_kind(head: str, kind: str) -> None:
    record = read(f"{head}\n\nWashington, June 4, 1957\n\n{BODY}")
    assert record.kind == kind
    assert record.date in ("1957-06-04", "1953-05-08")


@pytest.mark.parametrize(
    ("under", "kind"),
    [
        ("Lima , October 4, 1943—4 p.m. [Received 5 p.m.]\n\n1858. Orwin told me so.\n\nDuarte", "telegram"),
        ("[ Lima ,] October 4, 1943. secret\n\nMy dear Sir: Orwin told me so.\n\nP. Duarte", "letter"),
        ("Lima, 4 October, 1943.\n\nMemorandum\n\nOrwin told me so.", "memorandum"),
    ],
)  # fmt: skip
def test_who_writes_to_whom_is_a_heading(under: str, kind: str) -> None:
    record = read(f"The Ambassador in Peru (Duarte) to the Secretary of State\n\n{under}\n")
    assert (record.kind, record.date) == (kind, "1943-10-04")


def test_a_note_heads_its_nation_and_a_letter_home_is_no_note() -> None:
    note = read(
        "The Ambassador of the Soviet Union in Iran ( Orwin ) to the Iranian Prime Minister ( Duarte )\n\n"
        "[ Tehran , January 31, 1948.]\n\nMy Government considers that the dues are too high.\n"
    )
    assert {(s.speaker.name, s.side) for s in note.statements} == {("Orwin", "Soviet")}


def test_a_typed_letterhead_is_no_heading() -> None:
    record = read("The White House\n\nWashington, May 3, 1965\n\nDear Peter,\n\nThe dues are too high.\n")
    assert record.kind == "telegram"


@pytest.mark.parametrize(
    "head",
    [
        "Declassified/Released US Department of State EO Review 30 JUN 2005\n\nMessage Text\n\nSECRET",
        "UNITED STATES GOVERNMENT\n\nMemorandum\n\nSECRET",
        "AIRGRAM Department of State A-43\n\nDATE:\n\nJune 16, 1971",
        "PETER has received the training described in the report of the staff, will have radios.\n\nSECRET",
    ],
)
def test_a_stamp_or_a_form_is_no_heading(head: str) -> None:
    text = f"{head}\n\nPAGE 01 LA PAZ 00985 141612Z\n\n1. Orwin said that the dues were too high.\n"
    assert not is_memorandum(Reading.of(Source.of_text(text)))


def test_the_following_were_present() -> None:
    record = read(
        "Minutes of a Cabinet Meeting, Held at the White House, 10:05 a.m., March 19,"
        " 1954\n\nWhite House, 10:05 "
        "a.m., March 19, 1954\n\nConfidential\n\nThe following were present:\n\nPresident"
        " Eisenhower\n\nUnder Sec. "
        "W. B. Orwin (for Sec. Dulles)\n\nSec. Duarte, and Asst. Sec. Lindqvist\n\nHon."
        " Clarence Pilgrim\n\n" + BODY
    )
    assert set(people(record)) == {
        "Dwight D. Eisenhower",
        "W. B. Orwin",
        "Duarte",
        "Lindqvist",
        "Clarence Pilgrim",
    }


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Lieutenant General Ko Win Ambassador Orwin", {"Ko Win", "Orwin"}),
        ("General de Roche, Colonel Orwin", {"de Roche", "Orwin"}),
        ("The Secretary, Orwin, Duarte, Jo F. Lind", {"John Foster Dulles", "Orwin", "Duarte", "Jo F. Lind"}),
        ("Gerard Orwin, McDuarte, Lindqvist", {"Gerard Orwin", "McDuarte", "Lindqvist"}),
        ("State: Messrs. Orwin, Paul Lind, ICA: Messrs. Pil, FitzO", {"Orwin", "Paul Lind", "Pil", "FitzO"}),
        ("President Bayrak, Prime Minister Orwin, Secretary General Duarte", {"Bayrak", "Orwin", "Duarte"}),
        ("George V. Orwin Greek Ambassador", {"George V. Orwin"}),
        ("The British Ambassador, Lord Orwin", {"Orwin"}),
        ("The Under Secretary, Mr. Orwin (in the Chair) as alternate for the Secretary", {"Orwin"}),
        ("Deputy Secretary of State Orwin", {"Orwin"}),
        ("CIA Director Orwin", {"Orwin"}),
        ("Defense—David Orwin", {"David Orwin"}),
        ("R/Adm. Daniel Orwin", {"Daniel Orwin"}),
        ("The Shah of Iran", {"Shah of Iran"}),
        ("H. E. Mikhail A. Orwin, Ambassador of Bulgaria", {"Mikhail A. Orwin"}),
    ],
)  # fmt: skip
def test_a_line_of_a_list(line: str, names: set[str]) -> None:
    assert set(people(talk(f"PARTICIPANTS\n\n{line}"))) == names


def test_a_sentence_lists_those_present() -> None:
    record = read(
        "8. Memorandum of Discussion at the 327th Meeting of the National Security"
        " Council\n\nWashington, May 8, "
        "1957\n\nPresent at the 327th Council meeting were the President of the United States,"
        " presiding; the Under "
        "Secretary of State; the Director, Bureau of the Budget. Also present were the"
        " Secretary of the Army, the "
        f"Attorney General, and the Commandant, U.S. Marine Corps; Mr. Robert Orwin, Department"
        f" of State.\n\n{BODY}"
    )
    assert set(people(record)) == {
        "Dwight D. Eisenhower", "Under Secretary", "Director, Bureau of the Budget", "Secretary of the Army",
        "Attorney General", "Commandant, U.S. Marine Corps", "Robert Orwin",
    }  # fmt: skip
    assert set(people(record).values()) == {"US"}


def test_of_two_brothers_the_record_names_neither() -> None:
    record = read(
        "8. Memorandum of Discussion at the 3d Meeting of the Council\n\nWashington, May 8, 1957\n\n"
        "Present at this Council meeting were the Secretary of State; the Director of Central "
        "Intelligence.\n\nMr. Allen Dulles said that the dues were too high.\n"
    )
    assert {s.speaker.person.name for s in record.statements if s.speaker.person} == {"Dulles"}


def test_a_president_to_his_secretary_makes_no_statement() -> None:
    record = read(
        "President Wilson to the Secretary of State\n\n11 March, 1915.\n\n"
        "My Dear Mr. Secretary: The dues seem to me unwise.\n\nW. W.\n"
    )
    assert record.kind == "letter" and not [s for s in record.statements if s.speaker.person]


def test_what_was_spoken_of_and_what_was_left_out_are_no_persons() -> None:
    record = talk(
        "PARTICIPANTS\n\nSecretary Orwin\n\n[2 names not declassified]\n\nGeneral Duarte\n\nMIDDLE EAST"
    )
    assert set(people(record)) == {"Orwin", "Duarte"}


def test_a_company_is_no_side() -> None:
    record = talk(
        "PARTICIPANTS\n\nGreat Northern Oil Company (Ohio):\n\nMr. Leo Orwin, Chairman of the"
        " Board\n\nDepartment "
        "of State:\n\nUnder Secretary Duarte\n\nFSD—Mr. Lindqvist"
    )
    assert people(record) == {"Leo Orwin": None, "Duarte": "US", "Lindqvist": "US"}


def test_a_body_of_the_united_states_ends_the_other_side() -> None:
    record = talk(
        "PARTICIPANTS\n\nGermany\n\nKarl Orwin, Economics Minister\n\nU.S. Treasury\n\nSecretary Duarte"
    )
    assert people(record) == {"Karl Orwin": "German", "Duarte": "US"}


def test_who_deals_with_a_land_is_not_of_it() -> None:
    record = talk(
        "PARTICIPANTS\n\nMr. Kim Orwin, Minister of the Korean Embassy\n\nJames F. Duarte,"
        " Country Director for Korea"
        "\n\nMr. Oosa, Personal Secretary to Minister of Labor"
    )
    assert people(record)["Kim Orwin"] == "Korean"
    assert people(record)["James F. Duarte"] != "Korean"
    assert people(record)["Oosa"] is None


def test_the_heading_names_both() -> None:
    record = read(
        "9. Memorandum of a Conversation Between the Secretary of State and the British Ambassador (Orwin), "
        "Department of State, Washington, June 29, 1956\n\nWashington, June 29, 1956\n\nSir"
        " Roger Orwin came in. "
        "Sir Roger said that the dues were too high.\n"
    )
    assert people(record) == {"John Foster Dulles": "US", "Orwin": "British"}
    assert {s.speaker.name for s in record.statements} == {"Orwin"}


@pytest.mark.parametrize(
    ("head", "end", "writer"),
    [
        ("Memorandum From the Director of the Policy Staff (Orwin) to the Secretary of State", "", "Orwin"),
        ("Memorandum From Robert W. Orwin of the Council Staff to President Kennedy", "", "Orwin"),
        ("Memorandum for the Record by the Under Secretary of State (Orwin)", "", "Orwin"),
        ("Memorandum for the Record", "R. W. Orwin", "Orwin"),
        ("Letter From the Ambassador to Cyprus (Orwin) to the Under Secretary (Duarte)", "Toby", "Orwin"),
        ("Telegram From the Secretary of State to the Department of State", "Orwin", "Dulles"),
        ("Memorandum From Peter Orwin and Luis Duarte of the Staff to the President", "", None),
        ("Memorandum of Conference With President Eisenhower", "John S. D. Eisenhower", "Eisenhower"),
    ],
)  # fmt: skip
def test_who_says_i(head: str, end: str, writer: str | None) -> None:
    record = read(
        f"5. {head}\n\nWashington, May 8, 1957.\n\nI told the Minister that the dues were too"
        f" high.\n\n{end}\n"
    )
    said = [s.speaker for s in record.statements]
    assert {speaker.person.surname if speaker.person else None for speaker in said} == {writer}
    assert not any(speaker.person and speaker.person.name.startswith("Dwight") for speaker in said)


def test_names_are_cut_to_names() -> None:
    record = read(
        "5. Telegram From the Embassy in Peru to the Department of State\n\nLima, May 8,"
        " 1957.\n\n41. In connection "
        "German Embassy stated dues too high. Public Relations Ruslan Orwin said they would"
        " rise. The English Channel "
        "stated nothing. Premier Chou En-lin said that he would come.\n"
    )
    names = {s.speaker.person.name for s in record.statements if s.speaker.person}
    assert "Ruslan Orwin" in names
    assert not any("connection" in name or "Channel" in name or "Relations" in name for name in names)
    assert any(s.speaker.person and s.speaker.person.surname == "Chou" for s in record.statements)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["Acting", "Sec", "Orwin"], ["Orwin"]),
        (["Menon", "Secretary", "Ministry", "States"], ["Menon"]),
        (["Selective", "Service"], []),
        (["South", "Africa"], []),
        (["We've"], []),
        (["Edward", "Rice"], ["Edward", "Rice"]),
    ],
)
def test_person_words(words: list[str], name: list[str]) -> None:
    assert person_words(words) == name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Workers insulted Petroleum Ministry representative", "Petroleum Ministry representative"),
        ("tomorrow of Foreign Minister Orwin", "Foreign Minister Orwin"),
        ("Generals for first time", "Generals"),
        ("Shah 23rd", "Shah"),
        ("senior Foreign Office official", "senior Foreign Office official"),
        ("member of the Foreign Minister's party", "member of the Foreign Minister's party"),
    ],
)
def test_described_by(words: str, told: str) -> None:
    assert described_by(words) == told


@pytest.mark.parametrize(
    ("talk", "speakers"),
    [
        (
            "General Orwin—I have news of the dues.\n\nPresident—That is good news indeed.\n\n"
            "General Orwin—We will pay them in May.",
            {"Orwin"},
        ),
        (
            "LBJ: How are the dues today?\n\nMRP: They are very high indeed.\n\n"
            "LBJ: I hope that they fall soon.\n\nMRP: They may fall in May, I think.",
            {"Johnson"},
        ),
        ("Denmark—The dues are high.\n\nNorway—The dues are low.\n\nSweden—There are none.", set()),
    ],
)
def test_labels_with_a_dash_and_initials(talk: str, speakers: set[str]) -> None:
    record = read(
        "7. Telephone Conversation Between President Johnson and General Orwin\n\nMay 18, 1965, noon.\n\n"
        f"{talk}\n"
    )
    assert {s.speaker.person.surname for s in record.statements if s.speaker.person} >= speakers
    named = {s.speaker.person.surname for s in record.statements if s.speaker.person}
    assert named <= speakers | {"Johnson"}


@pytest.mark.parametrize(
    ("sender", "addressee", "home"),
    [
        ("the Ambassador in Jordan (Orwin)", "the Assistant Secretary of State (Wells)", True),
        ("the Embassy in Jordan", "the Department of State", True),
        ("the Counselor of the Department of State (Orwin)", "the Chargé in France (Tabor)", True),
        ("President Kennedy", "the Ambassador in Jordan (Orwin)", True),
        ("the Embassy in Iran", "the Director for Iranian Affairs (Wells), Tehran, March 1, 1972", True),
        ("the Director of the Office of United Nations Affairs (Orwin)", "the Secretary of State", True),
        ("the Chief of the Military Advisory Group in Vietnam (Pell)", "the Ambassador in Vietnam", True),
        ("the Special Representative in Korea (Pell)", "the Secretary of State", True),
        ("the Minister for Foreign Affairs (Pell)", "the Soviet Ambassador in Korea", False),
        ("the Ambassador in the United States (Pell)", "the Secretary of State", False),
        ("the British Ambassador in Jordan (Pell)", "the Secretary of State", False),
        ("the Secretary of State", "the Soviet Ambassador (Pell)", False),
        ("President Kennedy", "Prime Minister Pell", False),
    ],
)  # fmt: skip
def test_a_letter_of_one_office_to_another_goes_home(sender: str, addressee: str, home: bool) -> None:
    text = (
        f"42. Letter From {sender} to {addressee}\n\nAmman, May 8, 1959.\n\nDear Frank: The dues will fall.\n"
    )
    assert laid_out(ReadingText.of(Reading.of(Source.of_text(text)))).is_sent_home is home


def test_two_papers_under_one_heading_have_no_one_writer() -> None:
    record = read(
        "57. Note From the Counselor (Orwin) to the Attaché in France (Lane), Washington, May 8, 1971 and "
        "Memorandum for the Record, Paris, May 9, 1971\n\nWashington, May 8, 1971.\n\n"
        "I told Novak that the dues were too high. I thanked him for coming.\n"
    )
    assert "Orwin" not in {s.speaker.name for s in record.statements}


def test_the_line_that_says_for_whom_a_message_is_says_nothing() -> None:
    record = read(
        "President Orwin to Prime Minister Pell\n\nWashington, May 8, 1944.\n\n"
        "Number 613, personal and top secret, from the President for the Prime Minister.\n\n"
        "I am certain that the dues will fall in the course of this year.\n"
    )
    assert not [s for s in record.statements if "613" in s.excerpt.words]
    assert [s for s in record.statements if "dues" in s.excerpt.words]


def test_a_sentence_that_opens_with_a_name_left_out_is_no_entry() -> None:
    record = talk(
        "PARTICIPANTS\n\nMr. Lane\n\n[Name not declassified], Harbour Office\n\n"
        "[Name not declassified] said that the tugs were old."
    )
    assert [s.excerpt.words for s in record.statements if "tugs" in s.excerpt.words]
    assert list(people(record)) == ["Lane"]
