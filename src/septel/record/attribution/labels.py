"""Labels at the head of the lines of a transcript: who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable

LABEL = re.compile(
    r"(?P<who>[A-Z]{1,2}|(?:The |[A-Z][a-z]{1,6}\. (?:[A-Z]\. )*|Secretary |Ambassador |President "
    r"|Minister |General |Admiral |Colonel |Senator |Governor |Director |Under |Deputy )?"
    r"[A-Z][\w'’-]*[a-z](?: [A-Z][\w'’-]*[a-z])?)"
    r"\s?:\s+(?=\S)"
)
DASHED = re.compile(r"(?P<who>[A-Z]{1,2})\s?[—–:-]\s?(?=[A-Z“\"’'.…])")
"""H—I THINK NOT: of telephone talks."""
BESIDE = re.compile(r"(?P<who>[A-Z][\w'’-]{2,}) \([^)]{2,40}\): (?=[“\"])")
"""MALLEY (RADIO TUNIS): "FELICITATIONS": a name with what it is, and its words."""
LABELS = 4
"""Labelled paragraphs that make a document a transcript."""


def is_briefing(texts: Iterable[str]) -> bool:
    """Whether lines are headed Q and A, for questions and answers of the press: these are no names."""
    lines = tuple(texts)
    return all(sum(line.startswith(f"{one}: ") for line in lines) > 1 for one in "QA")
