"""TEI P5, diplomatic: page and line as in the source, every change and doubt marked up.

- A change is `<choice><sic>as it came</sic><corr cert="0.93" resp="#s1">as read</corr></choice>`; further
  `<corr>` are alternatives. Taking each first `<corr>` gives the reading, taking each `<sic>` the source.
- A doubt about what stands is `<unclear cert="0.6">`, within a `<choice>` with further ones where it has
  alternatives.
- An unreadable place is `<corr><gap reason="illegible" extent="5" unit="char"/></corr>`.
- Pages are `<pb n="1"/>`, lines `<lb n="1"/>`, paragraphs `<milestone unit="paragraph" n="3.J"/>`.
- `resp` points at the step (tool, version, model) in the header's `<appInfo>`, or at the person.

The subset of TEI that is used is `schema/septel-tei.rng`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from lxml import etree

from septel.archive import Holding
from septel.errors import SeptelError
from septel.export.exporter import LossNote
from septel.text import Edit, Ground

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _safe(text: str) -> str:
    """XML forbids most control characters; they stand as the replacement character."""
    return _FORBIDDEN.sub("�", text)


def _element(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    if text:
        made.text = _safe(text)
    return made


class _Writer:
    """Text and elements in the order of the document."""

    def __init__(self, parent: etree._Element) -> None:
        self.parent = parent
        self.last: etree._Element | None = None

    def text(self, text: str) -> None:
        """Add characters after the last element."""
        text = _safe(text)
        if self.last is None:
            self.parent.text = (self.parent.text or "") + text
        else:
            self.last.tail = (self.last.tail or "") + text

    def element(self, name: str, **attributes: str) -> etree._Element:
        """Add an element."""
        self.last = _element(self.parent, name, **attributes)
        return self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Tei:
    """The diplomatic edition as TEI P5."""

    name: str = "tei"
    ending: str = ".xml"
    media_type: str = "application/tei+xml"
    losses: tuple[LossNote, ...] = (
        LossNote(what="edits that were superseded or undone", where="json"),
        LossNote(what="control characters, which XML forbids", where="json"),
        LossNote(what="boxes of lines and words", where="the archive"),
    )

    def write(self, holding: Holding) -> bytes:
        """The holding as TEI, checked against the schema.

        Raises:
            SeptelError: what was written does not validate; nothing is given out.
        """
        root = etree.fromstring(f'<TEI xmlns="{NAMESPACE}"/>')
        who = _responsible(holding)
        _header(root, holding, who)
        _body(root, holding, who)
        validate(root)
        return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def validate(root: etree._Element) -> None:
    """Check a document against the shipped subset of TEI.

    Raises:
        SeptelError: it does not validate.
    """
    schema = etree.RelaxNG(
        etree.fromstring(files("septel.export").joinpath("schema/septel-tei.rng").read_bytes())
    )
    if not schema.validate(root):
        raise SeptelError(
            f"the TEI that was written is not valid ({schema.error_log[0].message})",
            remedy="Please report this; text and JSON exports are not concerned.",
        )


def _responsible(holding: Holding) -> dict[str, str]:
    """An XML id for each step and each person behind an active edit."""
    keys: dict[str, str] = {}
    for entry in holding.log.active():
        assert entry.edit is not None
        decision = entry.edit.reason.ground is Ground.DECISION
        key = f"person:{entry.by}" if decision else entry.edit.step.key
        keys.setdefault(key, f"s{len(keys) + 1}")
    return keys


def _header(root: etree._Element, holding: Holding, who: Mapping[str, str]) -> None:
    header = _element(root, "teiHeader")
    description = _element(header, "fileDesc")
    titles = _element(description, "titleStmt")
    _element(titles, "title", holding.title)
    people = {entry.by for entry in holding.log.active() if f"person:{entry.by}" in who}
    for person in sorted(people):
        statement = _element(titles, "respStmt", **{f"{{{_XML}}}id": who[f"person:{person}"]})
        _element(statement, "resp", "decided on readings")
        _element(statement, "name", person)
    published = _element(description, "publicationStmt")
    _element(published, "p", "Made from an archive of Septel; not published.")
    origin = _element(_element(description, "sourceDesc"), "bibl")
    _element(origin, "title", holding.source.name)
    _element(origin, "idno", holding.source.digest, type="sha256")
    if holding.identifier:
        _element(origin, "idno", holding.identifier, type="telegram")
    encoding = _element(header, "encodingDesc")
    editorial = _element(encoding, "editorialDecl")
    _element(
        _element(editorial, "correction", method="markup"),
        "p",
        "Every change of the source is marked; none is silent. A certainty is a calibrated probability.",
    )
    steps = {e.edit.step.key: e.edit.step for e in holding.log.active() if e.edit}
    used = {key: step for key, step in steps.items() if key in who}
    if used:
        applications = _element(encoding, "appInfo")
        for key, step in used.items():
            application = _element(
                applications,
                "application",
                ident=_name(step.tool),
                version=_version(step.version),
                **{f"{{{_XML}}}id": who[key]},
            )
            settings = ", ".join(f"{name} {value}" for name, value in step.settings)
            _element(application, "desc", f"version {step.version}; model {step.model or 'none'}; {settings}")
    profile = _element(header, "profileDesc")
    if holding.post or holding.dtg:
        correspondence = _element(profile, "correspDesc")
        action = _element(correspondence, "correspAction", type="sent")
        if holding.post:
            _element(action, "name", holding.post)
        if holding.dtg:
            _element(action, "date", holding.dtg)
    language = _element(profile, "langUsage")
    _element(language, "language", "English", ident="en")


def _name(text: str) -> str:
    """A word as an XML name."""
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", text)
    return name if re.match("[A-Za-z]", name) else f"x-{name}"


def _version(text: str) -> str:
    """As much of a version as TEI's `teidata.versionNumber` can hold; the whole stands in `desc`."""
    found = re.search(r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}", text.lower())
    return found.group() if found else "0"


