"""Which fields of a heading are shown with marks of doubt, and where in them: one list for all views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from septel.telegram.model import Heading
from septel.text import DOUBT, Locus, Reading, Span, marked_value

if TYPE_CHECKING:
    from septel.telegram.output.schema import HeadingJson

DOUBTED = ("identifier", "post", "dtg", "subject", "classification", "to", "info", "references")
"""The fields that may bear the mark, by the names that lists give them."""
BETWEEN = "; "
"""Stands between several addressees or references."""
_TOLD_TOGETHER = ("form", "vote")
"""Bases of fields that more tells than the words of one place: agreement makes sure."""


class ToldField(Protocol):
    """A field or an addressee, as parsed or as stored."""

    @property
    def basis(self) -> str:
        """How it was found."""

    @property
    def locus(self) -> Locus | str:
        """Where it stands."""

    @property
    def doubtful(self) -> bool:
        """Whether it is doubtful as a whole."""


def marked_field(told: ToldField, value: str, reading: Reading) -> str:
    """A value of a heading as every view shows it.

    What a form tells is doubtful as a whole or not at all. What the grammar reads stands or falls with its
    words: each has the mark that it has in the text.

    Args:
        told: the field, or the addressee.
        value: what is shown of it.
        reading: the text; that of its lines is enough.
    """
    if told.doubtful:
        return f"{value}{DOUBT}"
    return value if told.basis in _TOLD_TOGETHER else marked_value(reading, span_of(told), value)


def marked_reference(heading: Heading | HeadingJson | None, value: str, place: Span, reading: Reading) -> str:
    """A reference of a text as every view shows it: as the heading's where it is one of those."""
    of_heading = heading.references if heading else ()
    told = next((one for one in of_heading if place.overlaps(span_of(one))), None)
    return marked_field(told, value, reading) if told else marked_value(reading, place, value)


def span_of(told: ToldField) -> Span:
    """Where a field stands in the source."""
    return (told.locus if isinstance(told.locus, Locus) else Locus.parse(told.locus)).span


def told_fields(heading: Heading | HeadingJson) -> dict[str, ToldField]:
    """The fields that lists show one value of, by the names that they give them.

    The post is the originator's, or the number's where there is none; the time is that of sending, or the day
    where there is none.
    """
    number, sent = heading.number, heading.sent
    told: dict[str, ToldField | None] = {
        "identifier": number,
        "post": heading.originator or number,
        "dtg": sent or heading.date,
        "subject": heading.subject,
        "classification": heading.classification,
    }
    return {name: field for name, field in told.items() if field is not None}


def doubted_fields(
    heading: Heading | HeadingJson, reading: Reading, values: Mapping[str, str | None]
) -> dict[str, str]:
    """The fields that are doubtful, each as views show it, marks and all; by the names of lists (`DOUBTED`).

    `to`, `info` and `references` are there where one entry is doubtful, with all of them. So is `title`,
    where it names a field that is doubtful.

    Args:
        heading: of a telegram.
        reading: its text; that of the lines of its heading is enough.
        values: what lists show, by field: `identifier`, `post`, `dtg`, `subject`, `classification`, `title`.
    """
    shown: dict[str, str] = {}
    for name, told in told_fields(heading).items():
        value = values.get(name)
        if value and (marked := marked_field(told, value, reading)) != value:
            shown[name] = marked
    for name, role in (("to", "action"), ("info", "info")):
        found = [one for one in heading.addressees if one.role == role]
        _joined(shown, name, [(one, one.station.name) for one in found], reading)
    _joined(shown, "references", [(one, one.value) for one in heading.references], reading)
    title = values.get("title") or ""
    if (named := marked_title(title, values, shown)) != title or DOUBT in title:
        shown["title"] = named
    return shown


def _joined(shown: dict[str, str], name: str, found: list[tuple[Any, str]], reading: Reading) -> None:
    """Add several entries under a name, if one of them is doubtful."""
    plain = [value for _, value in found]
    marked = [marked_field(told, value, reading) for told, value in found]
    if marked != plain:
        shown[name] = BETWEEN.join(dict.fromkeys(marked))


def marked_title(title: str, values: Mapping[str, str | None], shown: Mapping[str, str]) -> str:
    """A title with the marks of the fields that it is made of: number, subject, day.

    Args:
        title: how lists name the paper.
        values: its fields.
        shown: those of them that are doubtful, as they are shown.
    """
    for name in ("identifier", "subject"):
        value = values.get(name)
        if value and name in shown:
            title = title.replace(value, shown[name], 1)
    day = (values.get("dtg") or "")[:10]
    return title.replace(f", {day} (", f", {day}{DOUBT} (", 1) if day and "dtg" in shown else title


def doubts_json(shown: Mapping[str, str]) -> dict[str, Any]:
    """The doubtful fields of a row of a list for other programs: their names, and each with its marks.

    Both are there where nothing is doubtful, too, and empty.
    """
    return {"doubted": sorted(shown), "shown": dict(sorted(shown.items()))}


def heading_kept(kept: Mapping[str, Any] | None) -> HeadingJson | None:
    """A heading as it is kept; None where there is none, or this version can't read it."""
    if not kept:
        return None
    from pydantic import ValidationError

    from septel.telegram.output.schema import HeadingJson

    try:
        return HeadingJson.model_validate(kept)
    except ValidationError:
        return None
