"""A second look at a document's words, once all of them are known.

What the search could not know is known now: what stands on both sides of a word, how well that was read, and
how often the document has the word elsewhere. Unknown words are laid beside known ones that are like them
(`septel.restore.document.lexical_rivals`); then each word is judged by all of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from septel.restore.confidence import AlternativeModel
from septel.restore.document.assessment import WordAssessor
from septel.restore.document.lexical_rivals import LexicalRivals, LexiconIndex, RivalModel, SeenWord
from septel.restore.document.other_readings import OtherReadings
from septel.restore.document.result import RestoredWord
from septel.restore.language import CharacterModel, WordModel
from septel.restore.tokens import CONFUSED, parted
from septel.text import Alternative, Ground, Reason, State

TAKEN = 0.0
"""From these odds on (their logarithm) a known word is put in the place of an unknown one."""
CLEARLY, ON_OLD = 0.05, 0.15
"""By how much another reading must be likelier than the word, to stand in its place, and on the noise of old
engines (on 200 other layers those that were likelier by 0.05 to 0.15 mended 58 words and harmed 16)."""
NEAR, AROUND = 2, 3
"""Words on either side whose shares, and whose strangeness, are looked at."""
LIKE = 4
"""Letters from which a word is compared with those that it is confused with."""


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """Looks again at the words of one document.

    Attributes:
        judge: judges words by what is known of them.
        language, phrases: what characters, and what words, keep company.
        model: weighs known words against an unknown one; None where it was not fitted.
        others: weighs what else a word may be; None where it was not fitted.
        lexicon: the words that it knows.
        read: the document as it was given to the search.
    """

    judge: WordAssessor
    language: CharacterModel
    phrases: WordModel | None
    model: RivalModel | None
    others: AlternativeModel | None
    lexicon: LexiconIndex
    read: str

    def over(self, words: Sequence[RestoredWord]) -> list[RestoredWord]:
        """The words of the document in order, each judged again."""
        seen = [self._seen(word) for word in words]
        rivals = self._rivals(seen)
        strange = [self._strange(word) for word in words]
        known = [self._known(word, at, rivals) for at, word in enumerate(words)]
        looked = [self._looked(word, found) for word, found in zip(words, known, strict=True)]
        if any(one is not other for one, other in zip(looked, words, strict=True)):
            again = self._rivals([self._seen(word) for word in looked])
        else:
            again = rivals
        others = OtherReadings(judge=self.judge, around=again, read=self.read)
        return [
            self._with_others(self._judged(word, at, again, strange), others, at, known[at])
            if word.evidence is not None
            else word
            for at, word in enumerate(looked)
        ]

    def _rivals(self, seen: Sequence[SeenWord]) -> LexicalRivals:
        # Words that persons have set are known too, though none is proposed for others here.
        lexicon = replace(self.lexicon, vocabulary=self.judge.vocabulary)
        return LexicalRivals.of(
            lexicon, self.language, self.phrases, seen, mixed=self.judge.mixed, rate=self.judge.rate
        )

    def _seen(self, word: RestoredWord) -> SeenWord:
        return SeenWord.of(word, word.span.of(self.read))

    def _strange(self, word: RestoredWord) -> bool:
        return bool(word.text) and self.judge.vocabulary.weight(word.text) is None

    def _known(self, word: RestoredWord, at: int, rivals: LexicalRivals) -> list[tuple[str, float]]:
        """The known words that an unknown one may be, with the logarithm of their odds."""
        if word.evidence is None or self.model is None:
            return []
        return [(one.text, self.model.odds(one)) for one in rivals.rivals(at)]

    def _looked(self, word: RestoredWord, known: Sequence[tuple[str, float]]) -> RestoredWord:
        """The word, or the known word that it is likely a misreading of."""
        if word.evidence is None or not known:
            return word
        text, best = max(known, key=lambda one: one[1])
        evidence = replace(word.evidence, rival=best)
        if best < TAKEN or evidence.support is not None:
            # What an engine told of a word's letters weighs more than likeness.
            return replace(word, evidence=evidence)
        others = (Alternative(text=word.text, probability=1 / (1 + 2.718**best)), *word.alternatives)
        return replace(
            word,
            text=text,
            core=None if len(text.split()) > 1 else word.core,
            alternatives=tuple(one for one in others if one.text != text),
            reason=Reason(ground=Ground.LANGUAGE, detail="a known word that is like what was read"),
            evidence=replace(
                evidence,
                retaken=True,
                changed=True,
                length=len(text),
                weight=self.judge.vocabulary.weight(text.split()[-1]),
                wrong=max(evidence.wrong, 1),
            ),
        )

    def _judged(
        self, word: RestoredWord, at: int, all_words: LexicalRivals, strange: Sequence[bool]
    ) -> RestoredWord:
        """The word judged by what is known now."""
        assert word.evidence is not None
        core, seen = parted(word.text)[1].upper(), all_words.words
        around = [p for p in range(max(at - NEAR, 0), min(at + NEAR + 1, len(seen))) if p != at]
        wide = [p for p in range(max(at - AROUND, 0), min(at + AROUND + 1, len(seen))) if p != at]
        evidence = replace(
            word.evidence,
            here=all_words.counts[core] - 1 if len(core) >= LIKE else 0,
            company=all_words.company(at),
            alike=self._alike(core),
            near=sum(max(min(seen[p].doubt, 5.0), -5.0) for p in around) / max(len(around), 1),
            strange_near=sum(strange[p] for p in wide) / max(len(wide), 1),
        )
        return self.judge.again(word, evidence, word.span.of(self.read))

    def _with_others(
        self, word: RestoredWord, readings: OtherReadings, at: int, known: Sequence[tuple[str, float]]
    ) -> RestoredWord:
        """The word with what else it may be."""
        others = readings.of(at, word, tuple(known))
        word = replace(word, others=others)
        if self.others is None or word.confidence is None:
            return word
        told = self.others.probabilities(others, word.confidence.probability)
        found = tuple(Alternative(text=text, probability=share) for text, share in told)
        word = replace(word, alternatives=found)
        return self._exchanged(word) if found else word

    def _exchanged(self, word: RestoredWord) -> RestoredWord:
        """The word, or a reading of it that is clearly likelier."""
        assert word.confidence is not None
        own, (best, *rest) = word.confidence, word.alternatives
        if (best.probability or 0.0) < own.probability + (ON_OLD if self.judge.old else CLEARLY):
            return word
        # A figure is never changed for what it looks like, nor marks alone; what an engine told of a word's
        # letters weighs more; and what is plain to see is not taken away.
        figures = any(map(str.isdigit, word.text + best.text))
        core, other = parted(word.text)[1].upper(), parted(best.text)[1].upper()
        # A shorter word is no likelier reading of letters that can be read: LEONOVA is not LEONOV.
        same_or_cut = core.startswith(other) or core.endswith(other)
        told = word.evidence is not None and word.evidence.support is not None
        if figures or same_or_cut or told or self.judge.spoilt(best.text, word.span.of(self.read)):
            return word
        share = best.probability or 0.0
        before = Alternative(text=word.text, probability=round(own.probability, 4))
        others = sorted((before, *rest), key=lambda one: -(one.probability or 0.0))
        unreadable = share < self.judge.settings.floor and word.state is State.UNREADABLE
        return replace(
            word,
            text=best.text,
            core=None if len(best.text.split()) != len(word.text.split()) else word.core,
            state=State.UNREADABLE if unreadable else State.DOUBTFUL,
            confidence=replace(own, probability=share),
            alternatives=tuple(others),
            reason=Reason(ground=Ground.LANGUAGE, detail="likelier beside its neighbours than what was read"),
        )

    def _alike(self, core: str) -> float:
        """How much more common the most common word is that a usual confusion would make this one."""
        known = self.judge.vocabulary.words
        if len(core) < LIKE or not core.isalpha():
            return 0.0
        most = max(
            (
                known.get(core[:at] + other + core[at + 1 :], 0)
                for at, letter in enumerate(core)
                for other in CONFUSED.get(letter, "")
            ),
            default=0,
        )
        return float(max(most - known.get(core, 0), 0))
