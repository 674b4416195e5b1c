"""A static, read-only reading room of a selection: HTML pages, page images, editions, IIIF, and a search.

Everything is relative, so that the folder works from any web server, and read from a disk too. Nothing is
loaded from elsewhere. The search runs in the browser over one file of lines (`search.js`); it finds lines
that hold all words, as read or as they came, and is meant for some thousands of pages. A larger archive is
better served by `septel room`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, Template, select_autoescape
from markupsafe import Markup, escape

from septel import __version__
from septel.archive import Holding
from septel.archive.model import shown_field
from septel.capture import IMAGES, Limits, image_pages, pdf_count, pdf_sheet
from septel.errors import SeptelError
from septel.export.folders import put
from septel.export.iiif import Iiif, collection_of
from septel.export.json_form import Json
from septel.export.json_text import json_text, quote
from septel.export.page_images import image_of
from septel.export.plain_text import PlainText
from septel.export.protocol import LossNote, Originals, Records, unheard
from septel.export.tei import Tei
from septel.text import EditLog, ReadStretch, State, marked, state_of, stretches

_QUALITY = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The room as files.

    Attributes:
        base: the address at which it will be served; only the IIIF manifests need it.
        originals: finds the originals, for page images; without it there are none.
        records: gives the record of a holding, for the statements of the full edition.
        note: told of a page image that can't be made.
        title: of the room.
    """

    base: str
    originals: Originals | None = None
    records: Records | None = None
    note: Callable[[SeptelError], None] = unheard
    title: str = "Reading room"
    name: str = "site"
    losses: tuple[LossNote, ...] = (
        LossNote(what="edits that were superseded or undone", where="json"),
        LossNote(what="the negotiating record's tables and plots", where="septel record report"),
        LossNote(what="the noise-tolerant search", where="septel room"),
    )

    def write_into(self, folder: Path, holdings: Iterable[Holding]) -> None:
        """Fill a folder with the room."""
        pages = _templates()
        page = pages.get_template("telegram.html")
        listed: list[Holding] = []
        for name in ("room.css", "search-page.js"):
            content = files("septel.export.site").joinpath(f"templates/{name}").read_bytes()
            (folder / name).write_bytes(content)
        with (folder / "search.js").open("w", encoding="utf-8") as lines:
            lines.write("window.SEPTEL_LINES = [\n")
            for holding in holdings:
                self._holding(folder / holding.id, holding, page)
                lines.write("".join(_search_lines(holding)).replace("<", "\\u003c"))
                listed.append(_bare(holding))
            lines.write("];\n")
        listed.sort(key=lambda held: (held.dtg is None, held.dtg or "", held.title))
        shown = pages.get_template("index.html").render(
            title=self.title, holdings=listed, version=__version__
        )
        (folder / "index.html").write_text(shown, encoding="utf-8")
        made = collection_of([(held.id, held.title) for held in listed], self.base, self.title)
        _json(folder / "collection.json", made)

    def _holding(self, folder: Path, holding: Holding, page: Template) -> None:
        folder.mkdir()
        for exporter, name in (
            (PlainText(marked=True), f"{holding.id}.txt"),
            (Json(), f"{holding.id}.json"),
            (Tei(records=self.records, image=self._image), f"{holding.id}.xml"),
            (Iiif(base=self.base, records=self.records), "manifest.json"),
        ):
            put(f"{folder}/{name}", exporter.write(holding))
        images = self._images(folder, holding)
        shown = page.render(
            title=self.title,
            holding=holding,
            shown=partial(shown_field, holding),
            pages=list(_pages(holding)),
            images=images,
            doubts=sum(edit.unreadable or state_of(edit) is State.DOUBTFUL for edit in holding.reading.edits),
            version=__version__,
        )
        put(f"{folder}/index.html", shown.encode())

    def _image(self, holding: Holding, number: int) -> str | None:
        shown = self.originals is not None and image_of(holding, number) is not None
        return f"pages/{number}.jpg" if shown else None

    def _images(self, folder: Path, holding: Holding) -> set[int]:
        """Write the page images as JPEG; gives the pages that have one."""
        written: set[int] = set()
        if self.originals is None:
            return written
        limits, at = Limits(), 0
        for original in holding.originals:
            suffix = Path(original.name).suffix.lower()
            try:
                path = self.originals(original.digest)
                if suffix == ".pdf":
                    count = pdf_count(path, limits)
                    sheets = ((at + n, pdf_sheet(path, n, limits).image) for n in range(1, count + 1))
                elif suffix in IMAGES:
                    sheets = ((page.number, page.image) for page in image_pages(path, limits, first=at + 1))
                else:
                    continue
                for number, image in sheets:
                    at = number
                    if image is None:
                        continue
                    target = folder / "pages" / f"{number}.jpg"
                    target.parent.mkdir(exist_ok=True)
                    image.convert("L").save(target, "JPEG", quality=_QUALITY)
                    written.add(number)
            except SeptelError as fault:
                self.note(fault)
        return written


