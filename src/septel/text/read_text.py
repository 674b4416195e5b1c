"""What a reading says as a text of its own: compared without the marks of its doubts, shown with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from septel.text.doubt import DOUBT, signs
from septel.text.reading import Reading
from septel.text.source import Source, Step
from septel.text.span import Span


@dataclass(frozen=True, kw_only=True)
class ReadText(Source):
    """A text as read.

    Attributes:
        signs: its marks, each with where in the text it is to be put in, in order.
    """

    signs: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of_reading(cls, reading: Reading, *, name: str) -> ReadText:
        """The text of a reading, whose lines keep their numbers."""
        plain = cls.of_text("".join(f"{line}\n" for line in reading.line_texts), name=name)
        return cls(name=name, digest=plain.digest, text=plain.text, signs=signs(reading))

    @classmethod
    def of_marked(
        cls,
        marked: str,
        signs: Iterable[tuple[int, str]],
        *,
        name: str,
        digest: str,
        step: Step | None = None,
    ) -> ReadText:
        """A text that was made of one with marks.

        Args:
            marked: the text, with its marks.
            signs: those of the text that it was made of; they stand in it in the same order.
            name: what the reader calls it.
            digest: of what it was made of.
            step: what made it.
        """
        text, found, at = "", [], 0
        for _, sign in signs:
            place = marked.index(sign, at)
            text += marked[at:place]
            found.append((len(text), sign))
            at = place + len(sign)
        text += marked[at:]
        return cls(name=name, digest=digest, text=text, step=step, signs=tuple(found))


def with_signs(text: Source, span: Span) -> str:
    """A stretch of a text with its marks; of a text that nobody read, as it stands.

    Stretches that follow each other have each mark once: what stands behind a word is that word's, and what
    can't be read goes with what follows, at the end of the text with what stands before it.
    """
    found = text.signs if isinstance(text, ReadText) else ()
    out, at = "", span.start
    for place, sign in found[bisect_left(found, (span.start, "")) :]:
        if place > span.end:
            break
        behind = place == span.end and place < len(text.text)
        if (place > span.start) if sign == DOUBT else not behind:
            out += text.text[at:place] + sign
            at = place
    return out + text.text[at : span.end]
