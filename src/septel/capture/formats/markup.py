"""Text with its layout from hOCR, ALTO (2 to 4) and PAGE XML files, page by page.

The file's words are the reading: there is no image to read again. Lines come in the reading order that the
file states, else in the order in which it holds them. A confidence is kept as the engine's own figure from 0
to 100. Other readings that a file offers for a word are not taken over.

XML is parsed without entities of its own, without anything from outside the file, and within lxml's limits of
depth and size; what goes beyond them is one fault of the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from septel.capture.formats.alto import alto_page, alto_step
from septel.capture.formats.hocr import hocr_page, hocr_step
from septel.capture.formats.pagexml import pagexml_page, pagexml_step
from septel.capture.formats.plain_text import decode, hyphened
from septel.capture.model import Limits, PageSource, too_many
from septel.errors import EmptyInput, InputError, SeptelError
from septel.text import Step

Element = etree._Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The pages of a file with a layout, and what made it, as far as it says."""

    sheets: tuple[PageSource, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class _Form:
    pages: Callable[[Element], Iterator[Element]]
    page: Callable[[Element, int], PageSource]
    step: Callable[[Element], Step]


def marked_pages(data: bytes, name: str, limits: Limits) -> Marked:
    """The pages of an hOCR, ALTO or PAGE XML file.

    Raises:
        InputError: it is damaged, hostile, or markup of another kind.
        EmptyInput: it has no pages.
        LimitExceeded: it has more pages than the limits allow.
    """
    root = _root(data, name)
    form = _form(root)
    if form is None:
        what = etree.QName(root).localname if isinstance(root.tag, str) else "?"
        raise InputError(
            f"this is markup ({what}), but neither hOCR nor ALTO nor PAGE XML",
            where=name,
            remedy="Save its text as plain text and read that.",
        )
    found = list(form.pages(root))
    if not found:
        raise EmptyInput("the file holds no pages", where=name, remedy="Check that the copy is complete.")
    if len(found) > limits.pages:
        raise too_many(len(found), name, limits)
    sheets: list[PageSource] = []
    for number, page in enumerate(found, 1):
        try:
            sheets.append(_hyphened(form.page(page, number)))
        except (ValueError, OverflowError) as why:
            fault = InputError(
                f"the page's layout can't be understood ({why})",
                where=f"{name}, page {number}",
                remedy="Look at the file, or make it again.",
            )
            sheets.append(PageSource(number=number, fault=fault))
    return Marked(sheets=tuple(sheets), step=form.step(root))


def _hyphened(sheet: PageSource) -> PageSource:
    """The page with a plain hyphen where another sign divides a word at the end of a line."""
    if sheet.layer is None:
        return sheet
    lines = tuple(
        replace(line, words=(*line.words[:-1], replace(line.words[-1], text=hyphened(line.words[-1].text))))
        if line.words
        else line
        for line in sheet.layer.lines
    )
    return replace(sheet, layer=replace(sheet.layer, lines=lines))


def _root(data: bytes, name: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.parse(io.BytesIO(_honest(data)), parser).getroot()
    except etree.XMLSyntaxError as why:
        root = _otherwise(data, parser, name)
        if root is None and b"ocr_page" in data:
            root = _html(data)
        if root is None:
            raise _damaged(name, why) from why
    if root is None:
        raise _damaged(name, None)
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):  # type: ignore[union-attr]
        raise InputError(
            "the file defines entities of its own, which can hide or multiply text",
            where=name,
            remedy="Make it again without a document type declaration.",
        )
    return root


_DECLARED = re.compile(
    rb"^(\xef\xbb\xbf)?(<\?xml[^>]{0,80}?)\s+encoding\s*=\s*[\"'](?P<name>[^\"']{1,40})[\"']"
)


def _honest(data: bytes) -> bytes:
    """The bytes without a declaration that they belie: many a file is UTF-8 whatever its first line says."""
    told = _DECLARED.match(data)
    if told is None:
        return data
    declared = told["name"].decode("ascii", "replace").lower().replace("_", "-")
    # A first line that can be read as single bytes can't be of an encoding of two or four.
    wide = declared.startswith(("utf-16", "utf16", "utf-32", "utf32", "ucs-", "iso-10646"))
    if not wide and declared in ("utf-8", "utf8"):
        return data
    try:
        plain = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return _DECLARED.sub(rb"\1\2", data, count=1) if wide or not plain.isascii() else data


def _otherwise(data: bytes, parser: etree.XMLParser, name: str) -> Element | None:
    """The file in the encoding that its bytes show, where the one that it declares does not fit."""
    try:
        text = decode(data, name=name)
    except SeptelError:
        return None
    bare = re.sub(r"^\ufeff?(<\?xml[^>]{0,80}?)\s+encoding\s*=\s*([\"'])[^\"']*\2", r"\1", text, count=1)
    if bare == text:
        return None
    try:
        return etree.parse(io.BytesIO(bare.encode("utf-8")), parser).getroot()
    except etree.XMLSyntaxError:
        return None


def _html(data: bytes) -> Element | None:
    """Engines write hOCR that is HTML and no XML; HTML has no entities to be afraid of."""
    try:
        return etree.parse(
            io.BytesIO(data), etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        ).getroot()
    except etree.XMLSyntaxError:
        return None


def _damaged(name: str, why: etree.XMLSyntaxError | None) -> InputError:
    said = f" ({why.msg})" if why is not None and why.msg else ""
    return InputError(
        f"the markup is damaged or beyond its limits{said}", where=name, remedy="Make or copy it again."
    )


def _form(root: Element) -> _Form | None:
    name = etree.QName(root).localname.lower() if isinstance(root.tag, str) else ""
    if name == "alto":
        return _Form(_all("Page"), alto_page, alto_step)
    if name == "pcgts":
        return _Form(_all("Page"), pagexml_page, pagexml_step)
    if name == "html" and next(_hocr_pages(root), None) is not None:
        return _Form(_hocr_pages, hocr_page, hocr_step)
    return None


def _all(name: str) -> Callable[[Element], Iterator[Element]]:
    return lambda root: root.iter(f"{{*}}{name}")


def _hocr_pages(root: Element) -> Iterator[Element]:
    for element in root.iter():
        if isinstance(element.tag, str) and "ocr_page" in (element.get("class") or "").split():
            yield element
