"""Where in a text one memorandum ends and another begins, without a page's end between them.

A dump of several papers has their titles alone on lines behind blank ones: an editor's numbered title (`12.
Memorandum From ...`), or a memorandum's own (`MEMORANDUM FOR ...`, `MEMORANDUM OF CONVERSATION`) with its
labels under it. What is quoted or attached by name within a text begins none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from septel.papers.forms import PRINTED
from septel.text import Source, Span

LEAST = 6
"""A paper has at least so many lines that are not blank."""
UNDER = 14
"""How many lines under its title a memorandum's labels stand."""
_TITLE = re.compile(
    r"^\s*MEMORANDUM(?:\s+(?:FOR|TO)\b.{2,70}"
    r"|\s+(?:FOR THE RECORD|OF (?:A )?(?:CONVERSATION|MEETING|DISCUSSION)).{0,60})?\s*$"
)
_MAY_BEGIN = re.compile(r"MEMORANDUM|\d[.,]\s+[A-Z][a-z]")
"""What a title has, an editor's or a memorandum's own; most texts have neither."""
_LABEL = re.compile(
    r"^\s*(?:SUBJECT|PARTICIPANTS?|FROM|DATE|PLACE|TIME|Subject|Participants|From|Date)\b\s*[:;]",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\d{1,4}")


def memoranda_in(source: Source, span: Span) -> tuple[Span, ...]:
    """The memoranda of a stretch of text in their order; together they are the whole stretch.

    Args:
        source: the text.
        span: a stretch that one page or several hold.
    """
    if not _MAY_BEGIN.search(source.text, span.start, span.end):
        return (span,)
    first = source.line_at(span.start)
    last = source.line_at(max(span.start, span.end - 1))
    texts = [one.of(source.text) for one in source.lines[first - 1 : last]]
    titles = [at for at, text in enumerate(texts) if _begins(texts, at)]
    if len(titles) < 2 or sum(bool(text.strip()) for text in texts[: titles[0]]) > LEAST:
        return (span,)  # the first paper has no title of the kind: what follows may be quoted in it
    kept = list(_apart(texts, titles))
    starts = [span.start, *(source.lines[first - 1 + at].start for at in kept[1:])]
    ends = [*starts[1:], span.end]
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def _begins(texts: Sequence[str], at: int) -> bool:
    """Whether a line is the title of a paper: alone behind a blank one, with labels or a number."""
    if at and texts[at - 1].strip():
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
