"""What the form of a telegram says about garbled places: closed sets of texts for a second reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from septel.lexicon import Lexicon, shapes
from septel.telegram.hints.heading import heading_hints
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import CONTESTED, Field, SeriesNumber, Telegram
from septel.telegram.output import spaced
from septel.telegram.parsing import Vote, form_votes, walk_of
from septel.text import Locus, Reading, Span

_NUMBERED = re.compile(r"\bS\S{4,8}\s+\S{1,2}\s+[O0][FP]\b")
_PLAIN_LABEL = re.compile(r"\d{1,2}\.")
FOOTER = (0.8, 1.2)
"""How long a footer is that is whole and has nothing beside it, to one that is well read: old engines split
letters in two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHint:
    """A span of the source and the few texts that the form of a telegram allows there.

    Attributes:
        span: where, in the source; it never crosses a line end.
        detail: why, in words that a reader sees beside the edit.
        options: the texts that may stand there.
    """

    span: Span
    detail: str
    options: tuple[str, ...]


def hints_of(telegram: Telegram, reading: Reading) -> tuple[FormHint, ...]:
    """All hints that a parsed telegram gives about its own source, in order and without overlap."""
    hints = _all(telegram, reading, Lexicon.shipped())
    found = sorted(hints, key=lambda hint: (hint.span.start, -len(hint.span)))
    kept: list[FormHint] = []
    for hint in found:
        seen = hint.span.of(reading.source.text)
        if "\n" in seen or not hint.options or not seen.strip():
            continue
        if kept and hint.span.start < kept[-1].span.end:
            continue
        kept.append(hint)
    contested = [vote for vote in form_votes(telegram, reading) if vote.plain]
    return tuple(_contested(hint, contested) for hint in kept)


def _contested(hint: FormHint, votes: Sequence[Vote]) -> FormHint:
    """The hint with what can be read plainly beside what the other places have: it stays doubtful."""
    options = list(hint.options)
    for vote in votes:
        if hint.span.covers(vote.span):
            options += [
                option.replace(vote.agreed, vote.seen) for option in hint.options if vote.agreed in option
            ]
    return replace(hint, options=tuple(dict.fromkeys(options)))


def _all(telegram: Telegram, reading: Reading, lexicon: Lexicon) -> Iterator[FormHint]:
    walk = walk_of(reading, lexicon)
    if walk.noisy:
        votes = form_votes(telegram, reading)
        for vote in votes:
            yield _voted(vote.span, [vote], reading)
        for span, detail, options in heading_hints(walk, telegram, reading, lexicon):
            at = _trimmed(span, reading)
            within = [vote for vote in votes if at.covers(vote.span)]
            stands = within and options == (at.of(reading.source.text),)
            yield _voted(at, within, reading) if stands else FormHint(span=at, detail=detail, options=options)
    yield from _captions(telegram, reading)
    yield from _class_lines(telegram, reading)
    for series in telegram.heading.series:
        if series.basis or series.alternatives:
            options = tuple(_series(value) for value in (series.value, *series.alternatives))
            yield FormHint(
                span=_trim(series.locus, reading), detail="a series number stands here", options=options
            )
    for footer in telegram.footers:
        # What is much longer has something else beside the footer, which would be lost.
        whole = FOOTER[0] < len(footer.raw) / len(footer.value) < FOOTER[1]
        if footer.value in noisy.DEPARTMENT_FOOTERS and whole:
            yield FormHint(
                span=_trim(footer.locus, reading), detail="the footer of every page", options=(footer.value,)
            )
    for release in telegram.releases:
        if release.kind == "current marking":
            detail = "a stamp of the current marking"
            yield FormHint(span=_trim(release.locus, reading), detail=detail, options=(release.value,))
    yield from _cited_series(reading, lexicon)
    yield from _labels(telegram, reading)
    yield from _words(telegram, reading)
    for instruction in telegram.heading.passing:
        for station in instruction.to:
            if station.post and station.name != station.post:
                yield from _station(station.name, station.post, instruction.locus, reading, lexicon)


def _voted(span: Span, votes: Sequence[Vote], reading: Reading) -> FormHint:
    """A stretch with what the telegram's other places have; what can be read otherwise stays beside it."""
    seen = text = span.of(reading.source.text)
    for vote in sorted(votes, key=lambda one: -one.span.start):
        at = vote.span.shift(-span.start)
        text = text[: at.start] + vote.agreed + text[at.end :]
    what = " and ".join(dict.fromkeys(vote.what for vote in votes))
    options = (text, seen) if any(vote.plain for vote in votes) else (text,)
    return FormHint(span=span, detail=f"the {what} as the telegram's other places have it", options=options)


def _series(value: SeriesNumber) -> str:
    return f"{value.series} {value.number}"


def _cited_series(reading: Reading, lexicon: Lexicon) -> Iterator[FormHint]:
    """Series numbers that the source still shows within its text, such as `TOSAL T 005`."""
    names = "|".join(r"\s?".join(series.name) for series in lexicon.series)
    pattern = re.compile(rf"(?<!\S)(?P<name>{names}) (?P<number>\d{{1,6}})(?!\w)")
    text = reading.source.text
    for match in pattern.finditer(text):
        name = "".join(match.group("name").split())
        if "\n" not in match.group() and match.group("name") != name:
            detail = "a number in a delegation's run"
            yield FormHint(
                span=Span(*match.span()), detail=detail, options=(f"{name} {match.group('number')}",)
            )


