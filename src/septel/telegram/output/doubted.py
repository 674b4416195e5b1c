"""Which fields of a heading are shown with the mark of doubt: one list for all views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from septel.telegram.model import CONTESTED, Heading

if TYPE_CHECKING:
    from septel.telegram.output.schema import HeadingJson

DOUBTED = ("identifier", "post", "dtg", "subject", "classification", "to", "info", "references")
"""The fields that may bear the mark, by the names that lists give them."""


def doubted_fields(heading: Heading | HeadingJson) -> frozenset[str]:
    """The names of the fields that are doubtful, as lists name them (`DOUBTED`).

    The post is the originator's, or the number's where there is none; the time is that of sending, or the day
    where there is none. `to`, `info` and `references` are doubtful where one entry is.
    """
    number, sent = heading.number, heading.sent
    told = {
        "identifier": number,
        "post": heading.originator or number,
        "dtg": sent or heading.date,
        "subject": heading.subject,
        "classification": heading.classification,
    }
    found = {name for name, field in told.items() if field is not None and field.doubtful}
    found |= {
        name
        for name, role in (("to", "action"), ("info", "info"))
        if any(one.role == role and one.doubtful for one in heading.addressees)
    }
    if any(one.doubtful for one in heading.references):
        found.add("references")
    return frozenset(found)


def doubts_of_heading(kept: Mapping[str, Any] | None) -> frozenset[str]:
    """`doubted_fields` of a heading as it is kept; none where it can't be read or has no field of a form."""
    if not kept or not any(_is_of_form(field) for field in kept.values()):
        return frozenset()
    # Lists look at headings; few of them are of a form, and the others need not wait for what checks a form.
    from pydantic import ValidationError

    from septel.telegram.output.schema import HeadingJson

    try:
        return doubted_fields(HeadingJson.model_validate(kept))
    except ValidationError:
        return frozenset()


def _is_of_form(field: Any) -> bool:
    """Whether a field, or one of several, may bear the mark: of a form, or with a check against it."""
    if isinstance(field, list):
        return any(map(_is_of_form, field))
    return isinstance(field, Mapping) and field.get("basis") in ("form", CONTESTED)
