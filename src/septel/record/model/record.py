"""The record of one document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from septel.record.model.events import Assessment, Claim, Meeting, Participation, Question, TextInPlay, Unread
from septel.record.model.statement import BY_PERSON, Act, Excerpt, Person, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that one document says of a negotiation.

    Attributes:
        source_id: the source that it was read from.
        title: the telegram's number or the document's heading.
        kind: `telegram`, `memorandum of conversation`, ...
        date: ISO 8601 as far as known.
        date_doubtful: whether the date was read with a doubt.
        author: who reports: signer, drafter or post; None where not told.
        author_person: the author as a person, where known.
        author_shown_by: the words that name the author, where the text does; by them views mark its doubts.
        participants: everyone at any of its meetings.
        unread: passages that fell under the floor.
    """

    source_id: str
    title: str
    kind: str
    date: str | None = None
    date_doubtful: bool = False
    author: str | None = None
    author_person: Person | None = None
    author_shown_by: Excerpt | None = None
    participants: tuple[Participation, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    texts: tuple[TextInPlay, ...] = ()
    claims: tuple[Claim, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def counted(self) -> tuple[Statement, ...]:
        """The statements without those of a summary, which say again what the paragraphs say."""
        body = any(not s.in_summary for s in self.statements)
        return tuple(s for s in self.statements if not s.summarises and not (body and s.in_summary))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question with its answer.

        What follows a question and is nobody's (the reporter's remark on it, perhaps) is no answer to it,
        unless its verb or a person says that it answers. Where a verb of saying reports it, somebody said it
        who can't be told: he answers perhaps.
        """
        told = [s for s in reversed(self.statements) if s.answers and s.act is not Act.ASKS]
        follows = {s.answers: s for s in told if not _is_somebody_s(s) and s.content.locus != s.excerpt.locus}
        answers = {s.answers: s for s in reversed(self.statements) if s.answers and _is_somebody_s(s)}
        return tuple(
            Question(
                asked=s,
                answer=answers.get(s.id) or follows.get(s.id),
                perhaps=s.id not in answers and s.id in follows,
            )
            for s in self.counted
            if s.act is Act.ASKS
        )

    @property
    def exchanges(self) -> tuple[tuple[Statement, Statement], ...]:
        """Each statement that answers another, after the one that it answers."""
        known = {s.id: s for s in self.statements}
        return tuple((known[s.answers], s) for s in self.statements if s.answers in known and s.answers)

    @property
    def next_meeting(self) -> Meeting | None:
        """The meeting that it announces."""
        return next((m for m in self.meetings if m.status == "announced"), None)

    def statement(self, id: str) -> Statement | None:
        """The statement of this id."""
        return next((s for s in self.statements if s.id == id), None)

    def excerpts(self) -> Iterator[Excerpt]:
        """Every excerpt that anything in the record holds, for checks against the source."""
        for s in self.statements:
            yield from (s.excerpt, s.content, s.speaker.mention)
            yield from (e for e in (s.verb,) if e)
            yield from (*s.conditions, *s.hedges, *s.reporter_hedges, *s.numbers)
            yield from (tag.shown_by for tag in s.issues)
        for m in self.meetings:
            yield m.shown_by
            yield from (p.shown_by for p in m.participants)
            for e in m.events:
                yield from (e.excerpt, e.actor.mention)
        yield from (p.shown_by for p in self.participants)
        yield from (t.shown_by for t in self.texts)
        for c in self.claims:
            yield from (c.excerpt, *c.exceptions)
        for a in self.assessments:
            yield from (a.excerpt, *a.hedges)
        yield from (u.excerpt for u in self.unread)


def _is_somebody_s(answer: Statement) -> bool:
    told = answer.speaker.person is not None or answer.side is not None
    return told or answer.act is Act.ANSWERS or answer.rule.startswith(BY_PERSON)
