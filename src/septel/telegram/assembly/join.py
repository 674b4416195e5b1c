"""Sorts pieces into telegrams, sections and pages, and joins them.

For each section the witness that has most pages is taken, of those the best read one: what it reads stands
in another copy too, and without a doubt. Pages that it lacks are taken from the others. What decides between
equals is the text itself, so that the order in which files come changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from septel import __version__
from septel.lexicon import Lexicon
from septel.telegram.assembly.assembled import Assembly, Part, Witness
from septel.telegram.assembly.misread import misread_in_file, one_message
from septel.telegram.assembly.missing import missing_of
from septel.telegram.assembly.pieces import MessagePiece, pieces_of
from septel.telegram.parsing import parse
from septel.text import Edit, Reading, Source, Span, Step, digest_of


def assemble(readings: Iterable[Reading], *, lexicon: Lexicon | None = None) -> tuple[Assembly, ...]:
    """Put together the telegrams of which the readings hold parts or copies.

    Each telegram comes once, in the order of post and number; readings that say no number come last, each
    by itself. The order of the readings changes nothing.
    """
    lexicon = lexicon or Lexicon.shipped()
    groups: dict[tuple[str, int], list[MessagePiece]] = defaultdict(list)
    alone: list[list[MessagePiece]] = []
    for reading in readings:
        nameless: list[MessagePiece] = []
        for piece in misread_in_file(pieces_of(reading, lexicon=lexicon)):
            if piece.number is None:
                nameless.append(piece)
            else:
                groups[piece.number.post, piece.number.serial].append(piece)
        if nameless:
            alone.append(nameless)
    told = one_message(groups, lexicon)
    heaps = [heap for _, pieces in sorted(told.items()) for heap in _by_time(pieces)]
    alone.sort(key=lambda pieces: _fingerprint(pieces[0]))
    return tuple(_assembled(heap, lexicon) for heap in (*heaps, *alone) if heap)


def _by_time(pieces: list[MessagePiece]) -> list[list[MessagePiece]]:
    """Pieces of one number by their dates, since numbers begin anew; the undated go with the only date."""
    dated = sorted({p.number.sent for p in pieces if p.number and p.number.sent})
    if len(dated) < 2:
        return [pieces]
    heaps = [[p for p in pieces if p.number and p.number.sent == day] for day in dated]
    undated = [p for p in pieces if p.number and p.number.sent is None]
    return [*heaps, undated] if undated else heaps


def _fingerprint(piece: MessagePiece) -> tuple[str, int]:
    return digest_of(piece.text.encode()), piece.order


@dataclass(frozen=True, slots=True)
class _Copy:
    """The pieces of one section that one witness holds; a page that it holds twice opens a second copy."""

    pieces: tuple[MessagePiece, ...]

    def rank(self, others: Iterable[_Copy]) -> tuple[int, int, int, tuple[str, int]]:
        """What comes first is best: most pages, most words that another copy has too, fewest doubts."""
        pages = len({piece.page for piece in self.pieces})
        elsewhere = set().union(*(other.words for other in others if other is not self))
        sure = sum(piece.weight for piece in self.pieces)
        return -pages, -len(self.words & elsewhere), -sure, _fingerprint(self.pieces[0])

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for piece in self.pieces for word in piece.text.split())


def _assembled(pieces: list[MessagePiece], lexicon: Lexicon) -> Assembly:
    catalogue = sorted((p for p in pieces if p.catalogue), key=lambda p: (-p.weight, _fingerprint(p)))
    body = _numbered([p for p in pieces if not p.catalogue])
    chosen: list[MessagePiece] = []
    spare: list[MessagePiece] = list(catalogue[1:])
    sections: dict[int, list[MessagePiece]] = defaultdict(list)
    for piece in body:
        sections[piece.section or 0].append(piece)
    for section in sorted(sections):
        used, unused = _choose(sections[section])
        chosen += used
        spare += unused
    chosen += catalogue[:1]
    source, reading, spans = _join(chosen)
    telegram = parse(reading, lexicon=lexicon)
    numbers = [piece.number for piece in pieces if piece.number]
    number = max(numbers, key=lambda n: n.sent or "") if numbers else None
    return Assembly(
        number=number,
        source=source,
        reading=reading,
        telegram=telegram,
        parts=tuple(_part(piece, span) for piece, span in zip(chosen, spans, strict=True)),
        spare=tuple(sorted((_part(piece, None) for piece in spare), key=_part_order)),
        witnesses=_witnesses(pieces, chosen),
        missing=missing_of([p for p in chosen if not p.catalogue], telegram),
    )


def _numbered(pieces: list[MessagePiece]) -> list[MessagePiece]:
    """Pieces whose section is not told take the one that only they can be.

    Where one section alone is told, further pages are of it; else they are of the one that is lacking.
    """
    of = Counter(p.of for p in pieces if p.of)
    total = of.most_common(1)[0][0] if of else None
    told = {p.section for p in pieces if p.section}
    total = total or max(told, default=0)
    held = {(p.section, p.page) for p in pieces if p.section}
    lacking = [n for n in range(1, total + 1) if n not in told]
    only = next(iter(told)) if len(told) == 1 else None

    def section_of(piece: MessagePiece) -> int | None:
        if piece.section is not None:
            return piece.section
        if only is not None and piece.page is not None and (only, piece.page) not in held:
            return only
        return lacking[0] if len(lacking) == 1 else None

    return _first_pages(_in_files([replace(piece, section=section_of(piece)) for piece in pieces]))


def _in_files(pieces: list[MessagePiece]) -> list[MessagePiece]:
    """A later page whose section can't be read goes with what stands before it in its file."""
    before: dict[str, int | None] = {}
    placed: dict[tuple[str, int], int | None] = {}
    for piece in sorted(pieces, key=lambda one: one.order):
        file = piece.reading.source.id
        later = piece.page is None or piece.page > 1
        section = piece.section or (before.get(file) if later else None)
        placed[file, piece.order] = before[file] = section
    return [replace(piece, section=placed[piece.reading.source.id, piece.order]) for piece in pieces]


