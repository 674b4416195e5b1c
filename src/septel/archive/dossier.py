"""Several documents with their reviewed records, gathered for tables, files and reports."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from pydantic import TypeAdapter, ValidationError

from septel.archive.archive import Archive
from septel.archive.records import KeptRecord
from septel.lexicon import Lexicon
from septel.record import (
    Claim,
    Excerpt,
    Group,
    IssueVocabulary,
    Meeting,
    Record,
    RecordSet,
    Rosters,
    Statement,
    TextInPlay,
    record_of,
    suggestions,
    texts_in_play,
    unmatched,
)
from septel.record.review import Queued, Reviewed, ReviewLog, ReviewStanding, queue, reviewed
from septel.telegram import Telegram
from septel.text import Locus, Reading, Source, Span, State, marked_prose, marked_value, stretches

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""A day whose year and month are known, as lists have it."""


def issue_label(vocabulary: IssueVocabulary, issue: str) -> str:
    """An issue for readers: by its name, or by what a code of the TAGS line means, and the code."""
    if known := vocabulary.issue(issue):
        return known.label
    code = Lexicon.shipped().tags.get(issue)
    return f"{code.meaning} ({issue})" if code else issue


@dataclass(frozen=True, kw_only=True)
class DossierDocument:
    """One document with its record after review.

    Attributes:
        title: how lists show it.
        reading: what the record was read from.
        reviewed: the record, with what persons said of it.
        log: everything that they ever said.
    """

    title: str
    reading: Reading
    reviewed: Reviewed
    log: ReviewLog

    @property
    def source(self) -> Source:
        """The evidence."""
        return self.reading.source

    @property
    def id(self) -> str:
        """The source's id."""
        return self.source.id

    def marked(self, excerpt: Excerpt) -> str:
        """The words of an excerpt with the marks of doubt that they have in every view."""
        return marked_prose(self.reading, excerpt.locus.span, of=excerpt.words)


def document_of(
    reading: Reading,
    telegram: Telegram | None = None,
    *,
    title: str = "",
    log: ReviewLog | None = None,
    rosters: Rosters | None = None,
    vocabulary: IssueVocabulary | None = None,
) -> DossierDocument:
    """The record of one reading, reviewed."""
    log = log or ReviewLog(reading.source.id)
    record = record_of(telegram, reading, rosters=rosters, vocabulary=vocabulary)
    after = reviewed(record, reading, log, rosters=rosters)
    return DossierDocument(
        title=title or record.title or reading.source.name, reading=reading, reviewed=after, log=log
    )


@dataclass(frozen=True, kw_only=True)
class Dossier(RecordSet):
    """Documents, and the views over their records; views are made anew whenever they are asked for.

    Attributes:
        documents: in the order given.
        vocabulary: the issues.
        until: views leave out documents after this ISO date.
        spare: ids of copies that views of positions and open points leave out (`spare_copies`).
    """

    documents: Sequence[DossierDocument]
    vocabulary: IssueVocabulary
    until: str | None = None
    spare: frozenset[str] = frozenset()

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The records as persons left them, up to the date."""
        found = (document.reviewed.record for document in self.documents)
        return tuple(r for r in found if not (self.until and r.date and r.date > self.until))

    @cached_property
    def by_id(self) -> Mapping[str, DossierDocument]:
        """The documents by the id of their source."""
        return {document.id: document for document in self.documents}

    @cached_property
    def texts(self) -> tuple[tuple[TextInPlay, ...], tuple[Claim, ...]]:
        """Texts in play, and what is claimed of their sameness."""
        return texts_in_play(self.records)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Statements that touch no issue, grouped."""
        return unmatched(self.records)

    @cached_property
    def queue(self) -> tuple[Queued, ...]:
        """Suggestions with what persons said of them, those that wait first."""
        return queue(suggestions(self.messages), {d.id: d.log for d in self.documents})

    def label(self, issue: str) -> str:
        """An issue for readers."""
        return issue_label(self.vocabulary, issue)

    def standing(self, statement: Statement) -> ReviewStanding:
        """How a statement stands."""
        document = self.by_id.get(statement.excerpt.locus.source_id)
        return document.reviewed.standing(statement) if document else ReviewStanding()

    def page(self, locus: Locus) -> int | None:
        """The page of a locus."""
        document = self.by_id.get(locus.source_id)
        return document.source.page_at(locus.span.start) if document else None

    def marked(self, excerpt: Excerpt) -> str:
        """The words of an excerpt with the marks of doubt that they have in every view."""
        document = self.by_id.get(excerpt.locus.source_id)
        return excerpt.words if document is None else document.marked(excerpt)

    def author(self, record: Record) -> str:
        """Who reports, with the marks of doubt that the name has in the text; empty where not told."""
        named, document = record.author_shown_by, self.by_id.get(record.source_id)
        if record.author is None or named is None or document is None:
            return record.author or ""
        return marked_value(document.reading, named.locus.span, record.author)

    def place(self, meeting: Meeting) -> str:
        """Where a meeting is, with the marks that the words have wherever the text has them; or empty."""
        document = self.by_id.get(meeting.shown_by.locus.source_id)
        if document is None or not meeting.place:
            return meeting.place or ""
        return marked_value(
            document.reading, Span(0, len(document.source.text)), meeting.place, rewritten=False
        )

    def title(self, source_id: str) -> str:
        """How a document is called."""
        document = self.by_id.get(source_id)
        return document.title if document else source_id


