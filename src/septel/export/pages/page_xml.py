"""PAGE XML 2019-07-15 (PRImA): the reading's words at their boxes, with other readings beside each.

- `TextEquiv index="0"` is the reading; its `conf` the calibrated probability, absent where there is none.
- Higher indices are other readings, likeliest first; the source as it came has `comments="source"`.
- What is on the page besides its text stands behind it: `GraphicRegion` (stamps, frames, handwriting,
  excisions), `SeparatorRegion` (rules) and `NoiseRegion` (dark edges, shading), each with its kind in words
  (`custom="septel {kind:black excision;}"`). A line that is a banner, a notice or print says so likewise.
- `TextLine id="line_12"` is line 12 of the source. A line without a box of its own has its page's outline and
  `custom="septel {box:unknown;}"`.

A PAGE file is one page, so a holding is a folder of files, in the order of its pages. A correction in the
files comes back with `septel import`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from septel import __version__
from septel.archive import Holding
from septel.capture import Box, Region, RegionKind
from septel.export.pages.placement import Placed, PlacedLine, PlacedPage, placed_pages
from septel.export.protocol import LossNote
from septel.export.xml import safe

PAGE_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"

_TEXT = (RegionKind.BANNER, RegionKind.NOTICE, RegionKind.PRINT)
"""Kinds of regions that are lines of the page's text."""
_ELEMENTS = {
    RegionKind.BLACK: ("GraphicRegion", "other"),
    RegionKind.WHITE: ("GraphicRegion", "other"),
    RegionKind.FRAME: ("GraphicRegion", "frame"),
    RegionKind.STAMP: ("GraphicRegion", "stamp"),
    RegionKind.HANDWRITING: ("GraphicRegion", "handwritten-annotation"),
    RegionKind.RULE: ("SeparatorRegion", None),
    RegionKind.EDGE: ("NoiseRegion", None),
    RegionKind.SHADING: ("NoiseRegion", None),
    RegionKind.SHOW_THROUGH: ("NoiseRegion", None),
}
"""What each other kind is in PAGE, and of what type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageXml:
    """One folder per holding, one PAGE file per page with an image."""

    name: str = "page"
    losses: tuple[LossNote, ...] = (
        LossNote(what="pages without an image, which PAGE can't describe", where="text, tei, json"),
        LossNote(what="the reasons of the changes, and who made them", where="json, tei, prov"),
        LossNote(what="the telegram's sections and paragraphs", where="json, tei"),
    )

    def write_into(self, folder: Path, holdings: Iterable[Holding]) -> None:
        """Fill a folder."""
        for holding in holdings:
            inner = folder / holding.id
            for placed in placed_pages(holding):
                if placed.page.width and placed.page.height:
                    inner.mkdir(exist_ok=True)
                    name = f"{placed.page.number:04}.page.xml"
                    (inner / name).write_bytes(page_document(holding, placed))


def page_document(holding: Holding, placed: PlacedPage) -> bytes:
    """One page as PAGE XML."""
    root = etree.fromstring(f'<PcGts xmlns="{PAGE_NAMESPACE}"/>')
    root.set("pcGtsId", f"s{holding.id}-{len(holding.log.entries)}")
    metadata = _add(root, "Metadata")
    engine = holding.source.step
    read = f"; read by {engine.tool} {engine.version}".rstrip() if engine else ""
    changed = max((entry.at for entry in holding.log.entries), default=holding.added)
    _add(metadata, "Creator", f"Septel {__version__}{read}")
    _add(metadata, "Created", holding.added.isoformat())
    _add(metadata, "LastChange", changed.isoformat())
    width, height = placed.page.width or 0, placed.page.height or 0
    page = _add(root, "Page", imageFilename=_image(holding, placed.page.number))
    page.set("imageWidth", str(width))
    page.set("imageHeight", str(height))
    if not placed.lines:
        _regions(page, placed)
        return _bytes(root)
    outline = Box(left=0, top=0, right=width, bottom=height)
    region = _add(page, "TextRegion", id=f"region_{placed.page.number}")
    hull: Box | None = None
    for line in placed.lines:
        if line.box:
            hull = line.box if hull is None else hull.hull(line.box)
    _coords(region, hull or outline)
    said = [one for one in placed.page.regions if one.kind in _TEXT]
    for line in placed.lines:
        _line(region, line, outline, said)
    _regions(page, placed)
    return _bytes(root)


def _regions(page: etree._Element, placed: PlacedPage) -> None:
    """What is on a page besides its text."""
    found = [one for one in placed.page.regions if one.kind in _ELEMENTS]
    for number, one in enumerate(found, 1):
        name, kind = _ELEMENTS[one.kind]
        made = _add(page, name, id=f"region_{placed.page.number}_{number}", custom=_kind(one))
        if kind:
            made.set("type", kind)
        _coords(made, one.box)


def _kind(region: Region) -> str:
    return f"septel {{kind:{region.kind.value};}}"


def _covers(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


def _line(region: etree._Element, line: PlacedLine, outline: Box, said: Sequence[Region]) -> None:
    made = _add(region, "TextLine", id=f"line_{line.number}")
    if line.box is None:
        made.set("custom", "septel {box:unknown;}")
    elif kind := next((one for one in said if _covers(one.box, line.box)), None):
        made.set("custom", _kind(kind))
    _coords(made, line.box or outline)
    for index, word in enumerate(line.words, 1):
        one = _add(made, "Word", id=f"word_{line.number}_{index}")
        _coords(one, word.box or line.box or outline)
        _readings(one, word)
    _equiv(made, " ".join(word.text for word in line.words))


def _readings(parent: etree._Element, word: Placed) -> None:
    _equiv(parent, word.text, probability=word.probability, index=0)
    for index, other in enumerate(word.others, 1):
        _equiv(parent, other.text, probability=other.probability, index=index, source=other.source)


def _equiv(
    parent: etree._Element,
    text: str,
    *,
    probability: float | None = None,
    index: int = 0,
    source: bool = False,
) -> None:
    made = _add(parent, "TextEquiv", index=str(index))
    if probability is not None:
        made.set("conf", f"{probability:.4f}")
    if source:
        made.set("comments", "source")
    _add(made, "Unicode", text)


def _coords(parent: etree._Element, box: Box) -> None:
    right, bottom = max(box.right - 1, box.left), max(box.bottom - 1, box.top)
    corners = ((box.left, box.top), (right, box.top), (right, bottom), (box.left, bottom))
    _add(parent, "Coords", points=" ".join(f"{max(x, 0)},{max(y, 0)}" for x, y in corners))


def _image(holding: Holding, number: int) -> str:
    """The file that the page came from: of a folder each file is a page."""
    names = [original.name for original in holding.originals]
    if len(names) == 1:
        return names[0]
    return names[number - 1] if number <= len(names) else holding.source.name


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(
        parent, f"{{{PAGE_NAMESPACE}}}{name}", {k: safe(v) for k, v in attributes.items()}
    )
    if text:
        made.text = safe(text)
    return made


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
