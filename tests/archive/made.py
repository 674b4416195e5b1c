"""A small telegram with every kind of edit, put together by hand."""

from __future__ import annotations

from datetime import UTC, datetime

from septel.archive import Holding
from septel.capture import Box, Line, Page, PageAccount, PageOutcome, Word
from septel.errors import InputError
from septel.telegram import parse, to_json
from septel.text import Alternative, Confidence, Edit, EditLog, Ground, Reason, Source, Span, Step

AT = datetime(2020, 5, 4, 12, 30, tzinfo=UTC)
STEP = Step.of("septel-restore", "1.2.0", model="abc123", floor=0.9)
PAGES = (
    "FM AMEMBASSY HELSINKI\nSECRET TALK5 ABOUT SAIT\n1. HE SPOKE OF REYKJAVIK\n",
    "NEXT MEETING AT ~~~~ MOSCOW\nEND 0F TEXT\n",
)


def source_of_pages(*pages: str, name: str = "helsinki.txt") -> Source:
    text = "".join(pages)
    spans: list[Span] = []
    at = 0
    for page in pages:
        spans.append(Span(at, at + len(page)))
        at += len(page)
    return Source(name=name, digest=Source.of_text(text).digest, text=text, pages=tuple(spans))


def edit(
    source: Source,
    before: str,
    after: str,
    *,
    ground: Ground = Ground.CHANNEL,
    detail: str = "",
    probability: float | None = None,
    alternatives: tuple[Alternative, ...] = (),
    extent: int | None = None,
    step: Step = STEP,
) -> Edit:
    """An edit of the one place where the source has `before`; with an extent, the place is unreadable."""
    assert source.text.count(before) == 1
    start = source.text.index(before)
    return Edit(
        span=Span(start, start + len(before)),
        before=before,
        after=after,
        reason=Reason(ground=ground, detail=detail),
        step=step,
        confidence=None
        if probability is None
        else Confidence(probability=probability, calibration="made up"),
        alternatives=alternatives,
        unreadable=extent is not None,
        extent=extent,
    )


def proposals(source: Source) -> tuple[Edit, ...]:
    """What a tool proposes for the made telegram."""
    rivals = (Alternative(text="SAID", probability=0.25), Alternative(text="SAIL"))
    return (
        edit(source, "TALK5", "TALKS", probability=0.98),
        edit(source, "SAIT", "SALT", ground=Ground.LANGUAGE, probability=0.55, alternatives=rivals),
        edit(source, "~~~~", "", extent=4),
        edit(source, "MOSCOW", "MOSCOW", probability=0.6, alternatives=(Alternative(text="MOSUL"),)),
    )


def decision(source: Source, before: str, after: str) -> Edit:
    return edit(source, before, after, ground=Ground.DECISION, detail="seen on the film", step=STEP)


def holding_of(source: Source, log: EditLog, **fields: object) -> Holding:
    """A holding around a source and its log; fields replace the made ones."""
    values: dict[str, object] = {
        "added": AT,
        "title": "HELSINKI 1321: SALT",
        "identifier": "HELSINKI 1321",
        "post": "HELSINKI",
        "dtg": "1969-11-18T16:00Z",
        "subject": "SALT",
        "classification": "SECRET",
        "captions": ("EXDIS", "NODIS"),
        "telegram": {},  # a form that this version does not know
        "references": ({"raw": "REF: STATE 1", "normal": "STATE 1"},),
        "meeting": {"raw": "NEXT MEETING AT MOSCOW"},
        "pages": (),
        "accounts": (),
    }
    return Holding(source=source, log=log, **(values | fields))  # type: ignore[arg-type]  # a table of fields


def made(*pages: str, name: str = "helsinki.txt", decided: bool = True, **fields: object) -> Holding:
    """The made telegram; with other pages, those without edits."""
    source = source_of_pages(*(pages or PAGES), name=name)
    log = EditLog(source.id)
    if not pages:
        log = log.add(proposals(source), by="septel", at=AT)
        if decided:
            log = log.add([decision(source, "0F", "OF")], by="M. Reader", at=AT)
    fields = {"telegram": to_json(parse(log.reading(source)))} | fields
    return holding_of(source, log, **(_geometry(source) | fields))


def _geometry(source: Source) -> dict[str, object]:
    """One word with a box on each page's first line, and one page more that failed."""
    pages: list[Page] = []
    for number, span in enumerate(source.pages, 1):
        line = source.lines[source.line_at(span.start) - 1]
        word = line.of(source.text).split(" ")[0]
        box = Box(left=10, top=20, right=90, bottom=40)
        seen = Word(span=Span(line.start, line.start + len(word)), text=word, box=box, engine_confidence=87.5)
        lines = (Line(span=line, words=(seen,), box=box),)
        pages.append(
            Page(
                number=number,
                span=span,
                lines=lines,
                image_digest=source.digest,
                width=800,
                height=1000,
                dpi=300,
            )
        )
    count = len(pages)
    read = tuple(PageAccount(number=n, outcome=PageOutcome.READ) for n in range(1, count + 1))
    lost = PageAccount(number=count + 1, outcome=PageOutcome.FAILED, fault=InputError("page 3 is torn"))
    return {"pages": tuple(pages), "accounts": (*read, lost)}
