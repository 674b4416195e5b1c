"""What is said of decisions of persons that do not simply stand."""

from __future__ import annotations

from collections.abc import Sequence

import click

from septel.archive import DecisionConflict
from septel.archive.acts import FieldDispute
from septel.text import Source


def warn_of(contests: Sequence[DecisionConflict], holding_id: str) -> None:
    """Say on standard error that decisions wait for a person."""
    if contests:
        wait = "1 decision does" if len(contests) == 1 else f"{len(contests)} decisions do"
        click.echo(
            f"septel: {holding_id}: {wait} not simply stand. `septel conflicts {holding_id}` lists them.",
            err=True,
        )


def dispute_shown(field: FieldDispute) -> str:
    """A heading field that two persons corrected otherwise, and how to end it."""
    said = repr(field.value) if field.value else "none"
    undo = f"septel correct {field.holding} --undo"
    return (
        f"disputed: {field.act.by} says that {field.name} is {said} (act {field.act.number}); {field.why};"
        f" `{undo} {field.act.number}` or `{undo} {field.stands.number}` ends it"
    )


def contest_shown(contest: DecisionConflict, source: Source) -> str:
    """A contest in words: which decision, whose, where, what stands in the way, how it was settled."""
    number = f"{contest.number}." if contest.number else "-"
    edit, place = contest.edit, contest.place
    where = f"line {source.line_at(place.start)} here ({place.start}-{place.end})"
    text = (
        f"{number} {contest.kind.value}: {contest.by} reads {edit.before!r} as {edit.after!r} "
        f"({contest.origin}); {where}: {contest.why}"
    )
    settled = contest.settlement
    if settled is None and contest.against is not None:
        settle = f"septel settle {contest.holding} {contest.number}"
        undo = f"septel undo {contest.holding} {contest.entry}"
        return f"{text}; `{settle} --keep` or `--drop` ends it, or `{undo}`"
    if settled is None:
        return text
    how = f"stands by entry {settled.entry}" if settled.entry else "set aside"
    why = f" ({settled.why})" if settled.why else ""
    return f"{text}; {how} since {settled.at.date()}, by {settled.by}{why}"
