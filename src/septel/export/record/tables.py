"""A record as tables: CSV (RFC 4180, UTF-8), each row with the place that proves it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from septel.archive import Dossier
from septel.record import BY_PERSON, Cell, Excerpt, Meeting, Record, Statement
from septel.text import DOUBT

Row = Sequence[str]
PLACE = ("document", "page", "line", "paragraph", "locus")
STATEMENTS = (
    *("document", "title", "date", "page", "line", "paragraph", "locus", "speaker", "side", "resolution"),
    *("addressee", "act", "stance", "polarity", "modality", "mode", "fidelity", "issues", "content"),
    *("numbers", "conditions", "hedges", "reporter_hedges", "answers", "in_summary", "principal"),
    *("origin", "rule", "confidence", "status", "reviewed_by", "disputed", "act_confidence"),
)


def table(dossier: Dossier, name: str) -> bytes:
    """One of `TABLES` as CSV."""
    columns, rows = TABLES[name]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows(dossier))
    return out.getvalue().encode()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: OCR begins lines with anything."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def dated(of: Record | Cell | Meeting) -> str:
    """The day of a document or meeting, marked where it was read with a doubt; empty where none is known."""
    return f"{of.date}{DOUBT}" if of.date and of.date_doubtful else of.date or ""


def _list(values: Iterator[str] | Sequence[str]) -> str:
    return "; ".join(values)


def _marks(dossier: Dossier) -> tuple[Callable[[Excerpt], str], Callable[[Sequence[Excerpt]], str]]:
    """How the words of one excerpt and of several are given: with the marks that they have in every view."""

    def several(excerpts: Sequence[Excerpt]) -> str:
        return _list([dossier.marked(excerpt) for excerpt in excerpts])

    return dossier.marked, several


def _place(dossier: Dossier, excerpt: Excerpt) -> Row:
    page = dossier.page(excerpt.locus)
    locus = excerpt.locus
    return (locus.source_id, str(page or ""), str(excerpt.line), excerpt.paragraph, str(locus))


def _probability(statement: Statement) -> str:
    return f"{statement.confidence.probability:.3f}" if statement.confidence else ""


def _statements(dossier: Dossier) -> Iterator[Row]:
    said, shown = _marks(dossier)
    for record in dossier.records:
        for s in record.statements:
            document, page, line, paragraph, locus = _place(dossier, s.excerpt)
            standing = dossier.standing(s)
            yield (
                *(document, dossier.title(document), dated(record), page, line, paragraph, locus),
                *(s.speaker.person.surname if s.speaker.person else "", s.side or ""),
                *(s.speaker.resolution.value, s.addressee.surname if s.addressee else ""),
                *(s.act.value, s.stance.value, s.polarity.value, s.modality.value, s.mode.value),
                *(
                    s.fidelity.value,
                    _list(s.issue_ids),
                    said(s.content),
                    shown(s.numbers),
                ),
                *(
                    shown(s.conditions),
                    shown(s.hedges),
                    shown(s.reporter_hedges),
                    s.answers or "",
                ),
                *("yes" if s.in_summary else "", "yes" if s.principal else ""),
                *("person" if s.rule.startswith(BY_PERSON) else "rule", s.rule, _probability(s)),
                *(standing.status.value, _reviewers(standing.opinions), "yes" if standing.disputed else ""),
                f"{s.act_confidence.probability:.3f}" if s.act_confidence else "",
            )


def _reviewers(opinions: Sequence[tuple[object, object]]) -> str:
    return _list(list(dict.fromkeys(str(getattr(entry, "by", "")) for entry, _ in opinions)))


def _meetings(dossier: Dossier) -> Iterator[Row]:
    said, _ = _marks(dossier)
    for m in dossier.meetings:
        yield (
            *(m.id, m.kind.value, m.status, dated(m), m.weekday or "", m.time or "", dossier.place(m)),
            *(m.host or "", _list([p.person.surname for p in m.participants]), _list(m.reported_by)),
            *(said(m.shown_by), *_place(dossier, m.shown_by), "yes" if m.date_of_report else ""),
        )


def _positions(dossier: Dossier) -> Iterator[Row]:
    said, _ = _marks(dossier)
    for cell in dossier.positions:
        last = cell.chief
        yield (
            *(cell.issue, dossier.label(cell.issue), cell.side, dated(cell), cell.stance.value),
            *(
                str(len(cell.statements)),
                said(last.content),
                _list([s.id for s in cell.statements]),
            ),
            *(dossier.standing(last).status.value, *_place(dossier, last.excerpt)),
        )


def _open(dossier: Dossier) -> Iterator[Row]:
    said, _ = _marks(dossier)
    for point in dossier.open_points:
        first, *rest = point.statements
        yield (
            *(point.what, point.state.value, _list(point.issues), first.side or "", first.speaker.name),
            *(
                said(first.content),
                _list([said(s.content) for s in rest]),
                _list([s.id for s in rest]),
            ),
            *_place(dossier, first.excerpt),
        )


def _texts(dossier: Dossier) -> Iterator[Row]:
    said, shown = _marks(dossier)
    texts, claims = dossier.texts
    for text in texts:
        yield (
            *("text", text.kind.value, text.side or "", text.state.value, text.carried_by or "", ""),
            *("", said(text.shown_by), *_place(dossier, text.shown_by)),
        )
    for claim in claims:
        same = "said to be the same" if claim.same else "said to differ"
        yield (
            *(
                "claim",
                claim.text,
                "",
                same,
                claim.other,
                shown(claim.exceptions),
                claim.check.value,
            ),
            *(said(claim.excerpt), *_place(dossier, claim.excerpt)),
        )


def _suggestions(dossier: Dossier) -> Iterator[Row]:
    said, _ = _marks(dossier)
    for one in dossier.queue:
        s = one.suggestion
        yield (
            *(s.kind.value, one.standing.status.value, one.standing.by, s.why, f"{s.rank:.3f}"),
            *(s.earlier.side or "", _list(s.earlier.issue_ids)),
            *(said(s.earlier.content), str(s.earlier.excerpt.locus), str(s.earlier.excerpt.line)),
            *(said(s.later.content), str(s.later.excerpt.locus), str(s.later.excerpt.line)),
        )


def _assessments(dossier: Dossier) -> Iterator[Row]:
    said, shown = _marks(dossier)
    for record in dossier.records:
        for a in record.assessments:
            yield (
                *(a.author, a.about.name if a.about else "", _list([t.issue for t in a.issues])),
                *(shown(a.hedges), said(a.excerpt), *_place(dossier, a.excerpt)),
            )


TABLES: Mapping[str, tuple[Sequence[str], Callable[[Dossier], Iterator[Row]]]] = {
    "statements": (STATEMENTS, _statements),
    "meetings": (
        (
            *("id", "kind", "status", "date", "weekday", "time", "place", "host", "participants"),
            *("reported_by", "words", *PLACE, "date_of_report"),
        ),
        _meetings,
    ),
    "positions": (
        (
            *("issue", "label", "side", "date", "stance", "count", "words", "statements", "status"),
            *PLACE,
        ),
        _positions,
    ),
    "open": (
        ("what", "state", "issues", "side", "speaker", "words", "answer", "answered_by", *PLACE),
        _open,
    ),
    "texts": (
        ("what", "kind", "side", "state", "carried_by", "exceptions", "check", "words", *PLACE),
        _texts,
    ),
    "suggestions": (
        (
            *("kind", "status", "judged_by", "why", "rank", "side", "issues"),
            *("earlier", "earlier_locus", "earlier_line", "later", "later_locus", "later_line"),
        ),
        _suggestions,
    ),
    "assessments": (("author", "about", "issues", "hedges", "words", *PLACE), _assessments),
}
"""The tables: their columns, and what makes their rows."""
