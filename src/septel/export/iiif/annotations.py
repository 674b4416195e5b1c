"""What stands on a page and what is said of it, as W3C Web Annotations on an IIIF canvas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from septel.archive import DossierDocument, Holding
from septel.archive.model import shown_reference
from septel.capture import Box
from septel.export.json_text import quote
from septel.export.pages import PlacedPage
from septel.export.tei import locus_in
from septel.telegram import TelegramJson
from septel.text import Locus, Reading, marked


def line_annotations(canvas: str, reading: Reading, placed: PlacedPage, language: str) -> str:
    """The reading line by line, doubts marked, as `supplementing` annotations: a transcription.

    They are most of a manifest, so they are made as text, an `AnnotationPage` on one line.
    """
    key = quote(f"{canvas}/lines")
    opened = f'{{"id": {key[:-1]}/'
    said = '", "type": "Annotation", "motivation": "supplementing", "body": {"type": "TextualBody", "value": '
    on = f', "format": "text/plain", "language": {quote(language)}}}, "target": {quote(canvas)[:-1]}'
    texts = [" ".join(marked(reading, reading.source.line(line.number)).split()) for line in placed.lines]
    items = [
        f'{opened}{line.number}{said}{quote(text)}{on}{_part(line.box)}"}}'
        for line, text in zip(placed.lines, texts, strict=True)
    ]
    return f'{{"id": {key}, "type": "AnnotationPage", "items": [{", ".join(items)}]}}'


def remark_annotations(
    canvas: str,
    holding: Holding,
    placed: PlacedPage,
    tree: TelegramJson | None,
    record: DossierDocument | None,
    language: str,
) -> dict[str, Any] | None:
    """Excisions, references and statements whose first line stands on the page; None where there are none."""
    key = f"{canvas}/remarks"
    boxes = {line.number: line.box for line in placed.lines}
    items: list[dict[str, Any]] = []
    for motivation, text, locus in _remarks(holding, tree, record):
        if locus.source_id != holding.source.id:
            continue
        number = holding.source.line_at(locus.span.start)
        if number not in boxes:
            continue
        items.append(
            {
                "id": f"{key}/{len(items) + 1}",
                "type": "Annotation",
                "motivation": motivation,
                "body": _text(text, language),
                "target": target(canvas, boxes[number]),
            }
        )
    return {"id": key, "type": "AnnotationPage", "items": items} if items else None


def _remarks(
    holding: Holding, tree: TelegramJson | None, record: DossierDocument | None
) -> Iterator[tuple[str, str, Locus]]:
    """Motivation, words and place of each remark."""
    for excision in tree.excisions if tree else ():
        yield "commenting", f"Excised: {excision.raw}", Locus.parse(excision.locus)
    for reference in holding.references:
        place = locus_in(reference)
        if place is not None:
            named = str(reference.get("normal") or reference.get("raw") or "")
            yield "tagging", shown_reference(holding, named, place.span), place
    for statement in record.reviewed.record.statements if record else ():
        speaker = statement.speaker.name or "not known"
        assert record is not None
        said = f"{speaker} ({statement.act.value}): {record.marked(statement.content)}"
        yield "commenting", said, statement.excerpt.locus


def target(canvas: str, box: Box | None) -> str:
    """A canvas, or the part of it within a box."""
    return canvas + _part(box)


def _part(box: Box | None) -> str:
    """What of a canvas is within a box, as the end of its address."""
    if box is None:
        return ""
    return f"#xywh={box.left},{box.top},{box.right - box.left},{box.bottom - box.top}"


def _text(value: str, language: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "language": language}
