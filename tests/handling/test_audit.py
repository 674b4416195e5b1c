"""The audit trail: everything that is decided and exported is in it, and nothing is taken out unnoticed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.archive.audit import AuditEntry, AuditHead, entry_hash
from septel.cli.main import run
from septel.errors import ExitCode
from septel.text import Edit, Ground, Reason, Span, Step
from tests.handling.made import OPEN, telegram

Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with ten entries."""
    with Archive.open(tmp_path / "archive") as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)
        for n in range(10):
            kept.audit.record("saw", by=f"reader {n}", holding=held.id, address=f"/telegram/{n}")
    return tmp_path / "archive"


def tampered(folder: Path, *statements: str) -> list[str]:
    """What is found after somebody wrote into the catalogue, past the triggers."""
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    for trigger in ("audit_stays", "audit_remains"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    with Archive.open(folder) as kept:
        return kept.audit.flaws()


def test_a_trail_as_it_was_written_has_no_flaw(folder: Path) -> None:
    with Archive.open(folder) as kept:
        assert kept.audit.flaws() == []
        assert kept.audit.head().number == 10
        assert [one.number for one in kept.audit.entries(most=3)] == [10, 9, 8]
        assert [one.number for one in kept.audit.entries(most=3, before=8)] == [7, 6, 5]
        assert list(kept.verify()) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM audit WHERE number = 5", "entry 5 is missing"),
        ("DELETE FROM audit WHERE number IN (5, 6)", "entries 5 to 6 are missing"),
        ("DELETE FROM audit WHERE number = 1", "entry 1 is missing"),
        ("DELETE FROM audit WHERE number = 10", "ended at entry 10 and now ends at 9"),
        ("DELETE FROM audit", "ended at entry 10 and now ends at 0"),
        ("UPDATE audit SET by = 'nobody' WHERE number = 4", "entry 4 was changed"),
        ("UPDATE audit SET at = '2001-01-01T00:00:00+00:00' WHERE number = 4", "entry 4 was changed"),
        ("UPDATE audit SET what = 'exported' WHERE number = 4", "entry 4 was changed"),
        ("UPDATE audit SET holding = NULL WHERE number = 4", "entry 4 was changed"),
        ("UPDATE audit SET data = '{}' WHERE number = 4", "entry 4 was changed"),
        ("UPDATE audit SET hash = previous WHERE number = 4", "entry 4 was changed"),
        ("UPDATE audit SET previous = hash WHERE number = 4", "entry 4"),
        ("UPDATE audit SET number = 11 WHERE number = 4", "entry 4 is missing"),
        ("UPDATE audit_head SET number = 12", "ended at entry 12"),
        ("DELETE FROM audit_head", "is missing"),
    ],
)
def test_what_was_removed_or_changed_is_found(folder: Path, statement: str, said: str) -> None:
    assert any(said in one for one in tampered(folder, statement))


def test_what_was_moved_is_found(folder: Path) -> None:
    swap = (
        "UPDATE audit SET number = -3 WHERE number = 3",
        "UPDATE audit SET number = 3 WHERE number = 7",
        "UPDATE audit SET number = 7 WHERE number = -3",
    )
    found = tampered(folder, *swap)
    assert any("entry 3" in one for one in found)
    assert any("entry 7" in one for one in found)


def rewritten(folder: Path, change: Callable[[list[list[object]]], list[list[object]]]) -> None:
    """Somebody who knows how writes the whole chain again."""
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    for trigger in ("audit_stays", "audit_remains"):
        connection.execute(f"DROP TRIGGER {trigger}")
    rows = [list(row) for row in connection.execute("SELECT * FROM audit ORDER BY number")]
    connection.execute("DELETE FROM audit")
    previous = ""
    for number, (_, at, by, what, holding, data, _, _) in enumerate(change(rows), 1):
        digest = entry_hash(number, str(at), str(by), str(what), holding, str(data), previous)  # type: ignore[arg-type]
        connection.execute(
            "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, at, by, what, holding, data, previous, digest),
        )
        previous = digest
        connection.execute("UPDATE audit_head SET number = ?, hash = ?", (number, digest))
    connection.commit()


