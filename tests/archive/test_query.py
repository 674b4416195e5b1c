"""The query language: what is understood, what is answered when it is not, and what fields find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from septel import capture
from septel.archive import Archive, Match
from septel.archive.search.query_language.language import (
    All,
    AnyOf,
    FieldQuery,
    NearQuery,
    Phrase,
    Query,
    QueryError,
)
from septel.archive.search.query_language.numbers import date_of, number_of, range_of
from septel.errors import NotHeld
from septel.pipeline import holding_of
from septel.pipeline.document import as_it_stands
from septel.restore import Restorer
from septel.text import Alternative, EditLog, Source
from tests.archive.conftest import Place
from tests.archive.made import AT, edit, made, source_of_pages
from tests.archive.made import holding_of as a_holding

TELEGRAM = """PAGE 01 {post6} {serial:05d} {dtg}

{dtg} {month} {year}
FM AMEMBASSY {post}
TO SECSTATE WASHDC PRIORITY 1844
INFO AMEMBASSY LIMA

{grade} {post} {serial:04d}

{caption}
E.O. 11652: GDS
TAGS: PINT, BL
SUBJECT: {subject}

REF: STATE 1234

1. THE MINISTRY ANNOUNCED THAT {what} AND THAT THE NEGOTI-
ATIONS WITH THE SMELTERS WOULD GO ON THROUGH THE WHOLE OF
NEXT YEAR, AS WAS EXPECTED BY ALL.

2. COMMENT: THE EMBASSY WILL REPORT FURTHER ON THIS MATTER.
{signer}


