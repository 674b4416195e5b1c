"""What a TEI edition says apart from its text: excisions, references and statements, each tied to its lines.

Each is a `<span>` from one `<lb>` to another, `n` its locus in the source (`source:start-end`, in code
points), with notes for what belongs to its kind. Spans overlap each other and the edits, which elements
within the text could not do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from septel.archive import DossierDocument, Holding
from septel.export.xml import Laid, leaf, name_of
from septel.record import Statement
from septel.telegram import TelegramJson
from septel.text import Locus, Source, Span


def write_standoff(
    out: Laid, holding: Holding, tree: TelegramJson | None, record: DossierDocument | None
) -> None:
    """Add the `standOff`, unless there is nothing to say."""
    statements = record.reviewed.record.statements if record else ()
    excised = tree.excisions if tree else ()
    groups = (
        ("excision", [_Said(x.locus, x.raw, {}, [("authority", x.authority or "")]) for x in excised]),
        ("reference", [_reference(one, at) for one in holding.references if (at := locus_in(one))]),
        ("statement", [_statement(one) for one in statements]),
    )
    placed = [
        (kind, [(one, lines) for one in spans if (lines := _lines(holding.source, one.locus))])
        for kind, spans in groups
    ]
    if not any(spans for _, spans in placed):
        return
    out.start("standOff")
    for kind, spans in placed:
        if spans:
            out.start("spanGrp", type_=kind)
            for one, (first, last) in spans:
                notes = [leaf("note", text, type_=name) for name, text in one.notes if text]
                place = {"n": one.locus, "from": f"#l{first}", "to": f"#l{last}"}
                out.mixed("span", one.words, notes, **place, **one.more)
            out.end()
    out.end()


class _Said(NamedTuple):
    """Something that is said of a place: its locus, its words, further attributes, and notes by kind."""

    locus: str
    words: str
    more: Mapping[str, str]
    notes: Sequence[tuple[str, str]]


def _reference(reference: Mapping[str, object], place: Locus) -> _Said:
    kind, normal = reference.get("kind"), reference.get("normal")
    more = {"subtype": name_of(str(kind))} if kind else {}
    raw = str(reference.get("raw", ""))
    return _Said(str(place), raw, more, [("normal", str(normal) if normal else "")])


def _statement(statement: Statement) -> _Said:
    sure = {"cert": f"{statement.confidence.probability:.3f}"} if statement.confidence else {}
    notes = [
        ("speaker", statement.speaker.person.name if statement.speaker.person else ""),
        ("side", statement.side or ""),
        ("addressee", statement.addressee.name if statement.addressee else ""),
        ("modality", statement.modality.value),
        ("polarity", statement.polarity.value),
        *(("issue", issue) for issue in statement.issue_ids),
    ]
    more = {"subtype": name_of(statement.act.value)} | sure
    return _Said(str(statement.excerpt.locus), statement.content.words, more, notes)


def locus_in(reference: Mapping[str, object]) -> Locus | None:
    """Where a reference stands, from the form in which the archive keeps it; None where that does not say."""
    place = reference.get("locus")
    if not isinstance(place, Mapping) or not isinstance(span := place.get("span"), Mapping):
        return None
    try:
        return Locus(str(place["source_id"]), Span(int(span["start"]), int(span["end"])))
    except (KeyError, TypeError, ValueError):
        return None


def _lines(source: Source, locus: str) -> tuple[int, int] | None:
    """The first and the last line of a locus; None for a locus in another source."""
    try:
        place = Locus.parse(locus)
    except ValueError:
        return None
    if place.source_id != source.id or place.span.end > len(source.text) or not source.lines:
        return None
    return source.line_at(place.span.start), source.line_at(max(place.span.start, place.span.end - 1))
