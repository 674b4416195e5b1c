"""Merging a corrected file into an archive: what the colleague changed becomes their decisions.

Three readings meet: as exported (the log up to the entry that the file names), as the file has it, and as
the archive reads it now. A change that the archive already reads so is left; one that nobody here decided is
taken as the colleague's decision; one where another person decided otherwise is written down as a conflict
and does not stand until somebody settles it (`septel conflicts`, `septel settle`). A file taken in twice does
nothing the second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from septel import __version__
from septel.archive import Archive, DecisionConflict, Holding
from septel.corrections.changes import changes_of
from septel.corrections.model import ColleagueCorrection, Edition, LineReading
from septel.errors import InputError
from septel.text import (
    ConflictKind,
    Edit,
    EditLog,
    Entry,
    Ground,
    Reading,
    Reason,
    Source,
    Span,
    Step,
    typed_fault,
)

TOOL = "septel import"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedCorrections:
    """What became of a file's corrections of one holding.

    Attributes:
        holding: its id.
        source: its source.
        taken: entries of the edit log that were added.
        already: how many corrections the archive read so already.
        contests: corrections that another person's decision stands against.
        unfit: corrections that could not be taken, in words.
    """

    holding: str
    source: Source
    taken: tuple[Entry, ...]
    already: int
    contests: tuple[DecisionConflict, ...]
    unfit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A reading that the file asks for."""

    span: Span
    text: str
    why: str


def merge(
    archive: Archive,
    edition: Edition,
    *,
    by: str,
    at: datetime,
    file: str,
    digest: str,
    keep: bool = True,
) -> MergedCorrections:
    """Take what a file says of a holding into the archive.

    Args:
        archive: where the holding is.
        edition: what the file says.
        by: the colleague.
        at: when.
        file: the file's name, for the log.
        digest: SHA-256 of its bytes, by which a conflict is known again.
        keep: whether to store anything; otherwise only say what would be stored.

    Raises:
        NotHeld: the archive has no such holding.
        InputError: the file was exported from an archive whose edit log goes further.
    """
    held = archive.holding(edition.holding)
    unfit = list(edition.unplaced)
    wishes = list(_wishes(held, edition, unfit))
    step = Step.of(TOOL, __version__, file=file, sha256=digest)
    known = {contest.origin for contest in archive.contests(held.id, settled=True)}
    log, already = held.log, 0
    contests: list[DecisionConflict] = []
    for wish in wishes:
        edit = Edit(
            span=wish.span,
            before=wish.span.of(held.source.text),
            after=wish.text,
            reason=Reason(ground=Ground.DECISION, detail=f"{by}: {wish.why or f'from {file}'}"),
            step=step,
        )
        # What was taken from this very file before is not taken again, even where it was undone since.
        if _reads(log, held.source, edit) or any(_same(entry.edit, edit) for entry in log.entries):
            already += 1
            continue
        rival = _rival(log, edit, by)
        if rival is None:
            log = log.add([edit], by=by, at=at)
            continue
        contest = _contest(held.source, edit, rival, by, digest)
        if contest.origin not in known:
            contests.append(contest)
    added = log.entries[len(held.log.entries) :]
    if keep and (added or contests):
        archive.append(held.id, log, contests)
    return MergedCorrections(
        holding=held.id,
        source=held.source,
        taken=added,
        already=already,
        contests=tuple(contests),
        unfit=tuple(unfit),
    )


