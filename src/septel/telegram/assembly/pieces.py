"""Cuts a reading where one page or section of a telegram ends and another begins.

A page says which it is on its own first line (`PAGE 02 LA PAZ 01673 01 OF 02 192035Z`), a section on its
class line (`C O N F I D E N T I A L SECTION 1 OF 2 LA PAZ 1673`). What says nothing goes with what stands
before it in the same file.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from septel.lexicon import Lexicon, letters
from septel.telegram.lines import CLASS, class_line
from septel.telegram.model import Layer, Telegram
from septel.telegram.parsing import parse
from septel.text import Reading, Span, State, stretches

TOP = 12
"""How many lines below a page's top its page line may stand."""


_CONTINUED = re.compile(
    r"\W{0,3}(?P<page>\d{1,2})\s?-\s*#?(?P<serial>\d{1,5}),.*\bFROM:?\s+(?P<post>[A-Z][A-Za-z ]{2,25}?)\W*$"
)
"""`-2-660, NOVEMBER 16, 11 AM, FROM SAIGON` (incoming telegrams of 1955-65)."""
_RELAYED = re.compile(
    r"PAGE\s+(?P<page>\d{1,2}|TWO|THREE|FOUR|FIVE|SIX)\s+R[A-Z]{4,6}\s+(?P<serial>\d{1,5})\b"
)
"""`PAGE 2 RUDTER 3516 C O N F I D E N T I A L`: page, routing indicator, station serial (ACP 127, 208)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceNumber:
    """Which telegram: post and number; `sent` is the date-time group where the same file has it in full."""

    post: str
    serial: int
    sent: str | None = None

    def __str__(self) -> str:
        """For example `LA PAZ 1673`."""
        return f"{self.post} {self.serial}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePiece:
    """An unbroken run of lines of one reading that belongs to one page of one section.

    Attributes:
        reading: where it stands.
        first, last: numbers of its first and last line, from one.
        number: the telegram it belongs to, or None when nothing says it.
        section: the section, or None when the page does not say; `of` how many there are.
        page: the page within the section, or None; `pages` how many there are, where told.
        own: whether it says itself which page or section it is.
        order: its place in the file.
        catalogue: whether it is the archive's own block at the end of a released file.
    """

    reading: Reading
    first: int
    last: int
    number: PieceNumber | None = None
    section: int | None = None
    of: int | None = None
    page: int | None = None
    pages: int | None = None
    own: bool = False
    order: int = 0
    catalogue: bool = False

    @property
    def span(self) -> Span:
        """The piece in the source, its last line's end included."""
        lines, text = self.reading.source.lines, self.reading.source.text
        end = lines[self.last - 1].end
        return Span(lines[self.first - 1].start, min(len(text), end + 1))

    @property
    def text(self) -> str:
        """The piece as read, each line with its end."""
        return "".join(f"{line}\n" for line in self.reading.line_texts[self.first - 1 : self.last])

    @property
    def weight(self) -> int:
        """How many letters and figures it has without a doubt: the fuller, better read copy has more."""
        lines = self.reading.source.lines
        span = Span(lines[self.first - 1].start, lines[self.last - 1].end)
        sure = (
            one.text
            for one in stretches(self.reading, span)
            if one.state not in (State.DOUBTFUL, State.UNREADABLE)
        )
        return sum(sum(map(str.isalnum, text)) for text in sure)


