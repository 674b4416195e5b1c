"""What is cited and not held: each with all that is known of it, the most cited first.

A ghost's date is worked out from its number: a post's numbers rise through the year, so a missing number was
sent between the held numbers next to it.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from septel.citations.extraction import Reference, ReferenceKind
from septel.citations.resolution.graph import CitationGraph
from septel.citations.resolution.held import CitedMessage, HeldTelegram
from septel.citations.resolution.numbering import Point
from septel.citations.resolution.resolver import Resolver

WAIT = datetime.timedelta(days=1)
"""How long a telegram may wait between its number and its time of sending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """When a missing telegram was sent.

    Attributes:
        day: the day, by even spacing between its neighbours; None without a neighbour on each side.
        earliest, latest: the days between which it lies, as far as neighbours and citations show; a day more
            on either side, since numbers are given when a text is filed and telegrams wait to be sent.
        neighbours: the held numbers next to it, below and above, as `LA PAZ 4772`.
    """

    day: datetime.date | None
    earliest: datetime.date | None
    latest: datetime.date | None
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """A message that is cited and not held.

    Attributes:
        wanted: its kind, name, post, number and year as far as known.
        times: how often it is cited, counting each mention.
        citing: the holdings that cite it, earliest first.
        messages: how many messages these are: copies of one, by post, number and year, count once.
        first, last: when it was first and last cited.
        dating: when it was sent, where its number tells.
        given: a date that a citation gives, as in `Reference.dated`.
        parts: the paragraphs of it that are cited.
        not_to_all: whether some citation calls it NOTAL.
    """

    wanted: CitedMessage
    times: int
    citing: tuple[str, ...]
    messages: int
    first: datetime.date | None
    last: datetime.date | None
    dating: Dating
    given: str | None
    parts: tuple[str, ...]
    not_to_all: bool


def ghosts(graph: CitationGraph) -> tuple[Ghost, ...]:
    """Everything cited and not held; most cited first, then by name."""
    found = [
        ghost_of(wanted, [(graph.held[one.citing], one.reference) for one in citations], graph.resolver)
        for wanted, citations in graph.wanted().items()
    ]
    return tuple(sorted(found, key=ghost_rank))


def ghost_rank(ghost: Ghost) -> tuple[int, int, str]:
    """What sorts the most cited first, then by name."""
    return -ghost.messages, -ghost.times, str(ghost.wanted)


def ghost_of(
    wanted: CitedMessage, mentions: Sequence[tuple[HeldTelegram, Reference]], resolver: Resolver
) -> Ghost:
    """All that is known of a message that is not held.

    Args:
        wanted: the message.
        mentions: every mention of it, with the telegram that cites it, in the order of the holdings.
        resolver: what knows the numbers that are held.
    """
    held = {citing.id: citing for citing, _ in mentions}
    days = sorted(one.sent.date() for one in held.values() if one.sent)
    order = sorted(held.values(), key=lambda one: (one.sent is None, one.sent, one.id))
    given = [reference.dated for _, reference in mentions if reference.dated]
    parts = dict.fromkeys(part for _, reference in mentions for part in reference.parts)
    return Ghost(
        wanted=wanted,
        times=len(mentions),
        citing=tuple(one.id for one in order),
        messages=len({_message(one) for one in order}),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        dating=_dating(resolver, wanted, order),
        given=given[0] if given else None,
        parts=tuple(parts),
        not_to_all=any(reference.not_to_all for _, reference in mentions),
    )


def _message(held: HeldTelegram) -> object:
    """What copies of one message have in common; the holding itself where it has no number."""
    return (held.post, held.serial, held.year) if held.post and held.serial else held.id


def _dating(resolver: Resolver, wanted: CitedMessage, citing: list[HeldTelegram]) -> Dating:
    cited = min((one.sent for one in citing if one.sent), default=None)
    telegram = wanted.kind is ReferenceKind.TELEGRAM
    if not telegram or wanted.post is None or wanted.year is None or wanted.number is None:
        return Dating(day=None, earliest=None, latest=cited.date() if cited else None)
    below, above = resolver.numbering(wanted.post, wanted.year).around(wanted.number)
    if below is not None and above is not None and below is above:
        return Dating(day=below.sent.date(), earliest=below.sent.date(), latest=below.sent.date())
    start = Point(serial=0, sent=datetime.datetime(wanted.year, 1, 1))
    end = datetime.datetime(wanted.year, 12, 31, 23, 59)
    low = below or start
    latest = min((above.sent + WAIT if above else end), cited or end, end)
    earliest = low.sent - WAIT if below else low.sent
    day: datetime.date | None = None
    if above is not None and above.serial > low.serial:
        share = (wanted.number - low.serial) / (above.serial - low.serial)
        moment = low.sent + share * (above.sent - low.sent)
        day = min(moment, latest).date()
    named = [f"{wanted.post} {point.serial}" for point in (below, above) if point]
    return Dating(
        day=day,
        earliest=earliest.date(),
        latest=latest.date() if latest >= earliest else None,
        neighbours=tuple(named),
    )


COLUMNS = (
    "cited by",
    "mentions",
    "message",
    "kind",
    "post",
    "number",
    "year",
    "date estimated",
    "not before",
    "not after",
    "date given",
    "neighbours held",
    "paragraphs cited",
    "first cited",
    "last cited",
    "citing telegrams",
)


def request_list(found: Iterable[Ghost], names: Mapping[str, str]) -> str:
    """The ghosts as a table for other programs (CSV), most cited first; `names` titles the holdings."""
    return "".join(request_lines(found, lambda _: names))


def request_lines(
    found: Iterable[Ghost], names: Callable[[Sequence[str]], Mapping[str, str]]
) -> Iterator[str]:
    """The same line by line; `names` gives the titles of some holdings."""
    yield _line(COLUMNS)
    for ghost in found:
        wanted, dating = ghost.wanted, ghost.dating
        titles = names(ghost.citing)
        yield _line(
            [
                ghost.messages,
                ghost.times,
                str(wanted),
                wanted.kind.value,
                wanted.post or "",
                "" if wanted.number is None else wanted.number,
                wanted.year or "/".join(map(str, wanted.years)),
                dating.day or "",
                dating.earliest or "",
                dating.latest or "",
                ghost.given or "",
                "; ".join(dating.neighbours),
                "; ".join(ghost.parts),
                ghost.first or "",
                ghost.last or "",
                "; ".join(titles.get(holding, holding) for holding in ghost.citing),
            ]
        )


def _line(values: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()
