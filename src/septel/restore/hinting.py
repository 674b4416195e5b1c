"""What the form of a telegram and a person's decisions put in place of what was decoded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from septel.restore.restoration import Hint, RestoredWord, State
from septel.text import Alternative, Edit, Ground, Reason, Source, Span

LIKE = 0.3
"""How alike (one minus the edit distance by length) a hinted text must be to what was decoded there."""


def apply_hints(
    source: Source,
    words: Sequence[RestoredWord],
    blanks: Sequence[Edit],
    hints: Sequence[Hint],
    decisions: Sequence[Edit],
) -> tuple[list[RestoredWord], list[Edit]]:
    """Words and blanks with the hinted and decided spans replaced.

    A hint is taken when one of its options is like what was decoded there, and is more like it than the
    others; a decision is always taken. What neither covers is left as it is.
    """
    out, between = list(words), list(blanks)
    for hint in sorted(hints, key=lambda h: h.span.start):
        word = _hinted(source, out, hint)
        if word is not None:
            out, between = _replace(out, between, word)
    for edit in decisions:
        word = RestoredWord(
            span=edit.span,
            line=source.line_at(edit.span.start),
            text=edit.after,
            state=State.SURE,
            reason=edit.reason,
        )
        out, between = _replace(out, between, word)
    return out, between


def _hinted(source: Source, words: Iterable[RestoredWord], hint: Hint) -> RestoredWord | None:
    inside = [word for word in words if word.span.overlaps(hint.span)]
    span = hint.span
    for word in inside:
        span = span.hull(word.span)
    if "\n" in span.of(source.text):
        return None
    if any(word.reason.ground is Ground.HINT for word in inside):
        return None
    seen = hint.span.of(source.text)
    decoded = " ".join(word.text for word in inside)
    if not hint.options:
        return _word(source, hint, hint.span, seen, State.SURE, ())
    ranked = sorted(hint.options, key=lambda o: -_likeness(o, decoded, seen))
    best = ranked[0]
    likeness = _likeness(best, decoded, seen)
    if likeness < LIKE:
        return None
    rivals = tuple(Alternative(text=o) for o in ranked[1:4])
    clear = len(ranked) == 1 or _likeness(ranked[1], decoded, seen) < likeness
    if not clear:
        return None
    # The hinted text stands for the hinted span only; what the words that it cuts had outside it is kept.
    outside = [w for w in inside if not hint.span.covers(w.span)]
    if outside:
        return None
    return _word(source, hint, span, best, State.SURE if likeness >= 0.6 else State.DOUBTFUL, rivals)


def _likeness(option: str, decoded: str, seen: str) -> float:
    option = option.upper()
    return max(
        Levenshtein.normalized_similarity(option, decoded.upper()),
        Levenshtein.normalized_similarity(option, seen.upper()),
    )


def _word(
    source: Source, hint: Hint, span: Span, text: str, state: State, rivals: tuple[Alternative, ...]
) -> RestoredWord:
    return RestoredWord(
        span=span,
        line=source.line_at(span.start),
        text=text,
        state=state,
        alternatives=rivals,
        reason=Reason(ground=Ground.HINT, detail=hint.detail),
    )


def _replace(
    words: list[RestoredWord], blanks: list[Edit], new: RestoredWord
) -> tuple[list[RestoredWord], list[Edit]]:
    kept = [w for w in words if not (w.span.overlaps(new.span) or w.span == new.span)]
    between = [
        b for b in blanks if not ((new.span.covers(b.span) and len(new.span)) or b.span.overlaps(new.span))
    ]
    kept.append(new)
    kept.sort(key=lambda word: word.span.start)
    return kept, between
