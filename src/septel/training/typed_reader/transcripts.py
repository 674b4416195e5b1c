"""Transcripts of pages, and where in one of them a line stands that an engine read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[A-Za-z0-9]+(?:[.'/&-][A-Za-z0-9]+)*")
"""A word, as transcripts are compared."""
_MARKUP = re.compile(r"<[^>]+>|[*#|]")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "−": "-", "Ø": "0", "\u00a0": " "}
)
FEWEST = 4
"""Signs of a line that can be placed by what was read of it."""
UNLIKE = 0.6
"""A line that needs more edits to a sign wherever it is laid stands nowhere in the transcript."""
APART = 0.12
"""How many more edits to a sign another place needs for a line's place to be plain."""


@dataclass(frozen=True, slots=True)
class TranscriptPlace:
    """A stretch of a transcript, maybe to the middle of a word that the typist divided.

    Attributes:
        start, end: in its text.
        edits: of what was read, to a sign.
        divided: whether a hyphen was typed at its end that the transcript leaves out.
    """

    start: int
    end: int
    edits: float
    divided: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """What stands on a page.

    Attributes:
        text: its words with single blanks.
        starts, ends: where words begin and end.
        broken: at which starts of words the transcript begins a new line.
        doubted: characters of words on which transcripts do not agree.
    """

    text: str
    starts: frozenset[int]
    ends: frozenset[int]
    broken: frozenset[int]
    doubted: NDArray[np.bool_]

    @classmethod
    def of(cls, text: str, agreed: str = "") -> Transcript:
        """A transcript, its markup left out.

        Args:
            text: as a person or a model wrote it, with its line breaks.
            agreed: 0 or 1 for each `WORD`: whether a second transcript has it too; where their number is not
                that of the words, all are taken for agreed.
        """
        plain = _MARKUP.sub(lambda found: " " * len(found[0]), text.translate(_PLAIN))
        words = list(WORD.finditer(plain))
        flags = agreed if len(agreed) == len(words) else "1" * len(words)
        doubts = np.zeros(len(plain), np.bool_)
        for one, flag in zip(words, flags, strict=True):
            doubts[one.start() : one.end()] = flag != "1"
        out, doubted = "", []
        starts, ends, broken = set(), set(), set()
        line = -1
        for piece in re.finditer(r"\S+", plain):
            if out:
                out += " "
                doubted.append(False)
            starts.add(len(out))
            here = plain.count("\n", 0, piece.start())
            if here != line:
                broken.add(len(out))
            line = here
            out += piece[0]
            doubted += doubts[piece.start() : piece.end()].tolist()
            ends.add(len(out))
        return cls(out, frozenset(starts), frozenset(ends), frozenset(broken), np.array(doubted, np.bool_))

    def place(self, read: str, *, after: TranscriptPlace | None = None) -> TranscriptPlace | None:
        """Where a line stands, from word to word; None where that is not plain.

        Args:
            read: what an engine read of it.
            after: the place of the line before; where a word was divided there, its rest begins this line.
        """
        if len(read.replace(" ", "")) < FEWEST or not self.text:
            return None
        starts = self.starts | {after.end} if after and after.divided else self.starts
        place = self._whole(read, starts)
        if read.endswith("-") and not read.endswith("--"):
            bare = read[:-1]
            inside = frozenset(
                one for one in range(2, len(self.text)) if self.text[one - 2 : one + 1].isalpha()
            )
            cut = self._whole(bare, starts, inside) if len(bare) >= FEWEST else None
            if cut and (place is None or cut.edits * len(bare) < place.edits * len(read) - 0.5):
                return TranscriptPlace(cut.start, cut.end, cut.edits, divided=True)
        return place

    def _whole(
        self, read: str, starts: frozenset[int], ends: frozenset[int] | None = None
    ) -> TranscriptPlace | None:
        text, read = self.text.upper(), read.upper()
        last = np.array(sorted(ends or self.ends))
        if not len(last) or len(text) != len(self.text):
            return None
        costs = _costs(read, text, starts)[last]
        best = int(costs.argmin())
        end, edits = int(last[best]), float(costs[best])
        if edits > UNLIKE * len(read):
            return None
        # The same from its end: where it begins.
        first = max(0, end - 3 * len(read) - 20)
        back = _costs(read[::-1], text[first:end][::-1], frozenset({0}))
        begins = [one for one in starts if first <= one < end]
        if not begins:
            return None
        start = min(begins, key=lambda one: (back[end - one], abs(end - one - len(read))))
        # What else is as like it must be the same words.
        away = np.abs(last - end) > len(read) // 2
        near = last[away & (costs <= edits + max(1.0, APART * len(read)))]
        if any(not text[: int(one)].endswith(text[start:end]) for one in near):
            return None
        return TranscriptPlace(start, end, edits / len(read))


def places_of(lines: Sequence[str], transcript: Transcript) -> list[TranscriptPlace | None]:
    """The places of lines as they were read, from top to bottom; of two that overlap the better stands."""
    places: list[TranscriptPlace | None] = []
    for number, line in enumerate(lines):
        here = transcript.place(line, after=places[-1] if places else None)
        for other in range(max(0, number - 3), number):
            there = places[other]
            if here and there and here.start < there.end and there.start < here.end:
                if here.edits < there.edits:
                    places[other] = None
                else:
                    here = None
        places.append(here)
    return places


def truth_of(lines: Sequence[str], transcript: Transcript) -> list[str]:
    """What truly stands on lines as an engine read them, line for line.

    Of a line that has no place of its own those words are true that the transcript has elsewhere: it may put
    stamps and the cells of forms where it likes. Marks beside words are taken as they were read where the
    words are the same, since transcripts are compared by words only.
    """
    places = places_of(lines, transcript)
    left = list(transcript.text)
    for place in places:
        if place:
            left[place.start : place.end] = " " * (place.end - place.start)
    words = Counter(WORD.findall("".join(left).upper()))
    truth: list[str] = []
    for line, place in zip(lines, places, strict=True):
        if place:
            whole = transcript.text[place.start : place.end] + "-" * place.divided
            truth.append(_with_marks(whole, line))
            continue
        found = []
        for word in line.split():
            parts = WORD.findall(word.upper())
            if parts and not Counter(parts) - words:
                words.subtract(parts)
                found.append(word)
        truth.append(" ".join(found))
    return truth


def _with_marks(truth: str, read: str) -> str:
    """A true line with the marks of what was read, where its words are the same."""
    out, seen = truth.split(), read.split()
    bare = [[" ".join(WORD.findall(word)) for word in words] for words in (out, seen)]
    for block in SequenceMatcher(None, bare[0], bare[1], autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            if bare[0][block.a + offset]:
                out[block.a + offset] = seen[block.b + offset]
    return " ".join(out)


def _costs(read: str, text: str, starts: frozenset[int]) -> NDArray[np.float64]:
    """The edits from what was read to the likest stretch of a text that begins at a start, by its end."""
    letters = np.array(list(text))
    along = np.arange(len(text) + 1, dtype=np.float64)
    row = np.full(len(text) + 1, np.inf)
    row[list(starts)] = 0
    row = np.minimum.accumulate(row - along) + along
    for sign in read:
        lost = row + 1
        lost[1:] = np.minimum(lost[1:], row[:-1] + (letters != sign))
        row = np.minimum.accumulate(lost - along) + along
    return row
