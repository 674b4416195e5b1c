"""`septel measure gains`: what a change gained and lost on a small fixed corpus, document by document.

The corpus is shipped with the sources (`sample/gains`): papers of our own making, whose words, fields and
statements are known. Each goes through every room as `septel read` takes it. A word is right when it stands
in the truth at its place; a field when its value is the true one; a statement when its speaker is, and at
least half of its words are those of a true one. What is right now is held against what was right in the
baseline: two versions with the same figures may still be right in different places, and a reader of the
change wants to see which.

Files: `corpus.json` lists the documents (`name`, `input`, `truth`, `known`, as places beside it); `known` has
the fields and the statements; `baseline.json` has what was right when it was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from septel import __version__
from septel.capture import EnginePool, Limits
from septel.errors import InputError
from septel.measure.metrics import blocks
from septel.pipeline import Document, process, summary_of
from septel.progress import Progress, silent
from septel.record import record_of
from septel.restore import Restorer

ENOUGH = 0.5
"""The share of its words by which a statement is known for a true one."""
KINDS = ("words", "fields", "statements")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDocument:
    """A document of the corpus, and what is true of it.

    Attributes:
        name: what it is called.
        path: the file, or the folder of pages.
        words: its true words.
        fields: heading fields by name; None is said of those that it does not have.
        statements: speaker and words of each.
    """

    name: str
    path: Path
    words: tuple[str, ...]
    fields: Mapping[str, str | None]
    statements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RightParts:
    """What is right of a document: numbers of words, names of fields, numbers of statements."""

    words: frozenset[int]
    fields: frozenset[str]
    statements: frozenset[int]
    extra: int
    """Statements that match none of the known ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGains:
    """What one document gained and lost.

    Attributes:
        name: of the document.
        right, before, of: how many are right now, were right, and there are, by kind; `before` is None
            where the baseline does not have the document.
        gained, lost: the parts in words, by kind.
        extra: statements that match none of the known ones, now and before.
    """

    name: str
    right: Mapping[str, int]
    before: Mapping[str, int] | None
    of: Mapping[str, int]
    gained: Mapping[str, tuple[str, ...]]
    lost: Mapping[str, tuple[str, ...]]
    extra: tuple[int, int]

    @property
    def loses(self) -> bool:
        """Whether anything that was right is wrong now."""
        return any(self.lost.values()) or self.extra[0] > self.extra[1]


def corpus_in(folder: Path) -> tuple[KnownDocument, ...]:
    """The documents of a corpus.

    Raises:
        InputError: there is none, or it is not as it should be.
    """
    try:
        listed = json.loads((folder / "corpus.json").read_text("utf-8"))
        return tuple(_document(folder, one) for one in listed)
    except FileNotFoundError as why:
        remedy = "Name its folder with --corpus; it is in the sources, in sample/gains."
        raise InputError("the corpus is not here", where=str(why.filename), remedy=remedy) from why
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise InputError(f"the corpus can't be read ({why})", where=str(folder)) from why


def _document(folder: Path, listed: Mapping[str, str]) -> KnownDocument:
    known = json.loads((folder / listed["known"]).read_text("utf-8"))
    return KnownDocument(
        name=listed["name"],
        path=folder / listed["input"],
        words=tuple((folder / listed["truth"]).read_text("utf-8").split()),
        fields=known["fields"],
        statements=tuple((one["speaker"], one["words"]) for one in known["statements"]),
    )


def right_in(corpus: Sequence[KnownDocument], *, progress: Progress = silent) -> dict[str, RightParts]:
    """What is right of each document as this version reads it."""
    restorer = Restorer.load()
    found: dict[str, RightParts] = {}
    with EnginePool(Limits(), 1) as pool:
        for number, known in enumerate(corpus, 1):
            papers = list(process(known.path, restorer, pool=pool, on_fault=lambda _: None))
            found[known.name] = judged(known, papers)
            progress(number / len(corpus))
    return found


