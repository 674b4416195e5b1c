"""Paragraph labels: which lines begin a paragraph, and which.

Numbers run 1, 2, 3 and letters A, B, C within a number, on over pages and sections. A label that the
copy has ruined is decided by its neighbours: of all ways to read the labels, the one with the least
cost is taken. Costs are small whole numbers of surprise, not probabilities.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from septel.lexicon import numerals, shapes

_EXACT = re.compile(
    r"(?P<open>\()?(?P<value>\d{1,3}|[A-Z]|[IVX]{2,4})(?P<close>\.\)|\)\.?|\.{1,2}-?)"
    r"(?:(?<=\))\s*|\s+|(?=[A-Z(\"'][A-Z ]))(?=\S)"
)
_COMMA = re.compile(r"(?P<value>\d{1,2})[,;:•·]\s(?=[A-Z]{2,}\s)")
_BARE = re.compile(r"(?P<value>\d{1,2}) (?=[A-Z]{2,})")
_TOKEN = re.compile(r"\S+")
OPENERS = frozenset("0123456789(")
STOPS = frozenset(".)")
_STOP = ".,•·:;-!)"
_TITLE = re.compile(r"\b(?:MR|MRS|DR|GEN|COL|SEN|REP|AMB|MESSRS|LT|CAPT|ADM|PROF|ST|J|[A-Z])\.$")
_LONGEST_TITLE = len(" MESSRS.")
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
_ENDS = (".", ":", ";", "?", "!", '"', ")", "•", "·")
_BEAM = 32
_MOST_STATES = 256  # remembered for one offer
_MARGIN = 60  # a run of labels this much dearer than the cheapest never catches up
_SPECKS = re.compile(r"[^A-Za-z0-9(]{1,4}(?=[A-Z0-9])")
_LONE = re.compile(r"\W{0,2}\w[.,;:•·]\s")
_SHORT = 40


class Candidate(NamedTuple):
    """A place where a paragraph may begin.

    Attributes:
        line: index of the line among the text lines.
        value: the label as read: figures, a letter, or empty when nothing of it can be read.
        exact: whether the label is well formed.
        sub: whether it is of the form `1)` or `(A)`.
        end: where in the line the text after the label begins.
        bare: a number without a stop.
        fresh: whether the text before it ended a sentence, or a blank line stands before it.
        colon: whether the text before it ended with a colon.
        run: whether it is one of a list: the number before or after it among the candidates is its neighbour.
        worn: whether the copy is bad: then a whole label may yet be another.
    """

    line: int
    value: str
    exact: bool
    sub: bool
    end: int
    bare: bool = False
    fresh: bool = True
    colon: bool = False
    run: bool = False
    worn: bool = False


class Label(NamedTuple):
    """A decided label: its path, and whether it was read or decided by its neighbours.

    `start` is where in its line it stands: mostly at the beginning, after a lost line end within it.
    """

    line: int
    path: tuple[str, ...]
    end: int
    raw_value: str
    read: bool
    start: int = 0


class _State(NamedTuple):
    """How far the labels have run: the last number, the letter within it, the item of a list within that."""

    number: int = 0
    letter: int = 0
    sub: int = 0
    inner: bool = (
        False  # whether numbers with stops, as paragraphs have them, make a list within another label
    )


def _packed(state: _State) -> int:
    """A state as one number: the beam is walked by numbers, which cost less to look up than four of them."""
    return state.number << 20 | state.letter << 14 | state.sub << 1 | state.inner


def _unpacked(state: int) -> _State:
    return _State(state >> 20, state >> 14 & 63, state >> 1 & 8191, bool(state & 1))


def may_begin(text: str) -> bool:
    """Whether a clean line looks enough like the beginning of a paragraph to be looked at."""
    return text[0] in OPENERS or text[1:2] in STOPS


def candidate(text: str, index: int, *, before: str, apart: bool, gap: bool, noisy: bool) -> Candidate | None:
    """What a line offers as the beginning of a paragraph, or None."""
    # A short line before it was ended on purpose: lists have no stops.
    ended = before.endswith(_ENDS) or len(before) < _SHORT
    if ended and before[-1:] == ".":
        ended = _TITLE.search(before, max(0, len(before) - _LONGEST_TITLE)) is None
    fresh = apart or not before or ended or (noisy and not before[-1].isalnum())
    colon = before.endswith(":")
    if may_begin(text):
        found = _EXACT.match(text)
        if found and (not found.group("open") or ")" in found.group("close")):
            paren = ")" in found.group("close") and found.group("close") != ".)"
            return Candidate(
                index,
                found.group("value"),
                True,
                paren or bool(found.group("open")),
                found.end(),
                fresh=fresh,
                colon=colon,
                worn=noisy,
            )
        bare = _BARE.match(text)
        if bare:
            return Candidate(
                index, bare.group("value"), True, False, bare.end(), bare=True, fresh=fresh, colon=colon
            )
    if not noisy:
        return None
    comma = _COMMA.match(text)
    if comma and not fresh:
        # `3, THE PURPOSE` under a line whose full stop was lost: its number must be the next one.
        return Candidate(index, comma.group("value"), True, False, comma.end(), fresh=False, worn=True)
    if gap:
        return _speckled(text, index, fresh, colon) or _garbled(text, index, fresh, colon)
    behind = _speckled(text, index, fresh, colon)
    if behind is not None or not fresh or not _LONE.match(text):
        return behind
    # Engines that drop blank lines leave only the stop before and after a label to go by.
    alone = _garbled(text, index, fresh, colon)
    return alone if alone is not None and len(alone.value) == 1 else None


def _speckled(text: str, index: int, fresh: bool, colon: bool) -> Candidate | None:
    """A whole label behind specks: `* 2. IN`, `'B. THE`."""
    lead = _SPECKS.match(text)
    found = _EXACT.match(text, lead.end()) if lead else None
    if found is None or found.group("open"):
        return None
    return Candidate(
        index, found.group("value"), True, False, found.end(), fresh=fresh, colon=colon, worn=True
    )


def _garbled(text: str, index: int, fresh: bool, colon: bool) -> Candidate | None:
    value, end, taken = "", 0, 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        figures = "".join(c for c in word if c.isalnum())
        if not figures:
            if len(word) > 4:
                break
        elif value or len(figures) > 2 or len(word) > 5:
            break
        if figures and word[-1] not in _STOP and not _stop_follows(text, token.end(), figures):
            break
        value = value or figures
        end, taken = token.end(), taken + 1
        if taken == 3:
            break
    if not taken or end >= len(text):
        return None
    while end < len(text) and text[end].isspace():
        end += 1
    return Candidate(index, value, False, False, end, fresh=fresh, colon=colon)


def _stop_follows(text: str, at: int, figures: str) -> bool:
    following = text[at:].split(maxsplit=1)
    return len(figures) == 1 and bool(following) and not any(c.isalnum() for c in following[0])


class _Offer(NamedTuple):
    """What of a candidate decides where it may lead; the same few offers come again and again."""

    value: str
    exact: bool
    sub: bool
    bare: bool
    fresh: bool
    colon: bool
    run: bool
    worn: bool


def _emission(found: _Offer, target: str) -> int:
    """How surprising it is that label `target` was read as this."""
    if not found.value:
        return 4
    if found.value == target:
        return 0 if found.exact else 1
    if found.exact:
        return 99
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


_Way = tuple[int, int, bool]
"""What it costs, where it leads, and whether the offer is taken for a label."""


@lru_cache(maxsize=4096)
def _ways_of(found: _Offer) -> dict[int, list[_Way]]:
    """The ways on that an offer leaves from each state that was met with it so far."""
    del found
    return {}


def _ways(state: int, found: _Offer) -> list[_Way]:
    """Staying where one is, and where the offer may lead."""
    moves = _moves(_unpacked(state), found)
    return [(_silence(found), state, False), *((cost, _packed(target), True) for cost, target in moves)]


def _moves(state: _State, found: _Offer) -> list[tuple[int, _State]]:
    """The states that this candidate may lead to, with their costs."""
    moves: list[tuple[int, _State]] = []
    late = 0 if found.fresh else 6
    value = found.value
    if found.exact and value.isdigit():
        n = int(value)
        if not found.sub or state.number == 0 or state.letter == 0:
            ahead = n - state.number
            cost = {1: 0, 2: 6}.get(ahead, 10 if ahead > 2 else 99)
            if state.number == 0 and n > 1:
                cost = 6
            # The next number with its stop needs no full stop before it: tables and lists have none.
            stopless = 3 if ahead == 1 and state.number and not found.sub and not found.bare else late
            cost += (6 if found.sub and state.number else 0) + (3 if found.bare else 0) + min(late, stopless)
            if not state.number and state.inner:
                cost += 3
            if cost < 99 and (not found.bare or ahead == 1):
                moves.append((cost, _State(n)))
            if not found.bare and not found.sub and state.number:
                expected = str(state.number + 1)
                if n == state.number > 1:
                    moves.append((5 + late, state))  # the drafter gave one number twice
                elif (
                    not found.run
                    and len(value) < len(expected)
                    and (expected.startswith(value) or expected.endswith(value))
                ):
                    moves.append((4 + late, _State(state.number + 1)))  # a figure was lost: `1.` for `11.`
                if found.run:
                    moves += _listed(state, n, late)
            if found.worn and ahead != 1 and not (found.bare or found.sub):
                moves.append((7 + late, _State(state.number + 1)))  # a figure was read as another
            if not (found.bare or found.sub or state.number) and state.letter and n == state.sub + 1:
                # Numbers within letters (A.1, A.2, B.1): once they were, they are again.
                moves.append(((1 if n == 1 else 0) + late, _State(0, state.letter, n, True)))
        if (found.sub or state.letter) and n == state.sub + 1 and state.number and not state.inner:
            moves.append(
                (
                    (0 if found.sub else 5) + (2 if n == 1 and not found.colon else 0) + late,
                    _State(state.number, state.letter, n),
                )
            )
        return moves
    if found.exact:
        if len(value) > 1:
            return []
        k = ord(value) - 64
        ahead = k - state.letter
        cost = {1: 0, 2: 6 if state.letter else (8 if found.worn else 99)}.get(ahead, 99)
        if k == 1 and state.letter == 0:
            cost = 0 if found.colon else 2
        elif k == 1 and state.letter:
            cost = 9
        if cost < 99:
            moves.append((cost + late, _lettered(state, k)))
        return moves
    number, letter = state.number + 1, state.letter + 1
    moves.append((_emission(found, str(number)) + late, _State(number)))
    if letter <= 26:
        moves.append(
            (
                _emission(found, chr(64 + letter)) + late + (2 if letter == 1 else 0),
                _lettered(state, letter),
            )
        )
    return moves


def _lettered(state: _State, letter: int) -> _State:
    """A letter within a number, or within an item of a number's list."""
    return _State(state.number, letter, state.sub if state.inner and state.number else 0, state.inner)


