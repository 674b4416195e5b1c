"""What engines saw of several copies of one text, brought together over what the copies have in common.

Where one copy lost an apostrophe and another half of it, no vote finds it: each copy by itself shows a blank.
But an engine tells how far each is from being one. So for each character of the common text what was seen in
every copy is multiplied, and language then weighs what is left, as it does for one copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, prod

from septel.capture import Capture
from septel.restore.engine_output.posteriors import LEAST, STRANGERS, EnginePosteriors, SpanPosterior
from septel.text import Alternative, Source, Span
from septel.witness import UNTOLD, engine_confidences
from septel.witness.copies import GAP_WEIGHT, overlaid, word_spans

EACH = 0.7
"""The power with which each copy counts, since copies have the faults of their typing in common; chosen among
0.5, 0.7 and 1, which differ little."""
LACKS = 1.0 / (1.0 + exp(-GAP_WEIGHT))
"""How likely a copy that has no character in a place is right."""
FEWEST = 0.001
"""Other characters less likely than this are left out."""


@dataclass(frozen=True, slots=True)
class CopyPosteriors:
    """Copies of one text with what engines saw of each.

    Attributes:
        copies: each as its engine read it, with what was seen of it (`Restorer.sight`), or None.
    """

    copies: Sequence[tuple[Capture, EnginePosteriors | None]]

    @property
    def whole(self) -> bool:
        """Whether engines told what they saw of every copy."""
        return all(sight is not None for _, sight in self.copies)

    def over(self, text: str) -> tuple[Source, EnginePosteriors | None]:
        """A text that the copies have in common as a source, with what was seen of it in all of them."""
        # Read by an engine as its copies were: its garbles did not come over the wire.
        step = next((capture.source.step for capture, _ in self.copies if capture.source.step), None)
        seen = [(capture.source.text, sight) for capture, sight in self.copies]
        return replace(Source.of_text(text), step=step), seen_together(text, seen)


def sure_of(capture: Capture, sight: EnginePosteriors | None) -> tuple[float, ...]:
    """How sure the engines were of each character of a capture; empty where they told nothing.

    Probabilities where there is a sight, else their own figures.
    """
    text = capture.source.text
    return (
        sight.sure(len(text), unseen=UNTOLD) if sight else engine_confidences(capture.source, capture.pages)
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one copy shows of a character: the probabilities of what it may be, and of any one stranger."""

    shares: Mapping[str, float]

    @property
    def stranger(self) -> float:
        """The probability of any one character that is not named."""
        return max(1.0 - sum(self.shares.values()), LEAST) / STRANGERS

    def odds(self, text: str) -> float:
        """The logarithm of a character's probability."""
        return log(max(self.shares.get(text, self.stranger), LEAST))


def seen_together(
    text: str, copies: Sequence[tuple[str, EnginePosteriors | None]]
) -> EnginePosteriors | None:
    """What the engines that read several copies saw of a text; None where none of them told anything.

    Args:
        text: what the copies have in common, such as their vote.
        copies: the text of each, with what was seen of it.
    """
    told = [sight for _, sight in copies if sight is not None]
    if not told:
        return None
    looks = [_looks(text, copy, sight) for copy, sight in copies]
    characters: list[SpanPosterior] = []
    right: list[float] = []
    dirt: list[float] = []
    for at, stands in enumerate(text):
        if stands == "\n":
            right.append(1.0)
            dirt.append(0.0)
            continue
        glimpse = _together(Span(at, at + 1), stands, [look[at] for look in looks])
        right.append(glimpse.right)
        dirt.append(glimpse.share(""))
        if stands != " " or glimpse.others:
            characters.append(glimpse)
    words = tuple(
        SpanPosterior(
            span=span,
            right=prod(right[span.start : span.end]),
            others=(Alternative(text="", probability=prod(dirt[span.start : span.end])),),
        )
        for span in word_spans(text)
    )
    return EnginePosteriors(words=words, characters=tuple(characters), gauge=told[0].gauge)


def _looks(text: str, copy: str, sight: EnginePosteriors | None) -> list[_Seen]:
    """What a copy shows of each character of a text."""
    known = {one.span.start: one for one in sight.characters if len(one.span) == 1} if sight else {}
    out: list[_Seen] = []
    for place in overlaid(text, copy).places:
        if place is None:
            out.append(_Seen({"": LACKS}))
            continue
        stands = " " if copy[place] == "\n" else copy[place]
        glimpse = known.get(place)
        if glimpse is None:
            out.append(_Seen({stands: UNTOLD}))
        else:
            out.append(
                _Seen({**{o.text: o.probability or 0.0 for o in glimpse.others}, stands: glimpse.right})
            )
    return out


def _together(span: Span, stands: str, looks: Sequence[_Seen]) -> SpanPosterior:
    """What several copies show of one character."""
    named = {stands}.union(*(look.shares for look in looks))
    odds = {text: EACH * sum(look.odds(text) for look in looks) for text in named}
    strangers = log(STRANGERS) + EACH * sum(log(look.stranger) for look in looks)
    highest = max(strangers, *odds.values())
    total = exp(strangers - highest) + sum(exp(one - highest) for one in odds.values())
    shares = {text: exp(one - highest) / total for text, one in odds.items()}
    right = shares.pop(stands)
    others = sorted(((share, text) for text, share in shares.items() if share >= FEWEST), reverse=True)
    return SpanPosterior.bounded(
        span, right, [Alternative(text=text, probability=share) for share, text in others]
    )