def judged(known: KnownDocument, papers: Sequence[Document]) -> RightParts:
    """What is right of a document; of several papers in it the words count, and the first one's fields."""
    words: set[int] = set()
    for block in blocks(known.words, [word for paper in papers for word in paper.text.split()]):
        if block.equal:
            words.update(range(block.truth.start, block.truth.end))
    shown = fields_of(papers[0]) if papers else {}
    fields = {name for name, value in known.fields.items() if shown.get(name) == value}
    statements: set[int] = set()
    extra = 0
    for paper in papers:
        for one in record_of(paper.telegram, paper.reading).statements:
            match = _match(one.speaker.name, one.excerpt.words, known.statements)
            if match is None or match in statements:
                extra += match is None
            else:
                statements.add(match)
    return RightParts(
        words=frozenset(words), fields=frozenset(fields), statements=frozenset(statements), extra=extra
    )


def fields_of(document: Document) -> dict[str, str | None]:
    """Heading fields as lists show them, and what is referred to."""
    summary = summary_of(document.telegram)
    return {
        "identifier": summary.identifier,
        "post": summary.post,
        "dtg": summary.dtg,
        "subject": summary.subject,
        "classification": summary.classification,
        "captions": ", ".join(summary.captions) or None,
        "references": "; ".join(dict.fromkeys(one.normal for one in document.references)) or None,
    }


def _match(speaker: str, words: str, statements: Sequence[tuple[str, str]]) -> int | None:
    """The true statement of the same speaker that shares most words, if it shares enough."""
    said = words.upper().split()
    best: tuple[float, int] | None = None
    for number, (name, true) in enumerate(statements):
        if name.upper() != speaker.upper():
            continue
        wanted = true.upper().split()
        same = sum(len(block.truth) for block in blocks(wanted, said) if block.equal)
        share = same / max(len(wanted), len(said), 1)
        if share >= ENOUGH and (best is None or share > best[0]):
            best = (share, number)
    return best[1] if best else None


def gains_of(
    corpus: Sequence[KnownDocument], now: Mapping[str, RightParts], before: Mapping[str, RightParts]
) -> tuple[DocumentGains, ...]:
    """What each document gained and lost."""
    return tuple(_gains(known, now[known.name], before.get(known.name)) for known in corpus)


def _gains(known: KnownDocument, now: RightParts, before: RightParts | None) -> DocumentGains:
    then = before or now
    told: dict[str, Callable[[Any], str]] = {
        "words": lambda n: _around(known.words, n),
        "fields": lambda name: f"{name}: {known.fields[name]}",
        "statements": lambda n: ": ".join(known.statements[n]),
    }

    def differ(first: RightParts, second: RightParts) -> dict[str, tuple[str, ...]]:
        return {
            kind: tuple(told[kind](one) for one in sorted(getattr(first, kind) - getattr(second, kind)))
            for kind in KINDS
        }

    return DocumentGains(
        name=known.name,
        right={kind: len(getattr(now, kind)) for kind in KINDS},
        before={kind: len(getattr(before, kind)) for kind in KINDS} if before else None,
        of={kind: len(getattr(known, kind)) for kind in KINDS},
        gained=differ(now, then),
        lost=differ(then, now),
        extra=(now.extra, then.extra),
    )


def _around(words: Sequence[str], number: int) -> str:
    """A word between its neighbours."""
    before, after = words[max(0, number - 1) : number], words[number + 1 : number + 2]
    return " ".join([*before, f"[{words[number]}]", *after])


def write_baseline(right: Mapping[str, RightParts], file: Path) -> None:
    """Keep what is right, one document a line, so that a change of it can be read."""
    lines = [
        f"  {json.dumps(name)}: "
        + json.dumps(
            {
                "words": _runs(sorted(one.words)),
                "fields": sorted(one.fields),
                "statements": sorted(one.statements),
                "extra": one.extra,
            }
        )
        for name, one in right.items()
    ]
    body = ",\n".join([f'  "version": {json.dumps(__version__)}', *lines])
    file.write_text("{\n" + body + "\n}\n", "utf-8")


def read_baseline(file: Path) -> dict[str, RightParts]:
    """What was right when the baseline was written.

    Raises:
        InputError: it is no baseline.
    """
    try:
        data = json.loads(file.read_text("utf-8"))
        return {
            name: RightParts(
                words=frozenset(n for first, last in one["words"] for n in range(first, last + 1)),
                fields=frozenset(one["fields"]),
                statements=frozenset(one["statements"]),
                extra=int(one["extra"]),
            )
            for name, one in data.items()
            if name != "version"
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as why:
        remedy = "Write one with `septel measure gains --write`."
        raise InputError(f"it is no baseline ({why})", where=str(file), remedy=remedy) from why


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Rising numbers as first and last of each unbroken run."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs
