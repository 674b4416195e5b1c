"""Lines of print on a page in capitals: labels and legends of forms, which are read as a text of their own.

A line with small letters on a teletype page is no English of the telegram's, so the page's reading, which
knows capitals only, leaves it alone (`WorkingCopy.aside`). Where an engine of today misread it
(`moaning of the Espicnage Laws`) it is read once more, apart from the telegram, as any text in both cases.
Nothing becomes sure there: confidences were fitted on whole pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from septel.restore.document.result import Noise, Restoration, RestoredWord
from septel.restore.document.unread_places import veiled
from septel.restore.document.working_copy import WorkingCopy
from septel.text import Source, Span, State


def print_lines(standing: WorkingCopy) -> list[int]:
    """The lines, from nought, of a page in capitals that are print, and of which nothing was fixed.

    Args:
        standing: the page; none of its lines is where an engine told what it saw, which weighs more.
    """
    if standing.eyes.sight is not None:
        return []
    fixed = {standing.source.line_at(one.span.start) - 1 for one in standing.fixed}
    return [
        number
        for number in range(len(standing.lines))
        if standing.aside(number) and number not in standing.foreign and number not in fixed
    ]


def alone(source: Source, lines: Collection[int]) -> Source:
    """A source with nothing but some of its lines, each at its place."""
    return veiled(source, [span for number, span in enumerate(source.lines) if number not in lines])


def with_print(page: Restoration, printed: Restoration, lines: Sequence[int]) -> Restoration:
    """What was read of a page, with its lines of print as they were read by themselves.

    A line of which most could not be read stays as the page has it: pieces of words help nobody.

    Args:
        page: what was read of it.
        printed: what was read of these lines alone.
        lines: their numbers, from nought.
    """
    states: dict[int, list[bool]] = defaultdict(list)
    for word in printed.words:
        states[word.line - 1].append(word.state is State.UNREADABLE)
    lines = [number for number in lines if 2 * sum(states[number]) < len(states[number])]
    numbers = {number + 1 for number in lines}
    spans = [page.source.lines[number] for number in lines]
    words = [word for word in page.words if word.line not in numbers]
    sure = {word.span for word in page.words if word.state is State.SURE}
    words += [_doubted(word, page.source, sure) for word in printed.words if word.line in numbers]
    blanks = [one for one in page.blanks if not _within(one.span, spans)]
    blanks += [one for one in printed.blanks if _within(one.span, spans)]
    rates = [(printed if n in lines else page).noise.lines[n] for n in range(len(page.noise.lines))]
    return replace(
        page,
        words=tuple(sorted(words, key=lambda word: word.span.start)),
        blanks=tuple(sorted(blanks, key=lambda one: one.span.start)),
        noise=Noise(profile=page.noise.profile, rate=page.noise.rate, lines=tuple(rates)),
    )


def _doubted(word: RestoredWord, source: Source, sure: Collection[Span]) -> RestoredWord:
    """A word as it was read; sure is only what stands so, and was sure before."""
    stands = word.text == word.span.of(source.text) and word.span in sure
    return word if stands or word.state is not State.SURE else replace(word, state=State.DOUBTFUL)


def _within(span: Span, lines: Sequence[Span]) -> bool:
    return any(line.covers(span) for line in lines)
