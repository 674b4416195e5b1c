"""Invented words: the one error that a historian never forgives.

A word of the output is *invented* when all of this holds:

1. it does not stand in the truth at its place, neither exactly nor apart from case and punctuation: the word
   alignment puts it into a stretch that differs, and that stretch of the truth has no such word;
2. the source does not support it: of its letters and digits, fewer than half (`SUPPORT`) are found, in
   order, in the stretch of the source that it stands for. Source and output are aligned by character, and
   both are folded first: upper case, and signs that engines print for the same shape made one
   (`LOOK_ALIKE`).

So a wrong guess at letters that are there ("LIVING" for "LIRING-3") is an error but no invention, while
fluent words over rubbish are. The same definition serves every system that is compared. It is lenient where
the source is long rubbish, since many letters make many chances; it never blames a word that the truth has.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq

from septel.measure.metrics.alignment import blocks, one_spaced, stretches, word_spans

SUPPORT = 0.5
LOOK_ALIKE = str.maketrans("0QD1L|![]J5$826£€", "OOOIIIIIIISSBZGEE")


def fold(text: str) -> str:
    """Letters and digits in upper case with look-alikes made one; every other sign is a space."""
    # One sign stays one sign, so that offsets in the folded text are offsets in the text.
    shapes = "".join(c.upper()[0] for c in text).translate(LOOK_ALIKE)
    return "".join(c if c.isalnum() else " " for c in shapes)


def support(word: str, stretch: str) -> float:
    """The share of the word's letters and digits that the stretch of the source has, in order.

    One for a word without letters or digits: signs alone claim nothing.
    """
    letters = fold(word).replace(" ", "")
    if not letters:
        return 1.0
    return LCSseq.similarity(letters, fold(stretch).replace(" ", "")) / len(letters)


def bare(word: str) -> str:
    """A word apart from case and punctuation."""
    return "".join(c for c in word.casefold() if c.isalnum())


def invented(truth: str, source: str, output: str) -> list[bool]:
    """For each word of the output, whether it is invented."""
    output, source = one_spaced(output), one_spaced(source)
    words, expected = output.split(), truth.split()
    out = [False] * len(words)
    suspects = _suspects(expected, words)
    if not suspects:
        return out
    spans = list(word_spans(output))
    places = stretches(fold(source), fold(output), spans)
    for index in suspects:
        out[index] = support(words[index], places[index].of(source)) < SUPPORT
    return out


def _suspects(expected: Sequence[str], words: Sequence[str]) -> list[int]:
    found: list[int] = []
    for block in blocks(expected, words):
        if block.equal:
            continue
        here = {bare(w) for w in expected[block.truth.start : block.truth.end]}
        found += [i for i in range(block.output.start, block.output.end) if bare(words[i]) not in here]
    return found
