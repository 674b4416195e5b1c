"""The documents with hand-made statements, and which statement of a record matches which of them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from septel.errors import InputError
from septel.record import Record, Statement
from septel.record.layout import words_of

_NOTES = re.compile(r"\[[^\]]*\]")
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """One principal statement as the gold has it."""

    speaker: str
    side: str
    stance: str
    quote: str
    issues: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRecord:
    """One document with its gold."""

    name: str
    text: str
    participants: tuple[tuple[str, str], ...]
    statements: tuple[GoldStatement, ...]


def gold_records(shared: Path) -> tuple[GoldRecord, ...]:
    """The documents with gold.

    Raises:
        InputError: the folder is not there.
    """
    folder = shared / "dev" / "frus"
    if not folder.is_dir():
        raise InputError("the documents are not here", where=str(folder), remedy="Name them with --shared.")
    table = (files("septel.measure") / "data" / "record_issues.tsv").read_text(encoding="utf-8")
    issues = {
        (row["document"], int(row["statement"])): frozenset(row["issues"].split())
        for row in csv.DictReader(table.splitlines(), delimiter="\t")
    }
    found: list[GoldRecord] = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found.append(
            GoldRecord(
                name=data["id"],
                text=path.with_suffix(".txt").read_text(encoding="utf-8"),
                participants=tuple((p["name"], p["side"]) for p in data["participants"]),
                statements=tuple(
                    GoldStatement(
                        speaker=s["speaker"],
                        side=s["side"],
                        stance=s["stance"],
                        quote=s["quote"],
                        issues=issues.get((data["id"], n), frozenset()),
                    )
                    for n, s in enumerate(data["statements"], 1)
                ),
            )
        )
    return tuple(found)


def bag(text: str) -> Counter[str]:
    """The words of a text, notes and page breaks of an edition left out."""
    return Counter(words_of(_NOTES.sub(" ", text)))


def overlap(first: Counter[str], second: Counter[str]) -> tuple[float, float]:
    """Which share of the first lies in the second, and which share of all words both have."""
    shared = sum((first & second).values())
    one, both = sum(first.values()), sum((first | second).values())
    return shared / max(1, one), shared / max(1, both)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A gold statement with the statement that matches it best; None where none does."""

    gold: GoldStatement
    statement: Statement | None
    tight: bool


def match(gold: GoldRecord, record: Record) -> list[Matched]:
    """For each gold statement the one that fits it best."""
    bags = [(s, bag(s.excerpt.words), bag(s.content.words)) for s in record.statements]
    out: list[Matched] = []
    for wanted in gold.statements:
        words = bag(wanted.quote)
        best: tuple[bool, float, Statement] | None = None
        for statement, whole, content in bags:
            covered, shared = overlap(words, whole)
            shared = max(shared, overlap(words, content)[1])
            key = (covered >= HALF, shared)
            if best is None or key > best[:2]:
                best = (*key, statement)
        found = best is not None and best[0]
        out.append(
            Matched(
                gold=wanted,
                statement=best[2] if best and found else None,
                tight=bool(best and found and best[1] >= HALF),
            )
        )
    return out


def names_speaker(statement: Statement, gold: GoldStatement) -> bool:
    """Whether a statement is given to the person, or to the side, that the gold names."""
    person = statement.speaker.person
    if person is None:
        return (statement.side or "?") in gold.speaker
    return person.surname.lower() in gold.speaker.lower()
