"""A captured file into the captures of its papers: each with its own pages, lines and places.

A paper keeps the page numbers of its file, so that a place in it points at the page that a reader opens. A
file that holds one paper is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath

from septel.capture import Capture, Line, Page, PageAccount, PageOutcome, Word
from septel.errors import UsageError
from septel.papers.kinds import told_by_looks
from septel.papers.memoranda import apart_by_kind, memoranda_in
from septel.papers.pages import PageRun, runs_of
from septel.papers.paper import Paper, PaperKind
from septel.papers.telegrams import telegrams_in
from septel.telegram import record_number
from septel.telegram.lines import ATTRIBUTES, is_released
from septel.text import Source, Span, digest_of

BY_PERSON = "a person said so"
"""Why a paper begins where it does, and is of its kind, when no sign of the page was asked."""
_AGENCIES = {"104": "cia", "124": "fbi"}
"""The first figures of record numbers of the JFK Collection, by the agency whose papers they are."""
_BANNER = re.compile(r"\b(\d{3}-\d{5}-\d{5})\b")
_SERIAL = re.compile(r"PAGE\s+0?(\d\d?)\s+(?:OF\s+\d+\s+)?[A-Z][A-Z ./]*?\s+(\d{4,6})\b")
_SECTION = re.compile(
    r"^[ \t]*PAGE[ \t]+0?(\d\d?)[ \t]+([A-Z][A-Z ./]*?)[ \t]+(\d{4,6})[ \t]+(\d\d?)[ \t]+OF[ \t]+(\d\d?)\b",
    re.MULTILINE,
)
"""The head of a page of a telegram in sections."""
_CLASSED = re.compile(
    r"^\s*(?:(?:[A-Z] ){5,}[A-Z]|UNCLAS|LIMITED OFFICIAL USE|SECRET|CONFIDENTIAL)\b.{0,40}?\s(\d{1,6})\s*$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class PaperCapture:
    """One paper and its capture.

    Attributes:
        paper: where it stands in the file, and what it is.
        capture: its pages.
        file: the source of the whole file.
    """

    paper: Paper
    capture: Capture
    file: Source

    @cached_property
    def id(self) -> str:
        """The id of the paper's source."""
        return self.capture.source.id


def parted(captured: Capture) -> tuple[PaperCapture, ...]:
    """The papers of a captured file, in its order."""
    papers = papers_of(captured)
    source = captured.source
    if len(papers) == 1:
        return (PaperCapture(papers[0], captured, source),)
    return tuple(PaperCapture(paper, _part(captured, paper), source) for paper in papers)


def papers_of(captured: Capture) -> tuple[Paper, ...]:
    """The papers of a file: its pages sorted by their signs, and telegrams within them told apart."""
    source = captured.source
    found: list[Paper] = []
    for run in _page_runs(captured):
        span = Span(source.pages[run.first].start, source.pages[run.last].end)
        own = _papers_in(source, run, span)
        for kind, stretch, why in own:
            # What telegrams' own lines tell apart, or a text's titles, was not asked of the page.
            told = run if kind is run.kind and why == run.why else None
            found.append(
                Paper(
                    kind=kind,
                    pages=_pages_of(source, stretch) if len(own) > 1 else (run.first + 1, run.last + 1),
                    lines=(
                        source.line_at(stretch.start),
                        source.line_at(max(stretch.start, stretch.end - 1)),
                    ),
                    span=stretch,
                    why=why,
                    sure=told.sure if told else None,
                    alternatives=told.alternatives if told else (),
                )
            )
    return tuple(replace(paper, number=n, of=len(found)) for n, paper in enumerate(found, 1))


def _papers_in(source: Source, run: PageRun, span: Span) -> list[tuple[PaperKind, Span, tuple[str, ...]]]:
    """The papers of a run of pages: kind, stretch, and why each begins where it does."""
    if not _may_hold_papers(run):
        return [(run.kind, span, run.why)]
    found: list[tuple[PaperKind, Span, tuple[str, ...]]] = []
    pieces = apart_by_kind(source, span)
    for number, piece in enumerate(pieces):
        kind, why = run.kind, run.why
        if len(pieces) > 1:
            alone = runs_of([[piece.of(source.text)]])[0]
            kind, why = alone.kind, ("another kind of paper",) if number else alone.why
        telegrams = _telegrams(source, piece)
        found.append((kind, telegrams[0], why))
        for other in telegrams[1:]:
            wired = kind if kind.is_telegram else PaperKind.STATE_TELEGRAM
            found.append((wired, other, ("another telegram's number",)))
        if len(telegrams) == 1 and not kind.is_telegram:
            memoranda = memoranda_in(source, piece)
            found[-1] = (kind, memoranda[0], why)
            for other in memoranda[1:]:
                own = runs_of([[other.of(source.text)]])[0].kind
                found.append((own, other, ("another paper's title",)))
    return found


