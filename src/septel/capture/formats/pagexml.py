"""Pages of PAGE XML files (PRImA), by local names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from septel.capture.formats.plain_text import cleared
from septel.capture.model import Box, LayerLine, LayerWord, PageSource, TextLayer
from septel.text import Step

Element = etree._Element


def pagexml_page(page: Element, number: int) -> PageSource:
    """One `Page`: its regions by `ReadingOrder`, those that it leaves out after them, lines as they stand."""
    width, height = page.get("imageWidth") or "", page.get("imageHeight") or ""
    lines = tuple(line for element in _ordered(page) if (line := _line(element)).words)
    resolution = page.get("imageXResolution") or ""
    return PageSource(
        number=number,
        size=(int(width), int(height)) if width.isdigit() and height.isdigit() else None,
        dpi=round(float(resolution)) if re.fullmatch(r"\d{1,5}(\.\d+)?", resolution) else None,
        layer=TextLayer(lines=lines, stands=True),
    )


def pagexml_step(root: Element) -> Step:
    """What made the file, by its `Creator`."""
    creator = " ".join((root.findtext(".//{*}Metadata/{*}Creator") or "").split())
    return Step.of(creator or "unknown engine", "", form="PAGE XML")


def _ordered(page: Element) -> Iterator[Element]:
    regions = {region.get("id"): region for region in page.iter("{*}TextRegion")}
    seen: set[Element] = set()
    order = page.find("{*}ReadingOrder")
    chosen = [] if order is None else [regions[key] for key in _references(order) if key in regions]
    for region in (*chosen, page):
        for line in region.iter("{*}TextLine"):
            if line not in seen:
                seen.add(line)
                yield line
    # A region may hold text without lines.
    for region in regions.values():
        if region.find("{*}TextLine") is None and region.find("{*}TextRegion") is None:
            yield region


def _references(group: Element) -> Iterator[str]:
    """Regions in the order that nested groups give: by index where they are indexed."""
    children = [child for child in group if isinstance(child.tag, str)]
    if all((child.get("index") or "").isdigit() for child in children):
        children.sort(key=lambda child: int(child.get("index") or 0))
    for child in children:
        reference = child.get("regionRef")
        if reference:
            yield reference
        yield from _references(child)


def _line(element: Element) -> LayerLine:
    words: list[LayerWord] = []
    for word in element.findall("{*}Word"):
        text, confidence = _text(word)
        if text:
            words.append(LayerWord(text=text, box=_box(word), confidence=confidence))
    text, confidence = _text(element)
    # The line's own text is the later correction where the two differ.
    if text and text.split() != [part for word in words for part in word.text.split()]:
        words = [LayerWord(text=part, confidence=confidence) for part in text.split()]
    return LayerLine(words=tuple(words), box=_box(element))


def _text(element: Element) -> tuple[str, float | None]:
    """The chosen text (the lowest index) and its confidence from 0 to 100."""
    found = element.findall("{*}TextEquiv")
    if not found:
        return "", None
    best = min(found, key=lambda e: int(e.get("index") or 0) if (e.get("index") or "0").isdigit() else 0)
    text = best.findtext("{*}Unicode") or best.findtext("{*}PlainText") or ""
    confidence = best.get("conf") or ""
    sure = float(confidence) if re.fullmatch(r"\d(\.\d+)?([eE]-?\d{1,2})?", confidence) else None
    return cleared(" ".join(text.split())), None if sure is None else 100 * min(sure, 1.0)


def _box(element: Element) -> Box | None:
    """The upright rectangle around an outline; older files give points as elements."""
    coords = element.find("{*}Coords")
    if coords is None:
        return None
    points = [pair.split(",") for pair in (coords.get("points") or "").split()]
    points += [[p.get("x") or "", p.get("y") or ""] for p in coords.findall("{*}Point")]
    numbers = [
        (int(float(pair[0])), int(float(pair[1])))
        for pair in points
        if len(pair) == 2 and all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in pair)
    ]
    if not numbers:
        return None
    box = Box(
        left=max(min(x for x, _ in numbers), 0),
        top=max(min(y for _, y in numbers), 0),
        right=max(max(x for x, _ in numbers), 0),
        bottom=max(max(y for _, y in numbers), 0),
    )
    return box if box.left < box.right and box.top < box.bottom else None