def pieces_of(
    reading: Reading, *, lexicon: Lexicon | None = None, telegram: Telegram | None = None
) -> tuple[MessagePiece, ...]:
    """The pieces of one file, in the file's order; together they are the whole file.

    Args:
        reading: the file's text.
        lexicon: posts and offices; the shipped one unless given.
        telegram: the text as the parser has it, where that is known already.
    """
    lexicon = lexicon or Lexicon.shipped()
    telegram = parse(reading, lexicon=lexicon) if telegram is None else telegram
    source = reading.source
    if not source.lines:
        return ()
    layers = {number: owner.layer for number, owner in enumerate(telegram.owners, 1)}
    heads: dict[int, MessagePiece] = {}
    for start in _starts(reading, telegram):
        heads[start] = MessagePiece(reading=reading, first=start, last=start)
    for head in telegram.pages:
        line = source.line_at(head.locus.span.start)
        post = lexicon.post(head.post)
        heads[line] = MessagePiece(
            reading=reading,
            first=line,
            last=line,
            number=PieceNumber(post=post.name if post else letters(head.post), serial=head.serial),
            section=head.section[0] if head.section else None,
            of=head.section[1] if head.section else None,
            page=head.page,
            own=True,
        )
    for line, later in _continuations(reading, lexicon):
        heads[line] = later
    taken: set[int] = set()
    for index, section in enumerate(telegram.sections):
        start = _page_of(section.lines[0], heads, layers, taken)
        taken.add(start)
        found = _class_number(section.raw, lexicon) or (_number(telegram) if index == 0 else None)
        kept = heads.get(start, MessagePiece(reading=reading, first=start, last=start))
        # What the parser worked out from a section's place in the file says nothing where files are shuffled.
        n, of = _class_section(section.raw, lexicon)
        heads[start] = replace(
            kept,
            number=kept.number or found,
            section=kept.section or n,
            of=kept.of or of,
            own=kept.own or n is not None or found is not None,
        )
    return _filled(_run(reading, heads, layers), telegram)


def _starts(reading: Reading, telegram: Telegram) -> list[int]:
    """Where the file's own pages begin, and where its attribute block does.

    The pages of released files are those of a print-out and cut through the telegram's; they count only where
    the telegram's own page lines stand at their tops, or where it has none.
    """
    source = reading.source
    tops = [source.line_at(page.start) for page in source.pages if len(page)]
    heads = [source.line_at(head.locus.span.start) for head in telegram.pages]
    topped = [line for line in heads if any(0 <= line - top <= TOP for top in tops)]
    starts = tops if 2 * len(topped) > len(heads) or not heads else []
    starts = [top for top in starts if not any(0 < line - top <= TOP for line in heads)]
    begun = False
    for number, (layer, _) in enumerate(telegram.owners, 1):
        if layer in (Layer.TEXT, Layer.HEADING):
            begun = True
        elif begun and layer is Layer.CATALOGUE:
            starts.append(number)
            break
    return sorted({1, *starts})


def _continuations(reading: Reading, lexicon: Lexicon) -> list[tuple[int, MessagePiece]]:
    """The heads of later pages on forms before 1966, and of later pages of a relayed message."""
    found: list[tuple[int, MessagePiece]] = []
    for number, text in enumerate(reading.line_texts, 1):
        match = _CONTINUED.match(text) or _RELAYED.match(text)
        if match is None:
            continue
        group = match.groupdict()
        page = _count(group["page"])
        if page is None or page < 2:
            continue
        post = lexicon.post(group.get("post") or "") if group.get("post") else None
        which = PieceNumber(post=post.name, serial=int(group["serial"])) if post else None
        found.append(
            (
                number,
                MessagePiece(reading=reading, first=number, last=number, number=which, page=page, own=True),
            )
        )
    return found


def _page_of(
    line: int, heads: Mapping[int, MessagePiece], layers: Mapping[int, Layer], taken: Container[int]
) -> int:
    """The beginning of the page on which a section begins; `taken` are those on which others begin.

    Its page line may stand a little below (stamps and frames come before it) or above (the distribution comes
    between), but no line of the message comes between.
    """
    message = (Layer.TEXT, Layer.HEADING, Layer.TRANSMISSION)
    paged = {start for start, piece in heads.items() if piece.page is not None}
    at = line
    while at in layers and layers[at] not in message and at not in paged:
        at += 1
    if at in paged:
        return at
    above = max((start for start in paged if start < line), default=0)
    if above and heads[above].page == 1 and above not in taken:
        return above
    at = line
    while at > 1 and at not in heads and layers.get(at - 1) not in (Layer.TEXT, Layer.CATALOGUE):
        at -= 1
    return at if at in heads else line


