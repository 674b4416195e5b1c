"""JSON laid out over lines is the same JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from septel.export.json_text import json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(VALUES, st.integers(0, 5))
def test_what_is_laid_out_reads_back(data: object, levels: int) -> None:
    assert json.loads(json_text(data, levels=levels)) == data


def test_how_it_looks() -> None:
    data = {"a": [[1, 2], {"b": "é"}], "c": {}}
    assert json_text(data) == '{\n "a": [\n  [1, 2],\n  {"b": "é"}\n ],\n "c": {}\n}\n'
