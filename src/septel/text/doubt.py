"""How far each place of a reading can be trusted, and how that is shown: the same in every view.

Every verb, page, export and search result takes words and marks from here. Marks: `[?]` follows what is
doubtful (a word, or the mark after one), `[…4]` stands for some four characters that can't be read. Where
several marks of punctuation of one word are doubtful, one `[?]` follows the last: `(CRC).[?]`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from septel.text.edit import SURE, Edit, Ground, State
from septel.text.reading import Reading
from septel.text.span import Span

DOUBT = "[?]"
"""Follows what is doubtful."""

_IN_DOUBT = (State.DOUBTFUL, State.UNREADABLE)
_BARE = re.compile(r"[\W_]+")
_WORD = re.compile(r"\S+")
_BLANK = re.compile(r"\s")
_VALUE = re.compile(r"[^\s,;]+")
_BROKEN = re.compile(r"\[(?:\?|…\d*)?$")
_POINTS = re.compile(r"[^\w\s]+")
_DIVIDED = re.compile(r"[^\W\d_]{2}-$")
_LABEL_WORDS = 8
"""A label, a portion mark and a heading in front of a paragraph are of no more words."""
_WORST = (State.UNREADABLE, State.DOUBTFUL, State.DECIDED, State.SURE, State.AS_IT_CAME)


def state_of(edit: Edit) -> State:
    """How far what an edit reads can be trusted.

    The restorer says so in the edit. Edits of logs of before it did are doubtful where their probability is
    too small, and where a form allowed several readings.
    """
    if edit.unreadable:
        return State.UNREADABLE
    if edit.reason.ground is Ground.DECISION:
        return State.DECIDED
    if edit.state is not None:
        return edit.state
    if not edit.after.strip():
        return State.SURE
    if edit.reason.ground is Ground.HINT:
        return State.DOUBTFUL if edit.alternatives else State.SURE
    unsure = edit.confidence is not None and edit.confidence.probability < SURE
    return State.DOUBTFUL if unsure else State.SURE


def shown(edit: Edit) -> str:
    """What an edit reads, with its mark."""
    if edit.unreadable:
        return f"[…{edit.extent or ''}]"
    return re.sub(r"\S+", rf"\g<0>{DOUBT}", edit.after) if state_of(edit) is State.DOUBTFUL else edit.after


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStretch:
    """A stretch of a reading that is equally sure throughout.

    Attributes:
        span: where it stands in the source.
        text: as read, without marks; empty where nothing can be read.
        state: how far to trust it.
        edit: what reads it otherwise, or doubts it; None where it stands as it came.
        carried: whether a later part of the same word has its mark.
    """

    span: Span
    text: str
    state: State
    edit: Edit | None = None
    carried: bool = False

    @property
    def shown(self) -> str:
        """The text with its mark."""
        return self.text if self.edit is None or self.carried else shown(self.edit)


def stretches(reading: Reading, within: Span | None = None) -> Iterator[ReadStretch]:
    """A reading from its beginning to its end, or what it has for a stretch of its source.

    Args:
        reading: the reading.
        within: the stretch of the source, a line for example; no edit crosses its ends.
    """
    text = reading.source.text
    at, end = (within.start, within.end) if within else (0, len(text))
    edits = _edits(reading.edits, within)
    for number, edit in enumerate(edits):
        if at < edit.span.start:
            span = Span(at, edit.span.start)
            yield ReadStretch(span=span, text=span.of(text), state=State.AS_IT_CAME)
        state, behind = state_of(edit), carried(text, edits, number)
        yield ReadStretch(span=edit.span, text=edit.after, state=state, edit=edit, carried=behind)
        at = edit.span.end
    if at < end:
        yield ReadStretch(span=Span(at, end), text=text[at:end], state=State.AS_IT_CAME)


def carried(text: str, edits: Sequence[Edit], number: int) -> bool:
    """Whether an edit's mark of doubt stands behind a later part of the same word.

    Only marks of punctuation give theirs away: a doubtful word keeps its own, or it would look sure.

    Args:
        text: the source's.
        edits: of the reading, in order.
        number: which of them is asked about, from zero.
    """
    edit = edits[number]
    if not _POINTS.fullmatch(edit.after) or state_of(edit) is not State.DOUBTFUL:
        return False
    at = edit.span.end
    for later in edits[number + 1 :]:
        if later.unreadable or _BLANK.search(text, at, later.span.start):
            return False
        if state_of(later) is State.DOUBTFUL and later.after.strip():
            return not later.after[0].isspace()
        if _BLANK.search(later.after):
            return False
        at = later.span.end
    return False


def _edits(edits: Sequence[Edit], within: Span | None) -> Sequence[Edit]:
    if within is None:
        return edits
    first = bisect_left(edits, within.start, key=lambda edit: edit.span.start)
    last = bisect_right(edits, within.end, lo=first, key=lambda edit: edit.span.start)
    return [edit for edit in edits[first:last] if edit.span.end <= within.end]


def marked(reading: Reading, within: Span | None = None) -> str:
    """The reading, or what it has for a stretch of its source, with its marks."""
    return "".join(stretch.shown for stretch in stretches(reading, within))


def signs(reading: Reading) -> tuple[tuple[int, str], ...]:
    """Where in the text of a reading its marks are to be put in, in order: offset and mark."""
    found: list[tuple[int, str]] = []
    at = 0
    for stretch in stretches(reading):
        if stretch.state is State.UNREADABLE:
            found.append((at, stretch.shown))
        elif stretch.state is State.DOUBTFUL and not stretch.carried:
            found += [(at + word.end(), DOUBT) for word in _WORD.finditer(stretch.text)]
        at += len(stretch.text)
    return tuple(found)


def shortened(text: str, most: int) -> str:
    """A text with marks, cut after so many characters, but in no mark: a part of one would say nothing."""
    if len(text) <= most:
        return text
    return f"{_BROKEN.sub('', text[: most - 1]).rstrip()}…"


def marked_around(reading: Reading, place: Span) -> tuple[str, str]:
    """What is read in the line of a place before it and behind it, with marks."""
    line = reading.source.line(reading.source.line_at(place.start))
    return marked(reading, Span(line.start, place.start)), marked(reading, Span(place.end, line.end))


def places(reading: Reading) -> tuple[tuple[Span, State], ...]:
    """Every place that does not simply stand as it came, with how far to trust it, in order.

    Blanks that were mended and dirt that was cleared claim no word and are no places.
    """
    found = ((edit.span, claimed(edit)) for edit in reading.edits)
    return tuple((span, state) for span, state in found if state is not State.AS_IT_CAME)


def claimed(edit: Edit | None) -> State:
    """The state of what an edit claims; as it came where it only mends blanks or clears dirt."""
    if edit is None:
        return State.AS_IT_CAME
    state, read = state_of(edit), edit.after.strip()
    idle = state is State.SURE and (not read or read == edit.before.strip())
    return State.AS_IT_CAME if idle or (state is State.DOUBTFUL and not read) else state


def worst(states: Iterable[State]) -> State:
    """The least sure of some states."""
    return min(states, key=_WORST.index, default=State.AS_IT_CAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWord:
    """A word of a reading: what stands between blanks.

    Attributes:
        span: the stretch of the source that it stands for.
        text: with its marks of doubt.
        state: that of its least sure part.
    """

    span: Span
    text: str
    state: State


def read_words(reading: Reading, within: Span | None = None) -> tuple[ReadWord, ...]:
    """The words of a reading, or of a stretch of its source, with how far to trust each."""
    whole: list[str] = []
    parts: list[tuple[int, int, ReadStretch]] = []
    at = 0
    for stretch in stretches(reading, within):
        whole.append(stretch.shown)
        parts.append((at, at + len(stretch.shown), stretch))
        at += len(stretch.shown)
    words: list[ReadWord] = []
    first = 0
    for found in _WORD.finditer("".join(whole)):
        while parts[first][1] <= found.start():
            first += 1
        spans: list[Span] = []
        states: list[State] = []
        index = first
        while index < len(parts) and parts[index][0] < found.end():
            start, end, stretch = parts[index]
            if start < end:
                spans.append(_stood(stretch, found.start() - start, found.end() - start))
                states.append(claimed(stretch.edit))
            index += 1
        span = Span(spans[0].start, spans[-1].end)
        words.append(ReadWord(span=span, text=found.group(), state=worst(states)))
    return tuple(words)


def _stood(stretch: ReadStretch, start: int, end: int) -> Span:
    """The part of the source that a part of what is shown of a stretch stands for."""
    if stretch.edit is not None:
        return stretch.span
    return Span(stretch.span.start + max(start, 0), min(stretch.span.start + end, stretch.span.end))


def marked_prose(reading: Reading, within: Span, *, of: str | None = None) -> str:
    """The words of a stretch of the source as running text, with marks; words cut at line ends are joined.

    Args:
        reading: the text.
        within: the stretch.
        of: the words that are meant, where a sentence goes on over a page's end: lines between them that
            have other words (feet, page heads, notices of release) are left out.
    """
    return _running(reading, _meant(reading, read_words(reading, within), of), within.end)


def marked_passage(reading: Reading, spans: Sequence[Span], text: str) -> str:
    """A part of a telegram as running text, with marks.

    Args:
        reading: the text.
        spans: where its lines stand, as its tree has them: what is printed round them is not among them.
        text: what the tree has of it, without the label that stands before it on the page.
    """
    words = [word for span in spans for word in read_words(reading, span)]
    told = [bare for bare in map(_bare, text.split()) if bare]
    if not told or not words:
        return ""
    first, last = _found(words, told[0]), len(words) - 1 - _found(words[::-1], told[-1])
    while first and words[first - 1].state is State.UNREADABLE:
        first -= 1
    for word in words[last + 1 :]:
        if word.state is not State.UNREADABLE and _bare(word.text):
            break
        last += 1
    return _running(reading, words[first : last + 1], spans[-1].end)


def _found(words: Sequence[ReadWord], told: str) -> int:
    """Which of the first words a text begins with: its first where none is it."""
    for index, word in enumerate(words[:_LABEL_WORDS]):
        bare = _bare(word.text)
        # A word that is divided at the end of a line stands there in two.
        if bare == told or (len(bare) > 1 and (told.startswith(bare) or told.endswith(bare))):
            return index
    return 0


def _running(reading: Reading, words: Iterable[ReadWord], end: int) -> str:
    """Words up to a place as running text; those that are cut at line ends are joined."""
    out = ""
    cut = False
    text = reading.source.text
    for word in words:
        out += word.text if cut or not out else f" {word.text}"
        rest = text[word.span.end : end]
        ends = "\n" in rest[: len(rest) - len(rest.lstrip())]
        cut = ends and bool(_DIVIDED.search(out))
        out = out[:-1] if cut else out
    return out


def marked_value(reading: Reading, within: Span, value: str, *, rewritten: bool = True) -> str:
    """What a heading gives of a stretch of the source, each word with the mark that it has there.

    A word that the page writes otherwise (a post's plain name, a date as figures) is doubtful where a
    doubtful word of the page is none of the value's: it may be that one. Not so without `rewritten`, where
    it isn't known what of the stretch the value was taken from.
    """
    unsure: set[str] = set()
    sure: set[str] = set()
    for word in read_words(reading, within) if value else ():
        bare = "…" if word.state is State.UNREADABLE else _bare(word.text)
        (unsure if word.state in _IN_DOUBT else sure).add(bare)
    unsure -= sure | {""}
    known = {_bare(word) for word in _VALUE.findall(value)}
    astray = rewritten and bool(unsure - known)

    def marked_word(found: re.Match[str]) -> str:
        bare = _bare(found.group())
        doubtful = bare in unsure or (astray and bare not in sure)
        return f"{found.group()}{DOUBT}" if bare and doubtful else found.group()

    return _VALUE.sub(marked_word, value) if unsure else value


def _bare(word: str) -> str:
    """The letters and figures of a word, numbers without leading zeros."""
    bare = _BARE.sub("", word.upper())
    return bare.lstrip("0") if bare.isdecimal() else bare


def _meant(reading: Reading, words: Sequence[ReadWord], of: str | None) -> Iterator[ReadWord]:
    """The words of the lines that a sentence has; its first and its last line are always its own."""
    meant = None if of is None else _BARE.sub("", of)
    lines = [list(line) for _, line in groupby(words, lambda word: reading.source.line_at(word.span.start))]
    for number, line in enumerate(lines):
        # What is in doubt may be written otherwise there, and says nothing.
        bare = [_BARE.sub("", word.text) for word in line if word.state not in _IN_DOUBT]
        sure = [word for word in bare if len(word) > 2]
        known = len(sure) if meant is None else sum(word in meant for word in sure)
        if number in (0, len(lines) - 1) or known * 2 >= len(sure):
            yield from line


def counted(reading: Reading) -> dict[State, int]:
    """How many words of a reading are how sure; as `read_words` has them, which looks at each."""
    parts = list(stretches(reading))
    whole = "".join(part.shown for part in parts)
    states: dict[tuple[int, int], list[State]] = {}
    covered: Counter[tuple[int, int]] = Counter()
    at = 0
    for part in parts:
        start, at = at, at + len(part.shown)
        for word in _touching(whole, start, at) if part.edit is not None else ():
            states.setdefault(word, []).append(claimed(part.edit))
            covered[word] += min(at, word[1]) - max(start, word[0])
    counts: Counter[State] = Counter()
    for word, found in states.items():
        plain = [State.AS_IT_CAME] if covered[word] < word[1] - word[0] else []
        counts[worst([*found, *plain])] += 1
    # Of all other words nobody said anything.
    counts[State.AS_IT_CAME] += len(whole.split()) - len(states)
    return {state: counts[state] for state in State}


def _touching(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words of which a part stands between two places, each whole."""
    low, high = start, end
    while low < end and low > 0 and not text[low - 1].isspace() and not text[low].isspace():
        low -= 1
    while high > start and high < len(text) and not text[high].isspace() and not text[high - 1].isspace():
        high += 1
    return (found.span() for found in _WORD.finditer(text, low, high))
