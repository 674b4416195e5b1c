"""The record in the room: of one document, and over the archive, each row beside its line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from septel.archive import Archive, Dossier, DossierDocument, document_of
from septel.export.record import RowOrigin, heat_map, origin_of, timeline
from septel.record import Cell, Excerpt, IssueVocabulary, Statement

MOST = 300
"""Documents over which the room makes views; more are for `septel record report`."""
_KEPT = 2_000


def address(excerpt: Excerpt) -> str:
    """The line that shows something, in the room."""
    return f"/telegram/{excerpt.locus.source_id}#l{excerpt.line}"


class Recorded:
    """Records of an archive, kept until a decision or a review changes them."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._documents: dict[tuple[str, int, int], DossierDocument] = {}

    def document(self, holding_id: str) -> DossierDocument:
        """A document with its record, as it stands now."""
        log, reviews = self.archive.log(holding_id), self.archive.reviews(holding_id)
        key = (holding_id, len(log.entries), len(reviews.entries))
        found = self._documents.get(key)
        if found is None:
            held = self.archive.holding(holding_id)
            found = document_of(held.reading, title=held.title, log=reviews)
            if len(self._documents) >= _KEPT:
                self._documents.clear()
            self._documents[key] = found
        return found

    def dossier(self, holdings: Iterable[str]) -> Dossier:
        """Several documents, for views."""
        documents = [self.document(one) for one in holdings]
        return Dossier(documents=documents, vocabulary=IssueVocabulary.shipped())


def record_values(dossier: Dossier) -> dict[str, Any]:
    """What the pages of the record show."""
    return {
        "dossier": dossier,
        "address": address,
        "origin": lambda statement: _origin(dossier, statement),
        "timeline": Markup(timeline(dossier, address)),
        "heat_map": Markup(heat_map(dossier, address)),
        "issues": _by_issue(dossier),
    }


def _origin(dossier: Dossier, statement: Statement) -> RowOrigin:
    return origin_of(statement, dossier.standing(statement))


def _by_issue(dossier: Dossier) -> list[tuple[str, list[tuple[Cell, Statement]]]]:
    found: dict[str, list[tuple[Cell, Statement]]] = {}
    for cell in dossier.positions:
        chief = [s for s in cell.statements if s.principal] or list(cell.statements)
        found.setdefault(dossier.label(cell.issue), []).append((cell, chief[-1]))
    return sorted(found.items(), key=lambda pair: (-sum(len(c.statements) for c, _ in pair[1]), pair[0]))
