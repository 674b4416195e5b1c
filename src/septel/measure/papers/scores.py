"""Scores of parts found and fields read; what a reader could not settle on a scan is not scored."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from septel.measure.papers.gold import FIELDS
from septel.papers.forms import FormFields

_LISTS = frozenset({"to", "info", "references", "paragraphs"})
_FAST = re.compile(r"\b(?:IMMEDIATE|PRIORITY|ROUTINE|DEFERRED)\b")


@dataclass(slots=True)
class PartScore:
    """Parts found: by first page and kind, and by first page alone."""

    right: int = 0
    starts: int = 0
    found: int = 0
    gold: int = 0

    def add(self, gold: Iterable[tuple[str, int]], found: Iterable[tuple[str, int]]) -> None:
        """Count one file's parts, each a kind and a first page."""
        true, told = set(gold), set(found)
        self.right += len(true & told)
        self.starts += len({page for _, page in true} & {page for _, page in told})
        self.gold += len(true)
        self.found += len(told)

    @property
    def f1(self) -> float:
        """Of kind and first page together."""
        return 2 * self.right / (self.found + self.gold) if self.gold else 0.0

    @property
    def starts_f1(self) -> float:
        """Of first pages alone."""
        return 2 * self.starts / (self.found + self.gold) if self.gold else 0.0


@dataclass(slots=True)
class PaperFieldScore:
    """Fields read of messages: of those that the page has, and of all with the empty ones."""

    right: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    all_right: int = 0
    all_gold: int = 0

    def add(self, gold: Mapping[str, Any], found: FormFields) -> None:
        """Count one message's fields."""
        doubtful = {str(one).split(".")[0] for one in gold.get("doubtful") or ()}
        for name in FIELDS:
            if name in doubtful:
                continue
            value = gold.get(name) or ([] if name in _LISTS else "")
            same = alike(name, value, getattr(found, name), gold)
            self.all_gold += 1
            self.all_right += same
            if value:
                self.gold[name] += 1
                self.right[name] += same

    @property
    def share(self) -> float:
        """How many of the fields that pages have are right."""
        return self.right.total() / self.gold.total() if self.gold else 0.0


def alike(name: str, gold: Any, found: Any, part: Mapping[str, Any]) -> bool:
    """Whether a field is right: letters and figures are those of the page; lists are whole.

    Addressees may come in any order. Of outgoing cables the codes of the telegraph line do as well as the
    long names of the TO cell.
    """
    if name in ("to", "info"):
        told = {_bare(one) for one in found}
        if told == {_bare(one) for one in gold}:
            return True
        line = part.get("to_line") if name == "to" else None
        return bool(line) and told == {_bare(word) for word in _FAST.sub("", str(line)).split()}
    if name == "references":
        return _references(gold) == _references(found)
    if name == "paragraphs":
        return [_bare(one) for one in gold] == [_bare(one) for one in found]
    return _bare(gold) == _bare(found)


def _references(entries: Sequence[str]) -> list[str]:
    return [_bare(re.sub(r"^[A-H]\.\s*|\*", "", entry)) for entry in entries]


def _bare(text: Any) -> str:
    return re.sub(r"[^A-Z0-9]", "", str(text or "").upper().replace("Ø", "0"))
