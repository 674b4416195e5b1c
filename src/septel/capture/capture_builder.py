"""Putting pages together into one capture: text, spans, geometry, accounts and layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from septel.capture.model import (
    UNREAD,
    Box,
    Capture,
    LayerLine,
    Line,
    Origin,
    Page,
    PageAccount,
    PageOutcome,
    PageSource,
    Region,
    RegionKind,
    Word,
    hull,
)
from septel.capture.regions import (
    find_ground,
    find_notices,
    find_regions,
    small_page,
    typed_boxes,
    with_unread,
)
from septel.errors import EmptyInput, SeptelError
from septel.text import Source, Span, Step, digest_of

if TYPE_CHECKING:
    from PIL import Image


class CaptureBuilder:
    """Pages as they come, each in exactly one account."""

    def __init__(self, name: str, digest: str) -> None:
        self.name = name
        self.digest = digest
        self.accounts: list[PageAccount] = []
        self._text: list[str] = []
        self._at = 0
        self._spans: list[Span] = []
        self._pages: list[Page] = []
        self._layers: list[str] = []

    def add(
        self,
        sheet: PageSource,
        lines: Sequence[LayerLine],
        *,
        origin: Origin,
        fault: SeptelError | None = None,
        kept: bool = False,
    ) -> None:
        """Account for one page: with its lines it is read, without them blank, with a fault failed.

        Args:
            sheet: the page as the file gave it.
            lines: its reading.
            origin: where the reading comes from.
            fault: why there is none.
            kept: whether an engine's reading was taken from an earlier run.
        """
        start = self._at
        laid: list[Line] = []
        behind = [line for line in lines if any(word.through for word in line.words)]
        lines = [line for line in lines if line not in behind]
        image = sheet.image
        seen = origin is Origin.ENGINE and image is not None and not fault
        for line in () if fault else with_unread(image, lines) if seen and image is not None else lines:
            laid.append(_line(line, self._at))
            content = line.text
            self._text.append(content + "\n")
            self._at += len(content) + 1
        span = Span(start, self._at)
        self._spans.append(span)
        witness = sheet.layer is not None and not sheet.layer.stands
        self._layers.append(sheet.layer.text if witness and sheet.layer else "")
        outcome = PageOutcome.FAILED if fault else PageOutcome.READ if laid else PageOutcome.BLANK
        self.accounts.append(PageAccount(number=sheet.number, outcome=outcome, fault=fault, kept=kept))
        if laid:
            width, height = sheet.size or (None, None)
            self._pages.append(
                Page(
                    number=sheet.number,
                    span=span,
                    lines=tuple(laid),
                    width=width,
                    height=height,
                    dpi=sheet.dpi,
                    image_digest=digest_of(image.tobytes()) if image is not None else None,
                    origin=origin,
                    regions=_regions(image, lines, behind),
                )
            )

    def capture(self, step: Step | None) -> Capture:
        """Everything that was gathered.

        Raises:
            SeptelError: not one page could be read; the fault is the first page's.
            EmptyInput: there is no text on any page.
        """
        if self.accounts and all(account.fault for account in self.accounts):
            fault = self.accounts[0].fault
            assert fault is not None
            raise fault
        source = Source(
            name=self.name, digest=self.digest, text="".join(self._text), pages=tuple(self._spans), step=step
        )
        if not source.text:
            raise EmptyInput("no text was found on any page", where=self.name, remedy="Look at the pages.")
        return Capture(
            source=source,
            pages=tuple(self._pages),
            accounts=tuple(self.accounts),
            layers=(self._layer(),) if any(self._layers) else (),
        )

    def _layer(self) -> Source:
        """The text layer, with a page for each page, so that the two can be laid side by side."""
        spans: list[Span] = []
        at = 0
        parts: list[str] = []
        for layer in self._layers:
            part = layer + "\n" if layer else ""
            spans.append(Span(at, at + len(part)))
            at += len(part)
            parts.append(part)
        return Source(
            name=f"{self.name} (text layer)", digest=self.digest, text="".join(parts), pages=tuple(spans)
        )


def _regions(
    image: Image.Image | None, lines: Sequence[LayerLine], behind: Sequence[LayerLine]
) -> tuple[Region, ...]:
    """What is on a page besides its body: by shape on its image, by words where they have boxes.

    Args:
        image: the page.
        lines: its text.
        behind: lines that show through from the back of the sheet.
    """
    dark = small_page(image) if image is not None else None
    shapes = find_regions(image, typed_boxes(lines), dark=dark) if image is not None else ()
    framed = [one.box for one in shapes if one.kind in (RegionKind.FRAME, RegionKind.STAMP)]
    # A stamp that is found by its shape is not found by its words again.
    words = [
        one
        for one in find_notices(lines)
        if one.kind is not RegionKind.STAMP or not any(_within(one.box, frame) for frame in framed)
    ]
    # What a line's words say goes before the shape of its letters, which may be taken for writing as well.
    said = [one for one in words if one.kind in (RegionKind.BANNER, RegionKind.NOTICE)]
    stamps = [_around(one.box) for one in words if one.kind is RegionKind.STAMP]
    shapes = tuple(
        one
        for one in shapes
        if not (one.kind is RegionKind.STAMP and any(_touch(one.box, other.box) for other in said))
        if not (one.kind is RegionKind.HANDWRITING and any(_touch(one.box, stamp) for stamp in stamps))
    )
    ground = find_ground(image, dark=dark) if image is not None and dark is not None else ()
    boxes = (hull(word.box for word in line.words) for line in behind)
    through = [Region(kind=RegionKind.SHOW_THROUGH, box=box) for box in boxes if box is not None]
    found = (
        *shapes,
        *words,
        *_printed(lines, [*said, *(one for one in shapes if one.kind is RegionKind.STAMP)]),
        *ground,
        *through,
    )
    return tuple(sorted(found, key=lambda one: (one.box.top, one.box.left)))


def _printed(lines: Sequence[LayerLine], said: Sequence[Region]) -> Iterator[Region]:
    """The runs of printed words in each line, and stamps that could not be read.

    Banners and notices are told of as such.
    """
    for line in lines:
        for printed, run in groupby(line.words, key=lambda word: word.printed):
            box = hull(word.box for word in run) if printed else None
            if box is not None and not any(_touch(box, one.box) for one in said):
                unread = set(line.text) == {UNREAD}
                yield Region(kind=RegionKind.STAMP if unread else RegionKind.PRINT, box=box)


def _around(box: Box) -> Box:
    """A box with as much again on each side as it is high: stamps have more lines than are read."""
    high = box.bottom - box.top
    return Box(left=box.left - high, top=box.top - high, right=box.right + high, bottom=box.bottom + high)


def _touch(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0


def _within(box: Box, frame: Box) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return frame.left <= across <= frame.right and frame.top <= down <= frame.bottom


def _line(line: LayerLine, at: int) -> Line:
    out: list[Word] = []
    offset = at
    for word in line.words:
        span = Span(offset, offset + len(word.text))
        out.append(
            Word(
                span=span,
                text=word.text,
                box=word.box,
                engine_confidence=word.confidence,
                characters=word.characters,
                # The first word of a line may be one of the middle, whose line was cut.
                blank=word.blank if out else None,
            )
        )
        offset = span.end + 1
    box = hull(word.box for word in line.words) or line.box
    return Line(span=Span(at, out[-1].span.end if out else at), words=tuple(out), box=box)
