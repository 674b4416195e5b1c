"""The body of a TEI document: sections, paragraphs and furniture, line by line, with every edit marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import add
from typing import NamedTuple

from septel.archive import Holding
from septel.archive.model import LinePart, parts_of
from septel.capture import Page
from septel.export.tei.header import SOURCE, author_of
from septel.export.validation import once
from septel.export.xml import Laid, escaped, name_of, quoted
from septel.telegram import TelegramJson
from septel.text import Edit, Entry, Ground, Source, State, state_of

ImageAddress = Callable[[Holding, int], str | None]
"""Gives the address of the image of a page, from where the edition will lie; None where there is none."""
_TEXT, _BLANK, _HEADING, _UNPLACED = "text", "blank", "heading", "unplaced"


class _Run(NamedTuple):
    """Neighbouring lines of one part; `inside` are those that interrupt it without ending it."""

    part: LinePart
    lines: range
    inside: frozenset[int]


def _runs(parts: tuple[LinePart, ...]) -> Iterator[_Run]:
    """Lines in runs: what is printed round a paragraph or a heading field does not cut it in two."""
    # Neighbouring lines of one part mostly have the same object: a stretch of these is looked at once.
    stretches = [(parts[start], start, end) for start, end in _stretches(parts)]
    at = 0
    while at < len(stretches):
        part, first, end = stretches[at]
        inside: set[int] = set()
        at += 1
        for ahead in range(at, len(stretches)):
            found, start, stop = stretches[ahead]
            if found.section != part.section:
                break
            if (found.layer, found.name) == (part.layer, part.name):
                if start > end:
                    inside.update(n for n in range(end, start) if parts[n].layer != _BLANK)
                at, end = ahead + 1, stop
            elif found.layer == _BLANK:
                # Blank lines go with what stands before them.
                if end == start:
                    at, end = ahead + 1, stop
            elif part.layer != _TEXT or found.layer in (_TEXT, _HEADING):
                break
        yield _Run(part, range(first + 1, end + 1), frozenset(n + 1 for n in inside))


def _stretches(parts: Sequence[LinePart]) -> Iterator[tuple[int, int]]:
    """Where neighbouring lines that share one object begin and end."""
    end = 0
    for _, own in groupby(parts, key=id):
        start, end = end, end + len(list(own))
        yield start, end


@dataclass(frozen=True, slots=True)
class Shown:
    """What the facsimile shows: the lines that have a box, and the pages that have a surface."""

    lines: Container[int]
    pages: Container[int]


def write_facsimile(out: Laid, holding: Holding, image: ImageAddress) -> Shown:
    """Add the pages' images and sizes and the lines' boxes, where an engine saw them."""
    boxed: set[int] = set()
    shown = [page for page in holding.pages if page.width is not None and page.height is not None]
    surfaces = [(page, zones) for page in shown if (zones := _zones(page, holding.source, boxed))]
    if not surfaces:
        return Shown((), ())
    out.start("facsimile")
    for page, zones in surfaces:
        corners = {"ulx": "0", "uly": "0", "lrx": str(page.width), "lry": str(page.height)}
        out.start("surface", n=str(page.number), **corners, id_=f"page{page.number}")
        if url := image(holding, page.number):
            out.leaf("graphic", url=url)
        out.lines += zones
        out.end()
    out.end()
    return Shown(boxed, {page.number for page, _ in surfaces})


def _zones(page: Page, source: Source, boxed: set[int]) -> list[str]:
    """The boxes of a page's lines, each line's once; adds the lines to `boxed`."""
    out: list[str] = []
    for line in page.lines:
        if box := line.box:
            number = source.line_at(line.span.start)
            if number not in boxed:
                boxed.add(number)
                corners = f'ulx="{box.left}" uly="{box.top}" lrx="{box.right}" lry="{box.bottom}"'
                out.append(f'   <zone {corners} xml:id="z{number}"/>')
    return out


@lru_cache(maxsize=4096)
def _opening(number: int) -> str:
    """What a line without a box begins with; most documents have the same few hundred."""
    return f'\n<lb n="{number}" xml:id="l{number}"/>'


class _Body:
    """Writes lines, each after the page breaks before it and with its edits."""

    def __init__(
        self, holding: Holding, active: Sequence[Entry], who: Mapping[str, str], shown: Shown
    ) -> None:
        self.source = source = holding.source
        self.who = who
        self.shown = shown
        self.entries = [(entry, entry.edit) for entry in active if entry.edit is not None]
        self.at = 0
        # Pages that are open, and where the next begins. Those of its file that stand before a paper are not
        # its own.
        self.page = sum(not page.end for page in source.pages) if holding.telegram.get("paper") else 0
        self.turn = 0
        # Most lines have no edits: all are escaped at once.
        self.texts = escaped(source.text).split("\n")

    def lines(self, numbers: range) -> Iterator[str]:
        """Neighbouring lines; those of telegrams that were never scanned have no edits and no boxes."""
        last = self.source.lines[numbers[-1] - 1]
        edited = self.at < len(self.entries) and self.entries[self.at][1].span.end <= last.end
        if edited or self.shown.lines or last.start >= self.turn:
            return map(self.line, numbers)
        texts = self.texts[numbers[0] - 1 : numbers[-1]]
        return map(add, map(_opening, numbers), texts)

    def line(self, number: int) -> str:
        """One line, after the page break that opens its page, with its edits."""
        span = self.source.lines[number - 1]
        facs = f' facs="#z{number}"' if number in self.shown.lines else ""
        breaks = self._breaks(span.start) if span.start >= self.turn else ""
        opened = f'{breaks}\n<lb n="{number}" xml:id="l{number}"{facs}/>'
        if self.at == len(self.entries) or self.entries[self.at][1].span.end > span.end:
            return f"{opened}{self.texts[number - 1]}"
        text, at, out = self.source.text, span.start, [opened]
        while self.at < len(self.entries):
            entry, edit = self.entries[self.at]
            if edit.span.end > span.end:
                break
            out.append(escaped(text[at : edit.span.start]))
            out.append(mark(edit, self.who[author_of(entry)], f"e{entry.number}"))
            at = edit.span.end
            self.at += 1
        out.append(escaped(text[at : span.end]))
        return "".join(out)

    def _breaks(self, start: int) -> str:
        """The breaks of the pages that begin here or before and were not opened yet."""
        pages, first = self.source.pages, self.page
        while self.page < len(pages) and pages[self.page].start <= start:
            self.page += 1
        self.turn = pages[self.page].start if self.page < len(pages) else len(self.source.text) + 1
        breaks = range(first + 1, self.page + 1)
        facs = [f' facs="#page{n}"' if n in self.shown.pages else "" for n in breaks]
        return "".join([f'\n<pb n="{n}"{at}/>' for n, at in zip(breaks, facs, strict=True)])

    def rest(self) -> str:
        """The page breaks after the last line."""
        return self._breaks(len(self.source.text))


def body_text(
    holding: Holding,
    tree: TelegramJson | None,
    active: Sequence[Entry],
    who: Mapping[str, str],
    shown: Shown,
) -> str:
    """The text as XML: a `div` per transmitted section, in it a `p` per paragraph and an `ab` per other part.

    It is most of the file, so it is made as text, not as a tree.
    """
    body = _Body(holding, active, who, shown)
    parts = parts_of(holding, tree)
    paths = {paragraph.path for paragraph in tree.paragraphs} if tree else set()
    runs = list(_runs(parts))
    # The ids of lines and marks follow from these.
    once((number for run in runs for number in run.lines), "TEI")
    once((entry.number for entry in active), "TEI")
    pieces = Counter(_key(run.part) for run in runs if run.part.layer == _TEXT)
    met: Counter[tuple[str, str]] = Counter()
    out: list[str] = ['<body xml:space="preserve">']
    section = -1
    for run in runs:
        if run.part.section != section:
            if section >= 0:
                out.append("</div>")
            section = run.part.section
            out.append(_division(tree, section))
        key = _key(run.part)
        met[key] += 1
        part = ""
        if pieces[key] > 1:
            part = ' part="I"' if met[key] == 1 else ' part="F"' if met[key] == pieces[key] else ' part="M"'
        tag, attributes = _block(run.part, paths)
        out.append(f"<{tag}{attributes}{part}>")
        out += _lines(body, run, parts)
        out.append(f"</{tag}>")
    if section < 0:
        out += (_division(tree, 0), "<ab/>")
    out += (body.rest(), "</div></body>")
    return "".join(out)


def _key(part: LinePart) -> tuple[str, str]:
    return part.layer, part.name


def _division(tree: TelegramJson | None, section: int) -> str:
    found = tree.sections[section] if tree and section < len(tree.sections) else None
    if found is None or found.n is None:
        return '<div type="message">'
    return f'<div type="section" n="{found.n}">'


def _block(part: LinePart, paths: set[str]) -> tuple[str, str]:
    """The element of a part, and its attributes."""
    if part.layer == _TEXT:
        if part.name in paths:
            return "p", f' n="{quoted(part.name)}"'
        return "ab", f' type="{name_of(part.name)}"'
    if not part.layer:
        return "ab", ""
    more = f' subtype="{name_of(part.name)}"' if part.name and part.name != part.layer else ""
    return "ab", f' type="{name_of(part.layer)}"{more}'


def _lines(body: _Body, run: _Run, parts: tuple[LinePart, ...]) -> Iterator[str]:
    """Lines of a run; those that interrupt it stand in `fw` (forme work), or in `seg` where nobody knows."""
    if not run.inside:
        yield from body.lines(run.lines)
        return
    tag = ""
    kind: tuple[str, str] | None = None
    for number in run.lines:
        part = parts[number - 1] if number in run.inside else None
        if kind is not None and (part is None or kind != _key(part)):
            yield f"</{tag}>"
            kind = None
        if part is not None and kind is None:
            tag, kind = "seg" if part.layer == _UNPLACED else "fw", _key(part)
            yield f'<{tag} type="{name_of(part.name or part.layer)}">'
        yield body.line(number)
    if kind is not None:
        yield f"</{tag}>"


def mark(edit: Edit, resp: str, key: str) -> str:
    """One edit as XML: what came and what is read, or how sure what stands is.

    Args:
        edit: the edit.
        resp: the id of the step or person behind it.
        key: the id of the mark, which names the entry of the edit log.
    """
    state = state_of(edit)
    by, known = f' resp="#{resp}"', f' xml:id="{key}"'
    sure = f' cert="{edit.confidence.probability:.3f}"' if edit.confidence else ""
    if edit.unreadable:
        size = f' quantity="{edit.extent}" unit="chars"' if edit.extent is not None else ""
        # What the probability of an unreadable place speaks of is not claimed here.
        gap = f'<corr{by}><gap reason="illegible"{size}/></corr>'
        return f"<choice{known}>{_told('sic', edit.before)}{gap}{_alternatives('corr', edit)}</choice>"
    doubt = ' type="doubtful"' if state is State.DOUBTFUL else ""
    words = _each_unclear(edit.after) if doubt else escaped(edit.after)
    if edit.changes and edit.reason.ground is Ground.WITNESS:
        read = _element("lem", words, f"{by}{doubt}{sure}")
        came = _told("rdg", edit.before, f' wit="#{SOURCE}"')
        return f"<app{known}>{read}{came}{_alternatives('rdg', edit)}</app>"
    ground = f' evidence="{name_of(edit.reason.ground.value)}"'
    if edit.changes and not edit.before and not edit.alternatives:
        told = f' reason="omitted"{by}{sure}{known}{ground}'
        one = doubt and words == escaped(edit.after)
        return _element("supplied", _element("unclear", words) if one else words, told)
    if edit.changes or state is State.DECIDED:
        read = _element("corr", words, f"{by}{ground}{doubt}{sure}")
        return f"<choice{known}>{_told('sic', edit.before)}{read}{_alternatives('corr', edit)}</choice>"
    if edit.before and edit.alternatives:
        stands = _element("unclear", words, f"{by}{sure}")
        return f"<choice{known}>{stands}{_alternatives('unclear', edit)}</choice>"
    return _element("unclear", words, f"{by}{sure}{known}") if edit.before else ""


def _each_unclear(text: str) -> str:
    """A doubtful text: of several words each is in doubt, as other views mark each."""
    if len(text.split()) < 2:
        return escaped(text)
    return "".join(
        escaped(one) if one.isspace() else _told("unclear", one) for one in re.split(r"(\s+)", text) if one
    )


def _told(name: str, text: str, attributes: str = "") -> str:
    return _element(name, escaped(text), attributes)


def _element(name: str, content: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{content}</{name}>" if content else f"<{name}{attributes}/>"


def _alternatives(name: str, edit: Edit) -> str:
    return "".join(
        [
            _told(name, one.text, "" if one.probability is None else f' cert="{one.probability:.3f}"')
            for one in edit.alternatives
        ]
    )
