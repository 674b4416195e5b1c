"""What the engines of a capture told of each word: figures and other readings, before they mean anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from septel.capture import UNREAD, Capture, Character, Line, Word
from septel.restore.engine_output.posteriors import logit
from septel.text import Span, Step

FIRM = 5.0
"""Engines say 0 and 1 lightly: no odds of theirs (logarithms) count for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineCharacter:
    """What an engine said of one character of a word.

    Attributes:
        probability: its own probability, from 0 to 1, not calibrated.
        others: other characters, or none ("") for dirt, with its own probability of each.
    """

    probability: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineWord:
    """What was told of one stretch of a source: a word, or words that another engine has as one.

    Attributes:
        span: where.
        text: what stands there.
        confidence: the engine's own figure, from 0 to 1; None where it gave none.
        agreed: whether another engine read the same; None where no other looked.
        others: what other engines read here.
        letters: what the engine said of each character; empty when it said nothing.
        blank: what it said of the blank before the stretch, or None.
        beyond: the character on the other side of that blank.
    """

    span: Span
    text: str
    confidence: float | None = None
    agreed: bool | None = None
    others: tuple[str, ...] = ()
    letters: tuple[EngineCharacter, ...] = ()
    blank: EngineCharacter | None = None
    beyond: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineContext:
    """What was told of the words around one.

    Attributes:
        page, line: the mean of the engine's odds (their logarithm) over the words.
        page_agreed, line_agreed: the share of characters in words that another engine read alike.
    """

    page: float
    page_agreed: float
    line: float
    line_agreed: float

    def unshared(self) -> EngineContext:
        """The same as if no other engine had read any of it."""
        return replace(self, page_agreed=0.0, line_agreed=0.0)


def engine_words(capture: Capture, *, rivals: bool = False) -> list[tuple[EngineWord, EngineContext]]:
    """What the engines of a capture told of each word, with what they told of the words around it.

    Args:
        capture: the pages.
        rivals: whether the engine says what else it took characters for. A page without that is then left
            out: it was handed on to another engine, whose figures mean something else.
    """
    out = []
    for page in capture.pages:
        lines = [list(_of_line(line)) for line in page.lines]
        if rivals and not any(has_rivals(told) for line in lines for told in line):
            continue
        odds, agreed = _together([told for line in lines for told in line])
        for line in lines:
            own, alike = _together(line)
            around = EngineContext(page=odds, page_agreed=agreed, line=own, line_agreed=alike)
            out += [(told, around) for told in line]
    return out


def words_alone(capture: Capture) -> tuple[tuple[Span, float], ...]:
    """The words of pages that an engine handed on to another one, with its figure, from 0 to 1.

    On such a page nobody says what else characters may be, while other pages have that.
    """
    out: list[tuple[Span, float]] = []
    for page in capture.pages:
        told = [one for line in page.lines for one in _of_line(line)]
        if not any(map(has_rivals, told)):
            out += [(one.span, one.confidence) for one in told if one.confidence is not None]
    return tuple(out)


def has_rivals(told: EngineWord) -> bool:
    """Whether an engine said what else it took a character for."""
    return any(letter.others for letter in told.letters)


def gauge_for(step: Step) -> str:
    """The name of the gauge for what an engine read, or two with a vote between them: their tools' names."""
    settings = dict(step.settings)
    # A vote names tool, version and key of each.
    voted = [settings[name].rsplit(" ", 2)[0] for name in ("first", "second") if settings.get(name)]
    return "+".join(voted) if voted else step.tool


def bounded(probability: float) -> float:
    """The logarithm of the odds of an engine's figure."""
    return max(min(logit(probability), FIRM), -FIRM)


def _together(told: Sequence[EngineWord]) -> tuple[float, float]:
    """The mean of the odds of some words, and the share of them that was agreed on."""
    odds = [bounded(one.confidence) for one in told if one.confidence is not None]
    looked = [one for one in told if one.agreed is not None]
    agreed = sum(len(one.text) for one in looked if one.agreed)
    return sum(odds) / max(len(odds), 1), agreed / max(sum(len(one.text) for one in looked), 1)


def _of_line(line: Line) -> Iterator[EngineWord]:
    """The words of a line; those that another engine has as one are one."""
    beyond = ""
    read = (word for word in line.words if UNREAD not in word.text)
    for others, run in groupby(read, key=lambda word: word.others):
        words = list(run)
        for group in [words] if others and _one(words, others[0]) else [[word] for word in words]:
            yield _told(group, beyond)
            beyond = group[-1].text[-1:]


def _one(words: Sequence[Word], other: str) -> bool:
    """Whether some words together are more like what another engine read than any of them alone."""
    apart = min(Levenshtein.distance(word.text, other) for word in words)
    return Levenshtein.distance(" ".join(word.text for word in words), other) < apart


def _told(words: Sequence[Word], beyond: str) -> EngineWord:
    known = [word.engine_confidence for word in words if word.engine_confidence is not None]
    return EngineWord(
        span=words[0].span.hull(words[-1].span),
        text=" ".join(word.text for word in words),
        confidence=min(known) / 100 if len(known) == len(words) else None,
        agreed=words[0].agreed,
        others=words[0].others,
        letters=_letters(words),
        blank=_letter(words[0].blank) if words[0].blank else None,
        beyond=beyond,
    )


def _letters(words: Sequence[Word]) -> tuple[EngineCharacter, ...]:
    """What the engine said of each character, and of the blanks between words."""
    if not all(word.characters for word in words):
        return ()
    out: list[EngineCharacter] = []
    for word in words:
        if out:
            out.append(_letter(word.blank) if word.blank else EngineCharacter(probability=1.0))
        out += map(_letter, word.characters)
    return tuple(out)


def _letter(one: Character) -> EngineCharacter:
    others = tuple((text, share / 100) for text, share in one.others)
    return EngineCharacter(probability=one.confidence / 100, others=others)
