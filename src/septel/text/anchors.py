"""Carrying edits from one source to another reading of the same pages, by content.

A page read again by a newer engine is another source. What a person decided about the old one must not be
lost: each decision is found again where the same characters stand in the same surroundings, and what can't
be found again is listed as a conflict, never dropped.

A place is looked for by its own characters between those beside it. Surroundings that are garbled otherwise
are followed by aligning the two texts; surroundings that occur more often than before decide nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from septel.text.edit import Edit
from septel.text.source import Source
from septel.text.span import Span

NARROW, WIDE = 8, 40
"""How many characters on each side a place is looked for by, and how many it is judged by."""
ALIKE = 0.6
"""How alike (one minus the edit distance by length) the surroundings of a place must be to be the same."""
FAINT, WORDY = 0.4, 5
"""The same where the order of the text gives the place and it has the very characters, at least so many."""
APART = 0.1
"""By how much a place must be likelier than any other, to be the one."""
ITSELF = 0.8
"""How alike a long stretch must be to be known by its own characters, whatever stands beside it."""
GARBLED = 0.5
"""How alike to a decision, or to what it was made about, illegible characters must be to stand for it."""

BLOCK = 256
"""Characters of a text whose decisions are looked through together."""

Legible = Callable[[str], bool]
"""Says whether characters of a source can be read as they stand: known words, or numbers."""


class ConflictKind(StrEnum):
    """Why a person's decision does not simply stand."""

    MISSING = "missing"
    """Its place can't be found in the newer source."""
    AMBIGUOUS = "ambiguous"
    """More than one place of the newer source may be the one."""
    CONTRADICTED = "contradicted"
    """The newer source has other characters there, which can be read."""
    DISPUTED = "disputed"
    """Another decision stands in the same place and reads it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An edit that could not be carried to another source.

    Attributes:
        edit: the edit, as it stands in the old source.
        kind: what stands in the way.
        place: the stretch of the new source that is most like the place.
        found: the new source's characters there.
        why: in words.
    """

    edit: Edit
    kind: ConflictKind
    place: Span
    found: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchoring:
    """The outcome: every edit is in exactly one of the two lists, in the order in which it was given.

    Attributes:
        pairs: the edit as it stands in the old source, and in the new one.
        conflicts: the others.
    """

    pairs: tuple[tuple[Edit, Edit], ...]
    conflicts: tuple[Conflict, ...]

    @property
    def carried(self) -> tuple[Edit, ...]:
        """The edits as they stand in the new source."""
        return tuple(new for _, new in self.pairs)


def reanchor(edits: Iterable[Edit], old: Source, new: Source, *, legible: Legible | None = None) -> Anchoring:
    """Carry edits of `old` to `new`.

    An edit is carried when the new source has the same characters in the same place, or already reads as the
    edit made it (then it becomes a confirmation). With `legible` given, it is also carried onto other
    characters that can't be read as they stand and are like it: another engine's garble of the same word.
    Otherwise it is a conflict. Edits that shared a place in the old source may share one in the new.
    """
    view = _View(old.text, new.text)
    pairs: list[tuple[Edit, Edit]] = []
    carried = _Near()
    conflicts: list[Conflict] = []
    for edit in edits:
        forms = tuple(dict.fromkeys((edit.before, edit.after)))
        place, kind, why = view.find(edit.span, forms)
        found = place.of(new.text)
        if kind is None:
            kind, why = _objection(edit, found, legible)
        if kind is None and any(
            _meet(place, after.span) and not _meet(edit.span, b.span) for b, after in carried.near(place)
        ):
            kind, why = ConflictKind.DISPUTED, "a decision about another place now stands there"
        if kind is None:
            pairs.append((edit, replace(edit, span=place, before=found)))
            carried.add(pairs[-1])
        else:
            conflicts.append(Conflict(edit=edit, kind=kind, place=place, found=found, why=why))
    return Anchoring(pairs=tuple(pairs), conflicts=tuple(conflicts))


