"""Checks a telegram against itself: eras, times, sums, stations. Nothing is repaired."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from septel.lexicon import Lexicon
from septel.record.checks import sequences as checking
from septel.record.meetings import Inconsistency, NextMeeting, next_meeting
from septel.telegram import Telegram
from septel.text import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCase:
    """What the validators look at: the telegram and the meeting that it announces."""

    telegram: Telegram
    meeting: NextMeeting | None


Check = Callable[[CheckCase], Iterator[Inconsistency]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """One rule that a telegram must keep, with the source that gives it.

    Attributes:
        name: the rule in short.
        origin: where the rule comes from.
        check: yields a finding for each breach.
    """

    name: str
    origin: str
    check: Check


# The list is of 1974: what it does not hold may be new, misread, or an organisation's own letters.
TAGS_LISTED = (datetime.date(1973, 3, 1), datetime.date(1975, 12, 31))
TAGS_SINCE = datetime.date(1973, 3, 1)
EO_12065_SINCE = datetime.date(1978, 12, 1)


_DATED = re.compile(r"[A-Z]{3}[A-Z]*\.?\s*\d")


def _sent(telegram: Telegram) -> datetime.date | None:
    sent = telegram.heading.sent
    if sent is None or sent.value.year is None or sent.value.month is None:
        return None
    try:
        return datetime.date(sent.value.year, sent.value.month, sent.value.day)
    except ValueError:
        return None


def _era(case: CheckCase) -> Iterator[Inconsistency]:
    day = _sent(case.telegram)
    if day is None:
        return
    heading = case.telegram.heading
    if heading.tags and day < TAGS_SINCE:
        yield Inconsistency(
            what=f"a TAGS line on a telegram of {day}, before 1 March 1973", locus=heading.tags.locus
        )
    order = heading.executive_order
    if order and order.value.startswith("11652") and day < TAGS_SINCE:
        yield Inconsistency(
            what=f"an E.O. 11652 line on a telegram of {day}, before 1 March 1973", locus=order.locus
        )
    if order and order.value.startswith("12065") and day < EO_12065_SINCE:
        yield Inconsistency(
            what=f"an E.O. 12065 line on a telegram of {day}, before December 1978", locus=order.locus
        )


def _real_date(case: CheckCase) -> Iterator[Inconsistency]:
    sent = case.telegram.heading.sent
    if sent is None:
        return
    value = sent.value
    # The grammar leaves month and year open where the page names a day that there is not.
    if value.year is None and _DATED.search(sent.raw):
        what = f"{sent.raw} is no date of the calendar, or of no year of telegrams"
        yield Inconsistency(what=what, locus=sent.locus)
    if value.hour > 23 or value.minute > 59:
        yield Inconsistency(what=f"{value.hour:02d}{value.minute:02d} is no time of day", locus=sent.locus)


def _received(case: CheckCase) -> Iterator[Inconsistency]:
    sent = case.telegram.heading.sent
    if sent is None or sent.value.zone != "Z":
        return
    begin = (sent.value.day, sent.value.hour, sent.value.minute)
    for page in case.telegram.pages:
        if page.received is None:
            continue
        figures = page.received
        end = (int(figures[:2]), int(figures[2:4]), int(figures[4:6]))
        # A day far behind belongs to the next month; up to ten days behind is a contradiction.
        if end < begin and begin[0] - end[0] <= 10:
            yield Inconsistency(what=f"received {figures}, before it was sent ({sent.raw})", locus=page.locus)
            return


def _sums(case: CheckCase) -> Iterator[Inconsistency]:
    for block in case.telegram.distribution:
        if block.sums is False:
            told = sum(copies for _, copies in block.offices)
            yield Inconsistency(
                what=f"the copies add up to {told}, the line says {block.total}", locus=block.locus
            )


def _stations(case: CheckCase) -> Iterator[Inconsistency]:
    origin, number = case.telegram.heading.originator, case.telegram.heading.number
    if (
        origin
        and number
        and origin.value.post
        and number.value.post
        and origin.value.post != number.value.post
        and number.value.post not in origin.value.name  # `USDEL SALT HELSINKI` counts as Helsinki
    ):
        yield Inconsistency(
            what=f"the originator is {origin.value.post}, the class line names {number.value.post}",
            locus=number.locus,
        )


def _tags(case: CheckCase) -> Iterator[Inconsistency]:
    """Codes of the form of a subject's that the list of their years does not hold."""
    day, tags = _sent(case.telegram), case.telegram.heading.tags
    if day is None or tags is None or not TAGS_LISTED[0] <= day <= TAGS_LISTED[1]:
        return
    known = Lexicon.shipped().tags
    fields = {code[0] for code, tag in known.items() if tag.kind == "subject"}
    for code in tags.value:
        if len(code) == 4 and code.isalpha() and code[0] in fields and code not in known:
            yield Inconsistency(what=f"the TAGS list of 1974 has no {code}", locus=tags.locus)


def _weekday(case: CheckCase) -> Iterator[Inconsistency]:
    if case.meeting is not None:
        yield from case.meeting.findings


def _over_pages(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.pages_agree(case.telegram)
    yield from checking.pages_run(case.telegram)


def _sections(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.sections_whole(case.telegram)


def _series(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.series_run(case.telegram, _sent(case.telegram))


def _groups(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.groups_in_time(case.telegram, _sent(case.telegram))


def _weekdays(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.weekdays(case.telegram, _sent(case.telegram))


VALIDATORS: tuple[Validator, ...] = (
    Validator(name="era of labelled lines", origin="TAGS/E.O. 11652 handbook", check=_era),
    Validator(name="codes of the TAGS list", origin="TAGS/E.O. 11652 handbook, 1974", check=_tags),
    Validator(name="date-time group is a date", origin="ACP 127", check=_real_date),
    Validator(
        name="received after it was sent", origin="page lines, released telegrams 1973-79", check=_received
    ),
    Validator(name="copies add up", origin="distribution lines, released telegrams 1973-79", check=_sums),
    Validator(name="stations agree", origin="class lines, released telegrams 1973-79", check=_stations),
    Validator(
        name="page heads agree and run on", origin="page lines, released telegrams 1973-79", check=_over_pages
    ),
    Validator(name="sections are all there", origin="ACP 127", check=_sections),
    Validator(
        name="series by direction and years", origin="heads of FRUS documents; telegrams", check=_series
    ),
    Validator(name="downgrading groups in their time", origin="E.O. 10964; E.O. 11652", check=_groups),
    Validator(name="weekday of the next meeting", origin="calendar", check=_weekday),
    Validator(name="weekdays in the text", origin="calendar", check=_weekdays),
)


def findings(telegram: Telegram, reading: Reading) -> tuple[Inconsistency, ...]:
    """Everything in a telegram that contradicts itself or its era, for the reader to judge."""
    case = CheckCase(telegram=telegram, meeting=next_meeting(telegram, reading))
    return tuple(found for validator in VALIDATORS for found in validator.check(case))
