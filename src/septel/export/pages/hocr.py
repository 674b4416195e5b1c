"""hOCR: the reading's words at their boxes, with their confidences and other readings.

- `x_wconf` is 100 times the calibrated probability that the word is right; absent when there is none.
- `x_confs` are the engine's own figures (0 to 100, not calibrated) for the characters of a word that stands
  as the engine read it, and `x_bboxes` the characters' boxes.
- `x_state` is `sure`, `doubtful`, `unreadable` or `decided`, for words that do not simply stand as they came.
- Other readings stand as hOCR has them: `<span class="alternatives"><ins class="alt" title="nlp 0.05">as
  read</ins><del class="alt" title="nlp 2.3">other</del></span>`, where `nlp` is the negative natural
  logarithm of a probability; the source as it came is a `<del class="alt source">`.
- What is on the page besides its text stands behind its lines, in the class that hOCR has for such things
  (`ocr_separator` for a rule), and `x_kind "handwriting"` says what it is; a line that is a banner, a notice
  or print says so likewise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from septel import __version__
from septel.archive import Holding
from septel.archive.model import shown_field
from septel.capture import Box, Region, RegionKind
from septel.export.page_images import image_of
from septel.export.pages.placement import Placed, PlacedLine, PlacedPage, placed_pages
from septel.export.pages.regions import beside_text, kind_of, of_text
from septel.export.protocol import LossNote
from septel.export.validation import once, validate_text
from septel.export.xml import DECLARATION, LINES, each, escaped, safe, with_lines
from septel.text import State

_XHTML = "http://www.w3.org/1999/xhtml"
_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
_CLASSES = {
    RegionKind.RULE: "ocr_separator",
    RegionKind.FRAME: "ocr_linedrawing",
    RegionKind.STAMP: "ocr_textimage",
    RegionKind.HANDWRITING: "ocr_textimage",
    RegionKind.BLACK: "ocr_image",
    RegionKind.WHITE: "ocr_image",
    RegionKind.EDGE: "ocr_noise",
    RegionKind.SHADING: "ocr_noise",
    RegionKind.SHOW_THROUGH: "ocr_noise",
}
"""What each kind that is no line of text is in hOCR."""
_CAPABILITIES = " ".join(("ocr_page", "ocr_line", "ocrx_word", *dict.fromkeys(_CLASSES.values())))
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
        _add(head, "title", shown_field(holding, "title"))
        _add(head, "meta", **{"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
        engine = holding.source.step
        made = f"{engine.tool} {engine.version}".strip() if engine else "text"
        made_by = f"{made}, restored by septel {__version__}"
        for key, value in (("ocr-system", made_by), ("ocr-capabilities", _CAPABILITIES)):
            _add(head, "meta", **{"name": key, "content": value})
        body = _add(root, "body")
        lines: list[str] = []
        pages = list(placed_pages(holding))
        once((line.number for placed in pages for line in placed.lines), "hOCR")
        for placed in pages:
            at = image_of(holding, placed.page.number)
            _page(body, placed, "" if at is None else holding.originals[at].name, lines)
        document = with_lines(etree.tostring(root, encoding="unicode"), lines)
        validate_text(document, "septel-hocr.rng", "hOCR")
        return DECLARATION + _DOCTYPE.encode() + b"\n" + document


def _page(body: etree._Element, placed: PlacedPage, image: str, lines: list[str]) -> None:
    page = placed.page
    title = [f'image "{safe(image).replace(chr(34), chr(39))}"'] if image else []
    if page.width and page.height:
        title.append(f"bbox 0 0 {page.width} {page.height}")
    title.append(f"ppageno {page.number - 1}")
    if page.dpi:
        title.append(f"scan_res {page.dpi} {page.dpi}")
    element = _add(body, "div", id=f"page_{page.number}", title="; ".join(title), **{"class": "ocr_page"})
    regions = beside_text(page)
    if placed.lines or regions:
        # Lines are most of the file: they are made as text, and stand in its place when the rest is written.
        element.text, said = LINES, of_text(page)
        shown = [_line(line, said) for line in placed.lines]
        lines.append("".join(shown + [_region(key, one) for key, one in regions]))


def _region(key: str, region: Region) -> str:
    return (
        f'<span id="{key}" class="{_CLASSES[region.kind]}"{_title(region.box, _kind(region.kind))}></span>\n'
    )


def _kind(kind: RegionKind | None) -> str:
    return f"x_kind &quot;{kind.value}&quot;" if kind else ""


def _line(line: PlacedLine, said: Sequence[Region]) -> str:
    key = f"word_{line.number}_"
    if line.told:
        words = [_word(word, f"{key}{index}") for index, word in enumerate(line.told, 1)]
    else:
        texts = each(line.texts, escaped)
        words = [f'<span id="{key}{n}" class="ocrx_word">{text}</span>' for n, text in enumerate(texts, 1)]
    text, title = " ".join(words), _title(line.box, _kind(kind_of(line.box, said)))
    return f'<span id="line_{line.number}" class="ocr_line"{title}>{text}\n</span>\n'


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
