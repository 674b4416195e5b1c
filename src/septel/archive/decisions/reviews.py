"""What persons said of records: logs that are only added to, carried to newer captures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from septel.archive.audit import DECIDED, put_audit
from septel.archive.store import Database, newer_of, source_of
from septel.errors import StoreError
from septel.record.review import ReviewEntry, ReviewLog
from septel.text import Source, relocate


def review_log_of(connection: Database, source_id: str) -> ReviewLog:
    """The whole review log of a source."""
    rows = connection.execute("SELECT data FROM review WHERE source = ? ORDER BY number", [source_id])
    return ReviewLog(source_id, tuple(ReviewEntry.from_json(json.loads(data)) for (data,) in rows))


def put_reviews(connection: Database, log: ReviewLog, after: int) -> None:
    """Write the entries of a log that come after the first so many."""
    for entry in log.entries[after:]:
        data = json.dumps(entry.to_json(), ensure_ascii=False)
        connection.execute("INSERT INTO review VALUES (?, ?, ?)", (log.source_id, entry.number, data))


def carry_reviews(connection: Database, source: Source, earlier: Sequence[Source], at: datetime) -> None:
    """Take over the opinions about earlier captures; one whose words are not found again has no place.

    What was taken over before is not taken over again, even where it was undone since.
    """
    kept = log = review_log_of(connection, source.id)
    known = {log.origin(entry) for entry in log.entries}
    for old in earlier:
        theirs = review_log_of(connection, old.id)
        fresh = [
            (entry, opinion, theirs.origin(entry))
            for entry, opinion in theirs.standing()
            if theirs.origin(entry) not in known and not theirs.origin(entry).startswith(f"{source.id}:")
        ]
        spans = [opinion.span for _, opinion, _ in fresh if opinion.span is not None]
        places = iter(relocate(spans, old, source))
        for entry, opinion, origin in fresh:
            place, why = next(places) if opinion.span is not None else (None, opinion.lost)
            log = log.add(replace(opinion, span=place, lost=why, origin=origin), by=entry.by, at=at)
    put_reviews(connection, log, len(kept.entries))


def append_reviews(connection: Database, source: Source, log: ReviewLog) -> None:
    """Write the entries by which a log goes beyond the kept one; newer captures take them over at once.

    Raises:
        StoreError: the log does not continue the one that is kept.
    """
    kept = review_log_of(connection, source.id)
    if log.entries[: len(kept.entries)] != kept.entries:
        raise StoreError(
            "the review log was changed by someone else in the meantime",
            where=source.id,
            remedy="Load the record again and repeat the review.",
        )
    put_reviews(connection, log, len(kept.entries))
    fresh = log.entries[len(kept.entries) :]
    if fresh:
        data = {"review": [fresh[0].number, fresh[-1].number]}
        put_audit(connection, DECIDED, by=fresh[-1].by, holding=source.id, data=data)
    while newer := newer_of(connection, source.id):
        older, source = source, source_of(connection, newer)
        carry_reviews(connection, source, [older], log.entries[-1].at)
