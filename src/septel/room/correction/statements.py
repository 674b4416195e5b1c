"""Statements and meetings of a record as a person judges or adds them; nobody is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from septel.archive import Archive, DossierDocument, held_document
from septel.errors import EditConflict, NotHeld, UsageError
from septel.record import IssueVocabulary
from septel.record.review import ObjectKind, Opinion, ReviewItem, ReviewLog, Verdict, checked, said_of
from septel.text import Span, check_typed


class ReviewOvertaken(EditConflict):
    """Another person said something of the words after they were looked at."""


def judge(
    archive: Archive,
    holding: str,
    place: str,
    verdict: str,
    fields: Mapping[str, str],
    *,
    seen: int,
    by: str,
    why: str = "",
) -> int:
    """Say of a statement that it is right, wrong, or otherwise; gives the number of the entry.

    Args:
        archive: where.
        holding: the document.
        place: of the statement's words in the source, as `412-520`.
        verdict: `accepted`, `rejected` or `corrected`.
        fields: what it is in truth, where it is corrected; what is the same changes nothing.
        seen: how many entries the review had when the person looked.
        by: who says so.
        why: the reason.

    Raises:
        NotHeld: there is no such statement.
        ReviewOvertaken: another person judged it after that.
        UsageError: nothing was said, or a value is none for its field.
    """
    document = held_document(archive, holding)
    item = _item(document, place)
    span = item.excerpt.locus.span
    _check_unseen(document.log, span, seen)
    ground = dict(said_of(item.proposed if verdict == "rejected" and item.proposed else item.thing))
    changed = {name: value for name, value in fields.items() if value != ground.get(name)}
    said = dict(checked(item.kind, changed, IssueVocabulary.shipped()))
    if verdict not in ("accepted", "rejected", "corrected") or (verdict == "corrected" and not said):
        raise UsageError(
            "nothing was said of the statement", remedy="Say that it is right, wrong, or what it is."
        )
    if ground and item.excerpt.paragraph:
        ground["paragraph"] = item.excerpt.paragraph
    if "speaker" in said and "side" not in said:
        ground.pop("side", None)
    opinion = Opinion(
        kind=item.kind,
        verdict=Verdict(verdict),
        span=span,
        said=tuple((ground | (said if verdict == "corrected" else {})).items()),
        reason=why,
    )
    return _kept(archive, document.log, opinion, by)


def add(
    archive: Archive,
    holding: str,
    span: Span,
    kind: str,
    fields: Mapping[str, str],
    *,
    seen: int,
    by: str,
    why: str = "",
) -> int:
    """Add a statement or meeting that no rule found; gives the number of the entry.

    Args:
        archive: where.
        holding: the document.
        span: its words in the source.
        kind: `statement` or `meeting`.
        fields: what it is; empty ones say nothing.
        seen: how many entries the review had when the person looked.
        by: who says so.
        why: the reason.

    Raises:
        ReviewOvertaken: another person said something of the same words after that.
        UsageError: a statement has neither speaker nor side, or a value is none for its field.
    """
    if kind not in (ObjectKind.STATEMENT, ObjectKind.MEETING):
        raise UsageError("only statements and meetings are added", remedy="Say which of the two it is.")
    given = {name: value for name, value in fields.items() if value}
    if kind == ObjectKind.STATEMENT and not given.keys() & {"speaker", "side"}:
        raise UsageError("a statement has a speaker or a side", remedy="Say who speaks, or for which side.")
    said = checked(ObjectKind(kind), given, IssueVocabulary.shipped())
    log = archive.reviews(holding)
    _check_unseen(log, span, seen)
    opinion = Opinion(kind=ObjectKind(kind), verdict=Verdict.ADDED, span=span, said=said, reason=why)
    return _kept(archive, log, opinion, by)


def _kept(archive: Archive, log: ReviewLog, opinion: Opinion, by: str) -> int:
    check_typed(opinion.reason, "a reason")
    log = log.add(opinion, by=by, at=datetime.now(UTC))
    archive.review(log)
    return len(log.entries)


def _check_unseen(log: ReviewLog, span: Span, seen: int) -> None:
    since = [one for one in log.entries if one.number > seen and one.opinion is not None]
    others = [one for one in since if one.opinion is not None and one.opinion.span == span]
    if others:
        raise ReviewOvertaken(
            f"{others[-1].by} has judged it since you looked. Nothing was changed",
            remedy="Look again, and judge if you still want to.",
        )


def _item(document: DossierDocument, place: str) -> ReviewItem:
    for item in document.reviewed.items:
        span = item.excerpt.locus.span
        if item.kind is ObjectKind.STATEMENT and place == f"{span.start}-{span.end}":
            return item
    raise NotHeld("the record has no such statement", where=document.id)
