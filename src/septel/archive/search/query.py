"""Searching lines through the noise: exact words first, then what they may also be, then what looks alike."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from septel.archive.model import Hit, Holding, Match
from septel.lexicon import shapes
from septel.text import Locus, Reading, Span, marked

ALIKE = 78.0
"""How alike (rapidfuzz's partial ratio, 0 to 100) a stretch of a line must be to a word looked for."""
SAME_SHAPE = 90.0
"""The same after look-alikes (0 and O, 1 and I) were made one; stricter, since less is left to tell by."""
_CANDIDATES = 400


def storable(words: str) -> str:
    """What a person typed, without the halves of characters that a terminal may pass on."""
    return words.encode("utf-8", "replace").decode()


def terms_of(words: str) -> list[str]:
    """The words and, in quotation marks, phrases that a person typed, each once; the rest is ignored."""
    found = re.findall(r'"([^"]+)"|([^\s"]+)', storable(words))
    terms = [" ".join(re.findall(r"\w+", phrase or word)) for phrase, word in found]
    return list(dict.fromkeys(term for term in terms if term))


def find(
    connection: sqlite3.Connection, holding: Callable[[str], Holding], words: str, limit: int
) -> tuple[Hit, ...]:
    """The lines that hold all the words, each once, under the surest layer that matched."""
    terms = terms_of(words)
    if not terms:
        return ()

    @lru_cache(maxsize=64)
    def held(holding_id: str) -> tuple[Holding, Reading]:
        found = holding(holding_id)
        return found, found.reading

    hits: dict[tuple[str, int], Hit] = {}
    query = " ".join(f'"{term}"' for term in terms)
    layers = (
        (Match.RESTORED, f"restored : ({query})"),
        (Match.ALTERNATIVE, f"{{restored alternatives}} : ({query})"),
        (Match.SOURCE, f"{{restored source}} : ({query})"),
    )
    for match, expression in layers:
        rows = connection.execute(
            "SELECT holding, number FROM line WHERE line MATCH ? ORDER BY rank, holding, number LIMIT ?",
            (expression, limit),
        )
        for holding_id, number in rows.fetchall():
            if (holding_id, number) not in hits:
                hits[holding_id, number] = _hit(*held(holding_id), number, terms, match)
    if len(hits) < limit:
        for holding_id, number in _similar(connection, terms, limit):
            if (holding_id, number) not in hits:
                hits[holding_id, number] = _hit(*held(holding_id), number, terms, Match.SIMILAR)
    return tuple(hits.values())[:limit]


def _similar(connection: sqlite3.Connection, terms: Sequence[str], limit: int) -> list[tuple[str, int]]:
    """Lines with a stretch that looks like each term, best first.

    Short words are too like each other: they must stand in the line as they are.
    """
    long = [term for term in terms if len(term) >= 5]
    if not long:
        return []
    short = [re.compile(rf"\b{_pattern(term)}\b", re.IGNORECASE) for term in terms if len(term) < 5]
    # A small l looks like a 1, a capital L does not: shapes are taken before the case is lost.
    forms = [(term.upper(), shapes(term)) for term in long]
    trigrams = sorted({form[i : i + 3] for pair in forms for form in pair for i in range(len(form) - 2)})
    expression = " OR ".join(f'"{trigram}"' for trigram in trigrams)
    rows = connection.execute(
        "SELECT letters, holding, number FROM shape WHERE shape MATCH ? ORDER BY rank LIMIT ?",
        (expression, _CANDIDATES),
    ).fetchall()
    scored = []
    for kept, holding_id, number in rows:
        lines, folded = kept.split("\n")[:2], kept.split("\n")[2:]
        if not all(word.search("\n".join(lines)) for word in short):
            continue
        likeness = [_likeness(term, shape, lines, folded) for term, shape in forms]
        if all(likeness):
            scored.append((-min(likeness), holding_id, number))
    return [(holding_id, number) for _, holding_id, number in sorted(scored)[:limit]]


def _likeness(term: str, shape: str, lines: Sequence[str], folded: Sequence[str]) -> float:
    """How alike the best stretch is, as restored or as it came; 0 when not alike enough."""
    plain = max(fuzz.partial_ratio(term, line.upper()) for line in lines)
    if plain >= ALIKE:
        return plain
    # A short shape is found in any long line; so is one in a line shorter than itself.
    if len(shape) < 5 or not folded:
        return 0.0
    same = max(fuzz.partial_ratio(shape, line) if len(line) >= len(shape) else 0.0 for line in folded)
    return same if same >= SAME_SHAPE else 0.0


def _hit(holding: Holding, reading: Reading, number: int, terms: Sequence[str], match: Match) -> Hit:
    source = holding.source
    span = source.lines[number - 1]
    boxes = tuple(
        word.box
        for page in holding.pages
        for line in page.lines
        if line.span.start == span.start
        for word in line.words
        if word.box
    )
    return Hit(
        holding=holding.id,
        title=holding.title,
        page=source.page_at(span.start),
        line=number,
        locus=Locus(source.id, span),
        snippet=found_in(marked(reading, span), terms),
        match=match,
        because=_because(reading, span, terms, match),
        boxes=boxes,
    )


def _because(reading: Reading, line: Span, terms: Sequence[str], match: Match) -> str:
    """What a hit rests on where the restored line does not show it."""
    if match is Match.RESTORED:
        return ""
    if match is not Match.ALTERNATIVE:
        return line.of(reading.source.text).strip()
    wanted = re.compile(
        "|".join(rf"\b{_pattern(word)}\b" for t in terms for word in t.split()), re.IGNORECASE
    )
    rivals = [
        f"{edit.after.strip() or '[…]'} may be {alternative.text}"
        for edit in reading.edits
        if line.covers(edit.span)
        for alternative in edit.alternatives
        if wanted.search(alternative.text)
    ]
    return "; ".join(rivals)


def _pattern(term: str) -> str:
    return r"\W+".join(map(re.escape, term.split()))


def found_in(text: str, terms: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is one of the terms."""
    pattern = "|".join(map(_pattern, terms))
    pieces: list[tuple[str, bool]] = []
    at = 0
    for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
        if match.start() > at:
            pieces.append((text[at : match.start()], False))
        pieces.append((match.group(), True))
        at = match.end()
    if at < len(text) or not pieces:
        pieces.append((text[at:], False))
    return tuple(pieces)
