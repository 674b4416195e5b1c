"""Conferences by teletype: items under lines that say whose they are."""

from __future__ import annotations

import re

from septel.record.attribution.quoted_blocks import QuotedBlocks
from septel.record.attribution.speakers import nobody
from septel.record.layout import LABELS, DocumentLayout, LayoutBlock
from septel.record.model import Mode

_HEAD = re.compile(
    r"(?:[A-Z][\w .-]{2,25}? (?:item|number|no\.?) \d+|Item \d+,? (?:from )?[A-Z]\w+)\b[^.:]{0,60}[.:]?"
    r"(?: Further to [^.]{0,40}\.)?$",
    re.IGNORECASE,
)
_END = re.compile(r"End (?:of )?item\b[^.]{0,20}\.?$", re.IGNORECASE)


class TeletypeItems:
    """Gives the paragraphs of each item to somebody unknown: a post or the Department, no person."""

    def __init__(self, paper: DocumentLayout, giver: QuotedBlocks) -> None:
        self._giver = giver
        self._is_conference = sum(1 for b in paper.blocks if _HEAD.match(b.prose.text.strip())) >= LABELS
        self._open = False

    def takes(self, block: LayoutBlock) -> bool:
        """Take down a paragraph of an item, or the line above or beneath it; whether it was one."""
        text = block.prose.text.strip()
        if not self._is_conference:
            return False
        if _HEAD.match(text):
            self._open = True
        elif _END.match(text):
            self._open = False
        elif self._open:
            self._giver.whole(block, nobody(block), Mode.WRITTEN, quoted=True, least=3)
        else:
            return False
        return True
