"""Two engines' readings of the same pages put together word by word, before language has its say.

Where the engines agree they are nearly always right; where they differ, a fitted weighing of what both told
decides (`septel.witness.voting.preference`). What lost stays with the word, and the whole second reading with
the capture: both are evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from septel.capture import UNREAD, Box, Capture, Character, Line, Page, PageOutcome, Word
from septel.text import Source, Span, Step
from septel.witness.alignment import Column, align
from septel.witness.voting.preference import Known, VoteModel, shipped

ALONE = 60.0
"""A single letter or figure that only the first engine sees is dirt below this confidence."""
SEEN = 85.0
"""From this figure on a word within a line that only the second engine saw stands: on real pages six of ten
of such words are on the page, below it one of six. They are never sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """A word of the combined reading, not yet placed in its text."""

    text: str
    box: Box | None
    confidence: float | None
    agreed: bool | None
    others: tuple[str, ...]
    characters: tuple[Character, ...]
    blank: Character | None = None


def vote(
    first: Capture,
    second: Capture,
    *,
    known: Known,
    preference: VoteModel | None = None,
    columns: Sequence[Column] | None = None,
) -> Capture:
    """The two readings as one.

    The lines are the first engine's, with lines that only the second saw between them; a word that only the
    second saw within a line is nearly always dirt. A page that one engine failed on is the other's, and
    nobody agreed to its words.

    Args:
        first: read by an engine that tells how sure it is of each sign.
        second: the same file, read by another.
        known: whether a word in capitals is one that the reader's vocabulary has.
        preference: decides where they differ; the shipped one, if none is given.
        columns: the words of both, where not all of the pages was shown to the second; pages laid against
            each other unless given.

    Raises:
        ModelError: the shipped preference is damaged.
    """
    preference = preference or shipped()
    ones, others = _placed(first), _placed(second)
    columns = align(first.source, second.source) if columns is None else columns
    by_page: dict[int, list[Column]] = {}
    for column in columns:
        at_first = column.first is not None
        number = _page_of((first if at_first else second).source, column.first or column.second)
        by_page.setdefault(number, []).append(column)
    names = {page.number: page for page in second.pages} | {page.number: page for page in first.pages}
    text: list[str] = []
    at = 0
    spans: list[Span] = []
    pages: list[Page] = []
    for index, account in enumerate(first.accounts):
        start = at
        lines: list[Line] = []
        for chosen in _lines(by_page.get(index, ()), ones, others, known, preference):
            line = _line(chosen, at)
            lines.append(line)
            text.append(" ".join(word.text for word in chosen) + "\n")
            at = line.span.end + 1
        spans.append(Span(start, at))
        if lines and account.number in names:
            pages.append(replace(names[account.number], span=Span(start, at), lines=tuple(lines)))
    source = replace(
        first.source,
        text="".join(text),
        pages=tuple(spans),
        step=vote_step(first.source.step, second.source.step, preference),
    )
    accounts = tuple(
        other if one.outcome is not PageOutcome.READ and other.outcome is PageOutcome.READ else one
        for one, other in zip(first.accounts, second.accounts, strict=True)
    )
    return replace(
        first,
        source=source,
        pages=tuple(pages),
        accounts=accounts,
        layers=(*first.layers, *(_named(one.source) for one in (first, second) if one.source.text)),
    )


def rivals(first: Capture, second: Capture) -> Iterator[tuple[list[Word], list[Word]]]:
    """The places where two engines have different words, with the words of each."""
    ones, others = _placed(first), _placed(second)
    for column in align(first.source, second.source):
        here, there = _within(ones, column.first), _within(others, column.second)
        if here and there and not column.agrees:
            yield here, there


def vote_step(first: Step | None, second: Step | None, preference: VoteModel | None = None) -> Step:
    """What stands behind a vote: both engines and what weighs them; the shipped preference unless given."""
    weighing = (preference or shipped()).name
    return Step.of("septel vote", "3", model=weighing, first=_told(first), second=_told(second))


def _told(step: Step | None) -> str:
    return f"{step.tool} {step.version} {step.key}" if step else "unknown"


def _named(source: Source) -> Source:
    tool = source.step.tool if source.step else "engine"
    return replace(source, name=f"{source.name} ({tool})")


