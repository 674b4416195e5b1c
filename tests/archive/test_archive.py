"""The archive: what goes in comes out, nothing is half-written, and searches see through the noise."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from septel.archive import Addition, Archive, Hit, Holding, Match
from septel.archive.catalogue.addition import add_holding
from septel.archive.decisions.continuation import RERUN
from septel.archive.model import parts_of, tree_of
from septel.archive.search import clear_index
from septel.archive.search.query_language.language import QueryError
from septel.archive.store import Database
from septel.archive.store.originals import Originals
from septel.errors import NotHeld, StoreAway, StoreError, StoreFull, StoreNewer, VanishedInput
from septel.text import Edit, EditLog, Source, Step
from tests.archive.conftest import Place, asked
from tests.archive.made import AT, decision, edit, holding_of, made, proposals
from tests.text.strategies import edited

LATER = AT.replace(year=2021)


def same(one: Holding, other: Holding) -> None:
    """Compare field by field; a fault is compared by its words."""
    faults = [[str(a.fault) for a in h.accounts] for h in (one, other)]
    assert faults[0] == faults[1]
    bare = [
        replace(
            h,
            accounts=tuple(replace(a, fault=None) for a in h.accounts),
            references=tuple(h.references),
            originals=(),
        )
        for h in (one, other)
    ]
    assert bare[0] == bare[1]


def test_a_holding_comes_out_as_it_went_in(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "helsinki.txt"
    file.write_bytes(b"the bytes")
    layers = tuple(Source.of_text(f"layer {n}", name=f"layer {n}") for n in range(8))
    holding = made(layers=layers)
    assert archive.add(holding, [file])
    held = archive.holding(holding.id)
    same(held, holding)
    assert [o.name for o in held.originals] == ["helsinki.txt"]
    assert archive.objects.find(held.originals[0].digest).read_bytes() == b"the bytes"


def test_it_is_there_after_closing(place: Place) -> None:
    holding = made()
    with Archive.open(place("archive")) as archive:
        archive.add(holding)
    with Archive.open(place("archive"), create=False) as archive:
        same(archive.holding(holding.id), holding)
        assert [row["id"] for row in archive.holdings()] == [holding.id]


@settings(max_examples=25)
@given(edited())
def test_logs_round_trip(case: tuple[Source, tuple[Edit, ...]]) -> None:
    source, edits = case
    log = EditLog(source.id).add(edits, by="tool", at=AT)
    if edits:
        log = log.undo(1, by="someone", at=LATER)
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        archive.add(holding_of(source, log))
        held = archive.holding(source.id)
        assert held.source == source
        assert held.source.id == source.id
        assert held.log == log
        assert held.reading.text == log.reading(source).text


def test_adding_again_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(b"x")
    holding = made()
    assert archive.add(holding, [file])
    originals = archive.holding(holding.id).originals
    assert not archive.add(replace(holding, added=LATER))
    held = archive.holding(holding.id)
    same(held, holding)
    assert held.originals == originals
    assert len(archive.search("SALT")) == 1


def test_adding_again_keeps_decisions_and_undoings(archive: Archive) -> None:
    holding = made(decided=False)
    archive.add(holding)
    log = holding.log.add([decision(holding.source, "SAIT", "SAID")], by="M. Reader", at=LATER)
    log = log.undo(1, by="M. Reader", at=LATER)
    archive.append(holding.id, log)
    archive.add(holding)
    assert archive.log(holding.id) == log
    assert "SECRET TALK5 ABOUT SAID" in archive.holding(holding.id).reading.line_texts
    assert [hit.match for hit in archive.search("SAID")] == [Match.RESTORED]


def test_a_search_after_a_decision_shows_it(place: Place) -> None:
    holding = made(decided=False)
    with Archive.open(place("archive")) as archive, Archive.open(place("archive")) as other:
        archive.add(holding)
        for one in (archive, other):
            assert "SALT" in "".join(word.text for word in one.search("TALKS")[0].words)
        log = holding.log.add([decision(holding.source, "SAIT", "SAID")], by="M. Reader", at=LATER)
        archive.append(holding.id, log)
        for one in (archive, other):
            assert "SAID" in "".join(word.text for word in one.search("TALKS")[0].words)


def test_another_model_takes_the_place_of_the_old_one(archive: Archive) -> None:
    first = made()
    archive.add(first)
    step = Step.of("septel-restore", "2.0.0", model="def456")
    log = EditLog(first.id).add([edit(first.source, "SAIT", "SALT", step=step)], by="septel", at=LATER)
    second = replace(first, log=log, added=LATER)
    archive.add(second)
    held = archive.holding(first.id)
    assert held.log.entries[: len(first.log.entries)] == first.log.entries
    # The old model's other proposals no longer count; the person's decision does.
    assert held.reading.line_texts[1] == "SECRET TALK5 ABOUT SALT"
    assert held.reading.line_texts[4] == "END OF TEXT"
    assert {e.by for e in held.log.entries if e.undoes} == {RERUN}
    archive.add(first)
    assert archive.holding(first.id).reading.text == first.reading.text
    archive.add(second)
    again = archive.holding(first.id).reading.text
    assert again == held.reading.text
    count = len(archive.log(first.id).entries)
    archive.add(second)
    assert len(archive.log(first.id).entries) == count


def test_undoings_in_a_new_log_mean_its_own_entries(archive: Archive) -> None:
    first = made()
    archive.add(first)
    other = edit(first.source, "TALK5", "TALK", step=Step.of("other", "1"))
    log = EditLog(first.id).add([other], by="other", at=LATER).undo(1, by="other", at=LATER)
    archive.add(replace(first, log=log))
    assert archive.holding(first.id).reading.line_texts[1] == "SECRET TALK5 ABOUT SAIT"
    assert archive.holding(first.id).reading.line_texts[4] == "END OF TEXT"


def test_a_log_that_was_changed_meanwhile_is_refused(archive: Archive) -> None:
    holding = made()
    archive.add(holding)
    mine = holding.log.undo(1, by="me", at=LATER)
    archive.append(holding.id, holding.log.undo(2, by="you", at=LATER))
    with pytest.raises(StoreError, match="changed by someone else"):
        archive.append(holding.id, mine)
    with pytest.raises(NotHeld):
        archive.append("0" * 12, mine)


def test_names_that_resolve(archive: Archive) -> None:
    holding = made()
    archive.add(holding)
    for name in (
        holding.id,
        holding.id[:6],
        holding.id[:6].upper(),
        "helsinki 1321",
        "helsinki.txt",
        "HELSINKI",
    ):
        assert archive.resolve(name) == holding.id
    for name in (
        "",
        holding.id[:3],
        "%%%%",
        "____",
        "HELSINGFORS",
        "'; --",
        "\x00",
        "\udcff",
        holding.id + "0",
    ):
        with pytest.raises(NotHeld, match="nothing called"):
            archive.resolve(name)


def test_an_ambiguous_name_is_refused(archive: Archive) -> None:
    one, two = made(), made("ANOTHER TEXT\n", identifier="MOSCOW 1")
    archive.add(one)
    archive.add(two)
    with pytest.raises(NotHeld) as fault:
        archive.resolve("helsinki.txt")
    assert one.id in str(fault.value)
    assert two.id in str(fault.value)
    assert archive.resolve("MOSCOW 1") == two.id


def test_what_is_not_held(archive: Archive, tmp_path: Path) -> None:
    for look in (archive.holding, archive.source):
        with pytest.raises(NotHeld):
            look("nothing")
    with pytest.raises(NotHeld):
        Archive.open(tmp_path / "elsewhere", create=False)
    assert not (tmp_path / "elsewhere").exists()


def found(hits: Sequence[Hit]) -> list[tuple[int, int, Match]]:
    return [(hit.page, hit.line, hit.match) for hit in hits]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("SALT", [(1, 2, Match.RESTORED)]),
        ("salt secret", [(1, 2, Match.RESTORED)]),
        ("SAID", [(1, 2, Match.ALTERNATIVE)]),
        ("SECRET SAID", [(1, 2, Match.ALTERNATIVE)]),
        ("MOSUL", [(2, 4, Match.ALTERNATIVE)]),
        ("SAIT", [(1, 2, Match.SOURCE)]),
        ("0F TEXT", [(2, 5, Match.SOURCE)]),
        ("REYKJAWIK", [(1, 3, Match.SIMILAR)]),
        ("AMENBASSY", [(1, 1, Match.SIMILAR)]),
        ("HEL51NKl", [(1, 1, Match.SIMILAR)]),
        ("REVKJAUIK", [(1, 3, Match.SIMILAR)]),
        ("SALT RE7K0AV11", []),
        ('"END OF TEXT"', [(2, 5, Match.RESTORED)]),
        ('"TEXT OF END"', []),
        ("SALT MOSCOW", []),
        ("SALT SEKRET", [(1, 2, Match.SIMILAR)]),
    ],
)
def test_searching(archive: Archive, words: str, hits: list[tuple[int, int, Match]]) -> None:
    archive.add(made())
    assert found(archive.search(words)) == hits
    archive.rebuild_index()
    assert found(archive.search(words)) == hits


def test_a_hit_points_at_its_place(archive: Archive) -> None:
    holding = made()
    archive.add(holding)
    (hit,) = archive.search("AMEMBASSY")
    assert hit.locus.source_id == holding.id
    assert hit.locus.span.of(holding.source.text) == "FM AMEMBASSY HELSINKI"
    assert hit.snippet == (("FM ", False), ("AMEMBASSY", True), (" HELSINKI", False))
    assert [(box.left, box.bottom) for box in hit.boxes] == [(10, 40)]
    assert hit.title == holding.title


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("SALT", ""),
        ("SECRET said", "SALT may be SAID"),
        ("MOSUL", "MOSCOW may be MOSUL"),
        ("SAIT", "SECRET TALK5 ABOUT SAIT"),
        ("REYKJAWIK", "1. HE SPOKE OF REYKJAVIK"),
    ],
)
def test_a_hit_says_why(archive: Archive, words: str, because: str) -> None:
    archive.add(made())
    assert [hit.because for hit in archive.search(words)] == [because]


def test_an_undone_edit_is_no_longer_found_as_read(archive: Archive) -> None:
    holding = made()
    archive.add(holding)
    archive.append(holding.id, holding.log.undo(2, by="M. Reader", at=LATER))
    assert tuple(archive.search("SALT")) == ()
    assert found(archive.search("SAIT")) == [(1, 2, Match.RESTORED)]


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '"""',
        "'",
        "*",
        "SA*",
        "NEAR",
        "NEAR(SALT, 2)",
        "AND OR NOT",
        "restored : SALT",
        "-SALT",
        "^SALT",
        "\x00",
        "SA\x00LT",
        "_",
        "() {} [] \\ / ;",
        "%",
        "\udcff",
        "é\u0301 ²",
        "x" * 10_000,
        "SALT " * 2_000,
        " ".join(f"word{n}" for n in range(1_500)),
        '"' + "many words " * 900 + '"',
    ],
)
def test_hostile_queries_find_little_and_break_nothing(archive: Archive, words: str) -> None:
    archive.add(made())
    try:
        assert len(archive.search(words)) <= 5
    except QueryError as fault:
        assert fault.remedy
    assert len(archive.search("SALT")) == 1


