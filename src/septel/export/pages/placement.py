"""Which restored word stands where on its page.

Engines give boxes to the words that they saw; restoration may join, split, drop or add words. Each word of
the reading stands for a stretch of the source, so it belongs to those engine words that the stretch touches:

- one word for one, or one for several (`T HE` read as `THE`): around all of them;
- several for one (`OFTHE` read as `OF THE`), or several for several: side by side within it, each as wide as
  it has characters, which is right for type of one width;
- a word that no engine saw: in the space between its neighbours;
- an engine word that is read as nothing: nowhere.

docs/decisions/0010-words-share-boxes.md says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from septel.archive import Holding
from septel.capture import Box, Character, Line, Page, Word
from septel.text import Edit, Ground, Reading, Span, State, claimed, shown, worst


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another reading of a word; `probability` is None when not calibrated.

    Attributes:
        text: the reading.
        probability: how likely it is.
        source: whether it is the source as it came.
    """

    text: str
    probability: float | None = None
    source: bool = False


class Placed(NamedTuple):
    """A word of the reading on its page. A named tuple, since pages are made of thousands of them.

    Attributes:
        text: as read; an unreadable place stands as `[…4]`.
        box: where it stands, or None when the page has no boxes.
        probability: that it is right, of its least sure part; None when that is not known.
        decided: whether a person decided any part of it.
        others: further readings, likeliest first, the source's own last.
        characters: what the engine saw of each of its characters; empty where the word is not the engine's.
        state: how far its least sure part can be trusted.
    """

    text: str
    box: Box | None
    probability: float | None = None
    decided: bool = False
    others: tuple[Other, ...] = ()
    characters: tuple[Character, ...] = ()
    state: State = State.AS_IT_CAME