def _first_pages(pieces: list[MessagePiece]) -> list[MessagePiece]:
    """A page that bears the heading and no page number is the first, where later pages bear theirs."""
    paged: dict[int | None, set[int]] = defaultdict(set)
    for piece in pieces:
        if piece.page is not None:
            paged[piece.section].add(piece.page)
    return [
        replace(piece, page=1)
        if piece.page is None and piece.own and paged[piece.section] and 1 not in paged[piece.section]
        else piece
        for piece in pieces
    ]


def _choose(pieces: list[MessagePiece]) -> tuple[list[MessagePiece], list[MessagePiece]]:
    """The pieces of one section to be used, in order, and their copies."""
    by_witness: dict[str, list[MessagePiece]] = defaultdict(list)
    for piece in pieces:
        by_witness[piece.reading.source.id].append(piece)
    copies = [copy for own in by_witness.values() for copy in _copies(own)]
    rank = {id(copy): copy.rank(copies) for copy in copies}
    copies.sort(key=lambda copy: rank[id(copy)])
    best, rest = copies[0], copies[1:]
    used = list(best.pieces)
    held = {piece.page for piece in used}
    spare: list[MessagePiece] = []
    for copy in rest:
        for piece in copy.pieces:
            # A page that the best witness lacks is taken from the next that has it.
            if piece.page is not None and None not in held and piece.page not in held:
                used.append(piece)
                held.add(piece.page)
            else:
                spare.append(piece)
    used.sort(key=lambda piece: (piece.page or 0, piece.order))
    return used, spare


def _copies(own: list[MessagePiece]) -> list[_Copy]:
    """The pieces that one file holds of a section, as one copy or, where pages repeat, as several."""
    rounds: list[list[MessagePiece]] = []
    seen: Counter[int] = Counter()
    for piece in sorted(own, key=lambda p: p.order):
        again = seen[piece.page] if piece.page is not None else 0
        if piece.page is not None:
            seen[piece.page] += 1
        while len(rounds) <= again:
            rounds.append([])
        rounds[again].append(piece)
    return [_Copy(tuple(pieces)) for pieces in rounds if pieces]


def _join(pieces: Sequence[MessagePiece]) -> tuple[Source, Reading, list[Span]]:
    """The pieces as one source, with the edits that they bring along, and where each stands in it."""
    texts: list[str] = []
    spans: list[Span] = []
    edits: list[Edit] = []
    at = 0
    for piece in pieces:
        own = piece.span
        text = own.of(piece.reading.source.text)
        text += "" if text.endswith("\n") else "\n"
        spans.append(Span(at, at + len(text)))
        texts.append(text)
        shift = at - own.start
        edits += [
            replace(edit, span=edit.span.shift(shift))
            for edit in piece.reading.edits
            if own.covers(edit.span)
        ]
        at += len(text)
    told = [f"{piece.reading.source.id}:{piece.span.start}-{piece.span.end}" for piece in pieces]
    number = next((piece.number for piece in pieces if piece.number), None)
    source = Source(
        name=f"{number or pieces[0].reading.source.name} (assembled)",
        digest=digest_of(*(text.encode() for text in texts)),
        text="".join(texts),
        pages=tuple(spans),
        step=Step.of("septel assembly", __version__, parts=" ".join(told)),
    )
    return source, Reading.of(source, edits), spans


def _part(piece: MessagePiece, span: Span | None) -> Part:
    source = piece.reading.source
    return Part(
        section=piece.section,
        page=piece.page,
        locus=source.locus(piece.span),
        span=span,
        witness=source.name,
    )


def _part_order(part: Part) -> tuple[int, int, str, int]:
    return part.section or 0, part.page or 0, part.locus.source_id, part.locus.span.start


def _witnesses(pieces: list[MessagePiece], chosen: list[MessagePiece]) -> tuple[Witness, ...]:
    held: dict[str, list[MessagePiece]] = defaultdict(list)
    for piece in pieces:
        held[piece.reading.source.id].append(piece)
    used = {piece.reading.source.id for piece in chosen}
    found = [
        Witness(
            name=own[0].reading.source.name,
            source_id=source_id,
            sections=tuple(sorted({p.section for p in own if p.section})),
            pages=tuple(sorted({(p.section or 1, p.page) for p in own if p.page})),
            used=source_id in used,
        )
        for source_id, own in held.items()
    ]
    return tuple(sorted(found, key=lambda witness: (witness.name, witness.source_id)))
