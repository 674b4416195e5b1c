"""What a document says again and again: after one word always the same other one.

A call sign or a form of address that a page has more than once in the same words is the likeliest reading of
its own garble there (`CAP C0_` on a page of `CAP COM`, `Gemini _` on one of `Gemini 4`). That is asked of
pages in both cases only; on a telegram the form gives hints. Such readings stay doubtful.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from septel.restore.decode import Constraint
from septel.restore.document.working_copy import WorkingCopy
from septel.restore.language import Vocabulary
from septel.restore.tokens import WELL_KNOWN, TokenClass, classify
from septel.text import Ground, Reason, Span

OFTEN, RIVALS = 2, 0.25
"""How often a word must follow another as it stands, and how many other words may, for each time it does."""
ALIKE = 0.6
"""How like it (by edits) a token must be to be its garble."""
_TOKEN = re.compile(r"\S+")
_PARTS = re.compile(r"([('\"]*)(.*?)([.,;:?!'\")]*)$", re.DOTALL)
_SHAPES = {"1": "lIi|", "4": "hk", "5": "S", "8": "B&", "0": "OoDQ", "2": "Z"}
_LIKE = str.maketrans("01568", "OISGB")
_ENDS = ".?!"


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    core: str
    head: str
    tail: str


def repeated_phrases(standing: WorkingCopy) -> Iterator[Constraint]:
    """The tokens of a document that are garbles of what always stands in their place."""
    words = [_word(token) for token in _TOKEN.finditer(standing.text)]
    follow: dict[str, Counter[str]] = defaultdict(Counter)
    tails: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    pairs = [(one, two) for one, two in pairwise(words) if not one.tail or one.tail[0] not in _ENDS]
    for one, two in pairs:
        if one.core and _stands(two.core, standing.vocabulary):
            follow[one.core][two.core] += 1
            tails[one.core, two.core][two.tail] += 1
    for one, two in pairs:
        usual, times = next(iter(follow[one.core].most_common(1)), ("", 0))
        others = follow[one.core].total() - times
        if times < OFTEN or others > RIVALS * times or two.core == usual or not one.core:
            continue
        if not _garbled(two, usual, standing.vocabulary):
            continue
        whole = len(two.core) == len(usual) and two.core.isalnum()
        tail = two.tail if whole or two.tail else tails[one.core, usual].most_common(1)[0][0]
        yield Constraint(
            span=two.span,
            text=two.head + usual + tail,
            others=(),
            likeness=0.0,
            reason=Reason(ground=Ground.HINT, detail=f"the document has it after {one.core} {times} times"),
        )


def _word(token: re.Match[str]) -> _Word:
    parts = _PARTS.match(token.group())
    head, core, tail = parts.groups() if parts else ("", token.group(), "")
    return _Word(Span(*token.span()), core, head, tail)


def _stands(core: str, vocabulary: Vocabulary) -> bool:
    """Whether a token can be read as it stands: a number, a common word, or one in capitals."""
    if core.isdigit():
        return True
    return (
        core.isalpha() and len(core) > 1 and (core.isupper() or (vocabulary.weight(core) or 0) >= WELL_KNOWN)
    )


def _garbled(word: _Word, usual: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a garble of what usually stands in its place."""
    core = word.core
    if usual.isdigit():
        # A figure is never made of another one.
        return len(usual) == 1 and len(core) == 1 and (core == "_" or core in _SHAPES.get(usual, ""))
    if len(usual) < 3 or (vocabulary.weight(core) or 0) >= WELL_KNOWN or core.isdigit():
        return False
    if core.isalpha() and not usual.isupper() and classify(core, vocabulary, mixed=True) is TokenClass.PLAIN:
        # Another name.
        return False
    seen, read = core.upper().translate(_LIKE), usual.upper().translate(_LIKE)
    return (
        max(Levenshtein.normalized_similarity(text, read) for text in (seen, seen.replace("_", ""))) >= ALIKE
    )