def agency_of(captured: Capture) -> str:
    """Whose papers a file holds, by the record number in its name or on its first page."""
    told = record_number(PurePath(captured.source.name).stem)
    if told is None:
        banner = _BANNER.search(captured.source.text[:400])
        told = banner[1] if banner else ""
    return _AGENCIES.get((told or "")[:3], "")


def _page_runs(captured: Capture) -> tuple[PageRun, ...]:
    source = captured.source
    witnesses = [
        [
            page.of(source.text),
            *(layer.pages[n].of(layer.text) for layer in captured.layers if n < len(layer.pages)),
        ]
        for n, page in enumerate(source.pages)
    ]
    whole = (PageRun(PaperKind.OTHER, 0, len(source.pages) - 1),)
    if is_released(source.text):
        return whole  # its page ends are those of a print-out
    agency = agency_of(captured)
    runs = _joined(runs_of(witnesses, agency=agency), witnesses)
    plain = not captured.layers and source.step is None
    if len(runs) == 1 and plain and not runs[0].why and not told_by_looks(runs[0].kind, runs[0].sure):
        return whole
    return runs


def _joined(runs: Sequence[PageRun], witnesses: Sequence[Sequence[str]]) -> tuple[PageRun, ...]:
    """The runs, with blank pages before the first paper as a part of it."""
    if len(runs) > 1 and not any(text.strip() for n in range(runs[0].last + 1) for text in witnesses[n]):
        first, second = runs[0], runs[1]
        return (replace(second, first=first.first), *runs[2:])
    return tuple(runs)


def _pages_of(source: Source, span: Span) -> tuple[int, int]:
    return source.page_at(span.start), source.page_at(max(span.start, span.end - 1))


def _telegrams(source: Source, span: Span) -> tuple[Span, ...]:
    """The telegrams within a stretch; the stretch itself where it holds but one, or none."""
    if not _may_hold_several(span.of(source.text)):
        return (span,)
    inner = _cut(source, span)
    stretches = telegrams_in(inner)
    starts = [0, *(inner.lines[one.first - 1].start for one in stretches[1:])]
    ends = [*starts[1:], len(inner.text)]
    return tuple(Span(a, b).shift(span.start) for a, b in zip(starts, ends, strict=True))


def _may_hold_papers(run: PageRun) -> bool:
    """Whether a run's text may have papers behind each other: a cover and a form have none."""
    return not run.kind.is_single and run.kind is not PaperKind.FORM


def _may_hold_several(text: str) -> bool:
    """Whether a text bears more than one number, first page or attribute block: most do not."""
    if text.count(ATTRIBUTES) > 1:
        return True
    heads = _heads(text)
    if len({int(serial) for _, serial in heads}) > 1:
        return True
    if sum(int(page) == 1 for page, _ in heads) > 1:
        return not _are_sections(text, len(heads))
    classed = {int(serial) for serial in _CLASSED.findall(text)}
    told = classed | {int(serial) for _, serial in heads}
    return len(told) > 1 or text.count("\nFM ") > 1


def _heads(text: str) -> list[tuple[str, str]]:
    """Page and number of each head of a page: it begins a line."""
    found: list[tuple[str, str]] = []
    end, at = 0, text.find("PAGE")
    while at >= 0:
        cut = text.rfind("\n", end, at)
        begins = (cut >= 0 or not end) and not text[cut + 1 : at].strip()
        if begins and (head := _SERIAL.match(text, at)):
            found.append((head[1], head[2]))
            end = head.end()
        at = text.find("PAGE", max(end, at + 1))
    return found


def _are_sections(text: str, heads: int) -> bool:
    """Whether all of so many page heads are of one telegram, each of its sections in its order and once."""
    found = _SECTION.findall(text)
    told = {(" ".join(post.split()), int(serial), int(of)) for _, post, serial, _, of in found}
    if len(found) != heads or len(told) != 1:
        return False
    ((_, serial, of),) = told
    sections = [int(section) for page, _, _, section, _ in found if int(page) == 1]
    classed = {int(one) for one in _CLASSED.findall(text)}
    return sections == [*range(1, of + 1)] and classed <= {serial} and text.count("\nFM ") <= of


def _cut(source: Source, span: Span) -> Source:
    """A stretch of a source as a text of its own, its pages counted anew."""
    pages = [_within(page, span) for page in source.pages if page.start < span.end and page.end > span.start]
    return Source(
        name=source.name,
        digest=source.digest,
        text=span.of(source.text),
        pages=tuple(pages),
        step=source.step,
    )


def _within(page: Span, span: Span) -> Span:
    return Span(max(page.start, span.start) - span.start, min(page.end, span.end) - span.start)


