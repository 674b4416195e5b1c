"""Addresses of sanitized copies, whose reviewers wrote codes in brackets for what they took out.

The review board's copies of 1995-98 have `TO [16-27] INFO [16-20] WAVE`, `REF: [21-27]4538 (IN 80402)`: the
first figure is the kind of what was taken out, the second which one. The codes are kept as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.papers.forms.fields import FormFields
from septel.papers.places import code

_CODE = r"\[\s?\d\d\s?-\s?\d{1,2}\s?\]"
_TAKEN_OUT = re.compile(_CODE)
_WORD = re.compile(rf"{_CODE}|[A-Z]{{3,6}}")
_LINE = re.compile(
    rf"^\W{{0,3}}TO\s?:?\s+(?P<to>(?:(?:{_CODE}|[A-Z]{{4}})\s*)+?)"
    rf"(?:INFO\s?:?\s+(?P<info>(?:(?:{_CODE}|[A-Z]{{4}})\s*)+?))?(?:C[I1]TE\b.*)?$"
)
_REFERENCE = re.compile(rf"^\W{{0,3}}REFS?\W{{1,3}}(?P<entry>{_CODE}\s?\d{{3,6}}(?:\s*\([^)]*\))?)")
_HEAD = 40


def sanitized_head(lines: Sequence[str]) -> FormFields:
    """Addressees and reference of a copy that has codes for stations; empty for any other.

    Args:
        lines: of the paper, with their brackets.
    """
    head = lines[:_HEAD]
    # The TO cell has the code alone, the telegraph line under it tells who is informed.
    found = [match for text in head if (match := _LINE.match(text)) and _TAKEN_OUT.search(text)]
    line = next((match for match in found if match["info"]), found[0] if found else None)
    cited = next((match["entry"] for text in head if (match := _REFERENCE.match(text))), "")
    return FormFields(
        to=_stations(line["to"]) if line else (),
        info=_stations(line["info"] or "") if line else (),
        references=(" ".join(cited.split()),) if cited else (),
    )


def _stations(text: str) -> tuple[str, ...]:
    words = (match.group() for match in _WORD.finditer(text))
    return tuple(word.replace(" ", "") if word.startswith("[") else word for word in words if _is_one(word))


def _is_one(word: str) -> bool:
    return word.startswith("[") or code(word) == word
