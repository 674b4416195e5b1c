"""Parses one reading into a telegram; never fails on any text."""

from __future__ import annotations

from dataclasses import replace

from septel.lexicon import Lexicon
from septel.telegram.body import BodyBuilder, ParsedText, excisions, may_quote, quotations, within
from septel.telegram.heading import HeadingBuilder
from septel.telegram.lines import (
    ATTRIBUTES,
    LAYERS,
    ClassifiedLines,
    LineClassifier,
    LineKind,
    TelegramLine,
    TelegramLines,
    has_heading,
    is_noisy,
    locus_of,
    sheet_of,
)
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import (
    Field,
    Layer,
    Owner,
    ParseFault,
    Quotation,
    Section,
    Telegram,
    Unplaced,
    new_field,
    new_section,
    new_telegram,
)
from septel.telegram.parsing import furniture
from septel.telegram.parsing.confidence import with_confidence
from septel.telegram.parsing.contested import with_contested
from septel.telegram.parsing.votes import contradictions
from septel.text import Reading

_COUNTS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6}


def parse(reading: Reading, *, lexicon: Lexicon | None = None) -> Telegram:
    """Order the lines of a reading as a telegram.

    Works on clean, restored and raw text alike. Every line of the source is owned by exactly one part
    of the result, see `Telegram.places`; what fits nowhere is in `unplaced`, with a fault.
    """
    found = _tree(sheet_of(reading), reading, lexicon or Lexicon.shipped())
    found = _told(found, reading)
    return with_contested(with_confidence(found, reading) if reading.edits else found, reading)


def _told(telegram: Telegram, reading: Reading) -> Telegram:
    """The telegram with what it says of itself in two ways among its findings."""
    more = tuple(contradictions(telegram, reading))
    return replace(telegram, faults=(*telegram.faults, *more)) if more else telegram


def _tree(sheet: TelegramLines, reading: Reading, lexicon: Lexicon, *, nested: bool = False) -> Telegram:
    walk = _walk(sheet, reading, lexicon)
    heading_builder = HeadingBuilder(walk, reading, lexicon)
    heading = heading_builder.build()
    furniture.tell_releases(walk, heading)
    body = BodyBuilder(walk, reading, lexicon, heading).build()
    sections = _sections(walk, reading, lexicon, body)
    unplaced = tuple(
        Unplaced(line=line.number, raw=line.text or line.seen, locus=locus_of(reading, line))
        for line in [line for line in sheet.lines if line.kind is _UNPLACED]
    )
    faults = [*heading_builder.faults, *body.faults]
    faults += [
        ParseFault(what="the line fits nowhere in a telegram", where=u.locus, line=u.line) for u in unplaced
    ]
    return new_telegram(
        source_id=reading.source.id,
        heading=heading,
        sections=sections,
        summary=body.summary,
        opening=body.opening,
        paragraphs=body.paragraphs,
        comment=body.comment,
        signature=body.signature,
        downgrading=_downgrading(walk, reading),
        quotations=_quotations(walk, reading, lexicon, body),
        excisions=excisions(sheet.lines, reading),
        distribution=furniture.distribution(walk, reading, lexicon),
        drafting=furniture.marks(walk, reading, LineKind.DRAFTING),
        transmission=furniture.marks(walk, reading, LineKind.ROUTING, LineKind.PREAMBLE, LineKind.EXEMPT),
        pages=furniture.page_heads(walk, reading),
        markings=furniture.markings(walk, reading),
        footers=furniture.footers(walk, reading),
        forms=furniture.marks(walk, reading, LineKind.FORM, LineKind.BOX, LineKind.DASHES, LineKind.REMARK)
        + furniture.column(walk, reading),
        releases=furniture.releases(walk, reading),
        catalogue=furniture.catalogue(sheet.attributes),
        owners=() if nested else _owners(sheet, body),
        unplaced=unplaced,
        faults=tuple(faults),
    )


def _downgrading(walk: ClassifiedLines, reading: Reading) -> Field[str] | None:
    for line in walk.of(LineKind.DOWNGRADING):
        match = rules.GROUP.match(line.text)
        if match:
            locus = locus_of(reading, line)
            return new_field(value=f"GP-{match.group('group')}", raw=line.text, locus=locus)
    return None


def _quotations(
    walk: ClassifiedLines, reading: Reading, lexicon: Lexicon, body: ParsedText
) -> tuple[Quotation, ...]:
    """The quotations of the text; a telegram that is quoted whole is read as one, heading and all."""
    if not may_quote(reading.text):
        return ()
    lines = [line for line in walk.lines if line.kind is LineKind.TEXT]
    found = []
    for quotation in quotations(lines, reading, body.parts):
        inner = [line.unread() for line in within(quotation, lines)]
        if len(inner) >= 4 and has_heading(inner, lexicon):
            told = _tree(TelegramLines(0, inner, []), reading, lexicon, nested=True)
            quotation = replace(quotation, telegram=told)
        found.append(quotation)
    return tuple(found)


