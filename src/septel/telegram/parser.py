"""Parses one reading into a telegram; never fails on any text."""

from __future__ import annotations

from septel.lexicon import Lexicon
from septel.telegram import noisy, rules
from septel.telegram.body import Body, BodyBuilder
from septel.telegram.fields import (
    Distribution,
    Heading,
    Layer,
    Mark,
    PageHead,
    ParseFault,
    Place,
    Section,
    Telegram,
    Unplaced,
)
from septel.telegram.grammar import Grammar
from septel.telegram.heading import HeadingBuilder, grade
from septel.telegram.lines import LAYERS, Kind, Line, is_noisy, lines_of, locus_of, runs
from septel.telegram.walk import Walk
from septel.text import Reading

_COUNTS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6}
_MARKS = {
    Kind.FOOTER: "footer",
    Kind.FORM: "form",
    Kind.BOX: "box",
    Kind.DASHES: "dash line",
    Kind.REMARK: "remark",
    Kind.DRAFTING: "drafting",
    Kind.ROUTING: "routing",
    Kind.PREAMBLE: "preamble",
    Kind.EXEMPT: "exempted",
}


def parse(reading: Reading, *, lexicon: Lexicon | None = None) -> Telegram:
    """Order the lines of a reading as a telegram.

    Works on clean, restored and raw text alike. Every line of the source is owned by exactly one part
    of the result, see `Telegram.places`; what fits nowhere is in `unplaced`, with a fault.
    """
    lexicon = lexicon or Lexicon.shipped()
    lines = lines_of(reading)
    walk = Grammar(lines, lexicon, noisy_text=is_noisy(reading.source.text)).run()
    heading_builder = HeadingBuilder(walk, reading, lexicon)
    heading = heading_builder.build()
    _release_marks(lines, heading)
    body = BodyBuilder(walk, reading, lexicon).build()
    sections = _sections(walk, reading, lexicon, body)
    unplaced = tuple(
        Unplaced(line=line.number, raw=line.text or line.seen, locus=locus_of(reading, line))
        for line in lines
        if line.kind is Kind.UNPLACED
    )
    faults = [*heading_builder.faults, *body.faults]
    faults += [
        ParseFault(what="the line fits nowhere in a telegram", where=u.locus, line=u.line) for u in unplaced
    ]
    return Telegram(
        source_id=reading.source.id,
        heading=heading,
        sections=sections,
        summary=body.summary,
        opening=body.opening,
        paragraphs=body.paragraphs,
        comment=body.comment,
        signature=body.signature,
        distribution=_distribution(walk, reading),
        drafting=_marks(lines, reading, Kind.DRAFTING),
        transmission=_marks(lines, reading, Kind.ROUTING, Kind.PREAMBLE, Kind.EXEMPT),
        pages=_pages(walk, reading),
        markings=_gradings(lines, reading, Kind.MARKING),
        footers=_footers(lines, reading),
        forms=_marks(lines, reading, Kind.FORM, Kind.BOX, Kind.DASHES, Kind.REMARK),
        releases=_releases(lines, reading, body),
        catalogue=_catalogue(lines),
        places=_places(lines, body),
        unplaced=unplaced,
        faults=tuple(faults),
    )


_OWNERS = {str(kind): (LAYERS.get(kind, Layer.HEADING), kind.value) for kind in Kind}


def _places(lines: list[Line], body: Body) -> tuple[Place, ...]:
    parts = body.parts
    return tuple(
        Place(line.number, Layer.TEXT, parts.get(line.number, "opening"))
        if line.kind is Kind.TEXT
        else Place(line.number, *_OWNERS[str(line.kind)])
        for line in lines
    )


def _release_marks(lines: list[Line], heading: Heading) -> None:
    """Tell a later UNCLASSIFIED from the telegram's own markings.

    A page marking above the telegram's grade, or of a grade when the class line has a higher one, was
    not put there by the sender: it is the current marking, stamped on release.
    """
    own = heading.classification
    if own is None or own.basis == "vote" or own.value == "UNCLASSIFIED":
        return
    for line in lines:
        if line.kind is Kind.MARKING and (_stamped(line) or grade_of(line) == "U"):
            line.kind = Kind.RELEASE


def _stamped(line: Line) -> bool:
    return noisy.is_stamp(line.text) or noisy.is_stamp(line.seen)


def grade_of(line: Line) -> str:
    """The grade that a page marking shows."""
    match = rules.MARKING.match(line.text)
    return grade(match.group("grade") if match else line.text.replace("*", "E"))


def _marks(lines: list[Line], reading: Reading, *kinds: Kind) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            kind=_MARKS[line.kind],
            value=line.text,
            raw=line.text,
            locus=locus_of(reading, line),
            page=line.page,
        )
        for line in lines
        if line.kind in kinds
    )


def _gradings(lines: list[Line], reading: Reading, kind: Kind) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            kind="marking", value=grade_of(line), raw=line.text, locus=locus_of(reading, line), page=line.page
        )
        for line in lines
        if line.kind is kind
    )


