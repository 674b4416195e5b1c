"""ALTO 4: the reading's words at their boxes, with their confidences and other readings.

- `WC` is the calibrated probability that the word is right; absent when there is none. `CS="true"` marks what
  a person decided.
- `TAGREFS` says how far a word can be trusted (`sure`, `doubtful`, `unreadable`, `decided`); words that
  simply stand as they came have none.
- `CC` has a figure from 0 (sure) to 9 (unsure) for each character of a word that stands as the engine read
  it: the engine's own, not calibrated.
- What is on the page besides its text are `Illustration` (stamps, frames, handwriting, excisions, edges,
  shading; `TYPE` says which) and `GraphicalElement` (rules), each with its kind as a `LayoutTag`; a line that
  is a banner, a notice or print refers to such a tag too.
- `ALTERNATIVE` holds other readings, likeliest first; its `PURPOSE` is the probability, or `source` for what
  the engine read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from septel import __version__
from septel.archive import Holding
from septel.capture import Box, Region, RegionKind
from septel.export.pages.hocr import LOST
from septel.export.pages.placement import Placed, PlacedLine, PlacedPage, placed_pages
from septel.export.pages.regions import beside_text, kind_of, of_text
from septel.export.protocol import LossNote
from septel.export.validation import once, validate_text
from septel.export.xml import DECLARATION, LINES, each, escaped, quoted, safe, with_lines
from septel.text import State

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_VERSION = "4.4"
_TAGGED = (State.SURE, State.DOUBTFUL, State.UNREADABLE, State.DECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alto:
    """One ALTO file with all pages that were read."""

    name: str = "alto"
    ending: str = ".alto.xml"
    media_type: str = "application/xml"
    losses: tuple[LossNote, ...] = LOST

    def write(self, holding: Holding) -> bytes:
        """The reading as ALTO, checked against the shipped schema.

        Raises:
            SeptelError: what was written does not validate; nothing is given out.
        """
        root = etree.fromstring(f'<alto xmlns="{NAMESPACE}" SCHEMAVERSION="{_VERSION}"/>')
        _description(root, holding)
        tags = _add(root, "Tags")
        for state in _TAGGED:
            _add(tags, "OtherTag", ID=state.value, LABEL=state.value)
        pages = list(placed_pages(holding))
        for kind in sorted({one.kind for placed in pages for one in placed.page.regions}):
            _add(tags, "LayoutTag", ID=_tag(kind), LABEL=kind.value)
        layout = _add(root, "Layout")
        lines: list[str] = []
        once((line.number for placed in pages for line in placed.lines), "ALTO")
        for placed in pages:
            _page(layout, placed, lines)
        document = with_lines(etree.tostring(root, encoding="unicode", pretty_print=True), lines)
        validate_text(document, "septel-alto.rng", "ALTO")
        return DECLARATION + document


def _description(root: etree._Element, holding: Holding) -> None:
    description = _add(root, "Description")
    _add(description, "MeasurementUnit", "pixel")
    image = _add(description, "sourceImageInformation")
    name = holding.originals[0].name if len(holding.originals) == 1 else holding.source.name
    _add(image, "fileName", name)
    _add(image, "documentIdentifier", holding.id)
    engine = holding.source.step
    steps = [("contentGeneration", engine.tool, engine.version, dict(engine.settings))] if engine else []
    for step in dict.fromkeys(entry.edit.step for entry in holding.log.entries if entry.edit):
        settings = dict(step.settings) | ({"model": step.model} if step.model else {})
        steps.append(("contentModification", step.tool, step.version, settings))
    for number, (category, tool, version, settings) in enumerate(steps, 1):
        made = _add(description, "Processing", ID=f"P{number}")
        _add(made, "processingCategory", category)
        if settings:
            shown = ", ".join(f"{key}={value}" for key, value in sorted(settings.items()))
            _add(made, "processingStepSettings", shown)
        software = _add(made, "processingSoftware")
        _add(software, "softwareName", tool)
        _add(software, "softwareVersion", version)
    if not steps:
        made = _add(description, "Processing", ID="P1")
        software = _add(made, "processingSoftware")
        _add(software, "softwareName", "septel")
        _add(software, "softwareVersion", __version__)


def _page(layout: etree._Element, placed: PlacedPage, lines: list[str]) -> None:
    page = placed.page
    size = {"HEIGHT": str(page.height), "WIDTH": str(page.width)} if page.width and page.height else {}
    element = _add(layout, "Page", ID=f"page_{page.number}", PHYSICAL_IMG_NR=str(page.number), **size)
    space = _add(element, "PrintSpace", **(size and {**size, "HPOS": "0", "VPOS": "0"}))
    if placed.lines:
        _block(space, placed, lines)
    for key, one in beside_text(page):
        told = {"TAGREFS": _tag(one.kind), **_place(one.box)}
        if one.kind is RegionKind.RULE:
            _add(space, "GraphicalElement", ID=key, **told)
        else:
            _add(space, "Illustration", ID=key, TYPE=one.kind.value, **told)


def _tag(kind: RegionKind) -> str:
    """The id of a kind's tag."""
    return kind.value.replace(" ", "-")


