"""What is written as text is what lxml would write, and reads back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from septel.errors import SeptelError
from septel.export.validation import validate_text
from septel.export.xml import each, escaped, quoted, safe

TEXTS = st.text(alphabet=st.characters() | st.sampled_from("&<>\"'\t\n\r \x00\x1f\ud800\ufffe"))


@given(TEXTS)
@example("a & b <c> \"d\" 'e'\t\r\n\x00")
def test_text_and_attributes_are_as_lxml_writes_them(text: str) -> None:
    made = etree.Element("a", b=safe(text))
    made.text = safe(text) or None
    opened = f'<a b="{quoted(text)}"'
    ours = f"{opened}>{escaped(text)}</a>" if text else f"{opened}/>"
    assert ours == etree.tostring(made, encoding="unicode")
    again = etree.fromstring(ours)
    assert (again.text or "", again.get("b")) == (safe(text), safe(text))


@given(st.lists(TEXTS.map(lambda text: "".join(text.split())).filter(bool)))
def test_many_words_are_escaped_as_one_by_one(words: list[str]) -> None:
    assert list(each(words, escaped)) == [escaped(word) for word in words]
    assert list(each(words, quoted)) == [quoted(word) for word in words]


def test_what_is_no_xml_or_not_valid_is_not_given_out() -> None:
    for document in (b"<html", b"<html><body/></html>", b"<a xmlns='http://www.w3.org/1999/xhtml'/>"):
        with pytest.raises(SeptelError, match="hOCR that was written is not valid"):
            validate_text(document, "septel-hocr.rng", "hOCR")
