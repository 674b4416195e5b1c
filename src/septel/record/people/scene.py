"""Where a document stands: the nation from which a post writes, and the words that it writes large."""

from __future__ import annotations

import re
from collections.abc import Iterable

from septel.lexicon import Lexicon
from septel.record.layout import DocumentLayout, Prose
from septel.record.model import nation_of, nation_of_place

_WORD = re.compile(r"[^\W\d_]{3,}")


def proper_nouns(passages: Iterable[Prose]) -> frozenset[str]:
    """Words, in upper case, that a document writes large within its sentences, and never small."""
    large: set[str] = set()
    small: set[str] = set()
    for prose in passages:
        if prose.text.isupper():
            continue
        for found in _WORD.finditer(prose.text):
            word = found.group()
            if word.islower():
                small.add(word.upper())
            elif word[0].isupper() and word[1:].islower():
                before = prose.text[max(0, found.start() - 3) : found.start()].rstrip()[-1:]
                if before and before not in '.!?:;“"”':
                    large.add(word.upper())
    return frozenset(large - small)


def home_nation(paper: DocumentLayout) -> str | None:
    """The nation in which the American post stands that sent a document; None where no post or none such."""
    words = paper.origin.upper().removeprefix("AMEMBASSY").removeprefix("AMCONSUL").strip()
    if words:
        post = Lexicon.shipped().post(words)
        if post is not None and post.territory:
            return nation_of(post.territory.upper()) or nation_of_place(words)
        return nation_of_place(words)
    heading = paper.heading.plain if paper.heading else paper.title.upper()
    found = re.search(
        r"FROM THE (?:EMBASSY|CONSULATE(?: GENERAL)?|LEGATION) (?:IN|AT) (?P<where>.+?) TO ", heading
    )
    return nation_of_place(found.group("where").removeprefix("THE ")) if found else None