def _wishes(held: Holding, edition: Edition, unfit: list[str]) -> Iterator[_Wish]:
    first: dict[tuple[int, int], ColleagueCorrection] = {}
    for correction in edition.corrections:
        said = first.setdefault((correction.start, correction.end), correction)
        why = _misfit(held.source, correction)
        if not why and said.text != correction.text:
            why = f"row {said.row} reads the same place otherwise"
        if why:
            unfit.append(f"row {correction.row}: {why}")
        else:
            yield _Wish(Span(correction.start, correction.end), correction.text, correction.why)
    if not edition.lines:
        return
    exported = _exported(held, edition)
    count = len(held.source.lines)
    texts: dict[int, list[str]] = defaultdict(list)
    for line in edition.lines:
        texts[line.number].append(line.text)
        unfit.extend(_not_the_source(held.source, line))
    for number, found in sorted(texts.items()):
        if not 1 <= number <= count:
            # An empty source has one line that nothing stands on.
            if any(text.strip() for text in found):
                unfit.append(f"line {number}: the source has {count} lines")
            continue
        for change in changes_of(exported, number, found):
            if change.text is None:
                where = f"{change.span.start}-{change.span.end}"
                unfit.append(
                    f"line {number}: a place that can't be read stands within what was changed ({where}); "
                    "decide it with `septel decide`"
                )
            elif why := typed_fault(change.text, there=change.span.of(held.source.text)):
                unfit.append(f"line {number}: it {why}")
            else:
                yield _Wish(change.span, change.text, "")


def _not_the_source(source: Source, line: LineReading) -> Iterator[str]:
    """What a file says that the source has, and it has not: the source itself is never changed."""
    if line.sources and 1 <= line.number <= len(source.lines):
        there = " ".join(source.lines[line.number - 1].of(source.text).split())
        for said in line.sources:
            if " ".join(said.split()) not in there:
                told = "the source is never changed; correct its reading"
                yield f"line {line.number}: the source has no {said!r} ({told})"


def _exported(held: Holding, edition: Edition) -> Reading:
    entries = held.log.entries
    if edition.entries is None:
        return held.reading
    if edition.entries > len(entries):
        raise InputError(
            f"it was exported when the edit log had {edition.entries} entries; here it has {len(entries)}",
            where=held.id,
            remedy="Import it into the archive that it came from.",
        )
    return EditLog(held.source.id, entries[: edition.entries]).reading(held.source)


def _misfit(source: Source, correction: ColleagueCorrection) -> str:
    """Why a correction can't stand where it says; empty when it can."""
    span = Span(correction.start, correction.end)
    if span.end > len(source.text):
        return f"{span.start}-{span.end} lies outside the text"
    there = span.of(source.text)
    if "\n" in there:
        return "a correction stays within one line"
    if why := typed_fault(correction.text, there=there) or typed_fault(correction.why, lines=True):
        return f"a correction {why}"
    if correction.before is not None and correction.before != there:
        return f"the source has {there!r} at {span.start}-{span.end}, the sheet {correction.before!r}"
    return ""


def _reads(log: EditLog, source: Source, edit: Edit) -> bool:
    """Whether the archive reads a place just so already."""
    reading = log.reading(source)
    there = reading.offsets.to_reading(edit.span)
    # A widened stretch is another claim than the edit's.
    if reading.offsets.to_source(there) != edit.span and len(edit.span):
        return False
    if any(one.unreadable and one.span.overlaps(edit.span) for one in reading.edits):
        return False
    shown = there.of(reading.text)
    return shown == edit.after and (bool(len(edit.span)) or bool(shown))


def _same(one: Edit | None, edit: Edit) -> bool:
    return one is not None and (one.span, one.after, one.step) == (edit.span, edit.after, edit.step)


def _rival(log: EditLog, edit: Edit, by: str) -> Entry | None:
    """Another person's decision that stands where the correction would."""
    for entry in log.active():
        one = entry.edit
        if one is None or one.reason.ground is not Ground.DECISION or entry.by == by:
            continue
        if one.span == edit.span or one.span.overlaps(edit.span):
            return entry
    return None


def _contest(source: Source, edit: Edit, rival: Entry, by: str, digest: str) -> DecisionConflict:
    assert rival.edit is not None
    return DecisionConflict(
        holding=source.id,
        number=None,
        kind=ConflictKind.DISPUTED,
        by=by,
        edit=edit,
        origin=f"{source.id}:import:{digest[:12]}:{edit.span.start}-{edit.span.end}",
        place=edit.span,
        found=rival.edit.after,
        why=f"entry {rival.number}, by {rival.by}, reads {rival.edit.after!r} there and stands",
    )
