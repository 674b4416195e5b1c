"""The room shows decisions that do not simply stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from septel.archive import Archive
from septel.text import EditLog, Source, Step
from tests.archive.made import AT, decision, holding_of
from tests.room.visitor import Visitor

PAGE = "THE NEXT MEETING IS ON TUESDAV\n"


def test_conflicts_are_shown_with_the_telegram_and_together(tmp_path: Path) -> None:
    old, new = (
        Source(name="scan.pdf", digest="ab" * 32, text=text, step=Step.of(engine, "1"))
        for text, engine in ((PAGE, "old"), (PAGE.replace("TUESDAV", "<FRIDAY>"), "new"))
    )
    with Archive.open(tmp_path) as archive:
        visitor = Visitor(archive)
        assert "Every decision stands" in visitor.get("/conflicts").text
        log = EditLog(old.id).add([decision(old, "TUESDAV", "TUESDAY")], by="Ann & Co", at=AT)
        archive.add(holding_of(old, log))
        archive.add(replace(holding_of(new, EditLog(new.id)), added=AT.replace(year=2022)))
        telegram = visitor.get(f"/telegram/{new.id}").text
        assert "A decision does not simply stand (contradicted): Ann &amp; Co reads" in telegram
        assert "&lt;FRIDAY&gt;" in telegram
        assert "A newer capture of the same file" not in telegram
        older = visitor.get(f"/telegram/{old.id}").text
        assert f'href="/telegram/{new.id}"' in older
        page = visitor.get("/conflicts").text
        assert f'href="/telegram/{new.id}#l1"' in page
        assert "<td>contradicted</td>" in page
        archive.settle(new.id, 1, by="Bob", at=AT, why="clear")
        assert "set aside, by Bob, 2020-05-04: clear" in visitor.get("/conflicts").text
        assert "does not simply stand" not in visitor.get(f"/telegram/{new.id}").text
        assert 'href="/conflicts"' in visitor.get("/").text
