"""What a telegram says against its own date, number and grade: such a field is doubtful in every view.

A grade that only one stamp tells, misread or doubtful, has nothing to stand on. A telegram with TAGS is of
March 1973 or later; page heads repeat post and number, with the time of receipt, which comes after that of
sending. Places are counted: one page head among several says nothing of the rest.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from septel.lexicon import Lexicon, letters
from septel.telegram.heading import grade as grade_code
from septel.telegram.model import CONTESTED, Field, Heading, PageHead, Telegram
from septel.text import Locus, Reading, State, state_of

T = TypeVar("T")
TAGS_SINCE = datetime.date(1973, 3, 1)
"""From this day on telegrams have lines for E.O. 11652 and TAGS (TAGS/E.O. 11652 handbook)."""
EO_12065_SINCE = datetime.date(1978, 12, 1)
_DAYS = 10
"""A day of receipt farther behind that of sending is of the next month."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something in a telegram that can't stand beside a field of its heading.

    Attributes:
        field: `sent` or `number`.
        what: in words.
        locus: where it stands.
    """

    field: str
    what: str
    locus: Locus


def sent_on(heading: Heading) -> datetime.date | None:
    """The day of the date-time group; None where month or year is open."""
    sent = heading.sent
    if sent is None or sent.value.year is None or sent.value.month is None:
        return None
    try:
        return datetime.date(sent.value.year, sent.value.month, sent.value.day)
    except ValueError:
        return None


def of_another_era(telegram: Telegram) -> Iterator[Contradiction]:
    """Labelled lines that telegrams of the date did not have yet."""
    heading = telegram.heading
    day, order = sent_on(heading), heading.executive_order
    if day is None:
        return
    if heading.tags and day < TAGS_SINCE:
        what = f"a TAGS line on a telegram of {day}, before 1 March 1973"
        yield Contradiction("sent", what, heading.tags.locus)
    for name, since, told in _ORDERS:
        if order and order.value.startswith(name) and day < since:
            yield Contradiction(
                "sent", f"an E.O. {name} line on a telegram of {day}, before {told}", order.locus
            )


_ORDERS = (("11652", TAGS_SINCE, "1 March 1973"), ("12065", EO_12065_SINCE, "December 1978"))


def of_another_number(telegram: Telegram) -> Iterator[Contradiction]:
    """Page heads that name another post or number than the heading."""
    number = telegram.heading.number
    if number is None:
        return
    lexicon = Lexicon.shipped()
    for page in telegram.pages:
        post = lexicon.post(page.post)
        if page.serial != number.value.serial:
            what = f"page {page.page} bears number {page.serial}, the telegram {number.value.serial}"
            yield Contradiction("number", what, page.locus)
        elif post is not None and number.value.post not in (None, post.name):
            what = f"page {page.page} names {post.name}, the telegram {number.value.post}"
            yield Contradiction("number", what, page.locus)


def of_another_post(telegram: Telegram) -> Iterator[Contradiction]:
    """An originator that is not the post of the class line."""
    origin, number = telegram.heading.originator, telegram.heading.number
    if origin is None or number is None or not origin.value.post or not number.value.post:
        return
    # `USDEL SALT HELSINKI` counts as Helsinki.
    if origin.value.post != number.value.post and number.value.post not in origin.value.name:
        what = f"the originator is {origin.value.post}, the class line names {number.value.post}"
        yield Contradiction("number", what, number.locus)


def received_too_early(telegram: Telegram) -> Iterator[Contradiction]:
    """Page heads with a time of receipt before that of sending."""
    sent = telegram.heading.sent
    if sent is None or sent.value.zone != "Z":
        return
    for page in telegram.pages:
        if _is_early(page, (sent.value.day, sent.value.hour, sent.value.minute)):
            what = f"received {page.received}, before it was sent ({sent.raw})"
            yield Contradiction("sent", what, page.locus)


def _is_early(page: PageHead, sent: tuple[int, int, int]) -> bool:
    figures = page.received
    if figures is None:
        return False
    time = (int(figures[:2]), int(figures[2:4]), int(figures[4:6]))
    return time < sent and sent[0] - time[0] <= _DAYS


def rests_on_one_stamp(telegram: Telegram, reading: Reading) -> bool:
    """Whether the grade is told by one marking alone, and that one was misread or is doubtful."""
    told = telegram.heading.classification
    if told is None or told.basis != "vote":
        return False
    own = grade_code(told.value)
    if sum(mark.value == own for mark in telegram.markings) > 1:
        return False
    unsure = (State.DOUBTFUL, State.UNREADABLE)
    return letters(told.raw) != letters(told.value) or any(
        edit.span.overlaps(told.locus.span) and state_of(edit) in unsure for edit in reading.edits
    )


def with_contested(telegram: Telegram, reading: Reading) -> Telegram:
    """The telegram with the basis `contested` at the fields that enough of it speaks against."""
    heading = telegram.heading
    heads = len(telegram.pages)
    received = sum(page.received is not None for page in telegram.pages)
    against_number = len(list(of_another_number(telegram)))
    against_time = len(list(received_too_early(telegram)))
    # The heading's own line agrees with itself.
    number = against_number > 0 and 2 * against_number >= heads - against_number + 1
    number = number or any(of_another_post(telegram))
    sent = any(of_another_era(telegram)) or (against_time > 0 and 2 * against_time > received)
    grade = rests_on_one_stamp(telegram, reading)
    if not number and not sent and not grade:
        return telegram
    return replace(
        telegram,
        heading=replace(
            heading,
            number=_contested(heading.number) if number else heading.number,
            sent=_contested(heading.sent) if sent else heading.sent,
            classification=_contested(heading.classification) if grade else heading.classification,
        ),
    )


def _contested(field: Field[T] | None) -> Field[T] | None:
    return None if field is None else replace(field, basis=CONTESTED)
