"""The units that have the phrases of a query as read: found by the pairs that the index notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from septel.archive.search.hits import Kept, UnitPlace
from septel.archive.search.index import main_words
from septel.archive.search.plain_units import (
    has_all,
    is_unedited,
    pairs_anywhere,
    phrases_of,
    plain_texts,
    reads_all,
)
from septel.archive.search.query_language import Node
from septel.archive.search.unit_rows import MOST_AT_ONCE, SureUnits, UnitRows
from septel.archive.search.words import common_pairs, pair_over_label
from septel.archive.store import WordMatch
from septel.text import Reading

_FEW = 60
"""Up to so many are looked at where a phrase has rarer words too: by these the index finds it as soon."""
_MOST_READ = 16
"""Up to so many units of documents with edits, or one in four, are read for a phrase: of more the index is
asked, which finds it sooner."""
_AHEAD = 32
"""So many documents are read together."""
_LEAST_LOT, _MOST_LOT = 64, 4096
"""So many units with all pairs are looked at together."""
_RARE = 8
"""Where fewer than one in so many has the phrase, the others have its words elsewhere: the index is asked."""


def sure_units(
    rows: UnitRows, node: Node, match: WordMatch | None, readings: Kept[Reading], most: int
) -> SureUnits:
    """The units whose words as read have what a query asks.

    Where it asks for phrases with common words in them, the index tells by their pairs which units come into
    question; the text itself then tells, or the words of a document with edits as they are read.

    Args:
        rows: the units that the fields allow.
        node: the query.
        match: what it asks of the words as read.
        readings: documents as they are read.
        most: so many are counted.
    """
    phrases = phrases_of(node)
    tokens = [token for phrase in phrases or () for token in common_pairs(phrase)]
    if match is None or not phrases or not tokens:
        return SureUnits(rows, match, most)
    told = len(tokens) == sum(len(phrase) - 1 for phrase in phrases)
    known = _by_pairs(rows, tokens, phrases, readings, most, None if told else _FEW)
    return SureUnits(rows, match, most, known)


def _by_pairs(
    rows: UnitRows,
    tokens: Sequence[str],
    phrases: Sequence[Sequence[str]],
    readings: Kept[Reading],
    most: int,
    few: int | None,
) -> list[UnitPlace] | None:
    """The units that have some phrases, or one more than are counted; None where the index finds them sooner.

    With `few`, it does where more units than these have the pairs.
    """
    known: list[UnitPlace] = []
    seen = read = at = 0
    while True:
        # As many as ought to have what is still missing.
        wanted = (most + 1 - len(known)) * max(1, seen) // max(1, len(known))
        lot = few + 1 if few else min(_MOST_LOT, max(_LEAST_LOT, wanted))
        ids = rows.connection.words.paired(tokens, every=True, most=lot, above=at)
        seen += len(ids)
        if few and seen > few:
            return None
        units = rows.numbered(ids)
        texts = plain_texts(rows.connection, [unit.holding for unit in units])
        edited = [unit for unit in units if unit.holding not in texts]
        read += len(edited)
        if read > _MOST_READ and 4 * read > seen:
            return None
        having = set(_edited_with(edited, phrases, readings))
        known += [
            unit
            for unit in units
            if unit.id in having or (unit.holding in texts and reads_all(texts[unit.holding], unit, phrases))
        ]
        if len(ids) < lot or len(known) > most:
            return known
        if seen > MOST_AT_ONCE and len(known) * _RARE < seen:
            return None
        at = ids[-1]


def _edited_with(
    units: Sequence[UnitPlace], phrases: Sequence[Sequence[str]], readings: Kept[Reading]
) -> Iterator[int]:
    """The numbers of those units of documents with edits that have some phrases as they are read.

    Asked for single units, the index would read all places of each word anew.
    """
    for at in range(0, len(units), _AHEAD):
        lot = units[at : at + _AHEAD]
        readings.have(unit.holding for unit in lot)
        for unit in lot:
            reading = readings.of(unit.holding)
            if is_unedited(reading, unit):
                has = reads_all(reading.text, unit, phrases)
            else:
                has = has_all(main_words(reading, unit.lines, unit.following), phrases)
            if has:
                yield unit.id


def over_labels(rows: UnitRows, node: Node, sure: SureUnits, most: int) -> tuple[list[UnitPlace], bool]:
    """The units where a phrase may run on behind a paragraph's number, and whether these are all.

    Those that have what is asked as read are left out.
    """
    tokens = [pair_over_label(*pair) for pair in dict.fromkeys(pairs_anywhere(node))]
    if not tokens:
        return [], True
    ids = rows.connection.words.paired(tokens, every=False, most=most + 1)
    return sure.without(rows.numbered(ids[:most])), len(ids) <= most