def dossier_of(
    archive: Archive,
    holdings: Iterable[str],
    *,
    rosters: Rosters | None = None,
    vocabulary: IssueVocabulary | None = None,
    until: str | None = None,
) -> Dossier:
    """The records of holdings, as their readings are now and with every review."""
    fresh: dict[tuple[str, str], KeptRecord] = {}
    documents = [_document(archive, one, fresh, rosters=rosters, vocabulary=vocabulary) for one in holdings]
    archive.records.put(fresh)
    return Dossier(
        documents=documents,
        vocabulary=vocabulary or IssueVocabulary.shipped(),
        until=until,
        spare=spare_copies(archive, [document.id for document in documents]),
    )


def spare_copies(archive: Archive, holdings: Collection[str]) -> frozenset[str]:
    """Of each message with several witnesses all but the one to count.

    That is the one that a person reviewed, else the likest read: most of its words stand in another witness
    too, and of equal ones it has most letters without a doubt (a part, or a worn copy, has fewer).
    """
    spare: set[str] = set()
    for group in archive.contents.copied(holdings):
        words = {one: _sure_words(archive, one) for one in group}
        agreed = {
            one: len(set(own) & set().union(*(words[other] for other in group if other != one)))
            for one, own in words.items()
        }
        best = max(
            group,
            key=lambda one: (bool(archive.reviews(one).entries), agreed[one], sum(map(len, words[one]))),
        )
        spare.update(one for one in group if one != best)
    return frozenset(spare)


def _sure_words(archive: Archive, holding: str) -> list[str]:
    """The words that a witness reads without a doubt."""
    _, reading = archive.reading(holding)
    doubtful = (State.DOUBTFUL, State.UNREADABLE)
    return "".join(" " if one.state in doubtful else one.text for one in stretches(reading)).split()


def held_document(archive: Archive, holding_id: str) -> DossierDocument:
    """One holding with its reviewed record; the record is made only where none is kept."""
    fresh: dict[tuple[str, str], KeptRecord] = {}
    document = _document(archive, holding_id, fresh, rosters=None, vocabulary=None)
    archive.records.put(fresh)
    return document


def kept_record(archive: Archive, holding_id: str, key: str) -> Record | None:
    """The record of a holding as rules left it, if one is kept that was made from this state of it."""
    data = archive.records.get(holding_id, key)
    return _read(data) if data is not None else None


def _document(
    archive: Archive,
    holding_id: str,
    fresh: dict[tuple[str, str], KeptRecord],
    *,
    rosters: Rosters | None,
    vocabulary: IssueVocabulary | None,
) -> DossierDocument:
    """A holding with its record: the kept one, or a new one, which is added to `fresh`."""
    title, reading = archive.reading(holding_id)
    log = archive.reviews(holding_id)
    if rosters is not None or vocabulary is not None:
        # Other rules than the shipped ones: nothing is taken from the cache, and nothing is kept.
        return document_of(reading, title=title, log=log, rosters=rosters, vocabulary=vocabulary)
    key = archive.records.key(holding_id)
    record = kept_record(archive, holding_id, key)
    if record is None:
        record = _of_paper(archive, holding_id, reading)
        fresh[holding_id, key] = KeptRecord(data=_adapter().dump_json(record), facets=_facets(record))
    after = reviewed(_dated(archive, holding_id, record), reading, log)
    return DossierDocument(
        title=title or record.title or reading.source.name, reading=reading, reviewed=after, log=log
    )


def _of_paper(archive: Archive, holding_id: str, reading: Reading) -> Record:
    """The record, with the day that lists show for its paper where the text tells none, and its doubt."""
    told = archive.contents.of([holding_id])
    given = (told[0].fields["dtg"] or "") if told and "dtg" not in told[0].corrected else ""
    day = _DAY.match(given)
    record = record_of(None, reading, day=day.group() if day else None)
    if day is None or record.date != day.group():
        return record
    doubtful = "dtg" in archive.contents.doubted(told).get(holding_id, {})
    return _on(record, record.date, doubtful=doubtful)


def _dated(archive: Archive, holding_id: str, record: Record) -> Record:
    """The record on the day that a person gave the document; meetings with a day of their own keep it."""
    given = archive.state(holding_id).corrections.get("dtg")
    if given is None:
        return record
    day = str(given.data.get("value") or "")[:10]
    return _on(record, day or None, doubtful=False)


def _on(record: Record, day: str | None, *, doubtful: bool) -> Record:
    """The record on a day; what of its meetings hangs on the document's date goes with it.

    A doubt of that date is one of the days that were counted from it, too.
    """
    meetings = tuple(
        replace(m, date=day if m.date_of_report else m.date, date_doubtful=doubtful and m.date is not None)
        for m in record.meetings
    )
    return replace(record, date=day, date_doubtful=doubtful, meetings=meetings)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def _read(data: bytes) -> Record | None:
    """A kept record; None where it is of another form, so that it is made again."""
    try:
        return _adapter().validate_json(data)
    except ValidationError:
        return None


def _facets(record: Record) -> dict[str, tuple[str, ...]]:
    """What searches ask a record for."""
    statements = record.statements
    people = [s.speaker.person.surname for s in statements if s.speaker.person]
    people += [p.person.surname for p in record.participants]
    return {
        "person": tuple(dict.fromkeys(people)),
        "side": tuple(dict.fromkeys(s.side for s in statements if s.side)),
        "issue": tuple(dict.fromkeys(issue for s in statements for issue in s.issue_ids)),
    }