def _captions(telegram: Telegram, reading: Reading) -> Iterator[FormHint]:
    garbled = [c for c in telegram.heading.captions if c.basis]
    if not garbled:
        return
    lines = [place.line for place in telegram.places if place.part == "caption"]
    options = tuple(dict.fromkeys(v for c in garbled for v in (c.value, *c.alternatives)))
    for number in lines:
        yield FormHint(span=_line(number, reading), detail="a caption stands here", options=options)


def _class_lines(telegram: Telegram, reading: Reading) -> Iterator[FormHint]:
    heading = telegram.heading
    number, grade = heading.number, heading.classification
    if number is None or grade is None or number.value.post is None or number.alternatives:
        return
    for section in telegram.sections:
        if (
            section.locus
            and section.n
            and section.of
            and (section.basis or number.basis not in ("", CONTESTED))
        ):
            # The telegram writes its grade as this copy shows it best: letters apart, or the whole word.
            apart = len(section.raw.split(None, 1)[0]) < 5
            name = spaced(grade.value) if apart or grade.value == "UNCLASSIFIED" else grade.value
            final = " FINAL" if noisy.is_final(section.raw) else ""
            # A final section may leave its number out: `FINAL SECTION OF 2`.
            which = "" if final and not _NUMBERED.search(section.raw) else f" {section.n}"
            part = f"{final} SECTION{which} OF {section.of}"
            text = f"{name}{part} {number.value.post} {number.value.serial}"
            detail = "the class line of a section repeats grade, section, post and number"
            yield FormHint(span=_trim(section.locus, reading), detail=detail, options=(text,))


def _labels(telegram: Telegram, reading: Reading) -> Iterator[FormHint]:
    for paragraph in telegram.paragraphs:
        label: Field[str] = paragraph.label
        stop = f"{label.value}."
        if _PLAIN_LABEL.fullmatch(label.raw.strip()):
            # A figure that stands there plainly may be doubted; its neighbours never overwrite it.
            continue
        if label.basis == "sequence" and label.raw != stop and label.raw.strip():
            detail = f"paragraph {paragraph.path} by its neighbours"
            yield FormHint(span=_trim(label.locus, reading), detail=detail, options=(stop,))


def _nearest(seen: str, forms: Sequence[str]) -> str:
    """Which form of a word stands there: the drafter's, not the usual one."""
    return max(forms, key=lambda form: fuzz.ratio(shapes(form), shapes(seen)))


def _words(telegram: Telegram, reading: Reading) -> Iterator[FormHint]:
    """SUBJECT, SUMMARY, END OF SUMMARY and COMMENT where they are garbled."""
    subject = telegram.heading.subject
    if subject and subject.basis:
        line = reading.source.line_at(subject.locus.span.start)
        start = _line(line, reading).start
        if start < subject.locus.span.start:
            span = _trimmed(Span(start, subject.locus.span.start), reading)
            word = _nearest(span.of(reading.text), ("SUBJECT:", "SUBJ:"))
            yield FormHint(span=span, detail="the subject line", options=(word,))
    summary = telegram.summary
    if summary and summary.paragraph is None:
        text = reading.line_texts[summary.lines[0] - 1]
        end = noisy.summary_start(text.strip())
        if end is not None and not text.strip().startswith(("SUMMARY", "BEGIN SUMMARY")):
            yield _within(summary.lines[0], text, 0, end, "the summary begins here", "SUMMARY:", reading)
        text = reading.line_texts[summary.lines[-1] - 1]
        at = noisy.summary_end(text.strip())
        if at is not None and "END OF SUMMARY" not in text and "END SUMMARY" not in text:
            yield _within(
                summary.lines[-1],
                text,
                at,
                len(text.strip()),
                "the summary ends here",
                _nearest(text.strip()[at:], ("END OF SUMMARY.", "END SUMMARY.")),
                reading,
            )
    for paragraph in telegram.paragraphs:
        if "comment" in paragraph.roles and not paragraph.text.startswith("COMMENT"):
            text = reading.line_texts[paragraph.lines[0] - 1]
            body = text.strip()[len(paragraph.label.raw) :]
            lead = len(text.strip()) - len(body.lstrip())
            end = noisy.comment_start(body.lstrip())
            if end is not None:
                yield _within(
                    paragraph.lines[0], text, lead, lead + end, "a comment begins here", "COMMENT:", reading
                )


def _within(
    number: int, text: str, start: int, end: int, detail: str, option: str, reading: Reading
) -> FormHint:
    lead = len(text) - len(text.lstrip())
    at = reading.lines[number - 1].start + lead
    locus = reading.locus(Span(at + start, at + end))
    return FormHint(span=_trim(locus, reading), detail=detail, options=(option,))


def _station(name: str, post: str, locus: Locus, reading: Reading, lexicon: Lexicon) -> Iterator[FormHint]:
    entry = lexicon.post(post)
    if entry is None:
        return
    at = locus.span.of(reading.text).find(name) if not reading.edits else -1
    if at < 0 or "\n" in name or entry.kind not in ("embassy", "mission"):
        return
    mission = "US MISSION" if name.startswith("US MISSION") else "USMISSION"
    lead = "AMEMBASSY" if entry.kind == "embassy" else mission
    span = Span(locus.span.start + at, locus.span.start + at + len(name))
    yield FormHint(span=span, detail="a station of the pass instruction", options=(f"{lead} {entry.name}",))


def _line(number: int, reading: Reading) -> Span:
    return _trimmed(reading.source.lines[number - 1], reading)


def _trim(locus: Locus, reading: Reading) -> Span:
    return _trimmed(locus.span, reading)


def _trimmed(span: Span, reading: Reading) -> Span:
    text = span.of(reading.source.text)
    lead = len(text) - len(text.lstrip())
    stripped = text.strip()
    return Span(span.start + lead, span.start + lead + len(stripped))
