"""The grades that stand at the heads and feet of pages, apart from any message's heading.

Handbooks have the overall marking of a paper at the top and the bottom of each page (Executive Order 10501,
section 5; 12065, section 1-5); in a paper without a message's heading nothing else says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from septel.archive.handling.grades import grade_of
from septel.lexicon import Classification, letters
from septel.text import Source, Span

HEAD, FOOT = 5, 4
"""So many lines with anything in them are the head of a page, and its foot."""
BEFORE = 2
"""So many short words beside the marking (a box's frame, a letter of another stamp) may stand before it."""
_SHORT = 2
_LONGEST = 12
"""Words of a line, at the most: letters that stand apart are some."""
_FEW = 5
"""Words of a marking in both cases (`Top Secret Copy No. 4`), at the most; each begins with a capital."""
_BEHIND = re.compile(
    r"(?:[-–—/\s.,*]|SENSITIVE|SENSITIVITY|NOFORN|NO FOREIGN DISSEM|EYES ONLY|EXDIS|NODIS|LIMDIS|STADIS"
    r"|CHEROKEE|CRYPTO|CODEWORD|RESTRICTED DATA|COPY|NO\.?|ATTACHMENT"
    r"|ENCLOSURE|DRAFT|\b\w\b|\b\d{1,6}\b)*"
)
"""What may follow a marking in its line without making it a sentence."""
_CODE_WORD = re.compile(r"\s*[-/]?\s*[A-Z]{4,9}\s*")
"""TOP SECRET DINAR: the word of a compartment, which nothing but the highest grade has."""
_HALF = re.compile(r"(?:^|\s)TOP\W*$")


def edge_grades(source: Source) -> Iterator[tuple[Classification, Span]]:
    """Each grade above UNCLASSIFIED at a page's edge, with its line."""
    for page in source.pages:
        lines = [
            line
            for line in source.lines
            if page.start <= line.start < page.end and line.of(source.text).strip()
        ]
        edges = lines if len(lines) <= HEAD + FOOT else [*lines[:HEAD], *lines[-FOOT:]]
        before = ""
        for line in edges:
            text = " ".join(line.of(source.text).split())
            # The two words of the highest grade may have come as two lines.
            halved = _grade(f"TOP {text}") if _HALF.search(before) else None
            found = halved or _grade(text)
            if found is not None and found.rank > 0:
                yield found, line
            before = text


def _near(text: str) -> Classification | None:
    """The grade that a whole line is but for one sign."""
    bare = letters(text.upper())
    for name in ("TOP SECRET", "SECRET", "CONFIDENTIAL"):
        if Levenshtein.distance(bare, letters(name), score_cutoff=1) <= 1:
            return grade_of(name)
    return None


def _grade(text: str) -> Classification | None:
    """The grade that a line is, with nothing beside it but what markings have beside them."""
    words = text.replace("/", " / ").split()
    if len(words) > 2 * _LONGEST:
        return None
    if len(words) > _FEW and text != text.upper():
        return None
    if any(word[:1].islower() for word in words[1:]):
        return None
    if near := _near(text):
        return near
    words = [word.upper() for word in words]
    for start in range(min(BEFORE, len(words)) + 1):
        if any(len(word.strip(".,-'\"|")) > _SHORT for word in words[:start]):
            return None
        # The longest first: TOP SECRET is not SECRET behind a word.
        for end in range(len(words), start, -1):
            grade = grade_of(" ".join(words[start:end]).strip(" .,-*/"))
            if grade is None:
                continue
            rest = " ".join(words[end:])
            if _BEHIND.fullmatch(rest) or (grade.code == "TS" and _CODE_WORD.fullmatch(rest)):
                return grade
            return None
    return None
