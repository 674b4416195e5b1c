"""What a message says of itself in the fields of its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFields:
    """The fields of a message by its form, as they stand on the page; empty where they were not found.

    Attributes:
        service: which service's form it is.
        originator: who sends it.
        number: the number by which it is cited (`DIR 75338`).
        numbers: all of its numbers, with their labels.
        date: of the message, as ISO 8601.
        time_group: day, hour and minute as written.
        to, info: who is to act, and who is informed.
        precedence: of the message, or of the first addressee.
        classification: its own marking as spelled.
        captions: words of handling and slugs.
        subject: its subject.
        references: each as written.
        paragraphs: the labels of its paragraphs in order.
        signature: who signed.
        participants: who took part in what a memorandum reports.
        contested: the names of fields of which the pages say two things.
        beside: what the page has against a contested date: another date, or a time group.
        refuted: the names of fields that the text itself rules out: they are left unread.
        guessed: the names of fields that are not told by a label or place of the form alone: known by their
            shape, or told otherwise by the lines of the page.
    """

    service: str = ""
    originator: str = ""
    number: str = ""
    numbers: tuple[str, ...] = ()
    date: str = ""
    time_group: str = ""
    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    precedence: str = ""
    classification: str = ""
    captions: tuple[str, ...] = ()
    subject: str = ""
    references: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    signature: str = ""
    participants: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()
    beside: str = ""
    refuted: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()

    def over(self, other: FormFields) -> FormFields:
        """These fields, and another reading's where these have none."""
        missing = {f.name: getattr(other, f.name) for f in fields(self) if not getattr(self, f.name)}
        guessed = *self.guessed, *(name for name in other.guessed if name in missing)
        return replace(self, **missing | {"guessed": guessed})


def agreed(found: Sequence[FormFields]) -> FormFields:
    """One set of fields from those that several readings of a page give, the best reading first.

    What two of them read alike stands; else what the first has. Lists of stations and references are taken
    from the reading that has most of their entries, since a worn page loses lines and makes none; labels of
    paragraphs are not, since specks and lists within a text look like labels.
    """
    known = [one for one in found if one != FormFields(service=one.service)]
    if not known:
        return found[0] if found else FormFields()
    chosen: dict[str, object] = {}
    for field in fields(FormFields):
        having = [one for one in known if getattr(one, field.name)]
        if not having:
            continue
        # What a label or a place tells goes before what has but the shape.
        told = [one for one in having if field.name not in one.guessed] or having
        values = [getattr(one, field.name) for one in told]
        if isinstance(values[0], tuple) and field.name != "paragraphs":
            chosen[field.name] = max(values, key=len)
        else:
            counted = Counter(values)
            best = max(counted, key=lambda value: (counted[value], -values.index(value)))
            chosen[field.name] = best
    return replace(FormFields(), **chosen)  # type: ignore[arg-type]
