"""The measuring sets as they lie in the shared folder, and what is refused."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from septel.errors import EmptyInput, InputError, UsageError
from septel.measure import LOADERS, load
from septel.measure.truth.by_name import names_of


@pytest.mark.parametrize("name", list(LOADERS))
def test_every_set_is_sound(name: str, shared: Path) -> None:
    found = load(name, shared)
    assert found.name == name
    assert len({d.id for d in found.documents}) == len(found.documents)
    for document in found.documents:
        lines = len(document.source.lines)
        for unit in document.units:
            # Passages lie within the source, in order, and no line is scored twice.
            ends = [0, *(edge for p in unit.passages for edge in (p.first, p.last)), lines + 1]
            assert all(a <= b for a, b in itertools.pairwise(ends))
            assert all("[?]" not in p.truth for p in unit.passages)
        for output in document.published.values():
            assert len(output) == lines


def test_the_real_telegram_is_one_document_scored_by_line(shared: Path) -> None:
    found = load("seed", shared)
    assert (len(found.documents), found.unit) == (1, "line")
    assert len(found.documents[0].units) == 72
    assert len(found.documents[0].source.lines) > 200


def test_clean_sets_are_their_own_truth(shared: Path) -> None:
    for name in ("aad", "aad-bodies"):
        found = load(name, shared)
        assert found.clean
        document = found.documents[0]
        lines = document.source.text.split("\n")
        assert all(lines[p.first - 1] == p.truth for u in document.units for p in u.passages)


def test_a_release_gives_its_message_alone(shared: Path) -> None:
    texts = [d.source.text for d in load("aad", shared).documents]
    assert not any("Message Attributes" in t or "Draft Date" in t for t in texts)
    assert all("PAGE 01" in t or "PAGE 1" in t for t in texts[:20])


def test_a_folder_of_made_up_pages(tmp_path: Path) -> None:
    (tmp_path / "p1.ocr.txt").write_text("TI1E US\nSlDE\n", "utf-8")
    (tmp_path / "p1.truth.txt").write_text("THE US\nSIDE\n", "utf-8")
    found = load(f"synthetic:{tmp_path}", tmp_path)
    assert [d.id for d in found.documents] == ["p1"]
    assert found.documents[0].units[0].passages[0].last == 2
    assert load(str(tmp_path), tmp_path) == found


def test_unknown_and_missing_sets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gemini4"):
        load("gemini5", tmp_path)
    with pytest.raises(EmptyInput):
        load("noisy", tmp_path)
    with pytest.raises(InputError):
        load("gemini4", tmp_path)


def test_truth_of_another_reading_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    folder.mkdir()
    (folder / "helsinki-1321.ocr.txt").write_text("TI1E US\n", "utf-8")
    row = '{"line": 1, "ocr": "THE UK", "gold": "THE UK", "score": true}\n'
    (folder / "section1.gold.jsonl").write_text(row, "utf-8")
    with pytest.raises(InputError, match="another reading"):
        load("seed", tmp_path)


def test_all_spelled_out() -> None:
    assert names_of(("seed", "all")) == ("seed", "noisy", "aad", "aad-bodies", "gemini4", "overproof-d3")
