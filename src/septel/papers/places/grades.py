"""The grade of a message as it is spelled on its page, through misread letters and broken spacing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from septel.papers.places.sheet import Sheet, SheetRow

_GRADES = ("TOPSECRET", "SECRET", "CONFIDENTIAL", "UNCLASSIFIED")
_SPELLED = {
    "TOPSECRET": "T O P S E C R E T",
    "SECRET": "S E C R E T",
    "CONFIDENTIAL": "C O N F I D E N T I A L",
}

_APART = 3.0
"""A grade stands so many characters from other words of its row."""
_FEW = 5
"""In a row of so many words at most a grade may stand beside others."""
_SPREAD = 4.5
"""Its letters that stand apart have less than so many characters between them."""


def grade_on(sheets: Sequence[Sheet]) -> str:
    """The first grade whose letters stand apart, else the first that stands alone; empty for none."""
    if slashed := _compartmented_on(sheets):
        return slashed
    found = [one for sheet in sheets for row in sheet.rows for one in _grades(row)]
    spaced = [one for one in found if " " in one]
    leading = (
        [
            told
            for row in sheets[0].rows[:12]
            if not _SERVICE.search(row.text) and (told := _grade(row.tokens[0].text, 0))
        ]
        if sheets
        else []
    )
    # Plain texts lost the blanks around it: then it is a word in capitals among few.
    few = [
        told
        for sheet in sheets
        for row in sheet.rows
        if len(row.tokens) <= _FEW and not _SERVICE.search(row.text)
        for token in row.tokens
        if token.text.isupper() and (told := _grade(token.text, 0))
    ]
    return (spaced or found or leading or few or [""])[0]


_SERVICE = re.compile(r"\bSECRET\W{1,2}SERVICE\b", re.IGNORECASE)
"""It guards the President and is no grade."""
_SLASHED = re.compile(
    r"(?<![A-Z/])(?:(?P<before>[A-Z]{4,12})\s?/\s?)?(?P<grade>TOP\W{0,2}SECRET|S\W?E\W?C\W?R\W?E\W?T|CONFIDENTIAL)"
    r"(?(before)(?!\s?/)|\s?/\s?(?P<after>[A-Z]{4,12}))(?!\w)"
)
"""A grade with the word that narrows its handling, in one box of a form: `SECRET/RYBAT`, `RYBAT/SECRET`."""
_CONTROLS = re.compile(
    r"SECRET|SECERT|CONFID|UNCLASS|RESTRICT|INTERNAL|OFFICIAL|NOF|CONTROL|LIMIT|FOREIGN|EYES|ONLY|WARNING|RELEAS|ADMINIS|"
    r"CLASSIF|DATE|PAGE|ROUTIN|PRIORIT|IMMEDIA"
)
"""What stands beside a stroke and is no compartment: other grades to be ticked, controls, cells."""


def compartmented(lines: Iterable[str]) -> str:
    """The first grade with its compartment alone on a line or nearly so, as it stands; empty for none."""
    for line in lines:
        match = _SLASHED.search(line)
        if match is None or line.count("/") > 1:
            continue
        if len(f"{line[: match.start()]} {line[match.end() :]}".split()) > _FEW:
            continue
        word = match["before"] or match["after"]
        behind = line[match.end() :].split()[:1]
        if _CONTROLS.match(word) or any(map(_CONTROLS.match, behind)):
            continue
        word = "RYBAT" if re.fullmatch(r"RYB[A-Z]T", word) else word
        return f"{word}/{match['grade']}" if match["before"] else f"{match['grade']}/{word}"
    return ""


def _compartmented_on(sheets: Sequence[Sheet]) -> str:
    rows = (row.text for sheet in sheets for row in (*sheet.rows[:12], *sheet.rows[-8:]))
    return compartmented(rows)


def _grades(row: SheetRow) -> Iterator[str]:
    """Grades among the words of a row: whole words alone, or runs of letters that stand apart."""
    for at, token in enumerate(row.tokens):
        apart = at == 0 or token.left - row.tokens[at - 1].right > _APART
        apart = apart and (at + 1 == len(row.tokens) or row.tokens[at + 1].left - token.right > _APART)
        if apart and (told := _grade(token.text, 1)):
            yield told
    run: list[str] = []
    left = 0.0
    for word in row.tokens:
        bare = "".join(filter(str.isalpha, word.text)).upper()
        if (not run or word.left - left < _SPREAD) and len(bare) <= 4 and (bare or not run):
            run += [bare] if bare else []
        else:
            if told := _spelled(run):
                yield told
            run = [bare] if 0 < len(bare) <= 4 else []
        left = word.right
    if told := _spelled(run):
        yield told


def _spelled(run: Sequence[str]) -> str:
    """A grade that letters standing apart spell, somewhere in their row."""
    for first in range(len(run)):
        for last in range(len(run), first + 1, -1):
            told = _grade("".join(run[first:last]), 1)
            if told and last - first > 1:
                return _SPELLED.get(told, told)
    return ""


def _grade(text: str, most: int) -> str:
    bare = "".join(filter(str.isalpha, text.upper()))
    for grade in _GRADES:
        if (
            abs(len(bare) - len(grade)) <= most
            and Levenshtein.distance(bare, grade, score_cutoff=most) <= most
        ):
            return grade
    return ""
