"""Published schemas, to hold exports against; `schema/README.md` says where they come from."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

from lxml import etree

from septel.export.tei.frus import FRUS

FOLDER = Path(__file__).parent / "schema"


@cache
def tei_all() -> etree.RelaxNG:
    """The Consortium's schema of all of TEI P5."""
    return etree.RelaxNG(etree.fromstring(lzma.decompress((FOLDER / "tei_all-4.3.0.rng.xz").read_bytes())))


@cache
def page_schema() -> etree.XMLSchema:
    """PRImA's schema of PAGE XML."""
    content = lzma.decompress((FOLDER / "page-2019-07-15.xsd.xz").read_bytes())
    return etree.XMLSchema(etree.fromstring(content))


def tei_faults(document: bytes) -> list[str]:
    """What `tei_all` finds wrong; attributes of FRUS's own namespace are not its matter."""
    root = etree.fromstring(document)
    for one in root.iter():
        for name in [key for key in one.attrib if str(key).startswith(f"{{{FRUS}}}")]:
            del one.attrib[name]
    schema = tei_all()
    return [] if schema.validate(root) else str(schema.error_log).splitlines()


def page_faults(document: bytes) -> list[str]:
    """What PRImA's schema finds wrong."""
    schema = page_schema()
    root = etree.fromstring(document)
    return [] if schema.validate(root) else str(schema.error_log).splitlines()
