"""Compact forms of what the catalogue keeps: JSON deflated, and runs of log entries column by column.

Every packed value is UTF-8 JSON in the zlib format (RFC 1950 and 1951); `docs/archive-format.md` says how to
read it without Septel. Most are packed with a preset dictionary: what is usual in such values
(`dictionary.txt`, of which the catalogue has a copy), and before it the text that they are about, which they
mostly repeat.

A run holds entries of one edit log that a tool added at one moment, numbered without a gap. It is a table
laid out by columns; a column whose values are all alike is that one value:

- `at`, `by`: of all entries.
- `undoes`: for a run of undoings, the numbers of the entries undone, each less the one before; no other
  column then.
- `start`: where each edit begins in the source, less the end of the edit before; `length`: how many
  characters it covers.
- `after`: what the characters are read as; null where they stand as they are.
- `step`, `reason`, `calibration`: indices into `steps`, `reasons` (ground and detail) and `calibrations`.
- `p`: the probability; a whole number counts ten-thousandths, null says that there is none.
- `state`: how far each is to be trusted, as its maker said: `sure`, `doubtful` and so on, null where nothing
  was said; left out where nothing was said of any.
- `alternatives`, `unreadable`, `before`: tables by the edit's place in the run, for the few that have
  them: texts and probabilities in turn; the extent; what stood there, where that is not what the source has.

A tree has an entry for each line in `places`, and most lines go where the one before went: kept are runs of
them, each with how many lines, layer and part.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import chain, groupby, repeat
from operator import itemgetter
from typing import Any

from septel.text import Alternative, Confidence, Edit, Entry, Ground, Reason, Span, State, Step

_LEVEL = 5
"""The next one packs 0.2% closer, in a quarter more time."""
_UNIT = 10_000
_WINDOW = 32_768
"""Bytes that deflate looks back."""
_HAS_DICTIONARY = 0x20
"""In the second byte of a value: it needs a dictionary."""


@cache
def usual() -> str:
    """What is usual in packed values. Changed, it asks for a migration that packs all of them anew."""
    return files("septel.archive.store").joinpath("dictionary.txt").read_text("utf-8")


@cache
def _usual_bytes() -> bytes:
    return usual().encode()


def dictionary(text: str = "") -> bytes:
    """What values about a text are packed with: the text, a blank for each line end, and what is usual."""
    # Of a value that repeats the text, lines are joined.
    return (text.replace("\n", " ").encode() + _usual_bytes())[-_WINDOW:] if text else _usual_bytes()


def pack(value: object, text: str | None = None) -> bytes:
    """A JSON value, deflated; with a text, by the dictionary that goes with it."""
    # Twice as quick as the standard library's, and loaded only by what writes.
    from pydantic_core import to_json

    return deflated(to_json(value), text)


def deflated(data: bytes, text: str | None) -> bytes:
    """A value that is written as JSON, deflated; see `pack`."""
    if text is None or len(data) < len("[null]"):
        return zlib.compress(data, _LEVEL)
    packer = zlib.compressobj(_LEVEL, zdict=dictionary(text))
    return packer.compress(data) + packer.flush()


def inflated(data: bytes, text: str = "") -> bytes:
    """A packed value as JSON; see `unpack`.

    Raises:
        ValueError: it is no such value.
    """
    try:
        if not data[1] & _HAS_DICTIONARY:
            return zlib.decompress(data)
        unpacker = zlib.decompressobj(zdict=dictionary(text))
        found = unpacker.decompress(data)
    except (zlib.error, TypeError, IndexError) as why:
        raise ValueError(f"packed data can't be read ({why})") from why
    if not unpacker.eof:
        raise ValueError("packed data can't be read (it ends too soon)")
    return found


def unpack(data: bytes, text: str = "") -> Any:
    """Read back what `pack` wrote, with the text that was given then.

    Raises:
        ValueError: it is no such value.
    """
    return json.loads(inflated(data, text))


_line, _where = itemgetter("line"), itemgetter("layer", "part")
_FIELDS = 3
"""Of an entry in `places`: number of the line, layer, part."""


def in_runs(tree: dict[str, Any]) -> dict[str, Any]:
    """A tree with its `places` as runs; as it is where they are none of lines from the first to the last."""
    places: Sequence[Any] = tree.get("places") or ()
    try:
        lines = list(map(_line, places))
        if {*map(len, places)} != {_FIELDS} or lines != [*range(1, len(lines) + 1)]:
            return tree
        runs = [[len([*own]), layer, part] for (layer, part), own in groupby(places, _where)]
    except (KeyError, TypeError):
        return tree
    return tree | {"places": runs}


def by_line(tree: dict[str, Any]) -> dict[str, Any]:
    """A tree with an entry in `places` for each line, as the published schema has it; see `in_runs`."""
    runs = tree["places"] if "places" in tree else None  # noqa: SIM401 (what a bad disk left may be no table)
    if not isinstance(runs, list) or not runs or not isinstance(runs[0], list):
        return tree
    parts = chain.from_iterable(repeat((layer, part), count) for count, layer, part in runs)
    places = [{"line": line, "layer": layer, "part": part} for line, (layer, part) in enumerate(parts, 1)]
    return tree | {"places": places}


def by_hand(entry: Entry) -> bool:
    """Whether an entry is a person's decision: such entries are kept one by one, in plain JSON."""
    return entry.edit is not None and entry.edit.reason.ground is Ground.DECISION