def _marks(holding: Holding) -> list[tuple[int, str]]:
    """Where paragraphs begin in the source, with their paths."""
    found: list[tuple[int, str]] = []

    def look(node: object) -> None:
        if isinstance(node, Mapping):
            path, locus = node.get("path"), node.get("locus")
            if isinstance(path, str) and path and isinstance(locus, Mapping):
                span = locus.get("span")
                if isinstance(span, list | tuple) and span:
                    found.append((int(span[0]), path))
            for value in node.values():
                look(value)
        elif isinstance(node, list | tuple):
            for value in node:
                look(value)

    look(holding.telegram)
    return sorted(set(found))


def _body(root: etree._Element, holding: Holding, who: Mapping[str, str]) -> None:
    text = _element(root, "text")
    block = _element(_element(text, "body"), "ab")
    block.set(f"{{{_XML}}}space", "preserve")
    writer = _Writer(block)
    source = holding.source
    edits = iter(holding.log.active())
    entry = next(edits, None)
    marks = _marks(holding)
    pages = list(enumerate(source.pages, 1))
    for number, line in enumerate(source.lines, 1):
        while pages and pages[0][1].start <= line.start:
            writer.element("pb", n=str(pages.pop(0)[0]))
        writer.element("lb", n=str(number))
        while marks and marks[0][0] <= line.end:
            start, path = marks.pop(0)
            if start >= line.start:
                writer.element("milestone", unit="paragraph", n=_safe(path))
        at = line.start
        while entry is not None and entry.edit is not None and entry.edit.span.end <= line.end:
            edit = entry.edit
            writer.text(source.text[at : edit.span.start])
            key = f"person:{entry.by}" if edit.reason.ground is Ground.DECISION else edit.step.key
            _mark(writer, edit, who[key])
            at = edit.span.end
            entry = next(edits, None)
        writer.text(source.text[at : line.end])
    for number, _ in pages:
        writer.element("pb", n=str(number))


def _mark(writer: _Writer, edit: Edit, resp: str) -> None:
    sure = {"cert": f"{edit.confidence.probability:.3f}"} if edit.confidence else {}
    if edit.unreadable:
        choice = writer.element("choice")
        _element(choice, "sic", edit.before)
        extent = {"extent": str(edit.extent), "unit": "char"} if edit.extent is not None else {}
        correction = _element(choice, "corr", resp=f"#{resp}", **sure)
        _element(correction, "gap", reason="illegible", **extent)
        _alternatives(choice, "corr", edit)
        return
    if edit.changes:
        choice = writer.element("choice")
        _element(choice, "sic", edit.before)
        correction = _element(choice, "corr", edit.after, resp=f"#{resp}", **sure)
        if str(edit.reason):
            correction.set("evidence", _name(edit.reason.ground.value))
        _alternatives(choice, "corr", edit)
        return
    if not edit.before:
        return
    if edit.alternatives:
        choice = writer.element("choice")
        _element(choice, "unclear", edit.before, resp=f"#{resp}", **sure)
        _alternatives(choice, "unclear", edit)
    else:
        writer.element("unclear", resp=f"#{resp}", **sure).text = _safe(edit.before)


def _alternatives(choice: etree._Element, name: str, edit: Edit) -> None:
    for alternative in edit.alternatives:
        probability = alternative.probability
        sure = {"cert": f"{probability:.3f}"} if probability is not None else {}
        _element(choice, name, alternative.text, **sure)


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

    block = root.find(f".//{{{NAMESPACE}}}ab")
    if block is not None:
        walk(block)
    return "".join(out)
