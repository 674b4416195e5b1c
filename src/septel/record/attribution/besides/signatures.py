"""Who signs a text that a document gives whole: a name where its quotation closes, or beneath its letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.layout import LayoutBlock
from septel.record.model import SpeakerBasis
from septel.record.people import Reader

QUOTE_CLOSES = re.compile(r"[”“\"]\W*(?:End\b[^.”\"]{0,40}[.]?\W*)?$", re.IGNORECASE)
"""The end of a quotation, with the words that say so."""
TEXT_ENDS = re.compile(r"\bEND (?:OF )?(?:VERBATIM )?(?:TEXT|MESSAGE|LETTER|QUOTE)\b|\bUNQUOTE\b")
_SIGNS = frozenset({"SIGNED", "SINCERELY", "YOURS", "RESPECTFULLY", "FAITHFULLY", "CORDIALLY", "WARMLY"})
"""Before a signature."""
_SIGNED = re.compile(
    r"\b(?:sincerely|regards?|wishes|yours|\(?signed\)?)[,.:]?\s+(?P<name>[A-Z][^,;:”]{2,40}[”.]*)$",
    re.IGNORECASE,
)
"""A signature that ends a paragraph: `With warm regards, NAME`."""
_BRACKETED = re.compile(r"\[[^\]]*\]")
_FARTHEST = 30
"""Paragraphs within which a quotation closes."""
_NAME = 6
"""Words of a signature at most."""


def signer_of(
    blocks: Sequence[LayoutBlock], index: int, letter: range, reader: Reader
) -> ResolvedSpeaker | None:
    """Who signs the text that begins at a paragraph; None where nobody is known to.

    Args:
        blocks: the paragraphs of the document.
        index: of the first paragraph of the text.
        letter: the paragraphs of the letter that it is; empty where it is none.
        reader: takes names into the cast.
    """
    if letter:
        under = reversed(blocks[letter.start + 1 : letter.stop][-2:])
        return next((voice for block in under if (voice := _signed(block, reader)) is not None), None)
    ahead = blocks[index : index + _FARTHEST]
    last = next((block for block in ahead if QUOTE_CLOSES.search(_unbracketed(block))), None)
    return None if last is None or last.prose.text.startswith("“") else _signed(last, reader)


def _signed(block: LayoutBlock, reader: Reader) -> ResolvedSpeaker | None:
    """Who signs by a paragraph: a short one, or one that a signature ends."""
    text = _unbracketed(block)
    end = TEXT_ENDS.search(text.upper())
    text = text[: end.start()].strip() if end else text
    closed = _SIGNED.search(text)
    text = closed.group("name") if closed else text
    if len(text.split()) < (1 if closed else 2) or len(text.split()) > _NAME:
        return None
    name = [w for w in re.findall(r"[A-Z][\w'’-]+", text) if w.upper() not in _SIGNS]
    player = reader.finder.cast.named(name[-1]) if name else None
    if player is None and 2 <= len(name) <= 4 and text.rstrip('”“". ').split()[-1] == name[-1]:
        start = block.prose.text.rfind(name[0])
        stop = block.prose.text.rfind(name[-1]) + len(name[-1])
        player = reader.learnt(block.prose, start, stop, name, "").player
    if player is None:
        return None
    return ResolvedSpeaker(
        player=player,
        side=player.person.side,
        resolution=SpeakerBasis.QUOTATION,
        mention=block.prose.excerpt(0, len(block.prose.text)),
    )


def _unbracketed(block: LayoutBlock) -> str:
    return _BRACKETED.sub("", block.prose.text).strip()
