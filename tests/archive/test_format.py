"""An archive read by docs/archive-format.md alone: SQLite, zlib and JSON, nothing of Septel."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from septel.archive import Archive
from septel.text import EditLog, Step
from tests.archive.made import AT, decision, edit, made
from tests.archive.test_citations import ref, telegram

LATER = AT.replace(year=2021)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with a log that has everything: runs, decisions, undoings, undoings of undoings."""
    holding = made()
    file = tmp_path / "helsinki.txt"
    file.write_bytes(b"the bytes")
    with Archive.open(tmp_path / "archive") as archive:
        archive.add(holding, [file])
        log = archive.log(holding.id)
        log = log.add([decision(holding.source, "SAIT", "SAID")], by="A. Reader", at=LATER)
        log = log.undo(len(log.entries), by="B. Reader", at=LATER)
        log = log.undo(len(log.entries), by="A. Reader", at=LATER)
        log = log.undo(1, by="A. Reader", at=LATER)
        archive.append(holding.id, log)
        step = Step.of("septel-restore", "2.0.0", model="def456")
        proposed = EditLog(holding.id).add(
            [edit(holding.source, "END", "ENDS", step=step)], by="septel", at=LATER
        )
        archive.add(replace(holding, log=proposed))
        archive.curation.correct(holding.id, "subject", "ARMS", by="A. Reader", why="see page 2")
        archive.curation.note(holding.id, "a note", by="A. Reader")
    return tmp_path / "archive"


def blob(connection: sqlite3.Connection, data: bytes, text: str = "") -> Any:
    """A blob, as the page describes it."""
    if not data[1] & 0x20:
        return json.loads(zlib.decompress(data))
    (usual,) = connection.execute("SELECT data FROM dictionary WHERE name = 'usual'").fetchone()
    dictionary = (text.replace("\n", " ") + usual).encode()[-32768:]
    return json.loads(zlib.decompressobj(zdict=dictionary).decompress(data))


def spread(column: Any, count: int) -> list[Any]:
    return column if isinstance(column, list) else [column] * count


def entries_of(connection: sqlite3.Connection, source: str) -> list[dict[str, Any]]:
    """The edit log, as the page describes it."""
    (text,) = connection.execute("SELECT text FROM source WHERE id = ?", [source]).fetchone()
    found = [
        json.loads(d) for (d,) in connection.execute("SELECT data FROM entry WHERE source = ?", [source])
    ]
    for first, data in connection.execute("SELECT first, data FROM run WHERE source = ?", [source]):
        run = blob(connection, data, text)
        if "undoes" in run:
            number = 0
            for n, more in enumerate(run["undoes"]):
                number += more
                found.append({"entry": first + n, "undoes": number})
            continue
        count, end = run["count"], 0
        columns = [spread(run[name], count) for name in ("start", "length", "after", "p", "reason")]
        for n, (start, length, after, p, reason) in enumerate(zip(*columns, strict=True)):
            span = [end + start, end + start + length]
            end = span[1]
            before = run.get("before", {}).get(str(n), text[span[0] : span[1]])
            found.append(
                {
                    "entry": first + n,
                    "span": span,
                    "after": before if after is None else after,
                    "ground": run["reasons"][reason][0],
                    "confidence": p / 10_000 if isinstance(p, int) else p,
                }
            )
    return sorted(found, key=lambda entry: int(entry["entry"]))


def restored(connection: sqlite3.Connection, source: str) -> str:
    """The text as restored, as the page describes it."""
    (text,) = connection.execute("SELECT text FROM source WHERE id = ?", [source]).fetchone()
    log = entries_of(connection, source)
    undone: set[int] = set()
    for entry in reversed(log):
        if "undoes" in entry and entry["entry"] not in undone:
            undone.add(entry["undoes"])
    standing = [e for e in log if "span" in e and e["entry"] not in undone]
    taken: list[dict[str, Any]] = []
    for entry in sorted(standing, key=lambda e: (e["ground"] == "decision", e["entry"]), reverse=True):
        start, end = entry["span"]
        if not any(s == [start, end] or (start < s[1] and s[0] < end) for s in (t["span"] for t in taken)):
            taken.append(entry)
    out, at = "", 0
    for entry in sorted(taken, key=lambda e: (e["span"][0], e["span"][1])):
        out += text[at : entry["span"][0]] + entry["after"]
        at = entry["span"][1]
    return out + str(text[at:])


