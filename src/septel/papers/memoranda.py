"""Where in a text one memorandum ends and another paper begins, without a page's end between them.

A dump of several papers has their titles alone on lines behind blank ones: an editor's numbered title (`12.
Memorandum From ...`), or a memorandum's own (`MEMORANDUM FOR ...`, `MEMORANDUM OF CONVERSATION`) with its
labels under it. A telegram that follows opens with its own lines of transmission, and a memorandum behind a
telegram bears its title below the signature. What is quoted or attached by name within a text begins none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from septel.papers.forms import PRINTED
from septel.telegram.lines import anywhere, marking
from septel.text import Source, Span

LEAST = 6
"""A paper has at least so many lines that are not blank."""
UNDER = 14
"""How many lines under its title a memorandum's labels stand."""
_TITLE = re.compile(
    r"^\s*MEMORANDUM(?:\s+(?:FOR|TO)\b.{2,70}"
    r"|\s+(?:FOR THE RECORD|OF (?:A )?(?:CONVERSATION|MEETING|DISCUSSION)).{0,60})?\s*$"
    r"|^\s*Memorandum (?:[Ff]or the Record|[Oo]f (?:[Cc]onversation|[Mm]eeting|[Dd]iscussion))\s*$"
    r"|^\s*Memorandum [Ff]or .{2,60}$"
)
LETTERHEAD = re.compile(
    r"^\s*(?:(?:U\.?\s?S\.?\s+)?DEPARTMENT OF (?:STATE|DEFENSE)|THE WHITE HOUSE|WASHINGTON(?:,? D\.? ?C\.?)?"
    r"|NATIONAL SECURITY COUNCIL|CENTRAL INTELLIGENCE AGENCY|AMERICAN EMBASSY.*)\s*$",
    re.IGNORECASE,
)
"""Whose paper it is, printed above its title."""
_NUMBERED = re.compile(r"[.,](?<=\d[.,])\s+[A-Z][a-z]")
"""What an editor's title has; a memorandum's own has the word: most texts have neither.

It begins with what is rarer than figures, so that the search skips those.
"""
_LABEL = re.compile(
    r"^\s*(?:SUBJECT|PARTICIPANTS?|FROM|DATE|PLACE|TIME|Subject|Participants|From|Date)\b\s*[:;]",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\d{1,4}")
TOP = 12
"""Within so many lines that are not blank a paper shows what it is."""
BELOW = 16
"""How many lines below the first of a telegram the other lines of its heading stand."""
_WIRED = re.compile(r"^\s*(?:FM\s|PAGE\s+0?1\b)", re.MULTILINE)
_FIRST_PAGE = re.compile(r"\s*PAGE\s+0?1\b")
_INTRODUCED = re.compile(r":\s*$|\b(?:QUOTE|BEGIN TEXT|TEXT FOLLOWS|FOLLOWS)\b[.:]?\s*$", re.IGNORECASE)
_OPENINGS = frozenset({"preamble", "originator"})
_ADDRESS = re.compile(r"\s*(?:TO|INFO)[:\s]\s*\S")
_SHORT = 4


def memoranda_in(source: Source, span: Span) -> tuple[Span, ...]:
    """The memoranda of a stretch of text in their order; together they are the whole stretch.

    Args:
        source: the text.
        span: a stretch that one page or several hold.
    """
    text = span.of(source.text)
    if not ("MEMORANDUM" in text or "Memorandum" in text or _NUMBERED.search(text)):
        return (span,)
    first = source.line_at(span.start)
    last = source.line_at(max(span.start, span.end - 1))
    texts = [one.of(source.text) for one in source.lines[first - 1 : last]]
    titles = [at for at, text in enumerate(texts) if is_title(texts, at)]
    if len(titles) < 2 or sum(bool(text.strip()) for text in texts[: titles[0]]) > LEAST:
        return (span,)  # the first paper has no title of the kind: what follows may be quoted in it
    kept = list(_apart(texts, titles))
    starts = [span.start, *(source.lines[first - 1 + reached(texts, at)].start for at in kept[1:])]
    ends = [*starts[1:], span.end]
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def is_title(texts: Sequence[str], at: int) -> bool:
    """Whether a line is the title of a paper: alone behind a blank one, with labels or a number."""
    if at and texts[at - 1].strip() and not LETTERHEAD.match(texts[at - 1]):
        return False
    if PRINTED.match(texts[at]):
        return True
    under = "\n".join(texts[at + 1 : at + UNDER])
    return _TITLE.match(texts[at]) is not None and _LABEL.search(under) is not None


def _apart(texts: Sequence[str], titles: Sequence[int]) -> Iterator[int]:
    """The titles with a whole paper between them; an editor's numbers go up."""
    before: int | None = None
    number = 0
    for at in titles:
        told = _NUMBER.search(texts[at]) if PRINTED.match(texts[at]) else None
        if before is not None:
            body = sum(bool(text.strip()) for text in texts[before:at])
            if body < LEAST or (told is not None and number and int(told[0]) <= number):
                continue
        yield at
        before = at
        number = int(told[0]) if told else number


def reached(texts: Sequence[str], at: int) -> int:
    """The first line that belongs to what begins on a line: letterheads and markings right above it."""
    best = at
    while at > 0:
        at -= 1
        text = texts[at].strip()
        if not text:
            continue
        if not LETTERHEAD.match(text) and marking(text) is None:
            break
        best = at
    return best


class _Begins(Enum):
    TELEGRAM = auto()
    MEMORANDUM = auto()


def apart_by_kind(source: Source, span: Span) -> tuple[Span, ...]:
    """The stretches of a text that hold telegrams or memoranda, in order; together they are the whole."""
    text = span.of(source.text)
    if not ("memorandum" in text.lower() and _WIRED.search(text)):
        return (span,)
    first = source.line_at(span.start)
    last = source.line_at(max(span.start, span.end - 1))
    texts = [one.of(source.text) for one in source.lines[first - 1 : last]]
    starts = [span.start, *(source.lines[first - 1 + at].start for at in _cuts(texts))]
    return tuple(Span(a, b) for a, b in zip(starts, [*starts[1:], span.end], strict=True))


def _cuts(texts: Sequence[str]) -> Iterator[int]:
    """The lines, from nought, where a paper of the other kind begins."""
    now: _Begins | None = None
    begun = within = 0
    for at in range(len(texts)):
        found = _begins(texts, at) if at >= within else None
        if found is None or found is now:
            continue
        before = [text for text in texts[begun:at] if text.strip()]
        if now is None:
            if len(before) > TOP:
                return  # what stands first is of no kind that is known here: the rest may be quoted in it
            now = found
        elif len(before) >= LEAST and not _INTRODUCED.search(before[-1]) and _ends(before[-1], now):
            begun, now = reached(texts, at), found
            yield begun
        else:
            within = at + BELOW


def _begins(texts: Sequence[str], at: int) -> _Begins | None:
    """What begins on a line, if anything does."""
    text = texts[at].strip()
    if not text or (at and texts[at - 1].strip() and not LETTERHEAD.match(texts[at - 1])):
        return None
    if is_title(texts, at):
        return _Begins.MEMORANDUM
    rule = anywhere(text)
    if not (_FIRST_PAGE.match(text) or (rule is not None and rule[0].name in _OPENINGS)):
        return None
    under = [one.strip() for one in texts[at : at + BELOW]]
    rules = {found[0].name for one in under if one and (found := anywhere(one)) is not None}
    addressed = any(_ADDRESS.match(one) for one in under)
    return _Begins.TELEGRAM if rules >= _OPENINGS and addressed else None


def _ends(line: str, kind: _Begins) -> bool:
    """Whether a paper may end on a line: a telegram does with a name, a marking or an operator's sign."""
    return kind is _Begins.MEMORANDUM or len(line.split()) <= _SHORT or marking(line.strip()) is not None
