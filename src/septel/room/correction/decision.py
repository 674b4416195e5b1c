"""One decision of a person about a place; it never overwrites what another has decided in the meantime."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from septel import __version__
from septel.archive import Archive
from septel.errors import EditConflict, UsageError
from septel.text import Edit, EditLog, Entry, Ground, Reason, Source, Span, Step, check_line, check_typed

MOST_CHARACTERS = 400


class WordVerdict(StrEnum):
    """What a person says of a place."""

    ACCEPT = "accept"
    """What is read there now is right."""
    READ = "read"
    """It reads as typed or chosen."""
    SOURCE = "source"
    """It is right as it came."""
    UNREADABLE = "unreadable"
    """Nothing can be read there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A verdict on a place.

    Attributes:
        text: what it reads; for `READ` alone.
        by, why: who says so, and the reason.
    """

    span: Span
    verdict: WordVerdict
    text: str = ""
    by: str
    why: str = ""


class Overtaken(EditConflict):
    """Another person decided about the place after it was looked at."""

    def __init__(self, entries: tuple[Entry, ...], where: str) -> None:
        self.entries = entries
        last = entries[-1]
        read = f"reads it as {last.edit.after!r}" if last.edit else f"undid entry {last.undoes}"
        super().__init__(
            f"{last.by} {read} since you looked",
            where=where,
            remedy="Look again, and decide if you still want to.",
        )


def span_from(text: str, source: Source) -> Span:
    """A place from its written form, `412-420`.

    Raises:
        UsageError: it is no place of one line of the source.
    """
    start, dash, end = text.partition("-")
    if dash and start.isdecimal() and end.isdecimal() and int(start) <= int(end) <= len(source.text):
        span = Span(int(start), int(end))
        if "\n" not in span.of(source.text):
            return span
    raise UsageError(f"{text!r} is no place of one line", where=source.name, remedy="Write it as 412-420.")


def read_there(log: EditLog, span: Span) -> Entry | None:
    """The entry that reads a place now."""
    return next((one for one in log.active() if one.edit is not None and one.edit.span == span), None)


def history_of(log: EditLog, span: Span) -> list[Entry]:
    """Every entry about a place, and those that undo them, in their order."""
    found: dict[int, Entry] = {}
    for entry in log.entries:
        if (entry.edit is not None and meets(entry.edit.span, span)) or entry.undoes in found:
            found[entry.number] = entry
    return list(found.values())


def meets(one: Span, other: Span) -> bool:
    """Whether two places are one, or share a character."""
    return one == other or one.overlaps(other)


def ruled(source: Source, log: EditLog, ruling: Ruling) -> Edit:
    """The edit that a ruling comes to.

    Raises:
        UsageError: the text is no line, or has marks of doubt, or it or its reason has control characters.
    """
    before = ruling.span.of(source.text)
    check_typed(ruling.why, "a reason")
    said = {
        WordVerdict.ACCEPT: f"{ruling.by} accepts",
        WordVerdict.READ: ruling.by,
        WordVerdict.SOURCE: f"{ruling.by} rejects",
        WordVerdict.UNREADABLE: f"{ruling.by} can't read it",
    }[ruling.verdict]
    edit = Edit(
        span=ruling.span,
        before=before,
        after=before,
        reason=Reason(ground=Ground.DECISION, detail=f"{said}: {ruling.why}" if ruling.why else said),
        step=Step.of("septel room", __version__),
    )
    if ruling.verdict is WordVerdict.READ:
        if len(ruling.text) > MOST_CHARACTERS:
            raise UsageError(
                f"a reading is one line of at most {MOST_CHARACTERS} characters", remedy="Type less."
            )
        check_line(ruling.text, "a reading", there=before)
        return replace(edit, after=ruling.text)
    if ruling.verdict is WordVerdict.UNREADABLE:
        return replace(edit, after="", unreadable=True, extent=max(1, len(before)))
    now = read_there(log, ruling.span)
    if ruling.verdict is WordVerdict.ACCEPT and now is not None and now.edit is not None:
        proposed = now.edit
        return replace(edit, after=proposed.after, unreadable=proposed.unreadable, extent=proposed.extent)
    return edit


def decide(archive: Archive, holding: str, ruling: Ruling, *, seen: int) -> int:
    """Write a decision down; gives the number of its entry.

    Args:
        archive: where.
        holding: the document.
        ruling: what is decided.
        seen: how many entries the log had when the person looked.

    Raises:
        Overtaken: someone decided about the place after that.
    """
    source, log = archive.source(holding), archive.log(holding)
    check_unseen(log, ruling.span, seen, where=holding)
    edit = ruled(source, log, ruling)
    log = log.add([edit], by=ruling.by, at=datetime.now(UTC))
    archive.append(holding, log)
    return len(log.entries)


def check_unseen(log: EditLog, span: Span, seen: int, *, where: str) -> None:
    """See that nobody decided about a place after so many entries.

    Raises:
        Overtaken: someone did.
    """
    since = tuple(
        one
        for one in history_of(log, span)
        if one.number > seen and (one.edit is None or one.edit.reason.ground is Ground.DECISION)
    )
    if since:
        raise Overtaken(since, where)


def undo(archive: Archive, holding: str, entry: int, *, by: str) -> Entry:
    """Make an entry no longer count; gives it.

    Raises:
        EditConflict: there is no such entry.
    """
    log = archive.log(holding)
    archive.append(holding, log.undo(entry, by=by, at=datetime.now(UTC)))
    return log.entries[entry - 1]
