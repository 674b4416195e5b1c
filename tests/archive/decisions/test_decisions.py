"""What persons decided outlasts newer captures; what can't be carried is listed until a person settles it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from septel.archive import Archive, Holding
from septel.errors import EditConflict, NotHeld, StoreError
from septel.text import ConflictKind, Edit, EditLog, Ground, Reason, Source, Span, Step
from tests.archive.made import AT, STEP, edit, holding_of

LATER = AT.replace(year=2021)
PAGE = "SMITH SAID THAT SEMEMOV HAD READ HIS STATEMENT ABOUT SAIT\nTHE NEXT MEETING IS ON TUESDAV\n"
NEWER = (
    "FIRST PAGE\nSMITH SAID THAT SEMEMOV HAD READ HIS STATEMENT ABOUT SALT\nTHE NEXT MEETING IS ON FRIDAY\n"
)
DIGEST = "ab" * 32


def capture_of(text: str, engine: str) -> Source:
    return Source(name="scan.pdf", digest=DIGEST, text=text, step=Step.of(engine, "1"))


def held(archive: Archive, text: str, engine: str) -> Holding:
    source = capture_of(text, engine)
    holding = holding_of(source, EditLog(source.id))
    archive.add(holding)
    return holding


def says(source: Source, who: str, before: str, after: str) -> Edit:
    reason = Reason(ground=Ground.DECISION, detail=who)
    return replace(edit(source, before, after, step=STEP), reason=reason)


def decide(archive: Archive, source: Source, who: str, before: str, after: str) -> int:
    log = archive.log(source.id).add([says(source, who, before, after)], by=who, at=LATER)
    archive.append(source.id, log)
    return len(log.entries)


def test_decisions_move_to_a_newer_capture_and_the_rest_is_listed(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    decide(archive, old.source, "Ann", "SAIT", "SALT")
    decide(archive, old.source, "Bob", "TUESDAV", "TUESDAY")
    new = held(archive, NEWER, "new")
    reading = archive.holding(new.id).reading.text
    assert "THAT SEMENOV HAD" in reading
    assert "ABOUT SALT" in reading
    assert "ON FRIDAY" in reading  # never overwritten by what was decided about other characters
    carried = [
        (entry.by, entry.edit.before, entry.edit.after) for entry in archive.log(new.id).entries if entry.edit
    ]
    assert carried == [("Ann", "SEMEMOV", "SEMENOV"), ("Ann", "SALT", "SALT")]
    (contest,) = archive.contests()
    assert (contest.holding, contest.number, contest.kind) == (new.id, 1, ConflictKind.CONTRADICTED)
    assert (contest.by, contest.edit.after, contest.found) == ("Bob", "TUESDAY", "FRIDAY")
    assert contest.origin == f"{old.id}:3"
    assert contest.to_json()["why"] == "the newer source has 'FRIDAY' there, not 'TUESDAV'"


def test_the_newest_capture_is_listed_and_searched_and_the_older_one_stays(archive: Archive) -> None:
    old, new = held(archive, PAGE, "old"), held(archive, NEWER, "new")
    assert [row["id"] for row in archive.holdings()] == [new.id]
    assert {hit.holding for hit in archive.search("MEETING")} == {new.id}
    assert archive.resolve("scan.pdf") == new.id
    assert archive.resolve(old.id) == old.id
    assert archive.successor(old.id) == new.id
    assert archive.holding(old.id).source == old.source
    archive.add(old)  # read again as before: it is the newest again
    assert [row["id"] for row in archive.holdings()] == [old.id]
    archive.rebuild_index()
    assert {hit.holding for hit in archive.search("MEETING")} == {old.id}


def test_taking_in_again_neither_repeats_nor_revives(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    decide(archive, old.source, "Bob", "TUESDAV", "TUESDAY")
    new = held(archive, NEWER, "new")
    log = archive.log(new.id)
    archive.append(new.id, log.undo(1, by="Ann", at=LATER))
    held(archive, PAGE, "old")
    held(archive, NEWER, "new")
    assert len(archive.log(new.id).entries) == 2
    assert len(archive.log(old.id).entries) == 2
    assert "SEMEMOV" in archive.holding(new.id).reading.text
    assert len(archive.contests(settled=True)) == 1
    # A third capture gets what the second had open, not what was undone there.
    third = held(archive, NEWER.replace("FRIDAY", "TUESDAV"), "third")
    assert archive.holding(third.id).reading.text.endswith("ON TUESDAY\n")
    assert "SEMEMOV" in archive.holding(third.id).reading.text
    assert archive.contests() == ()


def test_what_is_decided_about_an_older_capture_is_taken_over_at_once(archive: Archive) -> None:
    old, new = held(archive, PAGE, "old"), held(archive, NEWER, "new")
    decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    assert "SEMENOV" in archive.holding(new.id).reading.text
    decide(archive, old.source, "Ann", "TUESDAV", "TUESDAY")
    assert [contest.holding for contest in archive.contests()] == [new.id]


def test_what_was_decided_is_known_before_a_capture_is_taken_in(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    new = capture_of(NEWER.replace("SEMEMOV", "SEMEHOU"), "new")
    assert [e.after for e in archive.decided(old.source)] == ["SEMENOV"]
    assert archive.decided(new) == ()
    (found,) = archive.decided(new, legible={"FRIDAY"}.__contains__)
    assert (found.before, found.after) == ("SEMEHOU", "SEMENOV")
    assert not archive.holds(new.id)


def test_contests_are_settled_and_settled_otherwise(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Bob", "TUESDAV", "TUESDAY")
    new = held(archive, NEWER, "new")
    (contest,) = archive.contests()
    archive.settle(new.id, 1, by="Ann", at=LATER, why="the scan is clear")
    assert archive.contests() == ()
    (settled,) = archive.contests(new.id, settled=True)
    assert settled.settlement is not None
    assert (settled.settlement.by, settled.settlement.entry) == ("Ann", None)
    assert settled.to_json()["settled"] == {
        "by": "Ann",
        "at": LATER.isoformat(),
        "why": "the scan is clear",
        "entry": None,
    }
    archive.settle(new.id, 1, by="Ann", at=LATER, place=contest.place)
    assert "ON TUESDAY" in archive.holding(new.id).reading.text
    (entry,) = archive.log(new.id).entries
    assert entry.by == "Bob"
    archive.settle(new.id, 1, by="Cleo", at=LATER)
    assert "ON FRIDAY" in archive.holding(new.id).reading.text
    with pytest.raises(NotHeld, match="no conflict 7"):
        archive.settle(new.id, 7, by="Ann", at=LATER)
    with pytest.raises(EditConflict, match="within one line"):
        archive.settle(new.id, 1, by="Ann", at=LATER, place=Span(0, 20))
    assert archive.contests() == ()


def test_two_persons_who_read_one_place_otherwise_are_listed(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    first = decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    decide(archive, old.source, "Ann", "SEMEMOV", "SEMYONOV")
    assert archive.contests() == ()  # to change one's mind is no dispute
    third = decide(archive, old.source, "Bob", "SEMEMOV", "SEMENOV")
    (contest,) = archive.contests()
    assert contest.kind is ConflictKind.DISPUTED
    assert (contest.by, contest.edit.after, contest.found) == ("Ann", "SEMYONOV", "SEMENOV")
    assert contest.number == 1
    assert f"entry {third}, by Bob" in contest.why
    assert "THAT SEMENOV HAD" in archive.holding(old.id).reading.text
    # The dispute moves on with both decisions, the later one standing.
    new = held(archive, NEWER, "new")
    (moved,) = archive.contests()
    assert (moved.holding, moved.by, moved.found) == (new.id, "Ann", "SEMENOV")
    decide(archive, new.source, "Ann", "SEMEMOV", "SEMENOV")
    assert archive.contests() == ()
    assert first == 1


def test_a_dispute_ends_when_one_of_the_two_is_undone(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    number = decide(archive, old.source, "Bob", "SEMEMOV HAD", "SEMYONOV HAD")
    assert len(archive.contests(old.id)) == 1
    archive.append(old.id, archive.log(old.id).undo(number, by="Bob", at=LATER))
    assert archive.contests(old.id) == ()
    assert "SEMENOV HAD" in archive.holding(old.id).reading.text


def test_a_dispute_is_settled_by_its_number(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Bob", "SEMEMOV", "SEMYONOV")
    kept = decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    decide(archive, old.source, "Bob", "SEMEMOV", "SEMIONOV")
    decide(archive, old.source, "Bob", "SEMEMOV", "SEMJONOV")
    (contest,) = archive.contests(old.id)

    def read() -> str:
        return archive.holding(old.id).reading.text

    assert contest.number is not None
    settlement = archive.settle(old.id, contest.number, by="Cleo", at=LATER, why="a", place=contest.place)
    # What Bob decided before does not come back in the stead of his last word.
    assert settlement.entry == kept
    assert "THAT SEMENOV HAD" in read()
    assert archive.contests() == ()
    assert archive.settle(old.id, contest.number, by="Cleo", at=LATER, why="b").entry is None
    assert "THAT SEMJONOV HAD" in read()
    (told,) = archive.contests(old.id, settled=True)
    assert told.settlement is not None
    assert (told.settlement.why, told.number) == ("b", contest.number)
    # Elsewhere, the decision leaves its place to the other.
    word = old.source.text.index("HAD")
    archive.settle(old.id, contest.number, by="Cleo", at=LATER, place=Span(word, word + 3))
    assert "THAT SEMJONOV SEMENOV" in read()
    archive.settle(old.id, contest.number, by="Cleo", at=LATER, place=contest.place)
    assert "THAT SEMENOV HAD" in read()
    # The settled state moves on to a newer capture.
    new = held(archive, NEWER, "new")
    assert archive.contests() == ()
    assert "SEMENOV" in archive.holding(new.id).reading.text


def test_the_number_of_a_dispute_stays_when_another_ends(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    for before, one, two in (("SEMEMOV", "SEMENOV", "SEMYONOV"), ("HAD", "HAS", "HAVE")):
        decide(archive, old.source, "Ann", before, one)
        decide(archive, old.source, "Bob", before, two)
    assert [contest.number for contest in archive.contests()] == [1, 2]
    archive.settle(old.id, 1, by="Cleo", at=LATER)
    (contest,) = archive.contests()
    assert (contest.number, contest.edit.after) == (2, "HAS")
    # Whoever brings a decision back that was set aside brings the dispute back.
    undoing = archive.log(old.id).entries[-1].number
    archive.append(old.id, archive.log(old.id).undo(undoing, by="Ann", at=LATER))
    assert [contest.number for contest in archive.contests()] == [1, 2]


def test_words_that_persons_set_are_taught_until_undone(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    number = decide(archive, old.source, "Ann", "SEMEMOV", "Semyonov's 2d")
    assert archive.taught() == {"SEMYONOV'S"}
    archive.append(old.id, archive.log(old.id).undo(number, by="Ann", at=LATER))
    assert archive.taught() == frozenset()


def test_the_proposal_beneath_a_decision_is_there_when_it_is_undone(archive: Archive) -> None:
    source = capture_of(PAGE, "old")
    proposal = edit(source, "SEMEMOV", "SEMENOV", probability=0.9)
    log = EditLog(source.id).add([proposal], by="septel", at=AT)
    archive.add(holding_of(source, log))
    number = decide(archive, source, "Ann", "SEMEMOV", "SEMYONOV")
    archive.add(holding_of(source, EditLog(source.id)))  # a rerun proposes nothing where a person decided
    assert "SEMYONOV" in archive.holding(source.id).reading.text
    archive.append(source.id, archive.log(source.id).undo(number, by="Ann", at=LATER))
    assert "THAT SEMENOV" in archive.holding(source.id).reading.text


@pytest.mark.parametrize("change", ["UPDATE contest SET data = '{}'", "DELETE FROM contest"])
def test_conflicts_are_never_dropped(archive: Archive, change: str) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Bob", "TUESDAV", "TUESDAY")
    held(archive, NEWER, "new")
    with pytest.raises((sqlite3.IntegrityError, StoreError), match="are never"):
        archive.store.database.execute(change)
    assert len(archive.contests()) == 1


def other_scan(archive: Archive) -> Source:
    source = Source(name="better.pdf", digest="cd" * 32, text=NEWER, step=Step.of("new", "1"))
    archive.add(holding_of(source, EditLog(source.id)))
    return source


def test_another_scan_takes_over_by_a_person_s_word_and_gives_back(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    decide(archive, old.source, "Bob", "TUESDAV", "TUESDAY")
    new = other_scan(archive)
    assert len(archive.holdings()) == 2
    archive.supersede(old.id, new.id, at=LATER, by="Cleo")
    assert [row["id"] for row in archive.holdings()] == [new.id]
    assert {hit.holding for hit in archive.search("STATEMENT")} == {new.id}
    assert "THAT SEMENOV HAD" in archive.holding(new.id).reading.text
    assert [c.kind for c in archive.contests()] == [ConflictKind.CONTRADICTED]
    with pytest.raises(EditConflict, match="newer capture"):
        archive.supersede(old.id, new.id, at=LATER, by="Cleo")
    with pytest.raises(EditConflict, match="itself"):
        archive.supersede(new.id, new.id, at=LATER, by="Cleo")
    assert archive.separate(old.id, at=LATER, by="Cleo") == new.id
    assert len(archive.holdings()) == 2
    assert {hit.holding for hit in archive.search("STATEMENT")} == {old.id, new.id}
    assert "THAT SEMEMOV HAD" in archive.holding(new.id).reading.text
    assert "THAT SEMENOV HAD" in archive.holding(old.id).reading.text
    assert archive.contests() == ()
    assert len(archive.contests(settled=True)) == 1
    with pytest.raises(NotHeld, match="no newer capture"):
        archive.separate(old.id, at=LATER, by="Cleo")
