"""What a TEI edition says apart from its text: excisions, references and statements, each tied to its lines.

Each is a `<span>` from one `<lb>` to another, `n` its locus in the source (`source:start-end`, in code
points), with notes for what belongs to its kind. Spans overlap each other and the edits, which elements
within the text could not do.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from septel.archive import DossierDocument, Holding
from septel.export.xml import element, name_of
from septel.record import Statement
from septel.telegram import TelegramJson
from septel.text import Locus, Source, Span


def write_standoff(
    root: etree._Element, holding: Holding, tree: TelegramJson | None, record: DossierDocument | None
) -> None:
    """Add the `standOff`, unless there is nothing to say."""
    made = etree.Element(f"{{{etree.QName(root).namespace}}}standOff")
    source = holding.source
    excisions = tree.excisions if tree else []
    group = element(made, "spanGrp", type_="excision") if excisions else made
    for excision in excisions:
        span = _span(group, source, excision.locus, excision.raw)
        if span is not None and excision.authority:
            element(span, "note", excision.authority, type_="authority")
    references = [(one, place) for one in holding.references if (place := locus_in(one)) is not None]
    group = element(made, "spanGrp", type_="reference") if references else made
    for reference, place in references:
        span = _span(group, source, str(place), str(reference.get("raw", "")))
        if span is None:
            continue
        if reference.get("kind"):
            span.set("subtype", name_of(str(reference["kind"])))
        if reference.get("normal"):
            element(span, "note", str(reference["normal"]), type_="normal")
    statements = record.reviewed.record.statements if record else ()
    group = element(made, "spanGrp", type_="statement") if statements else made
    for statement in statements:
        _statement(group, source, statement)
    for group in list(made):
        if not len(group):
            made.remove(group)
    if len(made):
        root.append(made)


def _statement(group: etree._Element, source: Source, statement: Statement) -> None:
    span = _span(group, source, str(statement.excerpt.locus), statement.content.words)
    if span is None:
        return
    span.set("subtype", name_of(statement.act.value))
    if statement.confidence:
        span.set("cert", f"{statement.confidence.probability:.3f}")
    notes = [
        ("speaker", statement.speaker.person.name if statement.speaker.person else ""),
        ("side", statement.side or ""),
        ("addressee", statement.addressee.name if statement.addressee else ""),
        ("modality", statement.modality.value),
        ("polarity", statement.polarity.value),
        *(("issue", issue) for issue in statement.issue_ids),
    ]
    for kind, text in notes:
        if text:
            element(span, "note", text, type_=kind)


def locus_in(reference: Mapping[str, object]) -> Locus | None:
    """Where a reference stands, from the form in which the archive keeps it; None where that does not say."""
    place = reference.get("locus")
    if not isinstance(place, Mapping) or not isinstance(span := place.get("span"), Mapping):
        return None
    try:
        return Locus(str(place["source_id"]), Span(int(span["start"]), int(span["end"])))
    except (KeyError, TypeError, ValueError):
        return None


def _span(group: etree._Element, source: Source, locus: str, words: str) -> etree._Element | None:
    """A span over the lines of a locus; None for a locus in another source."""
    try:
        place = Locus.parse(locus)
    except ValueError:
        return None
    if place.source_id != source.id or place.span.end > len(source.text) or not source.lines:
        return None
    first = source.line_at(place.span.start)
    last = source.line_at(max(place.span.start, place.span.end - 1))
    lines = {"from": f"#l{first}", "to": f"#l{last}"}
    return element(group, "span", words, n=locus, **lines)
