"""IIIF Presentation 3 manifests: a canvas for each page, its image, its lines, and what is said of them.

Everything in IIIF has an address. With a base `B`, the manifest of a holding is `B/HOLDING/manifest.json`,
its page images `B/HOLDING/pages/N.jpg` and its TEI `B/HOLDING/HOLDING.xml`: what `septel export --as site`
puts there. Any static web server will do. A page of which no image is known has a canvas of a letter page's
proportions, with its lines and no picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from septel.archive import DossierDocument, Holding
from septel.archive.model import shown_field, tree_of
from septel.capture import IMAGES
from septel.export.iiif.annotations import line_annotations, remark_annotations
from septel.export.json_text import Written, json_line, json_text
from septel.export.pages import PlacedPage, placed_pages
from septel.export.protocol import LossNote, Records
from septel.telegram import TelegramJson

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_LETTER = (1100, 850)
"""Height and width of a canvas without an image: a letter page at 100 dots per inch."""
_LANGUAGE = "en"
_CAUTION = (
    "Read and restored by machine: [?] follows what is doubtful, […4] stands for some four characters that "
    "can’t be read. The full edition (TEI) has every change with its reason and probability."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Iiif:
    """The manifest of a holding.

    Attributes:
        base: the address that all others begin with.
        records: gives the record of a holding, for its statements; without it there are none.
    """

    base: str
    records: Records | None = None
    name: str = "iiif"
    ending: str = ".manifest.json"
    media_type: str = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
    losses: tuple[LossNote, ...] = (
        LossNote(what="how sure each reading is, what else it may be, and why", where="tei, json, prov"),
        LossNote(what="the telegram's sections and paragraphs", where="json, tei"),
        LossNote(what="the page images themselves", where="site, bag"),
    )

    def write(self, holding: Holding) -> bytes:
        """The manifest as JSON."""
        record = self.records(holding) if self.records else None
        made = manifest_of(holding, self.base, record)
        return json_text(made, levels=4).encode()


def manifest_of(holding: Holding, base: str, record: DossierDocument | None = None) -> dict[str, Any]:
    """The manifest as IIIF's own structure; the annotations are written already."""
    home = f"{base}/{holding.id}"
    tree, pictured = tree_of(holding), _pictured(holding)
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{home}/manifest.json",
        "type": "Manifest",
        "label": _said(shown_field(holding, "title")),
        "metadata": _metadata(holding),
        "requiredStatement": {"label": _said("Reading"), "value": _said(_CAUTION)},
        "seeAlso": [
            {
                "id": f"{home}/{holding.id}.xml",
                "type": "Text",
                "format": "application/tei+xml",
                "profile": "http://www.tei-c.org/ns/1.0",
                "label": _said("Full edition (TEI)"),
            }
        ],
        "items": [
            _canvas(home, holding, placed, tree, record, pictured=pictured)
            for placed in placed_pages(holding)
        ],
    }
    if holding.subject:
        made["summary"] = _said(shown_field(holding, "subject"))
    return made


def collection_of(holdings: Sequence[tuple[str, str]], base: str, label: str) -> dict[str, Any]:
    """A collection of manifests: ids and titles of holdings."""
    return {
        "@context": CONTEXT,
        "id": f"{base}/collection.json",
        "type": "Collection",
        "label": _said(label),
        "items": [
            {"id": f"{base}/{key}/manifest.json", "type": "Manifest", "label": _said(title)}
            for key, title in holdings
        ],
    }


def _pictured(holding: Holding) -> bool:
    return any(Path(o.name).suffix.lower() in (*IMAGES, ".pdf") for o in holding.originals)


def _canvas(
    home: str,
    holding: Holding,
    placed: PlacedPage,
    tree: TelegramJson | None,
    record: DossierDocument | None,
    *,
    pictured: bool,
) -> dict[str, Any]:
    page = placed.page
    key = f"{home}/canvas/{page.number}"
    height, width = (page.height, page.width) if page.height and page.width else _LETTER
    canvas: dict[str, Any] = {
        "id": key,
        "type": "Canvas",
        "label": _said(f"Page {page.number}"),
        "height": height,
        "width": width,
    }
    if pictured and page.width and page.height:
        image = {
            "id": f"{home}/pages/{page.number}.jpg",
            "type": "Image",
            "format": "image/jpeg",
            "height": height,
            "width": width,
        }
        painting = {
            "id": f"{key}/image",
            "type": "Annotation",
            "motivation": "painting",
            "body": image,
            "target": key,
        }
        canvas["items"] = [{"id": f"{key}/painting", "type": "AnnotationPage", "items": [painting]}]
    annotations = [line_annotations(key, holding.reading, placed, _LANGUAGE)]
    remarks = remark_annotations(key, holding, placed, tree, record, _LANGUAGE)
    canvas["annotations"] = Written(annotations + ([json_line(remarks)] if remarks else []))
    return canvas


def _metadata(holding: Holding) -> list[dict[str, Any]]:
    rows = (
        ("Telegram", shown_field(holding, "identifier")),
        ("From", shown_field(holding, "post")),
        ("Sent", shown_field(holding, "dtg")),
        ("Subject", shown_field(holding, "subject")),
        ("Classification", shown_field(holding, "classification")),
        ("Captions", ", ".join(holding.captions)),
        ("Source", holding.source.name),
        ("SHA-256 of the source", holding.source.digest),
    )
    return [{"label": _said(label), "value": _said(value)} for label, value in rows if value]


def _said(text: str) -> dict[str, list[str]]:
    return {_LANGUAGE: [text]}