def test_a_full_disk_leaves_the_archive_as_it_was(in_folder: Archive) -> None:
    holding = made()
    in_folder.add(holding)
    connection = in_folder._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    large = made("A LONG LINE OF TEXT\n" * 20_000, name="large.txt")
    with pytest.raises(StoreFull, match="nothing is half-written"):
        in_folder.add(large)
    same(in_folder.holding(holding.id), holding)
    assert not in_folder.holds(large.id)
    assert [row["id"] for row in in_folder.holdings()] == [holding.id]
    assert tuple(in_folder.search("LONG")) == ()
    connection.execute("PRAGMA max_page_count = 1000000")
    assert in_folder.add(large)
    assert in_folder.holds(large.id)


def test_ctrl_c_in_the_midst_of_storing_leaves_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("septel.archive.catalogue.index_entry.index_units", interrupted)
    with pytest.raises(KeyboardInterrupt):
        archive.add(made())
    assert archive.holdings() == []
    assert tuple(archive.search("SALT")) == ()
    monkeypatch.undo()
    assert archive.add(made())


def test_a_full_disk_while_an_original_is_copied(
    in_folder: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "a.txt"
    file.write_bytes(b"bytes")
    monkeypatch.setattr("septel.archive.store.originals.os.fsync", full)
    with pytest.raises(StoreFull, match="Free some space"):
        in_folder.add(made(), [file])
    assert in_folder.holdings() == []
    assert list(in_folder.objects.kept()) == []


def test_a_catalogue_that_may_only_be_read(in_folder: Archive) -> None:
    in_folder._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="permissions"):
        in_folder.add(made())
    assert in_folder.holdings() == []