def runs_of(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Entries in runs that are packed together; a person's decision is a run of its own."""

    def key(entry: Entry) -> tuple[object, ...]:
        alone = entry.number if by_hand(entry) else 0
        return entry.at, entry.by, entry.undoes is None, alone

    for _, run in groupby(entries, key):
        yield tuple(run)


def edits_packed(run: Sequence[Entry], text: str) -> bytes:
    """A run of a tool's entries, packed; `text` is the source's."""
    first = run[0]
    table: dict[str, object] = {"at": first.at.isoformat(), "by": first.by}
    if first.edit is None:
        numbers = [entry.undoes or 0 for entry in run]
        table["undoes"] = [n - before for n, before in zip(numbers, [0, *numbers], strict=False)]
        return pack(table, text)
    edits = [entry.edit for entry in run if entry.edit is not None]
    steps, reasons, calibrations = _Names(), _Names(), _Names()
    ends = [0, *(edit.span.end for edit in edits)]
    table |= {
        "start": _column([e.span.start - end for e, end in zip(edits, ends, strict=False)]),
        "length": _column([len(e.span) for e in edits]),
        "after": _column([None if e.after == e.before else e.after for e in edits]),
        "step": _column([steps.index(e.step, e.step.to_json()) for e in edits]),
        "reason": _column([reasons.index(e.reason, [e.reason.ground.value, e.reason.detail]) for e in edits]),
        "p": _column([_parts(e.confidence.probability) if e.confidence else None for e in edits]),
        "calibration": _column(
            [
                calibrations.index(e.confidence.calibration, e.confidence.calibration)
                if e.confidence
                else None
                for e in edits
            ]
        ),
        "count": len(edits),
    }
    if any(e.state is not None for e in edits):
        table["state"] = _column([e.state.value if e.state else None for e in edits])
    rare = {
        "alternatives": {
            str(n): [part for a in e.alternatives for part in (a.text, _parts(a.probability))]
            for n, e in enumerate(edits)
            if e.alternatives
        },
        "unreadable": {str(n): e.extent for n, e in enumerate(edits) if e.unreadable},
        "before": {str(n): e.before for n, e in enumerate(edits) if e.span.of(text) != e.before},
    }
    table |= {"steps": steps.values, "reasons": reasons.values, "calibrations": calibrations.values}
    return pack(table | {name: value for name, value in rare.items() if value}, text)


def entries_unpacked(
    data: bytes, text: str, first: int, within: Sequence[Span] | None = None
) -> Iterator[Entry]:
    """The entries of a packed run, numbered from `first`; `text` is the source's.

    With `within`, of the edits only those that meet one of these stretches: the others are not made.

    Raises:
        ValueError, KeyError, TypeError, IndexError: it is no such run.
    """
    table = unpack(data, text)
    at, by = datetime.fromisoformat(table["at"]), str(table["by"])
    if "undoes" in table:
        undone = 0
        for number, more in enumerate(table["undoes"], first):
            undone += more
            yield Entry(number=number, at=at, by=by, undoes=undone)
        return
    for n, edit in _edits(table, text, within):
        yield Entry(number=first + n, at=at, by=by, edit=edit)


def _edits(table: Mapping[str, Any], text: str, within: Sequence[Span] | None) -> Iterator[tuple[int, Edit]]:
    count = int(table["count"])
    steps = [Step.from_json(step) for step in table["steps"]]
    reasons = [Reason(ground=Ground(ground), detail=detail) for ground, detail in table["reasons"]]
    calibrations = table["calibrations"]
    alternatives, unreadable = table.get("alternatives", {}), table.get("unreadable", {})
    others = table.get("before", {})
    names = ("start", "length", "after", "step", "reason", "p", "calibration")
    columns = [_values(table[name], count) for name in names]
    columns.append(_values(table.get("state"), count))
    end = 0
    for n, found_at in enumerate(zip(*columns, strict=True)):
        start, length, after, step, reason, p, calibration, state = found_at
        place, key = end + start, str(n)
        end = place + length
        if within is not None and not any(place <= one.end and one.start <= end for one in within):
            continue
        before = others.get(key, text[place:end]) if others else text[place:end]
        found = alternatives.get(key, ())
        yield (
            n,
            Edit(
                span=Span(place, end),
                before=before,
                after=before if after is None else after,
                reason=reasons[reason],
                step=steps[step],
                confidence=None
                if p is None
                else Confidence(probability=_whole(p), calibration=calibrations[calibration]),
                alternatives=tuple(
                    Alternative(text=one, probability=None if share is None else _whole(share))
                    for one, share in zip(found[::2], found[1::2], strict=True)
                ),
                unreadable=key in unreadable,
                extent=unreadable.get(key),
                state=None if state is None else State(state),
            ),
        )


class _Names:
    """Values that many edits share, each kept once."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._known: dict[object, int] = {}

    def index(self, key: object, value: object) -> int:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.values)
            self.values.append(value)
        return found


def _column(values: list[Any]) -> Any:
    """The values, or the one that all of them are."""
    first = values[0]
    return first if all(one == first for one in values) else values


def _values(column: Any, count: int) -> list[Any]:
    if isinstance(column, list):
        if len(column) != count:
            raise ValueError(f"a column has {len(column)} values, not {count}")
        return column
    return [column] * count


def _parts(share: float | None) -> float | int | None:
    """A share as whole ten-thousandths where nothing is lost by that."""
    if share is None:
        return None
    parts = round(share * _UNIT)
    return parts if parts / _UNIT == share else float(share)


def _whole(share: float | int) -> float:
    return share / _UNIT if isinstance(share, int) else float(share)
