"""Classifications in one form, so that a rule, a page and a person mean the same by them."""

from __future__ import annotations

from functools import lru_cache

from septel.lexicon import Classification, Lexicon, letters


@lru_cache(maxsize=1)
def _grades() -> dict[str, Classification]:
    lexicon = Lexicon.shipped()
    codes = {letters(one.code): one for one in lexicon.classifications}
    return codes | dict(lexicon.classification_forms)


def grade_of(text: str | None) -> Classification | None:
    """The classification that a word names, by its code or any of its forms; None where it names none."""
    return _grades().get(letters((text or "").upper()))


def normal(text: str) -> str:
    """A marking as rules compare it: a classification's code, a caption in capitals."""
    grade = grade_of(text)
    return grade.code if grade else " ".join(text.upper().split())


def told(text: str) -> str:
    """A marking for people: a classification by its name."""
    grade = grade_of(text)
    return grade.name if grade else text