class PlacedLine(NamedTuple):
    """A line as restored.

    Attributes:
        number: of the line in the source, from one.
        box: where it stands, or None when the page has no boxes.
        texts: its words.
        told: its words with what there is to say of them; empty where there is nothing to say of any.
    """

    number: int
    box: Box | None
    texts: Sequence[str]
    told: Sequence[Placed] = ()

    @property
    def words(self) -> Sequence[Placed]:
        """Its words with what there is to say of them."""
        return self.told or tuple(Placed(text, None) for text in self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPage:
    """A page that was read, as restored."""

    page: Page
    lines: tuple[PlacedLine, ...]


def placed_pages(holding: Holding) -> Iterator[PlacedPage]:
    """Every page that was read, in order, with the words of the reading on it; empty lines are left out."""
    reading, source = holding.reading, holding.source
    edits, number, spans = _Edits(reading), 0, source.lines
    for page in holding.pages:
        lines: list[PlacedLine] = []
        for line in page.lines:
            # A page's lines are mostly the source's, one after the other.
            if number < len(spans) and spans[number].start == line.span.start:
                number += 1
            else:
                number = source.line_at(line.span.start)
            own = edits.within(line.span) if reading.edits else ()
            if own or line.words or line.box is not None:
                if told := tuple(_line(reading, line, own)):
                    lines.append(PlacedLine(number, line.box, [word.text for word in told], told))
            elif came := line.span.of(source.text).split():
                lines.append(PlacedLine(number, None, came))
        yield PlacedPage(page=page, lines=tuple(lines))


class _Edits:
    """A reading's edits line by line, taken in one pass."""

    def __init__(self, reading: Reading) -> None:
        self._edits = reading.edits
        self._at = 0

    def within(self, span: Span) -> Sequence[Edit]:
        while self._at < len(self._edits) and self._edits[self._at].span.start < span.start:
            self._at += 1
        start = self._at
        while self._at < len(self._edits) and self._edits[self._at].span.end <= span.end:
            self._at += 1
        return self._edits[start : self._at]


_WORD = re.compile(r"\S+")


class ShownPiece(NamedTuple):
    """A stretch of the line as shown, and the stretch of the source that it stands for."""

    start: int
    end: int
    source: Span
    edit: Edit | None


def _line(reading: Reading, line: Line, edits: Sequence[Edit]) -> Iterator[Placed]:
    if not edits:
        # As it came: each word is the engine's own.
        came = line.span.of(reading.source.text).split()
        if came == [word.text for word in line.words] and all(word.box for word in line.words):
            yield from (Placed(text=w.text, box=w.box, characters=w.characters) for w in line.words)
            return
    whole, pieces = shown_line(reading, line.span, edits)
    tokens = [Span(*found.span()) for found in _WORD.finditer(whole)]
    near = list(_near(tokens, pieces))
    stretches = [stretch_of(token, own) for token, own in zip(tokens, near, strict=True)]
    engine = _with_boxes(line)
    text = reading.source.text
    for words, at in _groups(stretches, engine):
        alone = len(at) == 1
        if alone and len(words) == 1 and (placed := _as_seen(whole, tokens[at[0]], near[at[0]], words[0])):
            yield placed
            continue
        boxes = _boxes([len(tokens[i]) for i in at], words, line, engine, stretches[at[0]])
        for index, box in zip(at, boxes, strict=True):
            touching = [piece for piece in near[index] if piece.edit]
            own = " ".join(w.text for w in words) if words else stretches[index].of(text).strip()
            placed = _placed(whole, tokens[index], touching, box, own if alone else "")
            seen = alone and len(words) == 1 and words[0].text == placed.text
            yield placed._replace(characters=words[0].characters) if seen else placed


def _as_seen(whole: str, token: Span, near: Sequence[ShownPiece], word: Word) -> Placed | None:
    """A word that stands as the engine saw it, which most do; None where there is more to tell of it."""
    text, box = whole[token.start : token.end], word.box
    if len(near) > 1 or near[0].edit or text != word.text or box is None or box.left >= box.right:
        return None
    return Placed(text, box, characters=word.characters)


def _near(tokens: Sequence[Span], pieces: Sequence[ShownPiece]) -> Iterator[Sequence[ShownPiece]]:
    """For each word of the shown line the pieces that it shares something with; both are in order."""
    low = 0
    for token in tokens:
        start, end = token.start, token.end
        while pieces[low].end <= start:
            low += 1
        high = low + 1
        while high < len(pieces) and pieces[high].start < end:
            high += 1
        yield pieces[low:high]


def shown_line(reading: Reading, span: Span, edits: Sequence[Edit]) -> tuple[str, list[ShownPiece]]:
    """The line as it is shown, unreadable places marked, in pieces that know where they come from."""
    text = reading.source.text
    out: list[str] = []
    pieces: list[ShownPiece] = []
    length, at = 0, span.start

    def put(content: str, source: Span, edit: Edit | None) -> None:
        nonlocal length
        out.append(content)
        pieces.append(ShownPiece(length, length + len(content), source, edit))
        length += len(content)

    for edit in edits:
        if at < edit.span.start:
            put(text[at : edit.span.start], Span(at, edit.span.start), None)
        put(shown(edit) if edit.unreadable else edit.after, edit.span, edit)
        at = edit.span.end
    if at < span.end:
        put(text[at : span.end], Span(at, span.end), None)
    return "".join(out), pieces


def stretch_of(token: Span, near: Sequence[ShownPiece]) -> Span:
    """The stretch of the source that a word of the shown line stands for, from the pieces it is made of."""
    start = end = -1
    for piece in near:
        source = piece.source
        if piece.edit is None:
            left = source.start + max(token.start - piece.start, 0)
            right = source.start + min(token.end, piece.end) - piece.start
        else:
            left, right = source.start, source.end
        start = left if start < 0 else min(start, left)
        end = max(end, right)
    return Span(start, end)


def _with_boxes(line: Line) -> list[Word]:
    """The line's words; where only the line has a box, each gets its share of it."""
    words = list(line.words)
    if not words or any(word.box for word in words) or line.box is None:
        return words
    shares = _side_by_side([len(word.text) for word in words], line.box)
    return [replace(w, box=box) for w, box in zip(words, shares, strict=True)]


def _groups(stretches: Sequence[Span], words: Sequence[Word]) -> Iterator[tuple[Sequence[Word], list[int]]]:
    """Engine words and shown words that belong together, each shown word in one group, in order."""
    spans = [word.span for word in words]
    low = first = last = 0
    group: list[int] = []
    for index, stretch in enumerate(stretches):
        # Words follow each other, on the page as in the text.
        while low < len(spans) and spans[low].end <= stretch.start:
            low += 1
        high = low
        while high < len(spans) and spans[high].start < stretch.end:
            high += 1
        if group and low < min(high, last):
            last = max(last, high)
            group.append(index)
            continue
        if group:
            yield words[first:last], group
        first, last, group = low, high, [index]
    if group:
        yield words[first:last], group


def _boxes(
    lengths: Sequence[int], words: Sequence[Word], line: Line, engine: Sequence[Word], stretch: Span
) -> list[Box | None]:
    """One box for each shown word of a group."""
    whole: Box | None = None
    # Specks that restoration took away with a word are no part of where it stands.
    solid = [word for word in words if any(map(str.isalnum, word.text))]
    for word in solid or words:
        if word.box:
            whole = word.box if whole is None else whole.hull(word.box)
    if whole is None and not words:
        whole = _between(line, engine, stretch)
    if whole is None:
        return [None] * len(lengths)
    return list(_side_by_side(lengths, whole))


def _side_by_side(lengths: Sequence[int], whole: Box) -> list[Box]:
    """A box cut into parts by numbers of characters, with a space's width between them."""
    total = sum(lengths) + len(lengths) - 1
    width = whole.right - whole.left
    out: list[Box] = []
    at = 0
    for length in lengths:
        left = whole.left + width * at // total
        right = whole.left + width * (at + length) // total
        out.append(Box(left=left, top=whole.top, right=max(right, left + 1), bottom=whole.bottom))
        at += length + 1
    return out


def _between(line: Line, engine: Sequence[Word], stretch: Span) -> Box | None:
    """The space between the engine's words before and after a place."""
    if line.box is None:
        return None
    before = [w.box.right for w in engine if w.box and w.span.end <= stretch.start]
    after = [w.box.left for w in engine if w.box and w.span.start >= stretch.end]
    left = before[-1] if before else line.box.left
    right = after[0] if after else line.box.right
    return Box(left=left, top=line.box.top, right=max(right, left + 1), bottom=line.box.bottom)


def _placed(whole: str, token: Span, touching: Sequence[ShownPiece], box: Box | None, own: str) -> Placed:
    edits = [piece.edit for piece in touching if piece.edit]
    sure = [edit.confidence.probability for edit in edits if edit.confidence]
    text = token.of(whole)
    others: list[Other] = []
    if len(touching) == 1 and edits:
        piece = touching[0]
        if token.start <= piece.start and piece.end <= token.end:
            head, tail = whole[token.start : piece.start], whole[piece.end : token.end]
            for alternative in edits[0].alternatives:
                other = f"{head}{alternative.text}{tail}".strip()
                if other and other != text:
                    others.append(Other(text=other, probability=alternative.probability))
    if own and own != text:
        others = [o for o in others if o.text != own] + [
            Other(
                text=own,
                probability=next((o.probability for o in others if o.text == own), None),
                source=True,
            )
        ]
    return Placed(
        text=text,
        box=box,
        probability=min(sure) if sure and len(sure) == len(edits) else None,
        decided=any(edit.reason.ground is Ground.DECISION for edit in edits),
        others=tuple(others),
        state=worst(claimed(edit) for edit in edits),
    )
