"""What stands around the message: page heads, markings, footers, distribution, stamps, attributes."""

from __future__ import annotations

from functools import lru_cache

from septel.lexicon import Lexicon
from septel.telegram.heading import grade
from septel.telegram.lines import ClassifiedLines, LineKind, TelegramLine, classifies, locus_of, runs
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_fields as near
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import (
    Distribution,
    Heading,
    Mark,
    PageHead,
    new_distribution,
    new_mark,
    new_page_head,
)
from septel.text import Reading, Span

_MARKS = {
    LineKind.FOOTER: "footer",
    LineKind.FORM: "form",
    LineKind.BOX: "box",
    LineKind.DASHES: "dash line",
    LineKind.REMARK: "remark",
    LineKind.DRAFTING: "drafting",
    LineKind.ROUTING: "routing",
    LineKind.PREAMBLE: "preamble",
    LineKind.EXEMPT: "exempted",
}


def tell_releases(walk: ClassifiedLines, heading: Heading) -> None:
    """Tell a later UNCLASSIFIED from the telegram's own markings.

    A page marking above the telegram's grade, or of a grade when the class line has a higher one, was
    not put there by the sender: it is the current marking, stamped on release.
    """
    own = heading.classification
    if own is None or own.basis == "vote" or own.value == "UNCLASSIFIED":
        return
    told = False
    for line in walk.of(LineKind.MARKING):
        if _stamped(line) or grade_of(line) == "U":
            line.kind = LineKind.RELEASE
            told = True
    if told:
        walk.group()


def _stamped(line: TelegramLine) -> bool:
    return noisy.is_stamp(line.text) or (line.seen != line.text and noisy.is_stamp(line.seen))


@lru_cache(maxsize=4096)
def _grade_in(text: str) -> str:
    match = rules.MARKING.match(text)
    if match:
        return grade(match.group("grade"))
    return grade(near.marking(text) or text.replace("*", "E"))


def grade_of(line: TelegramLine) -> str:
    """The grade that a page marking shows."""
    return _grade_in(line.text)


def marks(walk: ClassifiedLines, reading: Reading, *kinds: LineKind) -> tuple[Mark, ...]:
    """Lines of the form or transmission layer, as they stand."""
    return tuple(
        new_mark(
            kind=_MARKS[line.kind],
            value=line.text,
            raw=line.text,
            locus=locus_of(reading, line),
            page=line.page,
        )
        for line in walk.of(*kinds)
    )


def column(walk: ClassifiedLines, reading: Reading) -> tuple[Mark, ...]:
    """Entries of a printed form's column of offices that stand before other fields of the same line."""
    found = []
    for line, symbol, start in walk.columns:
        locus = reading.locus(Span(start, start + len(symbol)))
        found.append(new_mark(kind="office column", value=symbol, raw=symbol, locus=locus, page=line.page))
    return tuple(found)


def markings(walk: ClassifiedLines, reading: Reading) -> tuple[Mark, ...]:
    """The grade at the top and the foot of each page."""
    return tuple(
        new_mark(
            kind="marking", value=grade_of(line), raw=line.text, locus=locus_of(reading, line), page=line.page
        )
        for line in walk.of(LineKind.MARKING)
    )


def footers(walk: ClassifiedLines, reading: Reading) -> tuple[Mark, ...]:
    """What the Department printed at the foot of each page."""
    return tuple(
        new_mark(
            kind="footer",
            value=noisy.is_footer(line.text) or noisy.is_footer(line.seen) or line.text,
            raw=line.text,
            locus=locus_of(reading, line),
            page=line.page,
        )
        for line in walk.of(LineKind.FOOTER)
    )


def releases(walk: ClassifiedLines, reading: Reading) -> tuple[Mark, ...]:
    """What reviewers and archives stamped on it later: each a line of its own, never words of the text."""
    return tuple(_release(line, reading) for line in walk.of(LineKind.RELEASE))


def _release(line: TelegramLine, reading: Reading) -> Mark:
    kind, value = "release stamp", " ".join(line.text.split())
    if _stamped(line):
        kind, value = "current marking", "UNCLASSIFIED"
    elif classifies(line.text):
        kind = "reviewer's classification"
    return new_mark(kind=kind, value=value, raw=line.text, locus=locus_of(reading, line), page=line.page)


@lru_cache(maxsize=4096)
def _names(text: str) -> bool:
    """Whether what stands before a colon is the name of an attribute: words that begin with a capital."""
    return len(text) > 1 and "A" <= text[0] <= "Z" and text.replace(" ", "").isalpha()


def catalogue(attributes: list[tuple[int, str]]) -> tuple[tuple[str, str], ...]:
    """The archive's attribute block: names and values, a value running on over its lines."""
    pairs: list[tuple[str, str]] = []
    for _, text in attributes:
        name, colon, value = text.partition(":")
        if colon and _names(name):
            pairs.append((name, value.strip()))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {text}".strip())
    return tuple(pairs)


def page_heads(walk: ClassifiedLines, reading: Reading) -> tuple[PageHead, ...]:
    """The lines at the top of the reproduced pages."""
    heads: list[PageHead] = []
    for line in walk.of(LineKind.PAGE):
        match = walk.matches.get(line.number)
        if match is None:
            heads += _near_head(walk, reading, line)
            continue
        n, of = match.group("n"), match.group("of")
        heads.append(
            new_page_head(
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


def _near_head(walk: ClassifiedLines, reading: Reading, line: TelegramLine) -> list[PageHead]:
    found = walk.near_pages[line.number]
    if not found.serials or found.post is None:
        return []
    return [
        new_page_head(
            page=found.page,
            post=found.post,
            serial=int(found.serials[0]),
            section=found.section,
            received=found.received,
            raw=line.text,
            locus=locus_of(reading, line),
        )
    ]


def distribution(walk: ClassifiedLines, reading: Reading, lexicon: Lexicon) -> tuple[Distribution, ...]:
    """The offices that got copies, block by block, with the sum that the page states."""
    blocks: list[list[TelegramLine]] = []
    for line in walk.of(LineKind.DISTRIBUTION):
        if line.text.startswith(("ACTION", "ORIGIN")) or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    found: list[Distribution] = []
    for block in blocks:
        if walk.noisy:
            offices = tuple(one for line in block for one in near.offices(line.text, lexicon))
        else:
            offices = tuple(
                [
                    (symbol, int(copies))
                    for line in block
                    for symbol, copies in rules.OFFICE.findall(line.text)
                ]
            )
        totals = [m for line in block if "/" in line.text and (m := rules.TOTAL.search(line.text))]
        total = int(totals[-1].group(1)) if totals else None
        if total is None and walk.noisy:
            total = next((one for line in block if (one := near.total(line.text)) is not None), None)
        found.append(
            new_distribution(
                kind=block[0].text.split(None, 1)[0],
                offices=offices,
                total=total,
                sums=None if total is None else sum(copies for _, copies in offices) == total,
                locus=runs(reading, block)[0],
            )
        )
    return tuple(found)
