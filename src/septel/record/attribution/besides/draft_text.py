"""A text that a document holds under TEXT FOLLOWS: it speaks for itself, and not for whoever spoke last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.record.layout import LayoutBlock
from septel.text import Span

_OPENS = re.compile(
    r"(?:FULL |DRAFT |COMPROMISE |REVISED |FINAL |ITS |WHOSE )?TEXT "
    r"(?:OF (?:THE |THIS )?(?:DRAFT|RES(?:OLUTION)?|PROPOSAL) )?"
    r"(?:IS |READS? |WAS )?(?:AS )?FOLLOWS?\s*[:.;—–-]+\s*[\"“]"
)
_OWNED = re.compile(
    r"\b(?:HANDED|GAVE|DELIVERED|READ(?! AS)|PRESENTED|SENT|MADE|ISSUED|REPLIED|WROTE)\b"
    r"|\b(?:LETTER|NOTE|MESSAGE|STATEMENT|REPLY|SPEECH|COMMUNICATION|AIDE[- ]MEMOIRE)\b"
)
"""Before it stands whose it is: HE HANDED ME NOTE. TEXT FOLLOWS."""
_CLOSES = re.compile(r"[\"”]\W*$")


class DraftText:
    """Where the drafts and texts stand that nobody of a document says."""

    def __init__(self, blocks: Sequence[LayoutBlock]) -> None:
        self._begins: dict[str, int] = {}
        open_ = False
        for index, block in enumerate(blocks):
            text = block.prose.plain
            if open_:
                self._begins[block.prose.paragraph] = 0
                open_ = _CLOSES.search(text) is None
                continue
            found = _opened(block)
            if found is None:
                continue
            self._begins[block.prose.paragraph] = found
            closed = _CLOSES.search(text, found + 1) is not None
            open_ = not closed and any(_CLOSES.search(b.prose.plain) for b in blocks[index + 1 :])

    def holds(self, block: LayoutBlock, sentence: Span) -> bool:
        """Whether a sentence stands in such a text."""
        begins = self._begins.get(block.prose.paragraph)
        return begins is not None and sentence.end > begins


def _opened(block: LayoutBlock) -> int | None:
    """Where in a paragraph a text of nobody's opens."""
    text = block.prose.plain
    for sentence in block.prose.sentences:
        found = _OPENS.match(text, sentence.start)
        if found is not None and _OWNED.search(text, 0, sentence.start) is None:
            return sentence.start
    return None
