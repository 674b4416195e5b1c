"""Views over records: positions, open points, texts in play, suggestions. Recomputed, never stored.

Nothing here holds a word, a name or a figure of its own: every view is made of statements and what they hold.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from septel.record.model import Claim, Meeting, OpenState, Record, Stance, Statement, TextInPlay, side_key
from septel.record.views.acceptance import accepts
from septel.record.views.chief import NO_ISSUE, chief_of
from septel.record.views.types import Cell, Group, OpenPoint, Suggestion, SuggestionKind

_WORD = re.compile(r"[A-Z]{4,}")


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records by date; those without one last, in the order given."""
    return sorted(records, key=lambda r: (r.date is None or not r.date[:1].isdigit(), r.date or ""))


def positions(records: Iterable[Record], *, until: str | None = None) -> tuple[Cell, ...]:
    """Issue by side by time: for each document, what each side holds on each issue that it speaks to.

    What a side says where no issue is stated stands under `NO_ISSUE`. A statement whose side is not known is
    in no cell.

    Args:
        records: the records to fold.
        until: leave out documents after this ISO date.
    """
    cells: list[Cell] = []
    for record in in_order(records):
        if until and record.date and record.date > until:
            continue
        found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for statement in record.counted:
            if statement.side is None:
                continue
            for issue in statement.issue_ids or (NO_ISSUE,):
                found[issue, statement.side].append(statement)
        for (issue, side), held in sorted(found.items(), key=lambda item: item[0]):
            chief = chief_of(issue, held)
            cells.append(
                Cell(
                    issue=issue,
                    side=side,
                    date=record.date,
                    stance=chief.stance,
                    chief=chief,
                    statements=tuple(held),
                    date_doubtful=record.date_doubtful,
                )
            )
    return tuple(cells)


def open_points(records: Iterable[Record]) -> tuple[OpenPoint, ...]:
    """Questions without an answer, and proposals with what the other side said to them.

    What is only hoped or thanked for is no proposal that waits for an answer.
    """
    points: list[OpenPoint] = []
    ordered = in_order(records)
    said = [s for record in ordered for s in record.counted]
    for record in ordered:
        for question in record.questions:
            answer = (question.answer,) if question.answer else ()
            points.append(
                OpenPoint(
                    what="question",
                    state=question.state,
                    issues=question.asked.issue_ids,
                    statements=(question.asked, *answer),
                )
            )
    accepting = _Accepting(said)
    answered = {one.answers for one in said if one.answers}
    for index, statement in enumerate(said):
        if statement.stance is Stance.PROPOSES and statement.issue_ids and not _only_hoped(statement):
            follows = next(iter(said[index + 1 : index + 2]), None)
            accepted = [
                one
                for one in accepting.after(index, statement)
                if accepts(one, statement, at_once=one is follows and _of_one(one, statement))
            ]
            points.append(_proposal(statement, accepted, answered=statement.id in answered))
    return tuple(points)


_HOPED = re.compile(
    r"\b(?:HOP(?:E[DS]?|ING)|WISH(?:ED|ES|ING)?|THANK(?:ED|S|ING)?|APPRECIAT\w+|GLAD|PLEASED)\b"
)


def _only_hoped(statement: Statement) -> bool:
    """Whether what is asked for is only hoped, wished or thanked for: nobody waits for an answer."""
    return statement.verb is not None and _HOPED.search(statement.verb.words.upper()) is not None


class _Accepting:
    """The statements that accept something, by what they speak of: few of all, so none else is looked at."""

    def __init__(self, said: Sequence[Statement]) -> None:
        self._said = said
        self._sides: dict[int, str | None] = {}
        self._of_issue: dict[str, list[int]] = defaultdict(list)
        self._answering: dict[str, list[int]] = defaultdict(list)
        for index, statement in enumerate(said):
            if statement.stance is Stance.ACCEPTS and statement.side is not None:
                self._sides[index] = side_key(statement.side)
                for issue in statement.issue_ids:
                    self._of_issue[issue].append(index)
                if statement.answers:
                    self._answering[statement.answers].append(index)

    def after(self, index: int, proposal: Statement) -> list[Statement]:
        """Those of another side after a proposal that answer it, or speak of its issues, in their order."""
        found = set(self._answering.get(proposal.id, ()))
        for issue in dict.fromkeys(proposal.issue_ids):
            of_issue = self._of_issue.get(issue, [])
            found.update(of_issue[bisect_right(of_issue, index) :])
        own, sides = side_key(proposal.side), self._sides
        return [self._said[one] for one in sorted(found) if one > index and sides[one] != own]


def _of_one(one: Statement, other: Statement) -> bool:
    return one.excerpt.locus.source_id == other.excerpt.locus.source_id


def _proposal(proposal: Statement, accepted: Sequence[Statement], *, answered: bool) -> OpenPoint:
    left = OpenState.ANSWERED if answered else OpenState.OPEN
    state = OpenState.ACCEPTED_BY_BOTH if accepted else left
    return OpenPoint(
        what="proposal", state=state, issues=proposal.issue_ids, statements=(proposal, *accepted)
    )


def texts_in_play(records: Iterable[Record]) -> tuple[tuple[TextInPlay, ...], tuple[Claim, ...]]:
    """The texts that the records speak of, and what they claim of their sameness."""
    ordered = in_order(records)
    return (
        tuple(text for record in ordered for text in record.texts),
        tuple(claim for record in ordered for claim in record.claims),
    )


