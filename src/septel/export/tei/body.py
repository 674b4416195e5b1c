"""The body of a TEI document: sections, paragraphs and furniture, line by line, with every edit marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from septel.archive import Holding
from septel.archive.model import LinePart, parts_of
from septel.export.tei.header import SOURCE, author_of
from septel.export.xml import NAMESPACE, XML_ID, XML_SPACE, Writer, element, identified, name_of, safe
from septel.telegram import TelegramJson
from septel.text import Edit, Entry, Ground, Source, Span, State, state_of

_LB = f"{{{NAMESPACE}}}lb"
_TEXT, _BLANK, _HEADING, _UNPLACED = "text", "blank", "heading", "unplaced"


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring lines of one part; `inside` are those that interrupt it without ending it."""

    part: LinePart
    lines: tuple[int, ...]
    inside: frozenset[int]


def _runs(parts: tuple[LinePart, ...]) -> Iterator[_Run]:
    """Lines in runs: what is printed round a paragraph or a heading field does not cut it in two."""
    at = 0
    while at < len(parts):
        part, first = parts[at], at
        inside: set[int] = set()
        end = at + 1
        ahead = end
        while ahead < len(parts) and parts[ahead].section == part.section:
            found = parts[ahead]
            if (found.layer, found.name) == (part.layer, part.name):
                inside.update(n for n in range(end, ahead) if parts[n].layer != _BLANK)
                end = ahead + 1
            elif found.layer == _BLANK:
                # Blank lines go with what stands before them.
                if end == ahead:
                    end = ahead + 1
            elif part.layer != _TEXT or found.layer in (_TEXT, _HEADING):
                break
            ahead += 1
        yield _Run(part, tuple(range(first + 1, end + 1)), frozenset(n + 1 for n in inside))
        at = end


def write_facsimile(root: etree._Element, holding: Holding) -> set[int]:
    """Add the pages' sizes and the lines' boxes, where an engine saw them; gives the lines that have one."""
    boxed: set[int] = set()
    facsimile = None
    for page in holding.pages:
        zones = [(holding.source.line_at(line.span.start), line.box) for line in page.lines if line.box]
        if not zones or page.width is None or page.height is None:
            continue
        facsimile = element(root, "facsimile") if facsimile is None else facsimile
        corners = {"ulx": "0", "uly": "0", "lrx": str(page.width), "lry": str(page.height)}
        surface = identified(facsimile, "surface", f"page{page.number}", n=str(page.number), **corners)
        for number, box in zones:
            if box is None or number in boxed:
                continue
            boxed.add(number)
            corners = {
                "ulx": str(box.left),
                "uly": str(box.top),
                "lrx": str(box.right),
                "lry": str(box.bottom),
            }
            identified(surface, "zone", f"z{number}", **corners)
    return boxed


class _Body:
    """Writes lines into the elements of their parts."""

    def __init__(
        self, source: Source, active: Sequence[Entry], who: Mapping[str, str], boxed: set[int]
    ) -> None:
        self.source = source
        self.who = who
        self.boxed = boxed
        self.entries = iter(active)
        self.entry: Entry | None = next(self.entries, None)
        self.pages = list(enumerate(source.pages, 1))

    def line(self, parent: etree._Element, number: int) -> None:
        """One line, after the page break that opens its page, with its edits."""
        writer = Writer(parent)
        span = self.source.lines[number - 1]
        while self.pages and self.pages[0][1].start <= span.start:
            self._break(writer)
        writer.text("\n")
        # By far the most frequent element, so it is made without detours.
        attributes = {"n": str(number), XML_ID: f"l{number}"}
        if number in self.boxed:
            attributes["facs"] = f"#z{number}"
        writer.last = etree.SubElement(parent, _LB, attributes)
        at = span.start
        while self.entry is not None and self.entry.edit is not None and self._within(self.entry.edit, span):
            edit = self.entry.edit
            writer.text(self.source.text[at : edit.span.start])
            mark(writer, edit, self.who[author_of(self.entry)], f"e{self.entry.number}")
            at = edit.span.end
            self.entry = next(self.entries, None)
        writer.text(self.source.text[at : span.end])

    def rest(self, parent: etree._Element) -> None:
        """The page breaks after the last line."""
        writer = Writer(parent)
        while self.pages:
            self._break(writer)

    def _break(self, writer: Writer) -> None:
        number = self.pages.pop(0)[0]
        writer.text("\n")
        writer.element("pb", n=str(number))

    @staticmethod
    def _within(edit: Edit, span: Span) -> bool:
        return edit.span.end <= span.end


