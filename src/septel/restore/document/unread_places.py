"""Places of a source where ink stands that no engine read (`septel.capture.UNREAD`).

Nothing is claimed of them. They are blanks to the search, so that what stands beside them is not read in
their light, and unreadable in what is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from septel.capture import UNREAD
from septel.restore.document.result import Restoration, RestoredWord
from septel.text import Ground, Reason, Source, Span, State

UNSEEN = Reason(ground=Ground.CHANNEL, detail="ink that no engine read")
_PLACE = re.compile(f"{UNREAD}+")
_TOKEN = re.compile(r"\S+")


def unread_places(text: str, decided: Sequence[Span] = ()) -> list[Span]:
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
    words += [
        RestoredWord(
            span=place,
            line=source.line_at(place.start),
            text="",
            state=State.UNREADABLE,
            reason=UNSEEN,
        )
        for place in places
    ]
    blanks = tuple(edit for edit in restored.blanks if not _meets(edit.span, places))
    ordered = tuple(sorted(words, key=lambda word: word.span.start))
    return replace(restored, source=source, words=ordered, blanks=blanks)


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
