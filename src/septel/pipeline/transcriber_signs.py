"""Signs by which a source itself doubts what it says, or says that it could not be read.

Who copied a paper out by hand writes `Petrovic[?]`, `[Zagreb?]`, `[illegible]`, `[...]`. Shown as they came,
they would look like marks of ours, and a restorer would read them as words. They are taken for what they say:
the word is doubtful, and the place unreadable, by whoever wrote the source. Round brackets are text: a
teletype has no square ones, so `(?)` is a sender's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from septel.restore import Restoration, RestoredWord
from septel.text import Edit, Ground, OffsetMap, Reason, Source, Span, State

_SIGN = re.compile(
    r"""\[(?:
        (?P<doubt>\?+)
        | (?!sic\b)(?P<guess>[^\W_][^][\s?]*(?:[ ][^][\s?]+)?)[ ]?\?+
        | …(?P<extent>\d*) | [ ]?\.(?:[ ]?\.){2,}[ ]?
        | (?:[^][\n]{0,30}\b)?(?:illegible|unreadable|undecipherable|indecipherable|unintelligible)
          (?:\b[^][\n]{0,30})?
    )\]""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_BEFORE = re.compile(r"[^\s\[\]]*[^\W_][^\s\[\]]*(?P<blank>[ \t]*)$")


@dataclass(frozen=True, slots=True)
class TranscriberSign:
    """A sign of doubt of the source's own.

    Attributes:
        span: the sign itself; of a guess in brackets, with its words.
        doubted: the words that it doubts; empty where only something is missing.
        gap: whether something can't be read in its place.
        extent: how many characters, where the sign tells.
    """

    span: Span
    doubted: Span
    gap: bool
    extent: int | None = None


def transcriber_signs(source: Source, decided: Sequence[Span] = ()) -> tuple[TranscriberSign, ...]:
    """The signs that a source has, but for those that persons decided about.

    A sign that stands apart may doubt the word before it or stand for one that could not be read: it is
    taken for both.
    """
    text = source.text
    found = (_sign(text, match) for match in _SIGN.finditer(text)) if "[" in text else ()
    return tuple(sign for sign in found if not any(sign.span.overlaps(one) for one in decided))


def _sign(text: str, match: re.Match[str]) -> TranscriberSign:
    span, nothing = Span(*match.span()), Span(match.start(), match.start())
    if match["guess"]:
        return TranscriberSign(span, Span(*match.span("guess")), gap=False)
    if match["doubt"]:
        before = _BEFORE.search(text, text.rfind("\n", 0, span.start) + 1, span.start)
        doubted = Span(before.start(), before.start("blank")) if before else nothing
        return TranscriberSign(span, doubted, gap=not before or bool(before["blank"]))
    return TranscriberSign(span, nothing, gap=True, extent=int(match["extent"]) if match["extent"] else None)


def restored_beside(
    source: Source,
    signs: Sequence[TranscriberSign],
    decisions: Sequence[Edit],
    restore: Callable[[Source, Sequence[Edit]], Restoration],
) -> Restoration:
    """A source restored as if it had no signs, and what these say of it.

    Args:
        source: as it came.
        signs: its signs.
        decisions: what persons decided; none of them touches a sign.
        restore: restores the rest, with the decisions at their places in it.
    """
    cuts = [cut for sign in signs for cut in _cuts(source.text, sign)]
    carry = OffsetMap.of((span, len(kept)) for span, kept in cuts)
    rest, at = "", 0
    for span, kept in cuts:
        rest += source.text[at : span.start] + kept
        at = span.end
    rest += source.text[at:]
    there = [replace(edit, span=carry.to_reading(edit.span)) for edit in decisions]
    pages = tuple(map(carry.to_reading, source.pages))
    told = restore(replace(source, text=rest, pages=pages), there)
    words = list(_carried(told.words, source, signs, carry))
    words += _doubted(words, source, signs, [edit.span for edit in decisions])
    words.sort(key=lambda word: word.span.start)
    blanks = []
    for edit in told.blanks:
        span = carry.to_source(edit.span)
        if not any(span.start <= cut.end and cut.start <= span.end for cut, _ in cuts):
            blanks.append(replace(edit, span=span))
    blanks += _cleared(words, source, signs, told)
    blanks.sort(key=lambda edit: edit.span.start)
    return replace(told, source=source, words=tuple(words), blanks=tuple(blanks))


