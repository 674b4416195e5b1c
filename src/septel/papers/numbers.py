"""The message numbers that the head of a page bears: by them its pages hold together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

_NUMBERED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bT[DO0]C[S5](?:D[B8])?\W{0,3}3\d{0,2}\W{0,2}/\W?(?P<n>\d{3}\W?\s?\d{3})",
        r"\bT[DO0]C[S5](?:D[B8])?\W{0,3}3\d\d\W{0,2}/(?P<n>\d{5})",
        r"\bCITE\s*:?\s*(?:DIR(?:ECTOR)?|[A-Z]{3,14})\s*[-:]?\s*(?P<n>\d{4,6})\b",
        r"\bCITE\s*:?\s*[A-Z]{2}\s*-\s*(?P<n>\d{3,5})\b",
        r"\b[HUOEW][A-Z]{3}\s*-\s*(?P<n>\d{3,6})\b",
        r"\bMHFNO\W{1,3}(?P<n>\d\d\W?\d{6,7})\b",
        r"^\W*PAGE\s+\d\d?\W{0,2}\s+(?:OF\s+\d\d?\W{0,2}\s+)?[A-Z][A-Z ./]{2,24}?\W{0,2}\s+(?P<n>\d{4,6})\b",
        r"^\W*(?:(?:[A-Z] ){5,}[A-Z]|UNCLAS|LIMITED OFFICIAL USE).{0,40}?\s[A-Z]{3,}\s(?P<n>\d{1,6})\W*$",
        r"\bDIR\s+(?P<n>\d{4,5})\s*\((?:OUT|0UT)",
        r"^\W*DIR(?:ECTOR)?\W{1,3}(?P<n>\d{5})\W*$",
        r"\bOUT\W{0,3}(?P<n>\d{5})\b",
        r"\bBOOK DISPATCH N[O0]\W{1,3}(?P<n>\d{3,5})\b",
        r"\bINCOMING NUMBER\W{0,4}(?:IN\s*)?(?P<n>\d{5})\b",
    )
)
HEAD = 24
"""How many lines of a page are looked through."""


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
