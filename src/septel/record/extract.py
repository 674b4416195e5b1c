"""Builds the record of one document from its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from septel.record.attribution import Attribution, Attributor
from septel.record.layout import (
    DocumentLayout,
    Prose,
    ReadingText,
    is_worn,
    paper_of,
    with_bounded_blocks,
    with_typed_head,
)
from septel.record.layout import memorandum as memoranda
from septel.record.meetings import (
    assessments_of,
    attending_in,
    claims_of,
    meetings_of,
    next_meeting,
    participants_of,
    texts_of,
)
from septel.record.model import (
    Excerpt,
    IssueTag,
    Record,
    Speaker,
    SpeakerBasis,
    Statement,
    Unread,
    nation_of_place,
)
from septel.record.people import MentionFinder, Rosters, as_written, cast_of
from septel.record.statements import (
    FLOOR,
    DraftStatement,
    IssueVocabulary,
    Trust,
    act_told,
    confidence_of,
    is_garbled,
    names_issue,
    own_issue,
    read_share,
    statements_of,
    weighs,
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
    "besides",
    "own words",
)
"""What can be left out, to measure what it adds."""


def record_of(
    telegram: Telegram | None,
    reading: Reading,
    *,
    rosters: Rosters | None = None,
    vocabulary: IssueVocabulary | None = None,
    without: frozenset[str] = frozenset(),
    trust: Trust | None = None,
    day: str | None = None,
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
        trust: the models of confidence; the shipped ones if None.
        day: the document's date as a catalogue has it, ISO; taken where the text tells none.
    """
    draft = _draft(telegram, reading, rosters, vocabulary, without)
    paper, found, finder, reading = draft.paper, draft.found, draft.finder, draft.reading
    author = paper.signer.words.strip() if paper.signer else paper.drafter or paper.origin or None
    empty = Record(
        source_id=reading.source.id,
        title=paper.title,
        kind=paper.kind,
        date=paper.date or day,
        author=author,
        author_shown_by=paper.signer,
    )
    if draft.unrestored:
        return replace(empty, unread=_unrestored(paper))
    cast = finder.cast
    made, unread = _trusted(draft, without, trust or Trust.shipped())
    unread += [
        Unread(excerpt=block.prose.excerpt(start, end), why=why) for block, start, end, why in found.adrift
    ]
    deeds = [d for d in found.deeds if read_share(d.block.prose, d.start, d.end) >= FLOOR]
    participants = participants_of(paper, cast, made, deeds, attending_in(paper, finder))
    coming = next_meeting(draft.telegram, reading) if draft.telegram is not None else None
    meetings = meetings_of(replace(paper, date=empty.date), participants, deeds, made, coming)
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
    whole = replace(
        empty,
        author_person=cast.author.person if cast.author else None,
        participants=participants,
        meetings=meetings,
        statements=statements,
        texts=texts_of(deeds, made, paper.blocks),
        claims=claims,
        assessments=assessments_of(
            paper, finder, author or "", draft.vocabulary, frozenset(m.saying.block.path for m in made)
        ),
        unread=tuple(sorted(unread, key=lambda u: u.excerpt.locus.span.start)),
    )
    return as_written(whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A document as far as it is read before anything is held back.

    Attributes:
        telegram: as the grammar reads it; None for an edited print.
        unrestored: whether it is a bad copy that was not restored.
    """

    paper: DocumentLayout
    telegram: Telegram | None
    reading: Reading
    finder: MentionFinder
    vocabulary: IssueVocabulary
    found: Attribution
    made: tuple[DraftStatement, ...]
    unrestored: bool = False


def _draft(
    telegram: Telegram | None,
    reading: Reading,
    rosters: Rosters | None,
    vocabulary: IssueVocabulary | None,
    without: frozenset[str],
) -> _Draft:
    rosters = Rosters(()) if "rosters" in without else rosters or Rosters.shipped()
    edited = memoranda.is_memorandum(Reading.of(reading.source))
    if edited and not is_worn(reading.source.text):
        # An edited print is no worn copy: what a restorer made for telegrams doubts in it (dashes, bullets,
        # numbers of notes) is no damage. What persons decided holds.
        decided = (e for e in reading.edits if e.reason.ground is Ground.DECISION)
        reading = Reading.of(reading.source, decided)
    carried = ReadingText.of(reading)
    telegram = None if edited else telegram or parse(reading)
    paper = memoranda.read(carried) if telegram is None else with_typed_head(paper_of(telegram, carried))
    paper = with_bounded_blocks(paper)
    vocabulary = _vocabulary(vocabulary or IssueVocabulary.shipped(), paper, carried)
    noisy = not edited and is_worn(reading.source.text)
    finder = MentionFinder(
        cast_of(paper, rosters),
        noisy=noisy and "noise" not in without,
        learn="rosters" not in without,
        home=_home(paper, edited),
        abroad=_is_abroad(paper),
    )
    unrestored = noisy and not reading.edits
    found = Attribution() if unrestored else Attributor(paper, finder, noisy=noisy, without=without).run()
    cast = finder.cast
    author = paper.signer.words.strip() if paper.signer else paper.drafter or paper.origin
    reporter = cast.author.person.surname if cast.author else author
    reporter = paper.source or reporter
    made = statements_of(
        found.sayings, vocabulary, paper.date, reporter, without, _subject(paper, vocabulary, telegram)
    )
    return _Draft(
        paper=paper,
        telegram=telegram,
        reading=reading,
        finder=finder,
        vocabulary=vocabulary,
        found=found,
        made=tuple(made),
        unrestored=unrestored,
    )


def statements_made(reading: Reading) -> tuple[tuple[DraftStatement, str], ...]:
    """Every statement of a document before any is held back, with the kind of document; for fitting."""
    draft = _draft(None, reading, None, None, frozenset())
    return tuple((made, draft.paper.kind) for made in draft.made)


def _home(paper: DocumentLayout, edited: bool) -> Excerpt | None:
    """The heading, where a document is of the United States' own: THE PRESIDENT then is theirs."""
    heading = paper.heading
    if heading is None or not edited:
        return None
    own = paper.kind not in ("telegram", "message", "letter") or "FROM THE DEPARTMENT" in heading.plain
    if paper.kind in ("memorandum", "despatch", "airgram") and _is_abroad(paper):
        return None  # written at a post: THE PRESIDENT may be the one whose land it is
    return heading.excerpt(0, len(heading.text)) if own or paper.listed else None


def _is_abroad(paper: DocumentLayout) -> bool:
    return paper.place is not None and nation_of_place(paper.place.words.upper()) not in (None, "US")


def _vocabulary(vocabulary: IssueVocabulary, paper: DocumentLayout, carried: ReadingText) -> IssueVocabulary:
    topics = {block.topic.words for block in paper.blocks if block.topic}
    heading = " ".join((paper.title, paper.subject.text if paper.subject else "", *sorted(topics)))
    return vocabulary.of_document(heading, carried.text)


def _subject(
    paper: DocumentLayout, vocabulary: IssueVocabulary, telegram: Telegram | None
) -> tuple[IssueTag, ...]:
    """The issues that the subject line names; if the vocabulary has none, the TAGS, else its own words."""
    prose = paper.subject
    found = tuple(
        IssueTag(issue=issue.id, shown_by=prose.excerpt(m.start(), m.end()))
        for issue, m in (vocabulary.find(prose.plain, paper.date) if prose is not None else ())
        if prose is not None
    )
    if found:
        return found
    tags = telegram.heading.tags if telegram is not None else None
    codes = tuple(tag for tag in tags.value if not tag.startswith("(")) if tags is not None else ()
    if tags is not None and codes:  # whom a line names in brackets is a person, and no issue
        source = paper.carried.reading.source
        shown = Excerpt(
            words=tags.locus.span.of(source.text),
            locus=tags.locus,
            paragraph="tags",
            line=source.line_at(tags.locus.span.start),
        )
        return tuple(IssueTag(issue=tag, shown_by=shown) for tag in codes)
    if prose is None or not prose.text.strip():
        return ()
    shown = prose.excerpt(0, len(prose.text))
    return (own_issue(shown),) if names_issue(shown) else ()


def _trusted(
    draft: _Draft, without: frozenset[str], trust: Trust
) -> tuple[list[DraftStatement], list[Unread]]:
    """Give each statement its confidence; list what is likely nobody's, or can't be read."""
    kept: list[DraftStatement] = []
    unread: list[Unread] = []
    kind = draft.paper.kind
    for item in draft.made:
        saying = item.saying
        confidence, said, speaker = confidence_of(saying, kind, trust)
        if "floor" not in without:
            if is_garbled(saying.block.prose, saying.start, saying.end):
                unread.append(
                    Unread(excerpt=item.statement.excerpt, why="too many of its words are in doubt")
                )
                continue
            if said < trust.show:
                unread.append(Unread(excerpt=item.statement.excerpt, why="perhaps the reporter's own words"))
                continue
            if confidence is not None and said * speaker < trust.name_from:
                item, confidence = _unnamed(item), None
        statement = replace(item.statement, confidence=confidence)
        if "acts" not in without:
            statement = _acted(statement, item, kind, trust, draft.vocabulary)
        kept.append(replace(item, statement=statement))
    return kept, unread


def _acted(
    statement: Statement, item: DraftStatement, kind: str, trust: Trust, vocabulary: IssueVocabulary
) -> Statement:
    """The statement with its act, as far as that can be told."""
    act, likely = act_told(item.statement, item.saying, kind, trust)
    if act is statement.act:
        return replace(statement, act_confidence=likely)
    takes = bool(statement.issues) and weighs(item.saying, act, statement.issues, vocabulary)
    return replace(statement, act=act, act_confidence=likely, verb=None, principal=takes)


def _unnamed(item: DraftStatement) -> DraftStatement:
    """The statement with its speaker left open."""
    said = item.statement.speaker
    speaker = Speaker(person=None, side=None, resolution=SpeakerBasis.UNKNOWN, mention=said.mention)
    return replace(item, statement=replace(item.statement, speaker=speaker))


def _unrestored(paper: DocumentLayout) -> tuple[Unread, ...]:
    why = "a bad copy that was not restored"
    whole: list[Prose] = [block.prose for block in paper.blocks]
    return tuple(Unread(excerpt=prose.excerpt(0, len(prose.text)), why=why) for prose in whole)
