"""A reading edition as TEI P5, in the form of *Foreign Relations of the United States* (FRUS).

One `<div type="document" subtype="historical-document">` with head, source note, dateline, paragraphs as
running text, and signature: what a historian reads and quotes. What is doubtful is `<unclear>`, what can't be
read `<gap reason="illegible">`. That form has no `choice`, `app`, `supplied` or `fw`: the corrections stand
as a list in the header, where FRUS lists its own, and the evidence is in the full edition (`tei`).

Rules of the form: the Office of the Historian's guidelines and Schematron rules (`frus-tei-guidelines`,
`frus.sch` of HistoryAtState/frus), as far as they concern one telegram; `schema/septel-frus.rng` holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from septel.archive import Holding
from septel.archive.model import LinePart, doubted_of, parts_of, shown_field, tree_of
from septel.export import validation as validating
from septel.export.protocol import LossNote
from septel.export.xml import NAMESPACE, Writer, element, identified, safe
from septel.telegram import TelegramJson, marked_field
from septel.telegram.body import join
from septel.text import DOUBT, Edit, Reading, State, state_of

FRUS = "http://history.state.gov/frus/ns/1.0"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)Z)?$")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# Marks within running text while its lines are joined: doubt begins and ends, gap, page. They are of
# Unicode's private use; a source that has them all the same shows the replacement character.
_DOUBT, _SURE, _GAP, _PAGE, _END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_TAKEN = {ord(mark): "\ufffd" for mark in (_DOUBT, _SURE, _GAP, _PAGE, _END)}
_MARKS = re.compile(f"{_DOUBT}([^{_SURE}]*){_SURE}|{_GAP}([0-9]*){_END}|{_PAGE}([0-9]+){_END}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeiFrus:
    """The reading edition."""

    name: str = "tei-frus"
    ending: str = ".frus.xml"
    media_type: str = "application/tei+xml"
    losses: tuple[LossNote, ...] = (
        LossNote(what="the source's own lines and line breaks", where="tei"),
        LossNote(what="what is printed and stamped around the message", where="tei, json"),
        LossNote(what="how sure each reading is, and what else it may be", where="tei, json"),
        LossNote(what="boxes of lines and words", where="tei, alto, page"),
    )

    def write(self, holding: Holding) -> bytes:
        """The holding's reading edition, checked against the shipped schema.

        Raises:
            SeptelError: what was written does not validate; nothing is given out.
        """
        root = etree.fromstring(f'<TEI xmlns="{NAMESPACE}" xmlns:frus="{FRUS}"/>')
        tree = tree_of(holding)
        _header(root, holding)
        body = element(element(root, "text"), "body")
        _document(body, holding, tree)
        etree.indent(root.find(f"{{{NAMESPACE}}}teiHeader"), space=" ", level=1)
        validating.validate(root, "septel-frus.rng", "TEI")
        return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _header(root: etree._Element, holding: Holding) -> None:
    header = element(root, "teiHeader")
    description = element(header, "fileDesc")
    titles = element(description, "titleStmt")
    element(titles, "title", shown_field(holding, "title"), type_="complete")
    published = element(description, "publicationStmt")
    element(published, "p", "Made from an archive of Septel; not published.")
    origin = element(element(description, "sourceDesc"), "bibl")
    element(origin, "title", holding.source.name)
    element(origin, "idno", holding.source.digest, type_="sha256")
    element(origin, "idno", holding.source.id, type_="septel")
    declared = element(element(element(header, "encodingDesc"), "editorialDecl"), "correction")
    changes = [edit for edit in holding.reading.edits if edit.changes]
    if not changes:
        element(declared, "p", "Nothing was read otherwise than it came.")
        return
    said = element(declared, "p", "Every place that is read otherwise than it came, by line of the source:")
    listed = element(said, "list")
    for edit in changes:
        line = holding.source.line_at(edit.span.start)
        shown = "unreadable" if edit.unreadable else f"read as “{edit.after}”"
        sure = f", probability {edit.confidence.probability:.3f}" if edit.confidence else ""
        item = element(listed, "item", f"Line {line}: “{edit.before}” {shown} ({edit.reason}{sure}). ")
        locus = str(holding.source.locus(edit.span))
        element(item, "ref", locus, target=f"urn:septel:{locus}")


def _document(body: etree._Element, holding: Holding, tree: TelegramJson | None) -> None:
    document = identified(body, "div", "d1", type_="document", subtype="historical-document", n="1")
    if when := _moment(holding.dtg):
        document.set(f"{{{FRUS}}}doc-dateTime-min", when)
        document.set(f"{{{FRUS}}}doc-dateTime-max", when)
    head = element(document, "head", f"1. {_head(holding, tree)}")
    note = identified(head, "note", "d1fn1", n="1", type_="source")
    note.text = safe(_source_note(holding, tree))
    if holding.post or holding.dtg:
        _dateline(document, holding, tree)
    parts = parts_of(holding, tree)
    page, shown = 0, _marked(holding.reading)
    for name, lines in _blocks(parts):
        block = document if name != "signature" else element(document, "closer", rendition="#right")
        tag = "p" if name != "signature" else "signed"
        for text in _running(holding, shown, lines):
            page = _paragraph(block, tag, text, page)
    if len(document) == 1 or (len(document) == 2 and document.find(f"{{{NAMESPACE}}}opener") is not None):
        element(document, "p")


def _head(holding: Holding, tree: TelegramJson | None) -> str:
    """`Telegram From Helsinki to the Secretary of State`, as far as the heading tells."""
    action = _receivers(holding, tree, "action")
    if not holding.post:
        return shown_field(holding, "title")
    to = f" to {' and '.join(action)}" if action else ""
    return f"Telegram From {shown_field(holding, 'post')}{to}"


def _receivers(holding: Holding, tree: TelegramJson | None, role: str) -> list[str]:
    """The addressees of a role, with the marks of their doubts."""
    found = tree.heading.addressees if tree else ()
    return [marked_field(one, one.station.name, holding.reading) for one in found if one.role == role]


def _source_note(holding: Holding, tree: TelegramJson | None) -> str:
    info = _receivers(holding, tree, "info")
    marks = [m for m in (shown_field(holding, "classification"), *holding.captions) if m]
    precedence = tree.heading.precedence.value if tree and tree.heading.precedence else []
    said = [f"Source: {holding.source.name} (SHA-256 {holding.source.digest})."]
    said += ["; ".join(dict.fromkeys((*marks, *precedence))) + "."] if marks or precedence else []
    said += [f"Repeated to {', '.join(info)}."] if info else []
    return " ".join(said)


def _dateline(document: etree._Element, holding: Holding, tree: TelegramJson | None) -> None:
    sender = tree.heading.originator.value.post if tree and tree.heading.originator else None
    place, doubted = sender or holding.post, doubted_of(holding)
    unsure = {name: DOUBT if name in doubted else "" for name in ("post", "dtg")}
    line = element(element(document, "opener"), "dateline", rendition="#right")
    writer = Writer(line)
    if place:
        writer.element("placeName").text = safe(f"{place.title()}{unsure['post']}")
    if holding.dtg:
        found = _DAY.match(holding.dtg)
        if place:
            writer.text(", ")
        if found:
            year, month, day, hour, minute = found.groups()
            shown = f"{_MONTHS[int(month) - 1]} {int(day)}, {year}" if 1 <= int(month) <= 12 else holding.dtg
            shown += f", {hour}{minute}Z" if hour else ""
            when = _moment(holding.dtg)
            known = {"when": when} if when else {}
            writer.element("date", calendar="gregorian", **known).text = f"{shown}{unsure['dtg']}"
        else:
            writer.element("date").text = safe(f"{holding.dtg}{unsure['dtg']}")
        writer.text(".")


def _moment(dtg: str | None) -> str | None:
    """A date-time group as XML Schema's dateTime, when it is whole."""
    found = _DAY.match(dtg or "")
    return f"{dtg}".replace("Z", ":00Z") if found and found[4] else None


