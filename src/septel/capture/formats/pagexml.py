"""Pages of PAGE XML files (PRImA), by local names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from septel.capture.formats.plain_text import cleared
from septel.capture.model import Box, LayerLine, LayerWord, PageSource, TextLayer
from septel.text import Step

Element = etree._Element
_INDEX = re.compile(r"readingOrder\s*\{[^}]*\bindex\s*:\s*(?P<index>\d{1,6})")


def pagexml_page(page: Element, number: int) -> PageSource:
    """One `Page`: its regions by `ReadingOrder`, those that it leaves out after them, lines as they stand."""
    width, height = page.get("imageWidth") or "", page.get("imageHeight") or ""
    lines = tuple(_lines_of(page))
    claimed = any((e.text or "").strip() for e in page.iter("{*}Unicode", "{*}PlainText"))
    if claimed and not lines:
        raise ValueError("it says that it has text, but none stands where a line, word or region has it")
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


def _lines_of(page: Element) -> list[LayerLine]:
    """The page's lines; a region whose lines hold no text gives its own, where the file keeps it there."""
    found: list[LayerLine] = []
    seen: set[Element] = set()
    for region in _ordered(page):
        if region in seen:
            continue
        seen.add(region)
        lines = [_line(line) for line in _sorted(region.findall("{*}TextLine"))]
        own = [_laid(line) for line in _written(region)]
        if any(line.words for line in lines):
            # Lines and region say the same; only a line that is empty may be lost with it.
            lost = len(own) == len(lines) and not all(line.words for line in lines)
            lines = (
                [line if line.words else _at(own[n], line) for n, line in enumerate(lines)] if lost else lines
            )
        elif own:
            boxes = [line.box for line in lines]
            lines = [
                LayerLine(words=line.words, box=boxes[n] if len(boxes) == len(own) else _box(region))
                for n, line in enumerate(own)
            ]
        found += [line for line in lines if line.words]
    return found


def _ordered(page: Element) -> Iterator[Element]:
    """The regions by `ReadingOrder`, else by the index that they bear themselves, else as they stand."""
    regions = list(page.iter("{*}TextRegion"))
    by_id = {region.get("id"): region for region in regions}
    order = page.find("{*}ReadingOrder")
    chosen = [] if order is None else [by_id[key] for key in _references(order) if key in by_id]
    for region in chosen:
        yield from region.iter("{*}TextRegion")
    yield from _sorted(regions)
    yield page  # lines may stand outside all regions


def _sorted(elements: list[Element]) -> list[Element]:
    """Elements by `custom="readingOrder {index:N;}"`, where all of them bear it."""
    keys = [_INDEX.search(element.get("custom") or "") for element in elements]
    if not elements or not all(keys):
        return elements
    order = sorted(range(len(elements)), key=lambda n: int(keys[n]["index"]))  # type: ignore[index]
    return [elements[n] for n in order]


def _written(region: Element) -> list[str]:
    """The lines of the text that stands in a region itself."""
    return [line for line in _text(region, lines=True)[0].split("\n") if line.strip()]


def _laid(text: str) -> LayerLine:
    return LayerLine(words=tuple(LayerWord(text=word) for word in text.split()))


def _at(line: LayerLine, place: LayerLine) -> LayerLine:
    return LayerLine(words=line.words, box=place.box)


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
    for word in _sorted(element.findall("{*}Word")):
        text, confidence = _text(word)
        if not text:
            text = "".join(_text(glyph)[0] for glyph in _sorted(word.findall("{*}Glyph")))
        words += [LayerWord(text=part, box=_box(word), confidence=confidence) for part in text.split()]
    text, confidence = _text(element)
    # The line's own text is the later correction where the two differ.
    if text and text.split() != [part for word in words for part in word.text.split()]:
        words = [LayerWord(text=part, confidence=confidence) for part in text.split()]
    return LayerLine(words=tuple(words), box=_box(element))


def _text(element: Element, *, lines: bool = False) -> tuple[str, float | None]:
    """The chosen text (the lowest index that has any) and its confidence from 0 to 100."""
    found = sorted(element.findall("{*}TextEquiv"), key=_order)
    for one in found:
        text = one.findtext("{*}Unicode") or one.findtext("{*}PlainText") or ""
        if not text.strip():
            continue
        confidence = one.get("conf") or ""
        sure = float(confidence) if re.fullmatch(r"\d(\.\d+)?([eE]-?\d{1,2})?", confidence) else None
        plain = "\n".join(" ".join(line.split()) for line in text.splitlines())
        return cleared(plain if lines else " ".join(plain.split())), (
            None if sure is None else 100 * min(sure, 1.0)
        )
    return "", None


def _order(element: Element) -> int:
    index = element.get("index") or "0"
    return int(index) if index.isdigit() else 0


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
