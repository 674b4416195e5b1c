"""The room takes as a reading what `septel decide` and `septel import` take, and nothing else."""

from __future__ import annotations

import pytest

from septel.errors import UsageError
from septel.room.correction.decision import Ruling, WordVerdict, ruled
from septel.text import EditLog, Source, Span


@pytest.mark.parametrize("text", ["A\nB", "A\x85B", "STOCKS[?].", "ST[…2]", "A\u202eB"])
def test_a_reading_typed_in_the_room_is_one_line_without_marks_of_doubt(text: str) -> None:
    source = Source.of_text("THE ST0CKS ROSE\n")
    ruling = Ruling(span=Span(4, 10), verdict=WordVerdict.READ, text=text, by="Ann", why="")
    with pytest.raises(UsageError, match="a reading"):
        ruled(source, EditLog(source.id), ruling)
