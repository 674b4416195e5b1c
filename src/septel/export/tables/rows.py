"""The rows of one holding for each table, in the order of the table's columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from septel.archive import DossierDocument, Holding
from septel.archive.model import doubted_of, shown_reference, tree_of
from septel.capture import PageOutcome
from septel.export.tei import locus_in
from septel.record import positions as positions_of
from septel.telegram.output import ParagraphJson, PassageJson
from septel.text import Ground, Locus, State, marked_passage, state_of

Cells = tuple[str | int | float | bool | None, ...]
_BETWEEN = "; "


def messages(holding: Holding, record: DossierDocument | None) -> Iterator[Cells]:
    """One row."""
    del record
    tree, edits = tree_of(holding), holding.reading.edits
    addressees = tree.heading.addressees if tree else []
    tags = tree.heading.tags.value if tree and tree.heading.tags else []
    source = holding.source
    yield (
        *(holding.id, holding.title, holding.identifier, holding.post, holding.dtg, holding.subject),
        *(holding.classification, _BETWEEN.join(holding.captions) or None),
        *(_joined(a.station.name for a in addressees if a.role == role) for role in ("action", "info")),
        _joined(iter(tags)),
        *(len(holding.accounts), sum(a.outcome is PageOutcome.FAILED for a in holding.accounts)),
        len(source.lines),
        sum(edit.changes for edit in edits),
        sum(edit.unreadable or state_of(edit) is State.DOUBTFUL for edit in edits),
        sum(edit.reason.ground is Ground.DECISION for edit in edits),
        *(source.name, source.digest, holding.added.isoformat()),
        _joined(iter(sorted(doubted_of(holding)))),
    )


def _joined(names: Iterator[str]) -> str | None:
    return _BETWEEN.join(names) or None


def paragraphs(holding: Holding, record: DossierDocument | None) -> Iterator[Cells]:
    """The telegram's paragraphs in order, its unlabelled parts by their own names."""
    del record
    tree = tree_of(holding)
    if tree is None:
        return
    found: list[tuple[int, Cells]] = []
    named: tuple[tuple[str, PassageJson | None], ...] = (
        ("summary", tree.summary),
        ("opening", tree.opening),
        ("comment", tree.comment),
    )
    for name, passage in named:
        # A summary within a paragraph is that paragraph's row.
        if passage is not None and passage.paragraph is None:
            lines = passage.lines
            first, last = (lines[0], lines[-1]) if lines else (None, None)
            roles = name if name != "opening" else None
            shown = _marked(holding, passage)
            found.append((first or 0, (name, None, None, roles, first, last, passage.text, shown)))
    for one in tree.paragraphs:
        first, last = (one.lines[0], one.lines[-1]) if one.lines else (None, None)
        roles = _BETWEEN.join(one.roles) or None
        part = (one.path, one.section + 1, one.portion, roles, first, last, one.text, _marked(holding, one))
        found.append((first or 0, part))
    for number, (_, cells) in enumerate(sorted(found, key=lambda row: row[0]), 1):
        yield (holding.id, number, *cells)


def _marked(holding: Holding, part: PassageJson | ParagraphJson) -> str:
    return marked_passage(holding.reading, [Locus.parse(one).span for one in part.loci], part.text)


def references(holding: Holding, record: DossierDocument | None) -> Iterator[Cells]:
    """The references in the order of the text."""
    del record
    for number, reference in enumerate(holding.references, 1):
        place = locus_in(reference)
        span = place.span if place else None
        yield (
            *(holding.id, number),
            *(_text(reference, name) for name in ("kind", "raw", "normal", "post", "number", "series")),
            int(str(year)) if (year := reference.get("year")) else None,
            *(_text(reference, name) for name in ("dated", "paragraph")),
            holding.source.line_at(span.start) if span else None,
            *((span.start, span.end) if span else (None, None)),
            shown_reference(holding, _text(reference, "raw") or "", span),
        )


def _text(reference: Mapping[str, object], name: str) -> str | None:
    value = reference.get(name)
    return None if value is None else str(value)


def edits(holding: Holding, record: DossierDocument | None) -> Iterator[Cells]:
    """The whole log but its undoings; `counts` shows what they did."""
    del record
    counting = {entry.number for entry in holding.log.active()}
    for entry in holding.log.entries:
        edit = entry.edit
        if edit is None:
            continue
        sure, step = edit.confidence, edit.step
        yield (
            *(holding.id, entry.number, entry.number in counting, entry.at.isoformat(), entry.by),
            *(holding.source.line_at(edit.span.start), edit.span.start, edit.span.end),
            *(edit.before, edit.after, edit.unreadable, edit.extent),
            *(edit.reason.ground.value, edit.reason.detail or None),
            *((sure.probability, sure.calibration) if sure else (None, None)),
            " | ".join(one.text for one in edit.alternatives) or None,
            *(step.tool, step.version, step.model, state_of(edit).value),
        )


def statements(holding: Holding, record: DossierDocument | None) -> Iterator[Cells]:
    """The statements after review."""
    if record is None:
        return
    for s in record.reviewed.record.statements:
        yield (
            *(s.id, holding.id, record.reviewed.record.date, s.excerpt.paragraph, s.excerpt.line),
            *(s.speaker.person.surname if s.speaker.person else None, s.side, s.speaker.resolution.value),
            *(s.addressee.surname if s.addressee else None, s.act.value, s.stance.value),
            *(s.polarity.value, s.modality.value, _BETWEEN.join(s.issue_ids) or None, s.content.words),
            *(s.answers, s.in_summary, s.rule, s.confidence.probability if s.confidence else None),
            record.reviewed.standing(s).status.value,
            record.marked(s.content),
            record.reviewed.record.date_doubtful,
        )


def positions(holding: Holding, record: DossierDocument | None) -> Iterator[Cells]:
    """What each side holds by this document."""
    if record is None:
        return
    for cell in positions_of((record.reviewed.record,)):
        last = cell.chief
        yield (
            *(holding.id, cell.issue, cell.side, cell.date, cell.stance.value, len(cell.statements)),
            *(last.content.words, last.id, record.marked(last.content), cell.date_doubtful),
        )
