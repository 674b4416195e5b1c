"""TEI elements, and text between them, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from lxml import etree

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """XML forbids most control characters; they stand as the replacement character."""
    # Looking whether there is anything but line ends takes a fifth of the time of looking for what it is.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _FORBIDDEN.sub("\ufffd", text)


DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"
LINES = "\ue000lines\ue001"
"""Stands in a document where lines are to be put; of private use, so that no title is taken for it."""


_MARKS = re.compile('[&<>"\t\n\r]')
# The ampersand first, or it would be escaped twice. Translating tables take ten times as long.
_IN_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_IN_ATTRIBUTE = (*_IN_TEXT, ('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"))


def escaped(text: str) -> str:
    """Text as it stands in an element, just as lxml writes it."""
    if text.isalnum():
        return text
    text = safe(text)
    return _with(text, _IN_TEXT) if _MARKS.search(text) else text


def quoted(text: str) -> str:
    """Text as it stands in an attribute within double quotes, just as lxml writes it."""
    if text.isalnum():
        return text
    text = safe(text)
    return _with(text, _IN_ATTRIBUTE) if _MARKS.search(text) else text


def _with(text: str, escapes: Iterable[tuple[str, str]]) -> str:
    for mark, escape in escapes:
        text = text.replace(mark, escape)
    return text


def each(words: Sequence[str], escape: Callable[[str], str]) -> Sequence[str]:
    """Words, each `escaped` or `quoted`; quick where there is nothing to escape in any."""
    whole = " ".join(words)
    return words if whole.isprintable() and not _MARKS.search(whole) else [escape(word) for word in words]


def with_lines(document: str, lines: list[str]) -> bytes:
    """A document with the lines of its pages put in, one text for each place."""
    parts = document.split(f">{LINES}<")
    out = [parts[0]]
    for part, text in zip(parts[1:], lines, strict=True):
        out += (">", text, "<", part)
    return "".join(out).encode()


def element(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element; underlines at the end of attribute names (`type_`) are for Python only."""
    values = {key.rstrip("_"): safe(value) for key, value in attributes.items()} if attributes else None
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", values)
    if text:
        made.text = safe(text)
    return made


def identified(parent: etree._Element, name: str, key: str, **attributes: str) -> etree._Element:
    """Add an element with an `xml:id`."""
    made = element(parent, name, **attributes)
    made.set(XML_ID, key)
    return made


@lru_cache(maxsize=1024)
def name_of(text: str) -> str:
    """A word as an XML name."""
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", text)
    return name if re.match("[A-Za-z]", name) else f"x-{name}"


_NAMES = {"id_": "xml:id", "type_": "type"}
"""Attributes whose names Python has for itself, or that are no names to it."""


class Laid:
    """Writes elements as text, each on a line of its own, indented by its depth.

    Text takes a third of the time that a tree does, and what is written is read back by the schema anyway.
    Texts and values are escaped here; `type_` is `type`, and `id_` is `xml:id`.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._open: list[str] = []

    def start(self, name: str, **attributes: str) -> None:
        """Open an element."""
        self.lines.append(f"{self._margin()}<{name}{_attributes(attributes)}>")
        self._open.append(name)

    def end(self) -> None:
        """Close the element that was opened last."""
        name = self._open.pop()
        self.lines.append(f"{' ' * (len(self._open) + 1)}</{name}>")

    def leaf(self, name: str, text: str = "", **attributes: str) -> None:
        """An element with nothing but text, or nothing at all."""
        self.lines.append(self._margin() + leaf(name, text, **attributes))

    def mixed(self, name: str, text: str, inner: Sequence[str], **attributes: str) -> None:
        """An element of text, and elements behind it."""
        if not inner:
            self.leaf(name, text, **attributes)
            return
        margin = self._margin()
        # No space comes between the text and what follows it.
        held = f"\n{margin} ".join(inner) if text.strip() else f"\n{margin} " + f"\n{margin} ".join(inner)
        opened = f"{margin}<{name}{_attributes(attributes)}>{escaped(text) if text.strip() else ''}"
        self.lines.append(f"{opened}{held}\n{margin}</{name}>")

    def _margin(self) -> str:
        return " " * (len(self._open) + 1) if self._open else ""


def leaf(name: str, text: str = "", **attributes: str) -> str:
    """An element with nothing but text, or nothing at all, as text."""
    opened = f"<{name}{_attributes(attributes)}" if attributes else f"<{name}"
    return f"{opened}>{escaped(text)}</{name}>" if text else f"{opened}/>"


def _attributes(values: Mapping[str, str]) -> str:
    return "".join([f' {_NAMES.get(key, key)}="{quoted(value)}"' for key, value in values.items()])


class Writer:
    """Adds text and elements at the end of one element."""

    def __init__(self, parent: etree._Element) -> None:
        self.parent = parent
        # Counting children would walk over all of them.
        self.last: etree._Element | None = next(parent.iterchildren(reversed=True), None)

    def text(self, text: str) -> None:
        """Add characters after what is there."""
        if not text:
            return
        text = safe(text)
        if self.last is None:
            self.parent.text = (self.parent.text or "") + text
        else:
            self.last.tail = (self.last.tail or "") + text

    def element(self, name: str, **attributes: str) -> etree._Element:
        """Add an element."""
        self.last = element(self.parent, name, **attributes)
        return self.last