def test_a_file_that_is_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database, but long enough to look at " * 200)
    with pytest.raises(StoreError, match="damaged"):
        Archive.open(tmp_path)


def test_a_damaged_catalogue(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.add(made())
    file = tmp_path / "catalogue.sqlite"
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with pytest.raises(StoreError), Archive.open(tmp_path) as archive:
        archive.holdings()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE source SET pages = '[[0, 3]]'",
        "UPDATE source SET pages = 'nonsense'",
        "UPDATE holding SET accounts = '[[1]]'",
        "UPDATE content SET geometry = x'00'",
        "UPDATE content SET tree = x'00'",
        "INSERT INTO run SELECT source, 50, 60, x'00' FROM run",
        "INSERT INTO entry SELECT source, 99, '{}' FROM entry LIMIT 1",
    ],
)
def test_damaged_rows(archive: Archive, damage: str) -> None:
    holding = made()
    archive.add(holding)
    asked(archive, damage)
    with pytest.raises(StoreError, match="damaged"):
        archive.holding(holding.id)


def test_places_of_lines_in_a_form_of_another_version() -> None:
    holding = made()
    places = holding.telegram["places"]
    assert isinstance(places, list)
    first = places[0]
    strange = [{"line": [1], "layer": {}, "part": None}, {"line": 2, "layer": ["text"], "part": "x"}, "3", {}]
    parts = parts_of(
        replace(holding, telegram={**holding.telegram, "places": [first, *strange]}), tree_of(holding)
    )
    assert len(parts) == len(holding.source.lines)
    assert (parts[0].layer, parts[0].name) == (first["layer"], first["part"])
    assert {part.layer for part in parts[1:]} == {""}