def _listed(state: _State, n: int, late: int) -> list[tuple[int, _State]]:
    """A list within a paragraph whose numbers have stops as paragraphs have: it begins again at one.

    Where the next number may be the list's or the telegram's, it is the telegram's.
    """
    if n == 1 and (state.inner or not state.letter):
        return [((6 if state.inner else 5) + late, _State(state.number, 0, 1, True))]
    if state.inner and n == state.sub + 1:
        return [(1 + late, _State(state.number, 0, n, True))]
    return []


def _silence(found: _Offer) -> int:
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
    beam: list[tuple[int, int]] = [(_packed(_State()), 0)]
    history: list[dict[int, _Way]] = []
    # Labels that can be read leave few ways to read the text.
    width, margin = (12, 40) if all(found.exact for found in candidates) else (_BEAM, _MARGIN)
    for found in candidates:
        step: dict[int, _Way] = {}
        offer = _Offer(
            found.value, found.exact, found.sub, found.bare, found.fresh, found.colon, found.run, found.worn
        )
        known = _ways_of(offer)
        for state, cost in beam:
            ways = known.get(state)
            if ways is None:
                if len(known) >= _MOST_STATES:
                    known.clear()
                ways = known[state] = _ways(state, offer)
            for extra, target, taken in ways:
                whole = cost + extra
                held = step.get(target)
                if held is None or whole < held[0]:
                    step[target] = (whole, state, taken)
        history.append(step)
        kept = [(state, told[0]) for state, told in step.items()]
        kept.sort(key=itemgetter(1))
        most = kept[0][1] + margin
        beam = [one for one in kept[:width] if one[1] <= most]
    state = beam[0][0]
    labels: list[Label] = []
    for found, back in zip(reversed(candidates), reversed(history), strict=True):
        _, origin, taken = back[state]
        if taken:
            path = _path(_unpacked(state), _unpacked(origin))
            read = found.exact and not found.bare and found.value == path[-1]
            labels.append(Label(found.line, path, found.end, found.value, read))
        state = origin
    return labels[::-1]


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
        kept.append(Label(found.line, (value,), found.end, value, True))
        n += 1
    return kept


def _path(state: _State, origin: _State) -> tuple[str, ...]:
    parts = [str(state.number)] if state.number else []
    if state.inner and state.number:
        parts.append(str(state.sub))
    if state.letter:
        parts.append(chr(64 + state.letter))
    listed = state.inner and state.number
    if state.sub and not listed and (state.number, state.letter) == (origin.number, origin.letter):
        parts.append(str(state.sub))
    return tuple(parts)
