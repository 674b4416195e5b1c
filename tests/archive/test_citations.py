"""Who cites whom, asked of the tables: as told by a look at all documents, whatever was done to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from septel.archive import Archive, Holding, citation_graph, stored_citations
from septel.archive.store import CITED_VERSION, pack, rows_of
from septel.archive.upkeep import index, relocated
from septel.citations import ghosts, out_of_order, request_lines, request_list
from tests.archive.conftest import Place, asked
from tests.archive.made import AT, made


def telegram(serial: int, *refs: dict[str, Any], day: int = 0, **given: Any) -> Holding:
    """A telegram of La Paz with a number, sent on a day from 1 January 1974 on, unless it says otherwise."""
    post = given.pop("post", "LA PAZ")
    month, of_month = divmod(day, 28)
    sent = {"year": 1974, "month": month + 1, "day": of_month + 1, "hour": 9, "minute": 5}
    heading = {
        "number": {"value": {"post": post, "serial": serial}, "alternatives": []},
        "originator": {"value": {"name": f"AMEMBASSY {post}", "post": post}},
        "sent": {"value": sent} if given.pop("dated", True) else None,
        "series": [
            {"value": {"series": series, "number": number}, "alternatives": []}
            for series, number in given.pop("series", ())
        ],
        "mrn": None,
    }
    name = given.pop("name", f"{post}-{serial}-{day}.txt")
    plain = made(f"{post} {serial} OF {day}\nTEXT OF {name}\n", name=name)
    return replace(
        plain,
        telegram={**plain.telegram, "heading": heading},
        identifier=f"{post} {serial}",
        title=f"{post} {serial}",
        references=tuple({**one, "locus": f"{plain.id}:0-2"} for one in refs),
        **given,
    )


def ref(
    kind: str = "telegram", post: str | None = "LA PAZ", number: object = None, **told: Any
) -> dict[str, Any]:
    """A reference as the archive keeps it."""
    normal = told.pop("normal", f"{post} {number}")
    paragraph = told.pop("paragraph", "1")
    known = {"kind": kind, "raw": told.pop("raw", normal), "normal": normal, "paragraph": paragraph}
    given = {"post": post, "number": None if number is None else str(number), **told}
    return known | {name: value for name, value in given.items() if value is not None}


def every_kind() -> list[Holding]:
    """Telegrams that cite in all the ways there are: held, not held, ambiguous, open, by REFTEL."""
    return [
        telegram(100, day=1, series=[("TOSALT", "005")]),
        telegram(120, ref(number=100), ref(number=110), day=3),
        telegram(130, ref(number=100, year=1974, parts=["2"]), ref(number=4000), ref(number=110), day=5),
        telegram(130, ref(number=100), day=5, name="a copy of 130.txt"),
        telegram(140, ref("series", None, "005", series="TOSALT", normal="TOSALT 005"), day=6),
        telegram(
            150,
            ref(number=120, paragraph="heading", letter="A"),
            ref("airgram", None, "150", normal="A-150", paragraph="heading"),
            ref("reference telegram", None, normal="REF A", raw="REF A", letter="A", parts=["3"]),
            ref("reference telegram", None, normal="REFTELS", raw="REFTELS"),
            ref("reference telegram", None, normal="REFTEL", raw="REFTEL"),
            day=7,
        ),
        telegram(160, ref("telegram by party", "STATE", 77, normal="DEPTEL 77", dated="--01-03"), day=8),
        telegram(
            170,
            ref("message by date-time group", None, normal="LA PAZ 020905Z", sender="AMEMBASSY LA PAZ")
            | {"time": "020905Z"},
            ref("message by date-time group", None, normal="LIMA 310905Z", sender="LIMA", time="310905Z"),
            ref("separate telegram", None, normal="SEPTEL", raw="SEPTEL"),
            ref("other", None, normal="LETTER"),
            day=9,
        ),
        telegram(180, ref(number=100), ref(number=4000, not_to_all=True), dated=False),
        telegram(
            7, ref(number=120, dated="1974-05-05"), ref("telegram", None, 5, normal="5"), post="LIMA", day=40
        ),
        telegram(90, ref(number=90), day=12),
        telegram(95, ref(number="9" * 30), day=2),
    ]


def told(archive: Archive) -> list[object]:
    """Everything that the tables say."""
    stored = stored_citations(archive)
    ids = [str(one) for (one,) in archive.store.database.execute("SELECT id FROM holding ORDER BY id")]
    titles = {row["id"]: str(row["title"]) for row in archive.holdings()}
    total, standing = stored.count(), stored.totals()
    found = list(stored.ghosts())
    assert {one: list(own) for one in ids if (own := stored.cites(one))} == {
        one: own for one, own in stored.cited_in(ids) if own
    }
    return [
        *(total, {kind.value: number for kind, number in standing.items() if number}),
        *(found, list(stored.out_of_order())),
        "".join(request_lines(found, archive.contents.titles)),
        *({one: stored.cites(one) for one in ids}, {one: stored.cited_by(one) for one in ids}, titles),
    ]


def looked_at(archive: Archive) -> list[object]:
    """The same from the documents."""
    graph = citation_graph(archive)
    ids = [str(one) for (one,) in archive.store.database.execute("SELECT id FROM holding ORDER BY id")]
    titles = {str(row["id"]): str(row["title"]) for row in archive.holdings()}
    standing: dict[str, int] = {}
    for one in graph.citations:
        standing[one.meaning.standing.value] = standing.get(one.meaning.standing.value, 0) + 1
    found = ghosts(graph)
    return [
        *(len(graph.citations), standing, list(found), list(out_of_order(graph.held.values()))),
        request_list(found, titles),
        *({one: graph.cites(one) for one in ids}, {one: graph.cited_by(one) for one in ids}, titles),
    ]


@pytest.fixture
def archive(place: Place) -> Iterator[Archive]:
    with Archive.open(place("one")) as kept:
        yield kept


def test_every_kind_of_reference_is_told_as_by_a_look_at_all(archive: Archive) -> None:
    for one in every_kind():
        archive.add(one)
    found = told(archive)
    assert found == looked_at(archive)
    assert found[0] == 24
    standing = found[1]
    assert isinstance(standing, dict)
    assert set(standing) == {"resolved", "not held", "ambiguous", "open"}
    assert next(str(one.wanted) for one in found[2]) == "1974 LA PAZ 110"  # type: ignore[attr-defined]
    assert list(archive.verify()) == []


def test_what_persons_and_reruns_do_counts_at_once(archive: Archive) -> None:
    ids = []
    for one in every_kind():
        archive.add(one)
        ids.append(one.id)
    other = telegram(121, ref(number=4001), day=3)
    read_again = replace(every_kind()[1], telegram=other.telegram, references=other.references)
    steps: list[Callable[[], object]] = [
        lambda: archive.curation.hide(ids[0], by="x"),
        lambda: archive.curation.delete(ids[2], by="x"),
        lambda: archive.curation.show(ids[0], by="x"),
        lambda: archive.supersede(ids[3], ids[5], at=AT, by="x"),
        lambda: archive.curation.correct(ids[1], "identifier", "LIMA 7777", by="x"),
        # Read again: other references, another number.
        lambda: archive.add(read_again),
        lambda: archive.curation.purge(ids[2], by="x"),
        lambda: archive.rebuild_index(),
    ]
    before = told(archive)
    for step in steps:
        step()
        after = told(archive)
        assert after == looked_at(archive)
        assert after != before or step is steps[-1] or step is steps[4] or step is steps[6]
        before = after
    assert list(archive.verify()) == []
    for table in ("telegram", "series_number", "cited"):
        rows = archive.store.database.execute(f"SELECT 1 FROM {table} WHERE holding = ?", [ids[2]])
        assert rows.fetchall() == []


def test_a_merged_archive_and_one_that_moved_tell_the_same(place: Place, tmp_path: Path) -> None:
    made_ones = every_kind()
    with Archive.open(place("one")) as one, Archive.open(place("two")) as two:
        for n, holding in enumerate(made_ones):
            (one if n % 2 else two).add(holding)
        assert [done.new for done in one.merge(two)] == [True] * 6
        assert told(one) == looked_at(one)
        assert list(one.verify()) == []
        relocated(one.store, tmp_path / "moved")
        before = told(one)
    with Archive.open(tmp_path / "moved") as moved:
        assert told(moved) == before
        assert list(moved.verify()) == []


def test_rows_that_are_missing_are_written_when_the_archive_is_opened(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after the migration, and when that was interrupted; and by other rules than these."""
    monkeypatch.setattr(index, "_CITED_BATCH", 3)
    with Archive.open(place("one")) as archive:
        for one in every_kind():
            archive.add(one)
        before = told(archive)
        for table in ("telegram", "series_number", "cited"):
            asked(archive, f"DELETE FROM {table}")
        asked(archive, "DELETE FROM counter WHERE name = 'citations'")
        assert any("who cites whom" in flaw.what and not flaw.lost for flaw in archive.verify())
    done: list[float] = []

    def torn(share: float) -> None:
        done.append(share)
        if len(done) == 2:
            raise KeyboardInterrupt

    with Archive.open(place("one")) as archive:
        for table in ("telegram", "series_number", "cited"):
            asked(archive, f"DELETE FROM {table}")
        with pytest.raises(KeyboardInterrupt):
            index.note_citations(archive._transactions, anew=True, progress=torn)
        assert archive.store.database.execute("SELECT count(*) FROM telegram").fetchone() == (6,)
    with Archive.open(place("one")) as archive:
        assert told(archive) == before
        assert list(archive.verify()) == []
        asked(archive, "UPDATE telegram SET post = 'LIMA', serial = 1")
        asked(archive, f"UPDATE counter SET next = {CITED_VERSION - 1} WHERE name = 'citations'")
    with Archive.open(place("one")) as archive:
        assert told(archive) == before


