"""Checks a telegram against itself: eras, times, sums, stations. Nothing is repaired."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from septel.lexicon import Lexicon
from septel.record.checks import sequences as checking
from septel.record.meetings import Inconsistency, NextMeeting, next_meeting
from septel.telegram import (
    TAGS_SINCE,
    Contradiction,
    Telegram,
    of_another_era,
    of_another_number,
    of_another_post,
    received_too_early,
    sent_on,
)
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
TAGS_LISTED = (TAGS_SINCE, datetime.date(1975, 12, 31))


_DATED = re.compile(r"[A-Z]{3}[A-Z]*\.?\s*\d")


def _era(case: CheckCase) -> Iterator[Inconsistency]:
    yield from map(_told, of_another_era(case.telegram))


def _told(found: Contradiction) -> Inconsistency:
    return Inconsistency(what=found.what, locus=found.locus)


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
    yield from map(_told, islice(received_too_early(case.telegram), 1))


def _sums(case: CheckCase) -> Iterator[Inconsistency]:
    for block in case.telegram.distribution:
        if block.sums is False:
            told = sum(copies for _, copies in block.offices)
            yield Inconsistency(
                what=f"the copies add up to {told}, the line says {block.total}", locus=block.locus
            )


def _stations(case: CheckCase) -> Iterator[Inconsistency]:
    yield from map(_told, of_another_post(case.telegram))


def _tags(case: CheckCase) -> Iterator[Inconsistency]:
    """Codes of the form of a subject's that the list of their years does not hold."""
    day, tags = sent_on(case.telegram.heading), case.telegram.heading.tags
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
    yield from map(_told, of_another_number(case.telegram))
    yield from checking.pages_run(case.telegram)


def _sections(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.sections_whole(case.telegram)


def _series(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.series_run(case.telegram, sent_on(case.telegram.heading))


def _groups(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.groups_in_time(case.telegram, sent_on(case.telegram.heading))


def _weekdays(case: CheckCase) -> Iterator[Inconsistency]:
    yield from checking.weekdays(case.telegram, sent_on(case.telegram.heading))


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
