"""What a telegram's checks against itself say, and dates that one without a year may have, in lines."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from septel.archive import Archive, Holding
from septel.archive.acts import Listed, oldest_first
from septel.record import findings
from septel.record.checks import DateProposal, Neighbour, date_proposals
from septel.telegram import Telegram, TelegramName, parse, post_key, telegram_name
from septel.text import Locus, Reading

_DIGITS = re.compile(r"\b(?:19)?\d\d(?:-\d\d)*(?: 19\d\d)?\b")
"""A date that two checks write in two ways is one."""


def checks_shown(telegram: Telegram, reading: Reading) -> list[tuple[str, str]]:
    """What contradicts itself in a telegram, and what the grammar could not fit, each with its line."""
    source = reading.source
    found: list[tuple[str, Locus | None]] = [(one.what, one.locus) for one in findings(telegram, reading)]
    found += [(fault.what, fault.where) for fault in telegram.faults if fault.remedy]
    lines: list[tuple[str, str]] = []
    told: set[str] = set()
    for what, locus in found:
        said = _DIGITS.sub("", what)
        if said in told:
            continue
        told.add(said)
        where = f" (line {source.line_at(locus.span.start)})" if locus is not None else ""
        lines.append(("check", f"{what}{where}"))
    return lines


def dates_shown(proposals: tuple[DateProposal, ...]) -> list[tuple[str, str]]:
    """Dates that nobody wrote on the page, with what speaks for them."""
    if not proposals:
        return []
    dates = " or ".join(one.date for one in proposals)
    return [("undated", f"the page names no year; perhaps {dates}: {'; '.join(proposals[0].reasons)}")]


def proposals_of(held: Holding, archive: Archive) -> tuple[DateProposal, ...]:
    """The dates that a holding without a date may have, in the light of what else the archive holds."""
    return () if _is_dated(held) else _proposals(held, parse(held.reading), archive)


def lines_of(held: Holding, archive: Archive) -> list[tuple[str, str]]:
    """Checks and proposed dates of a holding, in the light of what else the archive holds."""
    reading = held.reading
    telegram = parse(reading)
    proposals = () if _is_dated(held) else _proposals(held, telegram, archive)
    return [*checks_shown(telegram, reading), *dates_shown(proposals)]


def _is_dated(held: Holding) -> bool:
    """Whether a date is held, whoever told it: the text, a form, a cover or a person."""
    return (held.dtg or "")[:4].isdigit() or any(one.field == "dtg" for one in held.corrected)


def _proposals(held: Holding, telegram: Telegram, archive: Archive) -> tuple[DateProposal, ...]:
    if telegram.year is not None:
        return ()
    near = tuple(neighbours_of(held, telegram, archive))
    return date_proposals(telegram, held.reading, neighbours=near)


def neighbours_of(held: Holding, telegram: Telegram, archive: Archive) -> Iterator[Neighbour]:
    """Dated papers of the same post, and those that stand beside this one in its file."""
    number, paper = telegram.heading.number, held.telegram.get("paper")
    post = post_key(number.value.post) if number is not None and number.value.post else None
    beside = (
        {paper[side] for side in ("before", "after") if paper.get(side)} if isinstance(paper, dict) else set()
    )
    near = archive.contents.numbered_by(post) if post is not None else []
    ids = {*near, *archive.contents.titles(beside)} - {held.id}
    listed = oldest_first(archive.contents.of(sorted(ids)))
    told = list(_telling(listed, beside, number.value.serial if number is not None else 0, post))
    doubted = archive.contents.doubted([one for one, _, _ in told])
    for one, sent, serial in told:
        row, shown = one.fields, doubted.get(one.id, {})
        named = "identifier" if row["identifier"] else "title"
        where = shown.get(named) or row[named] or ""
        yield Neighbour(sent=sent, serial=serial, where=where, doubtful="dtg" in shown)


def _telling(
    listed: Iterable[Listed], beside: set[str], serial: int, post: str | None
) -> Iterator[tuple[Listed, datetime.date, int | None]]:
    """The dated papers beside one in its file, and those next to it in its post's run, by year."""
    nearest: dict[tuple[int, bool], tuple[Listed, datetime.date, int]] = {}
    for one in listed:
        sent = _day(one.fields["dtg"])
        if sent is None:
            continue
        if one.id in beside:
            yield one, sent, None
        name = telegram_name(one.fields["identifier"] or "")
        if isinstance(name, TelegramName) and post is not None and name.post == post:
            side = (sent.year, name.serial < serial)
            known = nearest.get(side)
            if name.serial != serial and (
                known is None or abs(name.serial - serial) < abs(known[2] - serial)
            ):
                nearest[side] = (one, sent, name.serial)
    yield from nearest.values()


def _day(dtg: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((dtg or "")[:10])
    except ValueError:
        return None