def test_a_trail_that_was_written_again_is_found_by_a_head_that_was_noted(folder: Path) -> None:
    with Archive.open(folder) as kept:
        noted = kept.audit.head()
    rewritten(folder, lambda rows: rows[:4] + rows[5:])
    with Archive.open(folder) as kept:
        assert kept.audit.flaws() == []
        assert kept.audit.flaws(noted)
        assert kept.audit.flaws(AuditHead(3, kept.audit.entries()[-3].hash)) == []


def test_triggers_refuse_changes(folder: Path) -> None:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    for statement in ("UPDATE audit SET by = ''", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_every_decision_is_entered(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with Archive.open(tmp_path) as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)
        assert kept.audit.head().number == 0  # what tools do is no decision
        edit = Edit(
            span=Span(0, 1),
            before=held.source.text[0],
            after="Q",
            reason=Reason(ground=Ground.DECISION, detail="seen"),
            step=Step.of("test", "1"),
        )
        log = kept.log(held.id).add([edit], by="A", at=now)
        kept.append(held.id, log)
        kept.append(held.id, log.undo(len(log.entries), by="B", at=now))
        kept.curation.tag(held.id, "tin", by="C")
        kept.curation.correct(held.id, "box", "12", by="D")
        kept.curation.undo(2, by="E")
        kept.curation.delete(held.id, by="F")
        kept.curation.purge(held.id, by="G")
        found = [(one.what, one.by, one.holding) for one in kept.audit.entries()][::-1]
        assert found == [("decided", by, held.id) for by in "ABCDEFG"]
        assert kept.audit.flaws() == []


def test_a_change_that_fails_is_not_entered(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as kept:
        held = telegram(OPEN, "x.txt")
        kept.add(held)

        def failing() -> None:
            with kept.together():
                kept.curation.tag(held.id, "tin", by="me")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            failing()
        assert kept.audit.head().number == 0
        assert kept.audit.flaws() == []


def test_the_verbs(folder: Path, tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEPTEL_ARCHIVE", str(folder))
    assert run(["export", "LIMA 4700", "--as", "text", "--for", "public"]) == 0
    assert run(["export", "--all", "--as", "bag", "--to", str(tmp_path / "bag")]) == 0
    assert run(["table", "holdings"]) == 0
    capsys.readouterr()
    assert run(["audit", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["what"], row["form"], row.get("reader")) for row in rows[:3]] == [
        ("exported", "table holdings", None),
        ("exported", "bag", None),
        ("exported", "text", "public"),
    ]
    assert run(["audit"]) == 0  # by itself it lists
    listed = capsys.readouterr().out
    assert run(["audit", "list"]) == 0
    assert capsys.readouterr().out == listed
    assert run(["audit", "list", "LIMA 4700", "--most", "2"]) == 0
    assert "exported" in capsys.readouterr().out
    assert run(["audit", "verify"]) == 0
    head = capsys.readouterr().out.rpartition(" ")[2].strip()
    assert run(["audit", "verify", "--noted", head]) == 0
    assert run(["audit", "verify", "--noted", "nonsense"]) == ExitCode.USAGE
    tampered(folder, "DELETE FROM audit WHERE number = 5")
    capsys.readouterr()
    assert run(["audit", "verify", "--noted", head]) == ExitCode.STORE
    assert "entry 5 is missing" in capsys.readouterr().err


def test_a_long_list_is_told_short_and_kept_whole() -> None:
    ids = [f"{n:012}" for n in range(40)]
    data = {"ids": ids, "format": "tei", "why": "", "before": "a long text"}
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    one = AuditEntry(number=1, at=moment, by="me", what="exported", holding=None, data=data, hash="0")
    assert one.told == f"ids {' '.join(ids[:5])} and 35 more, format tei"
    assert one.to_json()["ids"] == ids
