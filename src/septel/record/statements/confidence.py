"""How far a statement can be trusted: from how its words were read and how its speaker was found.

A statement's confidence is the probability that a word drawn from it at random is read right and given to the
right speaker: the mean confidence of its words times the share of statements found the same way whose speaker
and side were right. The shares are counted on documents with known statements, `(right + 1) / (found + 2)`.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

from septel.record.attribution import ReportedSpeech
from septel.record.layout import BLANK, Prose
from septel.record.model import SpeakerBasis
from septel.text import Confidence

FLOOR = 0.5
"""Below this a passage is listed as unread."""

_TOKEN = re.compile(rf"{BLANK}|[\w'’-]+")


@cache
def _counts() -> tuple[str, dict[str, tuple[int, int]]]:
    data = json.loads((files("septel.record") / "data" / "calibration.json").read_text(encoding="utf-8"))
    return data["name"], {key: (right, found) for key, (right, found) in data["counts"].items()}


def share(key: str, counts: dict[str, tuple[int, int]] | None = None) -> float | None:
    """The share of speakers found this way that were right; None where none were counted."""
    known = (_counts()[1] if counts is None else counts).get(key)
    return None if known is None or not known[1] else (known[0] + 1) / (known[1] + 2)


def read_share(prose: Prose, start: int, end: int) -> float:
    """The mean confidence of the words of a stretch; a word that no step touched counts as read."""
    total, words = 0.0, 0
    for token in _TOKEN.finditer(prose.text, start, end):
        words += 1
        least = 1.0
        for edit in prose.doubts(token.start(), token.end()):
            if edit.confidence is not None:
                least = min(least, edit.confidence.probability)
            elif edit.unreadable:
                least = 0.0
        total += least
    return total / words if words else 0.0


def manner(saying: ReportedSpeech) -> str:
    """How the speaker was found, as the calibration names it."""
    return "guessed" if saying.voice.guessed else saying.voice.resolution.value


def confidence_of(saying: ReportedSpeech) -> Confidence | None:
    """The confidence of a statement; None where no statements found in its manner were counted."""
    right = share(manner(saying))
    if right is None:
        return None
    read = read_share(saying.block.prose, saying.start, saying.end)
    return Confidence(probability=round(right * read, 4), calibration=_counts()[0])


MANNERS = ("guessed", *(r.value for r in SpeakerBasis))
