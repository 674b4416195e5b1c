"""When a paper without a year was written: dates to propose, each with its reasons; a person accepts one.

What a page says of itself (a weekday with its date, a signer, a series, an executive order, delegations) and
what is held beside it (numbers of the same post, papers before and behind it in its file) each allow some
years. The years that all of them allow are proposed. Nothing of it is ever shown as if it stood on the page.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from septel.lexicon import Lexicon
from septel.record.meetings import NextMeeting, next_meeting
from septel.record.people import Member, Rosters
from septel.telegram import Telegram
from septel.text import DOUBT, Reading

YEARS = range(1945, 1981)
MOST = 6
"""More years than this say too little to be proposed."""
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_MONTHS = (
    r"(?P<month{0}>JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|"
    r"OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_WEEKDAY = re.compile(
    rf"\b(?P<weekday>{'|'.join(_DAYS)}),?\s+(?:THE\s+)?(?:(?P<day1>\d{{1,2}})\s+{_MONTHS.format(1)}\b"
    rf"|{_MONTHS.format(2)}\.?\s+(?P<day2>\d{{1,2}})\b)(?!\s*,?\s*19\d\d)",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?:{_MONTHS.format(1)}\.?\s+(?P<day1>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+{_MONTHS.format(2)})\b",
    re.IGNORECASE,
)
_YEAR_TOLD = re.compile(r"[A-Z]{3}\w*\.?\s*(?:19)?\d ?\d$")
_NAME = re.compile(r"\b[A-Z][A-Za-z'-]{3,}\b")
_ORDERS = {"11652": (1973, 1978), "12065": (1978, 1982)}
_TAGS = (1973, 1980)
_GROUPS = (1961, 1972)
_SPAN = 14
"""Days between a telegram and the meeting that it calls the next one, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A dated paper that tells of this one.

    Attributes:
        sent: its date.
        serial: its number in the same post's run, or None for one that lies beside it in a file.
        where: what it is, in words.
        doubtful: whether its date is.
    """

    sent: datetime.date
    serial: int | None
    where: str
    doubtful: bool = False

    def __str__(self) -> str:
        """What it is, with its date and the mark of that."""
        return f"{self.where} ({self.sent}{DOUBT if self.doubtful else ''})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Years that something allows, and why; the stronger one stands where two exclude each other."""

    years: frozenset[int]
    reason: str
    strength: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateProposal:
    """A date that a paper may have, as ISO 8601 as far as it goes (`1969-11`), and the reasons for it."""

    date: str
    reasons: tuple[str, ...]


def date_proposals(
    telegram: Telegram,
    reading: Reading,
    *,
    neighbours: Sequence[Neighbour] = (),
    rosters: Rosters | None = None,
) -> tuple[DateProposal, ...]:
    """The dates that a telegram without a year may have, earliest first; none where too many remain.

    Args:
        telegram: the tree.
        reading: the text that it was made from.
        neighbours: dated papers of the same post, and those beside it in its file.
        rosters: who served where and when; what is shipped unless given.
    """
    sent = telegram.heading.sent
    if sent is not None and (sent.value.year is not None or _YEAR_TOLD.search(sent.raw)):
        return ()  # the page names a year, even where its day is none of the calendar
    if telegram.heading.date is not None:
        return ()  # its form tells the day
    meeting = next_meeting(telegram, reading)
    found = sorted(
        _evidence(telegram, reading, meeting, neighbours, rosters or Rosters.shipped()),
        key=lambda one: (-one.strength, len(one.years)),
    )
    years = frozenset(YEARS)
    reasons: list[str] = []
    for one in found:
        if years & one.years:
            years &= one.years
            reasons.append(one.reason)
    if not reasons or len(years) > MOST:
        return ()
    return tuple(
        DateProposal(date=_date(year, telegram, meeting), reasons=tuple(reasons)) for year in sorted(years)
    )


