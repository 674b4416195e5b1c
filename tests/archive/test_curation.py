"""What persons do with papers: corrections beside what was read, notes, tags, hiding, deleting, merging."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from septel.archive import Archive, citation_graph, dossier_of
from septel.archive.search import quoted
from septel.archive.store import Originals
from septel.errors import EditConflict, NotHeld, SeptelError, StoreError, UsageError
from septel.text import Span
from tests.archive.conftest import Place, asked
from tests.archive.made import AT, decision, made
from tests.archive.test_archive import same

LATER = AT.replace(year=2021)


def add(archive: Archive, *pages: str, **fields: object) -> str:
    holding = made(*pages, **fields)  # type: ignore[arg-type]  # a table of fields
    archive.add(holding)
    return holding.id


def test_a_correction_stands_beside_what_was_read(archive: Archive) -> None:
    one = add(archive)
    act = archive.curation.correct(one, "dtg", "18 Nov 1968", by="A. Reader", at=AT, why="the stamp")
    held = archive.holding(one)
    assert held.dtg == "1968-11-18"
    (correction,) = held.corrected
    assert (correction.machine, correction.by, correction.why) == (
        "1969-11-18T16:00Z",
        "A. Reader",
        "the stamp",
    )
    assert archive.select("date:1968-11") == (one,)
    assert archive.select("date:1969") == ()
    assert archive.holdings()[0]["dtg"] == "1968-11-18"
    # Read again, by a better model: what the person said stands, beside what is read now.
    archive.add(replace(made(), dtg="1967-01-01T00:00Z", added=LATER))
    assert archive.holding(one).dtg == "1968-11-18"
    assert archive.holding(one).corrected[0].machine == "1967-01-01T00:00Z"
    archive.curation.undo(act, by="B. Reader")
    assert (archive.holding(one).dtg, archive.holding(one).corrected) == ("1967-01-01T00:00Z", ())
    archive.curation.undo(len(archive.curation.acts()), by="A. Reader")
    assert archive.holding(one).dtg == "1968-11-18"
    assert [act.what for act in archive.curation.acts(one)] == ["correct", "undo", "undo"]


def test_a_title_follows_the_fields_that_it_is_made_of(archive: Archive) -> None:
    one = add(archive, title="HELSINKI 1321: SALT TALKS", identifier="HELSINKI 1321", subject="SALT TALKS")
    archive.curation.correct(one, "subject", "THE WHEAT TRADE", by="A. Reader")
    act = archive.curation.correct(one, "identifier", "HELSINKI 1322", by="A. Reader")
    titled = "HELSINKI 1322: THE WHEAT TRADE"
    assert archive.holding(one).title == archive.listed()[0].fields["title"] == titled
    assert archive.reading(one)[0] == archive.contents.titles([one])[one] == titled
    assert archive.select("title:wheat") == (one,) and archive.select("title:salt") == ()
    archive.curation.undo(act, by="A. Reader")
    archive.curation.correct(one, "title", "SALT, first day", by="A. Reader")
    assert archive.holding(one).title == archive.listed()[0].fields["title"] == "SALT, first day"


def test_the_record_stands_on_the_day_that_a_person_gave(archive: Archive) -> None:
    one = add(archive)
    dated = [record.date for record in dossier_of(archive, [one]).records]
    before = archive.records.states()[one]
    act = archive.curation.correct(one, "dtg", "1968-11-18T09:00Z", by="A. Reader")
    assert [record.date for record in dossier_of(archive, [one]).records] == ["1968-11-18"]
    after = archive.records.states()[one]
    assert after != before
    archive.curation.undo(act, by="A. Reader")
    assert [record.date for record in dossier_of(archive, [one]).records] == dated
    assert archive.records.states()[one] not in (before, after)


def test_the_record_stands_on_the_day_of_its_paper(archive: Archive) -> None:
    text = "CABLE\n\nNOVAK TOLD ORWIN THAT THE DUES WERE TOO HIGH FOR THE SHIPS OF THE LINE.\n"
    one = add(archive, text, dtg="1963-12-18T00:00Z")
    (record,) = dossier_of(archive, [one]).records
    assert (record.date, record.date_doubtful) == ("1963-12-18", False)
    two = add(archive, text.replace("NOVAK", "TABOR"), dtg="--12-18T00:00Z")
    assert [record.date for record in dossier_of(archive, [two]).records] == [None]


def test_corrections_have_their_forms(archive: Archive) -> None:
    one = add(archive)
    correct = archive.curation.correct
    for field, value, kept in (
        ("identifier", "1974lapaz00158", "LA PAZ 158"),
        ("dtg", "181655Z NOV 69", "1969-11-18T16:55Z"),
        ("dtg", "Nov 1969", "1969-11"),
        ("dtg", "1969", "1969"),
        ("dtg", "Nov 16, 1961", "1961-11-16"),
        ("dtg", "Dec. 31, 1999", "1999-12-31"),
        ("dtg", "11/16/1961", "1961-11-16"),
        ("dtg", "5/5/1961", "1961-05-05"),
        ("dtg", "1969-11-18T16:55Z", "1969-11-18T16:55Z"),
        ("subject", "  A \n B ", "A B"),
        ("subject", "", None),
    ):
        correct(one, field, value, by="x")
        corrected = {c.field: c.value for c in archive.holding(one).corrected}
        assert corrected[field] == kept
    for field, value in (
        ("identifier", "x"),
        ("dtg", "soon"),
        ("dtg", "1961-11-16T25:00Z"),
        ("dtg", "1961-11-16 12:00"),  # of which zone?
        ("dtg", "162400Z NOV 61"),
        ("dtg", "161660Z NOV 61"),
        ("dtg", "5/6/1961"),
        ("dtg", "05/6/61"),
        ("dtg", "Nov 16, 1961 or so"),
        ("colour", "red"),
    ):
        with pytest.raises(UsageError):
            correct(one, field, value, by="x")
    with pytest.raises(NotHeld):
        correct("0" * 12, "title", "x", by="x")
    assert archive.resolve("la paz 158") == one


def test_shelf_and_title(archive: Archive) -> None:
    one = add(archive)
    archive.curation.correct(one, "box", "12", by="x")
    archive.curation.correct(one, "title", "The first round", by="x")
    (listed,) = archive.listed("title:round")
    assert (listed.fields["title"], dict(listed.shelf)) == ("The first round", {"box": "12"})
    assert archive.search("SALT")[0].title == "The first round"


def test_notes_and_tags(archive: Archive) -> None:
    one = add(archive)
    number = archive.curation.note(one, "compare the SALT file", by="x", place=Span(3, 9))
    archive.curation.tag(one, "chapter  3", by="x")
    assert archive.curation.tag(one, "chapter 3", by="y") == 0
    state = archive.state(one)
    assert [(n.text, n.start, n.end) for n in state.notes] == [("compare the SALT file", 3, 9)]
    assert state.tags == ("chapter 3",)
    assert archive.select('tag:"chapter 3"') == archive.select('note:"salt file"') == (one,)
    assert archive.select("has:note has:tag") == (one,)
    archive.curation.undo(number, by="x")
    archive.curation.untag(one, "chapter 3", by="x")
    assert archive.select("note:salt") == archive.select('tag:"chapter 3"') == ()
    for bad in ("", "  "):
        with pytest.raises(UsageError):
            archive.curation.note(one, bad, by="x")
    with pytest.raises(UsageError):
        archive.curation.note(one, "far out", by="x", place=Span(0, 10**6))


@pytest.mark.parametrize("tag", ['x "y" OR z', '"', 'ends in "', "back\\slash"])
def test_a_tag_with_quotation_marks_is_found(archive: Archive, tag: str) -> None:
    one = made().id
    archive.add(made())
    archive.curation.tag(one, tag, by="Ann")
    assert archive.select(f"tag:{quoted(tag)}") == (one,)
    assert archive.select('tag:"another"') == ()


def test_what_is_deleted_is_found_nowhere_and_comes_back_whole(archive: Archive) -> None:
    one = add(archive, references=())
    other = add(archive, "ANOTHER TEXT\n", name="b.txt", identifier="MOSCOW 1", references=())
    archive.curation.tag(one, "t", by="x")
    archive.append(one, archive.log(one).undo(1, by="x", at=LATER))
    before = archive.holding(one)
    archive.curation.delete(one, by="x", why="not ours")
    assert [row["id"] for row in archive.holdings()] == [other]
    assert [held.id for held in archive.curation.absent()] == [one]
    for query in ("SALT", "kind:telegram", "tag:t", "HELSINKI 1321"):
        found = archive.search(query, facets=True)
        assert one not in found.holdings
        assert one not in {hit.holding for hit in found}
    assert archive.searches.complete("reykj") == ()
    assert archive.search("REYKJAWIK").suggestions == ()
    assert one not in {held.id for held in citation_graph(archive).held.values()}
    for name in (one, one[:6], "HELSINKI 1321", "helsinki.txt"):
        with pytest.raises(NotHeld):
            archive.resolve(name)
    with pytest.raises(NotHeld, match="was deleted"):
        archive.holding(one)
    archive.curation.undelete(archive.resolve(one, deleted=True), by="x")
    same(archive.holding(one), before)
    assert archive.select("tag:t") == (one,)


def test_what_is_hidden_is_shown_by_its_id_only(archive: Archive) -> None:
    one = add(archive)
    archive.curation.hide(one, by="x")
    assert archive.holdings() == []
    assert tuple(archive.search("SALT")) == ()
    assert archive.holding(archive.resolve(one)).id == one
    archive.curation.show(one, by="x")
    assert archive.select("SALT") == (one,)


def test_a_deleted_document_that_is_read_again_stays_deleted(archive: Archive) -> None:
    one = add(archive)
    archive.curation.delete(one, by="x")
    add(archive)
    assert archive.holdings() == []


def test_purging_leaves_the_log_of_who_and_why(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"only here")
    shared = tmp_path / "b.txt"
    shared.write_bytes(b"needed by two")
    one, other = made(), made("ANOTHER TEXT\n", name="b.txt")
    archive.add(one, [file, shared])
    archive.add(other, [shared])
    digests = [o.digest for o in archive.holding(one.id).originals]
    with pytest.raises(EditConflict, match="only what was deleted"):
        archive.curation.purge(one.id, by="x")
    archive.curation.delete(one.id, by="x")
    archive.curation.purge(one.id, by="A. Reader", why="private")
    assert not archive.holds(one.id)
    assert [archive.objects.holds(digest) for digest in digests] == [False, True]
    last = archive.curation.acts(one.id)[-1]
    assert (last.what, last.by, last.data["title"], last.data["decisions"]) == (
        "purge",
        "A. Reader",
        "HELSINKI 1321: SALT",
        1,
    )
    assert list(archive.verify()) == []
    with pytest.raises(EditConflict):
        archive.curation.undo(last.number, by="x")
    assert archive.add(one, [file])
    assert archive.holding(one.id).reading.text == one.reading.text


def test_acts_are_never_changed(archive: Archive) -> None:
    archive.curation.tag(add(archive), "t", by="x")
    for change in (
        "UPDATE act SET by = 'y'",
        "DELETE FROM act",
        """INSERT INTO act SELECT * FROM act WHERE number > 0
           ON CONFLICT (number) DO UPDATE SET by = excluded.by""",
    ):
        with pytest.raises((sqlite3.IntegrityError, StoreError), match="are never"):
            asked(archive, change)


def test_two_archives_become_one(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_bytes(b"the bytes")
    with Archive.open(place("one")) as ours, Archive.open(place("two")) as theirs:
        shared, only = made(), made("ONLY THEIRS\n", name="b.txt")
        ours.add(shared)
        theirs.add(shared, [file])
        theirs.add(only, [file])
        mine = decision(shared.source, "SAIT", "SALT")
        yours = decision(shared.source, "SAIT", "SAID")
        ours.append(shared.id, ours.log(shared.id).add([mine], by="Ann", at=LATER))
        theirs.append(shared.id, theirs.log(shared.id).add([yours], by="Bob", at=LATER.replace(month=6)))
        theirs.curation.tag(shared.id, "t", by="Bob")
        theirs.curation.correct(only.id, "title", "Theirs", by="Bob")
        theirs.curation.undo(2, by="Bob")
        theirs.curation.undo(3, by="Bob")
        merged = list(ours.merge(theirs))
        assert {m.holding for m in merged if m.new} == {only.id}
        assert sum(m.entries for m in merged) == 1
        assert ours.holding(only.id).title == "Theirs"
        assert ours.objects.find(ours.holding(only.id).originals[0].digest).read_bytes() == b"the bytes"
        assert ours.select("tag:t") == (shared.id,)
        assert [c.by for c in ours.contests(shared.id)] == ["Ann"]
        again = list(ours.merge(theirs))
        assert (sum(m.entries for m in again), sum(m.acts for m in again), any(m.new for m in again)) == (
            0,
            0,
            False,
        )
        assert list(ours.verify()) == []
        ours.curation.delete(only.id, by="Ann")
        ours.curation.purge(only.id, by="Ann")
        assert [m.holding for m in ours.merge(theirs) if m.purged] == [only.id]


def test_copies_are_told_when_they_come_in(archive: Archive) -> None:
    body = (
        "1. THE MINISTRY SPOKE WITH GREAT PATIENCE ABOUT FOURTEEN OTHER MATTERS BEFORE THEY WENT HOME AGAIN\n"
    )
    one = add(archive, f"FM AMEMBASSY HELSINKI\n{body}", name="a.txt")
    two = add(archive, f"FM AMEMBASSY HELSINKI\nA STAMP\n{body}", name="b.txt")
    other = add(
        archive,
        "QUITE ANOTHER TELEGRAM UNDER THE NUMBER, WITH WORDS THAT ONLY THIS ONE HAS BEEN SEEN WITH\n",
        name="c.txt",
    )
    assert [held for held, _ in archive.contents.copies(one)] == [two]
    assert archive.contents.copies(other) == ()
    message = tuple(sorted((one, two)))
    assert archive.contents.copied([other, two, one]) == (message,)
    assert archive.contents.copied([other, one]) == ()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("classification", "TOP SEKRET", "Write TOP SECRET"),
        ("classification", "CONFIDENTAL", "Write CONFIDENTIAL"),
        ("dtg", "2094-03-04", "See to the year"),
    ],
)
def test_a_slip_in_a_correction_is_refused(archive: Archive, field: str, value: str, told: str) -> None:
    one = add(archive)
    with pytest.raises(UsageError) as refused:
        archive.curation.correct(one, field, value, by="A. Reader")
    assert told in (refused.value.remedy or "")
    assert archive.state(one).corrections == {}


@pytest.mark.parametrize(
    "value", ["COSMIC TOP SECRET/NODIS", "Restricted", "S E C R E T", "très secret", "LOU"]
)
def test_any_other_classification_is_taken(archive: Archive, value: str) -> None:
    one = add(archive)
    archive.curation.correct(one, "classification", value, by="A. Reader")
    assert archive.holding(one).classification == value


def test_a_copy_is_told_where_another_day_was_read(archive: Archive) -> None:
    body = "THE MINISTRY SPOKE WITH GREAT PATIENCE ABOUT FOURTEEN OTHER MATTERS BEFORE THEY WENT HOME AGAIN\n"
    one = add(archive, f"A\n{body}", name="a.txt", dtg="1969-11-18T16:55Z")
    day = add(archive, f"B\n{body}", name="b.txt", dtg="1969-11-13T16:55Z")
    year = add(archive, f"C\n{body}", name="c.txt", dtg="1970-11-18T16:55Z")
    assert [held for held, _ in archive.contents.copies(one)] == [day]
    assert archive.contents.copies(year) == ()


def test_an_archive_that_is_in_use_is_not_moved_aside(archive: Archive, tmp_path: Path) -> None:
    from septel.archive.upkeep.backup import put_back

    archive.add(made())
    archive.backup(tmp_path / "copy")
    put_back(tmp_path / "copy", tmp_path / "again")
    with Archive.open(tmp_path / "again") as held:
        with pytest.raises(StoreError, match="in use"):
            put_back(tmp_path / "copy", tmp_path / "again", replace=True)
        held.curation.tag(made().id, "kept", by="x")
    assert not list(tmp_path.glob("again.before-*"))
    put_back(tmp_path / "copy", tmp_path / "again", replace=True)
    (aside,) = tmp_path.glob("again.before-*")
    with Archive.open(aside) as held:
        assert held.state(made().id).tags == ("kept",)
        assert list(held.verify()) == []
    # A damaged catalogue is what backups are for.
    (tmp_path / "again" / "catalogue.sqlite").write_bytes(
        b"no database at all, but long enough to be looked at"
    )
    put_back(tmp_path / "copy", tmp_path / "again", replace=True)
    with Archive.open(tmp_path / "again") as held:
        assert held.holds(made().id)


def test_a_backup_has_a_folder_of_its_own_that_can_be_written(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="own folder"):
        archive.backup(archive.folder / "inner")
    assert not (archive.folder / "inner").exists()
    with pytest.raises(StoreError, match="the folder can't be written") as told:
        archive.backup(Path("/proc/septel-backup"))
    assert "--archive" not in str(told.value)


def test_a_backup_is_made_in_use_checked_and_put_back(archive: Archive, tmp_path: Path) -> None:
    from septel.archive.upkeep.backup import put_back

    file = tmp_path / "f.txt"
    file.write_bytes(b"the bytes")
    holding = made()
    archive.add(holding, [file])
    done: list[float] = []
    archive.backup(tmp_path / "copy", progress=done.append)
    add(archive, "LATER\n", name="later.txt")
    with pytest.raises(StoreError, match="something already"):
        archive.backup(tmp_path / "copy")
    made_again = put_back(tmp_path / "copy", tmp_path / "again")
    assert (made_again.holdings, made_again.originals) == (1, 1)
    with Archive.open(tmp_path / "again") as again:
        same(again.holding(holding.id), archive.holding(holding.id))
        assert list(again.verify()) == []
    with pytest.raises(StoreError, match="something already"):
        put_back(tmp_path / "copy", tmp_path / "again")
    put_back(tmp_path / "copy", tmp_path / "again", replace=True)
    assert len(list(tmp_path.glob("again.before-*"))) == 1
    (original,) = (p for p in (tmp_path / "copy" / "objects").rglob("*") if p.is_file())
    original.write_bytes(b"other")
    with pytest.raises(StoreError, match="other bytes"):
        put_back(tmp_path / "copy", tmp_path / "third")
    assert not (tmp_path / "third").exists()
    with (tmp_path / "copy" / "catalogue.sqlite").open("ab") as out:
        out.write(b"x")
    with pytest.raises(StoreError, match="damaged"):
        put_back(tmp_path / "copy", tmp_path / "third")
    with pytest.raises(NotHeld):
        put_back(tmp_path / "nothing", tmp_path / "third")
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".partial")] == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE source SET text = replace(text, 'MOSCOW', 'MOSKVA')", "not the one that was read"),
        ("DELETE FROM content", "its tree is missing"),
        ("DELETE FROM indexed", "not in the search index"),
        ("UPDATE indexed SET facets = replace(facets, ' 1 ', ' ')", "not as they are counted"),
        ("UPDATE content SET geometry = x'00'", "can't be read"),
        ("INSERT INTO run SELECT source, 77, 78, data FROM run", "has a gap"),
    ],
)
def test_verifying_finds_what_is_wrong(archive: Archive, damage: str, told: str) -> None:
    add(archive)
    assert list(archive.verify()) == []
    asked(archive, damage)
    assert told in " ".join(map(str, archive.verify()))


def test_verifying_looks_at_originals(in_folder: Archive, tmp_path: Path) -> None:
    file = tmp_path / "f.txt"
    file.write_bytes(b"the bytes")
    in_folder.add(made(), [file])
    objects = in_folder.objects
    assert isinstance(objects, Originals)
    path = objects.path(in_folder.holding(made().id).originals[0].digest)
    path.write_bytes(b"other")
    assert "other bytes" in " ".join(map(str, in_folder.verify()))
    assert list(in_folder.verify(quick=True)) == []
    path.unlink()
    assert "is missing" in " ".join(map(str, in_folder.verify()))
    (objects.folder / "arriving-1").write_bytes(b"")
    assert [flaw.lost for flaw in in_folder.verify()] == [True, False]


def test_faults_are_faults_of_the_house(archive: Archive) -> None:
    with pytest.raises(SeptelError):
        archive.curation.undo(99, by="x")


def test_a_field_that_two_persons_correct_otherwise_is_disputed_until_one_gives_way(
    archive: Archive, tmp_path: Path
) -> None:
    held = made()
    archive.add(held)
    with Archive.open(tmp_path / "theirs") as theirs:
        theirs.add(held)
        archive.curation.correct(held.id, "title", "Grain trade", by="A")
        archive.curation.correct(held.id, "title", "Farm trade", by="A")
        archive.curation.correct(held.id, "subject", "TRADE", by="A")
        theirs.curation.correct(held.id, "title", "Soy trade", by="B")
        theirs.curation.correct(held.id, "subject", "TRADE", by="B")
        assert archive.curation.disputes() == ()  # to change one's mind is no dispute
        list(archive.merge(theirs))
    (dispute,) = archive.curation.disputes(held.id)
    assert (dispute.field, dispute.value, dispute.act.by) == ("title", "Farm trade", "A")
    assert dispute.stands.data["value"] == archive.holding(held.id).title == "Soy trade"
    assert archive.curation.disputes() == (dispute,)
    archive.curation.undo(dispute.stands.number, by="C")
    assert archive.curation.disputes() == ()
    assert archive.holding(held.id).title == "Farm trade"
    archive.curation.correct(held.id, "title", "Soy trade", by="B")
    assert len(archive.curation.disputes()) == 1
    archive.curation.correct(held.id, "title", "Soy trade", by="A")
    assert archive.curation.disputes() == ()
