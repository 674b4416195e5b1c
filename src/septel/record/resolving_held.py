"""A held telegram as others cite it, and what a citation of it may come to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from septel.record.references import ReferenceKind
from septel.telegram import Telegram


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A document of the archive, as others cite it.

    Attributes:
        id: the holding.
        post: the post whose run its number belongs to.
        serial: the number.
        year: the year of the number.
        sent: when it was sent, in universal time; None unless day, month and year are known.
        series: its numbers in delegations' runs.
        sender: the originator as written.
        receiver: the post that is to act, where there is but one.
    """

    id: str
    post: str | None = None
    serial: int | None = None
    year: int | None = None
    sent: datetime.datetime | None = None
    series: tuple[tuple[str, int], ...] = ()
    sender: str | None = None
    receiver: str | None = None

    @classmethod
    def of(cls, telegram: Telegram, holding: str | None = None) -> Held:
        """What of a telegram matters for being cited."""
        heading = telegram.heading
        number = heading.number.value if heading.number else None
        origin = heading.originator.value if heading.originator else None
        action = {a.station.post for a in heading.action if a.station.post}
        sent = _moment(telegram)
        year = sent.year if sent else telegram.year
        if year is None and heading.mrn and heading.mrn[:4].isdigit():
            year = int(heading.mrn[:4])
        return cls(
            id=holding or telegram.source_id,
            post=(number.post if number else None) or (origin.post if origin else None),
            serial=number.serial if number else None,
            year=year,
            sent=sent,
            series=tuple(
                (field.value.series, int(field.value.number))
                for field in heading.series
                if field.value.number.isdigit() and not field.alternatives
            ),
            sender=origin.name if origin else None,
            receiver=action.pop() if len(action) == 1 else None,
        )


def _moment(telegram: Telegram) -> datetime.datetime | None:
    sent = telegram.heading.sent
    if sent is None or sent.value.year is None or sent.value.month is None:
        return None
    value = sent.value
    try:
        return datetime.datetime(value.year or 0, value.month or 0, value.day, value.hour, value.minute)
    except ValueError:
        return None


class Standing(StrEnum):
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
class Wanted:
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
class Meaning:
    """What a reference means in this archive.

    Attributes:
        standing: see there.
        targets: the holdings that are the one telegram meant (several when there are copies of it).
        candidates: holdings that remain possible when none is chosen.
        wanted: what is known of the message where it is none of the held ones.
        why: the reason in words.
    """

    standing: Standing
    targets: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    wanted: Wanted | None = None
    why: str = ""


def telegram_key(held: Held) -> tuple[object, ...]:
    """What copies of one telegram have in common."""
    return (held.post, held.serial, held.year)


def telegrams_of(held: Sequence[Held]) -> list[list[Held]]:
    """Held documents sorted into telegrams: copies of one have the same number, year and time of sending."""
    groups: list[list[Held]] = []
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
