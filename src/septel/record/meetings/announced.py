"""Finds the next meeting that a telegram announces, and checks its weekday against its date."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon, numerals, shapes
from septel.telegram import Layer, Telegram
from septel.text import JoinedLines, Locus, Reading

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_NEXT = re.compile(
    r"\bNEXT\s+(?:PLENARY\s+|FORMAL\s+|REGULAR\s+)?(?:MEETING|SESSION|PLENARY)\b|\b(?:MEET|MEETING)\s+AGAIN\b"
)
_PLACE = re.compile(
    r"\b(?:AT|IN)\s+(?:THE\s+)?(?P<place>(?!NOON\b|ABOUT\b|\d)[A-Z](?:[^,.;]|\.(?=\w)){2,50}?)"
    r"(?=\s+(?:ON|AT|FOR)\b|[,;]|\.(?!\w)|\s*$)"  # a stop within a word is dirt, and ends no place
)
_TIME = re.compile(
    r"\b(?:AT\s+)?(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?\s*(?P<half>[AP])\.?M\b|\b(?P<military>[0-2]\d[0-5]\d)\s*(?:HOURS|HRS)"
)
_REACH = 220  # characters after the words within which place and date stand
_YEARS = range(1950, 1981)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """Something that contradicts itself, for the reader to judge; nothing is repaired."""

    what: str
    locus: Locus


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """The announced meeting. What the page does not say stays None.

    Attributes:
        raw: the words that announce it.
        locus: where they stand.
        paragraph: the part of the telegram that holds them.
        place: where it will be.
        weekday: the name of the day, in full.
        day: day of the month.
        month: 1 to 12.
        year: of the telegram, where its own lines give it; else None.
        time: `HH:MM` local, where given.
        years: years from 1950 to 1980 in which weekday and date agree, when no year is known.
        findings: a weekday that is not that of the date.
    """

    raw: str
    locus: Locus
    paragraph: str
    place: str | None = None
    weekday: str | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    time: str | None = None
    years: tuple[int, ...] = ()
    findings: tuple[Inconsistency, ...] = ()

    @property
    def date(self) -> str | None:
        """ISO 8601 as far as known: `1969-11-20`, `--11-20`; None without a day."""
        if self.day is None or self.month is None:
            return None
        return (
            f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
            if self.year
            else f"--{self.month:02d}-{self.day:02d}"
        )


def next_meeting(telegram: Telegram, reading: Reading) -> NextMeeting | None:
    """The next meeting, from the announcement that says most; None when none is announced."""
    best = _fullest(telegram, reading)
    if best is None or best.day is not None or not reading.edits:
        return best
    # The reading may have given the date up where the page still shows it.
    seen = _fullest(telegram, Reading.of(reading.source))
    if seen is None or seen.day is None or best.weekday not in (None, seen.weekday):
        return best
    return replace(
        best,
        locus=Locus(best.locus.source_id, best.locus.span.hull(seen.locus.span)),
        weekday=seen.weekday,
        day=seen.day,
        month=seen.month,
        year=seen.year,
        years=seen.years,
        findings=seen.findings,
    )


def _may_announce(text: str) -> bool:
    """Whether a text has the words of an announcement at all; most have not."""
    following = "NEXT" in text and any(word in text for word in ("MEETING", "SESSION", "PLENARY"))
    return following or ("AGAIN" in text and "MEET" in text)


def _fullest(telegram: Telegram, reading: Reading) -> NextMeeting | None:
    if not _may_announce(reading.text):
        return None
    owners: dict[str, list[int]] = {}
    for number, (layer, part) in enumerate(telegram.owners, 1):
        if layer is Layer.TEXT and part != "signature":
            owners.setdefault(part, []).append(number)
    best: tuple[int, NextMeeting] | None = None
    for part, lines in owners.items():
        strip = JoinedLines.of(reading, lines, part)
        for match in _NEXT.finditer(strip.text):
            meeting = _read(strip, match, telegram.year)
            told = sum(value is not None for value in (meeting.place, meeting.weekday, meeting.day))
            if told and (best is None or told > best[0]):
                best = (told, meeting)
    return best[1] if best else None


def _read(strip: JoinedLines, match: re.Match[str], year: int | None) -> NextMeeting:
    window = strip.text[match.end() : match.end() + _REACH]
    stop = re.search(r"[.•]\s+(?=\S{3,})(?!\d)", window)
    window = window[: stop.end()] if stop and stop.start() > 12 else window
    weekday, day_at = _weekday(window)
    month, day, end = _date(window)
    place = _PLACE.search(window)
    time = _TIME.search(window)
    reach = max((x for x in (day_at, end, place.end() if place else 0, time.end() if time else 0)), default=0)
    locus = strip.locus(match.start(), match.end() + reach)
    checked = year if month and day else None
    findings: list[Inconsistency] = []
    years: tuple[int, ...] = ()
    if weekday and month and day:
        if checked:
            real = _weekday_of(checked, month, day)
            if real is not None and real != weekday:
                findings.append(
                    Inconsistency(
                        what=f"{month:02d}-{day:02d} {checked} was a {real}, not a {weekday}", locus=locus
                    )
                )
        else:
            years = tuple(y for y in _YEARS if _weekday_of(y, month, day) == weekday)
    return NextMeeting(
        raw=strip.text[match.start() : match.end() + reach],
        locus=locus,
        paragraph=strip.paragraph,
        place=" ".join(place.group("place").split()) if place else None,
        weekday=weekday,
        day=day,
        month=month,
        year=checked,
        time=_clock(time) if time else None,
        years=years,
        findings=tuple(findings),
    )


def _weekday(window: str) -> tuple[str | None, int]:
    for token in re.finditer(r"\S+", window):
        seen = shapes(token.group())
        for day in _DAYS:
            form = shapes(day)
            if len(seen) >= len(form) - 1 and Levenshtein.distance(seen, form, score_cutoff=2) <= (
                1 if len(form) < 8 else 2
            ):
                return day, token.end()
    return None, 0


def _date(window: str) -> tuple[int | None, int | None, int]:
    months = Lexicon.shipped().month_numbers
    forms = "|".join(sorted(months, key=len, reverse=True))
    for pattern in (
        rf"\b(?P<month>{forms})\.?\s+(?P<day>\S{{1,2}})(?=\W|$)",
        rf"(?<!\S)(?P<day>\d{{1,2}})\s+(?P<month>{forms})\b",
    ):
        for found in re.finditer(pattern, window):
            days = numerals(found.group("day"))
            if len(days) == 1 and 1 <= int(days[0]) <= 31:
                return months[found.group("month")], int(days[0]), found.end()
    return None, None, 0


def _weekday_of(year: int, month: int, day: int) -> str | None:
    try:
        return _DAYS[datetime.date(year, month, day).weekday()]
    except ValueError:
        return None


def _clock(time: re.Match[str]) -> str | None:
    military = time.group("military")
    if military:
        return f"{military[:2]}:{military[2:]}"
    hour, minute = int(time.group("hour")), int(time.group("minute") or 0)
    if hour > 12 or minute > 59:
        return None
    hour = hour % 12 + (12 if time.group("half") == "P" else 0)
    return f"{hour:02d}:{minute:02d}"
