"""What the archive keeps of one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, reduce
from typing import Any

from septel.archive.model.page_columns import columns_of, lines_of
from septel.capture import (
    Box,
    Capture,
    Character,
    LayerAgreement,
    Line,
    Origin,
    Page,
    PageAccount,
    PageOutcome,
    Region,
    RegionKind,
    TextLines,
    Word,
)
from septel.errors import InputError
from septel.text import EditLog, Reading, Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file that the document came from: its name and the SHA-256 of its bytes."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingCorrection:
    """A heading field as a person has it, beside what the machine found.

    Attributes:
        field: its name, as `dtg`, `subject` or `box`.
        value: what the person says; None where they say that there is none.
        machine: what was read; None where nothing was.
        by, at, why: who, when and the reason.
        act: its number in the log of acts, by which it is undone.
    """

    field: str
    value: str | None
    machine: str | None
    by: str
    at: datetime
    why: str
    act: int


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One document with its layers.

    Attributes:
        source: the evidence.
        log: all edits that were ever proposed or decided.
        title: how lists show it.
        identifier, post, dtg, subject, classification: fields of the heading, None when not found.
        telegram: the tree, by the published schema.
        references, meeting: what the document refers to and announces, as JSON.
        pages, accounts: geometry, and what became of each page.
        originals: the files.
        layers: text layers that the file brought along.
        corrected: heading fields that a person corrected; the fields above have the corrected values.
    """

    source: Source
    log: EditLog
    added: datetime
    title: str
    identifier: str | None
    post: str | None
    dtg: str | None
    subject: str | None
    classification: str | None
    captions: tuple[str, ...]
    telegram: Mapping[str, object]
    references: Sequence[Mapping[str, object]]
    meeting: Mapping[str, object] | None
    pages: tuple[Page, ...]
    accounts: tuple[PageAccount, ...]
    originals: tuple[Original, ...] = ()
    layers: tuple[Source, ...] = ()
    corrected: tuple[HeadingCorrection, ...] = ()

    @property
    def id(self) -> str:
        """The source's id: holdings and sources go by one name."""
        return self.source.id

    @property
    def capture(self) -> Capture:
        """The document as it was captured, with what engines told of it."""
        return Capture(source=self.source, pages=self.pages, accounts=self.accounts, layers=self.layers)

    @cached_property
    def reading(self) -> Reading:
        """The source as its log reads it now."""
        return self.log.reading(self.source)


def page_to_json(page: Page, source: Source | None = None) -> dict[str, object]:
    """A page's geometry as the catalogue keeps it.

    With its source, a page whose lines are those of the text and no more has null for them, and others are
    kept as columns (see `page_columns`).
    """
    if source is not None:
        plain = _is_plain(page, source)
        lines = {"lines": None} if plain else {"columns": columns_of(page.lines, source.text)}
        return _page(page) | lines
    return _page(page) | {
        "lines": [
            [
                line.span.start,
                line.span.end,
                [_word(w) for w in line.words],
                # Only what does not follow from the words.
                *([_box(line.box)] if line.box and not any(w.box for w in line.words) else []),
            ]
            for line in page.lines
        ],
    }


def _page(page: Page) -> dict[str, object]:
    return {
        "number": page.number,
        "span": [page.span.start, page.span.end],
        "size": [page.width, page.height, page.dpi],
        "image": page.image_digest,
        "origin": page.origin.value,
        "layer": [page.agreement.reading, page.agreement.layer, page.agreement.alike]
        if page.agreement
        else None,
        "regions": [[region.kind.value, _box(region.box)] for region in page.regions],
    }


def _word(word: Word) -> list[object]:
    kept: list[object] = [word.span.start, word.text, _box(word.box), word.engine_confidence]
    if word.characters:
        # Edges from the word's own left edge, one figure after another: a page has thousands of characters.
        start = word.box.left if word.box else 0
        kept.append([n for c in word.characters for n in (c.left - start, c.right - start, c.confidence)])
        if any(character.others for character in word.characters):
            kept.append([[n for other in c.others for n in other] for c in word.characters])
    if word.agreed is not None or word.others or word.blank:
        blank = word.blank
        kept.append(
            {
                "agreed": word.agreed,
                "others": list(word.others),
                "blank": [blank.left, blank.right, blank.confidence, *(n for o in blank.others for n in o)]
                if blank
                else None,
            }
        )
    return kept


