"""Which fields of documents' headings are doubtful, for lists: without a look at their whole texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from septel.archive.acts import Listed
from septel.archive.store import Database, logs_of, sources_of, unpack, whole
from septel.telegram import CONTESTED, doubted_fields, heading_kept
from septel.text import DOUBT, Locus, Reading, Source, Span, State, state_of

_WHOLE = ("form", CONTESTED)
"""The bases of fields that may be doubtful as a whole."""
_HAS_VALUE = """EXISTS (SELECT 1 FROM indexed JOIN facet ON facet.n = indexed.n
    WHERE indexed.holding = content.holding AND facet.value IN
        (SELECT id FROM value WHERE field = '{}' AND value IN ({})))"""
_TELEGRAMS = _HAS_VALUE.format("kind", "'telegram', 'airgram'")
"""Known by its heading alone, not as a paper of a file: no field of a form is in it."""
_AGAINST = _HAS_VALUE.format("has", "'contested'")
"""Something in it speaks against a field of its heading (`septel.archive.search.query_language.fields`)."""
_READ_THROUGH = "EXISTS (SELECT 1 FROM run WHERE run.source = content.holding)"
"""Some words of it are read otherwise than they came, or are doubtful."""


def doubts_listed(connection: Database, lot: Sequence[Listed]) -> dict[str, dict[str, str]]:
    """The doubtful fields of some documents, each as views show it (`septel.telegram.doubted_fields`).

    What a person corrected stands. A heading that this version can't read has none.
    """
    marks, ids = ", ".join("?" * len(lot)), [one.id for one in lot]
    # Of most telegrams as they were released neither is so, and their headings need not be unpacked.
    rows = connection.execute(
        f"""SELECT holding, heading, {_READ_THROUGH} FROM content
            WHERE holding IN ({marks}) AND (NOT {_TELEGRAMS} OR {_READ_THROUGH} OR {_AGAINST})""",
        ids,
    ).fetchall()
    kept: dict[str, Mapping[str, Any]] = {}
    through: list[str] = []
    for one, heading, is_read in rows:
        with whole(one):
            kept[one] = unpack(heading) or {}
        if is_read and kept[one]:
            through.append(one)
    readings = _readings(connection, {one: list(_places(kept[one])) for one in through})
    found: dict[str, dict[str, str]] = {}
    for one in lot:
        heading, reading = kept.get(one.id), readings.get(one.id)
        doubted = reading is not None and any(map(_is_doubt, reading.edits))
        title = str(one.fields["title"] or "")
        if heading and (doubted or any(map(_is_of_form, heading.values()))):
            found[one.id] = _doubted(one, heading, reading)
        elif DOUBT in title:
            found[one.id] = {"title": title}  # made of fields that have marks, of its file or its form
    return {one: fields for one, fields in found.items() if fields}


def titles_shown(connection: Database, lot: Sequence[Listed]) -> dict[str, str]:
    """The titles of some documents as every view shows them, with the marks of what they name."""
    doubted = doubts_listed(connection, lot)
    return {one.id: doubted.get(one.id, {}).get("title") or str(one.fields["title"]) for one in lot}


def _doubted(one: Listed, kept: Mapping[str, Any], reading: Reading | None) -> dict[str, str]:
    heading = heading_kept(kept)
    if heading is None:
        return {}
    values = {name: value for name, value in one.fields.items() if name not in one.corrected}
    fields = doubted_fields(heading, reading or Reading.of(_nothing(one.id)), values)
    return {name: shown for name, shown in fields.items() if name not in one.corrected}


def _nothing(name: str) -> Source:
    """A text without words, for headings that were read nowhere in it."""
    return Source.of_text("", name=name)


def _readings(connection: Database, places: Mapping[str, Sequence[Span]]) -> dict[str, Reading]:
    """Some documents as they are read now, in the lines of these places."""
    if not places:
        return {}
    sources = sources_of(connection, list(places))
    texts = {one: source.text for one, source in sources.items()}
    lines = {one: [_lines(text, place) for place in places[one]] for one, text in texts.items()}
    logs = logs_of(connection, texts, lines)
    return {one: logs[one].reading(source) for one, source in sources.items()}


def _lines(text: str, place: Span) -> Span:
    """The whole lines in which a place lies."""
    end = text.find("\n", place.end)
    return Span(text.rfind("\n", 0, place.start) + 1, len(text) if end < 0 else end)


def _places(part: object) -> Iterator[Span]:
    """Where the fields of a heading stand, as it is kept."""
    if isinstance(part, dict):
        locus = part.get("locus")
        if isinstance(locus, str):
            yield Locus.parse(locus).span
        else:
            for one in part.values():
                yield from _places(one)
    elif isinstance(part, list):
        for one in part:
            yield from _places(one)


def _is_doubt(edit: Any) -> bool:
    return state_of(edit) in (State.DOUBTFUL, State.UNREADABLE)


def _is_of_form(field: object) -> bool:
    """Whether a field, or one of several, is of a form or has a check against it."""
    if isinstance(field, list):
        return any(map(_is_of_form, field))
    return isinstance(field, dict) and field.get("basis") in _WHOLE