def test_an_archive_of_a_newer_septel(place: Place) -> None:
    with Archive.open(place("archive")) as archive:
        archive.store.database.execute("INSERT INTO migration VALUES ('0099-wonders', 'then')")
    with pytest.raises(StoreNewer, match="0099-wonders"):
        Archive.open(place("archive"))


def test_many_documents_in_one_step(archive: Archive, tmp_path: Path) -> None:
    file, gone = tmp_path / "a.txt", tmp_path / "gone.txt"
    file.write_bytes(b"bytes")
    others = [made(f"THE MINE AT {name} HAS SALT\n", name=f"{name}.txt") for name in ("ONE", "TWO")]
    additions = [Addition(made(), [file]), Addition(others[0], [gone]), Addition(others[1], [file, file])]
    first, second, third = archive.add_all(additions)
    assert (first, third) == (True, True)
    assert isinstance(second, VanishedInput)
    assert {row["id"] for row in archive.holdings()} == {made().id, others[1].id}
    assert len(archive.holding(others[1].id).originals) == 2
    assert archive.add_all([Addition(made()), Addition(others[0])]) == [False, True]


def test_a_fault_of_our_own_leaves_the_others_alone(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(database: Database, holding: Holding, *rest: Any) -> bool:
        added = whole(database, holding, *rest)
        if holding.source.name == "TWO.txt":
            raise RuntimeError("a fault of our own")
        return added

    whole = add_holding
    monkeypatch.setattr("septel.archive.catalogue.addition.add_holding", breaks)
    names = ("ONE", "TWO", "THREE")
    found = archive.add_all(
        [Addition(made(f"THE MINE AT {name} HAS SALT\n", name=f"{name}.txt")) for name in names]
    )
    assert [one is True for one in found] == [True, False, True]
    assert [len(archive.search(name)) for name in names] == [1, 0, 1]
    assert len(archive.search("SALT")) == 2
    assert list(archive.verify()) == []


def test_the_index_is_asked_within_a_change(archive: Archive) -> None:
    one, two = (made(f"THE MINE AT {name} HAS SALT\n", name=f"{name}.txt") for name in ("ONE", "TWO"))
    with archive.together():
        archive.add(one)
        with pytest.raises(RuntimeError), archive._change():
            archive.add(two)
            # What waits is written now, and what is not of the change that ends here must outlive it.
            assert len(archive.search("SALT")) == 2
            raise RuntimeError
        assert len(archive.search("SALT")) == 1
    assert len(archive.search("ONE")) == 1
    assert len(archive.search("TWO")) == 0


def test_the_index_is_asked_within_a_change_of_a_change(archive: Archive) -> None:
    one, two = (made(f"THE MINE AT {name} HAS SALT\n", name=f"{name}.txt") for name in ("ONE", "TWO"))
    with archive.together():
        archive.add(one)
        with pytest.raises(RuntimeError), archive._change():
            with archive._change():
                archive.add(two)
                assert len(archive.search("SALT")) == 2
            raise RuntimeError
        assert len(archive.search("SALT")) == 1
    assert len(archive.search("ONE")) == 1
    assert len(archive.search("TWO")) == 0


def test_an_index_emptied_within_a_change_that_is_taken_back(archive: Archive) -> None:
    with archive.together():
        archive.add(made("THE MINE AT ONE HAS SALT\n"))
        with pytest.raises(RuntimeError), archive._change() as connection:
            clear_index(connection)
            raise RuntimeError
    assert len(archive.search("SALT")) == 1


def test_two_writers(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("septel.archive.archive.BUSY_SECONDS", 0.05)
    with Archive.open(place("archive")) as one, Archive.open(place("archive")) as two:
        with pytest.raises(RuntimeError), one.together():
            # It passes, so a run over many documents waits for it.
            with pytest.raises(StoreAway, match="another program is writing"):
                two.add(made())
            assert two.holdings() == []
            raise RuntimeError
        assert two.add(made())
        assert len(one.holdings()) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET data = '{}'",
        "DELETE FROM entry",
        """INSERT INTO entry (source, number, data) SELECT source, number, '{}' FROM entry WHERE number > 0
           ON CONFLICT (source, number) DO UPDATE SET data = excluded.data""",
        "UPDATE run SET data = x''",
        "DELETE FROM run",
        """INSERT INTO run (source, first, last, data) SELECT source, first, last, x'' FROM run
           WHERE first > 0
           ON CONFLICT (source, first) DO UPDATE SET data = excluded.data""",
    ],
)
def test_entries_stay(archive: Archive, change: str) -> None:
    holding = made()
    archive.add(holding)
    with pytest.raises((sqlite3.IntegrityError, StoreError), match="are never"):
        asked(archive, change)
    assert archive.log(holding.id) == holding.log


