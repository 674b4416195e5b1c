"""How sure the words of a field are: no field of a form is surer than what it was read from."""

from __future__ import annotations

from septel.papers.forms.patterns import date_places
from septel.text import Locus, Reading, Span, State, state_of

_UNSURE = (State.DOUBTFUL, State.UNREADABLE)


def sure_of_words(reading: Reading, locus: Locus) -> float:
    """The least probability of the doubtful places that a locus has; 1 where it has none."""
    return _least(reading, locus.span) if len(locus.span) else 1.0


def sure_of_date(reading: Reading, iso: str) -> float:
    """The same of the surest place at which a text has a date; 1 where it stands nowhere as it is."""
    spans = [reading.locus(Span(*place)).span for place in date_places(reading.text, iso)]
    return max((_least(reading, span) for span in spans), default=1.0)


def _least(reading: Reading, span: Span) -> float:
    return min(
        (
            edit.confidence.probability
            for edit in reading.edits
            if edit.confidence and edit.span.overlaps(span) and state_of(edit) in _UNSURE
        ),
        default=1.0,
    )
