"""A paper's markings as history: what its lines say, what persons state; each with date and authority.

Of electronic telegrams the archive's attribute block says most: original, previous and current classification
and handling restrictions, what the review decided, when and by whom. Of other papers the heading gives the
sender's classification and captions, and the stamps the rest. What no line says and nobody states is left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from septel.archive.acts import CurationState
from septel.archive.handling.grades import grade_of, told
from septel.archive.handling.page_edges import edge_grades
from septel.archive.handling.plain_marks import is_plain
from septel.archive.handling.statements import EMBARGO, EXCISE, MARK, RELEASE, HandlingStatement, Portion
from septel.archive.search import date_of
from septel.text import Locus, Source

ON_PAGE = "the page"
CURRENT, STAMP = "current marking", "release stamp"
"""What a tree calls the marks that tell what holds now, and the act of release."""
SHEET = "rif-cover"
_DATE = re.compile(r"\d{1,2} [A-Z]{3} \d{4}", re.IGNORECASE)
_NOTHING = frozenset({"", "n/a", "none"})
_OF_SHEET = (
    ("", "current_status"),
    ("restrictions ", "restrictions"),
    ("classification ", "classification"),
    ("last review ", "date_of_last_review"),
)
_ATTRIBUTES = (
    ("original", "Original Classification", "classification"),
    ("original", "Original Handling Restrictions", "caption"),
    ("previous", "Previous Classification", "classification"),
    ("previous", "Previous Handling Restrictions", "caption"),
    ("current", "Current Classification", "classification"),
    ("current", "Handling Restrictions", "caption"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkingEvent:
    """One line of a paper's history.

    Attributes:
        stage: `original`, `previous`, `downgraded`, `current`; `release` of a review's decision or a stamp,
            `sheet` of what a record sheet says of the papers behind it, `embargo`, `excision`, `downgrading`
            of what is to happen by itself.
        kind: `classification`, `caption`, `status`, or `` where the stage says it.
        value: what it says.
        date: ISO 8601, as far as it is told.
        authority: who or what allowed it, where that is told.
        origin: `the page` or the person who states it.
        where: the page and line, for what the page says.
        why: the person's reason.
        act: the number of the act, by which it is undone; None for what the page says.
        portion: the part that it is about; None for the whole paper.
        plain: whether it may open the paper; not where the page bears only a likeness of it, or where it
            may be words of a sentence.
    """

    stage: str
    kind: str
    value: str
    date: str | None = None
    authority: str | None = None
    origin: str = ON_PAGE
    where: str = ""
    why: str = ""
    act: int | None = None
    portion: Portion | None = None
    plain: bool = True

    def to_json(self) -> dict[str, object]:
        """For other programs."""
        return {
            "stage": self.stage,
            "kind": self.kind,
            "value": self.value,
            "date": self.date,
            "authority": self.authority,
            "origin": self.origin,
            "where": self.where,
            "why": self.why,
            "act": self.act,
            "portion": self.portion.to_json() if self.portion else None,
            "plain": self.plain,
        }


def markings_on_page(tree: Mapping[str, Any], source: Source) -> tuple[MarkingEvent, ...]:
    """What the lines of a paper say of its markings, from its stored tree, the oldest stage first."""
    heading: Mapping[str, Any] = tree.get("heading") or {}
    found = [*_of_heading(heading, source, tree), *_of_edges(source), *_of_block(tree.get("catalogue") or {})]
    sheet = record_sheet(tree)
    if sheet is not None:
        found.append(sheet)
    found += [
        _release(mark, source, tree)
        for mark in tree.get("releases") or ()
        # The classification that a sheet tells is its record's, and opens nothing.
        if not (sheet is not None and mark["kind"] == CURRENT and _is_open(mark["value"]))
        if mark["kind"] in (CURRENT, STAMP)
    ]
    for paragraph in tree.get("paragraphs") or ():
        if paragraph.get("portion"):
            spans = tuple(Locus.parse(one).span for one in paragraph["loci"])
            found.append(
                MarkingEvent(
                    stage="original",
                    kind="classification",
                    value=told(str(paragraph["portion"]).strip("() ")),
                    where=_place(paragraph["loci"][0], source) if paragraph["loci"] else "",
                    portion=Portion(str(paragraph["path"]), spans),
                )
            )
    for one in tree.get("excisions") or ():
        found.append(
            MarkingEvent(
                stage="excision",
                kind="",
                value=_extent(one),
                authority=one.get("authority"),
                where=_place(one["locus"], source),
            )
        )
    # A stamp that every page bears is told once, where it stands plainly first.
    once: dict[object, MarkingEvent] = {}
    for one in found:
        told_as = (one.stage, one.kind, one.value, one.portion, one.date)
        if told_as not in once or (one.plain and not once[told_as].plain):
            once[told_as] = one
    kept = set(map(id, once.values()))
    return tuple(one for one in found if id(one) in kept)


def _release(mark: Mapping[str, Any], source: Source, tree: Mapping[str, Any]) -> MarkingEvent:
    """A mark that reviewers or archives put on a page later; one that opens has to be told plainly."""
    stage = "current" if mark["kind"] == CURRENT else "release"
    return MarkingEvent(
        stage=stage,
        kind="classification" if stage == "current" else "status",
        value=told(mark["value"]),
        date=_dated(mark["raw"]),
        where=_place(mark["locus"], source),
        plain=is_plain(mark, source, tree),
    )


def record_sheet(tree: Mapping[str, Any]) -> MarkingEvent | None:
    """What a record sheet says of the status of the papers behind it; None of any other paper."""
    paper: Mapping[str, Any] = tree.get("paper") or {}
    if paper.get("kind") != SHEET:
        return None
    cover: Mapping[str, Any] = paper.get("cover") or {}
    said = [f"{label}{cover[name]}" for label, name in _OF_SHEET if cover.get(name)]
    where = f"record sheet {cover.get('record_number') or ''}".rstrip()
    return MarkingEvent(stage="sheet", kind="status", value="; ".join(said) or "none", where=where)


def _is_open(value: object) -> bool:
    grade = grade_of(str(value))
    return grade is not None and grade.rank == 0


def _of_heading(
    heading: Mapping[str, Any], source: Source, tree: Mapping[str, Any]
) -> Iterator[MarkingEvent]:
    for kind, one in (
        ("classification", heading.get("classification")),
        *(("caption", caption) for caption in heading.get("captions") or ()),
    ):
        if one:
            where = _place(one["locus"], source)
            plain = kind != "classification" or not _is_open(one["value"]) or is_plain(one, source, tree)
            value = told(str(one["value"]))
            yield MarkingEvent(stage="original", kind=kind, value=value, where=where, plain=plain)
    order = heading.get("executive_order")
    if order:
        where = _place(order["locus"], source)
        yield MarkingEvent(stage="downgrading", kind="", value=f"E.O. {order['value']}", where=where)


def _of_edges(source: Source) -> Iterator[MarkingEvent]:
    for grade, line in edge_grades(source):
        where = f"page {source.page_at(line.start)}, line {source.line_at(line.start)}"
        yield MarkingEvent(stage="original", kind="classification", value=grade.name, where=where)


def _of_block(block: Mapping[str, str]) -> Iterator[MarkingEvent]:
    def said(name: str) -> str | None:
        value = str(block.get(name) or "").strip()
        return None if value.lower() in _NOTHING else value

    where = "the archive's attributes"
    for stage, name, kind in _ATTRIBUTES:
        value = said(name)
        if value:
            yield MarkingEvent(stage=stage, kind=kind, value=told(value), where=where)
    action = said("Review Action") or said("Disposition Action")
    if action:
        yield MarkingEvent(
            stage="release",
            kind="status",
            value=action,
            date=_dated(said("Review Date") or said("Disposition Date") or ""),
            authority=said("Review Authority") or said("Disposition Authority"),
            where=where,
        )


def _extent(excision: Mapping[str, Any]) -> str:
    amount, less = excision.get("amount"), "less than " if excision.get("less") else ""
    return f"{less}{amount} {excision['unit']}" if amount is not None else f"some {excision['unit']}"


def _dated(text: str) -> str | None:
    found = _DATE.search(text)
    known = date_of(found.group()) if found else None
    return known[0] if known else None


def _place(locus: str, source: Source) -> str:
    start = min(Locus.parse(locus).span.start, len(source.text))
    return f"page {source.page_at(start)}, line {source.line_at(start)}"


def markings_stated(statements: Sequence[HandlingStatement]) -> tuple[MarkingEvent, ...]:
    """What persons state, in the order in which they did."""
    return tuple(_stated(one) for one in statements)


def _stated(one: HandlingStatement) -> MarkingEvent:
    stages = {
        MARK: (one.get("stage") or "current", one.get("kind") or "classification"),
        RELEASE: ("release", "status"),
        EMBARGO: ("embargo", ""),
        EXCISE: ("excision", ""),
    }
    stage, kind = stages[one.kind]
    value = one.get("value") or "none"
    return MarkingEvent(
        stage=stage,
        kind=kind,
        value=told(value) if kind == "classification" else value,
        date=one.get("date") or one.act.at.date().isoformat(),
        authority=one.get("authority"),
        origin=one.act.by,
        why=one.get("why") or "",
        act=one.act.number,
        portion=one.portion,
    )


def marking_corrected(state: CurationState) -> tuple[MarkingEvent, ...]:
    """The sender's classification as a person corrected it: told plainly, whatever the page bears."""
    act = state.corrections.get("classification")
    value = str(act.data["value"] or "") if act else ""
    return (
        (MarkingEvent(stage="original", kind="classification", value=value, origin=act.by),)
        if act and value
        else ()
    )
