"""What stamps say: numbers behind their labels, dates, dates with hours; all else is left to other readers.

After the forms of 1951-77: `IN 89022`, `DIR 12345`, `TDCS-3/565,829`, `17 OCT 62`, `24 AUG 64 IN 41824`,
`OCT 17 1 15 AM '62`, `1962 OCT 17 PM 4 30`. A sign that looks like a figure is one among figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 40, 89
"""Years of stamps, of this century's hundred."""
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)"
_DAY = r"(?:0?[1-9]|[12] ?[0-9]|3 ?[01])"
_YEAR = r"(?:(?:19 ?|['’])?(?:[4-8] ?[0-9]))"
_HOUR = r"(?:[01]?[0-9]|2[0-3])"
_CLOCK = (
    rf"(?:{_HOUR}(?:[ :.]?[0-5][0-9])? ?[AP]\.? ?M\.?|[AP]\.? ?M\.? ?{_HOUR}[ :.]?[0-5][0-9]"
    r"|[0-2][0-9][0-5][0-9] ?Z)"
)
_DATE = (
    rf"(?:{_DAY}[ .-]?{_MONTH}\.?[ .,-]?{_YEAR}(?: ?[0-2] ?[0-9] ?[0-5] ?[0-9] ?Z)?"
    rf"|{_MONTH}\.?[ -]?{_DAY},? ?(?:{_CLOCK} ?)?{_YEAR}"
    rf"|19 ?[4-8][0-9] ?{_MONTH} ?{_DAY}(?: ?{_CLOCK})?)"
)
_LABEL = r"(?:(?:CITE )?DIR(?:ECTOR)?|C[I1]TE|IN|OUT|N[RO]\.?|CS|ADVANCE COPY)"
_REPORT = r"(?:TDCS[ -]*(?:DB)?[ -]*)?[1-3] ?/ ?[0-9]{3}[,. ]?[0-9]{3}(?:-[0-9]{2})?"
_WHOLE = re.compile(
    rf"(?P<report>{_REPORT})"
    rf"|(?:(?P<date>{_DATE})[ .-]*)?(?:(?P<label>{_LABEL})[ .:-]*)(?P<cited>[0-9](?:[ ,]?[0-9]){{3,5}}[A-Z]?)"
    rf"|(?P<dated>{_DATE})(?: (?P<behind>[0-9]{{5,6}}))?"
    r"|(?P<group>[0-3] ?[0-9] ?[0-2] ?[0-9] ?[0-5] ?[0-9][ '.]*Z)"
    r"|(?P<bare>[0-9](?: ?[0-9]){4,5})"
)
_MONTHS = re.compile(_MONTH)
_BEFORE = re.compile(r"[IiLl](?=[0-9]{5}$)")
"""A letter before five figures is what is left of the printed IN."""
_SPACED_DAY = re.compile(rf"^[123] [0-9](?= ?{_MONTH})")
_FIGURES = str.maketrans("OQDILSBZG", "000115826")
_EDGES = " .,;:'\"`-_|/\\()[]*~^=<>!"


class StampKind(StrEnum):
    """What a stamp is of."""

    NUMBER = "number"
    DATE = "date"
    REPORT = "report"
    GROUP = "date-time group"


@dataclass(frozen=True, slots=True, kw_only=True)
class StampText:
    """What a stamp says.

    Attributes:
        kind: of it; a date with a number behind it is a date.
        text: in capitals, with figures where signs look like them.
        first, last: where it stands in what was read, last excluded.
        changed: how many signs were taken for figures.
        labelled: whether the label of its number was read.
        within: where blanks and specks of the text stand within a number or day, between wheels of a machine.
    """

    kind: StampKind
    text: str
    first: int
    last: int
    changed: int
    labelled: bool
    within: frozenset[int] = frozenset()


def stamp_of(read: str) -> StampText | None:
    """The stamp that was read, or None where the text is none."""
    first = len(read) - len(read.lstrip(_EDGES))
    bare = read.strip(_EDGES)
    if _BEFORE.match(bare):
        first, bare = first + 1, bare[1:]
    if not bare or sum(map(str.isdigit, bare)) < 2:
        return None
    text = _with_figures(bare.upper())
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    kind = StampKind.REPORT if found["report"] else StampKind.NUMBER
    if found["date"] or found["dated"]:
        kind = StampKind.DATE
    elif found["group"]:
        kind = StampKind.GROUP
    changed = sum(one != other for one, other in zip(bare.upper(), text, strict=True))
    labelled = bool(found["label"]) or text.startswith("TDCS")
    inside = [found.span(name) for name in ("report", "cited", "behind", "bare", "group")]
    inside += [day.span() for day in _SPACED_DAY.finditer(text)]
    within = frozenset(at for start, end in inside for at in range(max(start, 0), end) if text[at] in " '.")
    return StampText(
        kind=kind,
        text=text,
        first=first,
        last=first + len(bare),
        changed=changed,
        labelled=labelled,
        within=within,
    )


def _with_figures(text: str) -> str:
    """A text with figures for signs that look like them, in words that have figures and are no word else.

    What is one letter from one month, and no other, is that month.
    """
    text = _THREE.sub(lambda match: _month(match[0]), text)

    def figures(match: re.Match[str]) -> str:
        word = match[0]
        known = word in _KEPT or _MONTHS.search(word) is not None
        if known or not any(map(str.isdigit, word)):
            return word
        kept = word[-1] if word[-1] in "Z" else ""
        return word[: len(word) - len(kept)].translate(_FIGURES) + kept

    return re.sub(r"[A-Z0-9]+", figures, text)


def _month(word: str) -> str:
    if word in _KEPT or sum(map(str.isalpha, word)) < 2:
        return word
    near = [month for month in _NAMES if sum(map(str.__eq__, month, word)) >= 2]
    return near[0] if len(near) == 1 else word


_THREE = re.compile(r"(?<![A-Z])[A-Z0][A-Z0][A-Z](?![A-Z])")
_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_KEPT = frozenset({"IN", "DIR", "DIRECTOR", "CITE", "OUT", "NR", "NO", "CS", "TDCS", "DB", "AM", "PM", "Z"})
