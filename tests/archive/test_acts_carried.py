"""What persons said of a paper outlasts a newer capture; in a merge the later word stands on both sides."""

from __future__ import annotations

from datetime import datetime

import pytest

from septel.archive import Archive, Holding
from septel.errors import EditConflict
from septel.text import EditLog, Source, Span, Step
from tests.archive.conftest import Place
from tests.archive.decisions.test_decisions import NEWER, PAGE, decide, held
from tests.archive.made import AT, decision, holding_of, made

MONDAY, TUESDAY = AT.replace(year=2022, month=3, day=7), AT.replace(year=2022, month=3, day=8)


def described(archive: Archive, holding: Holding) -> None:
    """A date, a subject, a tag and two notes, on the paper and on a word of it."""
    curation, text = archive.curation, holding.source.text
    curation.correct(holding.id, "dtg", "1969-11-19", by="Ann", at=MONDAY)
    curation.tag(holding.id, "talks", by="Ann", at=MONDAY)
    curation.note(holding.id, "Compare the memoir.", by="Bob", at=MONDAY)
    start = text.index("STATEMENT")
    curation.note(holding.id, "Which one?", by="Bob", at=TUESDAY, place=Span(start, start + 9))


def seen(archive: Archive, holding: str) -> tuple[str | None, tuple[str, ...], list[tuple[str, str]]]:
    """Date, tags, and each note with the words that it is about."""
    state, text = archive.state(holding), archive.source(holding).text
    notes = [(note.text, "" if note.start is None else text[note.start : note.end]) for note in state.notes]
    return archive.holding(holding).dtg, state.tags, notes


SAID = ("1969-11-19", ("talks",), [("Compare the memoir.", ""), ("Which one?", "STATEMENT")])


