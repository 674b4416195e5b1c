"""Pages of ALTO files, versions 1 to 4, by local names: only the namespace changed between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from septel.capture.formats.plain_text import cleared
from septel.capture.model import Box, LayerLine, LayerWord, PageSource, TextLayer
from septel.text import Step

_HYPHENS = ("-", "\u00ad", "\u2010", "=", "\u00ac")
_UNITS = {"mm10": 254, "inch1200": 1200}
"""Units to the inch; boxes in them are boxes on a page image of that resolution."""

Element = etree._Element


def alto_page(page: Element, number: int) -> PageSource:
    """One `Page`: lines by its `ReadingOrder`, else by `IDNEXT`, else as they stand in the file.

    Boxes in tenths of a millimetre or twelve-hundredths of an inch stand as pixels of that resolution.
    """
    size = _number(page, "WIDTH"), _number(page, "HEIGHT")
    unit = (page.getroottree().getroot().findtext(".//{*}MeasurementUnit") or "").strip().lower()
    lines = tuple(line for element in _ordered(page) if (line := _line(element)).words)
    return PageSource(
        number=number,
        size=(round(size[0]), round(size[1])) if size[0] and size[1] else None,
        dpi=_UNITS.get(unit),
        layer=TextLayer(lines=lines, stands=True),
    )


def alto_step(root: Element) -> Step:
    """The software that the file names, the last one of an OCR step where there are several."""
    name = version = ""
    for software in root.iter("{*}ocrProcessingStep", "{*}Processing"):
        name = (software.findtext(".//{*}softwareName") or "").strip() or name
        version = (software.findtext(".//{*}softwareVersion") or "").strip() or version
    return Step.of(name or "unknown engine", version, form="ALTO")


def _ordered(page: Element) -> Iterator[Element]:
    """The page's lines in reading order; each exactly once, whatever the file's order leaves out."""
    root = page.getroottree().getroot()
    lines = list(page.iter("{*}TextLine"))
    by_id = {
        element.get("ID"): element for element in page.iter("{*}TextLine", "{*}TextBlock", "{*}ComposedBlock")
    }
    first: list[Element] = []
    for reference in root.iter("{*}ElementRef"):
        for key in (reference.get("REF") or "").split():
            if key in by_id:
                first.append(by_id[key])
    if not first:
        first = _chained(page)
    seen: set[Element] = set()
    for element in (*first, *lines):
        for line in (
            [element] if etree.QName(element).localname == "TextLine" else element.iter("{*}TextLine")
        ):
            if line not in seen:
                seen.add(line)
                yield line


def _chained(page: Element) -> list[Element]:
    """Blocks in the order that `IDNEXT` gives them, where it says more than the file's own order."""
    blocks = list(page.iter("{*}TextBlock", "{*}ComposedBlock"))
    by_id = {block.get("ID"): block for block in blocks}
    followed = {block.get("IDNEXT") for block in blocks}
    if not followed & set(by_id):
        return []
    out: list[Element] = []
    seen: set[str | None] = set()
    for start in (*(b for b in blocks if b.get("ID") not in followed), *blocks):
        block: Element | None = start
        while block is not None and block.get("ID") not in seen:
            seen.add(block.get("ID"))
            out.append(block)
            block = by_id.get(block.get("IDNEXT"))
    return out


def _line(element: Element) -> LayerLine:
    words: list[LayerWord] = []
    cut = False  # whether the last word goes on in the next line, and the file has no sign for it
    for part in element:
        kind = etree.QName(part).localname if isinstance(part.tag, str) else ""
        text = cleared(" ".join((part.get("CONTENT") or "").split()))
        if kind == "HYP" and words:
            last = words[-1]
            box = _box(part)
            words[-1] = LayerWord(
                text=last.text + (text or "-"),
                box=last.box.hull(box) if last.box and box else last.box,
                confidence=last.confidence,
            )
            cut = False
        elif kind == "String" and text:
            confidence = _number(part, "WC")
            words.append(
                LayerWord(
                    text=text,
                    box=_box(part),
                    confidence=None if confidence is None else 100 * min(max(confidence, 0.0), 1.0),
                )
            )
            cut = part.get("SUBS_TYPE") == "HypPart1" and not text.endswith(_HYPHENS)
    if cut:
        words[-1] = replace(words[-1], text=words[-1].text + "-", characters=())
    return LayerLine(words=tuple(words), box=_box(element))


def _number(element: Element, name: str) -> float | None:
    value = (element.get(name) or "").strip()
    return float(value) if re.fullmatch(r"[-+]?\d+(\.\d*)?([eE][-+]?\d{1,2})?", value) else None


def _box(element: Element) -> Box | None:
    left, top = _number(element, "HPOS"), _number(element, "VPOS")
    width, height = _number(element, "WIDTH"), _number(element, "HEIGHT")
    if left is None or top is None or width is None or height is None:
        return None
    box = Box(
        left=max(round(left), 0),
        top=max(round(top), 0),
        right=max(round(left + width), 0),
        bottom=max(round(top + height), 0),
    )
    return box if box.left < box.right and box.top < box.bottom else None
