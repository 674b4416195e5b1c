"""Splits sentences into clauses that can stand alone, and finds quotations."""

from __future__ import annotations

import re

from septel.record.layout.patterns import cue
from septel.record.layout.prose import Prose

_LEAST = 5  # words that each side of a split must have
_CUT = cue("splitting.cut")
_FEW = 9
"""Words that may be a fragment, and show by a verb that they are none."""
_VERB = re.compile(
    r"\b(?:TO (?!THE\b|A\b|HIS\b|HER\b|ITS\b|THEIR\b|OUR\b|MY\b|THIS\b|THAT\b|US\b)[A-Z]{2,}"
    r"|IS|ARE|WAS|WERE|BE|BEEN|AM|HAS|HAVE|HAD|WILL|WOULD|COULD|SHOULD|CAN|CANNOT|MAY|MIGHT|MUST|SHALL|DO"
    r"|DOES|DID|[A-Z]+N['’]T|[A-Z]{2,}(?:ED|ING)|[A-Z]+['’](?:RE|LL|D|VE|M)|IT['’]S|WENT|CAME|GAVE|TOOK|MADE"
    r"|KNEW|SAW|GOT|LEFT|MET|FELT|KNOW|KNOWS|THINK|THINKS|WANT|WANTS|NEED|NEEDS|SEEMS?|APPEARS?|GO|COME"
    r"|GIVE|TAKE|MAKE|AGREES?|REMAINS?|MEANS?|DEPENDS?|LET)\b"
)


def has_verb(words: str) -> bool:
    """Whether words in upper case have a verb of their own, or are too many to be a fragment."""
    return len(words.split()) >= _FEW or _VERB.search(words) is not None


_QUOTES = re.compile(r"“[^”“\"]*(?:[”“\"](?!\w)|$)|“[^”]*(?:”|$)|(?<!\w)\"[^\"]*(?:\"|$)")


def clauses(prose: Prose, start: int, end: int, *, after: int | None = None) -> list[tuple[int, int]]:
    """The clauses of a stretch; each has at least five words, and none is cut within a quotation.

    Args:
        prose: the passage.
        start: where the stretch begins.
        end: where it ends.
        after: cut only behind this place (the verb that reports).
    """
    text = prose.plain
    cuts = [start]
    for found in _CUT.finditer(text, max(start, after or start), end):
        at = found.end()
        if len(text[cuts[-1] : at].split()) < _LEAST or len(text[at:end].split()) < _LEAST:
            continue
        if re.search(r"\b(?:HE|SHE|YOU|WE|I|THEY|THAT|I\.E\.|E\.G\.)[\s,]*$", text[cuts[-1] : found.start()]):
            continue  # HE AND I
        if not has_verb(text[at:end]):
            continue  # HERE, BUT ALSO ON CAPITOL HILL
        opened = text.count("“", cuts[-1], at) > text.count("”", cuts[-1], at)
        if opened or text.count("(", cuts[-1], at) > text.count(")", cuts[-1], at):
            continue
        cuts.append(at)
    ends = [*cuts[1:], end]
    pieces: list[tuple[int, int]] = []
    for a, b in zip(cuts, ends, strict=True):
        stop = b
        while stop > a and text[stop - 1] in " ,;":
            stop -= 1
        pieces.append((a, stop))
    return pieces


_OPENS = 3
"""Characters within which a quotation opens its paragraph."""


def quoted(prose: Prose) -> bytearray:
    """For each character, whether it stands in a quotation of more than five words."""
    mask = bytearray(len(prose.text) + 1)
    for found in _QUOTES.finditer(prose.text):
        words = len(found.group().split())
        if found.group()[0] == '"' and (
            words > 60 or not found.group().endswith('"') or len(found.group()) < 2
        ):
            continue  # a straight quote without its fellow is as likely a speck
        end = found.end()
        if found.group()[0] == "“" and found.group()[-1] not in '”"' and found.start() > _OPENS:
            # a quotation that is not closed, and opens within a paragraph, ends with its sentence
            end = next((s.end for s in prose.sentences if found.start() < s.end), end)
        if words > 5:
            mask[found.start() : end] = b"\x01" * (end - found.start())
    return mask