def test_a_file_read_again_by_a_newer_engine_keeps_what_was_said_of_it(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    described(archive, old)
    new = held(archive, NEWER, "new")
    assert seen(archive, new.id) == SAID
    assert archive.select("date:1969-11-19 tag:talks note:memoir") == (new.id,)
    # Once more, and back again: nothing is said twice.
    archive.add(new)
    archive.add(old)
    assert seen(archive, old.id) == SAID
    assert len(archive.curation.acts(new.id)) == len(archive.curation.acts(old.id)) == 4


def test_what_is_undone_in_the_newer_capture_does_not_come_back(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    described(archive, old)
    new = held(archive, NEWER, "new")
    correction = archive.state(new.id).corrections["dtg"]
    archive.curation.undo(correction.number, by="Cleo")
    archive.add(new)
    assert archive.holding(new.id).dtg == "1969-11-18T16:00Z"
    # What is said of the older one now is taken over at once.
    archive.curation.tag(old.id, "later", by="Ann", at=TUESDAY)
    assert archive.state(new.id).tags == ("later", "talks")
    assert archive.holding(new.id).dtg == "1969-11-18T16:00Z"


def test_what_was_deleted_stays_deleted_when_its_file_is_read_again(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    archive.curation.delete(old.id, by="Ann")
    new = held(archive, NEWER, "new")
    assert archive.holdings() == []
    assert archive.search("MEETING").hits == ()
    archive.curation.undelete(new.id, by="Ann")
    assert [row["id"] for row in archive.holdings()] == [new.id]


def test_a_note_on_words_that_are_gone_is_on_the_whole_paper(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    start = PAGE.index("TUESDAV")
    archive.curation.note(old.id, "Of which week?", by="Ann", place=Span(start, start + 7))
    new = held(archive, NEWER, "new")
    assert seen(archive, new.id)[2] == [("Of which week?", "")]


def test_another_scan_takes_over_what_was_said_and_gives_it_back(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    described(archive, old)
    archive.curation.hide(old.id, by="Ann", why="the scan is bad")
    source = Source(name="better.pdf", digest="cd" * 32, text=NEWER, step=Step.of("new", "1"))
    better = holding_of(source, EditLog(source.id))
    archive.add(better)
    archive.curation.correct(better.id, "dtg", "1969-11-20", by="Cleo", at=TUESDAY)
    archive.supersede(old.id, better.id, at=TUESDAY, by="Ann")
    date, tags, notes = seen(archive, better.id)
    assert (tags, notes) == SAID[1:]
    assert date == "1969-11-20"  # said later
    assert [one.value for one in archive.curation.disputes(better.id)] == ["1969-11-19"]
    assert not archive.state(better.id).hidden  # the other scan was
    with pytest.raises(EditConflict, match=f"newer capture, {better.id}") as refused:
        archive.supersede(better.id, old.id, at=TUESDAY, by="Ann")
    assert refused.value.where == old.id
    archive.separate(old.id, at=TUESDAY, by="Ann")
    assert seen(archive, better.id) == ("1969-11-20", (), [])
    assert archive.curation.disputes(better.id) == ()


def both(
    place: Place, mine: datetime, yours: datetime
) -> tuple[tuple[str, str | None], tuple[str, str | None]]:
    """Ann and Bob read and date one paper otherwise; each archive takes in the other."""
    with Archive.open(place("one")) as ours, Archive.open(place("two")) as theirs:
        one = made()
        for kept, who, word, date, at in (
            (ours, "Ann", "SALT", "1969-11-17", mine),
            (theirs, "Bob", "SAID", "1969-11-16", yours),
        ):
            kept.add(one)
            log = kept.log(one.id).add([decision(one.source, "SAIT", word)], by=who, at=at)
            kept.append(one.id, log)
            kept.curation.correct(one.id, "dtg", date, by=who, at=at)
        list(ours.merge(theirs))
        list(theirs.merge(ours))
        again = [*ours.merge(theirs), *theirs.merge(ours)]
        assert (sum(done.entries for done in again), sum(done.acts for done in again)) == (0, 0)
        assert len(ours.contests(one.id)) == len(theirs.contests(one.id)) == 1
        assert len(ours.curation.disputes(one.id)) == len(theirs.curation.disputes(one.id)) == 1
        found = [(kept.holding(one.id).reading.text, kept.holding(one.id).dtg) for kept in (ours, theirs)]
        return found[0], found[1]


def test_the_later_word_stands_whichever_archive_takes_in_the_other(place: Place) -> None:
    one, other = both(place, TUESDAY, MONDAY)
    assert one == other
    assert "ABOUT SALT" in one[0]
    assert one[1] == "1969-11-17"


def test_the_word_that_comes_in_stands_where_it_is_the_later_one(place: Place) -> None:
    one, other = both(place, MONDAY, TUESDAY)
    assert one == other
    assert "ABOUT SAID" in one[0]
    assert one[1] == "1969-11-16"


def test_what_another_archive_deleted_is_held_here_and_said(place: Place) -> None:
    with Archive.open(place("one")) as ours, Archive.open(place("two")) as theirs:
        one, only = made(), made("ONLY THEIRS\n", name="b.txt")
        ours.add(one)
        for held in (one, only):
            theirs.add(held)
            theirs.curation.delete(held.id, by="Bob")
        (told,) = [done for done in ours.merge(theirs) if done.absent_there]
        assert told.holding == one.id
        assert [row["id"] for row in ours.holdings()] == [one.id]
        assert [row.id for row in ours.curation.absent()] == [only.id]  # as it came


def test_what_gave_way_counts_again_when_what_it_gave_way_to_is_undone(archive: Archive) -> None:
    old = held(archive, PAGE, "old")
    decide(archive, old.source, "Bob", "SEMEMOV", "SEMYONOV")
    mine = decide(archive, old.source, "Ann", "SEMEMOV", "SEMENOV")
    (contest,) = archive.contests(old.id)
    assert contest.number is not None
    archive.settle(old.id, contest.number, by="Ann", at=TUESDAY, why="mine")
    assert "SEMENOV" in archive.holding(old.id).reading.text
    archive.append(old.id, archive.log(old.id).undo(mine, by="Ann", at=TUESDAY))
    assert "SEMYONOV" in archive.holding(old.id).reading.text