def _evidence(
    telegram: Telegram,
    reading: Reading,
    meeting: NextMeeting | None,
    neighbours: Sequence[Neighbour],
    rosters: Rosters,
) -> Iterator[Evidence]:
    yield from _of_numbers(telegram, neighbours)
    yield from _of_weekdays(reading, meeting)
    yield from _of_heading(telegram)
    yield from _of_signer(telegram)
    yield from _of_delegations(telegram, reading, rosters)


def _of_weekdays(reading: Reading, meeting: NextMeeting | None) -> Iterator[Evidence]:
    """A weekday and a date agree in one year of six or so; two of them in fewer."""
    told: list[tuple[str, int, int]] = []
    if meeting is not None and meeting.weekday and meeting.month and meeting.day:
        told.append((meeting.weekday, meeting.month, meeting.day))
    for match in _WEEKDAY.finditer(" ".join(reading.text.split())):
        month = _month(match["month1"] or match["month2"])
        told.append((match["weekday"].upper(), month, int(match["day1"] or match["day2"])))
    for weekday, month, day in dict.fromkeys(told):
        years = frozenset(year for year in YEARS if _weekday(year, month, day) == weekday)
        if years:
            shown = f"{weekday.title()}, {calendar.month_name[month]} {day}"
            yield Evidence(years=years, reason=f"{shown} fell in {_listed(years)}", strength=8)


def _of_heading(telegram: Telegram) -> Iterator[Evidence]:
    heading = telegram.heading
    order = heading.executive_order
    if order is not None:
        for number, (first, last) in _ORDERS.items():
            if order.value.startswith(number):
                yield _between(first, last, f"E.O. {number} was in force {first}-{last}", 7)
    if heading.tags is not None:
        yield _between(*_TAGS, f"TAGS lines were written from {_TAGS[0]}", 7)
    if telegram.downgrading is not None:
        yield _between(*_GROUPS, f"downgrading groups were marked {_GROUPS[0]}-{_GROUPS[1]}", 6)
    known = Lexicon.shipped().series_names
    for field in heading.series:
        series = known.get(field.value.series)
        if series is not None and series.since is not None:
            last = series.until or YEARS[-1]
            yield _between(series.since, last, f"{series.name} ran {series.since}-{series.until or ''}", 5)


def _of_signer(telegram: Telegram) -> Iterator[Evidence]:
    """A chief of mission signs while in office."""
    signed, heading = telegram.signature, telegram.heading
    if signed is None:
        return
    posts = [heading.originator.value.post if heading.originator else None]
    posts.append(heading.number.value.post if heading.number else None)
    post = next((one for one in posts if one), None)
    chiefs = [c for c in Lexicon.shipped().chiefs_of(post) if c.surname == signed.value] if post else []
    years = frozenset(
        year for chief in chiefs for year in YEARS if chief.since <= year <= (chief.until or chief.since + 4)
    )
    if years:
        terms = ", ".join(f"{chief.since}-{chief.until or ''}" for chief in chiefs)
        yield Evidence(years=years, reason=f"{signed.value} headed {post} {terms}", strength=6)


def _of_delegations(telegram: Telegram, reading: Reading, rosters: Rosters) -> Iterator[Evidence]:
    """Members of one delegation who are named together served in its rounds."""
    named = Counter(word.upper() for word in _NAME.findall(reading.text))
    signer = telegram.signature.value.upper() if telegram.signature else ""
    rounds: dict[tuple[str, str, str], list[Member]] = defaultdict(list)
    for member in rosters.members:
        names = {member.person.surname.upper(), *(v.upper() for v in member.person.variants)}
        if member.since and member.conference and any(named[name] for name in names):
            rounds[member.conference, member.since, member.until].append(member)
    best: dict[str, int] = {}
    for (conference, _, _), members in rounds.items():
        best[conference] = max(best.get(conference, 0), _weight(members, signer))
    for conference, weight in best.items():
        if weight < 3:
            continue
        years: set[int] = set()
        surnames: set[str] = set()
        for (other, since, until), members in rounds.items():
            if other == conference and _weight(members, signer) == weight:
                years |= set(range(int(since[:4]), int((until or since)[:4]) + 1))
                surnames |= {member.person.surname for member in members}
        if years:
            who = ", ".join(sorted(surnames)[:4])
            reason = f"{who} are named, of the delegations to {conference} in {_listed(years)}"
            yield Evidence(years=frozenset(years), reason=reason, strength=3)


