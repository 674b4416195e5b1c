"""How noisy a text looks before anything is decoded: which of its tokens no typist would have typed.

A token that is no known word may still be a name; one with a mark inside, figures among letters or the
wrong case is noise. So tokens are told apart by how they look, and a text's noise is estimated from the
share of those that look wrong. Tokens that look right keep most of their protection when the page is
decoded: the cleaner the page, the more.
"""

from __future__ import annotations

import re
from enum import Enum

from septel.restore.language import Vocabulary

RUINED = 0.12
"""From this error rate on, a word that looks right may well be a fragment."""
MARKS = ".,;:?!'\"()[]-*/"
"""Marks at a word's edges, which are judged apart from it."""
_EDGES = ".,;:!?()\"'[]-*/“”’‘–—"
_ODD = re.compile(r"[^A-Za-z0-9.,;:!?()\"'/&$%*+=\-\[\]#@“”’‘–—À-ɏ]")
_FIGURES = re.compile(r"(?:[A-Z]{1,3}\$|[$#+-])?[A-Z]?[0-9][0-9.,:/+%$-]*[A-Za-z]{0,3}")
_DESIGNATION = re.compile(
    r"[A-Z]{1,5}[0-9]{1,6}[A-Z]?|[0-9]{1,6}[A-Z]{1,3}[0-9]{0,4}|(?:19)?[0-9]{2}[A-Z]{2,6}[0-9]{3,6}"
)
_COUNTED = re.compile(r"(?<=\d)['’][Ss]$|(?<=\d[A-Z])['’][Ss]$")
"""The plural of a number or a designation: `1940'S`, `F-5E'S`."""
_GLUED = re.compile(r"(?:[A-Z]{1,3}\$|[$.])?\d[\d.,]*([A-Za-z]{3,})")
"""A number and the word after it without a blank: `4PERCENT`, `.44PESOS`, `US$2MILLION`."""
_LETTERS = (str.maketrans("015869", "OISBGG"), str.maketrans("0158", "OLSB"))
"""The letters that figures are mistaken for; `1` is an I or an L."""
_LABEL = re.compile(r"[A-Z]{1,2}[a-z]+:")
"""A label of a printed form."""
_RULE = re.compile(r"[-.*=_/]+")

WELL_KNOWN = 9
"""Words this common (binary logarithm of their count) are misread sooner than a name so like them is met."""
CONFUSED = {
    "O": "DGQCU",
    "D": "O",
    "Q": "OG",
    "G": "CO",
    "C": "GOE",
    "H": "MNW",
    "M": "HNW",
    "N": "MHW",
    "W": "MNHV",
    "S": "E",
    "E": "FCS",
    "F": "EPT",
    "P": "FR",
    "R": "BPK",
    "B": "RS",
    "I": "TLJ",
    "T": "I",
    "L": "IT",
    "U": "OVJ",
    "V": "UY",
    "Y": "V",
    "K": "RX",
    "X": "K",
    "A": "R",
}
"""Per letter, the letters that are often read as it."""


class TokenClass(Enum):
    """What a token looks like; the value is the share of such tokens that are counted as misread."""

    KNOWN = 0.0
    SHORT = 0.005
    FIGURES = 0.001
    ASIDE = 0.002
    """In a text of capitals, a known word that is not: a label of a printed form, a later note."""
    PLAIN = 0.05
    """An unknown word of letters in the right case: a name, as often as not."""
    UNUSUAL = 0.5
    """An unknown word that is more likely misread: in mixed text, one that begins small."""
    ODD = 1.0


PROTECTION = {
    TokenClass.KNOWN: 0.12,
    TokenClass.SHORT: 0.6,
    TokenClass.FIGURES: 0.3,
    TokenClass.ASIDE: 0.6,
    TokenClass.PLAIN: 0.35,
    TokenClass.UNUSUAL: 1.5,
    TokenClass.ODD: 3.0,
}
"""By how much a token's characters are likelier to be misread than the page's average."""


def classify(token: str, vocabulary: Vocabulary, *, mixed: bool) -> TokenClass:
    """What a token looks like, in a text of one case or of both."""
    kept = vocabulary.answers("mixed" if mixed else "capitals")
    found: TokenClass | None = kept.get(token)
    if found is None:
        found = kept[token] = _classify(token, vocabulary, mixed=mixed)
    return found


