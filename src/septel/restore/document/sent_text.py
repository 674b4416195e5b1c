"""The garbles of a text that never was on paper: all else of it stands, and is not told.

Nothing of such a text is decoded, so neither noise nor the looks of its words are reckoned: telegrams that
the archive released by the million are of this kind (`septel.telegram.is_released`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_letters, ascii_lowercase

from septel.restore.document.result import Noise, RestoredWord
from septel.restore.language import CharacterModel, Vocabulary
from septel.restore.tokens import GARBLED, Garble, Garbles
from septel.text import Alternative, Confidence, Ground, Reason, Source, Span, State

SMALL = 0.4
"""From this share of small letters on a text is in both cases."""
_TOKEN = re.compile(r"\S+")
_SMALL_LETTERS = ascii_lowercase.encode()
_LETTERS = ascii_letters.encode()


def in_both_cases(text: str) -> bool:
    """Whether so many of a text's letters are small that it is no text in capitals with some noise."""
    if text.isupper():
        return False
    if not text.isascii():
        return sum(map(str.islower, text)) > SMALL * sum(map(str.isalpha, text))
    held = text.encode()
    capital, bare = held.translate(None, _SMALL_LETTERS), held.translate(None, _LETTERS)
    return len(held) - len(capital) > SMALL * (len(held) - len(bare))


def garbled(word: RestoredWord, garbles: Sequence[Garble], base: int) -> RestoredWord:
    """A word that stands, though it was most likely damaged before anyone kept it.

    Args:
        word: as it stands.
        garbles: of the line, those that it has.
        base: where the line begins in the source.
    """
    worst = max(garbles, key=lambda one: one.probability)
    at = worst.span.shift(base - word.span.start)
    read = word.text[: at.start] + worst.meant + word.text[at.end :]
    meant = (Alternative(text=read, probability=worst.probability),) if worst.meant else ()
    probability = min(max(1.0 - worst.probability, 0.0), 1.0)
    return replace(
        word,
        state=State.DOUBTFUL,
        confidence=Confidence(probability=probability, calibration=GARBLED),
        alternatives=meant,
        reason=Reason(ground=Ground.LANGUAGE, detail="came so; perhaps a garble of the wire"),
        evidence=None,
    )


def garbles_of(
    source: Source, vocabulary: Vocabulary, language: CharacterModel
) -> tuple[list[RestoredWord], Noise]:
    """The words of a text that were most likely damaged on the wire or by the typist, and how many are."""
    lines = source.line_texts
    garbles = Garbles(vocabulary=vocabulary, language=language, mixed=in_both_cases(source.text))
    found, noise = found_in(source, lines, garbles)
    words = [
        word
        for number in sorted(found)
        for word in _words(lines[number], found[number], number, source.line(number + 1).start)
    ]
    return words, noise


def found_in(
    source: Source, lines: Sequence[str], garbles: Garbles
) -> tuple[Mapping[int, Sequence[Garble]], Noise]:
    """The garbles of a text by the number of their line, from nought, and how noisy they make it."""
    found = garbles.find(lines)
    rate = sum(map(len, found.values())) / max(len(source.text), 1)
    return found, Noise(profile="clean", rate=rate, lines=(0.0,) * len(lines))


def _words(line: str, garbles: Sequence[Garble], number: int, base: int) -> Iterator[RestoredWord]:
    for token in _TOKEN.finditer(line):
        start, end = token.span()
        here = [one for one in garbles if one.span.start < end and start < one.span.end]
        if here:
            span = Span(start + base, end + base)
            yield garbled(
                RestoredWord(span=span, line=number + 1, text=token.group(), state=State.SURE), here, base
            )
