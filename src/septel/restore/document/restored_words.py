"""From what was found to what is answered: words with their doubts, and the edits of what lies between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from septel.restore.decode import CLEAR, RUINED, Constraint, Observation, WordHypothesis
from septel.restore.document.assessment import WordAssessor
from septel.restore.document.plain_sight import INK
from septel.restore.document.result import RestoredWord
from septel.restore.document.sent_text import garbled
from septel.restore.document.working_copy import WorkingCopy
from septel.restore.tokens import Garble, cased, edges, marked, parted, with_braces
from septel.text import Alternative, Edit, Ground, Reason, Span, State, Step

CLEAN = 0.02
"""Documents with less noise than this are decoded only where a word looks wrong."""
NEAR = 2
"""Places after a word in which ink that was taken for dirt may have been its mark."""
_LABEL = re.compile(r"\s*(?:\d{1,2}|[A-Z])[.)]\s")
EDGE = "dirt or blanks at the edge"


class RestoredWords:
    """The words of one document, and the edits of blanks between them.

    Attributes:
        words: what was read, in the order in which it was told.
        blanks: the edits of what lies between words.
    """

    def __init__(
        self, standing: WorkingCopy, judge: WordAssessor, rates: NDArray[np.float32], step: Step
    ) -> None:
        self.words: list[RestoredWord] = []
        self.blanks: list[Edit] = []
        self._standing = standing
        self._judge = judge
        self._rates = rates
        self._step = step

    def add(self, page: Observation, found: list[WordHypothesis]) -> None:
        """Tell what was found on some lines."""
        raw, read = self._standing.source.text, self._standing.text
        noisy = self._judge.rate >= CLEAN or read != raw
        for index in dict.fromkeys(page.fixed[page.fixed >= 0].tolist()):
            self.words += self._fixed_words(self._standing.fixed[index])
        first = True
        for number, word in enumerate(found):
            begins, first = first, word.break_after
            if self._standing.mixed and not word.break_after and number + 1 < len(found):
                after = self._seen(found[number + 1], page)
                word = self._inked(word, page)
                text = marked(word.text, self._seen(word, page), after, self._judge.vocabulary)
                word = replace(word, text=text)
            span = page.span(word.start, word.end)
            line = int(page.line[min(word.start, len(page.line) - 1)])
            if word.end > word.start and page.fixed[word.start] >= 0:
                if word.break_after and noisy:
                    self.blanks += self._outer(line)
                continue
            before = span.of(read)
            word = self._beside(word, span, line)
            if before or word.text:
                rate = float(self._rates[line])
                judged = self._judge.word(
                    word, span, line + 1, before, rate, first=begins, last=word.break_after
                )
                if self._standing.mixed:
                    beside = found[number - 1].text if number else ""
                    seen = before if judged.text != before else ""
                    text = cased(judged.text, beside, self._judge.vocabulary, seen=seen)
                    judged = replace(judged, text=text)
                if self._standing.braces:
                    judged = replace(judged, text=with_braces(judged.text, span.of(raw)))
                self.words.append(replace(judged, core=self._core(judged, word, page)))
            if word.break_after:
                if noisy:
                    self.blanks += self._outer(line)
                continue
            gap = page.span(*word.gap)
            if gap.of(raw).strip() or not len(gap):
                self.blanks.append(self._edit(gap, gap.of(raw), " ", "a blank"))

    def _beside(self, word: WordHypothesis, span: Span, line: int) -> WordHypothesis:
        """A word with what stands right after it: ink that was taken for dirt, the end of its paragraph."""
        raw, read = self._standing.source.text, self._standing.text
        near = range(span.end, min(span.end + NEAR, len(raw)))
        soiled = any(read[at].isspace() and not raw[at].isspace() for at in near)
        following = self._standing.lines[line + 1] if line + 1 < len(self._standing.lines) else ""
        ends = word.break_after and (not following.strip() or bool(_LABEL.match(following)))
        return replace(word, soiled=soiled, ends=ends)

    def _core(self, judged: RestoredWord, word: WordHypothesis, page: Observation) -> Span | None:
        """What the letters of a word were read from, where that can be told."""
        raw = judged.span.of(self._standing.source.text)
        if judged.text == raw:
            head, core, _ = parted(raw)
            return Span(judged.span.start + len(head), judged.span.start + len(head) + len(core))
        if judged.text.upper() != word.text.upper():
            return None
        return page.span(*word.inner)

    def leave(self, lines: Iterable[int]) -> None:
        """Tell the words of lines that were not decoded."""
        for number in lines:
            base = self._standing.source.lines[number].start
            for span, _ in self._standing.looks[number]:
                token = span.of(self._standing.lines[number])
                self.words.append(self._judge.untouched(token, span.shift(base), number + 1))

    def stand(self, garbles: Mapping[int, Sequence[Garble]]) -> None:
        """Tell the words of a text that no engine read: as they came, garbles of the wire marked."""
        for number, line in enumerate(self._standing.lines):
            base = self._standing.source.lines[number].start
            marked = garbles.get(number, ())
            for span, _ in self._standing.looks[number]:
                here = [one for one in marked if one.span.overlaps(span)]
                token = span.of(line)
                word = self._judge.untouched(token, span.shift(base), number + 1)
                self.words.append(garbled(word, here, base) if here else replace(word, state=State.SURE))

    def _seen(self, word: WordHypothesis, page: Observation) -> str:
        """What stands where a word was read."""
        return page.span(word.start, word.end).of(self._standing.text)

    def _inked(self, word: WordHypothesis, page: Observation) -> WordHypothesis:
        """A word with the mark that touches it, where the mark was taken for a part of the blank.

        On a page that can be read, in both cases, it was typed.
        """
        mark = page.text[word.end : word.end + 1]
        lost = mark and mark in INK and word.gap == (word.end, word.gap[1]) and word.gap[1] > word.end + 1
        if not lost or self._judge.rate >= RUINED or not word.text[-1:].isalnum():
            return word
        return replace(word, text=word.text + mark, end=word.end + 1, gap=(word.end + 1, word.gap[1]))

    def _fixed_words(self, one: Constraint) -> Iterator[RestoredWord]:
        """A fixed stretch: whole, or word by word where the texts that fit differ in some words only."""
        seen = list(re.finditer(r"\S+", one.span.of(self._standing.source.text)))
        texts = [text.split() for text in (one.text, *one.others)]
        if len(seen) < 2 or not one.others or any(len(words) != len(seen) for words in texts):
            yield self._fixed_word(one)
            return
        for token, text, *others in zip(seen, *texts, strict=True):
            rest = tuple(dict.fromkeys(other for other in others if other != text))
            span = Span(*token.span()).shift(one.span.start)
            yield self._fixed_word(replace(one, span=span, text=text, others=rest))

    def _fixed_word(self, one: Constraint) -> RestoredWord:
        sure = one.reason.ground is Ground.DECISION or (one.likeness >= CLEAR and not one.others)
        return RestoredWord(
            span=one.span,
            line=self._standing.source.line_at(one.span.start),
            text=one.text,
            state=State.SURE if sure else State.DOUBTFUL,
            alternatives=tuple(Alternative(text=other) for other in one.others),
            reason=one.reason,
        )

    def _outer(self, line: int) -> list[Edit]:
        span = self._standing.source.lines[line]
        raw, read = span.of(self._standing.source.text), span.of(self._standing.text)
        body = read.strip()
        if body == raw:
            return []
        if not body:
            return [self._edit(span, raw, "", "nothing but dirt and blanks")]
        found = (Span(*part).shift(span.start) for part in edges(raw, read))
        return [self._edit(part, part.of(self._standing.source.text), "", EDGE) for part in found]

    def _edit(self, span: Span, before: str, after: str, detail: str) -> Edit:
        reason = Reason(ground=Ground.CHANNEL, detail=detail)
        return Edit(span=span, before=before, after=after, reason=reason, step=self._step)