def test_what_a_bad_disk_damaged_stops_nothing(place: Place) -> None:
    with Archive.open(place("one")) as archive:
        for one in every_kind():
            archive.add(one)
        bad, worse = every_kind()[1].id, every_kind()[2].id
        archive.store.database.execute("UPDATE content SET refs = ? WHERE holding = ?", [b"x\x9c\x00", bad])
        archive.store.database.execute(
            "UPDATE content SET refs = ? WHERE holding = ?", [pack([{"kind": "no such"}], ""), worse]
        )
        index.note_citations(archive._transactions, anew=True, progress=lambda _: None)
    with Archive.open(place("one")) as archive:
        assert [one.id for one in archive.listed()]
        total = stored_citations(archive).count()
        assert total == 19
        assert [flaw.where for flaw in archive.verify() if flaw.lost] == [bad]


def test_a_mention_is_kept_in_few_words() -> None:
    plain = telegram(120, ref(number=100), ref(number=110, year=1973, dated="1973-07"), day=3)
    kept = rows_of(plain.id, plain.telegram["heading"], plain.references)
    assert kept.telegram == (plain.id, "LA PAZ", 120, 1974, "1974-01-04T09:05", "AMEMBASSY LA PAZ", 2, 0)
    assert [(run, number, place) for run, number, _, place, _ in kept.cited] == [
        ("LA PAZ", 100, 0),
        ("LA PAZ", 110, 1),
    ]
    assert kept.cited[0][4] is None
    assert json.loads(kept.cited[1][4]) == {"year": 1973, "dated": "1973-07"}


@pytest.mark.parametrize("heading", [None, [], "x", {"number": 5}, {"series": [{"value": {}}]}])
def test_a_heading_of_no_known_form_cites_nothing(heading: object) -> None:
    kept = rows_of("aa", heading, [])
    assert kept.telegram == ("aa", None, None, None, None, None, 0, 0)
    assert not kept.cited
