"""Where witnesses differ, as editors print it: a reading of the text, and the others with their witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from septel.text import Locus, Source, Span, with_signs

_MARK = re.compile(r"([^\s\]]+)\[\?\]|\[…(\d*)\]")
"""A doubtful word with its mark, or that of a place that can't be read."""


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
        marked: the text with the marks of its doubts.
    """

    witnesses: tuple[str, ...]
    text: str
    loci: tuple[Locus | None, ...]
    kind: Difference
    marked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApparatusEntry:
    """One place at which witnesses differ.

    Attributes:
        span: where in the text; empty where the text has nothing.
        text: what the text has.
        witnesses: who has the same.
        variants: what the others have.
        marked: what the text has, with the marks of its doubts.
    """

    span: Span
    text: str
    witnesses: tuple[str, ...]
    variants: tuple[Variant, ...]
    marked: str


def apparatus_lines(entries: Iterable[ApparatusEntry]) -> list[str]:
    """The apparatus as editions print it: `TIN] TEN B; lacking C`."""
    lines: list[str] = []
    for entry in entries:
        said = "; ".join(_said(variant) for variant in entry.variants)
        lemma = entry.marked or "(nothing)"
        lines.append(f"{lemma}] {said}")
    return lines


def _said(variant: Variant) -> str:
    names = ", ".join(variant.witnesses)
    match variant.kind:
        case Difference.OMISSION:
            return f"lacking {names}"
        case Difference.EXCISION:
            return f"excised {names}"
        case Difference.MOVE:
            return f"elsewhere {names}" if not variant.marked else f"moved: {variant.marked} {names}"
        case _:
            return f"{variant.marked} {names}"


def apparatus_json(entries: Iterable[ApparatusEntry]) -> list[dict[str, object]]:
    """The apparatus for other programs."""
    return [
        {
            "span": [entry.span.start, entry.span.end],
            "text": entry.text,
            "marked": entry.marked,
            "witnesses": list(entry.witnesses),
            "variants": [
                {
                    "kind": variant.kind.value,
                    "text": variant.text,
                    "marked": variant.marked,
                    "witnesses": list(variant.witnesses),
                    "loci": [str(locus) if locus else None for locus in variant.loci],
                }
                for variant in entry.variants
            ],
        }
        for entry in entries
    ]


def apparatus_tei(
    text: Source, entries: Iterable[ApparatusEntry], *, witnesses: Sequence[str], title: str
) -> str:
    """The text with its apparatus as TEI, parallel segmentation (TEI P5, chapter 13).

    Witnesses are named w1, w2 and so on in the order given, with their names in the list of witnesses.
    What is doubtful is `unclear`, what can't be read a `gap`.
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
        body.append(_told(with_signs(text, Span(at, entry.span.start))))
        body.append(_app(entry, ids))
        at = entry.span.end
    body.append(_told(with_signs(text, Span(at, len(text.text)))))
    out.append(f"<text><body><p>{''.join(body)}</p></body></text>")
    out.append("</TEI>")
    return "\n".join(out) + "\n"


def _app(entry: ApparatusEntry, ids: dict[str, str]) -> str:
    readings = [f"<lem{_wit(entry.witnesses, ids)}>{_told(entry.marked)}</lem>"]
    for variant in entry.variants:
        cause = f" type={quoteattr(variant.kind.value)}"
        inside = '<gap reason="excised"/>' if variant.kind is Difference.EXCISION else _told(variant.marked)
        readings.append(f"<rdg{_wit(variant.witnesses, ids)}{cause}>{inside}</rdg>")
    return f"<app>{''.join(readings)}</app>"


def _wit(names: Sequence[str], ids: dict[str, str]) -> str:
    if not names:
        return ""
    return f" wit={quoteattr(' '.join('#' + ids[name] for name in names))}"


def _told(marked: str) -> str:
    """Text with marks as XML."""
    out, at = "", 0
    for found in _MARK.finditer(marked):
        out += escape(marked[at : found.start()])
        size = f' quantity="{found[2]}" unit="chars"' if found[2] else ""
        word = f"<unclear>{escape(found[1])}</unclear>" if found[1] else ""
        out += word or f'<gap reason="illegible"{size}/>'
        at = found.end()
    return (out + escape(marked[at:])).replace("\n", "<lb/>\n")