def _part(captured: Capture, paper: Paper) -> Capture:
    """The capture of one paper: what of pages, lines and layers is its own, at its own offsets."""
    source = captured.source
    first, last = paper.pages
    shift = -paper.span.start
    own = _file_pages(source.pages, paper.span, first, last)
    stem = PurePath(source.name)
    place = f"{first}-{last}" if _whole(source, paper) else f"{first}-{last}:{paper.number}"
    part = Source(
        name=f"{stem.stem} ({paper.number} of {paper.of}){stem.suffix}",
        digest=digest_of(source.digest.encode(), f"paper {place}".encode()),
        text=paper.span.of(source.text),
        pages=own,
        step=source.step,
    )
    return Capture(
        source=part,
        pages=tuple(
            _moved(page, own[page.number - 1], paper.span, shift)
            for page in captured.pages
            if first <= page.number <= last and own[page.number - 1].of(part.text).strip()
        ),
        accounts=tuple(_account(one, own, part) for one in captured.accounts if first <= one.number <= last),
        layers=tuple(_layer(layer, first, last, part) for layer in captured.layers),
        notes=captured.notes,
        doubts=tuple(
            replace(doubt, span=doubt.span.shift(shift))
            for doubt in captured.doubts
            if paper.span.covers(doubt.span)
        ),
    )


def _whole(source: Source, paper: Paper) -> bool:
    first, last = paper.pages
    start, end = source.pages[first - 1].start, source.pages[last - 1].end
    return paper.span.start <= start and paper.span.end >= end


def _file_pages(pages: Sequence[Span], span: Span, first: int, last: int) -> tuple[Span, ...]:
    """The pages of a paper under the numbers of its file: those before it are empty."""
    found = [Span(0, 0)] * (first - 1)
    at = 0
    for page in pages[first - 1 : last]:
        end = max(at, min(page.end, span.end) - span.start)
        found.append(Span(at, end))
        at = end
    if found and at < len(span):
        found[-1] = Span(found[-1].start, len(span))
    return tuple(found)


def _moved(page: Page, own: Span, span: Span, shift: int) -> Page:
    lines = tuple(
        Line(span=line.span.shift(shift), words=tuple(_word(w, shift) for w in line.words), box=line.box)
        for line in page.lines
        if span.start <= line.span.start and line.span.end <= span.end
    )
    return replace(page, span=own, lines=lines)


def _word(word: Word, shift: int) -> Word:
    return replace(word, span=word.span.shift(shift))


def _account(account: PageAccount, own: Sequence[Span], part: Source) -> PageAccount:
    """What became of a page: one of which this paper has nothing is blank for it."""
    if account.outcome is PageOutcome.READ and not own[account.number - 1].of(part.text).strip():
        return replace(account, outcome=PageOutcome.BLANK)
    return account


def _layer(layer: Source, first: int, last: int, part: Source) -> Source:
    pages = layer.pages[first - 1 : last]
    if not pages:
        return replace(layer, text="", pages=(Span(0, 0),), digest=part.digest)
    span = Span(pages[0].start, pages[-1].end)
    return Source(
        name=f"{part.name} (text layer)",
        digest=part.digest,
        text=span.of(layer.text),
        pages=_file_pages(layer.pages, span, first, last),
        step=layer.step,
    )


def divided(captured: Capture, starts: Sequence[tuple[int, PaperKind | None]]) -> tuple[PaperCapture, ...]:
    """The papers of a captured file as a person says.

    Args:
        captured: the file.
        starts: where each paper begins in the file's text, and its kind; None for the kind that its pages
            show. What stands before the first start belongs to the first paper.

    Raises:
        UsageError: a start lies outside the text, or within a line.
    """
    source = captured.source
    kinds = dict(sorted(starts))
    places = [0, *[at for at in kinds if at]]
    ends = [*places[1:], len(source.text)]
    begun = {line.start for line in source.lines}
    strange = next((at for at in kinds if at and at not in begun), None)
    if strange is not None or not kinds:
        raise UsageError(
            f"no paper of {source.name} can begin at {strange}", remedy="Name the beginnings of its lines."
        )
    papers: list[Paper] = []
    for number, (start, end) in enumerate(zip(places, ends, strict=True), 1):
        span = Span(start, end)
        pages = _pages_of(source, span)
        told = kinds.get(start) if start else next(iter(kinds.values())) if min(kinds) == 0 else None
        lines = source.line_at(start), source.line_at(max(start, end - 1))
        kind = told or _kind_of(captured, pages)
        papers.append(
            Paper(
                kind=kind,
                pages=pages,
                lines=lines,
                span=span,
                number=number,
                of=len(places),
                why=(BY_PERSON,),
            )
        )
    if len(papers) == 1:
        return (PaperCapture(papers[0], captured, source),)
    return tuple(PaperCapture(paper, _part(captured, paper), source) for paper in papers)


def _kind_of(captured: Capture, pages: tuple[int, int]) -> PaperKind:
    """What the first of these pages shows."""
    source, at = captured.source, pages[0] - 1
    texts = [
        source.pages[at].of(source.text),
        *(layer.pages[at].of(layer.text) for layer in captured.layers if at < len(layer.pages)),
    ]
    return runs_of([texts], agency=agency_of(captured))[0].kind
