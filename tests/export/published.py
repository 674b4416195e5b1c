"""Published schemas, to hold exports against; `schema/README.md` says where they come from."""

from __future__ import annotations

from pathlib import Path

from septel.measure.export import validators

FOLDER = Path(__file__).parent / "schema"


def tei_faults(document: bytes) -> list[str]:
    """What `tei_all` finds wrong; attributes of FRUS's own namespace are not its matter."""
    return validators.tei_faults(document, FOLDER)


def page_faults(document: bytes) -> list[str]:
    """What PRImA's schema finds wrong."""
    return validators.page_faults(document, FOLDER)
