"""Paragraph labels: which lines begin a paragraph, and which.

What lines offer is found by `septel.telegram.body.label_candidates`. Numbers run 1, 2, 3 and letters A, B, C
within a number, on over pages and sections. A label that the copy has ruined is decided by its neighbours:
of all ways to read the labels, the one with the least cost is taken. Costs are small whole numbers of
surprise, not probabilities.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from septel.lexicon import numerals, shapes
from septel.telegram.body.label_candidates import Candidate

_ROUND = {
    "C": "DGOQ",
    "D": "COQB",
    "O": "CDGQ",
    "G": "CO6",
    "E": "FRBK",
    "F": "ERPT",
    "R": "EFKB",
    "B": "8RE",
    "H": "NM",
    "K": "XREC<",
}
# What figures alone before a stop have been read as, beyond the look-alikes of `numerals`.
_FIGURES = {"4": ("I", "L", "A"), "6": ("F", "B", "&"), "9": ("G", "Q"), "3": ("J", "B"), "7": ("T",)}
_BEAM = 32
_MARGIN = 60  # a run of labels this much dearer than the cheapest never catches up
_NO_BOUND = 1_000_000


class Label(NamedTuple):
    """A decided label: its path, and whether it was read or decided by its neighbours.

    `start` is where in its line it stands: mostly at the beginning, after a lost line end within it.
    """

    line: int
    path: tuple[str, ...]
    end: int
    read: bool
    start: int = 0


_State = tuple[int, int, int, bool]
"""How far the labels have run: the last number, the letter within it, the item of a list within that, and
whether numbers with stops, as paragraphs have them, make a list within another label."""
_START: _State = (0, 0, 0, False)
_Move = tuple[int, _State]
"""What it costs to take a candidate for a label, and how far the labels have run then."""
_Moves = Callable[[_State, Candidate, int], list[_Move]]


def _emission(found: Candidate, target: str) -> int:
    """How surprising it is that label `target` was read as this."""
    if not found.value:
        return 4
    if found.value == target:
        return 1
    if target.isdigit():
        if target in numerals(found.value):
            return 2
        return 3 if found.value.upper() in _FIGURES.get(target, ()) else 7
    if (
        shapes(found.value) == shapes(target)
        or found.value[-1].upper() in _ROUND.get(target, "")
        or found.value.endswith(target)
    ):
        return 2
    return 7


def _moves(found: Candidate) -> tuple[_Moves, int]:
    """Which rules say where a candidate may lead, and the figure or letter that they start from."""
    if not found.exact:
        return _from_ruins, 0
    if found.value.isdigit():
        return _from_number, int(found.value)
    return _from_letter, ord(found.value) - 64 if len(found.value) == 1 else 0


def _from_number(state: _State, found: Candidate, n: int) -> list[_Move]:
    """Where a number that can be read leads: on in the telegram's own count, or in a list within it."""
    number, letter, item, inner = state
    sub, bare = found.sub, found.bare
    late = 0 if found.fresh else 6
    moves: list[_Move] = []
    if not sub or number == 0 or letter == 0:
        ahead = n - number
        if ahead > 0 and (not bare or ahead == 1):
            cost = 0 if ahead == 1 else 6 if ahead == 2 else 10
            if number == 0 and n > 1:
                cost = 6
            # The next number with its stop needs no full stop before it: tables and lists have none.
            stopless = late and 3 if ahead == 1 and number and not sub and not bare else late
            cost += (6 if sub and number else 0) + (3 if bare else 0) + stopless
            if not number and inner:
                cost += 3
            moves.append((cost, (n, 0, 0, False)))
        if not bare and not sub and number:
            if n == number > 1:
                moves.append((5 + late, state))  # the drafter gave one number twice
            elif not found.run and _lost_figure(found.value, str(number + 1)):
                moves.append((4 + late, (number + 1, 0, 0, False)))
            if found.run:
                moves += _listed(state, n, late)
        if found.worn and ahead != 1 and not (bare or sub):
            moves.append((7 + late, (number + 1, 0, 0, False)))  # a figure was read as another
        if not (bare or sub or number) and letter and n == item + 1:
            # Numbers within letters (A.1, A.2, B.1): once they were, they are again.
            moves.append(((1 if n == 1 else 0) + late, (0, letter, n, True)))
    if (sub or letter) and n == item + 1 and number and not inner:
        cost = (0 if sub else 5) + (2 if n == 1 and not found.colon else 0) + late
        moves.append((cost, (number, letter, n, False)))
    return moves


def _lost_figure(value: str, expected: str) -> bool:
    """Whether a figure of the next number was lost: `1.` for `11.`."""
    return len(value) < len(expected) and (expected.startswith(value) or expected.endswith(value))


def _from_letter(state: _State, found: Candidate, k: int) -> list[_Move]:
    """Where a letter that can be read leads: on in the letters of its number."""
    letter = state[1]
    if not k:
        return []  # a Roman number
    late = 0 if found.fresh else 6
    if k == 1:
        return [((9 if letter else 0 if found.colon else 2) + late, _lettered(state, 1))]
    if k == letter + 1:
        return [(late, _lettered(state, k))]
    if k == letter + 2 and (letter or found.worn):
        return [((6 if letter else 8) + late, _lettered(state, k))]
    return []


