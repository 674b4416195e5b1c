"""Made-up sources and edits that fit them."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

from septel.text import Alternative, Confidence, Edit, Ground, Reason, Source, Span, Step

LETTERS = "ABC é£•'0 1"
STEP = Step.of("test", "1", seed=3)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    text = draw(st.text(alphabet=LETTERS + "\n", max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)))
    marks = [0, *cuts, len(text)]
    pages = tuple(Span(a, b) for a, b in itertools.pairwise(marks))
    source = Source.of_text(text)
    return Source(name="made up", digest=source.digest, text=text, pages=pages)


@st.composite
def edits(draw: st.DrawFn, source: Source) -> tuple[Edit, ...]:
    """Edits within lines that do not overlap, empty ones and empty replacements among them."""
    out = []
    for line in source.lines:
        cuts = sorted(draw(st.lists(st.integers(line.start, line.end), max_size=6)))
        taken: Span | None = None
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            span = Span(start, end)
            if taken and (span.start < taken.end or span == taken):
                continue
            taken = span
            out.append(draw(edit_at(source, span)))
    return tuple(out)


@st.composite
def edit_at(draw: st.DrawFn, source: Source, span: Span) -> Edit:
    unreadable = draw(st.booleans()) and draw(st.booleans())
    probability = draw(st.none() | st.floats(0, 1))
    return Edit(
        span=span,
        before=span.of(source.text),
        after="" if unreadable else draw(st.text(alphabet=LETTERS, max_size=6)),
        reason=Reason(
            ground=draw(st.sampled_from([g for g in Ground if g is not Ground.DECISION])),
            detail=draw(st.text(max_size=5)),
        ),
        step=STEP,
        confidence=None
        if probability is None
        else Confidence(probability=probability, calibration="made up"),
        alternatives=tuple(
            Alternative(text=t, probability=p)
            for t, p in draw(
                st.lists(st.tuples(st.text(LETTERS, max_size=4), st.none() | st.floats(0, 1)), max_size=2)
            )
        ),
        unreadable=unreadable,
        extent=draw(st.none() | st.integers(0, 9)) if unreadable else None,
    )


@st.composite
def edited(draw: st.DrawFn) -> tuple[Source, tuple[Edit, ...]]:
    source = draw(sources())
    return source, draw(edits(source))