@cache
def _templates() -> Environment:
    """The templates, each compiled once."""
    loader = PackageLoader("septel.export.site")
    return Environment(loader=loader, autoescape=select_autoescape(), trim_blocks=True)


def _bare(holding: Holding) -> Holding:
    """What the list shows of a holding, with its marks of doubt and without what takes room."""
    return replace(
        holding,
        title=shown_field(holding, "title"),
        identifier=shown_field(holding, "identifier") or None,
        dtg=shown_field(holding, "dtg") or None,
        subject=shown_field(holding, "subject") or None,
        classification=shown_field(holding, "classification") or None,
        telegram={},
        references=(),
        pages=(),
        layers=(),
        log=EditLog(holding.id),
    )


def _pages(holding: Holding) -> Iterator[tuple[int, Markup]]:
    """Each page with its lines, doubts marked up."""
    lines = enumerate(zip(holding.source.line_pages, _shown(holding), strict=True), 1)
    for page, own in groupby(lines, key=lambda line: line[1][0]):
        # Lines are most of the room, so no template makes them.
        yield (
            page,
            Markup(
                "".join(
                    [
                        f'<div class="line" id="l{n}"><a class="number" href="#l{n}">{n}</a>'
                        f'<span class="text">{shown}</span></div>\n'
                        for n, (_, shown) in own
                    ]
                )
            ),
        )


def _shown(holding: Holding) -> list[str]:
    """Lines as read, in HTML."""
    return _lines("".join(_stretch(one) for one in stretches(holding.reading)), len(holding.source.lines))


def _lines(text: str, count: int) -> list[str]:
    """The lines of a text that stands for so many: no edit holds a line end."""
    lines = text.split("\n")
    return lines[:count] + [""] * (count - len(lines))


def _stretch(one: ReadStretch) -> str:
    """What is read, with its marks; on pointing at an edit what came and how sure it is."""
    edit = one.edit
    if edit is None:
        return escape(one.text)
    kind = "decided" if edit.reason.ground.value == "decision" else ""
    if edit.unreadable:
        kind = "gap"
    elif one.state is State.DOUBTFUL and edit.after.strip():
        kind = "doubt"
    elif edit.changes:
        kind = kind or "changed"
    sure = f"; probability {edit.confidence.probability:.2f}" if edit.confidence else ""
    told = f"came as “{edit.before}” ({edit.reason}{sure})"
    return f'<span class="{kind}" title="{escape(told)}">{escape(one.shown)}</span>'


def _search_lines(holding: Holding) -> Iterator[str]:
    """Each line with text, as JSON: holding, title, line, as read, marked, and as it came if otherwise."""
    source, opened = holding.source, f"[{quote(holding.id)}, {quote(shown_field(holding, 'title'))}"
    reading, texts = holding.reading, source.line_texts
    marks = _lines(marked(reading), len(texts))
    for number, (came, read, seen) in enumerate(zip(texts, reading.line_texts, marks, strict=True), 1):
        shown, differs = seen.strip(), "" if came == read else came.strip()
        if shown or differs:
            yield f"{opened}, {number}, {quote(shown)}, {quote(differs)}],\n"


def _json(path: Path, data: object) -> None:
    path.write_text(json_text(data), encoding="utf-8")
