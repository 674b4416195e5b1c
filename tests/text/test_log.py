"""The entries of a log that count, found quickly and the same as by comparing each with every other."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from septel.text import Edit, EditLog, Entry, Ground, Reason, Span
from tests.text.strategies import STEP

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def edit_of(start: int, length: int, ground: Ground) -> Edit:
    return Edit(
        span=Span(start, start + length),
        before="A" * length,
        after="B",
        reason=Reason(ground=ground),
        step=STEP,
    )


edits = st.builds(
    edit_of, st.integers(0, 30), st.integers(0, 6), st.sampled_from([Ground.CHANNEL, Ground.DECISION])
)


def by_comparing_all(log: EditLog) -> list[Entry]:
    """What makes the reading, by the definition: the highest first, unless it meets a higher one."""
    chosen: list[tuple[Span, Entry]] = []
    standing = [(entry.edit, entry) for entry in log.standing() if entry.edit]
    standing.sort(key=lambda one: (one[0].reason.ground is Ground.DECISION, one[1].number), reverse=True)
    for edit, entry in standing:
        if not any(span == edit.span or span.overlaps(edit.span) for span, _ in chosen):
            chosen.append((edit.span, entry))
    return [entry for _, entry in sorted(chosen, key=lambda one: one[0])]


@given(st.lists(edits | st.integers(1, 40), max_size=60))
def test_the_active_entries_are_those_of_the_definition(steps: list[Edit | int]) -> None:
    log = EditLog("made up")
    for step in steps:
        if isinstance(step, Edit):
            log = log.add([step], by="test", at=NOW)
        elif step <= len(log.entries):
            log = log.undo(step, by="test", at=NOW)
    assert list(log.active()) == by_comparing_all(log)


def test_twice_as_many_edits_take_no_four_times_as_long() -> None:
    def seconds(count: int) -> float:
        made = [edit_of(7 * n * 7919 % (7 * count), 5, Ground.CHANNEL) for n in range(count)]
        log = EditLog("made up").add(made, by="test", at=NOW)
        taken = []
        for _ in range(3):
            before = time.process_time()
            assert len(log.active()) == count
            taken.append(time.process_time() - before)
        return min(taken)

    # Comparing each with every other takes 100 times as long for ten times as many.
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.001)
