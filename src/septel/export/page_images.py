"""Which file shows a page: the name that stands in editions and layouts."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

from septel.archive import Holding
from septel.capture import IMAGES

_PICTURES = (*IMAGES, ".pdf")


def image_of(holding: Holding, number: int) -> int | None:
    """Which of a holding's originals shows a page; None where none is known to.

    One file is one document; of a folder each file is a page, as long as there are as many.
    """
    shown = [n for n, one in enumerate(holding.originals) if PurePath(one.name).suffix.lower() in _PICTURES]
    if len(shown) == 1:
        return shown[0]
    return shown[number - 1] if 0 < number <= len(shown) else None


def address_of(name: str, number: int) -> str:
    """A file's name as a relative address, and of a PDF the page in it (RFC 8118)."""
    page = f"#page={number}" if name.lower().endswith(".pdf") else ""
    return f"{quote(name)}{page}"


def original_address(holding: Holding, number: int) -> str | None:
    """The address of the original that shows a page, as if it lay beside the edition."""
    at = image_of(holding, number)
    return None if at is None else address_of(holding.originals[at].name, number)
