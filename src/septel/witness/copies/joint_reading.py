"""Several copies of one telegram read together: the text they agree on, and the apparatus of their variants.

The copies' characters are put to the vote; a restorer that knows what engines saw of each copy reads it.
Where nobody saw, it reads the vote and the copies, and then, stretch by stretch, the candidate is taken that
best explains what every copy shows. What a copy has excised and another shows is taken from that other, which
is cited; where all have it excised it stays excised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from septel import __version__
from septel.capture import UNREAD, Page
from septel.text import (
    DOUBT,
    Edit,
    Ground,
    Locus,
    ReadText,
    Reason,
    Source,
    Span,
    Step,
    digest_of,
    with_signs,
)
from septel.witness.apparatus import ApparatusEntry, Difference, Variant
from septel.witness.copies.choice import Known, chosen
from septel.witness.copies.overlay import HIDDEN, overlaid, voted, word_spans, words_over

Read = Callable[[str], Source]
"""Restores a text, line by line, with the marks of its doubts; nothing here depends on how."""

UNTOLD = 0.9
"""What a character weighs in the vote of which the engine says nothing, such as a blank."""
UNSURE = 0.5
"""What a filled-in stretch weighs in the vote: nothing."""
UNSEEN = 0.01
"""What ink that no engine read weighs: any letter of another copy outweighs it."""
_EXCISED = re.compile(
    r"\[[^\]\n]{0,60}\b(?:NOT DECLASSIFIED|EXCISED|DELETED|REDACTED|WITHHELD|SANITIZED)\b[^\]\n]{0,20}\]"
    r"|[\u2588\u2593\u25a0]+(?:[ ]*[\u2588\u2593\u25a0]+)*|\[?\(b\)\(\d\)\]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy as it came.

    Attributes:
        source: its text.
        sure: for each character, how sure the engine was of its word, from zero to one; empty when unknown.
        read: the text as restored, line by line, or None.
        label: what the reader calls it, when the source's name does not tell it from the others.
    """

    source: Source
    sure: tuple[float, ...] = ()
    read: str | None = None
    label: str = ""

    @property
    def name(self) -> str:
        """What the reader calls it."""
        return self.label or self.source.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A word of the common text.

    Attributes:
        span: where it stands in the common text.
        text: the word.
        shown: what each copy shows there, in the order of the copies; empty where it shows nothing.
        loci: where.
        support: how many copies show just this.
        excised: the numbers of the copies that have it excised.
    """

    span: Span
    text: str
    shown: tuple[str, ...]
    loci: tuple[Locus | None, ...]
    support: int
    excised: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Consensus:
    """The text that copies have in common.

    Attributes:
        source: the text, a layer over the copies, with the marks of its doubts.
        copies: the copies.
        words: its words with what stands behind each.
    """

    source: Source
    copies: tuple[Copy, ...]
    words: tuple[Agreed, ...]

    @property
    def text(self) -> str:
        """The common text."""
        return self.source.text

    @property
    def marked(self) -> str:
        """The common text with the marks of its doubts."""
        return with_signs(self.source, Span(0, len(self.text)))

    @cached_property
    def apparatus(self) -> tuple[ApparatusEntry, ...]:
        """Every word at which some copy differs."""
        return tuple(self._entry(word) for word in self.words if word.support < len(self.copies))

    def _entry(self, word: Agreed) -> ApparatusEntry:
        names = [copy.name for copy in self.copies]
        alike = tuple(name for name, shown in zip(names, word.shown, strict=True) if shown == word.text)
        others: dict[tuple[Difference, str], list[int]] = {}
        for n, shown in enumerate(word.shown):
            if shown != word.text:
                kind = Difference.SUBSTITUTION if shown else Difference.OMISSION
                kind = Difference.EXCISION if n in word.excised else kind
                others.setdefault((kind, "" if kind is Difference.EXCISION else shown), []).append(n)
        variants = tuple(
            Variant(
                witnesses=tuple(names[n] for n in numbers),
                text=shown,
                loci=tuple(word.loci[n] for n in numbers),
                kind=kind,
                marked=shown,
            )
            for (kind, shown), numbers in others.items()
        )
        return ApparatusEntry(
            span=word.span,
            text=word.text,
            witnesses=alike,
            variants=variants,
            marked=with_signs(self.source, word.span),
        )

    @property
    def fillings(self) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """What some copies have excised and others show: the words, the former, the latter."""
        found: list[tuple[list[str], tuple[str, ...], set[str]]] = []
        last = -2
        for at, word in enumerate(self.words):
            if not word.excised:
                continue
            cut = tuple(self.copies[n].name for n in word.excised)
            showing = {c.name for c, shown in zip(self.copies, word.shown, strict=True) if shown}
            if at == last + 1 and found and found[-1][1] == cut:
                found[-1][0].append(word.text)
                found[-1][2].update(showing)
            else:
                found.append(([word.text], cut, set(showing)))
            last = at
        return tuple((" ".join(words), cut, tuple(sorted(showing))) for words, cut, showing in found)

    def edits(self, number: int) -> tuple[Edit, ...]:
        """What the others change in one copy, as edits of its source that cite them.

        Words that it lacks altogether can't be expressed so; an excision that others fill can.
        """
        copy = self.copies[number]
        found: list[Edit] = []
        filled: dict[Span, list[Agreed]] = {}
        for word in self.words:
            locus = word.loci[number]
            if number in word.excised and locus is not None:
                filled.setdefault(locus.span, []).append(word)
            elif locus is not None and word.shown[number] != word.text:
                found += self._edit(copy, locus.span, word.text, self._who(word))
        for span, words in filled.items():
            who = "; ".join(dict.fromkeys(self._who(word) for word in words))
            found += self._edit(copy, span, " ".join(word.text for word in words), f"excised here; {who}")
        kept: list[Edit] = []
        for edit in sorted(found, key=lambda e: (e.span.start, e.span.end)):
            if not kept or edit.span.start >= kept[-1].span.end:
                kept.append(edit)
        return tuple(kept)

    def _who(self, word: Agreed) -> str:
        names = [copy.name for copy, shown in zip(self.copies, word.shown, strict=True) if shown == word.text]
        return f"shown by {', '.join(names)}" if names else "as all copies together are best explained"

    def _edit(self, copy: Copy, span: Span, after: str, why: str) -> list[Edit]:
        before = span.of(copy.source.text)
        if "\n" in before or before == after:
            return []
        step = self.source.step
        assert step is not None
        reason = Reason(ground=Ground.WITNESS, detail=why)
        return [Edit(span=span, before=before, after=after, reason=reason, step=step)]


def engine_confidences(source: Source, pages: Sequence[Page]) -> tuple[float, ...]:
    """How sure the engine was of each character, by its own figures; empty when it says nothing.

    They weigh votes and are no probabilities. Of characters that it doesn't speak of its figure for the word
    is taken.
    """
    sure = [UNTOLD] * len(source.text)
    told = False
    for word in (word for page in pages for line in page.lines for word in line.words if len(word.span)):
        if UNREAD in word.text:
            figures = [UNSEEN] * len(word.span)
        elif word.characters:
            figures = [one.confidence / 100 for one in word.characters]
        elif word.engine_confidence is not None:
            share = min(0.99, max(0.3, word.engine_confidence / 100)) ** (1 / len(word.span))
            figures = [share] * len(word.span)
        else:
            continue
        told = True
        sure[word.span.start : word.span.end] = figures
    return tuple(sure) if told else ()


def consensus(
    copies: Sequence[Copy], *, read: Read | None = None, known: Known | None = None, seen: bool = False
) -> Consensus:
    """Read copies of one text together.

    Args:
        copies: two or more.
        read: restores the vote; without it, the copies alone decide.
        known: whether a word is known; without it, no word is.
        seen: whether `read` knows what an engine saw in every copy. It then has more to go by than the
            copies' texts tell, and nothing is chosen after it.

    Raises:
        ValueError: there is no copy.
    """
    if not copies:
        raise ValueError("a consensus needs copies")
    texts = [_hidden(copy.source.text) for copy in copies]
    whole, sure = _filled(texts, [copy.sure for copy in copies])
    made = [copy.read for copy in copies if copy.read]
    vote = voted(whole, sure)
    common = Source.of_text(vote)
    if read and (seen or len(copies) == 1):
        common = read(vote)
    elif len(copies) > 1:
        start = read(vote).text if read else vote
        made += [vote]
        if len(made) > 2:
            made.append(voted(made, [[0.9] * len(text) for text in made]))
        choice = chosen(start, whole, made, known or (lambda _: False))
        common = read(choice) if read else Source.of_text(choice)
    names = ", ".join(f"{copy.name} ({copy.source.id})" for copy in copies)
    marked = _tidy(with_signs(common, Span(0, len(common.text))).replace(HIDDEN, "[excised]"))
    source = ReadText.of_marked(
        marked,
        common.signs if isinstance(common, ReadText) else (),
        name=f"{copies[0].name} (of {len(copies)} copies)",
        digest=digest_of(*(copy.source.text.encode() for copy in copies)),
        step=Step.of("septel copies", __version__, copies=names, restored=bool(read)),
    )
    words = _agreed(source.text, copies)
    if read and not seen and len(copies) > 1:
        source = _doubted(source, words)
    return Consensus(source=source, copies=tuple(copies), words=words)


def _doubted(source: ReadText, words: Sequence[Agreed]) -> ReadText:
    """The text with a mark at each word that fewer than two copies show so.

    It was read from what had been chosen, which looks cleaner than any copy. What one copy alone shows, the
    others having it excised, is no more in doubt than that copy.
    """
    alone = [word.span for word in words if word.support < 2 and not word.excised]
    found = [(span.end, DOUBT) for span in alone if DOUBT not in with_signs(source, span)]
    return replace(source, signs=tuple(sorted([*source.signs, *found])))


def _tidy(text: str) -> str:
    """The text without the blanks that specks leave behind, and without lines that were specks only."""
    if not text.strip():
        return text
    lines = (" ".join(line.split()) for line in text.splitlines())
    whole = "\n".join(line for line in lines if line)
    return whole + "\n" if text.endswith("\n") else whole


def _hidden(text: str) -> str:
    """The text with each excision's mark as one sign."""
    return _EXCISED.sub(f" {HIDDEN} ", text)


