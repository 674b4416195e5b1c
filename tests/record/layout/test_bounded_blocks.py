"""A paragraph is cut where it is longer than any print has one; nothing of it is lost."""

from __future__ import annotations

from septel.record import record_of
from septel.text import Reading, Source

SAID = "MINISTER TORRES SAID THAT THE CHARGES WERE TOO HIGH. "


def test_every_statement_of_a_text_on_one_line_stands_in_its_place() -> None:
    text = SAID * 400
    record = record_of(None, Reading.of(Source.of_text(text)))
    spans = [s.excerpt.locus.span for s in record.statements]
    assert [text[span.start : span.end].strip() for span in spans] == [SAID.strip()] * 400