def walk_of(reading: Reading, lexicon: Lexicon) -> ClassifiedLines:
    """The lines of a reading with their kinds, as `parse` sees them before it builds the tree."""
    return _walk(sheet_of(reading), reading, lexicon)


def _walk(sheet: TelegramLines, reading: Reading, lexicon: Lexicon) -> ClassifiedLines:
    return LineClassifier(sheet.lines, lexicon, noisy_text=_is_noisy(reading, sheet)).run()


def _is_noisy(reading: Reading, sheet: TelegramLines) -> bool:
    """Whether the text was read from an image, or looks as if it had been."""
    return reading.source.step is not None or is_noisy(sheet.lines)


_TEXT, _UNPLACED = LineKind.TEXT, LineKind.UNPLACED
_ARCHIVE = frozenset({LineKind.FRAME, LineKind.CATALOGUE})
_OWNERS = {kind: Owner(LAYERS.get(kind, Layer.HEADING), kind.value) for kind in LineKind}


def _owners(sheet: TelegramLines, body: ParsedText) -> tuple[Owner, ...]:
    """The part that owns each line of the source."""
    owners = [_OWNERS[LineKind.BLANK]] * sheet.count
    catalogue = _OWNERS[LineKind.CATALOGUE]
    for number, _ in sheet.attributes:
        owners[number - 1] = catalogue
    parts, others, texts = body.parts, _OWNERS, {"opening": Owner(Layer.TEXT, "opening")}
    for line in sheet.lines:
        if line.kind is _TEXT:
            part = parts.get(line.number, "opening")
            owner = texts.get(part)
            if owner is None:
                owner = texts[part] = Owner(Layer.TEXT, part)
            owners[line.number - 1] = owner
        else:
            owners[line.number - 1] = others[line.kind]
    return tuple(owners)


def _count(word: str | None) -> int | None:
    if not word:
        return None
    return _COUNTS.get(word) or (int(word) if word.isdigit() else None)


def _sections(
    walk: ClassifiedLines, reading: Reading, lexicon: Lexicon, body: ParsedText
) -> tuple[Section, ...]:
    """The sections in the order of the file; a first one without its own line is told by the second."""
    ranges = _ranges(walk)
    heads: dict[int, TelegramLine] = {}
    for line in walk.of(LineKind.CLASS):
        heads.setdefault(line.section, line)
    found: list[Section] = []
    for index in sorted(ranges):
        lines = ranges[index]
        head = heads.get(index)
        n = of = None
        basis, raw = "", ""
        if head is not None:
            raw = head.text or head.seen
            match = walk.matches.get(head.number)
            if match is None and head.number not in walk.near_classes:
                garbled = noisy.class_of(head, lexicon)
                if garbled:
                    n, of, basis = garbled.n, garbled.of, "nearest"
            elif match is not None and match.re is rules.CLASS:
                n = _count(match.group("n") or match.group("n2"))
                of = _count(match.group("of") or match.group("of2"))
                if n is None and of and match.group("final"):
                    n = of
        found.append(
            new_section(
                n=n,
                of=of,
                basis=basis,
                lines=(lines[0], lines[1]),
                raw=raw,
                locus=locus_of(reading, head) if head else None,
            )
        )
    return tuple(_completed(found, signed=body.signature is not None))


def _ranges(walk: ClassifiedLines) -> dict[int, list[int]]:
    """The first and the last line of each section; the archive's own lines belong to none."""
    lines = walk.lines
    stop = next((n for n, line in enumerate(lines) if line.text == ATTRIBUTES), len(lines))
    while stop and lines[stop - 1].kind in _ARCHIVE:
        stop -= 1
    start = next((n for n in range(stop) if lines[n].kind not in _ARCHIVE), stop)
    if start == stop:
        return {}
    if lines[start].section == lines[stop - 1].section:
        return {lines[start].section: [lines[start].number, lines[stop - 1].number]}
    ranges: dict[int, list[int]] = {}
    for line in lines[start:stop]:
        if line.kind in _ARCHIVE:
            continue
        held = ranges.setdefault(line.section, [line.number, line.number])
        held[1] = line.number
    return ranges


def _completed(sections: list[Section], *, signed: bool) -> list[Section]:
    """Fill what one section's line leaves open from the others: the whole has one count."""
    if len(sections) < 2:
        return sections
    known = [s.of for s in sections if s.of is not None]
    of = known[0] if known else None
    if of is None and signed and sections[-1].n is not None:
        of = sections[-1].n  # the signature stands in the last section
    out: list[Section] = []
    for index, section in enumerate(sections):
        n = section.n
        if n is None and all(s.n == i + 1 for i, s in enumerate(sections) if s.n is not None):
            n = index + 1
        basis = section.basis if (n, of) == (section.n, section.of) else "structure"
        out.append(
            new_section(
                n=n,
                of=section.of or of,
                basis=basis,
                lines=section.lines,
                raw=section.raw,
                locus=section.locus,
            )
        )
    return out