def _classify(token: str, vocabulary: Vocabulary, *, mixed: bool) -> TokenClass:
    core = _COUNTED.sub("", token.strip(_EDGES))
    if not core:
        return TokenClass.SHORT if len(token) <= 2 or _RULE.fullmatch(token) else TokenClass.ODD
    if not mixed and core != core.upper():
        return TokenClass.ASIDE if _LABEL.fullmatch(token) else _aside(core, vocabulary)
    if vocabulary.knows(core) and core[1:] in (core[1:].lower(), core[1:].upper()):
        return TokenClass.KNOWN if len(core) > 3 else TokenClass.SHORT
    if _ODD.search(core):
        return TokenClass.ODD
    if _FIGURES.fullmatch(core) or _glued(core, vocabulary):
        return TokenClass.FIGURES
    worst = TokenClass.SHORT if len(core) <= 3 else TokenClass.KNOWN
    for part in re.split(r"[-/.&(),:;]", core):
        found = _part(part, vocabulary, mixed=mixed)
        if found.value > worst.value:
            worst = found
    return worst


def _glued(core: str, vocabulary: Vocabulary) -> bool:
    """Whether a token is a number and the word after it, and no word with figures for letters."""
    found = _GLUED.fullmatch(core)
    if found is None or any(vocabulary.knows(core.translate(table)) for table in _LETTERS):
        return False
    return vocabulary.knows(found.group(1))


def _aside(core: str, vocabulary: Vocabulary) -> TokenClass:
    # Noise sprinkles small letters over capitals; it does not write `Drafter` or `n/a`.
    parts = [part for part in re.split(r"[-/.&(),:;]", core) if part]
    shaped = all(part[1:] == part[1:].lower() or part == part.upper() for part in parts)
    known = all(len(part) == 1 or part.isdigit() or vocabulary.knows(part) for part in parts)
    return TokenClass.ASIDE if shaped and known and (len(core) >= 4 or len(parts) > 1) else TokenClass.ODD


def _part(part: str, vocabulary: Vocabulary, *, mixed: bool) -> TokenClass:
    if not part or part.isdigit():
        return TokenClass.KNOWN
    if re.search(r"[^\w'’À-ɏ]|_", part):
        return TokenClass.ODD
    if any(map(str.isdigit, part)):
        if len(part) > 3 and any(vocabulary.knows(part.translate(table)) for table in _LETTERS):
            return TokenClass.ODD
        return TokenClass.FIGURES if _DESIGNATION.fullmatch(part) else TokenClass.ODD
    if vocabulary.knows(part):
        return TokenClass.KNOWN
    if not mixed:
        return TokenClass.PLAIN
    if re.search(r"[a-z][A-Z]", part) and not re.match(r"(Mc|Mac|De|Van|La|Le|Di|O')[A-Z]", part):
        return TokenClass.ODD
    return TokenClass.UNUSUAL if part[0].islower() and len(part) > 1 else TokenClass.PLAIN


def parted(text: str) -> tuple[str, str, str]:
    """A word's leading marks, its letters and figures with what stands between, and its closing marks."""
    body = text.lstrip(MARKS)
    core = body.rstrip(MARKS)
    return text[: len(text) - len(body)], core, body[len(core) :]


def bare(token: str) -> str:
    """The token without the punctuation at its edges and without a possessive ending."""
    core = token.strip(_EDGES)
    return core[:-2] if core.endswith(("'S", "'s", "’S", "’s")) else core


def pinned(found: TokenClass, rate: float, token: str, *, mixed: bool = False) -> bool:
    """Whether a token that looks like this stands as it is on a page with this error rate.

    Numbers are never made fluent. On a page where letters turn into figures (`10 SE` for TO BE) a number
    may be a word; on a clean page it is a number, and a known word is that word. In text of both cases few
    letters look like figures, and hardly a word like figures only.
    """
    if found is TokenClass.ASIDE:
        return rate < 0.12
    if found is TokenClass.FIGURES:
        return rate < (RUINED if mixed else 0.06) or (len(token) >= 3 and token.isdigit())
    return found is TokenClass.KNOWN and rate < 0.015


def protection(found: TokenClass, rate: float) -> float:
    """The factor on the page's error rate for a token that looks like this.

    On a page where every word is broken, looking right means little: a fragment may be a word by chance.
    """
    return float(PROTECTION[found] ** max(0.0, 1.0 - rate / 0.25))


def confusions(one: str, other: str) -> int:
    """In how many places two words of one length differ by a usual confusion; none where lengths differ."""
    if len(one) != len(other):
        return 0
    return sum(b in CONFUSED.get(a, "") for a, b in zip(one, other, strict=True) if a != b)


def misread(core: str, vocabulary: Vocabulary) -> bool:
    """Whether one usual confusion away from a word lies a well-known one: `LONOON` for LONDON."""
    return any(
        (vocabulary.weight(core[:at] + like + core[at + 1 :]) or 0) >= WELL_KNOWN
        for at, letter in enumerate(core)
        for like in CONFUSED.get(letter, "")
    )