def _placed(capture: Capture) -> dict[int, tuple[Word, tuple[int, int]]]:
    """Each word by where it begins, with its page and line."""
    return {
        word.span.start: (word, (page.number, number))
        for page in capture.pages
        for number, line in enumerate(page.lines)
        for word in line.words
    }


def _page_of(source: Source, span: Span | None) -> int:
    assert span is not None
    return next(index for index, page in enumerate(source.pages) if page.start <= span.start < page.end)


_Placed = dict[int, tuple[Word, tuple[int, int]]]


def _lines(
    columns: Sequence[Column], ones: _Placed, others: _Placed, known: Known, preference: VoteModel
) -> Iterator[list[_Chosen]]:
    """The chosen words of a page in lines."""
    # A line of the second witness that shares no column with the first stands by itself.
    home: dict[tuple[int, int], tuple[int, int]] = {}
    for column in columns:
        if column.first and column.second:
            home.setdefault(others[column.second.start][1], ones[column.first.start][1])
    lines: dict[tuple[str, int, int], list[_Chosen]] = {}
    for column in columns:
        here = _within(ones, column.first)
        there = _within(others, column.second)
        if here:
            key = ("first", *ones[here[0].span.start][1])
        else:
            line = others[there[0].span.start][1]
            key = ("first", *home[line]) if line in home else ("second", *line)
        chosen = _choose(here, there, known, preference) if column.asked else _kept(here, agreed=None)
        if not here and key[0] == "first" and not _seen_alone(there):
            continue
        if chosen:
            lines.setdefault(key, []).extend(chosen)
    yield from lines.values()


def _seen_alone(there: Sequence[Word]) -> bool:
    """Whether words that only the second engine saw, within a line of the first, are likely there."""
    return min(word.engine_confidence or 0.0 for word in there) >= SEEN


def _within(placed: _Placed, span: Span | None) -> list[Word]:
    """The words of a column: one, or two that the other witness has as one."""
    if span is None:
        return []
    found = [placed[span.start][0]]
    while found[-1].span.end < span.end:
        found.append(placed[found[-1].span.end + 1][0])
    return found


def _choose(
    here: Sequence[Word], there: Sequence[Word], known: Known, preference: VoteModel
) -> list[_Chosen]:
    one, other = _joined(here), _joined(there)
    if UNREAD in one:
        # The first engine read nothing there.
        return _kept(there, agreed=False, sure=False) if _solid(other) else _kept(here, agreed=None)
    if not other:
        sure = min((word.engine_confidence or 0.0) for word in here)
        solid = sum(map(str.isalnum, one))
        return _kept(here, agreed=False) if solid > 1 or (solid and sure >= ALONE) or "-" in one else []
    if not one:
        return _kept(there, agreed=False, sure=False) if _solid(other) else []
    if one == other:
        return _kept(here, agreed=True)
    # One word of two is no other reading of both: the second engine left the other out.
    missed = [word for word in here if word.text != other]
    if len(here) > len(missed) > 0 and all(_solid(word.text) for word in missed):
        return _kept(here, agreed=False, others=(other,))
    if preference.second(here, there, known):
        return _kept(there, agreed=False, others=(one,), sure=False)
    return _kept(here, agreed=False, others=(other,))


def _solid(text: str) -> bool:
    return sum(map(str.isalnum, text)) > 1


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _kept(
    words: Sequence[Word], *, agreed: bool | None, others: tuple[str, ...] = (), sure: bool = True
) -> list[_Chosen]:
    return [
        _Chosen(
            text=word.text,
            box=word.box,
            confidence=word.engine_confidence if sure else None,
            agreed=agreed,
            others=others,
            characters=word.characters if sure else (),
            blank=word.blank if sure else None,
        )
        for word in words
    ]


def _line(chosen: Sequence[_Chosen], at: int) -> Line:
    words: list[Word] = []
    box: Box | None = None
    for one in chosen:
        span = Span(at, at + len(one.text))
        words.append(
            Word(
                span=span,
                text=one.text,
                box=one.box,
                engine_confidence=one.confidence,
                agreed=one.agreed,
                others=one.others,
                characters=one.characters,
                # The first word of a line may have stood within one.
                blank=one.blank if words else None,
            )
        )
        at = span.end + 1
        if one.box is not None:
            box = one.box if box is None else box.hull(one.box)
    return Line(span=Span(words[0].span.start, words[-1].span.end), words=tuple(words), box=box)