@pytest.mark.parametrize(
    "change",
    [
        "INSERT OR REPLACE INTO entry SELECT source, number, '{}' FROM entry",
        "INSERT OR REPLACE INTO run SELECT source, first, last, x'' FROM run",
        "INSERT OR REPLACE INTO act SELECT * FROM act",
    ],
)
def test_what_sqlite_would_replace_stays(in_folder: Archive, change: str) -> None:
    holding = made()
    in_folder.add(holding)
    in_folder.curation.tag(holding.id, "t", by="x")
    with pytest.raises(sqlite3.IntegrityError, match="are never"):
        in_folder.store.database.execute(change)
    assert in_folder.log(holding.id) == holding.log


def test_objects_are_kept_once(tmp_path: Path) -> None:
    objects = Originals(tmp_path / "objects")
    file = tmp_path / "a"
    file.write_bytes(b"bytes")
    digest = objects.keep(file)
    assert objects.keep(file) == digest
    assert [p.name for p in objects.folder.rglob("*") if p.is_file()] == [digest]
    with pytest.raises(NotHeld):
        objects.find("ab" * 32)


def test_a_vanished_file_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(VanishedInput, match=r"gone\.txt"):
        archive.add(made(), [tmp_path / "gone.txt"])
    assert archive.holdings() == []
    assert list(archive.objects.kept()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="permissions"):
        Archive.open(folder / "archive")


