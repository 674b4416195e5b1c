"""The lines of pages as columns: read back as they were, and read by docs/archive-format.md alone."""

from __future__ import annotations

import json
import random
from functools import reduce
from typing import Any

import pytest

from septel.archive.model.holding import page_from_json, page_to_json
from septel.archive.model.page_columns import columns_of, lines_of
from septel.capture import Box, Character, Line, Page, Word
from septel.text import Source, Span

WORDS = ("SALT", "TALKS", "IN", "HELSINKI", "ÉTAT", "1,250", "--", "THE-DELEGATION")


def sure(rng: random.Random) -> float:
    """Figures of two places as engines give them, and others."""
    return rng.choice((round(rng.uniform(0, 100), 2), 100.0, 0.0, rng.random(), 99.995, 101.5))


def sign(rng: random.Random, at: int) -> Character:
    others = tuple((rng.choice("O0#"), sure(rng)) for _ in range(rng.choice((0, 0, 2))))
    return Character(left=at, right=at + rng.randrange(-1, 20), confidence=sure(rng), others=others)


def a_word(rng: random.Random, at: int, text: str) -> Word:
    left, top = rng.randrange(2000), rng.randrange(2000)
    box = Box(left=left, top=top, right=left + rng.randrange(1, 90), bottom=top + 24)
    count = rng.choice((0, len(text), len(text), 1))
    return Word(
        span=Span(at, at + len(text)),
        text=text,
        box=rng.choice((box, box, None)),
        engine_confidence=rng.choice((None, sure(rng))),
        agreed=rng.choice((None, None, True, False)),
        others=rng.choice(((), ("SALI", "SA"))),
        characters=tuple(sign(rng, rng.randrange(2000)) for _ in range(count)),
        blank=rng.choice((None, sign(rng, left - 20))),
    )


def a_page(seed: int) -> tuple[Page, Source]:
    rng = random.Random(seed)
    source = Source.of_text("\n".join(" ".join(rng.choices(WORDS, k=rng.randrange(6))) for _ in range(12)))
    lines = []
    for span in source.lines:
        words: list[Word] = []
        at = span.start
        for text in span.of(source.text).split():
            at = source.text.index(text, at)
            # An engine may have had something else in mind than stands in the text.
            words.append(a_word(rng, at, text if rng.random() < 0.9 else "ODD WORD"))
            at += len(text)
        words = words if rng.random() < 0.9 else []
        boxes = [word.box for word in words if word.box]
        own = rng.choice((None, Box(left=1, top=2, right=3, bottom=4)))
        box = reduce(Box.hull, boxes) if boxes else own
        lines.append(Line(span=span, words=tuple(words), box=box))
    return Page(number=1, span=Span(0, len(source.text)), lines=tuple(lines)), source


@pytest.mark.parametrize("seed", range(40))
def test_pages_are_read_back_as_they_were(seed: int) -> None:
    page, source = a_page(seed)
    kept = json.loads(json.dumps(page_to_json(page, source)))
    assert "columns" in kept
    assert page_from_json(kept, source) == page


@pytest.mark.parametrize("seed", range(10))
def test_columns_are_read_by_their_page(seed: int) -> None:
    """Boxes and words, as docs/archive-format.md describes them."""
    page, source = a_page(seed)
    columns: dict[str, Any] = json.loads(json.dumps(columns_of(page.lines, source.text)))
    found: list[tuple[str, list[int] | None]] = []
    end = top = margin = boxed = 0
    for n, (after, length) in enumerate(zip(columns["line"], columns["length"], strict=True)):
        start = end + after
        end = start + length
        plain = source.text[start:end].split()
        right, first = margin, None
        for text in columns.get("words", {}).get(str(n), [None, None])[1::2] if _odd(columns, n) else plain:
            left = columns["left"][len(found)]
            if left is None:
                found.append((text, None))
                continue
            left += right
            top += columns["top"][boxed]
            right = left + columns["width"][boxed]
            found.append((text, [left, top, right, top + columns["height"][boxed]]))
            boxed += 1
            first = left if first is None else first
        margin = margin if first is None else first
    expected = [
        (word.text, [word.box.left, word.box.top, word.box.right, word.box.bottom] if word.box else None)
        for line in page.lines
        for word in line.words
    ]
    assert found == expected


def _odd(columns: dict[str, Any], line: int) -> bool:
    return str(line) in columns.get("words", {})


@pytest.mark.parametrize("name", ["left", "sure", "top", "sign", "clear", "blank", "length"])
def test_a_column_that_is_too_short_is_a_fault(name: str) -> None:
    page, source = a_page(3)
    columns: dict[str, Any] = dict(columns_of(page.lines, source.text))
    columns[name] = columns[name][:-1]
    with pytest.raises(ValueError, match="short"):
        lines_of(columns, source.text)