def all_meetings(records: Iterable[Record]) -> tuple[Meeting, ...]:
    """Every meeting once; one reported by several documents names them all."""
    merged: dict[str, Meeting] = {}
    for record in in_order(records):
        for meeting in record.meetings:
            known = merged.get(meeting.id)
            if known is None:
                merged[meeting.id] = meeting
                continue
            first, second = (known, meeting) if known.status == "held" else (meeting, known)
            seen = {p.person.key for p in first.participants}
            merged[meeting.id] = replace(
                first,
                place=first.place or second.place,
                host=first.host or second.host,
                time=first.time or second.time,
                weekday=first.weekday or second.weekday,
                participants=first.participants
                + tuple(p for p in second.participants if p.person.key not in seen),
                events=first.events + second.events,
                reported_by=tuple(dict.fromkeys((*first.reported_by, *second.reported_by))),
            )
    return tuple(sorted(merged.values(), key=lambda m: (m.date is None, m.date or "", m.status != "held")))


def suggestions(records: Iterable[Record]) -> tuple[Suggestion, ...]:
    """Pairs of statements of one side on one issue in which it says the same again, ranked.

    A suggestion is for a person to judge; no view counts it. Two statements are offered that say the same, by
    most of the longer one's words. What may contradict, move or concede was tried by stances, negation and
    figures: of 17 such pairs read beside each other none was right, so none is suggested. A measure of seven
    in ten is asked of what is shown.
    """
    said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for record in in_order(records):
        for statement in record.counted:
            if statement.side:
                for issue in statement.issue_ids:
                    said[issue, side_key(statement.side) or ""].append(statement)
    words = {s.id: _content_words(s) for held in said.values() for s in held}
    spread = Counter(word for own in words.values() for word in own)
    found: dict[tuple[str, str], Suggestion] = {}
    for held in said.values():
        for earlier, later in _near(held, words, spread):
            one, other = words[earlier.id], words[later.id]
            shared_part = len(one & other) / max(1, len(one), len(other))
            if shared_part >= _SAME:
                made = Suggestion(
                    kind=SuggestionKind.REPETITION,
                    earlier=earlier,
                    later=later,
                    why="the same words",
                    rank=round(shared_part, 3),
                )
                found.setdefault((earlier.id, later.id), made)
    return tuple(sorted(found.values(), key=lambda s: -s.rank))


def _near(
    held: Sequence[Statement], words: Mapping[str, frozenset[str]], spread: Mapping[str, int]
) -> Iterator[tuple[Statement, Statement]]:
    """Pairs that may say the same, each once: who shares so much shares one of the rarest words.

    Of n words, all but the rarest n - 0.7 n + 1 are too few to make up seven in ten (the prefix filter of
    joins by likeness; Chaudhuri, Ganti & Kaushik 2006).
    """
    having: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[int, int]] = []
    sizes = [len(words[one.id]) + 1e-9 for one in held]
    for at, later in enumerate(held):
        own = sorted(words[later.id], key=lambda word: (spread[word], word))
        rarest = own[: len(own) - math.ceil(_SAME * len(own) - 1e-9) + 1]
        least, most = _SAME * len(own), len(own) / _SAME + 1e-6
        pairs += [
            (before, at)
            for before in {one for word in rarest for one in having[word]}
            if least <= sizes[before] <= most and held[before].polarity is later.polarity
        ]
        for word in rarest:
            having[word].append(at)
    for before, at in sorted(pairs):
        yield held[before], held[at]


_SAME = 0.7
"""Share of the longer statement's words that a repetition has."""


def unmatched(records: Iterable[Record], *, least: int = 2) -> tuple[Group, ...]:
    """Statements that touch no issue, grouped by the rarer words that they share; offered, not forced."""
    loose = [s for record in in_order(records) for s in record.counted if not s.issues]
    spread = Counter(word for s in loose for word in _content_words(s))
    groups: list[Group] = []
    taken: set[str] = set()
    for word, count in sorted(spread.items(), key=lambda item: (-item[1], item[0])):
        if count < least or count > max(3, len(loose) // 3):
            continue
        members = [s for s in loose if s.id not in taken and word in _content_words(s)]
        if len(members) >= least:
            taken |= {s.id for s in members}
            groups.append(Group(words=(word,), statements=tuple(members)))
    return tuple(groups)


_COMMON = frozenset(
    [
        "THAT",
        "THIS",
        "THESE",
        "THOSE",
        "WITH",
        "FROM",
        "HAVE",
        "BEEN",
        "WOULD",
        "COULD",
        "SHOULD",
        "WERE",
        "WILL",
        "THEIR",
        "THEY",
        "THERE",
        "WHICH",
        "WHAT",
        "WHEN",
        "ALSO",
        "SAID",
        "THEN",
        "THAN",
        "SOME",
        "SUCH",
        "INTO",
        "ABOUT",
        "OTHER",
        "ONLY",
        "VERY",
        "MUST",
        "UPON",
        "OVER",
        "MORE",
        "SOVIET",
        "UNITED",
        "STATES",
        "UNION",
        "SIDE",
        "GOVERNMENT",
        "PRESIDENT",
        "AMBASSADOR",
        "SECRETARY",
        "BECAUSE",
    ]
)


def _content_words(statement: Statement) -> frozenset[str]:
    return frozenset(_WORD.findall(statement.content.words.upper())) - _COMMON
