"""JSON: the source, the reading, the whole log and the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from septel.archive import Holding
from septel.archive.model import doubted_of
from septel.export.json_text import Written, json_text, quote
from septel.export.protocol import LossNote
from septel.text import places


@dataclass(frozen=True, slots=True, kw_only=True)
class Json:
    """One JSON document with the source, the reading, the whole edit log and the telegram's tree."""

    name: str = "json"
    ending: str = ".json"
    media_type: str = "application/json"
    losses: tuple[LossNote, ...] = (
        LossNote(what="the page images", where="the archive's objects"),
        LossNote(what="boxes of lines and words", where="the archive"),
        LossNote(what="text layers that the file brought along", where="the archive"),
        LossNote(
            what="decisions that do not simply stand, and reviews of the record",
            where="the archive (septel conflicts --json, septel record log --json)",
        ),
    )

    def write(self, holding: Holding) -> bytes:
        """The holding as JSON."""
        source = holding.source
        data = {
            "format": "septel holding 1",
            "title": holding.title,
            "identifier": holding.identifier,
            "post": holding.post,
            "dtg": holding.dtg,
            "subject": holding.subject,
            "classification": holding.classification,
            "captions": list(holding.captions),
            "doubted": dict(sorted(doubted_of(holding).items())),
            "source": {
                "id": source.id,
                "name": source.name,
                "sha256": source.digest,
                "step": source.step.to_json() if source.step else None,
                "pages": [[page.start, page.end] for page in source.pages],
                "text": source.text,
            },
            "offsets": "source.text",
            "reading": holding.reading.text,
            "lines": Written(_lines(holding)),
            "marks": [[span.start, span.end, state.value] for span, state in places(holding.reading)],
            "log": [entry.to_json() for entry in holding.log.entries],
            "telegram": holding.telegram,
            "references": list(holding.references),
            "meeting": holding.meeting,
            "originals": [{"name": o.name, "sha256": o.digest} for o in holding.originals],
            "readings": [
                {
                    "page": page.number,
                    "origin": page.origin.value,
                    "layer": {
                        "words": page.agreement.layer,
                        "words_read": page.agreement.reading,
                        "alike": page.agreement.alike,
                    }
                    if page.agreement
                    else None,
                }
                for page in holding.pages
            ],
            "accounts": [
                {"page": a.number, "outcome": a.outcome.value, "fault": str(a.fault) if a.fault else None}
                for a in holding.accounts
            ],
        }
        return json_text(data).encode()


def _lines(holding: Holding) -> Iterator[str]:
    """Each line as it came and as it is read. They are half of the file, so they are made as text."""
    source, read = holding.source, holding.reading.line_texts
    for number, (page, came, text) in enumerate(
        zip(source.line_pages, source.line_texts, read, strict=True), 1
    ):
        quoted = quote(came)
        reading = quoted if text is came else quote(text)
        yield f'{{"line": {number}, "page": {page}, "source": {quoted}, "reading": {reading}}}'