def _footers(lines: list[Line], reading: Reading) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            kind="footer",
            value=noisy.is_footer(line.text) or noisy.is_footer(line.seen) or line.text,
            raw=line.text,
            locus=locus_of(reading, line),
            page=line.page,
        )
        for line in lines
        if line.kind is Kind.FOOTER
    )


def _releases(lines: list[Line], reading: Reading, body: Body) -> tuple[Mark, ...]:
    found = [
        Mark(
            kind="current marking" if _stamped(line) else "release stamp",
            value="UNCLASSIFIED" if _stamped(line) else " ".join(line.text.split()),
            raw=line.text,
            locus=locus_of(reading, line),
            page=line.page,
        )
        for line in lines
        if line.kind is Kind.RELEASE
    ]
    for _, raw, locus in body.marks:
        page = reading.source.page_at(locus.span.start)
        found.append(Mark(kind="current marking", value="UNCLASSIFIED", raw=raw, locus=locus, page=page))
    return tuple(sorted(found, key=lambda mark: mark.locus.span.start))


def _catalogue(lines: list[Line]) -> tuple[tuple[str, str], ...]:
    pairs: list[list[str]] = []
    for line in lines:
        if line.kind is not Kind.CATALOGUE:
            continue
        match = rules.CATALOGUE.match(line.text)
        if match:
            pairs.append([match.group(1), match.group(2).strip()])
        elif pairs:
            pairs[-1][1] = f"{pairs[-1][1]} {line.text}".strip()
    return tuple((name, value) for name, value in pairs)


def _pages(walk: Walk, reading: Reading) -> tuple[PageHead, ...]:
    heads: list[PageHead] = []
    for line in walk.lines:
        if line.kind is not Kind.PAGE:
            continue
        match = walk.matches[line.number]
        n, of = match.group("n"), match.group("of")
        heads.append(
            PageHead(
                page=int(match.group("page")),
                post=match.group("post").strip(),
                serial=int(match.group("serial")),
                section=(int(n), int(of)) if n and of else None,
                received=match.group("time") and match.group("time")[:6] + "Z",
                raw=line.text,
                locus=locus_of(reading, line),
            )
        )
    return tuple(heads)


def _distribution(walk: Walk, reading: Reading) -> tuple[Distribution, ...]:
    blocks: list[list[Line]] = []
    for line in walk.lines:
        if line.kind is Kind.DISTRIBUTION:
            if line.text.startswith(("ACTION", "ORIGIN")) or not blocks:
                blocks.append([])
            blocks[-1].append(line)
    found: list[Distribution] = []
    for block in blocks:
        offices = tuple(
            (m.group(1), int(m.group(2))) for line in block for m in rules.OFFICE.finditer(line.text)
        )
        totals = [m for line in block if (m := rules.TOTAL.search(line.text))]
        total = int(totals[-1].group(1)) if totals else None
        found.append(
            Distribution(
                kind=block[0].text.split()[0],
                offices=offices,
                total=total,
                sums=None if total is None else sum(copies for _, copies in offices) == total,
                locus=runs(reading, block)[0],
            )
        )
    return tuple(found)


def _count(word: str | None) -> int | None:
    if not word:
        return None
    return _COUNTS.get(word) or (int(word) if word.isdigit() else None)


def _sections(walk: Walk, reading: Reading, lexicon: Lexicon, body: Body) -> tuple[Section, ...]:
    """The sections in the order of the file; a first one without its own line is told by the second."""
    ranges: dict[int, list[Line]] = {}
    for line in walk.lines:
        if (line.text or line.seen) and line.kind not in (Kind.CATALOGUE, Kind.FRAME):
            ranges.setdefault(line.section, []).append(line)
    found: list[Section] = []
    for index in sorted(ranges):
        lines = ranges[index]
        head = next((line for line in lines if line.kind is Kind.CLASS), None)
        n = of = None
        basis, raw = "", ""
        if head is not None:
            raw = head.text or head.seen
            match = walk.matches.get(head.number)
            if match is None:
                garbled = noisy.class_of(head, lexicon)
                if garbled:
                    n, of, basis = garbled.n, garbled.of, "nearest"
            elif match.re is rules.CLASS:
                n = _count(match.group("n") or match.group("n2"))
                of = _count(match.group("of") or match.group("of2"))
                if n is None and of and match.group("final"):
                    n = of
        found.append(
            Section(
                n=n,
                of=of,
                basis=basis,
                lines=(lines[0].number, lines[-1].number),
                raw=raw,
                locus=locus_of(reading, head) if head else None,
            )
        )
    return tuple(_completed(found, signed=body.signature is not None))


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
            Section(
                n=n,
                of=section.of or of,
                basis=basis,
                lines=section.lines,
                raw=section.raw,
                locus=section.locus,
            )
        )
    return out