def _filled(texts: Sequence[str], sure: Sequence[Sequence[float]]) -> tuple[list[str], list[list[float]]]:
    """Put into each excision what another copy has there; it has no vote of its own."""
    whole: list[str] = []
    weights: list[list[float]] = []
    for n, text in enumerate(texts):
        given = sure[n] if len(sure[n]) == len(text) else [0.8] * len(text)
        parts: list[str] = []
        weight: list[float] = []
        others = (
            [(overlaid(text, other), other) for m, other in enumerate(texts) if m != n]
            if HIDDEN in text
            else []
        )
        for at, char in enumerate(text):
            fill = ""
            if char == HIDDEN:
                fills = [_opposite(at, text, one.places, other) for one, other in others]
                fill = max(fills, key=lambda found: (sum(map(str.isalnum, found)), found), default="")
            if fill:
                parts.append(fill)
                weight += [UNSURE] * len(fill)
            else:
                parts.append(char)
                weight.append(given[at])
        whole.append("".join(parts))
        weights.append(weight)
    return whole, weights


def _opposite(at: int, text: str, places: Sequence[int | None], other: str) -> str:
    """What a copy has between the letters that stand before and after another's excision."""
    solid = [i for i, place in enumerate(places) if place is not None and text[i].isalnum()]
    before = max((i for i in solid if i < at), default=None)
    after = min((i for i in solid if i > at), default=None)
    start = 0 if before is None else (places[before] or 0) + 1
    end = len(other) if after is None else places[after]
    found = other[start:end]
    return "" if HIDDEN in found or not any(map(str.isalnum, found)) else found.strip()


