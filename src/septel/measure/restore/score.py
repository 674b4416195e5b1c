"""One corrector on one set: its output laid beside the truth, and the figures that follow."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from septel.errors import SeptelError
from septel.measure.metrics import (
    EditCounts,
    ErrorPlace,
    JudgedWord,
    Resampling,
    agreed_words,
    blocks,
    count,
    counted,
    errors,
    hipe,
    invented,
    one_spaced,
    rightness,
    trust,
)
from septel.measure.restore.corrector import (
    Correction,
    Corrector,
    Published,
    ShownWord,
    Sighted,
    source_lines,
)
from septel.measure.restore.report import Score
from septel.measure.restore.systems import Uncorrected
from septel.measure.truth import ScoredUnit, TruthDocument, TruthPassage, TruthSet
from septel.progress import Progress, silent
from septel.text import Span

# Stands for an unreadable place without a guess when words are judged; no truth and no output has it.
BLANK = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitScore:
    """One unit's counts, for the source and for the output."""

    id: str
    document: str
    characters: EditCounts
    words: EditCounts
    words_folded: EditCounts
    hipe: EditCounts
    source_characters: EditCounts
    source_words: EditCounts
    source_hipe: EditCounts
    changes: EditCounts
    invented: int
    omitted: int
    mended: int
    harmed: int
    errors: tuple[ErrorPlace, ...]
    judged: tuple[JudgedWord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A system's score with the units behind it, and its output for whoever wants to look."""

    score: Score
    units: tuple[UnitScore, ...] = ()
    corrections: tuple[Correction, ...] = ()


def score_set(
    truths: TruthSet,
    corrector: Corrector,
    *,
    resampling: Resampling,
    progress: Progress = silent,
) -> Scored:
    """Correct every document of a set and score what comes out.

    A document that the corrector fails on counts as uncorrected, and the note says so.
    """
    units: list[UnitScore] = []
    corrections: list[Correction] = []
    taken = 0.0
    faults: list[str] = []
    for number, document in enumerate(truths.documents, 1):
        before = time.perf_counter()
        try:
            if document.captured is not None and isinstance(corrector, Sighted):
                correction = corrector.correct_captured(document.captured)
            else:
                correction = corrector.correct(document.source)
        except SeptelError as fault:
            correction = Correction(lines=source_lines(document.source))
            faults.append(f"{document.id}: {fault.what}")
        taken += time.perf_counter() - before
        corrections.append(correction)
        units += (unit_score(unit, document, correction) for unit in document.units)
        progress(number / len(truths.documents))
    note = f"{len(faults)} documents failed and count as uncorrected; first: {faults[0]}" if faults else ""
    seconds = None if isinstance(corrector, Uncorrected | Published) else taken
    score = summed(units, system=corrector.name, resampling=resampling, seconds=seconds, note=note)
    if any(document.agreed for document in truths.documents):
        pages = zip(truths.documents, corrections, strict=True)
        found = agreed_words((d.agreed, d.source.text, "\n".join(c.lines)) for d, c in pages)
        score = replace(score, agreed=found)
    return Scored(score=score, units=tuple(units), corrections=tuple(corrections))


def unit_score(unit: ScoredUnit, document: TruthDocument, correction: Correction) -> UnitScore:
    """One unit: its passages scored one by one, its HIPE measures on all of them together."""
    before = source_lines(document.source)
    characters = words = folded = source_characters = source_words = changes = EditCounts()
    inventions = omitted = 0
    judged: list[JudgedWord] = []
    places: list[ErrorPlace] = []
    mended = harmed = 0
    texts: list[tuple[str, str, str]] = []
    for passage in unit.passages:
        truth, source = passage.truth, _of(before, passage)
        output = _of(correction.lines, passage)
        texts.append((truth, source, output))
        truth, source, output = one_spaced(truth), one_spaced(source), one_spaced(output)
        characters += count(truth, output)
        words += count(truth.split(), output.split())
        folded += count(truth.casefold().split(), output.casefold().split())
        source_characters += count(truth, source)
        source_words += count(truth.split(), source.split())
        changes += count(source.split(), output.split())
        made_up = invented(truth, source, output)
        inventions += sum(made_up)
        omitted += _omitted(truth.split(), output.split())
        was, now = rightness(source.split(), truth.split()), rightness(output.split(), truth.split())
        mended += sum(b and not a for a, b in zip(was, now, strict=True))
        harmed += sum(a and not b for a, b in zip(was, now, strict=True))
        sure: list[bool] | None = None
        if correction.words is not None:
            shown = shown_in(passage, correction)
            sure = [word.sure for word in shown if word.text != BLANK]
            found = _judged(truth.split(), shown, made_up)
            judged += found
            inventions -= sum(word.invented and word.unreadable for word in found)
        places += errors(truth, source, output, sure)
    truth, source, output = (
        ("\n".join(parts) for parts in zip(*texts, strict=True)) if texts else ("", "", "")
    )
    return UnitScore(
        id=unit.id,
        document=document.id,
        characters=characters,
        words=words,
        words_folded=folded,
        hipe=hipe.character_counts(truth, output),
        source_characters=source_characters,
        source_words=source_words,
        source_hipe=hipe.character_counts(truth, source),
        changes=changes,
        invented=inventions,
        omitted=omitted,
        mended=mended,
        harmed=harmed,
        errors=tuple(places),
        judged=tuple(judged),
    )


def summed(
    units: Sequence[UnitScore], *, system: str, resampling: Resampling, seconds: float | None, note: str = ""
) -> Score:
    """The figures of a set from the counts of its units."""

    def rate(counts: Sequence[EditCounts]) -> tuple[list[float], list[float]]:
        return [c.edits for c in counts], [c.truth for c in counts]

    characters, words = rate([u.characters for u in units]), rate([u.words for u in units])
    source_words = rate([u.source_words for u in units])
    changes = sum((u.changes for u in units), EditCounts())
    preferences = [hipe.preference(u.source_hipe, u.hipe) for u in units]
    return Score(
        system=system,
        note=note,
        cer=resampling.ratio(*characters),
        wer=resampling.ratio(*words),
        wer_folded=resampling.ratio(*rate([u.words_folded for u in units])),
        gain=resampling.difference(*source_words, *words),
        cmer=resampling.ratio([u.hipe.edits for u in units], [u.hipe.edits + u.hipe.hits for u in units]),
        preference=resampling.mean(preferences),
        changed=changes.edits / changes.truth if changes.truth else 0.0,
        invented=sum(u.invented for u in units),
        omitted=sum(u.omitted for u in units),
        mended=sum(u.mended for u in units),
        harmed=sum(u.harmed for u in units),
        errors=counted(p for u in units for p in u.errors),
        worse_by_words=tuple(u.id for u in units if u.words.edits > u.source_words.edits),
        worse_by_characters=tuple(u.id for u in units if u.characters.edits > u.source_characters.edits),
        seconds=seconds,
        trust=trust([j for u in units for j in u.judged]),
    )


def shown_in(passage: TruthPassage, correction: Correction) -> list[ShownWord]:
    """The words shown in a passage, each without spaces, with what was claimed for it.

    Lines are what is scored, so words are taken from the lines; a word object that is not in its line counts
    only when it marks an unreadable place, and text that no word object stands for is shown as sure,
    without a probability.
    """
    out: list[ShownWord] = []
    by_line: dict[int, list[ShownWord]] = {}
    for word in correction.words or ():
        if passage.first <= word.line <= passage.last:
            by_line.setdefault(word.line, []).extend(_split(word))
    for number in range(passage.first, passage.last + 1):
        line = correction.lines[number - 1].split() if number <= len(correction.lines) else []
        claimed = by_line.get(number, [])
        taken = 0  # of the line's words
        readable = [w for w in claimed if w.text != BLANK]
        where = {id(w): n for n, w in enumerate(readable)}
        same = {
            block.truth.start + n: block.output.start + n
            for block in blocks([w.text for w in readable], line)
            if block.equal
            for n in range(len(block.truth))
        }
        for word in claimed:
            if word.text == BLANK:
                out.append(word)
            elif (place := same.get(where[id(word)])) is not None:
                out += (ShownWord(line=number, text=text) for text in line[taken:place])
                out.append(word)
                taken = place + 1
        out += (ShownWord(line=number, text=text) for text in line[taken:])
    return out


def _split(word: ShownWord) -> list[ShownWord]:
    texts = word.text.split() or [BLANK] * word.unreadable
    return [
        ShownWord(
            line=word.line,
            text=text,
            sure=word.sure and not word.unreadable,
            unreadable=word.unreadable,
            confidence=word.confidence,
            alternatives=word.alternatives if len(texts) == 1 else (),
        )
        for text in texts
    ]


def _judged(truth: Sequence[str], shown: Sequence[ShownWord], made_up: Sequence[bool]) -> list[JudgedWord]:
    right = rightness(truth, [word.text for word in shown])
    readable = iter(made_up)
    return [
        JudgedWord(
            right=ok,
            sure=word.sure,
            # A place without a guess has no part in calibration.
            confidence=None if word.text == BLANK else word.confidence,
            invented=False if word.text == BLANK else next(readable),
            unreadable=word.unreadable,
        )
        for word, ok in zip(shown, right, strict=True)
    ]


def _omitted(truth: Sequence[str], output: Sequence[str]) -> int:
    return sum(
        len(b.truth)
        for b in blocks(truth, output)
        if not b.equal and b.output == Span(b.output.start, b.output.start)
    )


def _of(lines: Sequence[str], passage: TruthPassage) -> str:
    return "\n".join(lines[passage.first - 1 : passage.last])
