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
from septel.export.pages.regions import beside_text, kind_of, of_text
from septel.export.protocol import LossNote
from septel.export.xml import DECLARATION, LINES, escaped, safe, with_lines
from septel.text import State

PAGE_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"

_SOURCE = ' comments="source"'
"""Marks the reading that came."""
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
    said = of_text(placed.page)
    # Lines are most of the file: they are made as text, and stand in its place when the rest is written.
    region.text = LINES
    lines = [f"      {_corners(hull or outline)}\n", *(_line(line, outline, said) for line in placed.lines)]
    _regions(page, placed)
    whole = etree.tostring(root, encoding="unicode", pretty_print=True)
    return DECLARATION + with_lines(whole, [f"\n{''.join(lines)}    "])


def _regions(page: etree._Element, placed: PlacedPage) -> None:
    """What is on a page besides its text."""
    for key, one in beside_text(placed.page):
        name, kind = _ELEMENTS[one.kind]
        made = _add(page, name, id=key, custom=_kind(one.kind))
        if kind:
            made.set("type", kind)
        _add(made, "Coords", points=_points(one.box))


def _kind(kind: RegionKind) -> str:
    return f"septel {{kind:{kind.value};}}"


def _line(line: PlacedLine, outline: Box, said: Sequence[Region]) -> str:
    """A line as it stands in the file, laid out as lxml lays out the rest."""
    custom = ""
    if line.box is None:
        custom = ' custom="septel {box:unknown;}"'
    elif kind := kind_of(line.box, said):
        custom = f' custom="{_kind(kind)}"'
    place = line.box or outline
    words = [_word(word, f"{line.number}_{n}", place) for n, word in enumerate(line.words, 1)]
    whole = _equiv(" ".join([word.text for word in line.words]), "        ")
    return (
        f'      <TextLine id="line_{line.number}"{custom}>\n        {_corners(place)}\n'
        f"{''.join(words)}{whole}      </TextLine>\n"
    )


def _word(word: Placed, key: str, place: Box) -> str:
    margin = "          "
    state = "" if word.state is State.AS_IT_CAME else f' custom="septel {{state:{word.state.value};}}"'
    out = [
        f'        <Word id="word_{key}"{state}>\n{margin}{_corners(word.box or place)}\n',
        _equiv(word.text, margin, _sure(word.probability)),
    ]
    for index, other in enumerate(word.others, 1):
        told = f"{_sure(other.probability)}{_SOURCE if other.source else ''}"
        out.append(_equiv(other.text, margin, told, index))
    out.append("        </Word>\n")
    return "".join(out)


def _sure(probability: float | None) -> str:
    return "" if probability is None else f' conf="{probability:.4f}"'


def _equiv(text: str, margin: str, told: str = "", index: int = 0) -> str:
    read = f"<Unicode>{escaped(text)}</Unicode>" if text else "<Unicode/>"
    return f'{margin}<TextEquiv index="{index}"{told}>\n{margin}  {read}\n{margin}</TextEquiv>\n'


def _corners(box: Box) -> str:
    return f'<Coords points="{_points(box)}"/>'


def _points(box: Box) -> str:
    left, top = max(box.left, 0), max(box.top, 0)
    right, bottom = max(box.right - 1, left), max(box.bottom - 1, top)
    return f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"


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
