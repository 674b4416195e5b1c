"""Checks of a telegram against itself that go over its pages, its text and its runs of numbers."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator

from septel.lexicon import Lexicon
from septel.record.meetings import Inconsistency
from septel.telegram import Paragraph, Passage, Telegram

_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_GROUPS_UNTIL = datetime.date(1972, 6, 1)  # E.O. 11652 took the groups away
_DATED = re.compile(
    rf"\b(?P<weekday>{'|'.join(_DAYS)}),? (?:THE )?(?:(?P<day>\d{{1,2}}) (?P<month>[A-Z]{{3,9}})|"
    r"(?P<month2>[A-Z]{3,9})\.? (?P<day2>\d{1,2}))\b(?:,? (?P<year>19\d\d))?"
)
_NEAR = 200  # days: a date without a year is of the year that brings it nearest to the telegram's own


def pages_run(telegram: Telegram) -> Iterator[Inconsistency]:
    """Pages of one section that are missing between two others, or there twice."""
    by_section: dict[tuple[int, int] | None, list[int]] = {}
    for page in telegram.pages:
        by_section.setdefault(page.section, []).append(page.page)
    for section, pages in by_section.items():
        told = f" of section {section[0]}" if section else ""
        first = next(page for page in telegram.pages if page.section == section)
        missing = sorted(set(range(1, max(pages))) - set(pages))
        if missing:
            names = ", ".join(map(str, missing))
            yield Inconsistency(what=f"page {names}{told} is missing", locus=first.locus)
        if section is not None:
            for number, count in Counter(pages).items():
                if count > 1:
                    yield Inconsistency(what=f"page {number}{told} is there {count} times", locus=first.locus)


def sections_whole(telegram: Telegram) -> Iterator[Inconsistency]:
    """Sections that the telegram says it has and that are not there."""
    counts = {section.of for section in telegram.sections if section.of is not None}
    there = {section.n for section in telegram.sections if section.n is not None}
    where = next((section.locus for section in telegram.sections if section.locus is not None), None)
    if where is None:
        return
    if len(counts) > 1:
        told = ", ".join(map(str, sorted(counts)))
        yield Inconsistency(what=f"its sections say that there are {told} of them", locus=where)
    elif counts and there:
        of = counts.pop()
        missing = [str(n) for n in range(1, of + 1) if n not in there]
        if missing:
            yield Inconsistency(what=f"section {', '.join(missing)} of {of} is not here", locus=where)


def series_run(telegram: Telegram, sent: datetime.date | None) -> Iterator[Inconsistency]:
    """Series numbers against their direction and their years."""
    origin = telegram.heading.originator
    known = Lexicon.shipped().series_names
    for field in telegram.heading.series:
        series = known.get(field.value.series)
        if series is None:
            continue
        if origin is not None and origin.value.post is not None:
            from_department = origin.value.post == "STATE"
            if from_department != (series.direction == "to"):
                told = "from the Department" if series.direction == "to" else "to it"
                yield Inconsistency(
                    what=f"{series.name} runs {told}, the originator is {origin.value.post}",
                    locus=field.locus,
                )
        if sent is not None and (
            (series.since is not None and sent.year < series.since)
            or (series.until is not None and sent.year > series.until)
        ):
            years = f"{series.since or ''}-{series.until or ''}"
            yield Inconsistency(
                what=f"{series.name} ran {years}, the telegram is of {sent.year}", locus=field.locus
            )


def groups_in_time(telegram: Telegram, sent: datetime.date | None) -> Iterator[Inconsistency]:
    """A downgrading group after the order that took the groups away."""
    group = telegram.downgrading
    if group is not None and sent is not None and sent > _GROUPS_UNTIL:
        yield Inconsistency(
            what=f"{group.value} on a telegram of {sent}, after E.O. 11652", locus=group.locus
        )


def weekdays(telegram: Telegram, sent: datetime.date | None) -> Iterator[Inconsistency]:
    """Weekdays in the text that are not those of their dates."""
    if sent is None:
        return
    months = Lexicon.shipped().month_numbers
    passages: list[Paragraph | Passage] = [p for p in (telegram.summary, telegram.opening) if p is not None]
    passages += telegram.paragraphs
    told: set[str] = set()
    for passage in passages:
        for match in _DATED.finditer(passage.text):
            month = months.get(match.group("month") or match.group("month2"))
            day = int(match.group("day") or match.group("day2"))
            if month is None or match.group() in told:
                continue
            date = _date(int(match.group("year")) if match.group("year") else None, month, day, sent)
            if date is not None and _DAYS[date.weekday()] != match.group("weekday"):
                told.add(match.group())
                real = _DAYS[date.weekday()]
                yield Inconsistency(
                    what=f"{date} was a {real}, not a {match.group('weekday')}", locus=passage.loci[0]
                )


def _date(year: int | None, month: int, day: int, sent: datetime.date) -> datetime.date | None:
    years = [year] if year is not None else [sent.year, sent.year - 1, sent.year + 1]
    dates: list[datetime.date] = []
    for one in years:
        try:
            dates.append(datetime.date(one, month, day))
        except ValueError:
            continue
    if not dates:
        return None
    nearest = min(dates, key=lambda date: abs(date - sent))
    return nearest if year is not None or abs((nearest - sent).days) <= _NEAR else None