class _Near:
    """What was carried, by where it stands now, so that a place is compared with its neighbours only."""

    def __init__(self) -> None:
        self.blocks: dict[int, list[tuple[Edit, Edit]]] = defaultdict(list)

    @staticmethod
    def _of(span: Span) -> range:
        return range(span.start // BLOCK, span.end // BLOCK + 1)

    def add(self, pair: tuple[Edit, Edit]) -> None:
        for block in self._of(pair[1].span):
            self.blocks[block].append(pair)

    def near(self, place: Span) -> Iterator[tuple[Edit, Edit]]:
        """All that meet a place, and some that do not; some twice."""
        for block in self._of(place):
            yield from self.blocks.get(block, ())


def relocate(spans: Iterable[Span], old: Source, new: Source) -> tuple[tuple[Span | None, str], ...]:
    """Where stretches of `old`, of any length, stand in `new`; None, and why, for those that are not found.

    A stretch that is garbled otherwise is still itself, as long as most of it is alike; it may run over
    other line ends.
    """
    view = _View(old.text, new.text)
    out: list[tuple[Span | None, str]] = []
    for span in spans:
        before = span.of(view.old)
        place, kind, why = view.find(span, (before,))
        alike = _likeness(before, place.of(view.new))
        if kind is ConflictKind.MISSING and len(span) >= WIDE and alike >= ITSELF:
            kind, why = None, ""
        if kind is None and alike < ALIKE:
            kind, why = ConflictKind.CONTRADICTED, "the newer source has something else there"
        out.append((None, why) if kind else (place, ""))
    return tuple(out)


def _meet(one: Span, other: Span) -> bool:
    return one == other or one.overlaps(other)


def _objection(edit: Edit, found: str, legible: Legible | None) -> tuple[ConflictKind | None, str]:
    """What speaks against the edit standing where these characters are."""
    if not found and edit.before:
        return ConflictKind.MISSING, "the newer source has nothing there"
    if found in (edit.before, edit.after):
        return None, ""
    if "\n" in found:
        return ConflictKind.MISSING, "a line ends there in the newer source"
    if legible is not None and found.strip() and not legible(found):
        likeness = max(_likeness(found.upper(), text.upper()) for text in (edit.before, edit.after))
        if likeness >= GARBLED:
            return None, ""
    return ConflictKind.CONTRADICTED, f"the newer source has {found!r} there, not {edit.before!r}"


def _likeness(one: str, other: str) -> float:
    return float(Levenshtein.normalized_similarity(one, other))


class _View:
    """Two texts side by side; a line end counts as a blank, since lines may end elsewhere."""

    def __init__(self, old: str, new: str) -> None:
        self.old = old.replace("\n", " ")
        self.new = new.replace("\n", " ")

    def find(self, span: Span, forms: tuple[str, ...]) -> tuple[Span, ConflictKind | None, str]:
        """The place of a stretch in the new text, as it was or in another form, and what is wrong with it."""
        wide = self._sides(self.old, span, WIDE)
        exact = tuple(self._occurrences(span, self.new, forms))
        if len(exact) == 1 and self._beside(exact[0], wide) == 1.0 and self._unique(span):
            # Nothing was garbled there: no need to compare the whole texts.
            return exact[0], None, ""
        aligned = self._aligned(span, forms)
        scored = {place: self._beside(place, wide) for place in (aligned, *exact)}
        best = max(scored, key=lambda place: (scored[place], place == aligned))
        own = best.of(self.new)
        sound = best == aligned and len(own) >= WORDY and own in forms
        if scored[best] < (FAINT if sound else ALIKE):
            return best, ConflictKind.MISSING, "its surroundings are not found in the newer source"
        rivals = [p for p in exact if p != best and not _meet(p, best) and scored[p] > scored[best] - APART]
        twins = sum(
            not _meet(place, span) and self._beside(place, wide, self.old) > 1.0 - APART
            for place in self._occurrences(span, self.old, forms)
        )
        # As many as there were, and nothing garbled: the order of the text tells which is which.
        if twins != len(rivals) or (rivals and (best != aligned or scored[best] < 1.0)):
            return best, ConflictKind.AMBIGUOUS, f"{len(rivals) + 1} places fit, where there were {twins + 1}"
        return best, None, ""

    def _unique(self, span: Span) -> bool:
        left, right = self._sides(self.old, span, WIDE)
        window = left + span.of(self.old) + right
        at = self.old.find(window)
        return self.old.find(window, at + 1) < 0

    @staticmethod
    def _sides(text: str, span: Span, width: int) -> tuple[str, str]:
        return text[max(0, span.start - width) : span.start], text[span.end : span.end + width]

    def _occurrences(self, span: Span, text: str, forms: tuple[str, ...]) -> Iterator[Span]:
        """The places of a text where one of the forms stands after, or before, the same few characters."""
        left, right = self._sides(self.old, span, NARROW)
        seen: set[Span] = set()
        for form in forms:
            for before, after in ((left, ""), ("", right)):
                window = before + form + after
                at = text.find(window) if before or after or not left + right else -1
                while at >= 0:
                    place = Span(at + len(before), at + len(before) + len(form))
                    if place not in seen:
                        seen.add(place)
                        yield place
                    at = text.find(window, at + 1)

    def _beside(self, place: Span, wide: tuple[str, str], text: str | None = None) -> float:
        """How alike what stands beside a place is to what stood beside it."""
        text = self.new if text is None else text
        left, right = wide
        total = len(left) + len(right)
        if not total:
            return 1.0
        before = text[max(0, place.start - len(left)) : place.start]
        after = text[place.end : place.end + len(right)]
        return (_likeness(left, before) * len(left) + _likeness(right, after) * len(right)) / total

    @cached_property
    def _counterparts(self) -> list[int]:
        """For each character of the old text, the one of the new text that stands for it, or -1."""
        to = [-1] * len(self.old)
        for op in Levenshtein.opcodes(self.old, self.new):
            if op.tag in ("equal", "replace"):
                to[op.src_start : op.src_end] = range(op.dest_start, op.dest_end)
        return to

    def _aligned(self, span: Span, forms: tuple[str, ...]) -> Span:
        """The stretch of the new text between the counterparts of the characters beside a stretch."""
        to, left, right = self._counterparts, span.start - 1, span.end
        while left >= 0 and to[left] < 0:
            left -= 1
        while right < len(to) and to[right] < 0:
            right += 1
        start = to[left] + 1 if left >= 0 else 0
        end = to[right] if right < len(to) else len(self.new)
        return self._trimmed(Span(start, end), forms)

    def _trimmed(self, place: Span, forms: tuple[str, ...]) -> Span:
        """Of a stretch that holds more than is looked for, the words that are most like it."""
        found = place.of(self.new)
        if len(found) <= len(forms[0]) + NARROW or not forms[0].strip():
            return place
        words: list[Span] = []
        at = place.start
        for word in found.split(" "):
            if word:
                words.append(Span(at, at + len(word)))
            at += len(word) + 1
        count = min(max(len(forms[0].split()), 1), len(words))
        runs = [one.hull(other) for one, other in zip(words, words[count - 1 :], strict=False)]
        if not runs:
            return place
        return max(runs, key=lambda run: max(_likeness(run.of(self.new), t) for t in forms))
