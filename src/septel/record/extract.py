"""Builds the record of one document from its parts."""

from __future__ import annotations

from dataclasses import replace

from septel.record.attribution import Attributor
from septel.record.layout import DocumentLayout, Prose, ReadingText, is_worn, paper_of
from septel.record.layout import memorandum as memoranda
from septel.record.meetings import (
    assessments_of,
    claims_of,
    meetings_of,
    next_meeting,
    participants_of,
    texts_of,
)
from septel.record.model import Excerpt, IssueTag, Record, Unread
from septel.record.people import MentionFinder, Rosters, cast_of
from septel.record.statements import (
    FLOOR,
    DraftStatement,
    IssueVocabulary,
    confidence_of,
    read_share,
    statements_of,
)
from septel.telegram import Telegram, parse
from septel.text import Ground, Reading

COMPONENTS = (
    "rosters",
    "offices",
    "pronoun",
    "continuing",
    "governing",
    "noise",
    "acts",
    "issues",
    "context",
    "links",
    "floor",
)
"""What can be left out, to measure what it adds."""


def record_of(
    telegram: Telegram | None,
    reading: Reading,
    *,
    rosters: Rosters | None = None,
    vocabulary: IssueVocabulary | None = None,
    without: frozenset[str] = frozenset(),
) -> Record:
    """What one document says of a negotiation, every part tied to the words that prove it.

    A memorandum of conversation is known by its heading and read as such, whatever `telegram` says;
    pass None for `telegram` where none was parsed. Of a bad copy that was not restored nothing is claimed.

    Args:
        telegram: the document as the grammar reads it.
        reading: the reading that it was parsed from.
        rosters: who spoke for whom; the shipped ones if None.
        vocabulary: the issues; the shipped one if None.
        without: names in `COMPONENTS` to leave out, for measuring what each adds.
    """
    rosters = Rosters(()) if "rosters" in without else rosters or Rosters.shipped()
    vocabulary = vocabulary or IssueVocabulary.shipped()
    edited = memoranda.is_memorandum(Reading.of(reading.source))
    if edited and not is_worn(reading.source.text):
        # An edited print is no worn copy: what a restorer made for telegrams doubts in it (dashes, bullets,
        # numbers of notes) is no damage. What persons decided holds.
        decided = (e for e in reading.edits if e.reason.ground is Ground.DECISION)
        reading = Reading.of(reading.source, decided)
    carried = ReadingText.of(reading)
    if edited:
        paper = memoranda.read(carried)
    else:
        telegram = telegram or parse(reading)
        paper = paper_of(telegram, carried)
    noisy = not edited and is_worn(reading.source.text)
    author = paper.signer.words.strip() if paper.signer else paper.drafter or paper.origin or None
    empty = Record(
        source_id=reading.source.id, title=paper.title, kind=paper.kind, date=paper.date, author=author
    )
    if noisy and not reading.edits:
        return replace(empty, unread=_unrestored(paper))
    finder = MentionFinder(
        cast_of(paper, rosters),
        noisy=noisy and "noise" not in without,
        learn="rosters" not in without,
        home=_home(paper, edited),
    )
    found = Attributor(paper, finder, noisy=noisy, without=without).run()
    cast = finder.cast
    reporter = cast.author.person.surname if cast.author else (author or "")
    made = statements_of(
        found.sayings, vocabulary, paper.date, reporter, without, _subject(paper, vocabulary)
    )
    made, unread = _trusted(made, without)
    unread += [
        Unread(excerpt=block.prose.excerpt(start, end), why=why) for block, start, end, why in found.adrift
    ]
    deeds = [d for d in found.deeds if read_share(d.block.prose, d.start, d.end) >= FLOOR]
    participants = participants_of(paper, cast, made, deeds)
    coming = next_meeting(telegram, reading) if telegram is not None and not edited else None
    meetings = meetings_of(paper, participants, deeds, made, coming)
    held = next((m.id for m in meetings if m.status == "held"), None)
    claims = claims_of(paper.blocks)
    kept = {m.statement.id for m in made}
    statements = tuple(
        replace(
            m.statement,
            meeting=held,
            answers=m.statement.answers if m.statement.answers in kept else None,
            repeats=tuple(i for i in m.statement.repeats if i in kept),
            summarises=tuple(i for i in m.statement.summarises if i in kept),
        )
        for m in made
    )
    return replace(
        empty,
        author_person=cast.author.person if cast.author else None,
        participants=participants,
        meetings=meetings,
        statements=statements,
        texts=texts_of(deeds, made, paper.blocks),
        claims=claims,
        assessments=assessments_of(paper, finder, author or "", vocabulary),
        unread=tuple(sorted(unread, key=lambda u: u.excerpt.locus.span.start)),
    )


def _home(paper: DocumentLayout, edited: bool) -> Excerpt | None:
    """The heading, where a document is of the United States' own: THE PRESIDENT then is theirs."""
    heading = paper.heading
    if heading is None or not edited:
        return None
    own = paper.kind not in ("telegram", "message", "letter") or "FROM THE DEPARTMENT" in heading.plain
    return heading.excerpt(0, len(heading.text)) if own or paper.listed else None


def _subject(paper: DocumentLayout, vocabulary: IssueVocabulary) -> tuple[IssueTag, ...]:
    """The issues that the subject line names."""
    prose = paper.subject
    if prose is None:
        return ()
    return tuple(
        IssueTag(issue=issue.id, shown_by=prose.excerpt(m.start(), m.end()))
        for issue, m in vocabulary.find(prose.plain, paper.date)
    )


def _trusted(
    made: list[DraftStatement], without: frozenset[str]
) -> tuple[list[DraftStatement], list[Unread]]:
    """Give each statement its confidence; what falls under the floor is listed and not claimed."""
    kept: list[DraftStatement] = []
    unread: list[Unread] = []
    for item in made:
        saying = item.saying
        confidence = confidence_of(saying)
        read = read_share(saying.block.prose, saying.start, saying.end)
        low = (confidence.probability if confidence else read) < FLOOR or read < FLOOR
        if low and "floor" not in without:
            unread.append(Unread(excerpt=item.statement.excerpt, why="too many of its words are in doubt"))
            continue
        kept.append(replace(item, statement=replace(item.statement, confidence=confidence)))
    return kept, unread


def _unrestored(paper: DocumentLayout) -> tuple[Unread, ...]:
    why = "a bad copy that was not restored"
    whole: list[Prose] = [block.prose for block in paper.blocks]
    return tuple(Unread(excerpt=prose.excerpt(0, len(prose.text)), why=why) for prose in whole)