def _weight(members: Iterable[Member], signer: str) -> int:
    """How much names tell of a delegation: each person one, both sides and the signing head more."""
    known = {member.person.key: member for member in members}
    sides = {member.person.side for member in known.values()}
    signed = any(m.head and m.person.surname.upper() == signer for m in known.values())
    return len(known) + (len(sides) > 1) + signed


def _of_numbers(telegram: Telegram, neighbours: Sequence[Neighbour]) -> Iterator[Evidence]:
    """A post counts on through the year: what stands between two dated numbers is of their time."""
    number = telegram.heading.number
    if number is not None:
        by_year: dict[int, list[Neighbour]] = defaultdict(list)
        for one in neighbours:
            if one.serial is not None:
                by_year[one.sent.year].append(one)
        years = set()
        shown = []
        for year, held in by_year.items():
            below = max((n for n in held if _serial(n) < number.value.serial), key=_serial, default=None)
            above = min((n for n in held if _serial(n) > number.value.serial), key=_serial, default=None)
            if below and above and below.sent <= above.sent:
                years.add(year)
                shown.append(f"{below} and {above}")
        if years:
            reason = f"its number lies between those of {'; or '.join(shown[:3])}"
            yield Evidence(years=frozenset(years), reason=reason, strength=4)
    beside = [one for one in neighbours if one.serial is None]
    # Of what was put into one file later, a paper on one side tells nothing: both have to say the same.
    if len(beside) > 1 and len({one.sent.year for one in beside}) == 1:
        year = beside[0].sent.year
        shown_beside = ", ".join(map(str, beside[:2]))
        yield Evidence(years=frozenset({year}), reason=f"it lies beside {shown_beside}", strength=2)


def _serial(one: Neighbour) -> int:
    return one.serial or 0


def _date(year: int, telegram: Telegram, meeting: NextMeeting | None) -> str:
    """As much of the date as the page tells for a year: that of its own time group, else the month."""
    sent = telegram.heading.sent.value if telegram.heading.sent else None
    if sent is not None and sent.month is not None:
        return (
            f"{year}-{sent.month:02d}-{sent.day:02d}" if _weekday(year, sent.month, sent.day) else str(year)
        )
    if meeting is not None and meeting.month and meeting.day:
        return _before(datetime.date(year, meeting.month, min(meeting.day, 28)), sent.day if sent else None)
    subject = telegram.heading.subject.value if telegram.heading.subject else ""
    dated = _DATED.search(subject)
    if dated is not None:
        month = _month(dated["month1"] or dated["month2"])
        return f"{year}-{month:02d}"
    return str(year)


def _before(meeting: datetime.date, day: int | None) -> str:
    """The month, or the day of this number, in the two weeks before a meeting."""
    if day is None:
        return f"{meeting.year}-{meeting.month:02d}"
    for back in range(_SPAN + 1):
        one = meeting - datetime.timedelta(days=back)
        if one.day == day:
            return one.isoformat()
    return f"{meeting.year}-{meeting.month:02d}"


def _between(first: int, last: int, reason: str, strength: int) -> Evidence:
    return Evidence(years=frozenset(range(first, last + 1)), reason=reason, strength=strength)


def _weekday(year: int, month: int, day: int) -> str | None:
    try:
        return _DAYS[datetime.date(year, month, day).weekday()]
    except ValueError:
        return None


def _month(word: str) -> int:
    return list(calendar.month_abbr).index(word[:3].title())


def _listed(years: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(years)))
