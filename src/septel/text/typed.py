"""What a person types: taken only as what it is seen to be, whichever way it comes in."""

from __future__ import annotations

import re

from septel.errors import UsageError

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What is not seen and works on what is: of terminals, and of the direction in which a line runs."""
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MARK = re.compile(r"\[\?+\]|\[(?:…|\.\.\.)\d*\]")
"""The marks that views put in for what is doubtful or can't be read."""


def typed_fault(text: str, *, there: str = "", lines: bool = False) -> str:
    """Why a text can't stand as it is typed, as what comes behind `it`; empty where it can.

    Args:
        text: what is typed.
        there: what stands in the source: a mark of doubt that it has is its own.
        lines: whether it may be of several lines.
    """
    if not lines and _LINE_END.search(text):
        return "stays within one line"
    if found := _CONTROL.search(text):
        return f"holds no control characters (U+{ord(found[0]):04X} is one)"
    if not lines and (mark := _MARK.search(text)) and mark[0] not in there:
        return f"has no marks of doubt ({mark[0]} is one, and none of the text)"
    return ""


def check_typed(text: str, what: str) -> None:
    """See that a text of several lines that a person gives is what it is seen to be: a note, a reason.

    Raises:
        UsageError: it holds control characters, those of direction too.
    """
    if why := typed_fault(text, lines=True):
        raise UsageError(f"{what} {why}", remedy="Type it anew.")


def check_line(text: str, what: str, *, there: str = "") -> None:
    """The same of what stays within a line and stands beside what machines read: a reading, a name.

    Raises:
        UsageError: it has line ends, control characters, or marks of doubt that do not stand in `there`.
    """
    if why := typed_fault(text, there=there):
        raise UsageError(f"{what} {why}", remedy="Type what stands there, in one line.")
