"""Numbers of which one sign was misread: the page is of the telegram that its neighbours and copies name.

Two telegrams of a post may well be one figure apart. So a number alone settles nothing: the page must stand
among the other's pages in its file, or have its time group and count of sections, or name no known post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon
from septel.telegram.assembly.pieces import MessagePiece, PieceNumber

Key = tuple[str, int]
"""Post and number."""


def misread_in_file(pieces: Sequence[MessagePiece]) -> tuple[MessagePiece, ...]:
    """The pieces of a file, each misread number as the pages around it have it.

    A page between two of another telegram whose number is one sign apart is that telegram's, and so is a
    last page that goes on where the one before it ends.
    """
    out = list(pieces)
    for at, piece in enumerate(out[1:], 1):
        before, after = out[at - 1], out[at + 1] if at + 1 < len(out) else None
        if piece.number is None or before.number is None or not _near(piece.number, before.number):
            continue
        if piece.of != before.of:
            continue
        between = after is not None and after.number is not None and _key(after.number) == _key(before.number)
        next_page = piece.page is not None and before.page is not None and piece.page == before.page + 1
        goes_on = after is None and piece.section == before.section and next_page
        if between or goes_on:
            out[at] = replace(piece, number=before.number)
    return tuple(out)


def one_message(groups: Mapping[Key, list[MessagePiece]], lexicon: Lexicon) -> dict[Key, list[MessagePiece]]:
    """Pieces by telegram, those under a misread number with the telegram that they are of."""
    joined = {key: list(pieces) for key, pieces in groups.items()}
    alike: dict[object, set[Key]] = defaultdict(set)
    for key, pieces in groups.items():
        for told in {key[1], *map(_sent, pieces)} - {None}:
            alike[told].add(key)
    for key in sorted(groups, key=lambda one: (len(groups[one]), one)):
        near = [
            other
            for other in {one for told in {key[1], *map(_sent, groups[key])} for one in alike[told]} - {key}
            if other in joined
            and (len(groups[other]), other) > (len(groups[key]), key)
            and (_misspelt(key, other, lexicon) or _timed_alike(key, other, groups))
        ]
        if len(near) == 1:
            number = next(piece.number for piece in joined[near[0]] if piece.number)
            joined[near[0]] += [_named(piece, number) for piece in joined.pop(key)]
    return joined


def _misspelt(key: Key, other: Key, lexicon: Lexicon) -> bool:
    """Whether a post is no post, and one sign apart from the other's, with the same number."""
    known = lexicon.post(other[0]) is not None and lexicon.post(key[0]) is None
    return known and key[1] == other[1] and Levenshtein.distance(key[0], other[0], score_cutoff=1) == 1


def _timed_alike(key: Key, other: Key, groups: Mapping[Key, list[MessagePiece]]) -> bool:
    """Whether two numbers one sign apart have one time of sending and one count of several sections."""
    if not _apart(key, other):
        return False
    times, counts = (
        [{told(piece) for piece in groups[one]} - {None} for one in (key, other)]
        for told in (_sent, lambda piece: piece.of)
    )
    return bool(times[0]) and times[0] == times[1] and bool(counts[0]) and counts[0] == counts[1]


def _sent(piece: MessagePiece) -> str | None:
    return piece.number.sent if piece.number else None


def _named(piece: MessagePiece, number: PieceNumber) -> MessagePiece:
    told = _sent(piece)
    return replace(piece, number=replace(number, sent=told))


def _near(one: PieceNumber, other: PieceNumber) -> bool:
    return _apart(_key(one), _key(other))


def _apart(one: Key, other: Key) -> bool:
    """Whether post and number together are one sign apart."""
    signs = [f"{post} {serial}" for post, serial in (one, other)]
    return Levenshtein.distance(*signs, score_cutoff=1) == 1


def _key(number: PieceNumber) -> Key:
    return number.post, number.serial
