"""The head of a typed memorandum of conversation: its date and who took part, before the lines of its text.

A typist breaks paragraphs into lines, so that only the lines above the text are read as those of an edited
print are: `DATE:`, `SUBJECT:`, `PARTICIPANTS:` with a name a line, until a blank line behind the names.
Source of the form: memoranda of conversation of the Department of State, 1950s to 1970s.
"""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.layout.document import DocumentLayout, LayoutBlock
from septel.record.layout.headings import date_in
from septel.record.layout.lists import OpeningLists
from septel.record.layout.prose import Prose, ReadingText
from septel.text import Span

KIND = "memorandum of conversation"
_TITLE = re.compile(
    r"\W*MEMORANDUM (?:OF|FOR THE RECORD OF) (?:A )?(?:TELEPHONE )?CONVERSATIONS?\W*$", re.IGNORECASE
)
_PARTICIPANTS = re.compile(r"(?:PARTICIPANTS?|PRESENT|THOSE PRESENT)\s*:?", re.IGNORECASE)
_LABEL = re.compile(r"[A-Z][A-Za-z ]{2,20}:")
_NEAR = 12
"""Lines from the top within which the title stands, below stamps."""
_SHORT = 60
"""Characters that a line of the head has at most, where it belongs to no list."""


def with_typed_head(paper: DocumentLayout) -> DocumentLayout:
    """The paper with the list, date and subject of its head; unchanged where it is no such memorandum."""
    lines = [span.of(paper.carried.text).strip() for span in paper.carried.lines]
    written = [i for i, line in enumerate(lines) if line]
    title = next((i for i in written[:_NEAR] if _TITLE.match(lines[i])), None)
    if title is None or paper.listed:
        return paper
    lists = OpeningLists(paper.carried)
    last = _last_line(lines, title, lists)
    if last is None:
        return paper
    dated = next((told for line in lines[title : last + 1] if (told := date_in(line)) is not None), None)
    head = Span(0, paper.carried.lines[last].end)
    blocks = (_below(paper.carried, block, head) for block in paper.blocks)
    return replace(
        paper,
        kind=KIND,
        date=paper.date or (dated[0] if dated else None),
        listed=tuple(lists.listed),
        subject=paper.subject or lists.subject,
        blocks=tuple(block for block in blocks if block is not None),
    )


def _last_line(lines: list[str], title: int, lists: OpeningLists) -> int | None:
    """The last line of the head, its entries taken in by `lists`; None without a list of participants."""
    listing = False
    last: int | None = None
    for i in range(title + 1, len(lines)):
        line = lines[i]
        if not line:
            ahead = next((one for one in lines[i + 1 :] if one), "")
            if listing and lists.listed and not _LABEL.match(ahead):
                break
            continue
        listing = listing or _PARTICIPANTS.match(line) is not None
        taken = lists.take(i, line)
        if not taken and (listing or len(line) > _SHORT):
            break
        last = i
    return last if lists.listed else None


def _below(carried: ReadingText, block: LayoutBlock, head: Span) -> LayoutBlock | None:
    """A block without what of it stands in the head; None where nothing is left."""
    prose = block.prose
    first = next((k for k, at in enumerate(prose.at) if at >= head.end), None)
    if first == 0:
        return block
    if first is None or not prose.text[first:].strip():
        return None
    while prose.text[first].isspace():
        first += 1
    return replace(block, prose=Prose(carried, prose.text[first:], prose.at[first:], prose.paragraph))