def _unword(at: int, text: str, place: Sequence[int] | None, confidence: float | None, *more: Any) -> Word:
    box = _unbox(place)
    start = box.left if box else 0
    rest: Mapping[str, Any] = more[-1] if more and isinstance(more[-1], Mapping) else {}
    lists = [one for one in more if isinstance(one, list)]
    figures: Iterator[Any] = iter(lists[0] if lists else ())
    others = iter(lists[1] if len(lists) > 1 else ())
    characters = tuple(
        Character(left=left + start, right=right + start, confidence=sure, others=_unpaired(next(others, ())))
        for left, right, sure in zip(figures, figures, figures, strict=True)
    )
    return Word(
        span=Span(at, at + len(text)),
        text=text,
        box=box,
        engine_confidence=confidence,
        characters=characters,
        agreed=rest.get("agreed"),
        others=tuple(rest.get("others") or ()),
        blank=_unblank(rest.get("blank")),
    )


def _unblank(data: Sequence[Any] | None) -> Character | None:
    if not data:
        return None
    return Character(left=data[0], right=data[1], confidence=data[2], others=_unpaired(data[3:]))


def _unpaired(others: Sequence[Any]) -> tuple[tuple[str, float], ...]:
    return tuple(zip(others[::2], others[1::2], strict=True))


def _box(box: Box | None) -> list[int] | None:
    return [box.left, box.top, box.right, box.bottom] if box else None


def _unbox(data: Sequence[int] | None) -> Box | None:
    return Box(left=data[0], top=data[1], right=data[2], bottom=data[3]) if data else None


def _is_plain(page: Page, source: Source) -> bool:
    """Whether a page's lines are those of its text and no more."""
    lines = page.lines
    if isinstance(lines, TextLines) and lines.source is source and lines.page == page.span:
        return True
    if any(line.words or line.box for line in lines):
        return False
    return tuple(lines) == tuple(TextLines(source, page.span))


def page_from_json(data: Any, source: Source | None = None) -> Page:
    """Read back what `page_to_json` wrote; a page with null for its lines needs the source."""
    lines: list[Line] = []
    for start, end, words, *own in data.get("lines") or ():
        seen = tuple(_unword(*word) for word in words)
        boxes = [word.box for word in seen if word.box]
        whole = reduce(Box.hull, boxes) if boxes else _unbox(own[0]) if own else None
        lines.append(Line(span=Span(start, end), words=seen, box=whole))
    found: Sequence[Line] = tuple(lines)
    if data.get("lines") is None:
        if source is None:
            raise ValueError("the lines of a page follow from its source")
        columns = data.get("columns")
        plain = columns is None
        found = TextLines(source, Span(*data["span"])) if plain else tuple(lines_of(columns, source.text))
    width, height, dpi = data["size"]
    layer = data.get("layer")
    return Page(
        number=data["number"],
        span=Span(*data["span"]),
        lines=found,
        width=width,
        height=height,
        dpi=dpi,
        image_digest=data.get("image"),
        origin=Origin(data.get("origin", Origin.ENGINE)),
        agreement=LayerAgreement(reading=layer[0], layer=layer[1], alike=layer[2]) if layer else None,
        regions=tuple(
            Region(kind=RegionKind(kind), box=Box(left=left, top=top, right=right, bottom=bottom))
            for kind, (left, top, right, bottom) in data.get("regions", ())
        ),
    )


def account_to_json(account: PageAccount) -> list[object]:
    """A page's account; a fault as its one line."""
    return [account.number, account.outcome.value, str(account.fault) if account.fault else None]


def account_from_json(data: Sequence[object]) -> PageAccount:
    """Read back what `account_to_json` wrote; the fault keeps its words, not its kind."""
    number, outcome, fault = data
    return PageAccount(
        number=int(str(number)),
        outcome=PageOutcome(str(outcome)),
        fault=InputError(str(fault)) if fault else None,
    )
