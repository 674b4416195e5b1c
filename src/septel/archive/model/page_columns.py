"""The lines of a page as columns: a list for each thing that is known of all its words, or all their signs.

A page of an engine has thousands of figures, most of them nearly the same as the figure before. Each column
holds what is left when that is taken away, which packs in half the space of figures word by word.
`docs/archive-format.md` says what the columns are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from septel.capture import Box, Character, Line, Word
from septel.text import Span

_TOKEN = re.compile(r"\S+")
_DENSE = (
    *("line", "length", "left", "top", "width", "height", "sure"),
    *("sign", "wide", "clear", "blank", "before", "after"),
)
_RARE = ("words", "boxes", "counts", "others", "agreed", "readings", "blanks")


class _Columns:
    """Columns while they are filled."""

    def __init__(self) -> None:
        self.dense: dict[str, list[Any]] = {name: [] for name in _DENSE}
        self.rare: dict[str, dict[str, Any]] = {name: {} for name in _RARE}
        self.end = self.top = self.margin = 0

    def add_line(self, line: Line, text: str) -> None:
        dense, number = self.dense, str(len(self.dense["line"]))
        dense["line"].append(line.span.start - self.end)
        dense["length"].append(len(line.span))
        self.end = line.span.end
        placed = [(word.span.start - line.span.start, word.text) for word in line.words]
        if placed != _tokens(line.span.of(text)):
            self.rare["words"][number] = [part for pair in placed for part in pair]
        if line.box and not any(word.box for word in line.words):
            self.rare["boxes"][number] = _box(line.box)
        right = self.margin
        for word in line.words:
            self._add_word(word, right)
            right = word.box.right if word.box else right
        self.margin = next((word.box.left for word in line.words if word.box), self.margin)

    def _add_word(self, word: Word, right: int) -> None:
        dense, number = self.dense, str(len(self.dense["sure"]))
        dense["sure"].append(_below(word.engine_confidence))
        box = word.box
        dense["left"].append(box.left - right if box else None)
        if box:
            dense["top"].append(box.top - self.top)
            dense["width"].append(box.right - box.left)
            dense["height"].append(box.bottom - box.top)
            self.top = box.top
        start = box.left if box else 0
        blank = word.blank
        dense["blank"].append(_below(blank.confidence) if blank else None)
        if blank:
            dense["before"].append(blank.left - right)
            dense["after"].append(blank.right - start)
        rare = {
            "agreed": word.agreed,
            "readings": list(word.others) or None,
            "blanks": _flat(blank.others) if blank and blank.others else None,
            "counts": len(word.characters) if len(word.characters) != len(word.text) else None,
        }
        for name, value in rare.items():
            if value is not None:
                self.rare[name][number] = value
        self._add_signs(word.characters, start)

    def _add_signs(self, signs: Sequence[Character], at: int) -> None:
        dense = self.dense
        for sign in signs:
            if sign.others:
                self.rare["others"][str(len(dense["sign"]))] = _flat(sign.others)
            dense["sign"].append(sign.left - at)
            dense["wide"].append(sign.right - sign.left)
            dense["clear"].append(_below(sign.confidence))
            at = sign.right


def columns_of(lines: Sequence[Line], text: str) -> dict[str, object]:
    """The lines of a page, as columns; `text` is the source's."""
    columns = _Columns()
    for line in lines:
        columns.add_line(line, text)
    both: dict[str, Any] = {**columns.dense, **columns.rare}
    return {name: values for name, values in both.items() if values}


def lines_of(columns: Mapping[str, Any], text: str) -> tuple[Line, ...]:
    """Read back what `columns_of` wrote.

    Raises:
        ValueError, KeyError, TypeError: they are no such columns.
    """
    try:
        return tuple(_Rows(columns, text).lines())
    except RuntimeError as why:
        raise ValueError("a column is too short") from why


class _Rows:
    """Columns while they are read."""

    def __init__(self, columns: Mapping[str, Any], text: str) -> None:
        self.dense: dict[str, Iterator[Any]] = {name: iter(columns.get(name, ())) for name in _DENSE}
        self.rare: dict[str, Mapping[str, Any]] = {name: columns.get(name, {}) for name in _RARE}
        self.spans = list(zip(columns.get("line", ()), columns.get("length", ()), strict=True))
        self.text = text
        self.words = self.signs = self.top = self.margin = 0

    def lines(self) -> Iterator[Line]:
        end = 0
        for n, (after, length) in enumerate(self.spans):
            span = Span(end + after, end + after + length)
            end, number = span.end, str(n)
            flat = self.rare["words"].get(number)
            placed = _tokens(span.of(self.text)) if flat is None else _paired(flat)
            words: list[Word] = []
            right = self.margin
            for at, text in placed:
                words.append(self._word(span.start + at, text, right))
                box = words[-1].box
                right = box.right if box else right
            boxes = [word.box for word in words if word.box]
            self.margin = boxes[0].left if boxes else self.margin
            own = self.rare["boxes"].get(number)
            box = reduce(Box.hull, boxes) if boxes else _unboxed(own) if own else None
            yield Line(span=span, words=tuple(words), box=box)

    def _word(self, at: int, text: str, right: int) -> Word:
        dense, number = self.dense, str(self.words)
        self.words += 1
        sure, left, blank_sure = (next(dense[name]) for name in ("sure", "left", "blank"))
        box = None
        if left is not None:
            self.top += next(dense["top"])
            left += right
            box = _unboxed([left, self.top, left + next(dense["width"]), self.top + next(dense["height"])])
        start = box.left if box else 0
        blank = None
        if blank_sure is not None:
            blank = Character(
                left=right + next(dense["before"]),
                right=start + next(dense["after"]),
                confidence=_above(blank_sure),
                others=_paired(self.rare["blanks"].get(number, ())),
            )
        count = self.rare["counts"].get(number, len(text))
        return Word(
            span=Span(at, at + len(text)),
            text=text,
            box=box,
            engine_confidence=_above(sure) if sure is not None else None,
            characters=tuple(self._signs(count, start)),
            agreed=self.rare["agreed"].get(number),
            others=tuple(self.rare["readings"].get(number, ())),
            blank=blank,
        )

    def _signs(self, count: int, at: int) -> Iterator[Character]:
        dense, others = self.dense, self.rare["others"]
        for _ in range(count):
            left = at + next(dense["sign"])
            at = left + next(dense["wide"])
            more = others.get(str(self.signs))
            self.signs += 1
            sure = _above(next(dense["clear"]))
            yield Character(left=left, right=at, confidence=sure, others=_paired(more) if more else ())


def _tokens(line: str) -> list[tuple[int, str]]:
    """The words of a line as blanks part them, and where each begins."""
    return [(found.start(), found.group()) for found in _TOKEN.finditer(line)]


def _below(sure: float | None) -> float | int | None:
    """How far below 100 a figure is, in whole hundredths where nothing is lost by that."""
    if sure is None:
        return None
    parts = round((100 - sure) * 100)
    return parts if _above(parts) == sure else float(sure)


def _above(parts: float | int) -> float:
    return round(100 - parts / 100, 2) if isinstance(parts, int) else float(parts)


def _box(box: Box) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def _unboxed(data: Sequence[int]) -> Box:
    left, top, right, bottom = data
    return Box(left=left, top=top, right=right, bottom=bottom)


def _flat(others: Sequence[tuple[str, float]]) -> list[object]:
    return [part for pair in others for part in pair]


def _paired(flat: Sequence[Any]) -> tuple[tuple[Any, Any], ...]:
    return tuple(zip(flat[::2], flat[1::2], strict=True))
