"""Where paragraphs may begin: what a line offers as a label, on a clean copy and on a bad one.

Nothing is decided here: `septel.telegram.body.labels` does that, over all candidates of a text together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_EXACT = re.compile(
    r"(?P<open>\()?(?P<value>\d{1,3}|[A-Z]|[IVX]{2,4})(?P<close>\.\)|\)\.?|\.{1,2}-?)"
    r"(?:(?<=\))\s*|\s+|(?=[A-Z(\"'][A-Z ]))(?=\S)"
)
_LOWER = re.compile(
    r"(?P<open>\()?(?P<value>[a-km-z])(?P<close>\.\)|\)\.?|\.)\s+(?=\S)(?=.*[a-z]{3})(?![a-z]\.|\W*\w{0,3}\W*$)"
)
"""A letter as papers of both cases have it; `l.` is one as often."""
_COMMA = re.compile(r"(?P<value>\d{1,2})[,;:•·]\s(?=[A-Z]{2,}\s)")
_BARE = re.compile(r"(?P<value>\d{1,2}) (?=[A-Z]{2,})")
_TOKEN = re.compile(r"\S+")
OPENERS = frozenset("0123456789(")
STOPS = frozenset(".)")
_STOP = ".,•·:;-!)"
_TITLE = re.compile(r"\b(?:MR|MRS|DR|GEN|COL|SEN|REP|AMB|MESSRS|LT|CAPT|ADM|PROF|ST|J|[A-Z])\.$")
_LONGEST_TITLE = len(" MESSRS.")
_ENDS = (".", ":", ";", "?", "!", '"', ")", "•", "·")
_SPECKS = re.compile(r"[^A-Za-z0-9(]{1,4}(?=[A-Z0-9])")
_LONE = re.compile(r"\W{0,2}\w[.,;:•·]\s")
_DAY = re.compile(
    r"[0-3]?\d\.?\s(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[A-Z]*\.?,?\s(?:19)?\d\d\b",
    re.IGNORECASE,
)
"""A date whose day has a stop begins no paragraph."""
_SHORT = 40
_NO_LABEL = re.compile(r"[>▯□_]|[*†‡]+\s+(?!\W*\w{1,2}[.,;:)])|[A-Za-z]{2,}\s?[:;]|\d{1,2}\s?[-–—]\s")
"""What begins a line and is no worn label: a sign of quoting or listing, of a note, an unreadable one, a
cell's label, a count of copies."""


class Candidate(NamedTuple):
    """A place where a paragraph may begin.

    Attributes:
        line: index of the line among the text lines.
        value: the label as read: figures, a letter, or empty when nothing of it can be read.
        exact: whether the label is well formed.
        sub: whether it is of the form `1)` or `(A)`.
        end: where in the line the text after the label begins.
        bare: a number without a stop.
        fresh: whether the text before it ended a sentence, or a blank line stands before it.
        colon: whether the text before it ended with a colon.
        run: whether it is one of a list: the number before or after it among the candidates is its neighbour.
        worn: whether the copy is bad: then a whole label may yet be another.
    """

    line: int
    value: str
    exact: bool
    sub: bool
    end: int
    bare: bool = False
    fresh: bool = True
    colon: bool = False
    run: bool = False
    worn: bool = False


def may_begin(text: str) -> bool:
    """Whether a clean line looks enough like the beginning of a paragraph to be looked at."""
    return text[0] in OPENERS or text[1:2] in STOPS


def candidate(text: str, index: int, *, before: str, apart: bool, gap: bool, noisy: bool) -> Candidate | None:
    """What a line offers as the beginning of a paragraph, or None."""
    # A short line before it was ended on purpose: lists have no stops.
    ended = before.endswith(_ENDS) or len(before) < _SHORT
    if ended and before[-1:] == ".":
        ended = _TITLE.search(before, max(0, len(before) - _LONGEST_TITLE)) is None
    fresh = apart or not before or ended or (noisy and not before[-1].isalnum())
    colon = before.endswith(":")
    if may_begin(text):
        if _DAY.match(text):
            return None
        found = _EXACT.match(text)
        if found:
            opened, value, close = found.group("open", "value", "close")
            if not opened or ")" in close:
                sub = bool(opened) or (")" in close and close != ".)")
                return Candidate(index, value, True, sub, found.end(), False, fresh, colon, False, noisy)
        lower = _LOWER.match(text)
        if lower and (not lower["open"] or ")" in lower["close"]):
            value, sub = lower["value"].upper(), ")" in lower["close"] and lower["close"] != ".)"
            return Candidate(index, value, True, sub, lower.end(), False, fresh, colon, False, noisy)
        bare = _BARE.match(text)
        if bare:
            return Candidate(
                index, bare.group("value"), True, False, bare.end(), bare=True, fresh=fresh, colon=colon
            )
    if not noisy:
        return None
    comma = _COMMA.match(text)
    if comma and not fresh:
        # `3, THE PURPOSE` under a line whose full stop was lost: its number must be the next one.
        return Candidate(index, comma.group("value"), True, False, comma.end(), fresh=False, worn=True)
    if gap:
        return _speckled(text, index, fresh, colon) or _garbled(text, index, fresh, colon)
    behind = _speckled(text, index, fresh, colon)
    if behind is not None or not fresh or not _LONE.match(text):
        return behind
    # Engines that drop blank lines leave only the stop before and after a label to go by.
    alone = _garbled(text, index, fresh, colon)
    return alone if alone is not None and len(alone.value) == 1 else None


def _speckled(text: str, index: int, fresh: bool, colon: bool) -> Candidate | None:
    """A whole label behind specks: `* 2. IN`, `'B. THE`."""
    lead = _SPECKS.match(text)
    found = _EXACT.match(text, lead.end()) if lead else None
    if found is None or found.group("open"):
        return None
    return Candidate(
        index, found.group("value"), True, False, found.end(), fresh=fresh, colon=colon, worn=True
    )


def _garbled(text: str, index: int, fresh: bool, colon: bool) -> Candidate | None:
    if _NO_LABEL.match(text):
        return None
    value, end, taken = "", 0, 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        figures = "".join(c for c in word if c.isalnum())
        if not figures:
            if len(word) > 4:
                break
        elif value or len(figures) > 2 or len(word) > 5:
            break
        if figures and word[-1] not in _STOP and not _stop_follows(text, token.end(), figures):
            break
        value = value or figures
        end, taken = token.end(), taken + 1
        if taken == 3:
            break
    if not taken or end >= len(text):
        return None
    while end < len(text) and text[end].isspace():
        end += 1
    return Candidate(index, value, False, False, end, fresh=fresh, colon=colon)


def _stop_follows(text: str, at: int, figures: str) -> bool:
    following = text[at:].split(maxsplit=1)
    return len(figures) == 1 and bool(following) and not any(c.isalnum() for c in following[0])
