"""Who belongs to which side, who took part, and what is nobody's name; every text is made up."""

from __future__ import annotations

import pytest

from septel.record import Record, record_of
from septel.record.layout import ListedParticipant, side_of
from septel.record.model import Excerpt
from septel.record.people.entries import entry_of
from septel.record.people.entry_lines import entries_of
from septel.record.people.name_words import person_words, role_in
from septel.record.statements import Trust
from septel.text import Locus, Reading, Source, Span

POST = "41. Telegram From the Embassy in Jordan to the Department of State\n\nAmman, May 8, 1966, 1210Z.\n\n"
UN = (
    "42. Telegram From the Mission to the United Nations to the Department of State\n\n"
    "New York, May 8, 1966.\n\n"
)
HOME = "43. Telegram From the Department of State to the Embassy in Jordan\n\nWashington, May 8, 1966.\n\n"
COUNCIL = (
    "44. Memorandum of Discussion at the 406th Meeting of the National Security Council, "
    "Washington, May 13, 1959\n\n"
)
TALK = "45. Memorandum of Conversation\n\nWashington, May 8, 1966.\n\n"


def read(body: str, head: str = POST) -> Record:
    return record_of(None, Reading.of(Source.of_text(head + body)), trust=Trust.nothing_asked())


def sides(record: Record) -> dict[str, str | None]:
    told = {p.person.surname: p.person.side for p in record.participants}
    for one in record.statements:
        if one.speaker.person is not None:
            told[one.speaker.person.surname] = one.speaker.person.side
    return told


@pytest.mark.parametrize(
    ("body", "surname", "side"),
    [
        ("1. Israel Ambassador Orvan pressed Hale for support. Orvan said no.", "Orvan", "Israeli"),
        ("1. Netherlands Foreign Minister Joseph Orvan said that the dues were high.", "Orvan", "Dutch"),
        ("1. Orvan (Spanish Chief of Staff) said that the dues were high.", "Orvan", "Spanish"),
        ("1. Orvan, Deputy Foreign Minister of Poland, said that the dues were high.", "Orvan", "Polish"),
        ("1. Sir Percy Orvan of Australia said that the dues were high.", "Orvan", "Australian"),
    ],
)  # fmt: skip
def test_an_office_with_its_nation_tells_the_side(body: str, surname: str, side: str) -> None:
    assert sides(read(f"{body}\n", HOME))[surname] == side


@pytest.mark.parametrize(
    "body",
    [
        "1. Orvan called on Hale May 7. Orvan said no. Orvan then presented us with text.",
        "1. Mr. Orvan, Chairman of the Special Committee on Soviet and Related Problems, said no.",
        "1. Mr. Orvan (head UN Social Dept) said that the dues were high.",
        "1. Hale expressed the point of view on China by President Orvan. Orvan said no.",
        "1. They had just come back from NATO. Secretary Orvan said that the dues were high.",
    ],
)
def test_what_stands_near_a_name_is_no_side(body: str) -> None:
    assert sides(read(f"{body}\n", UN)).get("Orvan") is None


def test_a_visitor_does_not_get_his_hosts_side() -> None:
    record = read(
        "1. Gyan Orvan called on Goldberg May 7. Orvan said no. Goldberg said the US would help."
        " Orvan then presented us with text of draft which, he said, others approve.\n\nGoldberg\n",
        UN,
    )
    assert sides(record)["Orvan"] is None


def test_whoever_speaks_with_the_post_by_a_local_office_is_of_the_land() -> None:
    told = sides(read("1. Conveyed points to PriMin Tell May 7. Tell said no to it.\n\nBarnes\n"))
    assert told["Tell"] == "Jordanian"
    told = sides(read("1. I called on President Orvan. President Orvan told me that he knew.\n\nBarnes\n"))
    assert told["Orvan"] == "Jordanian"
    told = sides(read("1. The King said that President Eisenhower had written.\n\nBarnes\n"))
    assert told.get("Eisenhower") in (None, "US")


