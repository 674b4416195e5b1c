"""What stands on a document before anything is read: its lines, how their tokens look, and its dirt.

From the looks of tokens the share of misread characters is guessed; dirt is blanked and what form asks for is
settled before the search, so that the rest is read in its true neighbourhood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from septel.restore.decode import Constraint, EnginePrior
from septel.restore.document.sent_text import in_both_cases
from septel.restore.engine_output import EnginePosteriors
from septel.restore.language import Vocabulary, foreign_passages
from septel.restore.tokens import (
    BRACKETS,
    TokenClass,
    abbreviation,
    bare,
    classify,
    engine_read,
    given_up,
    in_figures,
    misread,
    numbered,
    scanned,
    settled,
    typed,
    typed_braces,
    without_artefacts,
)
from septel.text import Ground, Source, Span

USUAL, STRANGE = 0.055, 0.8
"""The share of unknown words in clean telegrams of 1974-79; how many of the rest are taken for misread."""
FEW, RARE = 2, 0.01
"""So many words, or this share of them, may have marks inside in a text that was received over the wire;
few of 180 clean telegrams have more, every worn page has."""
ASIDE = 0.4
"""The share of small letters from which a line of a teletype page counts as printed in mixed case."""

PRINTED = str.maketrans(
    {"—": "-", "–": "-", "½": "1/2", "¼": "1/4", "¾": "3/4", "£": "$"} | dict.fromkeys("†‡§¶•…·", "")
)
"""Signs of print as a typist has them."""

MOSTLY = 2 / 3
"""The share of a line's letters in another language from which the line is left alone: in others an English
sentence begins or ends, which is read as any, while the passage in it stands."""
_TOKEN = re.compile(r"\S+")


class WorkingCopy:
    """What stands on one document, as it is to be read.

    Attributes:
        source: the document.
        text: its text, place by place; dirt is blank in it once it was cleared.
        fixed: spans that are read as a given text.
        eyes: what engines saw of it.
        lines: the lines of the text.
        looks: per line, each token's place in it and what it looks like.
        mixed: whether the document is in both cases.
        engine: whether it is, and shows that an engine read it.
        given_up: whether it is, and its engine writes a sign for characters that it gave up on.
        printed: whether no engine is known to have read it, and it has no signs that only engines write.
        braces: whether it was typed with braces for brackets.
        sent: whether it is so, and hardly a token is damaged: its garbles came over the wire, or were typed.
        passages: what is in another language: nothing is known of it, so it stands.
        foreign: the lines that are so by more than two thirds.
        names: unknown words that it has more than once.
    """

    def __init__(self, source: Source, vocabulary: Vocabulary, sight: EnginePosteriors | None = None) -> None:
        self.fixed: list[Constraint] = []
        self.source = source
        self.vocabulary = vocabulary
        self.text = source.text
        self.eyes = EnginePrior(sight, source)
        self.braces = typed_braces(source.text)
        self.lines = [line.of(source.text) for line in source.lines]
        self.mixed = in_both_cases(source.text)
        self.engine = self.mixed and engine_read(source.text)
        self.given_up = self.mixed and given_up(source.text)
        # Print has its own dashes and quotation marks: alone they show no engine.
        signed = self.engine or scanned(source.text, mixed=True)
        self.printed = source.step is None and sight is None and not signed
        self.passages = foreign_passages(source.text)
        self.foreign = self._foreign()
        self.shares = [_lower_share(line) for line in self.lines]
        self.looks = [self._looks(number) for number in range(len(self.lines))]
        # A text that no engine read came so: scan noise is mended, the wire's and the typist's is not.
        looks = [found for line in self.looks for _, found in line]
        # In both cases a small word that is unknown is as good a sign: names begin with a capital.
        wrong = (TokenClass.ODD, TokenClass.UNUSUAL) if self.mixed else (TokenClass.ODD,)
        odd = sum(found in wrong for found in looks)
        self.sent = self.printed and odd <= max(FEW, RARE * len(looks))
        self.names = self._repeated()

    def estimate(self) -> float:
        """The share of misread characters, from how many tokens look misread."""
        if (told := self.eyes.noise) is not None:
            return told
        looks = [f for n, line in enumerate(self.looks) if n not in self.foreign for _, f in line]
        share = sum(found.value for found in looks) / max(len(looks), 1)
        if not self.mixed and not self.sent:
            # An engine that knows capitals only makes words of its errors: more unknown words than telegrams
            # have are misread.
            unknown = sum(found is TokenClass.PLAIN for found in looks) / max(len(looks), 1)
            share += STRANGE * max(unknown - USUAL, 0.0)
        # A word of five characters looks wrong when one of them is; as many errors again look right.
        return float(2.0 * (1.0 - (1.0 - min(share, 0.9)) ** 0.2))

    def clear(self, lines: Sequence[int], *, specks: bool) -> list[int]:
        """Leave the dirt out of what is read, except where it is fixed; the lines that had some.

        Args:
            lines: where to look for it.
            specks: whether marks that stand alone are dirt, or only what engines saw to be.
        """
        text = list(self.source.text)
        for number in lines:
            span = self.source.lines[number]
            line = self.eyes.unsoiled(self.lines[number], span)
            line = without_artefacts(line, given_up=self.given_up) if specks else line
            text[span.start : span.end] = line.translate(BRACKETS) if specks and self.braces else line
        for index, one in enumerate(self.fixed):
            seen = one.span.of(self.source.text)
            text[one.span.start : one.span.end] = seen
            if specks and one.text == seen and one.reason.ground is Ground.HINT:
                # A line of the form that can be read: its figures are still figures.
                self.fixed[index] = replace(one, text=numbered(seen))
        self.text = "".join(text)
        self.eyes.forget(self.text)
        touched = []
        for number in lines:
            line = self.source.lines[number].of(self.text)
            if line != self.lines[number]:
                touched.append(number)
                self.lines[number] = line
                self.looks[number] = self._looks(number)
        return touched

    def settle(self) -> list[int]:
        """Settle what needs no search in a text of both cases that an engine read; the lines that had some.

        Rows of stops are omissions, a number's figures are figures, and words stand as typists type them.
        """
        text, touched, before = list(self.text), [], ""
        for number, span in enumerate(self.source.lines):
            line = typed(settled(self.lines[number]), before, self.vocabulary)
            for one in self.fixed:
                if one.span.overlaps(span):
                    place = one.span.shift(-span.start)
                    line = line[: place.start] + place.of(self.lines[number]) + line[place.end :]
            before = (line.split() or [before])[-1]
            if line != self.lines[number]:
                text[span.start : span.end] = line
                self.lines[number] = line
                self.looks[number] = self._looks(number)
                touched.append(number)
        self.text = "".join(text)
        return touched

    def _looks(self, number: int) -> list[tuple[Span, TokenClass]]:
        """Each token of a line, by its place in the line, with what it looks like."""
        mixed = self.mixed or self.aside(number)
        vocabulary = self.vocabulary
        looks = []
        for token in _TOKEN.finditer(self.lines[number]):
            text = token.group().translate(PRINTED) if self.printed else token.group()
            found = classify(text, vocabulary, mixed=mixed) if text else TokenClass.SHORT
            if self.mixed and found is TokenClass.FIGURES and in_figures(token.group(), vocabulary):
                found = TokenClass.ODD
            looks.append((Span(*token.span()), found))
        return looks

    def _repeated(self) -> frozenset[str]:
        """Unknown words that stand in the document more than once, letter for letter: names, not noise."""
        cores = Counter(
            core
            for number, line in enumerate(self.looks)
            for span, found in line
            if found is TokenClass.PLAIN
            and (len(core := bare(span.of(self.lines[number]))) >= 4 or self.abbreviation(core, number))
        )
        return frozenset(
            core
            for core, times in cores.items()
            if times > 1 and ((self.mixed and core.isupper()) or not misread(core, self.vocabulary))
        )

    def abbreviation(self, token: str, number: int) -> bool:
        """Whether a token of a line is a call sign or another abbreviation, in a text of both cases."""
        return self.mixed and abbreviation(token, self.lines[number])

    def aside(self, number: int) -> bool:
        """Whether a line of a teletype page is no English of its own: a printed form, a stamp, or foreign."""
        return not self.mixed and (self.shares[number] > ASIDE or number in self.foreign)

    def _foreign(self) -> frozenset[int]:
        """The lines of which hardly a word is English."""
        letters: Counter[int] = Counter()
        for passage in self.passages:
            for number in range(self.source.line_at(passage.start) - 1, self.source.line_at(passage.end - 1)):
                line = self.source.lines[number]
                here = Span(max(line.start, passage.start), min(line.end, passage.end))
                letters[number] += sum(map(str.isalpha, here.of(self.source.text)))
        return frozenset(
            n for n, some in letters.items() if some > MOSTLY * sum(map(str.isalpha, self.lines[n]))
        )


def _lower_share(line: str) -> float:
    letters = [character for character in line if character.isalpha()]
    return sum(map(str.islower, letters)) / len(letters) if len(letters) >= 12 else 0.0
