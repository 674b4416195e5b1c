"""Holding what was written against the schemas that Septel ships, before it is given out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree

from septel.errors import SeptelError


@cache
def _schema(name: str) -> etree.RelaxNG:
    content = files("septel.export").joinpath(f"schema/{name}").read_bytes()
    return etree.RelaxNG(etree.fromstring(content))


def validate(root: etree._Element, schema: str, form: str) -> None:
    """Check a document against a shipped schema.

    Args:
        root: the document.
        schema: the schema's file.
        form: what the format is called.

    Raises:
        SeptelError: it does not validate.
    """
    checker = _schema(schema)
    if not checker.validate(root):
        raise SeptelError(
            f"the {form} that was written is not valid ({checker.error_log[0].message})",
            remedy="Please report this; text and JSON exports are not concerned.",
        )