def _from_ruins(state: _State, found: Candidate, _: int) -> list[_Move]:
    """Where a label that can't be read leads: to the next number, or to the next letter."""
    number, letter = state[0] + 1, state[1] + 1
    late = 0 if found.fresh else 6
    moves: list[_Move] = [(_emission(found, str(number)) + late, (number, 0, 0, False))]
    if letter <= 26:
        cost = _emission(found, chr(64 + letter)) + late + (2 if letter == 1 else 0)
        moves.append((cost, _lettered(state, letter)))
    return moves


def _lettered(state: _State, letter: int) -> _State:
    """A letter within a number, or within an item of a number's list."""
    number, _, item, inner = state
    return number, letter, item if inner and number else 0, inner


def _listed(state: _State, n: int, late: int) -> list[_Move]:
    """A list within a paragraph whose numbers have stops as paragraphs have: it begins again at one.

    Where the next number may be the list's or the telegram's, it is the telegram's.
    """
    number, letter, item, inner = state
    if n == 1 and (inner or not letter):
        return [((6 if inner else 5) + late, (number, 0, 1, True))]
    if inner and n == item + 1:
        return [(1 + late, (number, 0, n, True))]
    return []


def _silence(found: Candidate) -> int:
    """The cost of reading this candidate as no label at all."""
    if found.exact:
        return 2 if found.bare else (4 if not found.fresh else (7 if not found.sub else 5))
    if found.value and len(found.value) == 1:
        return 5
    return 5 if found.fresh else 3


def decide(candidates: list[Candidate]) -> list[Label]:
    """The labels that cost least together, in order."""
    plain = _plain(candidates)
    if plain is not None:
        return plain
    candidates = _with_runs(candidates)
    # The beam may lose the way that the bound was taken from, and then no way is left under it.
    told = _cheapest(candidates, _bound(candidates)) or _cheapest(candidates, _NO_BOUND)
    return told or []


def _cheapest(candidates: list[Candidate], most: int) -> list[Label] | None:
    """The labels that cost least together, and no more than `most`; None where none was found."""
    beam: list[_Move] = [(0, _START)]
    history: list[dict[_State, tuple[int, _State, bool]]] = []
    # Labels that can be read leave few ways to read the text.
    width, margin = (12, 40) if all(found.exact for found in candidates) else (_BEAM, _MARGIN)
    for found in candidates:
        step: dict[_State, tuple[int, _State, bool]] = {}
        moves, start = _moves(found)
        silence = _silence(found)
        for cost, state in beam:
            whole = cost + silence
            if whole <= most:
                held = step.get(state)
                if held is None or whole < held[0]:
                    step[state] = (whole, state, False)
            for extra, target in moves(state, found, start):
                whole = cost + extra
                if whole <= most:
                    held = step.get(target)
                    if held is None or whole < held[0]:
                        step[target] = (whole, state, True)
        if not step:
            return None
        history.append(step)
        beam = [(told[0], state) for state, told in step.items()]
        beam.sort(key=itemgetter(0))
        dearest = beam[0][0] + margin
        beam = [one for one in beam[:width] if one[0] <= dearest]
    return _walked_back(candidates, history, beam[0][1])


def _walked_back(
    candidates: list[Candidate], history: list[dict[_State, tuple[int, _State, bool]]], state: _State
) -> list[Label]:
    """The labels of the way that led to a state."""
    labels: list[Label] = []
    for found, back in zip(reversed(candidates), reversed(history), strict=True):
        _, origin, taken = back[state]
        if taken:
            path = _path(state, origin)
            read = found.exact and not found.bare and found.value == path[-1]
            labels.append(Label(found.line, path, found.end, read))
        state = origin
    return labels[::-1]


def _bound(candidates: list[Candidate]) -> int:
    """What it costs to take the cheapest way at each candidate in turn: the best of all ways is no dearer."""
    state, whole = _START, 0
    for found in candidates:
        moves, start = _moves(found)
        extra, state = min([(_silence(found), state), *moves(state, found, start)], key=itemgetter(0))
        whole += extra
    return whole


def _with_runs(candidates: list[Candidate]) -> list[Candidate]:
    """Mark the numbers that follow each other as the items of a list do."""
    whole = [
        (at, int(found.value))
        for at, found in enumerate(candidates)
        if found.exact and found.value.isdecimal() and not (found.sub or found.bare)
    ]
    out = list(candidates)
    for (at, n), (later, after) in pairwise(whole):
        if after == n + 1:
            out[at], out[later] = out[at]._replace(run=True), out[later]._replace(run=True)
    return out


def _plain(candidates: list[Candidate]) -> list[Label] | None:
    """The labels of a text that has the numbers 1 to n and no others; None for any other text.

    A number without a stop counts something and begins no paragraph, unless it is the next one.
    """
    kept: list[Label] = []
    n = 1
    for found in candidates:
        value = found.value
        if found.bare and value != str(n):
            continue
        if not found.exact or found.sub or found.bare or not found.fresh or value != str(n):
            return None
        kept.append(Label(found.line, (value,), found.end, True))
        n += 1
    return kept


def _path(state: _State, origin: _State) -> tuple[str, ...]:
    number, letter, item, inner = state
    parts = [str(number)] if number else []
    listed = inner and number
    if listed:
        parts.append(str(item))
    if letter:
        parts.append(chr(64 + letter))
    if item and not listed and (number, letter) == origin[:2]:
        parts.append(str(item))
    return tuple(parts)
