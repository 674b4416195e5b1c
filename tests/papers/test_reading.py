"""A paper read from a file has the fields that its form has, whatever kind of file it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from septel import capture
from septel.papers import papers_in, read_paper
from septel.papers.forms import form_fields
from septel.papers.places import FormWitness
from septel.pipeline import reading_of
from tests.cli.test_cli import Capsys, call
from tests.papers.forms.test_dispatches import DISPATCH

CONTINUED = """CONTINUATION OF DISPATCH
SECRET HPLA-1234
3. The third report was not sent, since its source has left the city and the files of the Station have no copy
of what he said in the summer of 1961 or of the letters that came later.
"""


@pytest.mark.parametrize("ending", ["\f", "\f\n"])
def test_a_text_file_gives_what_its_pages_give(tmp_path: Path, ending: str) -> None:
    pages = [DISPATCH, CONTINUED]
    file = tmp_path / "dispatch.txt"
    file.write_text(ending.join(pages), encoding="utf-8")
    (paper,) = papers_in(file, capture.read, on_fault=lambda fault: pytest.fail(str(fault)))
    captured = paper.part.capture
    parsed, described = read_paper(reading_of(captured, None), paper.described, captured)
    told = form_fields(paper.part.paper.kind, [FormWitness.of_texts(pages)])
    heading = parsed.heading
    assert described is not None
    assert heading.originator is not None
    assert heading.originator.value.name == told.originator == "Chief of Station, Lima"
    assert [one.station.name for one in heading.action] == list(told.to) == ["Chief, WH Division"]
    assert [one.station.name for one in heading.info] == list(told.info) == ["Chief, WE"]
    assert [one.value for one in heading.references] == list(told.references) != []
    assert (described["date"], described["numbers"]) == (told.date, list(told.numbers))


def test_a_later_page_of_a_dispatch_has_its_symbol_and_no_post(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "later.txt"
    file.write_text(CONTINUED, encoding="utf-8")
    _, out, _ = call(capsys, "parse", file, "--as-is")
    assert "HPLA 1234" in out
    assert "from" not in [line.split()[0] for line in out.splitlines() if line.strip()]
    _, out, _ = call(capsys, "parse", file, "--as-is", "--json")
    assert json.loads(out)["paper"]["kind"] == "dispatch"