def write_body(
    root: etree._Element,
    holding: Holding,
    tree: TelegramJson | None,
    active: Sequence[Entry],
    who: Mapping[str, str],
    boxed: set[int],
) -> None:
    """Add the text: a `div` per transmitted section, in it a `p` per paragraph and an `ab` per other part."""
    outer = element(element(root, "text"), "body")
    outer.set(XML_SPACE, "preserve")
    body = _Body(holding.source, active, who, boxed)
    parts = parts_of(holding, tree)
    paths = {paragraph.path for paragraph in tree.paragraphs} if tree else set()
    runs = list(_runs(parts))
    pieces = Counter(_key(run.part) for run in runs if run.part.layer == _TEXT)
    met: Counter[tuple[str, str]] = Counter()
    section, division = -1, None
    for run in runs:
        if run.part.section != section or division is None:
            section = run.part.section
            division = _division(outer, tree, section)
        key = _key(run.part)
        met[key] += 1
        block = _block(division, run.part, paths)
        if pieces[key] > 1:
            block.set("part", "I" if met[key] == 1 else "F" if met[key] == pieces[key] else "M")
        _lines(body, block, run, parts)
    if division is None:
        division = _division(outer, tree, 0)
        element(division, "ab")
    body.rest(division)


def _key(part: LinePart) -> tuple[str, str]:
    return part.layer, part.name


def _division(outer: etree._Element, tree: TelegramJson | None, section: int) -> etree._Element:
    found = tree.sections[section] if tree and section < len(tree.sections) else None
    if found is None or found.n is None:
        return element(outer, "div", type_="message")
    return element(outer, "div", type_="section", n=str(found.n))


def _block(division: etree._Element, part: LinePart, paths: set[str]) -> etree._Element:
    if part.layer == _TEXT and part.name in paths:
        return element(division, "p", n=part.name)
    if part.layer == _TEXT:
        return element(division, "ab", type_=name_of(part.name))
    block = element(division, "ab")
    if part.layer:
        block.set("type", name_of(part.layer))
        if part.name and part.name != part.layer:
            block.set("subtype", name_of(part.name))
    return block


def _lines(body: _Body, block: etree._Element, run: _Run, parts: tuple[LinePart, ...]) -> None:
    """Lines of a run; those that interrupt it stand in `fw` (forme work), or in `seg` where nobody knows."""
    around: etree._Element | None = None
    kind: tuple[str, str] | None = None
    for number in run.lines:
        part = parts[number - 1]
        if number not in run.inside:
            around = kind = None
            body.line(block, number)
            continue
        if around is None or kind != _key(part):
            tag = "seg" if part.layer == _UNPLACED else "fw"
            around, kind = element(block, tag, type_=name_of(part.name or part.layer)), _key(part)
        body.line(around, number)


def mark(writer: Writer, edit: Edit, resp: str, key: str) -> None:
    """One edit: what came and what is read, or how sure what stands is.

    Args:
        writer: adds to the line.
        edit: the edit.
        resp: the id of the step or person behind it.
        key: the id of the mark, which names the entry of the edit log.
    """
    state = state_of(edit)
    sure = {"cert": f"{edit.confidence.probability:.3f}"} if edit.confidence else {}
    if edit.unreadable:
        choice = _identified(writer, "choice", key)
        element(choice, "sic", edit.before)
        # What the probability of an unreadable place speaks of is not claimed here.
        correction = element(choice, "corr", resp=f"#{resp}")
        size = {"quantity": str(edit.extent), "unit": "chars"} if edit.extent is not None else {}
        element(correction, "gap", reason="illegible", **size)
        _alternatives(choice, "corr", edit)
    elif edit.changes and edit.reason.ground is Ground.WITNESS:
        app = _identified(writer, "app", key)
        element(app, "lem", edit.after, resp=f"#{resp}", **sure)
        element(app, "rdg", edit.before, wit=f"#{SOURCE}")
        _alternatives(app, "rdg", edit)
    elif edit.changes and not edit.before and not edit.alternatives:
        supplied = _identified(writer, "supplied", key, reason="omitted", resp=f"#{resp}", **sure)
        supplied.set("evidence", name_of(edit.reason.ground.value))
        supplied.text = safe(edit.after)
    elif edit.changes or state is State.DECIDED:
        choice = _identified(writer, "choice", key)
        element(choice, "sic", edit.before)
        ground = name_of(edit.reason.ground.value)
        doubt = {"type": "doubtful"} if state is State.DOUBTFUL else {}
        element(choice, "corr", edit.after, resp=f"#{resp}", evidence=ground, **doubt, **sure)
        _alternatives(choice, "corr", edit)
    elif edit.before and edit.alternatives:
        choice = _identified(writer, "choice", key)
        element(choice, "unclear", edit.before, resp=f"#{resp}", **sure)
        _alternatives(choice, "unclear", edit)
    elif edit.before:
        _identified(writer, "unclear", key, resp=f"#{resp}", **sure).text = safe(edit.before)


def _identified(writer: Writer, name: str, key: str, **attributes: str) -> etree._Element:
    made = writer.element(name, **attributes)
    made.set(XML_ID, key)
    return made


def _alternatives(choice: etree._Element, name: str, edit: Edit) -> None:
    for alternative in edit.alternatives:
        probability = alternative.probability
        sure = {"cert": f"{probability:.3f}"} if probability is not None else {}
        element(choice, name, alternative.text, **sure)
