"""TEI P5, diplomatic: sections, paragraphs, pages and lines as in the source, every change marked up.

- A change is `<choice><sic>as it came</sic><corr cert="0.93" resp="#s1">as read</corr></choice>`; further
  `<corr>` are alternatives. Taking each first `<corr>` gives the reading, taking each `<sic>` the source.
- A correction that is doubtful has `type="doubtful"`.
- A doubt about what stands is `<unclear cert="0.6">`, within a `<choice>` with further ones where it has
  alternatives.
- What the source lacks is `<supplied reason="omitted">`; what another witness has is `<app><lem>as
  read</lem><rdg wit="#source">as it came</rdg></app>`.
- An unreadable place is `<corr><gap reason="illegible" quantity="5" unit="chars"/></corr>`.
- A transmitted section is a `<div type="section" n="1">`, a labelled paragraph `<p n="3.J">` (with `part`
  where another section begins in its midst), any other part an `<ab type="summary">` or
  `<ab type="heading" subtype="subject">`. What is printed across a paragraph is `<fw>` in it, and a line
  that fits nowhere `<seg type="unplaced">`.
- Pages are `<pb n="1"/>`, lines `<lb n="1"/>`; `facs` points at the page's `surface` and the line's box in
  `<facsimile>`, where a `graphic` names the file that shows the page. Each break begins a line of the file,
  for those who read it; those line ends are no part of the text.
- What stands apart from the text (`<standOff>`): excisions, references and, where a record is given,
  statements, as `<span from="#l12" to="#l14">` in a `<spanGrp>` of their kind (see `tei_standoff`).
- `resp` points at the step (tool, version, model) in the header's `<appInfo>`, or at the person.

The subset of TEI that is used is `schema/septel-tei.rng`; why it is a subset of our own, and how it is held
against the Consortium's `tei_all`, is in docs/decisions/0008-our-own-subset-of-tei.md.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from lxml import etree

from septel.archive import Holding
from septel.archive.model import tree_of
from septel.export.page_images import original_address
from septel.export.protocol import LossNote, Records
from septel.export.tei.body import ImageAddress, body_text, write_facsimile
from septel.export.tei.header import responsible, write_header
from septel.export.tei.standoff import write_standoff
from septel.export.validation import validate_text
from septel.export.xml import DECLARATION, NAMESPACE, Laid


@dataclass(frozen=True, slots=True, kw_only=True)
class Tei:
    """The diplomatic edition as TEI P5.

    Attributes:
        records: gives the record of a holding, for its statements; without it there are none.
        image: gives the address of a page's image; the original beside the edition, unless said otherwise.
    """

    records: Records | None = None
    image: ImageAddress = original_address
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
        out = Laid()
        tree, active = tree_of(holding), holding.log.active()
        who = responsible(active)
        write_header(out, holding, tree, active, who)
        write_standoff(out, holding, tree, self.records(holding) if self.records else None)
        shown = write_facsimile(out, holding, self.image)
        body = body_text(holding, tree, active, who, shown)
        head = "\n".join(out.lines)
        document = f'<TEI xmlns="{NAMESPACE}">\n{head}\n<text>{body}</text>\n</TEI>'.encode()
        validate_text(document, "septel-tei.rng", "TEI")
        return DECLARATION + document


def reading_of(document: bytes) -> str:
    """The reading that a TEI document holds: each first correction, lines joined by line feeds."""
    return _flatten(document, first={"corr", "unclear", "lem"}, skip=())


def source_of(document: bytes) -> str:
    """The source that a TEI document holds: each `sic`, lines joined by line feeds."""
    return _flatten(document, first={"sic", "unclear", "rdg"}, skip=("supplied",))


def _flatten(document: bytes, *, first: Container[str], skip: Container[str]) -> str:
    root = etree.fromstring(document)
    out: list[str] = []

    def walk(element: etree._Element) -> None:
        name = etree.QName(element).localname
        if name == "lb" and element.get("n") != "1":
            out.append("\n")
        if name in ("choice", "app"):
            children = [child for child in element if etree.QName(child).localname in first]
            if children:
                walk(children[0])
        elif name not in skip:
            # A line end of the file is no character of the text.
            out.append((element.text or "").replace("\n", ""))
            for child in element:
                walk(child)
                out.append((child.tail or "").replace("\n", ""))

    body = root.find(f".//{{{NAMESPACE}}}body")
    if body is not None:
        walk(body)
    return "".join(out)
