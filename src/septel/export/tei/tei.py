"""TEI P5, diplomatic: sections, paragraphs, pages and lines as in the source, every change marked up.

- A change is `<choice><sic>as it came</sic><corr cert="0.93" resp="#s1">as read</corr></choice>`; further
  `<corr>` are alternatives. Taking each first `<corr>` gives the reading, taking each `<sic>` the source.
- A correction that is doubtful has `type="doubtful"`.
- A doubt about what stands is `<unclear cert="0.6">`, within a `<choice>` with further ones where it has
  alternatives.
- An unreadable place is `<corr><gap reason="illegible" quantity="5" unit="chars"/></corr>`.
- A transmitted section is a `<div type="section" n="1">`, a labelled paragraph `<p n="3.J">` (with `part`
  where another section begins in its midst), any other part an `<ab type="summary">` or
  `<ab type="heading" subtype="subject">`. What is printed across a paragraph is `<fw>` in it, and a line
  that fits nowhere `<seg type="unplaced">`.
- Pages are `<pb n="1"/>`, lines `<lb n="1"/>`; `facs` points at the line's box in `<facsimile>`.
- `resp` points at the step (tool, version, model) in the header's `<appInfo>`, or at the person.

The subset of TEI that is used is `schema/septel-tei.rng`; why it is a subset of our own, and how it is held
against the Consortium's `tei_all`, is in docs/decisions/0008-our-own-subset-of-tei.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from septel.archive import Holding
from septel.archive.model import tree_of
from septel.export import validation as validating
from septel.export.protocol import LossNote
from septel.export.tei.body import write_body, write_facsimile
from septel.export.tei.header import responsible, write_header
from septel.export.xml import NAMESPACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tei:
    """The diplomatic edition as TEI P5."""

    name: str = "tei"
    ending: str = ".xml"
    media_type: str = "application/tei+xml"
    losses: tuple[LossNote, ...] = (
        LossNote(what="edits that were superseded or undone", where="json"),
        LossNote(what="control characters, which XML forbids", where="json"),
        LossNote(what="boxes of words", where="the archive"),
    )

    def write(self, holding: Holding) -> bytes:
        """The holding as TEI, checked against the schema.

        Raises:
            SeptelError: what was written does not validate; nothing is given out.
        """
        root = etree.fromstring(f'<TEI xmlns="{NAMESPACE}"/>')
        tree, who = tree_of(holding), responsible(holding)
        write_header(root, holding, tree, who)
        boxed = write_facsimile(root, holding)
        write_body(root, holding, tree, who, boxed)
        validate(root)
        return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def validate(root: etree._Element) -> None:
    """Check a document against the shipped subset of TEI.

    Raises:
        SeptelError: it does not validate.
    """
    validating.validate(root, "septel-tei.rng", "TEI")


def reading_of(document: bytes) -> str:
    """The reading that a TEI document holds: each first correction, lines joined by line feeds."""
    return _flatten(document, first={"corr", "unclear"}, skip="sic")


def source_of(document: bytes) -> str:
    """The source that a TEI document holds: each `sic`, lines joined by line feeds."""
    return _flatten(document, first={"sic", "unclear"}, skip="corr")


def _flatten(document: bytes, *, first: Iterable[str], skip: str) -> str:
    root = etree.fromstring(document)
    out: list[str] = []

    def walk(element: etree._Element) -> None:
        name = etree.QName(element).localname
        if name == "lb" and element.get("n") != "1":
            out.append("\n")
        if name == "choice":
            children = [child for child in element if etree.QName(child).localname in first]
            if children:
                walk(children[0])
        elif name != skip or name in first:
            out.append(element.text or "")
            for child in element:
                walk(child)
                out.append(child.tail or "")

    body = root.find(f".//{{{NAMESPACE}}}body")
    if body is not None:
        walk(body)
    return "".join(out)
