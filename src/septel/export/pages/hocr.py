"""hOCR: the reading's words at their boxes, with their confidences and other readings.

- `x_wconf` is 100 times the calibrated probability that the word is right; absent when there is none.
- `x_confs` are the engine's own figures (0 to 100, not calibrated) for the characters of a word that stands
  as the engine read it, and `x_bboxes` the characters' boxes.
- `x_state` is `sure`, `doubtful`, `unreadable` or `decided`, for words that do not simply stand as they came.
- Other readings stand as hOCR has them: `<span class="alternatives"><ins class="alt" title="nlp 0.05">as
  read</ins><del class="alt" title="nlp 2.3">other</del></span>`, where `nlp` is the negative natural
  logarithm of a probability; the source as it came is a `<del class="alt source">`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from septel import __version__
from septel.archive import Holding
from septel.capture import IMAGES, Box
from septel.export.pages.placement import Placed, PlacedLine, PlacedPage, placed_pages
from septel.export.protocol import LossNote
from septel.export.validation import once, validate_text
from septel.export.xml import DECLARATION, LINES, each, escaped, safe, with_lines
from septel.text import State

_XHTML = "http://www.w3.org/1999/xhtml"
_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
LOST = (
    LossNote(what="the reasons of the changes, and who made them", where="json, tei"),
    LossNote(what="the telegram's sections and paragraphs", where="json, tei"),
    LossNote(what="pages that are blank or failed", where="json"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hocr:
    """One hOCR file with all pages that were read."""

    name: str = "hocr"
    ending: str = ".hocr"
    media_type: str = "application/xhtml+xml"
    losses: tuple[LossNote, ...] = LOST

    def write(self, holding: Holding) -> bytes:
        """The reading as hOCR, checked against the shipped schema.

        Raises:
            SeptelError: what was written does not validate; nothing is given out.
        """
        root = etree.fromstring(f'<html xmlns="{_XHTML}"/>')
        head = _add(root, "head")
        _add(head, "title", holding.title)
        _add(head, "meta", **{"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
        engine = holding.source.step
        made = f"{engine.tool} {engine.version}".strip() if engine else "text"
        made_by = f"{made}, restored by septel {__version__}"
        for key, value in (("ocr-system", made_by), ("ocr-capabilities", "ocr_page ocr_line ocrx_word")):
            _add(head, "meta", **{"name": key, "content": value})
        body = _add(root, "body")
        pictures = (*IMAGES, ".pdf")
        names = [o.name for o in holding.originals if Path(o.name).suffix.lower() in pictures]
        lines: list[str] = []
        pages = list(placed_pages(holding))
        once((line.number for placed in pages for line in placed.lines), "hOCR")
        for placed in pages:
            _page(body, placed, names, lines)
        document = with_lines(etree.tostring(root, encoding="unicode"), lines)
        validate_text(document, "septel-hocr.rng", "hOCR")
        return DECLARATION + _DOCTYPE.encode() + b"\n" + document


def _page(body: etree._Element, placed: PlacedPage, names: list[str], lines: list[str]) -> None:
    page = placed.page
    # One file is one document; of a folder each file is a page as long as there are as many.
    image = names[0] if len(names) == 1 else names[page.number - 1] if page.number <= len(names) else ""
    title = [f'image "{safe(image).replace(chr(34), chr(39))}"'] if image else []
    if page.width and page.height:
        title.append(f"bbox 0 0 {page.width} {page.height}")
    title.append(f"ppageno {page.number - 1}")
    if page.dpi:
        title.append(f"scan_res {page.dpi} {page.dpi}")
    element = _add(body, "div", id=f"page_{page.number}", title="; ".join(title), **{"class": "ocr_page"})
    if placed.lines:
        # Lines are most of the file: they are made as text, and stand in its place when the rest is written.
        element.text = LINES
        lines.append("".join(map(_line, placed.lines)))


def _line(line: PlacedLine) -> str:
    key = f"word_{line.number}_"
    if line.told:
        words = [_word(word, f"{key}{index}") for index, word in enumerate(line.told, 1)]
    else:
        texts = each(line.texts, escaped)
        words = [f'<span id="{key}{n}" class="ocrx_word">{text}</span>' for n, text in enumerate(texts, 1)]
    text = " ".join(words)
    return f'<span id="line_{line.number}" class="ocr_line"{_title(line.box)}>{text}\n</span>\n'


def _word(word: Placed, key: str) -> str:
    more = [] if word.probability is None else [f"x_wconf {100 * word.probability:.0f}"]
    if word.characters and word.box:
        more.append("x_confs " + " ".join(f"{one.confidence:.0f}" for one in word.characters))
        top, bottom = word.box.top, word.box.bottom
        boxes = (f"{one.left} {top} {one.right} {bottom}" for one in word.characters)
        more.append("x_bboxes " + " ".join(boxes))
    if word.state is not State.AS_IT_CAME:
        more.append(f"x_state {word.state.value}")
    opened = f'<span id="{key}" class="ocrx_word"{_title(word.box, "; ".join(more))}>'
    if not word.others:
        return f"{opened}{escaped(word.text)}</span>"
    out = [f'<ins class="alt"{_likely(word.probability)}>{escaped(word.text)}</ins>']
    for other in word.others:
        kind = "alt source" if other.source else "alt"
        out.append(f'<del class="{kind}"{_likely(other.probability)}>{escaped(other.text)}</del>')
    return f'{opened}<span class="alternatives">{"".join(out)}</span></span>'


def _likely(probability: float | None) -> str:
    return f' title="nlp {-math.log(probability):.4f}"' if probability else ""


def _title(box: Box | None, more: str = "") -> str:
    parts = [f"bbox {box.left} {box.top} {box.right} {box.bottom}"] if box else []
    parts += [more] if more else []
    return f' title="{"; ".join(parts)}"' if parts else ""


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_XHTML}}}{tag}", {k: safe(v) for k, v in attributes.items()})
    if text:
        element.text = safe(text)
    return element
