"""Checks a claim that two texts are the same, once both are there.

`TEXT AS DELIVERED THE SAME AS TOSALT 005 EXCEPT FOR SEVERAL MINOR EDITORIAL CHANGES AND THE DELETION OF THE
WORD "EXISTING"` is the drafter's claim and stays that. Held against the texts it is confirmed when each named
exception is found and nothing else differs but what `MINOR EDITORIAL CHANGES` may cover; else it is
contradicted, and what contradicts it is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from septel.record.model import Check, Claim, Excerpt
from septel.text import Locus, Span
from septel.witness import Change, Collation, Difference

MINOR = 3
"""The most words that a minor editorial change touches."""
_MINOR = re.compile(
    r"\b(?:MINOR|SLIGHT|SMALL|EDITORIAL|TYPOGRAPHICAL|STYLISTIC)\b.*\b(?:CHANGE|CORRECTION|DIFFERENCE|AMENDMENT)S?\b"
)
_QUOTE = r"[\"'‘’“”]+\s*(?P<{0}>[^\"‘’“”]+?)\s*[\"'‘’“”]+"
_WORDS = r"(?:THE\s+)?(?:WORDS?|PHRASE|SENTENCE|EXPRESSION)?\s*"
_DELETED = re.compile(rf"\b(?:DELETION|OMISSION)\s+OF\s+{_WORDS}{_QUOTE.format('gone')}")
_ADDED = re.compile(rf"\b(?:ADDITION|INSERTION)\s+OF\s+{_WORDS}{_QUOTE.format('come')}")
_REPLACED = re.compile(
    rf"\b(?:SUBSTITUTION|REPLACEMENT)\s+OF\s+{_WORDS}{_QUOTE.format('come')}\s+FOR\s+{_WORDS}{_QUOTE.format('gone')}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A claim held against the texts.

    Attributes:
        claim: the claim with its check.
        found: exceptions that the texts bear out, in the claim's words.
        lacking: exceptions that the texts do not show.
        unclaimed: differences that no exception covers, as `words of one → words of the other`.
    """

    claim: Claim
    found: tuple[str, ...]
    lacking: tuple[str, ...]
    unclaimed: tuple[str, ...]


def checked(claim: Claim, collation: Collation) -> Checked:
    """Hold a claim of sameness against the collation of its two texts (the older text first)."""
    said = " ".join(" ".join(one.words for one in claim.exceptions).upper().split())
    left = list(collation.changes)
    found: list[str] = []
    lacking: list[str] = []
    for pattern in (_REPLACED, _DELETED, _ADDED):
        for match in pattern.finditer(said):
            groups = match.groupdict()
            hit = _find(left, collation, groups.get("gone") or "", groups.get("come") or "")
            (lacking if hit is None else found).append(match.group())
            if hit is not None:
                left.remove(hit)
    allowed = bool(_MINOR.search(said))
    minor = [change for change in left if allowed and _is_minor(change, collation)]
    unclaimed = [change for change in left if change not in minor]
    if allowed and minor:
        found.append(f"{len(minor)} minor changes")
    same = not lacking and not unclaimed
    check = Check.CONFIRMED if same is claim.same else Check.CONTRADICTED
    return Checked(
        claim=replace(claim, check=check),
        found=tuple(found),
        lacking=tuple(lacking),
        unclaimed=tuple(" → ".join(part or "(nothing)" for part in collation.said(c)) for c in unclaimed),
    )


def check_words(words: str, collation: Collation) -> Checked:
    """Hold a claim given in words (`THE SAME EXCEPT FOR ...`) against the collation of two texts."""
    locus = Locus(collation.second.id, Span(0, 0))
    excerpt = Excerpt(words=words, locus=locus, paragraph="", line=1)
    claim = Claim(
        text=collation.second.name,
        other=collation.first.name,
        same=True,
        exceptions=(excerpt,),
        excerpt=excerpt,
    )
    return checked(claim, collation)


def _find(changes: Sequence[Change], collation: Collation, gone: str, come: str) -> Change | None:
    """The change that takes these words out and puts those in."""
    for change in changes:
        lemma, other = (_bare(text) for text in collation.said(change))
        if lemma == _bare(gone) and other == _bare(come):
            return change
    return None


def _bare(text: str) -> str:
    return " ".join(word.strip(".,;:()\"'‘’“”") for word in text.upper().split())


def _is_minor(change: Change, collation: Collation) -> bool:
    if change.kind is Difference.MOVE:
        return False
    return all(len(text.split()) <= MINOR for text in collation.said(change))
