"""Places of a source where ink stands that no engine read (`septel.capture.UNREAD`).

Nothing is claimed of them. They are blanks to the search, so that what stands beside them is not read in
their light, and unreadable in what is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from septel.capture import UNREAD
from septel.restore.document.result import Restoration, RestoredWord
from septel.text import Edit, Ground, Reason, Source, Span, State

UNSEEN = Reason(ground=Ground.CHANNEL, detail="ink that no engine read")
LEFT_OUT = Reason(ground=Ground.CHANNEL, detail="letters that fit no word")
WRITTEN = 2
"""So many letters between two words are no specks."""
LOST = 3
"""So many letters that a word was read without are another word or a part of one, and no dirt."""
_PLACE = re.compile(f"{UNREAD}+")
_TOKEN = re.compile(r"\S+")


def unread_in(text: str, decided: Sequence[Span] = ()) -> list[Span]:
    """Where a text has ink that no engine read, but for what persons decided."""
    found = (Span(*place.span()) for place in _PLACE.finditer(text)) if UNREAD in text else ()
    return [place for place in found if not any(place.overlaps(one) for one in decided)]


def veiled(source: Source, places: Sequence[Span]) -> Source:
    """The source with blanks in some places, of the same length."""
    text = list(source.text)
    for place in places:
        text[place.start : place.end] = " " * len(place)
    return replace(source, text="".join(text))


def unveiled(restored: Restoration, source: Source, places: Sequence[Span]) -> Restoration:
    """What was read of a source with blanks in some places, and these places as unreadable.

    Args:
        restored: what was read.
        source: as it came.
        places: what was blank.
    """
    words = [piece for word in restored.words for piece in _apart(word, source, places)]
    words += [_unseen(place, source, UNSEEN) for place in places]
    blanks = tuple(edit for edit in restored.blanks if not _meets(edit.span, places))
    ordered = tuple(sorted(words, key=lambda word: word.span.start))
    return replace(restored, source=source, words=ordered, blanks=blanks)


def with_lost_ends(words: Sequence[RestoredWord], source: Source) -> list[RestoredWord]:
    """The words; letters that an engine saw at an end of one, and that it was read without, are unreadable.

    Where a pen's ring runs through the type, or a blank was not seen, two words are seen as one, and what is
    known of language takes the one that it knows (`KCOSUGGESTED` as SUGGESTED). The other one was typed, too.

    Args:
        words: as read.
        source: as it came.
    """
    return [piece for word in words for piece in _with_ends(word, source)]


def lost_between(blanks: Sequence[Edit], source: Source) -> tuple[list[Edit], list[RestoredWord]]:
    """Blanks between words, and what an engine saw there that is more than specks: unreadable.

    Args:
        blanks: what lies between words, as it was changed.
        source: as it came.
    """
    kept: list[Edit] = []
    lost: list[RestoredWord] = []
    for edit in blanks:
        token = edit.before.strip()
        if _letters(token) < WRITTEN:
            kept.append(edit)
            continue
        start = edit.span.start + edit.before.index(token)
        lost.append(_unseen(Span(start, start + len(token)), source, LEFT_OUT))
    return kept, lost


def _with_ends(word: RestoredWord, source: Source) -> Iterator[RestoredWord]:
    seen, read = word.span.of(source.text).upper(), word.text.upper()
    blocks = Levenshtein.opcodes(seen, read).as_matching_blocks() if word.evidence else []
    kept = [block for block in blocks if block.size]
    if word.state is State.UNREADABLE or len(seen) < len(read) + LOST or not kept:
        yield word
        return
    first, last = kept[0].a - kept[0].b, kept[-1].a + kept[-1].size + len(read) - kept[-1].b - kept[-1].size
    start = word.span.start + (first if _letters(seen[: max(first, 0)]) >= LOST else 0)
    end = word.span.start + (last if _letters(seen[last:]) >= LOST else len(seen))
    whole = (start, end) == (word.span.start, word.span.end)
    rest = word if whole else replace(word, span=Span(start, end), core=None)
    if start > word.span.start:
        yield _unseen(Span(word.span.start, start), source, LEFT_OUT)
    yield rest
    if end < word.span.end:
        yield _unseen(Span(end, word.span.end), source, LEFT_OUT)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _unseen(place: Span, source: Source, reason: Reason) -> RestoredWord:
    line = source.line_at(place.start)
    return RestoredWord(span=place, line=line, text="", state=State.UNREADABLE, reason=reason)


def _apart(word: RestoredWord, source: Source, places: Sequence[Span]) -> Iterator[RestoredWord]:
    """A word; one that was read across a place stands as it came, on either side of it."""
    if not _meets(word.span, places):
        yield word
        return
    for token in _TOKEN.finditer(source.text, word.span.start, word.span.end):
        span = Span(*token.span())
        if not _meets(span, places):
            yield RestoredWord(span=span, line=word.line, text=token.group(), state=State.DOUBTFUL)


def _meets(span: Span, places: Sequence[Span]) -> bool:
    return any(span.overlaps(place) for place in places)