Message Attributes
Document Number: {year4}{post6}{serial:05d}
From: {post}
TAGS: PINT, BL, (SEMYONOV, VLADIMIR S)
To: STATE
Type: TE
"""


def telegram(folder: Path, name: str, **values: object) -> Path:
    given: dict[str, object] = {
        "post": "LA PAZ",
        "post6": "LA PAZ",
        "serial": 158,
        "dtg": "R 092108Z",
        "month": "JAN",
        "year": 74,
        "year4": 1974,
        "grade": "CONFIDENTIAL",
        "caption": "EXDIS",
        "subject": "TIN AGREEMENT",
        "what": "TIN PRICES FELL",
        "signer": "STEDMAN",
    }
    file = folder / name
    file.write_text(TELEGRAM.format(**(given | values)), "utf-8")
    return file


@pytest.fixture
def archive(place: Place, tmp_path: Path) -> Iterator[Archive]:
    files = [
        telegram(tmp_path, "a.txt"),
        telegram(
            tmp_path,
            "b.txt",
            **{
                "serial": 172,
                "dtg": "R 032108Z",
                "month": "FEB",
                "subject": "WHEAT",
                "caption": "",
                "what": "WHEAT CAME",
            },
        ),
        telegram(
            tmp_path,
            "c.txt",
            **{
                "post": "QUITO",
                "post6": "QUITO",
                "serial": 44,
                "year": 75,
                "year4": 1975,
                "grade": "UNCLAS",
                "signer": "BREWSTER",
            },
        ),
    ]
    with Archive.open(place("archive")) as opened:
        for file in files:
            walked = as_it_stands(file, capture.read(file), Restorer.load())
            opened.add(holding_of(walked, at=AT), [file])
        yield opened


def names(archive: Archive, query: str) -> str:
    """The files of the documents that a query selects, as one word."""
    by_id = {row["id"]: str(row["name"])[0] for row in archive.holdings()}
    return "".join(sorted(by_id[one] for one in archive.select(query)))


def test_a_post_is_found_by_its_place_too(archive: Archive, tmp_path: Path) -> None:
    file = telegram(tmp_path, "d.txt", serial=825, year=75, year4=1975)
    text = file.read_text("utf-8").replace("FM AMEMBASSY LA PAZ", "FM WASHINGTON: BRAZILIAN EMBASSY")
    file.write_text(text, "utf-8")
    archive.add(holding_of(as_it_stands(file, capture.read(file), Restorer.load()), at=AT), [file])
    asked = ("post:washington", "post:washington date:1975-01-09", 'post:"WASHINGTON: BRAZILIAN EMBASSY"')
    for query in asked:
        assert names(archive, query) == "d", query
        assert not archive.search(query).notes
    assert names(archive, "post:wash") == names(archive, "post:brazilian") == ""
    assert names(archive, "-post:washington tin") == "ac"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('post:"la paz"', "ab"),
        ("post:LAPAZ", "ab"),
        ("post:quito", "c"),
        ('from:"AMEMBASSY QUITO"', "c"),
        ("to:state", "abc"),
        ("info:lima", "abc"),
        ("number:158", "a"),
        ('number:"La Paz 00158"', "a"),
        ("number:1974LAPAZ00158", "a"),
        ("number:1975LAPAZ00158", ""),
        ("date:1974", "ab"),
        ("date:1974-01", "a"),
        ('date:"9 Jan 1974"', "a"),
        ("date:1974-01-10..1974-03", "b"),
        ("date:>=1974-02", "bc"),
        ("year:1975", "c"),
        ("year:>=1975", "c"),
        ("year:<1975", "ab"),
        ("year:1974..1975", "abc"),
        ("year:197*", "abc"),
        ("class:confidential", "ab"),
        ("caption:exdis", "ac"),
        ("-caption:exdis", ""),
        ("post:lapaz -caption:exdis", "b"),
        ("tags:bl", "abc"),
        ('subject:"tin agreement"', "ac"),
        ("subject:agreement date:1974", "a"),
        ("person:stedman", "ab"),
        ("person:semyonov", "abc"),
        ("kind:telegram", "abc"),
        ('cites:"state 1234"', "abc"),
        ("file:b.txt", "b"),
        ("tin", "ac"),
        ("tin -post:quito", "a"),
        ("tin OR wheat", "abc"),
        ('"negotiations with the smelters"', "abc"),
        ('"whole of next year"', "abc"),
        ('"expected by all comment the embassy"', "abc"),
        ('"expected by all 2 comment"', "abc"),
        ("smelt*", "abc"),
        ("smel?ers", "abc"),
        ("*melters", "abc"),
        ("NEAR(ministry prices, 4)", "ac"),
        ("NEAR(ministry smelters, 4)", ""),
        ("~semionow", "abc"),
        ("(tin OR wheat) post:lapaz", "ab"),
        ("tin OR post:lapaz", "abc"),
        ("post:quito OR number:172", "bc"),
        ("tin -prices", "ac"),
    ],
)
def test_what_queries_select(archive: Archive, query: str, found: str) -> None:
    if query == "-caption:exdis":
        with pytest.raises(QueryError, match="only leave out"):
            archive.select(query)
        return
    assert names(archive, query) == found


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("- *", "nothing to look for"),
        ('tin "agreement', "quotation mark is not closed"),
        ("(tin", "bracket is not closed"),
        ("tin)", "never opened"),
        ("tin OR", "OR stands between nothing"),
        ("tin AND", "AND stands between nothing"),
        ("AND tin", "AND stands between nothing"),
        ("(tin AND) wheat", "AND stands between nothing"),
        ("tin AND OR wheat", "AND stands between nothing"),
        ("has:banana", "has:note"),
        ("-tin", "only leave out"),
        ("pots:lima", "Did you mean post:lima"),
        ("date:soon", "is no date"),
        ("date:", "has no value"),
        ("NEAR(tin)", "two words"),
        ("number:x", "no telegram's number"),
        ("http://x", "no field called 'http'"),
    ],
)
def test_queries_that_are_not_understood_are_answered(archive: Archive, query: str, told: str) -> None:
    with pytest.raises(QueryError) as fault:
        archive.search(query)
    assert told in str(fault.value)
    assert fault.value.remedy


def test_queries_are_read_as_they_are_meant() -> None:
    assert Query.of("a b").node == All((Phrase(("a",), "a"), Phrase(("b",), "b")))
    assert Query.of('"a b"').node == Phrase(("a", "b"), "a b")
    assert isinstance(Query.of("a OR b").node, AnyOf)
    assert Query.of("sent:1969").node == FieldQuery("date", "1969")
    assert Query.of('NEAR("a b" c, 3)').node == NearQuery((Phrase(("a", "b"), "a b"), Phrase(("c",), "c")), 3)
    assert Query.of("A-62").node == Phrase(("a", "62"), "A-62")
    assert Query.of("la paz 158").number == "LA PAZ 158"


@pytest.mark.parametrize(
    "form",
    ["LA PAZ 158", "La Paz 00158", "1974LAPAZ00158", "1974lapaz158", "74 LA PAZ 158", "lapaz 158",
     "Embassy La Paz telegram 158", "LA PAZ 158, 1974", "LA PAZ 158 OF 1974",
     "AMEMBASSY LA PAZ 0158", "LA PAZ NO. 158"],
)  # fmt: skip
def test_every_written_form_of_a_number_finds_the_telegram(archive: Archive, form: str) -> None:
    named = number_of(form)
    assert named is not None
    assert named.value == "LA PAZ 158"
    first = archive.search(form)[0]
    assert (first.part, first.title) == ("number", "LA PAZ 158: TIN AGREEMENT")
    assert archive.resolve(form) == first.holding


def test_the_total_counts_only_what_has_it_as_it_is_asked_for(archive: Archive) -> None:
    # The heading's line has the words LA, PAZ and 158, and not as one number.
    for form in ("La Paz 00158", "la paz 158", "paz la"):
        found = archive.search(form)
        assert found.total == len(found)


def test_a_wrong_year_is_another_telegram(archive: Archive) -> None:
    with pytest.raises(NotHeld):
        archive.resolve("1975LAPAZ00158")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1969", ("1969-01-01", "1969-12-31")),
        ("1969-2", ("1969-02-01", "1969-02-28")),
        ("18 November 1969", ("1969-11-18", "1969-11-18")),
        ("Nov. 18, 1969", ("1969-11-18", "1969-11-18")),
        ("18 NOV 69", ("1969-11-18", "1969-11-18")),
        ("11/18/69", ("1969-11-18", "1969-11-18")),
        ("5/7/69", ("1969-05-07", "1969-05-07")),
        ("18/11/69", ("1969-11-18", "1969-11-18")),
        ("18.11.1969", ("1969-11-18", "1969-11-18")),
        ("5.7.69", ("1969-07-05", "1969-07-05")),
        ("18.11/69", None),
        ("30/2/69", None),
        ("19691118", ("1969-11-18", "1969-11-18")),
        ("1969-11-18T16:55Z", ("1969-11-18", "1969-11-18")),
        ("1969-11-18T25:00Z", None),
        ("1969-11-18T16:55", None),
        ("November 1969", ("1969-11-01", "1969-11-30")),
        ("181655Z NOV 69", ("1969-11-18", "1969-11-18")),
        ("31 Feb 1969", None),
        ("Monday", None),
        ("", None),
    ],
)
def test_dates_in_their_written_forms(text: str, days: tuple[str, str] | None) -> None:
    assert date_of(text) == days


def test_ranges_of_days() -> None:
    assert range_of("1969-11..1970-02") == ("1969-11-01", "1970-02-28")
    assert range_of("..1969") == ("0001-01-01", "1969-12-31")
    assert range_of(">1969") == ("1970-01-01", "9999-12-31")
    assert range_of("<1969-03-01") == ("0001-01-01", "1969-02-28")
    assert range_of("1970..1969") is None


@pytest.mark.parametrize(
    "asked",
    [
        *(
            "post:quito",
            "from:quito",
            'to:"la paz"',
            "class:confidential",
            "caption:exdis",
            "tags:bl",
            "year:1974",
        ),
        *("kind:telegram", "person:semyonov", "subject:tin", "cites:1234", "post:l*", "post:atlantis"),
        *(
            'number:"la paz 158"',
            "-post:quito",
            "(post:quito OR class:confidential)",
            "has:tag",
            "tag:x",
            "tin",
        ),
    ],
)
def test_fields_of_some_days_are_those_of_all_days_within_them(archive: Archive, asked: str) -> None:
    """Of few days the index of days tells, else the values: both tell the same."""
    archive.curation.tag(archive.select("post:quito")[0], "x", by="A. Reader")
    everything = archive.select(asked if asked[0] != "-" else f"{asked} date:..2099")
    for days in ("date:1974-01", "date:1974-01..1974-02", "date:1973-12-30..1974-01-09", "date:1975"):
        within = archive.select(days)
        assert archive.select(f"{asked} {days}") == tuple(one for one in within if one in set(everything))
    for days, total in (("date:1974", 2), ("date:..2099", 3)):
        for facet in archive.search(days, facets=True).facets:
            assert facet.known + facet.none + facet.not_stated == total, facet


def test_facets_count_what_is_known_and_what_is_not(archive: Archive) -> None:
    archive.add(made("A LETTER ABOUT TIN\n", name="d.txt", identifier=None, dtg=None, post=None,
                     classification=None, telegram={}))  # fmt: skip
    found = archive.search("tin", facets=True)
    facets = {facet.field: facet for facet in found.facets}
    assert {one.value: one.count for one in facets["post"].values} == {"LA PAZ": 1, "QUITO": 1}
    assert (facets["post"].known, facets["post"].none, facets["post"].not_stated) == (2, 0, 1)
    assert (facets["side"].known, facets["side"].none, facets["side"].not_stated) == (0, 0, 3)
    wheat = archive.search("wheat", facets=True)
    caption = next(facet for facet in wheat.facets if facet.field == "caption")
    assert (caption.known, caption.none, caption.not_stated) == (0, 1, 0)
    assert found.total >= len(found.hits)
    assert len(found.holdings) == 3


def test_hits_are_sorted_as_asked(archive: Archive) -> None:
    assert [h.title[:10] for h in archive.search("kind:telegram", sort="date")] == [
        "LA PAZ 158",
        "LA PAZ 172",
        "QUITO 44: ",
    ]
    assert archive.search("kind:telegram", sort="number")[0].title.startswith("QUITO 44: ")


def test_other_spellings_are_suggested_from_the_archives_words(archive: Archive) -> None:
    found = archive.search("smeltters")
    assert [one.word for one in found.suggestions] == ["smelters"]
    assert {hit.match for hit in found} == {Match.SIMILAR}
    assert archive.search("smelters").suggestions == ()


def test_completion_offers_what_would_be_found(archive: Archive) -> None:
    def texts(query: str) -> list[str]:
        return [one.text for one in archive.searches.complete(query)]

    assert texts("post:l") == ['post:"LA PAZ"']
    assert "smelters" in texts("smel")
    assert "subject:" in texts("subj")
    assert texts("tin post:q") == ["post:QUITO"]
    for one in archive.select("kind:telegram"):
        archive.curation.delete(one, by="x")
    assert texts("post:l") == texts("smel") == []


def test_saved_searches(archive: Archive) -> None:
    archive.searches.save("tin", "tin date:1974", by="A. Reader", at=AT)
    assert archive.searches.get("tin").query == "tin date:1974"
    with pytest.raises(QueryError):
        archive.searches.save("bad", '"', by="x")
    archive.searches.forget("tin")
    assert archive.searches.all() == ()
    with pytest.raises(NotHeld):
        archive.searches.get("tin")


def test_a_pattern_that_no_word_fits_finds_nothing(archive: Archive) -> None:
    assert len(archive.search("nosu?hword")) == 0
    assert len(archive.search("nosu?hword tin")) == 0


ASKED = (
    *("the", "tin", "negotiations", '"the whole of"', "tin -wheat", "nego*", "embasy", "negotiatoins", "158"),
    *("~semyonov", "post:lima", 'the post:"la paz"', "tin OR post:lima", "NEAR(ministry announced, 5)"),
)


@pytest.mark.parametrize("sort", ["relevance", "date", "number"])
def test_many_matches_are_answered_as_few_are(
    archive: Archive, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [archive.search(query, limit=3, sort=sort, facets=True) for query in ASKED]
    monkeypatch.setattr("septel.archive.search.unit_rows.MOST_AT_ONCE", 0)
    many = [archive.search(query, limit=3, sort=sort, facets=True) for query in ASKED]
    assert few == many
    assert sum(found.total for found in few) > 20


@pytest.mark.parametrize(
    ("query", "total"),
    [
        *(('"the whole of"', 5), ('"would go on through the whole of"', 5), ('"on of the"', 0)),
        *(('"through the whole of next year"', 5), ('"by all comment"', 5), ('"by all comm*"', 5)),
        *(('"expected by all 2 comment the"', 5), ('"that the negotiations with the"', 5)),
        *(('"the embassy will" "on this matter"', 5), ('"of the" smelters', 0)),
    ],
)
def test_phrases_of_common_words(archive: Archive, query: str, total: int) -> None:
    found = archive.search(query, limit=20)
    read = [hit for hit in found if hit.match is Match.RESTORED]
    assert len({hit.holding for hit in read}) == (len(archive.select(query)) if total else 0)
    assert bool(read) == bool(total)
    assert set(archive.select(query)) == {hit.holding for hit in read}


def test_a_phrase_whose_end_begins_a_noted_pair_too(archive: Archive) -> None:
    archive.add(made("TALKS IN MOSCOW WERE MORE THAN THE REST\n", name="a.txt"))
    for query in ('"talks in mo*"', '"were mor*"', "NEAR(talks mo*, 3)"):
        assert [hit.match for hit in archive.search(query, limit=5)] == [Match.RESTORED], query


def test_letters_that_only_some_stores_know_in_phrases(archive: Archive) -> None:
    archive.add(made("1. FOUND x\u19b0y\n2. THE REST IS x\u19b0y\n", name="a.txt"))
    for query in ('"x\u19b0y the"', '"x\u19b0y th*"', '"is x\u19b0y"'):
        (hit,) = archive.search(query, limit=5)
        assert hit.match is Match.RESTORED, query


def test_phrases_of_common_words_in_what_was_edited(archive: Archive) -> None:
    source = source_of_pages("IT IS SAIT THAT THE END 0F THE TALK5 WAS NEAR\n")
    rivals = (Alternative(text="SAID", probability=0.25),)
    edits = [
        edit(source, "SAIT", "SALT", probability=0.55, alternatives=rivals),
        edit(source, "0F", "OF", probability=0.9),
        edit(source, "TALK5", "TALKS", probability=0.98),
    ]
    archive.add(a_holding(source, EditLog(source.id).add(edits, by="septel", at=AT)))
    for query, match in (
        ('"the end of the"', Match.RESTORED),
        ('"end of the talks was near"', Match.RESTORED),
        ('"it is said that the"', Match.ALTERNATIVE),
    ):
        (hit,) = archive.search(query, limit=5)
        assert hit.match is match, query
    assert archive.search('"the end of a"', limit=5).total == 0


def test_pieces_specks_and_single_letters(archive: Archive) -> None:
    archive.add(
        made(
            "SEVERAL IN DIVIDUALS HAVE RE CEIVED TRAINING 1053702 FROM MEXICO\n"
            "HAD BEEN 3 7 BACKSTOPPED FIRMLY AND TBE BOAT AGREEMENT HELD\n"
        )
    )
    for query in (
        *("individuals", '"have received training"', '"105 3702 from"', '"been backstopped firmly"'),
        '"and the boat agreement"',
    ):
        (hit,) = archive.search(query, limit=5)
        assert hit.match is Match.SIMILAR, query
        assert hit.probability is None
    for query in ('"been the backstopped"', '"several received"', '"in from"'):
        assert archive.search(query, limit=5).total == 0, query


def test_one_word_of_a_phrase_may_be_lost(archive: Archive) -> None:
    text = (
        "THE DEPLJLZ DIRECTOR FOR LOGISTICS\n"
        "MEXICO CITY WAS TOLD BY BACKSTOPPED\n"
        "12 POLICEMEN WHO OVERSEE THE STATED CABLES 0F HAVANA\n"
    )
    clean = made("THE DEPLORED DIRECTOR FOR LOGISTICS\nLEFT MEXICO CITY AND WAS TOLD BY BACKSTOPPED\n")
    source = source_of_pages(text)
    fixed = [edit(source, "0F", "OF", probability=0.9)]
    archive.add(a_holding(source, EditLog(source.id).add(fixed, by="septel", at=AT)))
    archive.add(clean)
    for query in (
        '"the deputy director for logistics"',  # badly misread
        '"was told by backstopped officers"',  # not read where the line ends
    ):
        (hit,) = archive.search(query, limit=5)
        assert (hit.holding, hit.match, hit.probability) == (source.id, Match.SIMILAR, None), query
    for query in (
        '"13 policemen who oversee"',  # a number is another number
        '"and the deputy director"',  # not two of them
        '"was told by them"',  # what is left tells too little
        '"oversee the started cables"',  # another word
    ):
        assert archive.search(query, limit=5).total == 0, query


def test_what_is_unlikely_by_chance_is_not_shown(archive: Archive) -> None:
    source = source_of_pages("THE TALXS 0N SAIT ENDED\n")
    rivals = (Alternative(text="SALT", probability=0.3), Alternative(text="SEIZE", probability=0.01))
    edits = [
        edit(source, "0N", "ON", probability=0.9, alternatives=(Alternative(text="OH", probability=0.01),)),
        edit(source, "SAIT", "SAID", probability=0.55, alternatives=rivals),
    ]
    archive.add(a_holding(source, EditLog(source.id).add(edits, by="septel", at=AT)))
    assert [hit.match for hit in archive.search("salt", limit=5)] == [Match.ALTERNATIVE]
    assert archive.search("seize", limit=5).total == 0
    assert archive.search('"oh said"', limit=5).total == 0
    assert [hit.match for hit in archive.search('"seize ended"', limit=5)] == [Match.ALTERNATIVE]


def test_another_common_word_is_no_misreading(archive: Archive) -> None:
    archive.add(made("THE MEETING OBTAINED NOTHING BUT CONDITIONAL SUPPORT FOR MEASURRES\n"))
    assert archive.search("obtain", limit=5).total == 0  # as "obtained" it is another word
    assert archive.search("conditions", limit=5).total == 0
    assert [hit.match for hit in archive.search("measures", limit=5)] == [Match.SIMILAR]
    assert [hit.match for hit in archive.search("conditionel", limit=5)] == [Match.SIMILAR]


def test_a_number_that_is_held_brings_nothing_else(archive: Archive) -> None:
    archive.add(made("SEE 1974LAPAZ00159 AND LAPAZ 1974LAPAZO0158\n"))
    for query in ("1974LAPAZ00158", "la paz 158"):
        found = archive.search(query, limit=20)
        assert found.hits[0].part == "number"
        assert not [hit for hit in found if hit.match is Match.SIMILAR], query


@pytest.mark.parametrize("most", [0, 20_000])
def test_fields_of_days_are_found_by_both(
    archive: Archive, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("septel.archive.search.conditions._FEW", most)
    for query, count in (
        *(('post:"la paz" date:1974-01', 1), ('post:"la paz" date:1974', 2), ("post:lima date:1974-01", 0)),
        *(('post:"la paz" date:1974-01 class:confidential', 1), ("date:1974-01 -post:lima", 1)),
    ):
        assert len(archive.select(query)) == archive.search(query, limit=9).total == count, query


def test_of_very_many_matches_some_stand_for_all(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    every = archive.search("the", limit=3, sort="date")
    chosen = archive.select("the")
    monkeypatch.setattr("septel.archive.search.unit_rows.MOST_COUNTED", 2)
    some = archive.search("the", limit=3, facets=True)
    assert not some.complete
    assert 2 <= some.total < every.total
    assert any("more" in note for note in some.notes)
    assert archive.search("the", limit=3, sort="date").hits == every.hits
    assert archive.select("the") == chosen


def test_facets_of_the_whole_archive_follow_what_changes(archive: Archive) -> None:
    first = archive.search("kind:telegram", facets=True)
    assert archive.search("kind:telegram", facets=True).facets == first.facets
    known = {facet.field: facet.known for facet in first.facets}
    assert known["tag"] == 0
    archive.curation.tag(first.holdings[0], "TIN", by="eva", at=AT)
    facets = {facet.field: facet for facet in archive.search("kind:telegram", facets=True).facets}
    assert facets["tag"].known == 1
    assert [value.value for value in facets["tag"].values] == ["TIN"]


def test_months_of_some_are_those_of_all_that_are_wanted(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [str(row["id"]) for row in archive.holdings()]
    months = archive.contents.months()
    assert months == {"1974-01": 1, "1974-02": 1, "1975-01": 1}
    one_by_one = [archive.contents.months(ids[:count]) for count in range(len(ids) + 1)]
    monkeypatch.setattr("septel.archive.contents._LARGE_PART", 0)
    assert [archive.contents.months(ids[:count]) for count in range(len(ids) + 1)] == one_by_one
    assert one_by_one[0] == {}
    assert one_by_one[-1] == months


def test_kinds_go_by_the_words_that_people_have_for_them(archive: Archive) -> None:
    from septel.archive.search.query_language import KINDS
    from septel.papers import PaperKind

    kept = {kind.value for kind in PaperKind}
    assert {one for kinds in KINDS.values() for one in kinds} <= kept | {"telegram"}
    held = {}
    for n, kind in enumerate((*PaperKind, None)):
        tree = {"paper": {"kind": kind.value}} if kind else {}
        source = Source.of_text(f"PAPER {n}\n", name=f"{n}.txt")
        one = a_holding(source, EditLog(source.id, ()), identifier=None, telegram=tree)
        archive.add(one)
        held[kind] = one.id
    by_wire = {held[kind] for kind in PaperKind if kind.is_telegram and kind is not PaperKind.REPORT}
    assert by_wire <= set(archive.select("kind:telegram"))
    assert not set(archive.select("kind:telegram")) & (set(held.values()) - by_wire)
    assert set(archive.select("kind:cable")) == {held[PaperKind.CABLE], held[PaperKind.OTHER_CABLE]}
    assert archive.select("kind:report") == (held[PaperKind.REPORT],)
    assert archive.select('kind:"record sheet"') == (held[PaperKind.COVER],)
    assert archive.select("kind:state-telegram") == (held[PaperKind.STATE_TELEGRAM],)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("post:atlantis", "no holding has post 'atlantis'; held are LA PAZ, QUITO"),
        ("post:quto", "nearest are QUITO"),
        ("class:purple tin", "held are CONFIDENTIAL, UNCLASSIFIED"),
        ("tags:zzzz", "no holding has tags 'zzzz'"),
    ],
)
def test_values_that_nothing_has_are_told(archive: Archive, query: str, told: str) -> None:
    found = archive.search(query)
    assert found.total == 0
    assert told in found.notes[0]


def test_what_is_held_is_not_told_of_as_unheld(archive: Archive) -> None:
    for query in ("post:lapaz nosuchword", "post:q* nosuchword", "nosuchword"):
        assert not archive.search(query).notes, query
    archive.curation.hide(archive.select("post:quito")[0], by="eva", at=AT)
    assert "QUITO" not in str(archive.search("post:quto").notes)


def test_a_post_of_two_words_without_its_quotation_marks_is_suggested(archive: Archive) -> None:
    assert [one.query for one in archive.search("post:la paz").suggestions] == ['post:"la paz"']
    assert [one.query for one in archive.search("post:la paz tin").suggestions] == ['post:"la paz" tin']


def test_a_cited_number_of_any_post(archive: Archive) -> None:
    assert len(archive.select("cites:1234")) == 3
    assert archive.select("cites:1234") == archive.select('cites:"state 1234"')
    assert archive.select("cites:234") == ()


def test_a_large_archive_counts_no_further_than_it_costs_little(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ('"would go on through"', "the smelters", '"the whole of"', "ministry")
    monkeypatch.setattr("septel.archive.search.query._WINDOW", 0)
    monkeypatch.setattr("septel.archive.search.query._LEAST_WINDOW", 2)
    every = [archive.search(query, limit=2, facets=True) for query in queries]
    monkeypatch.setattr("septel.archive.search.unit_rows.LARGE", 0)
    monkeypatch.setattr("septel.archive.search.unit_rows.MOST_QUICKLY", 2)
    for query, whole in zip(queries, every, strict=True):
        assert whole.complete
        quick = archive.search(query, limit=2)
        assert not quick.complete
        assert len(quick.hits) == 2 <= quick.total <= whole.total
        assert quick.hits[0].match is Match.RESTORED
        assert set(quick.holdings) <= set(whole.holdings)
        # Whoever asks for facets or for another order is told of all.
        assert archive.search(query, limit=2, facets=True) == whole
        assert archive.search(query, limit=2, sort="date").complete
        assert len(archive.select(query)) == len(whole.holdings)


def test_where_the_first_have_it_otherwise_the_next_are_looked_at(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last words of a paragraph are the next one's too, and are found there only."""
    found = archive.search('"this matter"', limit=1, sort="number")
    monkeypatch.setattr("septel.archive.search.query._WINDOW", 0)
    monkeypatch.setattr("septel.archive.search.query._LEAST_WINDOW", 1)
    few = archive.search('"this matter"', limit=1, sort="number")
    assert few.hits == found.hits
    assert few.hits[0].match is Match.RESTORED


def test_what_fields_find_is_shown_by_what_it_is_about(archive: Archive) -> None:
    (hit,) = archive.search("post:quito")
    assert hit.snippet[0][0].startswith("SUBJECT: ")
    (hit,) = archive.search('number:"quito 44"')
    assert "QUITO 0044" in hit.snippet[0][0]


def test_a_word_that_was_not_read_is_shown_at_its_place(tmp_path: Path) -> None:
    source = source_of_pages("FM AMEMBASSY HELSINKI\n1. HE SPOKE OF\n#9O1T8\nJAMES AND OTHERS\n")
    rival = Alternative(text="#90178", probability=0.4)
    unread = edit(source, "#9O1T8", "", extent=6, alternatives=(rival,))
    with Archive.open(tmp_path / "one") as archive:
        archive.add(a_holding(source, EditLog(source.id).add([unread], by="septel", at=AT)))
        (hit,) = archive.search("90178")
        assert hit.match is Match.ALTERNATIVE
        assert [place.of(source.text) for place in hit.places] == ["#9O1T8"]
        assert hit.line == 3
        (both,) = archive.search('"90178 james"')
        assert [place.of(source.text) for place in both.places] == ["#9O1T8\nJAMES"]
