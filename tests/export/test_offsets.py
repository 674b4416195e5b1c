"""Which text the offsets of a holding's JSON count in."""

from __future__ import annotations

import json

from septel.export.json_form import Json
from septel.text import places
from tests.archive.made import made


def test_marks_are_offsets_in_the_text_that_the_export_names() -> None:
    holding = made()
    told = json.loads(Json().write(holding))
    assert told["offsets"] == "source.text"
    assert told["source"]["text"] != told["reading"]
    words = [told["source"]["text"][start:end] for start, end, _ in told["marks"]]
    assert words == [span.of(holding.source.text) for span, _ in places(holding.reading)]
