"""Fields of a form as fields of the tree: where they stand in the text, and when a message was sent."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

from septel.papers.forms.fields import FormFields
from septel.papers.places import day_of
from septel.telegram import CONTESTED, DateTime, Field, Heading, ParseFault
from septel.text import Locus, Reading, Span

BASIS = "form"
"""The basis of a field that was read by its place on a printed form."""


def two_dates(
    heading: Heading, fields: FormFields, reading: Reading
) -> tuple[Heading, tuple[ParseFault, ...]]:
    """The heading with its time of sending doubtful, and a finding, where the page has two dates that differ.

    Args:
        heading: as the form and the grammar tell it.
        fields: of the form.
        reading: the paper's text.
    """
    sent, told, beside = heading.sent, fields.date, fields.beside
    if sent and sent.basis != BASIS and sent.value.year and sent.value.month and told:
        day = datetime.date(sent.value.year, sent.value.month, sent.value.day)
        if abs((datetime.date.fromisoformat(told) - day).days) > _DAYS:
            told, beside = day.isoformat(), told
            heading = replace(heading, sent=replace(sent, basis=CONTESTED))
    if not told or not beside:
        return heading, ()
    what = f"the page has two dates, {told} and {beside}, that can't both be the message's"
    place = placed(beside, reading)
    line = reading.source.line_at(place.span.start) if len(place.span) else None
    where = place if len(place.span) else None
    return heading, (ParseFault(what=what, where=where, line=line, remedy="Look at the page."),)


def sent_at(fields: FormFields, reading: Reading) -> Field[DateTime] | None:
    """The time of sending where the page has a time group and the date is known, and they go together."""
    group = re.match(r"(\d\d)(\d\d)(\d\d)\s?Z", fields.time_group)
    if group is None or len(fields.date) < 10:
        return None
    day, hour, minute = map(int, group.groups())
    date = day_of(day, fields.date, before=_DAYS, after=_DAYS)
    if not date or hour > 23 or minute > 59:
        return None
    value = DateTime(
        iso=f"{date}T{hour:02d}:{minute:02d}Z",
        day=day,
        hour=hour,
        minute=minute,
        zone="Z",
        month=int(date[5:7]),
        year=int(date[:4]),
    )
    return form_field(value, fields.time_group, reading)


_DAYS = 7
"""A message's date and its time group are no farther apart, by days."""


def form_field(value: Any, raw: str, reading: Reading) -> Field[Any]:
    """A field that was read by its place on a form."""
    return Field(value=value, raw=raw, locus=placed(raw, reading), basis=BASIS)


def placed(raw: str, reading: Reading) -> Locus:
    """Where the words of a field stand; the paper's beginning where another reading gave them."""
    # The form joins what stands on several lines.
    words = r"\s+".join(map(re.escape, raw.split()))
    found = re.search(words, reading.text) if words else None
    if found is None:
        return Locus(reading.source.id, Span(0, 0))
    return reading.locus(Span(*found.span()))