def test_a_file_stands_where_the_archive_should(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="can't be written"):
        Archive.open(tmp_path / "file")


def test_proposals_fit_their_source() -> None:
    source = made().source
    assert {e.unreadable for e in proposals(source)} == {True, False}


def test_what_an_older_version_indexed_is_indexed_anew(place: Place) -> None:
    first, other = made(), made("OTHER SALT\n", name="b.txt")
    with Archive.open(place("archive")) as archive:
        archive.add(first)
        archive.add(other)
        archive.store.database.execute("UPDATE indexed SET version = 0")
        archive.store.database.execute("DELETE FROM counter WHERE name = 'version'")
    with Archive.open(place("archive")) as archive:
        assert sorted(hit.holding for hit in archive.search("SALT")) == sorted([first.id, other.id])
        versions = archive.store.database.execute("SELECT DISTINCT version FROM indexed").fetchall()
        assert versions != [(0,)]
        assert archive.rebuild_index() == 2
        assert sorted(hit.holding for hit in archive.search("SALT")) == sorted([first.id, other.id])


def test_lists_come_in_parts(archive: Archive) -> None:
    for number in range(7):
        dtg = f"1970-0{number % 3 + 1}-02T10:00Z" if number else None
        archive.add(made(f"SALT {number}\n", name=f"{number}.txt", identifier=f"VIENNA {number}", dtg=dtg))
    dated = [one["id"] for one in archive.holdings()]
    parts = [[one.id for one in archive.contents.page(first, 3)] for first in (0, 3, 6, 9)]
    assert [len(part) for part in parts] == [3, 3, 1, 0]
    assert sorted(one for part in parts for one in part) == sorted(str(one) for one in dated)
    dates = [one.fields["dtg"] for part in (0, 3, 6) for one in archive.contents.page(part, 3)]
    assert dates == sorted(dates, key=lambda dtg: (dtg is None, dtg or ""))
    archive.curation.hide(str(dated[0]), by="x")
    assert str(dated[0]) not in [one.id for one in archive.contents.page(0, 10)]


def test_states_tell_what_changed(archive: Archive) -> None:
    archive.add(made())
    archive.add(made("OTHER\n", name="b.txt"))
    before = archive.records.states()
    assert before == {one: (archive.records.key(one), 0) for one in before}
    held = made()
    archive.append(held.id, archive.log(held.id).add([decision(held.source, "TEXT", "TEXTS")], by="x", at=AT))
    after = archive.records.states()
    assert [one for one in before if before[one] != after[one]] == [held.id]
    assert after[held.id] == (archive.records.key(held.id), 0)
