"""What a speaker does by saying something, how firmly, on what condition: rules as data."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from septel.record.attribution import ReportingClause
from septel.record.layout import Prose, cue
from septel.record.model import Act, Excerpt, Modality, Polarity

_NUMBER = cue("wording.number")
_CONDITION = cue("wording.condition")
_NEGATIVE = re.compile(r"\b(?:NOT|NO|NEVER|NOR|NEITHER|CANNOT|NOTHING|NONE|WITHOUT|HARDLY)\b|N'T\b")
_MODAL = (
    (Modality.MUST, re.compile(r"\b(?:MUST|SHOULD|HAVE TO|HAS TO|HAD TO|NECESSARY|OUGHT)\b")),
    (Modality.POSSIBLE, re.compile(r"\b(?:MIGHT|MAY|COULD|POSSIBLE|PERHAPS|CAN)\b")),
    (Modality.WOULD, re.compile(r"\bWOULD\b")),
    (Modality.WILL, re.compile(r"\b(?:WILL|SHALL)\b")),
)
_ASKS_FOR = re.compile(r"\b(?:ASKED|ASKS|REQUESTED)\b(?: \w+\.?){1,4}? TO (?!KNOW|DISCUSS WHETHER)")


@dataclass(frozen=True, slots=True)
class _Rule:
    act: Act
    pattern: re.Pattern[str]


@cache
def _rules() -> tuple[_Rule, ...]:
    text = (files("septel.record") / "data" / "acts.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_Rule(Act(row["act"]), re.compile(row["pattern"])) for row in rows)


@cache
def _hedges() -> dict[str, re.Pattern[str]]:
    text = (files("septel.record") / "data" / "hedges.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["whose"]: re.compile(rf"\b(?:{row['pattern']})\b") for row in rows}


def act_of(
    prose: Prose, start: int, end: int, content: int, head: ReportingClause | None
) -> tuple[Act, Excerpt | None]:
    """What the speaker does and the words that show it; STATES without such words."""
    text = prose.plain
    verb = prose.excerpt(head.verb_start, head.end) if head and start <= head.verb_start < end else None
    group = head.verb.group if head and verb else ""
    if group == "ask":
        if _ASKS_FOR.search(text[start:end]) or re.search(r"\bWHY NOT\b", text[content:end]):
            return Act.PROPOSES, verb
        return Act.ASKS, verb
    for rule in _rules():
        found = rule.pattern.search(text, content, end)
        if found is None and group in ("accept", "attitude", "propose", "reject", "speech", "reserve"):
            found = rule.pattern.search(text, start, end)
            if found and verb and not (found.start() < content):
                found = None
        if found and found.group().strip():
            return rule.act, prose.excerpt(found.start(), found.end())
    if head is not None and verb is not None:
        if head.negated and head.verb.act in (Act.REJECTS, Act.OBJECTS):
            return Act.ACCEPTS, verb
        if head.negated and head.verb.act in (Act.ACCEPTS, Act.AGREES):
            return Act.REJECTS, verb
        if head.verb.act not in (Act.STATES, Act.PROCEDURAL):
            return head.verb.act, verb
    return Act.STATES, verb


def polarity_of(prose: Prose, start: int, end: int) -> Polarity:
    """Whether what was said is denied."""
    return Polarity.NEGATIVE if _NEGATIVE.search(prose.plain, start, end) else Polarity.POSITIVE


def modality_of(prose: Prose, start: int, end: int) -> Modality:
    """How firmly it is put."""
    return next((m for m, pattern in _MODAL if pattern.search(prose.plain, start, end)), Modality.PLAIN)


def conditions_in(prose: Prose, start: int, end: int) -> tuple[Excerpt, ...]:
    """The clauses on which it depends."""
    return tuple(
        prose.excerpt(m.start(), m.end())
        for m in _CONDITION.finditer(prose.plain, start, end)
        if len(m.group().split()) > 2
    )


def hedges_in(prose: Prose, start: int, end: int, whose: str) -> tuple[Excerpt, ...]:
    """Words that hold back: the `speaker`'s or the `reporter`'s."""
    return tuple(
        prose.excerpt(m.start(), m.end()) for m in _hedges()[whose].finditer(prose.plain, start, end)
    )


def numbers_in(prose: Prose, start: int, end: int) -> tuple[Excerpt, ...]:
    """The figures, in figures or words."""
    return tuple(prose.excerpt(m.start(), m.end()) for m in _NUMBER.finditer(prose.plain, start, end))
