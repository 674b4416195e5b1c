"""The labelled cells of a typed paper's head: MEMORANDUM FOR, TO, FROM, SUBJECT, REFERENCE, DATE.

A value stands behind its label or under it; on some copies all labels were read first and their values after
them, in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_LABELS = (
    (
        "to",
        r"MEMO(?:RAND\w{2,4})?\s+(?:N[O0]\.?\s?\d{1,4}\s+)?(?:FOR|TO)|NOTES?\s+(?:FOR|TO)|T[O0]|F?OR(?=\s*:)|FOR",
    ),
    ("from", r"FR[O0]M|F[MN](?=\s?:)"),
    ("through", r"THRU|THROUGH|VIA"),
    ("attention", r"ATTENTI[O0]N|ATTN"),
    ("subject", r"SUBJECTS?|SUBJ|RE(?=\s?:)"),
    ("references", r"REFERENCES?|REFS?"),
    ("date", r"DATE"),
    ("copies", r"CC|INFO|COPIES|COPY|LOCATION|PLACE|PARTICIPANTS|TIME|CLASSIFICATION|FILE(?: N[O0])?"),
)
_LABEL = re.compile(
    r"^\W{0,4}(?:"
    + "|".join(rf"(?P<{name}>{words})" for name, words in _LABELS)
    + r")\b[^\w\s:;.]?\s*?(?P<mark>\s*[:;.]|\s{3,}(?=\S)|\s+(?-i:(?=[A-Z][^:]*[a-z]{3}))|\W*$)",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"\s+(?:DATE|Date)\s*[:;]|\s{5,}(?![a-z\s])|\t|"
    r"\s+(?=CIA HAS NO|DECLASSIFICATION AND|RELEASE OF CIA|RETURN TO CIA)"
)
"""Where another cell begins on the row, or a stamp of release."""
_NO_VALUE = re.compile(
    r"^\W*(?:(?:TOP )?SECRET|CONFIDENTIAL|UNCLASSIFIED|RETURN TO CIA|BACKGROUND USE|DO NOT REPRODUCE|ROUTING|"
    r"MEMORANDUM.*|\(?WHEN FILLED IN\)?|VIA\b|[\W\d]+)\W*$|"
    r"^\W*(?:\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})\W*$",
    re.IGNORECASE,
)
"""What stands among values and is none: markings, stamps, a date alone."""
_OPEN = re.compile(r"\([^)]*$|\b(?:and|of|the|for|to|dated|&)$|[,/]$", re.IGNORECASE)
"""A value that goes on: a bracket is open, or the last word leads to another."""
_WORD = re.compile(r"\W{0,3}([A-Z0-9]{4,10})(?=\s*:|\s{3,})")
_LONG_LABELS = ("FROM", "SUBJECT", "ATTENTION", "REFERENCE")
_OTHER_CELL = re.compile(r"\W*[A-Z][A-Z .]{2,20}:(?:\s|$)")
"""A cell that no memorandum has."""
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class LabelledCell:
    """A cell: which it is, the number of its line, and its value; empty where nothing stands in it."""

    label: str
    line: int
    value: str


def labelled_cells(lines: Sequence[str]) -> tuple[LabelledCell, ...]:
    """The cells of a head in their order, each with its value.

    Args:
        lines: the head's lines, without empty ones.
    """
    found: list[LabelledCell] = []
    waiting: list[int] = []
    for at, line in enumerate(lines):
        read = _cell(line, at)
        if read is not None:
            if waiting and read.value:
                waiting = []  # a cell above it is empty
            found.append(read)
            waiting += [] if read.value else [len(found) - 1]
            continue
        if waiting and not _NO_VALUE.match(line) and not _OTHER_CELL.match(line) and len(line) <= _LONGEST:
            place = waiting.pop(0)
            found[place] = LabelledCell(found[place].label, at, cell_value(line))
        elif found and found[-1].line == at - 1 and _OPEN.search(found[-1].value) and len(line) <= _LONGEST:
            last = found[-1]
            found[-1] = LabelledCell(last.label, at, f"{last.value} {cell_value(line)}")
    return tuple(found)


def is_cell(line: str) -> bool:
    """Whether a line begins with the label of a cell."""
    return _cell(line, 0) is not None


def _cell(line: str, at: int) -> LabelledCell | None:
    match = _LABEL.match(line) or _LABEL.match(_mended(line))
    if match is None:
        return None
    line = match.string
    label = next(name for name, _ in _LABELS if match[name])
    written = match[label]
    mark = match["mark"].strip()
    value = cell_value(line[match.end() :])
    # `Subject.` alone or `to. them` at a line's beginning ends a sentence; `COPY.` alone is a stamp.
    if label == "copies" and mark == "." and not value:
        return None
    capitals = mark != ":" and (mark != "." or not value)
    sure = written.isupper() if capitals else written[0].isupper()
    if not sure and not (label == "subject" and mark == ":"):
        return None
    return LabelledCell(label, at, value)


def _mended(line: str) -> str:
    """A line whose first word is a long label with one misread letter, with that label: `PROM` is `FROM`."""
    word = _WORD.match(line)
    if word is None:
        return line
    near = [one for one in _LONG_LABELS if Levenshtein.distance(word[1], one, score_cutoff=1) == 1]
    return f"{near[0]}{line[word.end(1) :]}" if len(near) == 1 else line


def cell_value(text: str) -> str:
    """A value without what stands in other cells of its row."""
    parts: Iterator[str] = (part for part in _INNER.split(text.strip(" \t|")) if part.strip(" :;.|"))
    return " ".join(next(parts, "").strip(" \t.:;|").split())