def test_those_at_a_council_of_ones_own_government_are_its_own() -> None:
    told = sides(read("Secretary Orvan said that the dues were high. Mr. Hale said so too.\n", COUNCIL))
    assert told == {"Orvan": "US", "Hale": "US"}
    told = sides(read("Prime Minister Orvan said that the dues were high.\n", COUNCIL))
    assert told["Orvan"] is None


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Ambassador to the United States", None),
        ("Japanese Ambassador to the U.S.", "Japanese"),
        ("Ambassador of Tunisia to the US", "Tunisian"),
        ("American Ambassador to Japan", "US"),
        ("Country Director, Japan", None),
        ("Director USOM Brazil", "US"),
        ("Commander, Military Assistance Command, Vietnam", "US"),
        ("Deputy for Panama Negotiations to the Ambassador at Large", "US"),
    ],
)
def test_where_one_is_sent_or_what_one_deals_with_is_no_side(words: str, side: str | None) -> None:
    assert side_of(words) == side


def test_a_nation_joined_to_another_speaks_for_neither() -> None:
    record = read("1. In this instance the United States and the United Kingdom agreed to wait.\n", HOME)
    assert {s.side for s in record.statements} <= {None}


def split(words: str) -> list[str]:
    source = Source.of_text(words)
    excerpt = Excerpt(words=words, locus=Locus(source.id, Span(0, len(words))), paragraph="", line=1)
    return [part.text.words for part in entries_of(ListedParticipant(text=excerpt))]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("State U. Alexis Orwin William Hale", ["U. Alexis Orwin", "William Hale"]),
        ("Herbert J. Orwin NSC Richard T. Hale", ["Herbert J. Orwin", "Richard T. Hale"]),
        (
            "Karl Orwin, Under Secretary, German Foreign Office Wilhelm G. Hale, German Ambassador",
            ["Karl Orwin, Under Secretary, German Foreign Office", "Wilhelm G. Hale, German Ambassador"],
        ),
        ("Mr. Orwin, NEA Mr. S. W. Hale, NE", ["Mr. Orwin, NEA", "Mr. S. W. Hale, NE"]),
        ("M—Mr. Orwin, Mr. Hale", ["M—Mr. Orwin", "M—Mr. Hale"]),
        ("Mr. Orwin for FE; Messrs. Hale and Colt for CIA", ["Mr. Orwin", "Mr. Hale", "Mr. Colt"]),
        ("Admiral R. L. Orwin was present for all items.", ["Admiral R. L. Orwin"]),
        ("Mr. Parker T. Orwin", ["Mr. Parker T. Orwin"]),
        ("Soviet Ambassador Anatoly F. Orwin", ["Soviet Ambassador Anatoly F. Orwin"]),
        ("Lieutenant General Thomas D. Orwin", ["Lieutenant General Thomas D. Orwin"]),
        ("NEA—Mr. William M. Orwin", ["NEA—Mr. William M. Orwin"]),
    ],
)
def test_lines_of_several_persons_are_parted(line: str, parts: list[str]) -> None:
    assert split(line) == parts


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Mr. Bishop", ("Bishop",)),
        ("Mr. French", ("French",)),
        ("Mr. Prime Minister", ()),
        ("Director, U.S. Information Agency, Leonard Marks", ("Leonard", "Marks")),
        ("Sinclair Weeks, Secretary of Commerce", ("Sinclair", "Weeks")),
        ("Japanese Ambassador to the U.S. Mr. S. Orwin", ("S.", "Orwin")),
        ("Director-General of Political Affairs Orwin", ("Orwin",)),
        ("His Majesty King Orwin of the Hashemite Kingdom", ("Orwin",)),
        ("Ambassador at Large Elmer Orwin, Negotiator", ("Elmer", "Orwin")),
    ],
)
def test_an_entry_is_cut_to_the_name(words: str, name: tuple[str, ...]) -> None:
    told = entry_of(words)
    assert (told.name if told is not None else ()) == name


