"""The lines that are looked at for garbles are those that a search of each line would give."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from septel.restore.tokens.garbles import _marked

MARKED = re.compile(r"[*#@^=<>~|]|(?<=[A-Z])[a-z](?=[A-Z])|l(?=[A-Z]{2})")
LINES = st.lists(st.text("ABlaz*?#é0 ", max_size=6), max_size=5)


@given(LINES)
def test_lines_with_marks(lines: list[str]) -> None:
    assert _marked(lines) == [n for n, line in enumerate(lines) if MARKED.search(line)]