def lines_placed(runs: list[Any]) -> list[dict[str, Any]]:
    """Where each line went, as the page describes it."""
    found: list[dict[str, Any]] = []
    for count, layer, part in runs:
        found += [{"line": len(found) + n, "layer": layer, "part": part} for n in range(1, count + 1)]
    return found


def test_an_archive_is_read_by_its_page_alone(folder: Path) -> None:
    with Archive.open(folder) as archive:
        (row,) = archive.holdings()
        held = archive.holding(str(row["id"]))
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    (holding, name, title) = connection.execute(
        "SELECT holding.id, name, title FROM holding JOIN source USING (id)"
    ).fetchone()
    assert (holding, name, title) == (held.id, "helsinki.txt", "HELSINKI 1321: SALT")
    numbers = [entry["entry"] for entry in entries_of(connection, holding)]
    assert numbers == list(range(1, len(held.log.entries) + 1))
    assert restored(connection, holding) == held.reading.text
    assert "ABOUT SAID" in held.reading.text
    heading, tree, refs, text = connection.execute(
        "SELECT heading, tree, refs, text FROM content JOIN source ON id = holding"
    ).fetchone()
    stored = blob(connection, tree, text)
    assert len(stored["places"]) < len(text.split("\n"))
    placed = lines_placed(stored["places"])
    assert {**stored, "heading": blob(connection, heading), "places": placed} == held.telegram
    assert blob(connection, refs) == list(held.references)
    (digest,) = connection.execute("SELECT digest FROM original").fetchone()
    assert (folder / "objects" / digest[:2] / digest).read_bytes() == b"the bytes"
    acts = [(w, json.loads(d)) for w, d in connection.execute("SELECT what, data FROM act ORDER BY number")]
    assert [what for what, _ in acts] == ["correct", "note"]
    assert acts[0][1]["value"] == "ARMS"
    assert (row["subject"], held.corrected[0].machine) == ("ARMS", "SALT")


@pytest.mark.parametrize("length", [10, 30_000, 40_000])
def test_long_texts_are_read_by_the_page(tmp_path: Path, length: int) -> None:
    """Of a text beyond what deflate looks back, the dictionary is the end."""
    rng = random.Random(length)
    words = ["SALT", "ÉTAT", "TALKS", "ABOUT", "THE", "DELEGATION", "“QUOTED”"]
    text = "\n".join(" ".join(rng.choices(words, k=9)) for _ in range(length // 50)) + "\n"
    holding = made(text)
    holding = replace(holding, telegram={**holding.telegram, "words": text.split()})
    with Archive.open(tmp_path) as archive:
        archive.add(holding)
    connection = sqlite3.connect(tmp_path / "catalogue.sqlite")
    tree, stored = connection.execute("SELECT tree, text FROM content JOIN source ON id = holding").fetchone()
    assert blob(connection, tree, stored)["words"] == text.split()


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="needs the SQLite shell")
def test_who_cites_a_number_is_read_by_the_page_alone(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "archive-format.md").read_text("utf-8")
    query = page.split("```sql\n")[1].split("```")[0]
    holdings = [telegram(150, ref(number=158), day=3), telegram(151, ref(number=15), ref("other"), day=4)]
    with Archive.open(tmp_path / "archive") as archive:
        for one in holdings:
            archive.add(one)
    connection = sqlite3.connect(tmp_path / "archive" / "catalogue.sqlite")
    assert connection.execute(query).fetchall() == [(holdings[0].id, "1974-01-04T09:05")]
    cited = connection.execute("SELECT run, number, place FROM cited ORDER BY number").fetchall()
    assert cited == [("LA PAZ", 15, 0), ("LA PAZ", 158, 0)]


def test_the_sqlite_shell_reads_it(folder: Path) -> None:
    query = (
        "SELECT source.name || ' ' || title || ' ' || data FROM source JOIN holding USING (id), dictionary"
    )
    found = subprocess.run(
        ["sqlite3", str(folder / "catalogue.sqlite"), query], capture_output=True, text=True, check=False
    )
    assert found.stdout.startswith("helsinki.txt HELSINKI 1321: SALT "), found.stderr


def test_every_table_is_on_the_page(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "archive-format.md").read_text("utf-8")
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    shadows = ("word_", "pair_", "shape_", "sqlite_")
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        if table == "word_terms" or not table.startswith(shadows):
            assert f"`{table}`" in page, table
