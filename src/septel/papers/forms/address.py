"""To whom a letter goes, and heads without labels.

A letter's address stands above its salutation, or under its signature as the British type it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SALUTED = re.compile(r"^\W{0,3}(?:My )?Dear\b")
_TITLED = re.compile(
    r"^(?:To )?(?:The )?(?P<title>Mr|Mrs|Miss|Ms|Dr|Prof|Professor|Honou?rable|Hon|General|Gen|Colonel|Lt|"
    r"Captain|Capt|Major|Commander|Admiral|Senator|Sir|Reverend|Rev)\b|^To [A-Z]"
)
_NAME = re.compile(r"^(?:[A-Z][\w.'’-]*\s+){1,5}[A-Z][\w.'’-]+(?:, (?:Jr|Sr|Esq|M\.?D)\.?)?$")
_NOT = re.compile(
    r"\d{4}|^\W*(?:SECRET|CONFIDENTIAL|TOP SECRET|COPY|DRAFT|FILE)\b|[:;]|RELEASE|RETURN TO|\bref\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:(?:The|Acting|Deputy|Assistant|Associate|Executive) )*(?:Chief|Director|Secretary|Chairman|Commissioner|"
    r"Administrator|Inspector General|General Counsel|Comptroller|(?:SAC|Legat)(?=,)|(?:Record|Files?)$)\b",
    re.IGNORECASE,
)
_HIGHEST = 10
"""An address with its town begins so many lines above the salutation at the most."""
_FURTHEST = 40


def is_post(who: str) -> bool:
    """Whether somebody is named by his post, or as the record or file: words that a misread letter shows."""
    return _POST.match(who) is not None


def addressed(lines: Sequence[str]) -> str:
    """The receiver of a letter without office and place; empty where it has no salutation or no address.

    Args:
        lines: the letter's lines, without empty ones.
    """
    at = next((n for n, line in enumerate(lines[:_FURTHEST]) if _SALUTED.match(line)), None)
    if at is None:
        return ""
    above = [line.strip() for line in lines[max(0, at - _HIGHEST) : at]]
    titled = [line for line in above if _TITLED.match(line) and not _NOT.search(line) and len(line) < 60]
    if titled:
        return _bare(titled[-1])
    below = [line.strip() for line in lines[at + 4 :] if _TITLED.match(line.strip())]
    if not above and below:
        return below[-1] if len(below[-1]) < 40 else ""
    cut = next((n + 1 for n in range(len(above) - 1, -1, -1) if _NOT.search(above[n])), 0)
    named = [line for line in above[cut:] if _NAME.match(line)]
    return named[0] if named else ""


@dataclass(frozen=True, slots=True)
class BareHead:
    """Receiver, sender and subject that stand one under the other without labels."""

    to: str
    sender: str
    subject: str


def bare_head(lines: Sequence[str]) -> BareHead | None:
    """The three lines without labels that some papers begin with; None where they don't stand so.

    Args:
        lines: those above the text, without empty ones.
    """
    parts = [part.strip(" .:") for line in lines for part in re.split(r"\s{5,}", line) if part.strip()]
    parts = [_DATED.sub("", part) for part in parts]
    first = next((n for n, part in enumerate(parts) if _OFFICE.fullmatch(part)), len(parts))
    last = first
    while last + 1 < len(parts) and _OFFICE.fullmatch(parts[last + 1]):
        last += 1  # between receiver and sender may stand who is informed
    if last == first and last + 1 < len(parts) and _NAME.match(parts[last + 1]):
        last += 1
    if first == last or last + 1 >= len(parts) or _NOT.search(parts[last + 1]):
        return None
    return BareHead(parts[first], parts[last], parts[last + 1])


_OFFICE = re.compile(
    r"(?:(?:Acting|Deputy|Assistant|Asst\.?) )?(?:Chiefs?|Director)\b[A-Za-z0-9,/.&() -]{2,44}(?<![,-])"
)
"""An office alone on its line."""
_DATED = re.compile(r"\s+\d{1,2} [A-Z][a-z]{2,8}\.? 19\d\d$")
"""A date behind it."""


def _bare(line: str) -> str:
    return re.sub(r"^To ", "", line).strip(" ,.")
