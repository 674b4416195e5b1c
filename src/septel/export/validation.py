"""Holding what was written against the schemas that Septel ships, before it is given out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from lxml import etree

from septel.errors import SeptelError


@cache
def _schema(name: str) -> etree.RelaxNG:
    content = files("septel.export").joinpath(f"schema/{name}").read_bytes()
    return etree.RelaxNG(etree.fromstring(content))


_PARSER = etree.XMLParser(remove_blank_text=True, collect_ids=False, resolve_entities=False, no_network=True)
"""Builds no more of a document than a schema looks at."""


def validate_text(document: bytes, schema: str, form: str) -> None:
    """Check a document that was written as text: that it is XML, and valid by a shipped schema.

    Raises:
        SeptelError: it is not.
    """
    try:
        root = etree.fromstring(document, _PARSER)
    except etree.XMLSyntaxError as why:
        raise _invalid(form, str(why)) from why
    validate(root, schema, form)


def once(numbers: Iterable[int], form: str) -> None:
    """Check that no line, or mark, is there twice. The ids of lines, words and marks follow from it.

    Schemas could check the ids themselves, but it takes them a fifth of the time to write a file.

    Raises:
        SeptelError: a number comes twice.
    """
    met = list(numbers)
    if len(set(met)) != len(met):
        raise _invalid(form, "a line or a mark is there twice")


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
        raise _invalid(form, checker.error_log[0].message)


def _invalid(form: str, why: str) -> SeptelError:
    return SeptelError(
        f"the {form} that was written is not valid ({why})",
        remedy="Please report this; text and JSON exports are not concerned.",
    )
