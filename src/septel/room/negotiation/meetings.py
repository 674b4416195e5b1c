"""One meeting: who was there, what was said and done in which order, what was asked, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from septel.record import Event, Meeting, Participation, Question, Statement
from septel.room.negotiation.views import RecordViews


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something said or done at a meeting.

    Attributes:
        said, done: the one or the other.
        number: of a statement that is answered or answers, so that both can be found; 0 otherwise.
        answers: the number of the statement that this one answers; 0 where it answers none.
    """

    said: Statement | None = None
    done: Event | None = None
    number: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """What the page of a meeting shows.

    Attributes:
        sides: the participants by side, those without a side last.
        moments: what was said and done, document by document in the order of the page.
        questions: what was asked, with the answer where one follows.
        announced: the meeting that its reports announce next.
        before, after: the meetings beside it by date.
    """

    meeting: Meeting
    sides: Sequence[tuple[str, Sequence[Participation]]]
    moments: Sequence[tuple[str, Sequence[Moment]]]
    questions: Sequence[Question]
    announced: Meeting | None
    before: Meeting | None
    after: Meeting | None


def meeting_view(views: RecordViews, meeting_id: str) -> MeetingView | None:
    """A meeting by its id; None where there is none."""
    place = next((n for n, one in enumerate(views.meetings) if one.id == meeting_id), None)
    if place is None:
        return None
    meeting = views.meetings[place]
    records = [views.by_source[one] for one in meeting.reported_by if one in views.by_source]
    moments: list[tuple[str, list[Moment]]] = []
    questions: list[Question] = []
    for record in records:
        said = [s for s in record.counted if s.meeting == meeting_id]
        done = [e for m in record.meetings if m.id == meeting_id for e in m.events]
        questions += [one for one in record.questions if one.asked.meeting == meeting_id]
        found = _ordered(said, done)
        if found:
            moments.append((record.source_id, found))
    beside = views.meetings
    return MeetingView(
        meeting=meeting,
        sides=_by_side(meeting),
        moments=moments,
        questions=questions,
        announced=next((m for r in records if (m := r.next_meeting) and m.id != meeting_id), None),
        before=beside[place - 1] if place else None,
        after=beside[place + 1] if place + 1 < len(beside) else None,
    )


def _by_side(meeting: Meeting) -> list[tuple[str, list[Participation]]]:
    found: dict[str, list[Participation]] = {}
    for one in meeting.participants:
        found.setdefault(one.person.side or "", []).append(one)
    return sorted(found.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))


def _ordered(said: Sequence[Statement], done: Sequence[Event]) -> list[Moment]:
    """Statements and events in the order of the page; those that belong together are numbered."""
    known = {s.id for s in said}
    paired = {s.id for s in said if s.answers in known} | {s.answers for s in said if s.answers in known}
    both: list[tuple[int, Statement | Event]] = [(s.excerpt.locus.span.start, s) for s in said]
    both += [(e.excerpt.locus.span.start, e) for e in done]
    both.sort(key=lambda pair: pair[0])
    numbers: dict[str, int] = {}
    for _, one in both:
        if isinstance(one, Statement) and one.id in paired:
            numbers[one.id] = len(numbers) + 1
    moments = []
    for _, one in both:
        if isinstance(one, Statement):
            answers = numbers.get(one.answers or "", 0)
            moments.append(Moment(said=one, number=numbers.get(one.id, 0), answers=answers))
        else:
            moments.append(Moment(done=one))
    return moments
