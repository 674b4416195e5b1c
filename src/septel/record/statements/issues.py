"""The issues of the talks as a vocabulary with dates and patterns; a file of one's own extends it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from septel.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue.

    Attributes:
        id: short name (`abm`).
        label: for readers.
        broader: id of the issue above it, or empty.
        since: ISO date before which the word did not mean this, or empty.
        until: ISO date after which it did not.
        patterns: one regular expression over upper-case text.
        yields: ids of issues beside which this more general one is not meant; `*` for every other.
        arms: whether it belongs to the arms talks proper.
        source: where it is attested.
    """

    id: str
    label: str
    broader: str
    since: str
    until: str
    pattern: re.Pattern[str]
    arms: bool
    yields: frozenset[str]
    source: str


ARMS_TALKS = re.compile(
    r"\bSALT\b|\bSTRATEGIC (?:ARMS|WEAPONS?|MISSILES?|NUCLEAR|OFFENSIVE|DEFENSIVE|SYSTEMS|TALKS)|\bABM"
    r"|ANTI-?(?:BALLISTIC )?MISSILE"
    r"|\bMIRV|\bICBM|MISSILE (?:TALKS|LIMITATION)|ARMS (?:RACE|CONTROL|LIMITATION)"
)
"""Words of talks on strategic arms."""
_MENTIONS = 2
"""Mentions that make a document one about them."""
COLUMNS = ("id", "label", "broader", "since", "until", "arms", "yields", "patterns", "source")


@dataclass(frozen=True)
class IssueVocabulary:
    """Issues in the order of the file."""

    issues: tuple[Issue, ...]

    @staticmethod
    def shipped() -> IssueVocabulary:
        """The vocabulary of the strategic arms talks and what was spoken of beside them."""
        return _shipped()

    @classmethod
    def read(cls, path: Path) -> IssueVocabulary:
        """A vocabulary of one's own: a table with tabs, headed by the names in `COLUMNS`.

        Raises:
            InputError: a column is missing, or a pattern is no regular expression.
        """
        return cls(tuple(_rows(path.read_text(encoding="utf-8"), str(path))))

    def __add__(self, other: IssueVocabulary) -> IssueVocabulary:
        """Both, this one first; of two issues with one id, this one's."""
        known = {issue.id for issue in self.issues}
        return IssueVocabulary(self.issues + tuple(i for i in other.issues if i.id not in known))

    def issue(self, id: str) -> Issue | None:
        """The issue of this id."""
        return next((issue for issue in self.issues if issue.id == id), None)

    def of_document(self, heading: str, text: str) -> IssueVocabulary:
        """The issues to be looked for in one document: those of the arms talks only in what is about them.

        Args:
            heading: title, subject and headings of topics.
            text: the document.
        """
        if ARMS_TALKS.search(heading.upper()) or len(ARMS_TALKS.findall(text.upper())) >= _MENTIONS:
            return self
        own = frozenset(issue.id for issue in _shipped().issues)
        return IssueVocabulary(tuple(issue for issue in self.issues if issue.id not in own))

    def find(self, text: str, date: str | None = None) -> Iterator[tuple[Issue, re.Match[str]]]:
        """Every issue that a text shows, with the first words that show it."""
        upper = text.upper()
        if len(upper) != len(text):
            upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
        found: list[tuple[Issue, re.Match[str]]] = []
        for issue in self.issues:
            if date and date[:4].isdigit():
                if issue.since and date < issue.since:
                    continue
                if issue.until and date > issue.until:
                    continue
            shown = issue.pattern.search(upper)
            if shown:
                found.append((issue, shown))
        ids = {issue.id for issue, _ in found}
        for issue, shown in found:
            gives_way = ids - {issue.id} if "*" in issue.yields else ids & issue.yields
            if not gives_way:
                yield issue, shown


def _rows(text: str, where: str) -> Iterator[Issue]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = {"id", "patterns"} - set(table.fieldnames or ())
    if missing:
        raise InputError(
            f"a vocabulary needs the columns {', '.join(sorted(missing))}",
            where=where,
            remedy=f"Head the table with: {', '.join(COLUMNS)}.",
        )
    for number, row in enumerate(table, 2):
        cell = {key: (value or "").strip() for key, value in row.items() if key}
        try:
            pattern = re.compile(rf"(?<![A-Z])(?:{cell['patterns']})")
        except re.error as fault:
            raise InputError(
                f"the pattern of {cell['id']} is no regular expression: {fault}",
                where=f"{where}:{number}",
                remedy="See the shipped vocabulary for the form.",
            ) from fault
        yield Issue(
            id=cell["id"],
            label=cell.get("label") or cell["id"],
            broader=cell.get("broader", ""),
            since=cell.get("since", ""),
            until=cell.get("until", ""),
            pattern=pattern,
            yields=frozenset(cell.get("yields", "").replace(",", " ").split()),
            arms=cell.get("arms", "") in ("yes", "1", "true"),
            source=cell.get("source") or where,
        )


@cache
def _shipped() -> IssueVocabulary:
    text = (files("septel.record") / "data" / "issues.tsv").read_text(encoding="utf-8")
    return IssueVocabulary(tuple(_rows(text, "issues.tsv")))
