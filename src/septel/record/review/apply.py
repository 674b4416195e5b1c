"""A record as persons have reviewed it: what rules propose and what persons say, told apart everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from septel.record.model import Assessment, Claim, Excerpt, Meeting, Record, Statement, TextInPlay
from septel.record.people import Rosters
from septel.record.review.fields import (
    corrected_meeting,
    corrected_statement,
    new_meeting,
    new_statement,
    said_of,
)
from septel.record.review.log import ObjectKind, Opinion, ReviewEntry, ReviewLog, Verdict
from septel.record.views import Suggestion
from septel.text import Locus, Reading, Span

SAME = 0.5
"""How much of two stretches, of all that they cover, must be shared to be the same object."""

Thing = Statement | Meeting | Assessment | TextInPlay | Claim


class Status(StrEnum):
    """How an object stands."""

    PROPOSED = "proposed"
    """A rule found it; nobody has looked."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStanding:
    """What persons made of an object; the last opinion stands, and all are kept.

    Attributes:
        status: how it stands.
        by, at, reason: of the opinion that stands; empty while it is only proposed.
        opinions: every opinion that was not undone, in order.
        disputed: whether two persons hold different things of it.
    """

    status: Status = Status.PROPOSED
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    opinions: tuple[tuple[ReviewEntry, Opinion], ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One object of a record with how it stands.

    Attributes:
        kind: what sort of object.
        proposed: as the rules have it, or None when no rule finds it.
        thing: as it stands after review; None when a person accepted what can't be made again from words.
        excerpt: the words that show it.
        standing: what persons made of it.
    """

    kind: ObjectKind
    proposed: Thing | None
    thing: Thing | None
    excerpt: Excerpt
    standing: ReviewStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A record after review.

    Attributes:
        record: with what persons rejected left out, and what they corrected or added in its place; views
            are made from this.
        items: every object, rejected ones too, in the order of the page.
        lost: opinions whose words a newer capture does not have, and whose object is therefore not here.
    """

    record: Record
    items: tuple[ReviewItem, ...]
    lost: tuple[tuple[ReviewEntry, Opinion], ...] = ()
    standings: Mapping[str, ReviewStanding] = field(default_factory=dict)

    def standing(self, statement: Statement) -> ReviewStanding:
        """How a statement stands."""
        return self.standings.get(statement.id, ReviewStanding())


def shown_by(thing: Thing) -> Excerpt:
    """The words that show an object."""
    if isinstance(thing, Meeting | TextInPlay):
        return thing.shown_by
    return thing.excerpt


def things_of(record: Record) -> Iterator[tuple[ObjectKind, Thing]]:
    """Every object of a record that a person may review."""
    kinds: tuple[tuple[ObjectKind, Sequence[Thing]], ...] = (
        (ObjectKind.STATEMENT, record.statements),
        (ObjectKind.MEETING, record.meetings),
        (ObjectKind.ASSESSMENT, record.assessments),
        (ObjectKind.TEXT, record.texts),
        (ObjectKind.CLAIM, record.claims),
    )
    for kind, things in kinds:
        for thing in things:
            yield kind, thing


def reviewed(record: Record, reading: Reading, log: ReviewLog, *, rosters: Rosters | None = None) -> Reviewed:
    """The record as persons left it.

    An opinion belongs to the object of its kind that shares most of its words, so it outlasts other offsets
    and ids after another restoration. What persons accepted, corrected or added stands even when no rule
    finds it any more.
    """
    rosters = rosters or Rosters.shipped()
    things = list(things_of(record))
    groups, alone = _grouped(things, log)
    items: list[ReviewItem] = []
    for index, (kind, thing) in enumerate(things):
        standing = _against(thing, _standing(groups.get(index, [])))
        now = _as_held(thing, standing, rosters, record.date)
        items.append(
            ReviewItem(kind=kind, proposed=thing, thing=now, excerpt=shown_by(thing), standing=standing)
        )
    lost: list[tuple[ReviewEntry, Opinion]] = []
    for opinions in alone:
        standing, (entry, opinion) = _standing(opinions), opinions[-1]
        if opinion.span is None:
            lost += opinions
            continue
        excerpt = excerpt_of(reading, opinion.span, opinion.fields.get("paragraph", ""))
        made = None
        if standing.status is not Status.REJECTED:
            made = _made(opinion, excerpt, entry.by, rosters, record)
        items.append(
            ReviewItem(kind=opinion.kind, proposed=None, thing=made, excerpt=excerpt, standing=standing)
        )
    items.sort(key=lambda item: (item.excerpt.locus.span, item.kind.value))
    kept = [item.thing for item in items if item.thing and item.standing.status is not Status.REJECTED]
    after = replace(
        record,
        statements=tuple(t for t in kept if isinstance(t, Statement)),
        meetings=tuple(t for t in kept if isinstance(t, Meeting)),
        assessments=tuple(t for t in kept if isinstance(t, Assessment)),
        texts=tuple(t for t in kept if isinstance(t, TextInPlay)),
        claims=tuple(t for t in kept if isinstance(t, Claim)),
    )
    standings = {item.thing.id: item.standing for item in items if isinstance(item.thing, Statement)}
    return Reviewed(record=after, items=tuple(items), lost=tuple(lost), standings=standings)


def excerpt_of(reading: Reading, span: Span, paragraph: str) -> Excerpt:
    """Words of a reading as an excerpt, by their place in the source."""
    words = reading.text[slice(*_read(reading, span))]
    return Excerpt(
        words=" ".join(words.split()),
        locus=Locus(reading.source.id, span),
        paragraph=paragraph,
        line=reading.source.line_at(span.start),
    )


def _read(reading: Reading, span: Span) -> tuple[int, int]:
    found = reading.offsets.to_reading(span)
    return found.start, found.end


def alike(one: Span, other: Span) -> float:
    """The share of what two stretches cover that both cover."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / max(max(one.end, other.end) - min(one.start, other.start), 1)


def _grouped(
    things: Sequence[tuple[ObjectKind, Thing]], log: ReviewLog
) -> tuple[dict[int, list[tuple[ReviewEntry, Opinion]]], list[list[tuple[ReviewEntry, Opinion]]]]:
    """The opinions by the object that they are about, and those about none, by place."""
    groups: dict[int, list[tuple[ReviewEntry, Opinion]]] = {}
    alone: list[list[tuple[ReviewEntry, Opinion]]] = []
    for entry, opinion in log.standing():
        if opinion.kind is ObjectKind.SUGGESTION:
            continue
        best, share = None, SAME
        for index, (kind, thing) in enumerate(things):
            if kind is opinion.kind and opinion.span is not None:
                found = alike(shown_by(thing).locus.span, opinion.span)
                if found >= share and (best is None or found > share):
                    best, share = index, found
        if best is not None:
            groups.setdefault(best, []).append((entry, opinion))
            continue
        for group in alone:
            known = group[-1][1]
            if known.kind is opinion.kind and _together(known, opinion):
                group.append((entry, opinion))
                break
        else:
            alone.append([(entry, opinion)])
    return groups, alone


def _together(one: Opinion, other: Opinion) -> bool:
    return one.span is not None and other.span is not None and alike(one.span, other.span) >= SAME


def _standing(opinions: Sequence[tuple[ReviewEntry, Opinion]]) -> ReviewStanding:
    if not opinions:
        return ReviewStanding()
    entry, opinion = opinions[-1]
    last = {e.by: o for e, o in opinions}
    held = {(o.verdict is Verdict.REJECTED, frozenset(o.said)) for o in last.values()}
    return ReviewStanding(
        status=Status(opinion.verdict.value),
        by=entry.by,
        at=entry.at,
        reason=opinion.reason,
        opinions=tuple(opinions),
        disputed=len(held) > 1,
    )


def _against(thing: Thing, standing: ReviewStanding) -> ReviewStanding:
    """A rejection is of a claim: where the rules now claim something else, that is only proposed."""
    if standing.status is not Status.REJECTED:
        return standing
    rejected, now = standing.opinions[-1][1].fields, dict(said_of(thing))
    claim = [field for field in ("speaker", "side", "act", "date", "place") if field in rejected]
    if all(rejected[field] == now.get(field) for field in claim):
        return standing
    return replace(standing, status=Status.PROPOSED)


def _as_held(thing: Thing, standing: ReviewStanding, rosters: Rosters, date: str | None) -> Thing:
    """An object as the person holds it whose opinion stands, whatever the rules say of it now."""
    if standing.status in (Status.PROPOSED, Status.REJECTED):
        return thing
    said, now = standing.opinions[-1][1].fields, dict(said_of(thing))
    if all(now.get(field, value) == value for field, value in said.items()):
        return thing
    if isinstance(thing, Statement):
        return corrected_statement(thing, said, by=standing.by, rosters=rosters, date=date)
    return corrected_meeting(thing, said) if isinstance(thing, Meeting) else thing


def _made(opinion: Opinion, excerpt: Excerpt, by: str, rosters: Rosters, record: Record) -> Thing | None:
    if opinion.kind is ObjectKind.STATEMENT:
        return new_statement(excerpt, opinion.fields, by=by, rosters=rosters, date=record.date)
    if opinion.kind is ObjectKind.MEETING:
        return new_meeting(excerpt, opinion.fields, record.source_id)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A suggestion, with what persons said of it; still a suggestion when nobody did."""

    suggestion: Suggestion
    standing: ReviewStanding


def queue(suggestions: Iterable[Suggestion], logs: Mapping[str, ReviewLog]) -> tuple[Queued, ...]:
    """The suggestions with what persons said of them, found by their two places; those that wait first."""
    said: dict[str, list[tuple[ReviewEntry, Opinion]]] = {
        source_id: [(e, o) for e, o in log.standing() if o.kind is ObjectKind.SUGGESTION]
        for source_id, log in logs.items()
    }
    out: list[Queued] = []
    for suggestion in suggestions:
        earlier, later = suggestion.earlier.excerpt.locus, suggestion.later.excerpt.locus
        opinions = [
            (entry, opinion)
            for entry, opinion in said.get(later.source_id, [])
            if opinion.span is not None
            and opinion.other is not None
            and opinion.other.source_id == earlier.source_id
            and alike(opinion.span, later.span) >= SAME
            and alike(opinion.other.span, earlier.span) >= SAME
        ]
        out.append(Queued(suggestion=suggestion, standing=_standing(opinions)))
    return tuple(sorted(out, key=lambda one: one.standing.status is not Status.PROPOSED))