def _class_number(raw: str, lexicon: Lexicon) -> PieceNumber | None:
    match = CLASS.match(raw)
    if match is None or not match.group("post") or not match.group("serial"):
        return None
    post = lexicon.post(match.group("post"))
    return PieceNumber(
        post=post.name if post else letters(match.group("post")), serial=int(match.group("serial"))
    )


def _class_section(raw: str, lexicon: Lexicon) -> tuple[int | None, int | None]:
    """The section that a class line names itself, and of how many."""
    match = CLASS.match(raw)
    if match is None:
        garbled = class_line(raw, lexicon) if raw else None
        return (garbled.n, garbled.of) if garbled else (None, None)
    n = _count(match.group("n") or match.group("n2"))
    of = _count(match.group("of") or match.group("of2"))
    return (of if n is None and match.group("final") else n), of


_COUNTS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6}


def _count(word: str | None) -> int | None:
    return _COUNTS.get(word or "") or (int(word) if word and word.isdigit() else None)


def _number(telegram: Telegram) -> PieceNumber | None:
    heading = telegram.heading
    origin = heading.originator.value.post if heading.originator else None
    if heading.number is None or not (heading.number.value.post or origin):
        return None
    return PieceNumber(post=heading.number.value.post or origin or "", serial=heading.number.value.serial)


def _run(
    reading: Reading, heads: Mapping[int, MessagePiece], layers: Mapping[int, Layer]
) -> list[MessagePiece]:
    """The pieces with their ends; one without any line of the message is joined to its neighbour."""
    starts = sorted(heads)
    ends = [start - 1 for start in starts[1:]] + [len(reading.source.lines)]
    pieces: list[MessagePiece] = []
    for start, end in zip(starts, ends, strict=True):
        piece = replace(heads[start], first=start, last=end)
        held = {layers.get(line) for line in range(start, end + 1)}
        says = held & {Layer.TEXT, Layer.HEADING, Layer.TRANSMISSION}
        catalogue = Layer.CATALOGUE in held and not says and bool(pieces)
        if catalogue:
            pieces.append(replace(piece, catalogue=True))
        elif pieces and not pieces[-1].own and _empty(pieces[-1], layers):
            # Stamps and frames before the first page belong to it.
            pieces[-1] = replace(piece, first=pieces[-1].first)
        else:
            pieces.append(piece)
    return pieces


def _empty(piece: MessagePiece, layers: Mapping[int, Layer]) -> bool:
    held = {layers.get(line) for line in range(piece.first, piece.last + 1)}
    return not held & {Layer.TEXT, Layer.HEADING, Layer.TRANSMISSION}


def _filled(pieces: list[MessagePiece], telegram: Telegram) -> tuple[MessagePiece, ...]:
    """Give each piece what its neighbours and the whole file say of it."""
    sent = telegram.heading.sent
    full = sent.value.iso if sent and sent.value.year and sent.value.month else None
    numbers = {piece.number for piece in pieces if piece.number}
    only = numbers.pop() if len(numbers) == 1 else None
    out: list[MessagePiece] = []
    for order, piece in enumerate(pieces):
        before = out[-1] if out and not out[-1].catalogue else None
        number = piece.number or only or (before.number if before else None)
        section, of = piece.section, piece.of
        if section is None and before is not None and not piece.own and before.number == number:
            section, of = before.section, of or before.of
        out.append(replace(piece, number=number, section=section, of=of, order=order))
    if only and full:
        out = [replace(p, number=replace(p.number, sent=full)) if p.number else p for p in out]
    return tuple(out)
