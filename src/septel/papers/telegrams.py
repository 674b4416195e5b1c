"""Where in a text one telegram ends and another begins.

What a telegram says of itself decides: the archive's attribute block ends it; a page line or class line with
another number begins one; a first page that comes again is another copy. Telegrams that are quoted within one
begin none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon
from septel.telegram import Layer, parse
from septel.telegram.assembly import PieceNumber, pieces_of
from septel.telegram.lines import ATTRIBUTES, anywhere, is_noisy, marking, sheet_of
from septel.text import Reading, Source, Span

FRAME = "Message Text"
_STAMP = re.compile(
    r"(?:Margaret P\. Grafeld|Sheryl P\. Walter)?\s*(?:Declassified/Released|US Department of State EO)"
)
_ATTRIBUTE = re.compile(r"[A-Z][A-Za-z ]{1,40}:(?:\s|$)")
_END = re.compile(r"N{3,}|BT(?: ?#?\d{1,4})?$|<< END OF DOCUMENT >>")
_OPENING = re.compile(
    r"VZCZC|VV [A-Z]{3}\d|ZNY |ZNR |DE R[A-Z]{3}|([ZOPR])\1 R[A-Z]{4}|(?:INCOMING|OUTGOING) TELEGRAM"
)
_DUPLICATE = re.compile(r"\s+POSS(?:IBLE)? DUPE?(?:LICATE)?$")
"""What a station sent twice bears behind its marking."""
_REACH = 8
"""How many printed lines above a page line may belong to it."""


@dataclass(frozen=True, slots=True)
class TelegramStretch:
    """Lines of a source, from one, both included, that one telegram owns; its number where told."""

    first: int
    last: int
    number: PieceNumber | None = None


def telegrams_in(source: Source, *, lexicon: Lexicon | None = None) -> tuple[TelegramStretch, ...]:
    """The telegrams of a text in their order; together they are the whole text. At least one is given."""
    lexicon = lexicon or Lexicon.shipped()
    texts = [span.of(source.text).strip() for span in source.lines]
    found: list[TelegramStretch] = []
    for first, last in _blocks(source, texts):
        found += _in_block(source, texts, first, last, lexicon)
    return tuple(found) or (TelegramStretch(1, max(1, len(texts))),)


def _blocks(source: Source, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The text cut behind each attribute block; what follows the last one without a message stays with it."""
    starts = [1]
    frames = [n for n, text in enumerate(texts, 1) if text == ATTRIBUTES]
    for number, frame in enumerate(frames):
        until = frames[number + 1] if number + 1 < len(frames) else len(texts) + 1
        opening = next((n for n in range(frame + 1, until) if _opens(texts[n - 1])), None)
        if opening is None and until <= len(texts):
            opening = until  # a telegram of which the archive has no text: its attributes stand alone
        if opening is not None:
            starts.append(_reached(source, texts, opening, frame))
    yield from zip(starts, [*(start - 1 for start in starts[1:]), len(texts)], strict=True)


def _opens(text: str) -> bool:
    """Whether a line behind an attribute block can only belong to another telegram."""
    if text == FRAME:
        return True
    if not text or _ATTRIBUTE.match(text):
        return False
    rule = anywhere(text)
    return (rule is not None and rule[0].name in _HEADS) or _OPENING.match(text) is not None


_HEADS = frozenset({"page line", "preamble", "originator", "start of transmission", "routing line"})


def _reached(source: Source, texts: Sequence[str], opening: int, floor: int) -> int:
    """The first line that belongs to what opens on a line: markings, frames and stamps right above it.

    A page's beginning is a wall: what stands on the page before belongs to what came before.
    """
    page = source.pages[source.page_at(source.lines[opening - 1].start) - 1]
    wall = max(floor + 1, source.line_at(page.start) if page.start else 1)
    framed = texts[opening - 1] in (FRAME, ATTRIBUTES)
    marked = stamped = False
    best = at = opening
    for _ in range(_REACH * 4):
        if at <= wall:
            return wall if best != opening or at == wall else best
        at -= 1
        text = texts[at - 1]
        if not text:
            continue
        if _END.match(text) or _ATTRIBUTE.match(text):
            break
        if text == FRAME:
            framed = True
        elif _STAMP.match(text):
            if not framed or stamped:
                break
            stamped = True
        elif marking(_DUPLICATE.sub("", text)):
            if marked:
                break
            marked = True
        elif not _OPENING.match(text):
            break
        best = at
    return best


def _in_block(
    source: Source, texts: Sequence[str], first: int, last: int, lexicon: Lexicon
) -> list[TelegramStretch]:
    """The telegrams of one block: its pieces in order, parted where their numbers differ."""
    lines = source.lines
    start = lines[first - 1].start if lines else 0
    end = lines[last - 1].end if lines else 0
    inner = _part(source, Span(start, end))
    reading = Reading.of(inner)
    telegram = parse(reading, lexicon=lexicon)
    pieces = pieces_of(reading, lexicon=lexicon, telegram=telegram)
    headed = {
        number
        for number, owner in enumerate(telegram.owners, 1)
        if owner.layer in (Layer.HEADING, Layer.TRANSMISSION)
    }
    noisy = source.step is not None or is_noisy(sheet_of(reading).lines)
    cuts: list[tuple[int, PieceNumber | None]] = [(first, None)]
    number: PieceNumber | None = None
    held: set[tuple[int, int]] = set()
    for piece in pieces:
        slot = (piece.section or 0, piece.page or 0)
        own = piece.number if piece.own else None
        if own is not None and number is not None:
            begins = piece.page == 1 or any(n in headed for n in range(piece.first, piece.last + 1))
            other = _another(number, own, noisy=noisy) and (begins or not noisy)
            # A first page that comes again is of another telegram, or of another copy.
            again = piece.page == 1 and slot in held
            if other or again:
                cuts.append((_reached(source, texts, first + piece.first - 1, cuts[-1][0]), own))
                number, held = own, set()
        if number is None and own is not None:
            number = own
            cuts[-1] = (cuts[-1][0], own)
        held.add(slot)
    ends = [start - 1 for start, _ in cuts[1:]] + [last]
    return [TelegramStretch(a, b, n) for (a, n), b in zip(cuts, ends, strict=True) if b >= a]


def _another(number: PieceNumber, other: PieceNumber, *, noisy: bool) -> bool:
    """Whether two numbers are of two telegrams; on a bad copy a figure may be misread."""
    if not noisy:
        return (number.post, number.serial) != (other.post, other.serial)
    figures = Levenshtein.distance(f"{number.serial:05d}", f"{other.serial:05d}")
    return figures > 1 or (number.post != other.post and number.serial != other.serial)


def _part(source: Source, span: Span) -> Source:
    """A stretch as a text of its own, with the page ends that lie in it."""
    pages = [
        Span(max(page.start, span.start) - span.start, min(page.end, span.end) - span.start)
        for page in source.pages
        if page.start < span.end and page.end > span.start
    ]
    return Source(
        name=source.name,
        digest=source.digest,
        text=span.of(source.text),
        pages=tuple(pages),
        step=source.step,
    )
