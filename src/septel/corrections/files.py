"""Which kind of corrected file this is, and what it says."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from lxml import etree

from septel.corrections.csv_sheet import editions_in_sheet
from septel.corrections.model import Edition
from septel.corrections.page_xml import edition_in_page
from septel.corrections.tei import edition_in_tei
from septel.errors import InputError, LimitExceeded
from septel.export import NAMESPACE

_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
LARGEST = 100_000_000
"""Bytes of a corrected file at most."""


def corrections_in(path: Path) -> tuple[Edition, ...]:
    """What a file says: our TEI, a PAGE file, or a sheet of corrections (CSV).

    Raises:
        InputError: it is none of these, or not whole.
        LimitExceeded: it is too large.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise LimitExceeded(
                f"the file is larger than {LARGEST // 1_000_000} MB",
                where=str(path),
                remedy="Import its parts one by one.",
            )
        content = path.read_bytes()
    except OSError as why:
        raise InputError(
            f"the file can't be read ({why.strerror})", where=str(path), remedy="Check its name."
        ) from why
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        # Looked at below as what it says, whatever an editor has saved it as.
        text = content.decode("utf-16", errors="replace")
        if text.lstrip().startswith("<"):
            content = _DECLARED.sub("", text, count=1).encode()
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return editions_in_sheet(content, str(path))
    root = _parsed(content, str(path))
    kind = etree.QName(root)
    if kind.localname == "TEI" and kind.namespace == NAMESPACE:
        return (edition_in_tei(root, str(path)),)
    if kind.localname == "PcGts":
        return (edition_in_page(root, str(path)),)
    raise InputError(
        f"the file is XML of another kind ({kind.localname})",
        where=str(path),
        remedy="Septel takes back its own TEI, PAGE XML and sheets of corrections.",
    )


def _parsed(content: bytes, where: str) -> etree._Element:
    # No entities, nothing from outside, and libxml2's own limits of depth and size.
    if re.search(rb"<!(DOCTYPE|ENTITY)", content[:10_000]):
        raise InputError(
            "the file defines entities", where=where, remedy="Save it without a document type declaration."
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as why:
        raise InputError(f"the file is not whole XML ({why.msg})", where=where, remedy="Mend it.") from why
