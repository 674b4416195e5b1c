"""What rules may ask of a paper or a portion: its markings as they stand, release, embargo, stamps, tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from septel.archive.handling.grades import grade_of, normal
from septel.archive.handling.markings import MarkingEvent
from septel.archive.handling.statements import EMBARGO, EXCISE, MARK, RELEASE, HandlingStatement, Portion

_RELEASED = re.compile(r"\b(?:DECLASSIFIED|RELEASED)\b", re.IGNORECASE)
_KEPT_BACK = re.compile(
    r"\b(?:REDACT|POSTPONED|WITHH[EO]LD|DENIED|PARTIAL|IN PART|RESTRICTED|CLOSED)", re.IGNORECASE
)
"""What a record sheet says of papers that are not open, or not all of them."""
_CLOSED = re.compile(
    r"\b(?:NOT|NO|NEVER|DENIED|WITHHELD|WITHDRAWN|UNLESS|UNTIL|AFTER|WHEN|ONLY|INTERVALS?)\b", re.IGNORECASE
)
"""`DECLASSIFIED AFTER 12 YEARS` says what will be, `NOT RELEASED` what is not: neither is a release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingFacts:
    """What stands of a paper's handling.

    Attributes:
        original: the sender's classification, in normal form; None where nothing says it.
        marking: the one that holds now: the current one, else the original.
        captions: restrictions on distribution that hold.
        stamped: whether a release stamp stands on the paper.
        contradicted: whether its stamps state different current markings, or its record sheet says that it is
            not all open while it bears UNCLASSIFIED and no release.
        status: what a review decided, as a person states it; None where nobody did.
        embargo: the day until which it is closed (the first day on which it is open), or None.
        excised: whether something was taken out of the paper before it came here.
        tags: what persons tagged it.
        sent: the day on which it was sent, ISO 8601, as far as it is known.
        portion: the part that this is about; None for the whole.
    """

    original: str | None = None
    marking: str | None = None
    captions: tuple[str, ...] = ()
    stamped: bool = False
    contradicted: bool = False
    status: str | None = None
    embargo: str | None = None
    excised: bool = False
    tags: tuple[str, ...] = ()
    sent: str | None = None
    portion: Portion | None = None

    def embargoed(self, today: date) -> bool:
        """Whether it is closed on a day."""
        return self.embargo is not None and today.isoformat() < self.embargo


def facts_of(
    heading: Mapping[str, Any],
    events: Iterable[MarkingEvent],
    statements: Sequence[HandlingStatement],
    *,
    tags: Sequence[str] = (),
) -> tuple[HandlingFacts, tuple[HandlingFacts, ...]]:
    """The facts of a paper as a whole, and of each portion that anything is said of.

    Args:
        heading: `classification`, `captions`, `dtg` as they stand after persons' corrections; an UNCLASSIFIED
            that no event tells plainly counts for nothing.
        events: what the page says (`markings_on_page`).
        statements: what persons state; a later one counts over an earlier one, and any over the page.
        tags: what persons tagged it.
    """
    on_page = tuple(events)
    whole = [one for one in on_page if one.portion is None]
    current = {
        normal(one.value)
        for one in whole
        if (one.stage, one.kind) == ("current", "classification") and (one.plain or _rank(one.value) > 0)
    }
    on_paper = [
        one.value
        for one in whole
        if (one.stage, one.kind) == ("original", "classification") and (one.plain or _rank(one.value) > 0)
    ]
    original = heading.get("classification")
    if original is not None and _rank(str(original)) == 0 and not on_paper:
        original = None  # only a likeness of it, or words of a sentence
    # The highest that the paper bears: a message within it may be less than what the pages are marked.
    for value in on_paper:
        if original is None or _rank(value) > _rank(str(original)):
            original = value
    named = normal(str(original)) if original else None
    marking = next(iter(current)) if len(current) == 1 else named
    stamped = _stamped([one for one in whole if one.stage == "release"])
    sheets = [one.value for one in whole if one.stage == "sheet"]
    kept_back = not stamped and marking == normal("UNCLASSIFIED") and any(map(_KEPT_BACK.search, sheets))
    base = HandlingFacts(
        original=named,
        marking=marking,
        captions=tuple(dict.fromkeys(normal(str(one)) for one in heading.get("captions") or ())),
        stamped=stamped,
        contradicted=len(current) > 1 or kept_back,
        excised=any(one.stage == "excision" for one in whole),
        tags=tuple(tags),
        sent=str(heading["dtg"])[:10] if heading.get("dtg") else None,
    )
    stated = _with(base, [one for one in statements if one.portion is None])
    if stated.status == "in part" and not stated.excised and all(one.portion is None for one in statements):
        # Released in part, and nobody says which part is not: nothing of it is open until somebody does.
        stated = replace(stated, status="under review")
    marked = {one.portion.name.upper(): one for one in on_page if one.portion is not None}
    portions = dict.fromkeys(one.portion for one in statements if one.portion is not None)
    # What a person states of a paragraph counts over the mark that the page gives it.
    spoken = {one.name.upper() for one in portions}
    alone = [one.portion for name, one in marked.items() if name not in spoken and one.portion is not None]
    found = []
    for portion in (*portions, *alone):
        own = replace(stated, portion=portion)
        mark = marked.get(portion.name.upper())
        if mark is not None:
            own = replace(own, original=normal(mark.value), marking=normal(mark.value))
        found.append(_with(own, [one for one in statements if one.portion == portion]))
    return stated, tuple(found)


def _rank(marking: str) -> int:
    grade = grade_of(marking)
    return grade.rank if grade else -1


def _stamped(events: Sequence[MarkingEvent]) -> bool:
    """Whether stamps and attributes plainly say that a paper was released, and none that it was not."""
    told = any(one.plain and _RELEASED.search(one.value) for one in events)
    return told and not any(_CLOSED.search(one.value) for one in events)


def _with(facts: HandlingFacts, statements: Sequence[HandlingStatement]) -> HandlingFacts:
    """The facts, and over them what persons state."""
    closed = facts.embargo
    for one in statements:
        value = one.get("value")
        if one.kind == RELEASE:
            facts = replace(facts, status=value)
        elif one.kind == EMBARGO:
            # A portion is closed at least as long as its paper.
            latest = max((day for day in (closed, value) if day), default=None)
            facts = replace(facts, embargo=latest)
        elif one.kind == EXCISE:
            facts = replace(facts, excised=True)
        elif one.kind == MARK and value:
            facts = _marked(facts, one, normal(value))
    return facts


def _marked(facts: HandlingFacts, one: HandlingStatement, value: str) -> HandlingFacts:
    stage = one.get("stage") or "current"
    if one.get("kind") == "caption":
        if stage in ("original", "current"):
            return replace(facts, captions=tuple(dict.fromkeys((*facts.captions, value))))
        return facts
    if stage == "original":
        held = facts.marking if facts.marking != facts.original else value
        return replace(facts, original=value, marking=held)
    if stage in ("downgraded", "current"):
        return replace(facts, marking=value, contradicted=False)
    return facts
