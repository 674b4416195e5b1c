"""How a reading of a real page is scored: by words of its transcript, or by its true lines.

- *Words*: a transcript that a machine made has faults, so only words that a second one has too are asked
  for (of two characters or more, case aside). Such a word is found when the reading has it anywhere on the
  page, as often as there. A word that is shown as sure is wrong when the transcript has it nowhere.
- *Lines*: each true line is laid against the most similar line of the reading, whatever their order; each
  serves once, and a line that is like none is lost. Case is left out of account, an error never counts more
  than the line. Apart from that, words found in their order are the longest common run of words of page and
  reading, which need not stand together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from rapidfuzz.distance import LCSseq, Levenshtein

from septel.measure.restore import ShownWord

WORD = re.compile(r"[A-Za-z0-9]+(?:[.'/&-][A-Za-z0-9]+)*")
MARKUP = re.compile(r"<[^>]+>|[*#|]")
NOT_TYPED = re.compile(r"\[box\]|\u2441")
UNSURE = "[?]"
IN_CAPITALS = 0.85
"""A page with a larger share of capitals among its letters is one in capitals."""
ALIKE = 0.3
"""A true line that is less like every line of the reading is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTranscript:
    """The words of a page's transcript, in capitals.

    Attributes:
        words: all of them, in order.
        agreed: how often each word that a second transcript has too is there.
    """

    words: tuple[str, ...]
    agreed: Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCounts:
    """Counts of words on pages with transcripts.

    Attributes:
        agreed, found: words that both transcripts have, and those of them that the reading has.
        shown, sure: words of the reading, and those of them that it shows as sure.
        nowhere: words shown as sure that the transcript has nowhere.
    """

    agreed: int = 0
    found: int = 0
    shown: int = 0
    sure: int = 0
    nowhere: int = 0

    def __add__(self, other: WordCounts) -> WordCounts:
        return WordCounts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCounts:
    """Counts on pages with true lines.

    Attributes:
        lines, lost: the true lines that are scored, and those of them that no line of the reading is like.
        characters, wrong_characters: of those lines.
        words, wrong_words: the same.
        cut, in_order: their words without punctuation, and those found in their order.
    """

    lines: int = 0
    lost: int = 0
    characters: int = 0
    wrong_characters: int = 0
    words: int = 0
    wrong_words: int = 0
    cut: int = 0
    in_order: int = 0

    def __add__(self, other: LineCounts) -> LineCounts:
        return LineCounts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})


def words_in(text: str) -> list[str]:
    """The words of a text, in capitals and without punctuation around them."""
    return [word.upper() for word in WORD.findall(text)]


def transcript_of(text: str, agreed: str) -> AgreedTranscript:
    """A transcript's words.

    Args:
        text: the transcript, perhaps with markup.
        agreed: a 0 or 1 for each of its words. Of another length, all of them count as agreed.
    """
    words = words_in(MARKUP.sub(" ", text))
    told = agreed if len(agreed) == len(words) else "1" * len(words)
    kept = (word for word, flag in zip(words, told, strict=True) if flag == "1" and len(word) > 1)
    return AgreedTranscript(words=tuple(words), agreed=Counter(kept))


def score_words(transcript: AgreedTranscript, shown: Sequence[ShownWord]) -> WordCounts:
    """The counts of one page."""
    legible = [(cut, word.sure) for word in shown if not word.unreadable for cut in words_in(word.text)]
    have = Counter(word for word, _ in legible)
    return WordCounts(
        agreed=sum(transcript.agreed.values()),
        found=sum(min(often, have[word]) for word, often in transcript.agreed.items()),
        shown=len(legible),
        sure=sum(sure and len(word) > 1 for word, sure in legible),
        nowhere=len(sure_and_nowhere(transcript, shown)),
    )


def missed(transcript: AgreedTranscript, shown: Sequence[ShownWord]) -> list[str]:
    """The agreed words of a page that the reading doesn't have, as often as it lacks them, in page order."""
    have = Counter(cut for word in shown if not word.unreadable for cut in words_in(word.text))
    lacking = transcript.agreed - have
    out: list[str] = []
    for word in transcript.words:
        if lacking[word] > 0:
            lacking[word] -= 1
            out.append(word)
    return out


def sure_and_nowhere(transcript: AgreedTranscript, shown: Sequence[ShownWord]) -> list[str]:
    """The words of a reading that are shown as sure and that the transcript has nowhere."""
    there = set(transcript.words)
    sure = (cut for word in shown if word.sure and not word.unreadable for cut in words_in(word.text))
    return [word for word in sure if len(word) > 1 and word not in there]


def normal(line: str) -> str:
    """A line as it is compared: in capitals, single spaces, without signs that no typewriter has."""
    return " ".join(NOT_TYPED.sub("", line).upper().split())


def score_lines(truth: Sequence[str], read: Sequence[str]) -> LineCounts:
    """The counts of one page; true lines that their reader was not sure of are matched, not scored."""
    wanted = [one for line in truth if (one := normal(line))]
    have = [one for line in read if (one := normal(line))]
    match = _matched(wanted, have)
    scored = [number for number, line in enumerate(wanted) if UNSURE not in line]
    total = LineCounts()
    for number in scored:
        line = wanted[number]
        other = have[match[number]] if number in match else ""
        words = line.split()
        total += LineCounts(
            lines=1,
            lost=number not in match,
            characters=len(line),
            wrong_characters=min(Levenshtein.distance(line, other), len(line)),
            words=len(words),
            wrong_words=min(Levenshtein.distance(words, other.split()), len(words)),
        )
    cut = [word for number in scored for word in words_in(wanted[number])]
    seen = [word for line in have for word in words_in(line)]
    return total + LineCounts(cut=len(cut), in_order=LCSseq.similarity(cut, seen))


def _matched(wanted: Sequence[str], have: Sequence[str]) -> dict[int, int]:
    """Which line of the reading each true line is laid against: the likest pairs first, each line once."""
    pairs = sorted(
        (
            (Levenshtein.normalized_similarity(one, other), number, at)
            for number, one in enumerate(wanted)
            for at, other in enumerate(have)
        ),
        reverse=True,
    )
    match: dict[int, int] = {}
    used: set[int] = set()
    for likeness, number, at in pairs:
        if likeness < ALIKE:
            break
        if number not in match and at not in used:
            match[number] = at
            used.add(at)
    return match
