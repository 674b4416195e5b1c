"""Whether a page begins a paper, by its signs and its looks beside the pages before it, with a probability.

What the rules of `signs` conclude is weighed with the looks of `cohesion`, numbers that pages bear, and how
well the page fits the kind of paper before it (logistic regression; `data/starts.tsv`). The weights were
fitted on pages judged by eye (`septel.measure.papers`).
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

from septel.papers.paper import PaperKind
from septel.papers.signs import PageSigns

BEGINS = 2
"""The weight from which a page begins a paper of a kind."""
STRONG = 4
CONTINUES = 3
"""The weight from which a page goes on with what stands before it, unless it strongly begins."""
_ALIKE, _TELLING = 0.6, 30
"""Which share of the longer words two copies of a page have in common, and how many make them tell."""
_CAPITALS, _MIXED = 0.75, 0.4
"""From which share of capitals a page is typed in capitals, and up to which in both cases."""
_SCRAP = 24
"""A slip has fewer words than this."""
_MOST = 6.0
"""Weights of signs and odds of kinds beyond this tell no more."""
_NUMBERED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bT[DO0]C[S5](?:D[B8])?\W{0,3}3\d{0,2}\W{0,2}/\W?(?P<n>\d{3}\W?\s?\d{3})",
        r"\bT[DO0]C[S5](?:D[B8])?\W{0,3}3\d\d\W{0,2}/(?P<n>\d{5})",
        r"\bCITE\s*:?\s*(?:DIR(?:ECTOR)?|[A-Z]{3,14})\s*[-:]?\s*(?P<n>\d{4,6})\b",
        r"\bCITE\s*:?\s*[A-Z]{2}\s*-\s*(?P<n>\d{3,5})\b",
        r"\b[HUOEW][A-Z]{3}\s*-\s*(?P<n>\d{3,6})\b",
        r"\bMHFNO\W{1,3}(?P<n>\d\d\W?\d{6,7})\b",
        # The same number, its label misread: no other at a line's beginning has its shape.
        r"^.{0,14}\b(?P<n>9\d-\d{7})\b",
        r"^\W*PAGE\s+\d\d?\W{0,2}\s+(?:OF\s+\d\d?\W{0,2}\s+)?[A-Z][A-Z ./]{2,24}?\W{0,2}\s+(?P<n>\d{4,6})\b",
        r"^\W*(?:(?:[A-Z] ){5,}[A-Z]|UNCLAS|LIMITED OFFICIAL USE).{0,40}?\s[A-Z]{3,}\s(?P<n>\d{1,6})\W*$",
        r"\bDIR\s+(?P<n>\d{4,5})\s*\((?:OUT|0UT)",
        r"^\W*DIR(?:ECTOR)?\W{1,3}(?P<n>\d{5})\W*$",
        r"\bOUT\W{0,3}(?P<n>\d{5})\b",
        r"\bBOOK DISPATCH N[O0]\W{1,3}(?P<n>\d{3,5})\b",
        r"\bINCOMING NUMBER\W{0,4}(?:IN\s*)?(?P<n>\d{5})\b",
        r"\b(?P<n>199\d\.\d\d\.\d\d\.\d\d:\d\d:\d\d:\d{6})",
    )
)
HEAD = 24
"""How many lines of a page are looked through."""


def start_signs(
    signs: PageSigns,
    before: PageSigns,
    cased: PageSigns | None,
    kind: PaperKind,
    *,
    shown: PaperKind | None,
    own: frozenset[str],
    borne: frozenset[str],
    copy: bool,
    scrapped: bool,
    odds: float,
) -> dict[str, float]:
    """What signs tell of a page's beginning a paper, by name.

    Args:
        signs: the page's.
        before: the page's before it.
        cased: those of the last page before it that tells its case or kind.
        kind: what the paper before it is.
        shown: the kind that the page itself shows, if any.
        own: the numbers on its head.
        borne: the numbers on the pages of the paper before it.
        copy: whether it begins a copy of other pages.
        scrapped: whether the page before it is a slip.
        odds: how much likelier another kind is by the page than that of the paper before it (logarithm).
    """
    begun = max(signs.begins.values(), default=0)
    same = share(own, borne)
    slip = is_slip(signs, kind)
    return {
        "signs begin one": float(signs_begin(signs, shown, kind, borne, own, before.ended)),
        "another case": float(_turned(cased, signs) and signs.continues < CONTINUES),
        "a copy": float(copy),
        "an enclosure": float(_is_enclosed(before.closed, kind, signs)),
        "a slip, or behind one": float(slip or (scrapped and _is_loose(signs, kind))),
        "same number": float(same),
        "another number": float(bool(own and borne) and not same),
        "begins strongly": float(begun >= STRONG),
        "begins": min(begun, _MOST) / 3,
        "begins its kind": min(signs.begins.get(kind, 0), _MOST) / 3,
        "shows another kind": float(shown is not None and shown is not kind),
        "shows its kind": float(signs.kinds.get(kind, 0) > 0),
        "odds of another kind": max(-_MOST, min(odds, _MOST)),
        "first behind an end": float(before.ended and signs.first),
        "addressed": float(signs.addressed),
        "behind what is single": float(kind.is_single),
        "marked": float(signs.marked),
    }


def start_probability(found: Mapping[str, float]) -> float:
    """The probability that a page begins a paper, by what is seen of it."""
    weights = _weights()
    score = weights[""] + sum(weights[name] * value for name, value in found.items() if name in weights)
    return 1 / (1 + math.exp(-max(-30.0, min(score, 30.0))))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    text = (resources.files("septel.papers") / "data" / "starts.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["sign"]: float(row["weight"]) for row in rows}


def _is_loose(signs: PageSigns, kind: PaperKind) -> bool:
    """Whether nothing holds a page to what stands before it: no wire, no dispatch, no sign of going on."""
    held = kind.is_telegram or kind is PaperKind.DISPATCH
    return not held and not signs.continues and not signs.closed and not signs.numbered


def is_slip(signs: PageSigns, kind: PaperKind) -> bool:
    """Whether a page is a slip, card, envelope or note: a few words, none of them a paragraph's."""
    return signs.legible < _SCRAP and _is_loose(signs, kind)


