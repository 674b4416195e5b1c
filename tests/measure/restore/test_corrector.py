"""The peers: how words are handed to them, and what happens where they are not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from septel.measure import measure_restore
from septel.measure.restore.registry import corrector
from septel.measure.restore.systems import WordByWord, cased
from septel.text import Source

PEERS = {"symspell": "symspellpy", "pyspellchecker": "spellchecker"}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("TIIE, US", "THE, US"),  # signs around a word stay
        ("1,234.50 A 12/3", "1,234.50 A 12/3"),  # numbers and single letters stay
        ("  Tiie  tiie ", "  The  the "),  # case and spaces stay
        ("TIlE", "THE"),  # an upper-case word with a letter read small
        ("•~ --", "•~ --"),
    ],
)
def test_words_are_looked_up_one_by_one(source: str, line: str) -> None:
    speller = WordByWord(name="made up", look_up=_the)
    assert speller.correct(Source.of_text(source)).lines == (line,)


def _the(word: str) -> str:
    return "the" if word in ("tiie", "tile") else word


@pytest.mark.parametrize(
    ("like", "word"), [("THE", "SIDE"), ("The", "Side"), ("the", "side"), ("ThE", "SIDE")]
)
def test_case_is_put_on(like: str, word: str) -> None:
    assert cased("side", like) == word


@pytest.mark.parametrize("name", list(PEERS))
def test_a_peer_mends_a_common_word(name: str) -> None:
    pytest.importorskip(PEERS[name], reason=f"the optional peer {name} is not installed")
    assert corrector(name).correct(Source.of_text("THE GOVERNMONT")).lines == ("THE GOVERNMENT",)


@pytest.mark.parametrize("name", list(PEERS))
def test_a_peer_that_is_absent_is_a_note(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, PEERS[name], None)
    (tmp_path / "p.ocr.txt").write_text("A\n", "utf-8")
    (tmp_path / "p.truth.txt").write_text("A\n", "utf-8")
    report = measure_restore([f"synthetic:{tmp_path}"], shared=tmp_path, systems=["none", name], draws=10)
    none, absent = report.sets[0].scores
    assert none.wer is not None and absent.wer is None
    assert "pip install" in absent.note


def test_published_output_is_scored(shared: Path) -> None:
    report = measure_restore(["overproof-d3"], shared=shared, systems=["none"], draws=100)
    none, overproof = report.sets[0].scores
    assert overproof.system == "overproof"
    assert none.wer and none.cer and overproof.wer and overproof.cer and overproof.preference
    # As scored independently: .281 / .083 and .124 / .047, preference .92.
    assert [round(s.value, 3) for s in (none.wer, none.cer, overproof.wer, overproof.cer)] == [
        0.281,
        0.083,
        0.124,
        0.047,
    ]
    assert round(overproof.preference.value, 2) == 0.92


def test_no_correction_has_the_figures_that_the_sets_are_known_for(shared: Path) -> None:
    report = measure_restore(["seed", "noisy", "gemini4"], shared=shared, systems=["none"], draws=10)
    found = [(s.name, round(s.scores[0].wer.value, 3)) for s in report.sets if s.scores[0].wer]
    assert found == [("seed", 0.948), ("noisy", 0.356), ("gemini4", 0.086)]
