"""A held telegram as others cite it, and what a citation of it may come to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from septel.citations.extraction import ReferenceKind
from septel.telegram import Field, Heading, Telegram


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTelegram:
    """A document of the archive, as others cite it.

    Attributes:
        id: the holding.
        post: the post whose run its number belongs to.
        serial: the number.
        year: the year of the number.
        sent: when it was sent, in universal time; None unless day, month and year are known.
        series: its numbers in delegations' runs.
        sender: the originator as written.
    """

    id: str
    post: str | None = None
    serial: int | None = None
    year: int | None = None
    sent: datetime.datetime | None = None
    series: tuple[tuple[str, int], ...] = ()
    sender: str | None = None

    @classmethod
    def of(cls, telegram: Telegram, holding: str | None = None) -> HeldTelegram:
        """What of a telegram matters for being cited."""
        return cls.from_json(holding or telegram.source_id, heading_json(telegram.heading))

    @classmethod
    def from_json(cls, holding: str, heading: Mapping[str, Any]) -> HeldTelegram:
        """The same from the heading as the published schema has it.

        Raises:
            KeyError, TypeError, ValueError: it is no such heading.
        """
        number = _value(heading, "number")
        origin = _value(heading, "originator")
        time = _value(heading, "sent")
        sent, year = _moment(time), time.get("year")
        mrn = heading.get("mrn")
        if year is None and mrn and mrn[:4].isdigit():
            year = int(mrn[:4])
        return cls(
            id=holding,
            post=number.get("post") or origin.get("post"),
            serial=number.get("serial"),
            year=year,
            sent=sent,
            series=tuple(
                (field["value"]["series"], int(field["value"]["number"]))
                for field in heading.get("series") or ()
                if field["value"]["number"].isdigit() and not field["alternatives"]
            ),
            sender=origin.get("name"),
        )


def _value(heading: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    field = heading.get(name)
    return field["value"] if field else {}


def _moment(time: Mapping[str, Any]) -> datetime.datetime | None:
    if not time.get("year") or not time.get("month"):
        return None
    try:
        return datetime.datetime(time["year"], time["month"], time["day"], time["hour"], time["minute"])
    except ValueError:
        return None


def heading_json(heading: Heading) -> dict[str, Any]:
    """The parts of a heading that count here, as the published schema has them."""

    def field(one: Field[Any] | None) -> dict[str, Any] | None:
        return {"value": asdict(one.value), "alternatives": list(one.alternatives)} if one else None

    return {
        "number": field(heading.number),
        "originator": field(heading.originator),
        "sent": field(heading.sent),
        "series": [field(one) for one in heading.series],
        "mrn": heading.mrn,
    }


class ResolutionStatus(StrEnum):
    """What became of a reference."""

    RESOLVED = "resolved"
    """One held telegram is meant."""
    GHOST = "not held"
    """It is known which one is meant, and it is not here."""
    AMBIGUOUS = "ambiguous"
    """Several are possible; none is chosen."""
    OPEN = "open"
    """The reference says too little (SEPTEL), or means no message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedMessage:
    """What is known of a cited message: enough to tell it from all others, or as much as there is."""

    kind: ReferenceKind
    name: str
    post: str | None = None
    number: int | None = None
    year: int | None = None
    years: tuple[int, ...] = ()

    def __str__(self) -> str:
        """For example `1974 LA PAZ 4777`; `1973/1974 STATE 848` where the year is open."""
        when = str(self.year) if self.year else "/".join(map(str, self.years))
        return f"{when} {self.name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTarget:
    """What a reference means in this archive.

    Attributes:
        standing: see there.
        targets: the holdings that are the one telegram meant (several when there are copies of it).
        candidates: holdings that remain possible when none is chosen.
        wanted: what is known of the message where it is none of the held ones.
        why: the reason in words.
    """

    standing: ResolutionStatus
    targets: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    wanted: CitedMessage | None = None
    why: str = ""


def telegram_key(held: HeldTelegram) -> tuple[object, ...]:
    """What copies of one telegram have in common."""
    return (held.post, held.serial, held.year)


def telegrams_of(held: Sequence[HeldTelegram]) -> list[list[HeldTelegram]]:
    """Held documents sorted into telegrams: copies of one have the same number, year and time of sending."""
    groups: list[list[HeldTelegram]] = []
    for one in sorted(held, key=lambda o: (o.sent is None, o.sent, o.id)):
        for group in groups:
            first = group[0]
            alike = telegram_key(first) == telegram_key(one) or first.serial is None or one.serial is None
            if alike and (one.sent is None or first.sent is None or one.sent == first.sent):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups
