"""What an assembled telegram lacks, by name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from septel.telegram.assembly.assembled import Missing
from septel.telegram.assembly.pieces import MessagePiece
from septel.telegram.model import Telegram

_PLAIN = re.compile(r"\d{1,3}$")


def missing_of(pieces: Sequence[MessagePiece], telegram: Telegram) -> tuple[Missing, ...]:
    """Sections and pages that no witness has; then what the text itself suggests."""
    found = [*_sections(pieces), *_pages(pieces)]
    if telegram.signature is None:
        found.append(Missing(what="the end", why="no signature was found", certain=False))
    return (*found, *_paragraphs(telegram))


def _sections(pieces: Sequence[MessagePiece]) -> list[Missing]:
    counts = Counter(piece.of for piece in pieces if piece.of)
    held = {piece.section for piece in pieces if piece.section}
    last = max(held, default=0)
    if not counts:
        return [
            Missing(what=f"section {n}", why=f"section {last} is here")
            for n in range(1, last)
            if n not in held
        ]
    total = max(counts.most_common(1)[0][0], last)
    return [
        Missing(what=f"section {n} of {total}", why=f"the others say that there are {total}")
        for n in range(1, total + 1)
        if n not in held
    ]


def _pages(pieces: Sequence[MessagePiece]) -> list[Missing]:
    held: dict[int, set[int]] = defaultdict(set)
    told: dict[int, int] = {}
    several = any(piece.of for piece in pieces)
    for piece in pieces:
        if piece.page is not None:
            held[piece.section or 1].add(piece.page)
            if piece.pages:
                told[piece.section or 1] = piece.pages
    found: list[Missing] = []
    for section in sorted(held):
        last = max(*held[section], told.get(section, 0), 0)
        for page in range(1, last + 1):
            if page not in held[section]:
                where = f" of section {section}" if several else ""
                found.append(Missing(what=f"page {page}{where}", why=f"pages up to {last} are here or told"))
    return found


def _paragraphs(telegram: Telegram) -> list[Missing]:
    """Numbers that the run of paragraphs leaps over."""
    found: list[Missing] = []
    before = 0
    for paragraph in telegram.paragraphs:
        if not _PLAIN.match(paragraph.path):
            continue
        number = int(paragraph.path)
        if before and number > before + 1:
            first, last = before + 1, number - 1
            what = f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"
            found.append(
                Missing(what=what, why=f"paragraph {number} follows paragraph {before}", certain=False)
            )
        before = max(before, number)
    return found