def _is_enclosed(closed: bool, kind: PaperKind, signs: PageSigns) -> bool:
    """Whether a page is an enclosure: its paragraphs begin anew behind a foot that names some."""
    lettered = kind in (PaperKind.MEMORANDUM, PaperKind.LETTER, PaperKind.DISPATCH)
    return closed and lettered and signs.first and not signs.continues


def copies(words: Sequence[frozenset[str]]) -> dict[int, int]:
    """Pages that begin a copy, or that one is a copy of, each with the first page of its like.

    The second page of a copy is like the second page of the other, and begins nothing.
    """
    like: dict[int, int] = {}
    for at, own in enumerate(words):
        others = [other for other in range(at) if _alike(own, words[other])]
        if others:
            like[at] = max(others, key=lambda other: len(own & words[other]))
    found: dict[int, int] = {}
    for at, other in like.items():
        if at and like.get(at - 1) == other - 1 and other:
            continue
        found[at] = other
        found.setdefault(other, other)
    return found


def longer_words(texts: Sequence[str]) -> frozenset[str]:
    """The longer words of a page by any witness: by them copies of it are known."""
    return frozenset(word for text in texts for word in re.findall(r"[A-Za-z]{5,}", text))


def _alike(words: frozenset[str], known: frozenset[str]) -> bool:
    least = min(len(words), len(known))
    return least >= _TELLING and len(words & known) >= _ALIKE * least


def shown_kind(signs: PageSigns) -> PaperKind | None:
    """The kind that a page's signs show most; None where they show none."""
    weights = {kind: weight + signs.begins.get(kind, 0) for kind, weight in signs.kinds.items()}
    if weights.get(PaperKind.COVER, 0) < 2 * STRONG:
        weights.pop(PaperKind.COVER, None)
    if not weights:
        return PaperKind.FORM if signs.marked else None
    best = max(weights, key=lambda kind: (weights[kind], kind.is_single))
    if best is PaperKind.MEMORANDUM and weights.get(PaperKind.DISPATCH, 0) >= 3:
        best = PaperKind.DISPATCH
    return best if weights[best] >= BEGINS else None


def _turned(before: PageSigns | None, signs: PageSigns) -> bool:
    """Whether a page is typed in capitals and the one before was not, or the other way round."""
    if before is None or before.capitals is None or signs.capitals is None:
        return False
    one, other = sorted((before.capitals, signs.capitals))
    return one < _MIXED and other > _CAPITALS


def signs_begin(
    signs: PageSigns,
    shown: PaperKind | None,
    kind: PaperKind,
    borne: frozenset[str],
    own: frozenset[str],
    ended: bool,
) -> bool:
    """Whether the signs of a page alone say that it begins a paper behind one of a kind."""
    if kind.is_single or (signs.marked and kind is not PaperKind.FORM):
        return True
    if shown in (None, PaperKind.CABLE) and kind is PaperKind.CABLE and signs.continues < CONTINUES:
        # Numbers that begin anew behind a message's end, and addressees anywhere, are another message's: the
        # names withheld in a cable follow under the next number, which a misread figure might be.
        addressed = signs.begins.get(PaperKind.CABLE, 0) >= CONTINUES and not signs.continues
        if (ended and signs.first) or addressed:
            return True
    if shown is None:
        return False
    if shown is PaperKind.COVER:
        return True
    if shown is PaperKind.STATE_TELEGRAM and share(own, borne):
        return False  # another section or copy of it: its lines tell
    if own and borne and not share(own, borne) and signs.continues < CONTINUES:
        return True
    if share(own, borne) and (signs.continues or signs.begins.get(shown, 0) < STRONG):
        return False
    if signs.continues >= CONTINUES and signs.begins.get(shown, 0) < STRONG:
        return False
    if shown is PaperKind.CABLE and kind is PaperKind.CABLE:
        # Behind a message's end a page of few words lists officers.
        headed = (signs.kinds[shown] >= 3 and signs.addressed) or (ended and signs.capitals is not None)
        if headed and not signs.continues:
            return True
        return signs.continues < CONTINUES and signs.begins.get(shown, 0) >= BEGINS
    if signs.begins.get(shown, 0) >= BEGINS:
        return True
    # A form's printed words show its kind alone: another kind than before begins.
    return signs.kinds.get(shown, 0) >= BEGINS and shown is not kind and not signs.continues


def numbers_on(texts: Sequence[str]) -> frozenset[str]:
    """The numbers on a page's head, by any of its witnesses, figures only."""
    return frozenset(
        re.sub(r"\D", "", match["n"]).lstrip("0")
        for text in texts
        for line in [line for line in text.split("\n") if line.strip()][:HEAD]
        for pattern in _NUMBERED
        for match in pattern.finditer(line)
    )


def share(numbers: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two pages bear one number, a misread figure aside."""
    known = list(others)
    return any(Levenshtein.distance(one, other, score_cutoff=1) <= 1 for one in numbers for other in known)