def _block(space: etree._Element, placed: PlacedPage, lines: list[str]) -> None:
    """The page's lines."""
    hull: Box | None = None
    for line in placed.lines:
        if line.box:
            hull = line.box if hull is None else hull.hull(line.box)
    block = _add(space, "TextBlock", ID=f"block_{placed.page.number}", **_place(hull))
    # Lines are most of the file: they are made as text, and stand in its place when the rest is written.
    block.text, said = LINES, of_text(placed.page)
    lines.append("\n" + "".join([_line(line, said) for line in placed.lines]) + "        ")


def _line(line: PlacedLine, said: Sequence[Region]) -> str:
    """A line as it stands in the file, laid out as lxml lays out the rest."""
    key = f"word_{line.number}_"
    if line.told:
        words = [_word(word, f"{key}{index}") for index, word in enumerate(line.told, 1)]
    else:
        texts = each(line.texts, quoted)
        words = [f'            <String ID="{key}{n}" CONTENT="{text}"/>\n' for n, text in enumerate(texts, 1)]
    held = "            <SP/>\n".join(words)
    kind = kind_of(line.box, said)
    told = f' TAGREFS="{_tag(kind)}"' if kind else ""
    opened = f'          <TextLine ID="line_{line.number}"{_where(line.box)}{told}>\n'
    return f"{opened}{held}          </TextLine>\n"


def _word(word: Placed, key: str) -> str:
    out = [f'            <String ID="{key}" CONTENT="{quoted(word.text)}"{_where(word.box)}']
    if word.probability is not None:
        out.append(f' WC="{word.probability:.4f}"')
    if word.state in _TAGGED:
        out.append(f' TAGREFS="{word.state.value}"')
    if word.characters:
        out.append(f' CC="{" ".join([_unsure(one.confidence) for one in word.characters])}"')
    if word.decided:
        out.append(' CS="true"')
    if not word.others:
        out.append("/>\n")
        return "".join(out)
    out.append(">\n")
    for other in word.others:
        purpose = "source" if other.source else ""
        if other.probability is not None:
            purpose = f"{purpose} {other.probability:.4f}".strip()
        told = f' PURPOSE="{purpose}"' if purpose else ""
        out.append(f"              <ALTERNATIVE{told}>{escaped(other.text)}</ALTERNATIVE>\n")
    out.append("            </String>\n")
    return "".join(out)


def _unsure(confidence: float) -> str:
    """An engine's figure for a character as ALTO wants it: 0 is sure, 9 is not."""
    return "0123456789"[min(max(round(9 * (1 - confidence / 100)), 0), 9)]


def _where(box: Box | None) -> str:
    """A place as the attributes of an element that is made as text."""
    if box is None:
        return ""
    width, height = box.right - box.left, box.bottom - box.top
    return f' HPOS="{box.left}" VPOS="{box.top}" WIDTH="{width}" HEIGHT="{height}"'


def _place(box: Box | None) -> dict[str, str]:
    if box is None:
        return {}
    return {
        "HPOS": str(box.left),
        "VPOS": str(box.top),
        "WIDTH": str(box.right - box.left),
        "HEIGHT": str(box.bottom - box.top),
    }


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    values = {key: safe(value) for key, value in attributes.items()} if attributes else None
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", values)
    if text:
        element.text = safe(text)
    return element
