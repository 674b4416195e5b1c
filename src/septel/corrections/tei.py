"""Our full TEI edition, corrected by hand in any editor: each line as the file reads it now."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from septel.corrections.model import Edition, LineReading
from septel.errors import InputError
from septel.export import NAMESPACE

_READ = frozenset(("corr", "reg", "lem", "unclear", "expan"))
"""What of a `choice` or `app` is the reading: the first of these."""
_SOURCE = frozenset(("sic", "orig"))
"""What of a `choice` is the source's own."""
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BLOCKS = frozenset(("p", "div", "ab", "head", "list", "item", "opener", "closer", "quote", "note"))


def edition_in_tei(root: etree._Element, where: str) -> Edition:
    """The lines of an edition.

    Raises:
        InputError: it is not one of ours, or its lines are not numbered as ours are.
    """
    ids = {one.get("type"): (one.text or "").strip() for one in root.iter(f"{{{NAMESPACE}}}idno")}
    body = root.find(f".//{{{NAMESPACE}}}body")
    if not ids.get("septel") or body is None:
        raise InputError(
            "this TEI names no holding",
            where=where,
            remedy="Septel takes back the full edition that `septel export --as tei` wrote.",
        )
    lines: list[LineReading] = []
    number, text = 0, ""
    sources: list[str] = []
    unplaced: list[str] = []
    for at, piece in _pieces(body, where, sources, unplaced):
        if at:
            if number:
                lines.append(LineReading(number=number, text=text, sources=tuple(sources)))
                sources.clear()
            if at != number + 1:
                raise InputError(
                    f"line {at} follows line {number}", where=where, remedy="Leave each `lb` where it was."
                )
            number, text = at, ""
        text += piece
    if not number:
        raise InputError(
            "this TEI has no lines",
            where=where,
            remedy="The reading edition can't come back; correct the full edition (`--as tei`).",
        )
    lines.append(LineReading(number=number, text=text, sources=tuple(sources)))
    log = ids.get("septel-log", "")
    return Edition(
        holding=ids["septel"],
        entries=int(log) if log.isdigit() else None,
        lines=tuple(lines),
        unplaced=tuple(unplaced),
    )


def _pieces(
    element: etree._Element, where: str, sources: list[str], unplaced: list[str]
) -> Iterator[tuple[int, str]]:
    """The reading piece by piece; at the beginning of a line its number.

    What the file says that the source has is added to `sources`, what stands on no line of it to `unplaced`.
    """
    name = etree.QName(element).localname
    if name == "lb":
        number = element.get("n") or ""
        if not number.isdigit():
            raise InputError("an `lb` has no number", where=where, remedy="Leave each `lb` as it was.")
        yield int(number), ""
        return
    if name == "gap":
        size = element.get("quantity") or ""
        yield 0, f"[…{size}]" if size.isdigit() else "[…]"
        return
    if name in ("choice", "app"):
        sources.extend("".join(map(str, child.itertext())) for child in element if _local(child) in _SOURCE)
        chosen = [child for child in element if _local(child) in _READ]
        if chosen:
            yield from _pieces(chosen[0], where, sources, unplaced)
        return
    if name in _BLOCKS and (words := _of_no_line(element)):
        unplaced.append(f"{words!r} stands on no line of the source (a `{name}` without `lb`)")
        return
    yield 0, (element.text or "").replace("\n", "")
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child, where, sources, unplaced)
        yield 0, (child.tail or "").replace("\n", "")


def _of_no_line(element: etree._Element) -> str:
    """The first words of an element that is none of ours and in which no line of the source begins."""
    words = " ".join("".join(map(str, element.itertext())).split())
    own = {"n", "type", _ID} & {str(name) for name in element.attrib}
    if not words or own or element.find(f".//{{{NAMESPACE}}}lb") is not None:
        return ""
    return words if len(words) <= 40 else f"{words[:39]}…"


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