def _cuts(text: str, sign: TranscriberSign) -> Iterator[tuple[Span, str]]:
    """What is left out of the text for a sign, and what is put there lest two words become one."""
    if sign.gap:
        apart = not sign.span.start or text[sign.span.start - 1].isspace()
        yield sign.span, "" if apart else " "
        return
    if sign.doubted.start > sign.span.start:
        yield Span(sign.span.start, sign.doubted.start), ""
    yield Span(max(sign.doubted.end, sign.span.start), sign.span.end), ""


def _carried(
    words: Sequence[RestoredWord], source: Source, signs: Sequence[TranscriberSign], carry: OffsetMap
) -> Iterator[RestoredWord]:
    """The words at their places in the source; those that a sign doubts are doubtful."""
    end = 0
    for word in words:
        span = carry.to_source(word.span)
        span = Span(max(span.start, end), max(span.end, end))
        end = span.end
        gaps = [sign.span for sign in signs if sign.gap and sign.span.overlaps(span)]
        if gaps:  # read across what is missing: its parts stand as they came
            yield from _parts(word, span, source, signs)
            continue
        core = None if word.core is None else carry.to_source(word.core)
        core = core if core is not None and span.covers(core) else None
        placed = replace(word, span=span, core=core)
        doubt = next((sign for sign in signs if len(sign.doubted) and sign.doubted.overlaps(span)), None)
        if doubt is None or not word.text or word.state is State.UNREADABLE:
            yield placed
            continue
        detail = "; ".join(filter(None, (_reason(source, doubt).detail, word.reason.detail)))
        reason = replace(word.reason, detail=detail)
        yield replace(
            placed,
            state=State.DOUBTFUL,
            core=None,
            confidence=None,
            evidence=None,
            choice=None,
            reason=reason,
        )


def _parts(
    word: RestoredWord, span: Span, source: Source, signs: Sequence[TranscriberSign]
) -> Iterator[RestoredWord]:
    cuts = [(cut, sign.gap) for sign in signs for cut, _ in _cuts(source.text, sign)]
    for token in _WORD.finditer(source.text, span.start, span.end):
        place = Span(*token.span())
        beside = [(cut, gap) for cut, gap in cuts if cut.overlaps(place)]
        if not any(gap for _, gap in beside):
            kept = (n for n in range(place.start, place.end) if not any(n in cut for cut, _ in beside))
            text = "".join(source.text[n] for n in kept)
            yield RestoredWord(span=place, line=word.line, text=text, state=State.DOUBTFUL)


def _doubted(
    words: Sequence[RestoredWord], source: Source, signs: Sequence[TranscriberSign], decided: Sequence[Span]
) -> Iterator[RestoredWord]:
    """Doubted words of which the restorer told nothing: they stand; what persons decided is sure."""
    known = [*(word.span for word in words), *decided]
    for sign in signs:
        if len(sign.doubted) and not any(sign.doubted.overlaps(one) for one in known):
            yield RestoredWord(
                span=sign.doubted,
                line=source.line_at(sign.span.start),
                text=sign.doubted.of(source.text),
                state=State.DOUBTFUL,
                reason=_reason(source, sign),
            )


def _cleared(
    words: Sequence[RestoredWord], source: Source, signs: Sequence[TranscriberSign], told: Restoration
) -> Iterator[Edit]:
    """The signs themselves: unreadable where something is missing, else cleared where no word has them."""
    for sign in signs:
        for place in [sign.span] if sign.gap else [span for span, _ in _cuts(source.text, sign)]:
            if not any(place.overlaps(word.span) for word in words):
                yield Edit(
                    span=place,
                    before=place.of(source.text),
                    after="",
                    reason=_reason(source, sign),
                    step=told.step,
                    unreadable=sign.gap,
                    extent=sign.extent,
                    state=State.UNREADABLE if sign.gap else State.SURE,
                )


def _reason(source: Source, sign: TranscriberSign) -> Reason:
    seen = sign.span.of(source.text)
    return Reason(ground=Ground.CHANNEL, detail=f"the source itself has the sign {seen}")
