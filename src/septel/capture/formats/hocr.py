"""Pages of hOCR files: HTML whose classes and titles say what is a line, a word, a box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from septel.capture.formats.plain_text import cleared
from septel.capture.model import Box, Character, LayerLine, LayerWord, PageSource, TextLayer
from septel.text import Step

_LINES = frozenset(("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"))
_WORDS = frozenset(("ocrx_word", "ocr_word"))
_NUMBER = r"-?\d+(?:\.\d+)?"

Element = etree._Element


def hocr_page(page: Element, number: int) -> PageSource:
    """One `ocr_page`, its lines in the order of the file, which is hOCR's reading order."""
    box = _box(page)
    lines = tuple(line for element in _lines_of(page) if (line := _line(element)).words)
    resolution = _property(page, "scan_res")
    return PageSource(
        number=number,
        size=(box.right, box.bottom) if box else None,
        dpi=round(float(resolution.split()[0])) if resolution and re.match(_NUMBER, resolution) else None,
        layer=TextLayer(lines=lines, stands=True),
    )


def hocr_step(root: Element) -> Step:
    """What made the file, by its `ocr-system`."""
    for meta in root.iter("{*}meta"):
        if (meta.get("name") or "").lower() == "ocr-system":
            return Step.of((meta.get("content") or "").strip() or "unknown engine", "", form="hOCR")
    return Step.of("unknown engine", "", form="hOCR")


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()


def _lines_of(page: Element) -> Iterator[Element]:
    """The elements that are lines; where there are none, those paragraphs or areas that hold text."""
    found = [e for e in page.iter() if _classes(e) & _LINES and not _inside(e, page)]
    if not found:
        found = [
            e for e in page.iter() if _classes(e) & {"ocr_par", "ocr_carea"} and not len(e) and e.text
        ] or [page]
    yield from found


def _inside(element: Element, page: Element) -> bool:
    """Whether a line lies within another line, as text floats may."""
    above = element.getparent()
    while above is not None and above is not page:
        if _classes(above) & _LINES:
            return True
        above = above.getparent()
    return False


def _line(element: Element) -> LayerLine:
    words: list[LayerWord] = []
    for word in element.iter():
        if _classes(word) & _WORDS:
            text = cleared(" ".join(_chosen(word).split()))
            if text:
                confidence = _property(word, "x_wconf")
                words.append(
                    LayerWord(
                        text=text,
                        box=_box(word),
                        confidence=_share(confidence.split()[0]) if confidence else None,
                        characters=_characters(word, text),
                    )
                )
    if not words:
        words = [LayerWord(text=text) for text in cleared(_chosen(element)).split()]
    return LayerLine(words=tuple(words), box=_box(element))


def _characters(word: Element, text: str) -> tuple[Character, ...]:
    """The characters by `x_confs` and `x_bboxes`, if there is one of each for each."""
    sure = [_share(value) for value in (_property(word, "x_confs") or "").split()]
    edges = (_property(word, "x_bboxes") or "").split()
    if not len(sure) == len(edges) / 4 == len(text) or not all(map(str.isdecimal, edges)):
        return ()
    return tuple(
        Character(left=int(left), right=int(right), confidence=figure)
        for figure, left, right in zip(sure, edges[0::4], edges[2::4], strict=True)
        if figure is not None
    )


def _chosen(element: Element) -> str:
    """The text without the readings that the file itself does not choose (`<del class="alt">`)."""
    chosen = isinstance(element.tag, str) and etree.QName(element).localname != "del"
    parts = [element.text or "" if chosen else ""]
    if chosen:
        for child in element:
            # `&nbsp;` and its like XHTML leaves to a file that is not fetched.
            entity = isinstance(child, etree._Entity)
            parts += (unescape(child.text or "") if entity else _chosen(child), child.tail or "")
    return "".join(parts)


def _property(element: Element, name: str) -> str | None:
    for part in (element.get("title") or "").split(";"):
        key, _, value = part.strip().partition(" ")
        if key == name and value.strip():
            return value.strip()
    return None


def _share(value: str) -> float | None:
    return min(max(float(value), 0.0), 100.0) if re.fullmatch(_NUMBER, value) else None


def _box(element: Element) -> Box | None:
    found = re.match(
        rf"({_NUMBER})\s+({_NUMBER})\s+({_NUMBER})\s+({_NUMBER})", _property(element, "bbox") or ""
    )
    if not found:
        return None
    left, top, right, bottom = (max(round(float(value)), 0) for value in found.groups())
    return Box(left=left, top=top, right=right, bottom=bottom) if left < right and top < bottom else None
