"""Documents in which every reported statement is marked, and when a statement of a record meets one of them.

The rules of counting are those by which held-back documents are scored: a gold statement is found when a
shown one shares at least half of the shorter one's characters with it; a shown one that meets none is
false; a name is right when it shares a word with the gold's, or the gold has an office that the role holds.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from septel.errors import InputError
from septel.record import Act, Person, Stance, Statement

_IGNORED = frozenset({"the", "of", "side", "government"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedStatement:
    """One statement as the gold has it; `start` and `end` are offsets in the text."""

    start: int
    end: int
    speaker: str
    side: str | None
    act: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDocument:
    """One document with every statement marked.

    Attributes:
        looked_at: whether rules were made while it was looked at.
    """

    name: str
    kind: str
    path: Path
    statements: tuple[MarkedStatement, ...]
    looked_at: bool = False

    def met(self, statement: Statement) -> int | None:
        """The index of the gold statement that a shown one meets; None where it meets none."""
        span = statement.excerpt.locus.span
        best, most = None, 0
        for i, gold in enumerate(self.statements):
            shared = max(0, min(gold.end, span.end) - max(gold.start, span.start))
            if shared > most:
                best, most = i, shared
        if best is None:
            return None
        gold = self.statements[best]
        return best if most >= 0.5 * min(gold.end - gold.start, max(1, span.end - span.start)) else None


def stance_of(act: str) -> Stance:
    """The stance of an act as the gold names it."""
    return Act(act.removesuffix("-of-fact")).stance


def words(text: str | None) -> set[str]:
    """The words of a name, in lower case."""
    return set(re.sub(r"[^A-Za-z ]", " ", text or "").lower().split())


def names(person: Person, gold: MarkedStatement) -> bool:
    """Whether a person is whom the gold names."""
    key = words(gold.speaker) - _IGNORED
    return bool(words(person.name) & key) or (bool(key) and key <= words(person.role) | {"mr"})


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    """A shown statement that was judged by eye: no words, only what spoke for and against it.

    Attributes:
        document: where it stands.
        features: the features of its confidence.
        said: whether somebody said it.
        right: whether the named speaker did; None where none was named, or nobody said it.
    """

    document: str
    features: frozenset[str]
    said: bool
    right: bool | None


def judged_statements() -> tuple[JudgedStatement, ...]:
    """Statements of documents that no rule was made on, as they were judged."""
    text = (files("septel.measure") / "data" / "judged.tsv").read_text(encoding="utf-8")
    found: list[JudgedStatement] = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        document, said, right, features = line.split("\t")
        named = None if right == "-" else right == "yes"
        found.append(JudgedStatement(document, frozenset(features.split("; ")), said == "yes", named))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class JudgedAct:
    """An act that was judged by eye: no words, only what spoke for and against it.

    Attributes:
        features: the features of its confidence.
        right: whether its stance was told rightly.
        weight: how much more often such acts stand in documents than among those judged.
        fresh: whether no rule was made on its document.
    """

    features: frozenset[str]
    right: bool
    weight: float
    fresh: bool


_FRESH = "3"
"""The sample of which no rule of acts was made."""


def judged_acts() -> tuple[JudgedAct, ...]:
    """Acts of statements of documents drawn by seeds, as they were judged."""
    text = (files("septel.measure") / "data" / "judged_acts.tsv").read_text(encoding="utf-8")
    found: list[JudgedAct] = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        _, sample, stance, told, weight, features = line.split("\t")
        found.append(
            JudgedAct(frozenset(features.split("; ")), stance == told, float(weight), sample == _FRESH)
        )
    return tuple(found)


def marked_documents(folder: Path) -> tuple[MarkedDocument, ...]:
    """The documents of a folder: NAME.json beside NAME.txt.

    Raises:
        InputError: there are none.
    """
    found: list[MarkedDocument] = []
    listed = (files("septel.measure") / "data" / "looked_at.txt").read_text(encoding="utf-8")
    seen = frozenset(line for line in listed.splitlines() if not line.startswith("#"))
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_suffix(".txt")
        text = source.read_text(encoding="utf-8")
        statements = tuple(
            MarkedStatement(
                start=text.find(s["quote"]),
                end=text.find(s["quote"]) + len(s["quote"]),
                speaker=s["speaker"],
                side=s["side"],
                act=s["act"],
                how=s["how"],
            )
            for s in data["statements"]
            if s["kind"] == "statement"
        )
        found.append(
            MarkedDocument(
                name=path.stem,
                kind=data["kind"],
                path=source,
                statements=statements,
                looked_at=path.stem in seen,
            )
        )
    if not found:
        raise InputError(
            "no documents with marked statements are here",
            where=str(folder),
            remedy="Name a folder that holds NAME.json beside each NAME.txt.",
        )
    return tuple(found)