@pytest.mark.parametrize("words", ["Economic Defense Division", "Chief Naval Operations"])
def test_a_body_is_no_person_of_a_list(words: str) -> None:
    told = entry_of(words)
    assert told is None or not told.name


def test_lists_go_on_over_what_stands_between() -> None:
    record = read(
        "SUBJECTS\n\n1. Dues\n\n2. Tugs\n\nPARTICIPANTS\n\nSpain\n\nForeign Minister Orvan\n\nand others\n"
        "\nSU\n\nAmbassador Hale\n\nMr. Orwin said that the dues were high.\n",
        TALK.replace("8, 1966", "8 1966"),
    )
    assert sides(record) | {"Orwin": None} == {"Orvan": "Spanish", "Hale": None, "Orwin": None}
    assert {p.person.surname for p in record.participants} == {"Orvan", "Hale"}


def names(record: Record) -> set[str]:
    return {p.person.surname for p in record.participants}


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("1. Orvan and I met late yesterday with C.K. Yen, K.Y. Yin and K.T. Li.", {"Yen", "Yin", "Li"}),
        ("1. Gyan Orvan called on Hale and Congressman O'Hara May 7.", {"Orvan", "O'Hara"}),
        ("1. Meeting today with General Orvan. Present were Ambassadors Bunker, Sullivan and Unger.",
         {"Orvan", "Bunker", "Sullivan", "Unger"}),
        ("1. My talk with General Orvan took an hour. Colonel Hale was also present.", {"Orvan", "Hale"}),
    ],
)  # fmt: skip
def test_who_met_is_taken_from_the_running_text(body: str, wanted: set[str]) -> None:
    assert wanted <= names(read(f"{body}\n\nBarnes\n"))


@pytest.mark.parametrize(
    "body",
    [
        "1. Orvan said that in his talks with Marshal Hale last fall he had asked.",
        "1. I hope to meet with General Hale.",
        "1. Following Orvan's meeting with Hale a note was sent.",
    ],
)
def test_who_met_others_or_is_to_meet_did_not_take_part(body: str) -> None:
    assert "Hale" not in names(read(f"{body}\n\nBarnes\n"))


@pytest.mark.parametrize("words", [["Emb"], ["PM"], ["Republic"], ["Govt"]])
def test_short_bodies_are_nobodys_names(words: list[str]) -> None:
    assert person_words(words) == []


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("HE AND", ""),
        ("SESSION NEW DELHI 13TH", ""),
        ("NATO MEETING", ""),
        ("FOREIGN MINISTER", "FOREIGN MINISTER"),
        ("POLITICAL OFFICER", "POLITICAL OFFICER"),
    ],
)
def test_words_before_a_name_that_are_no_office_are_no_role(words: str, role: str) -> None:
    assert role_in(words) == role


def test_particles_belong_to_a_name_and_letters_are_a_body() -> None:
    record = read("Since de Gaulle announced the dues, USAF has stated that they were high.\n", HOME)
    people = {s.speaker.person.name for s in record.statements if s.speaker.person}
    assert "Gaulle" not in people
    assert not any(p.person.name == "USAF" for p in record.participants)


def test_three_letters_are_the_listed_person_whom_they_fit() -> None:
    record = read(
        "HAK said the dues were high. HAK said the tugs were old. HAK said no more.\n",
        "8. Record of a Telephone Conversation Between President Nixon and his Assistant (Kissinger)\n\n"
        "Washington, April 15, 1969.\n\n",
    )
    assert {s.speaker.person.surname for s in record.statements if s.speaker.person} == {"Kissinger"}


def test_a_participle_behind_a_preposition_makes_nobody_speak() -> None:
    record = read("1. We heard of the talk with General Orvan on proposed program of dues.\n", HOME)
    assert "Orvan" not in {s.speaker.person.surname for s in record.statements if s.speaker.person}