def _agreed(common: str, copies: Sequence[Copy]) -> tuple[Agreed, ...]:
    """Each word of the common text with what every copy shows there."""
    columns = []
    for copy in copies:
        marks = [Span(*m.span()) for m in _EXCISED.finditer(copy.source.text)]
        spans, over = words_over(common, copy.source.text)
        columns.append((copy, marks, spans, over))
    words: list[Agreed] = []
    for n, span in enumerate(word_spans(common)):
        shown: list[str] = []
        loci: list[Locus | None] = []
        excised: list[int] = []
        for number, (copy, marks, spans, over) in enumerate(columns):
            mark = _mark_at(n, marks, spans, over)
            if mark is not None:
                excised.append(number)
                shown.append("")
                loci.append(copy.source.locus(mark))
                continue
            if not over[n]:
                shown.append("")
                loci.append(None)
                continue
            whole = spans[over[n][0]].hull(spans[over[n][-1]])
            shown.append(" ".join(whole.of(copy.source.text).split()))
            loci.append(copy.source.locus(whole))
        text = span.of(common)
        words.append(
            Agreed(
                span=span,
                text=text,
                shown=tuple(shown),
                loci=tuple(loci),
                support=sum(one == text for one in shown),
                excised=tuple(excised),
            )
        )
    return tuple(words)


def _mark_at(
    n: int, marks: Sequence[Span], spans: Sequence[Span], over: Sequence[tuple[int, ...]]
) -> Span | None:
    """The excision of a copy in whose place a word stands."""
    if not marks:
        return None
    here = [spans[i] for i in over[n]]
    solid = [s for s in here if not any(mark.overlaps(s) for mark in marks)]
    if solid:
        return None
    before = next((spans[over[i][-1]].end for i in range(n - 1, -1, -1) if over[i]), 0)
    after = next((spans[over[i][0]].start for i in range(n + 1, len(over)) if over[i]), None)
    for mark in marks:
        if any(mark.overlaps(s) for s in here):
            return mark
        if mark.start >= before - 1 and (after is None or mark.end <= after + 1):
            return mark
    return None
