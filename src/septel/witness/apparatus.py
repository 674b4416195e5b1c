"""Where witnesses differ, as editors print it: a reading of the text, and the others with their witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from septel.text import Locus, Span


class Difference(StrEnum):
    """How a witness differs from the text."""

    SUBSTITUTION = "substitution"
    ADDITION = "addition"
    """The witness has words that the text lacks."""
    OMISSION = "omission"
    """The witness lacks words of the text."""
    MOVE = "move"
    """The witness has the same words elsewhere."""
    EXCISION = "excision"
    """The witness was made unreadable here on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What some witnesses have in place of the text.

    Attributes:
        witnesses: their names.
        text: what they have; empty for an omission.
        loci: where it stands in each of them; None where they have nothing.
        kind: how it differs.
    """

    witnesses: tuple[str, ...]
    text: str
    loci: tuple[Locus | None, ...]
    kind: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class ApparatusEntry:
    """One place at which witnesses differ.

    Attributes:
        span: where in the text; empty where the text has nothing.
        text: what the text has.
        witnesses: who has the same.
        variants: what the others have.
    """

    span: Span
    text: str
    witnesses: tuple[str, ...]
    variants: tuple[Variant, ...]


def apparatus_lines(entries: Iterable[ApparatusEntry], *, line_of: Sequence[int] | None = None) -> list[str]:
    """The apparatus as editions print it: `12  TIN] TEN B; lacking C`."""
    lines: list[str] = []
    for entry in entries:
        said = "; ".join(_said(variant) for variant in entry.variants)
        number = f"{line_of[entry.span.start]:>4}  " if line_of else ""
        lemma = entry.text or "(nothing)"
        lines.append(f"{number}{lemma}] {said}")
    return lines


def _said(variant: Variant) -> str:
    names = ", ".join(variant.witnesses)
    match variant.kind:
        case Difference.OMISSION:
            return f"lacking {names}"
        case Difference.EXCISION:
            return f"excised {names}"
        case Difference.MOVE:
            return f"elsewhere {names}" if not variant.text else f"moved: {variant.text} {names}"
        case _:
            return f"{variant.text} {names}"


def apparatus_json(entries: Iterable[ApparatusEntry]) -> list[dict[str, object]]:
    """The apparatus for other programs."""
    return [
        {
            "span": [entry.span.start, entry.span.end],
            "text": entry.text,
            "witnesses": list(entry.witnesses),
            "variants": [
                {
                    "kind": variant.kind.value,
                    "text": variant.text,
                    "witnesses": list(variant.witnesses),
                    "loci": [str(locus) if locus else None for locus in variant.loci],
                }
                for variant in entry.variants
            ],
        }
        for entry in entries
    ]


def apparatus_tei(
    text: str, entries: Iterable[ApparatusEntry], *, witnesses: Sequence[str], title: str
) -> str:
    """The text with its apparatus as TEI, parallel segmentation (TEI P5, chapter 13).

    Witnesses are named w1, w2 and so on in the order given, with their names in the list of witnesses.
    """
    ids = {name: f"w{n}" for n, name in enumerate(witnesses, 1)}
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
        f"<teiHeader><fileDesc><titleStmt><title>{escape(title)}</title></titleStmt>",
        "<publicationStmt><p>Collated by Septel.</p></publicationStmt><sourceDesc><listWit>",
        *(f"<witness xml:id={quoteattr(ids[name])}>{escape(name)}</witness>" for name in witnesses),
        "</listWit></sourceDesc></fileDesc>",
        '<encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc>',
        "</teiHeader>",
    ]
    body: list[str] = []
    at = 0
    for entry in entries:
        body.append(_broken(text[at : entry.span.start]))
        body.append(_app(entry, ids))
        at = entry.span.end
    body.append(_broken(text[at:]))
    out.append(f"<text><body><p>{''.join(body)}</p></body></text>")
    out.append("</TEI>")
    return "\n".join(out) + "\n"


def _app(entry: ApparatusEntry, ids: dict[str, str]) -> str:
    readings = [f"<lem{_wit(entry.witnesses, ids)}>{escape(entry.text)}</lem>"]
    for variant in entry.variants:
        cause = f" type={quoteattr(variant.kind.value)}"
        inside = '<gap reason="excised"/>' if variant.kind is Difference.EXCISION else escape(variant.text)
        readings.append(f"<rdg{_wit(variant.witnesses, ids)}{cause}>{inside}</rdg>")
    return f"<app>{''.join(readings)}</app>"


def _wit(names: Sequence[str], ids: dict[str, str]) -> str:
    if not names:
        return ""
    return f" wit={quoteattr(' '.join('#' + ids[name] for name in names))}"


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<lb/>\n")