def _blocks(parts: tuple[LinePart, ...]) -> Iterator[tuple[str, list[int]]]:
    """The lines of the message itself, by part, each part once, in the order in which they begin."""
    known = any(part.layer for part in parts)
    owned: dict[str, list[int]] = {}
    for number, part in enumerate(parts, 1):
        if not known or part.layer == "text":
            owned.setdefault(part.name, []).append(number)
    yield from owned.items()


def _running(holding: Holding, shown: list[str], lines: list[int]) -> list[str]:
    """Lines as running text, cut where the drafter left a line blank; marks as said above."""
    source = holding.source
    joined: list[tuple[str, bool]] = []
    last = 0
    for number in lines:
        text = shown[number - 1].strip()
        apart = bool(last) and any(not one.of(source.text).strip() for one in source.lines[last : number - 1])
        if text:
            # The page goes with the line, so that the break stands where the page turns.
            page = source.page_at(source.lines[number - 1].start)
            joined.append((f"{_PAGE}{page}{_END}{text}", apart))
            last = number
    return [text for text in join(joined).split("\n") if text]


def _marked(reading: Reading) -> list[str]:
    """The lines as read, doubts and gaps marked."""
    out: list[str] = []
    at = 0
    for edit in reading.edits:
        out += (reading.source.text[at : edit.span.start].translate(_TAKEN), _shown(edit))
        at = edit.span.end
    out.append(reading.source.text[at:].translate(_TAKEN))
    lines = "".join(out).split("\n")
    return lines + [""] * (len(reading.source.lines) - len(lines))


def _shown(edit: Edit) -> str:
    if edit.unreadable:
        return f"{_GAP}{edit.extent if edit.extent is not None else ''}{_END}"
    after = edit.after.translate(_TAKEN)
    # Each word is in doubt, as other views mark each.
    return re.sub(r"\S+", rf"{_DOUBT}\g<0>{_SURE}", after) if state_of(edit) is State.DOUBTFUL else after


def _paragraph(parent: etree._Element, tag: str, text: str, page: int) -> int:
    """One paragraph with its marks as elements; gives the page on which it ends."""
    writer = Writer(element(parent, tag))
    at = 0
    for mark in _MARKS.finditer(text):
        writer.text(text[at : mark.start()])
        at = mark.end()
        doubt, gap, turned = mark.groups()
        if doubt is not None:
            writer.element("unclear").text = safe(doubt)
        elif gap is not None:
            size = {"quantity": gap, "unit": "chars"} if gap else {}
            writer.element("gap", reason="illegible", **size)
        elif int(turned) > page:
            page = int(turned)
            identified(writer.parent, "pb", f"pg_{page}", n=str(page))
            writer.last = writer.parent[-1]
    writer.text(text[at:])
    return page
