"""What searches ask of the database does not grow with what they have nothing to do with."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.archive import Archive
from septel.archive.search import unit_rows
from tests.archive.made import made
from tests.archive.steps import counted


def filled(archive: Archive, count: int, *, year: int) -> None:
    """Telegrams of Helsinki, one for each number, until there are so many."""
    with archive.together():
        for n in range(archive.count(), count):
            archive.add(
                made(
                    f"SECRET HELSINKI {n}\n1. HE SPOKE OF THE TALKS IN PAPER {n}\n",
                    name=f"{n:04}.txt",
                    dtg=f"{year}-05-{n % 28 + 1:02}T10:00Z",
                    identifier=f"HELSINKI {n}",
                    post="HELSINKI",
                )
            )


def test_a_field_of_some_days_costs_no_more_for_what_was_sent_before(tmp_path: Path) -> None:
    taken = []
    with Archive.open(tmp_path) as archive:
        for count in (10, 80):
            filled(archive, count, year=1969)
            archive.search("post:helsinki date:1972-03")
            with counted(archive) as steps:
                assert archive.search("post:helsinki date:1972-03").total == 0
            taken.append(steps.count)
    assert taken[1] < taken[0] + 10


def test_showing_ten_hits_asks_no_more_often_than_showing_one(tmp_path: Path) -> None:
    asked = []
    with Archive.open(tmp_path) as archive:
        filled(archive, 30, year=1969)
        for limit in (1, 10):
            archive.curation.tag(archive.select("number:5")[0], f"t{limit}", by="A. Reader")  # forgets
            with counted(archive) as steps:
                assert len(archive.search("post:helsinki", limit=limit)) == limit
            asked.append(len(steps.statements))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("most", [0, 60])
def test_phrases_are_found_in_documents_with_edits(
    tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By their words as read, or by the index: the same, also where a phrase runs on into what follows."""
    monkeypatch.setattr(unit_rows, "_MOST_READ", most)
    with Archive.open(tmp_path) as archive:
        holding = made()
        archive.add(holding)
        filled(archive, 5, year=1969)
        texts = (
            *("spoke of reykjavik", "about salt", "secret talks about", "moscow end of text", "of reykjavik"),
            *("he spoke of the talks", "the talks in paper", "end of", "next meeting at", "about sait"),
            *("reykjavik next meeting", "of text next", "talks about the"),
        )
        found = {text: [(hit.holding, hit.part) for hit in archive.search(f'"{text}"')] for text in texts}
        assert found["spoke of reykjavik"] == [(holding.id, "1")]
        assert found["end of"]
        monkeypatch.setattr(unit_rows, "_MOST_READ", 60 - most)
        again = {text: [(hit.holding, hit.part) for hit in archive.search(f'"{text}"')] for text in texts}
        assert found == again
