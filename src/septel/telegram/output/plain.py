"""Prints a telegram in the plain form of the period, from which the same tree can be parsed again."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from septel.telegram.model import Addressee, Heading, Paragraph, Telegram

WIDTH = 69
"""The longest teletype line (ACP 127, para. 138)."""

_SPACED = {
    "SECRET": "S E C R E T",
    "CONFIDENTIAL": "C O N F I D E N T I A L",
    "TOP SECRET": "T O P  S E C R E T",
    "UNCLASSIFIED": "UNCLAS",
}


def spaced(grade: str) -> str:
    """A classification as class lines write it: letters apart, `UNCLAS` for unclassified."""
    return _SPACED.get(grade, grade)


def to_text(telegram: Telegram) -> str:
    """The message alone: addresses, heading and text of one section, without page furniture or stamps.

    What the tree holds of these is printed and nothing else; line ends fall where the width asks for them.
    """
    return "\n".join(_lines(telegram)) + "\n"


def _lines(telegram: Telegram) -> Iterator[str]:
    yield from _addresses(telegram.heading)
    yield from _heading(telegram.heading)
    yield ""
    summary = telegram.summary
    if summary is not None and summary.paragraph is None:
        yield from _wrapped(f"SUMMARY: {summary.text}")
        yield ""
    if telegram.opening is not None:
        yield from _wrapped(telegram.opening.text)
        yield ""
    for paragraph in telegram.paragraphs:
        yield from _paragraph(paragraph)
        yield ""
    if telegram.downgrading is not None:
        yield telegram.downgrading.value
        yield ""
    if telegram.signature is not None:
        yield telegram.signature.value


def _addresses(heading: Heading) -> Iterator[str]:
    if heading.sent is not None:
        signs = heading.precedence.raw + " " if heading.precedence else ""
        yield f"{signs}{heading.sent.raw}"
    if heading.originator is not None:
        yield f"FM {heading.originator.value.name}"
    for role, label in (("action", "TO"), ("info", "INFO")):
        for index, one in enumerate(a for a in heading.addressees if a.role == role):
            yield f"{label} {_addressee(one)}" if index == 0 else _addressee(one)


def _addressee(one: Addressee) -> str:
    words = [one.station.name]
    if one.night_action:
        words.append("NIACT")
    if one.precedence:
        words.append(one.precedence)
    if one.number:
        words.append(one.number)
    return " ".join(words)


def _heading(heading: Heading) -> Iterator[str]:
    if heading.classification is not None:
        number = heading.number.value if heading.number else None
        where = f" {number.post or ''} {number.serial}" if number else ""
        yield f"{spaced(heading.classification.value)}{where}".replace("  ", " ").rstrip()
    for caption in heading.captions:
        yield caption.value
    for series in heading.series:
        yield f"{series.value.series} {series.value.number}"
    for instruction in heading.passing:
        yield instruction.raw
    for line in heading.attention:
        yield line.value
    if heading.executive_order is not None:
        yield f"E.O. {heading.executive_order.value}"
    if heading.tags is not None:
        yield f"TAGS: {', '.join(heading.tags.value)}"
    if heading.subject is not None:
        yield from _wrapped(f"SUBJECT: {heading.subject.value}", indent="   ")
    if heading.references:
        yield f"REF: {'; '.join(item.value for item in heading.references)}"


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    label = paragraph.label.raw if paragraph.label.basis == "" else f"{paragraph.label.value}."
    yield from _wrapped(f"{label} {paragraph.text}")


def _wrapped(text: str, *, indent: str = "") -> Iterator[str]:
    for at, block in enumerate(text.split("\n")):
        if at:
            yield ""
        yield from textwrap.wrap(
            block, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
