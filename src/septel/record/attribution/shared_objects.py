"""Two verbs with one object: `A PROPOSED AND B REJECTED SUGGESTION THAT`: each did his own to the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.tokens import SubjectKind

_JOIN = re.compile(r",?\s+(?:AND|BUT|WHILE)(?: THE)?\s+(?:THE\s+)?")
_DOING = frozenset({"propose", "accept", "reject", "ask"})
_OBJECT = re.compile(r"\s+(?!THAT\b|TO\b|IF\b|WHETHER\b|IT\b|THIS\b)[A-Z]")


def share_object(plain: str, first: ReportingClause, second: ReportingClause) -> bool:
    """Whether a verb of saying has the object that stands behind the verb of another.

    Args:
        plain: the passage in upper case.
        first: a clause in which someone proposes, accepts, rejects or asks.
        second: the next clause of the sentence.
    """
    return (
        first.verb.group in _DOING
        and second.verb.group in _DOING
        and first.subject.kind is SubjectKind.PHRASE is second.subject.kind
        and not (first.modal or second.modal or first.negated or second.negated)
        and _JOIN.fullmatch(plain, first.end, second.subject.start) is not None
        and _OBJECT.match(plain, second.end) is not None
    )


def sharing(
    plain: str, found: Sequence[ReportingClause]
) -> tuple[ReportingClause, ReportingClause] | None:
    """The first two clauses of a sentence that share an object; None where none do."""
    pairs = zip(found, found[1:], strict=False)
    return next((pair for pair in pairs if share_object(plain, *pair)), None)
