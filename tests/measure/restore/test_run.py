"""Whole runs over a small made-up set, worked by hand."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from pydantic import TypeAdapter
from rich.console import Console

from septel.errors import EngineFailure, UsageError
from septel.measure import (
    Correction,
    JudgedWord,
    Report,
    Score,
    ShownWord,
    markdown,
    measure_restore,
    terminal,
    to_json,
)
from septel.measure.restore.corrector import source_lines
from septel.measure.restore.registry import corrector
from septel.measure.restore.run import pooled
from septel.text import Source


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    made = {
        "one": ("TI1E US SlDE\nSAID N0\n", "THE US SIDE\nSAID NO\n"),
        "two": ("·~~ ·P SMITH LEFT\n", "AT NOON SMITH LEFT\n"),
    }
    for name, (ocr, truth) in made.items():
        (folder / f"{name}.ocr.txt").write_text(ocr, "utf-8")
        (folder / f"{name}.truth.txt").write_text(truth, "utf-8")
    return folder


def shown(line: int, text: str, confidence: float | None = None, *, sure: bool = True) -> ShownWord:
    return ShownWord(line=line, text=text, confidence=confidence, sure=sure, unreadable=not text)


@dataclass(frozen=True)
class Scripted:
    """Answers as it was told to."""

    name: str = "scripted"

    def correct(self, source: Source) -> Correction:
        if "SMITH" in source.text:
            words = (
                shown(1, "", sure=False),
                shown(1, "BLUE", 0.9),
                shown(1, "SMITH", 0.9),
                shown(1, "LEFT", 0.9),
            )
            return Correction(lines=("BLUE SMITH LEFT",), words=words)
        first = (shown(1, "THE", 0.9), shown(1, "US", 0.9), shown(1, "SIDE", 0.6, sure=False))
        return Correction(
            lines=("THE US SIDE", "SAID N0"),
            words=(*first, shown(2, "SAID", 0.9), shown(2, "N0", 0.3, sure=False)),
        )


@dataclass(frozen=True)
class Failing:
    name: str = "failing"

    def correct(self, source: Source) -> Correction:
        raise EngineFailure("it crashed")


def run(pages: Path, *systems: str | Scripted | Failing, keep: Path | None = None) -> Report:
    return measure_restore([f"synthetic:{pages}"], shared=pages, systems=systems, draws=50, seed=3, keep=keep)


def score(report: Report, system: str) -> Score:
    return next(s for s in report.sets[0].scores if s.system == system)


def test_figures_by_hand(pages: Path) -> None:
    report = run(pages, "none", Scripted())
    none, ours = score(report, "none"), score(report, "scripted")
    assert none.wer and ours.wer and ours.gain and ours.preference and none.preference
    # Nine words of truth. The source has three wrong on page one and two on page two.
    assert none.wer.value == pytest.approx(5 / 9)
    # NO is left as N0; AT NOON became BLUE: one substitution, one deletion.
    assert ours.wer.value == pytest.approx(3 / 9)
    assert ours.gain.value == pytest.approx(2 / 9)
    assert none.preference.value == 0.0
    assert ours.invented == 1
    assert ours.trust
    # Nine places shown: eight words and one left unread; SIDE, N0 and the unread one are flagged.
    assert ours.trust.words == 9
    assert ours.trust.sure_share == pytest.approx(6 / 9)
    assert ours.trust.sure_wrong == pytest.approx(1 / 6)
    assert (ours.trust.sure_invented, ours.trust.unreadable) == (1, 1)
    assert ours.trust.with_confidence == 8
    # Wrong: the unread place, BLUE, N0. Flagged of these: two.
    assert ours.trust.shown.captured == pytest.approx(2 / 3)


def test_nothing_is_better_than_nothing(pages: Path) -> None:
    none = score(run(pages, "none"), "none")
    assert none.gain and none.gain.value == 0.0 and not none.gain.excludes_zero
    assert (none.worse_by_words, none.worse_by_characters, none.changed) == ((), (), 0.0)
    assert none.trust is None


def test_harm_is_named(pages: Path) -> None:
    @dataclass(frozen=True)
    class Vandal:
        name: str = "vandal"

        def correct(self, source: Source) -> Correction:
            return Correction(lines=("XYZZY",) * len(source.lines))

    report = measure_restore([f"synthetic:{pages}"], shared=pages, systems=[Vandal()], draws=10)
    found = report.sets[0].scores[0]
    assert found.worse_by_words == found.worse_by_characters == ("one", "two")
    assert found.preference and found.preference.value == -1.0


def test_a_system_that_fails_counts_as_no_correction(pages: Path) -> None:
    report = run(pages, "none", Failing())
    failing = score(report, "failing")
    assert failing.wer == score(report, "none").wer
    assert "2 documents failed" in failing.note and "it crashed" in failing.note


def test_text_without_a_word_object_is_shown_as_sure(pages: Path) -> None:
    @dataclass(frozen=True)
    class Sloppy:
        name: str = "sloppy"

        def correct(self, source: Source) -> Correction:
            return Correction(lines=source_lines(source), words=(shown(1, "US", 0.2, sure=False),))

    report = measure_restore([f"synthetic:{pages}"], shared=pages, systems=[Sloppy()], draws=10)
    found = report.sets[0].scores[0].trust
    assert found and (found.words, found.with_confidence) == (9, 1)
    assert found.shown.flagged == pytest.approx(1 / 9)


def test_an_unreadable_place_invents_nothing(pages: Path) -> None:
    @dataclass(frozen=True)
    class Modest:
        name: str = "modest"

        def correct(self, source: Source) -> Correction:
            lines = tuple("XYZZY" for _ in source.lines)
            words = (
                ShownWord(line=1, text="XYZZY", sure=False, unreadable=True, confidence=0.1),
                ShownWord(line=2, text="", sure=True),  # noise taken away is no word
            )
            return Correction(lines=lines, words=words)

    report = measure_restore([f"synthetic:{pages}"], shared=pages, systems=[Modest()], draws=10)
    found = report.sets[0].scores[0]
    assert found.trust
    # Three lines: two unreadable with a guess, one that no word object stands for.
    assert (found.trust.words, found.trust.unreadable, found.invented) == (3, 2, 1)


def test_trust_is_pooled_over_telegrams(pages: Path) -> None:
    words = {
        "scripted": [JudgedWord(right=True, sure=True, confidence=0.9)] * 9
        + [JudgedWord(right=False, sure=True, confidence=0.9)],
        "silent": [],
    }
    (only,) = pooled(words)
    assert only.system == "scripted"
    assert only.trust.calibration_error == pytest.approx(0.0)
    # Pages of a folder may be anything, so they are not pooled with telegrams.
    assert run(pages, Scripted()).telegrams == ()


def test_bands_gather_units_by_noise(pages: Path) -> None:
    bands = run(pages, "none", Scripted()).bands
    assert sum(b.units for b in bands) == 2
    assert all(0 <= b.low < b.high <= 1 for b in bands)


def test_json_goes_there_and_back(pages: Path) -> None:
    report = run(pages, "none", Scripted())
    data = json.loads(json.dumps(to_json(report)))
    jsonschema.validate(data, TypeAdapter(Report).json_schema())
    assert TypeAdapter(Report).validate_python(data) == report


def test_tables_have_every_system_and_a_cell_per_column(pages: Path) -> None:
    report = run(pages, "none", Scripted())
    text = markdown(report)
    tables = [[line for line in part.splitlines() if line.startswith("|")] for part in text.split("**")]
    for table in filter(None, tables):
        assert len({line.count("|") for line in table}) == 1
    assert "| scripted | 0.333" in text


@pytest.mark.parametrize("width", [80, 200])
def test_no_terminal_is_too_narrow_for_a_figure(pages: Path, width: int) -> None:
    console = Console(width=width, file=io.StringIO())
    with console.capture() as caught:
        console.print(terminal(run(pages, "none", Scripted())))
    shown = caught.get()
    assert "scripted" in shown and "0.333" in shown
    assert "…" not in shown


def test_the_same_run_twice(pages: Path) -> None:
    one, two = run(pages, "none"), run(pages, "none")
    assert one == two


def test_outputs_are_kept_for_looking_at(pages: Path, tmp_path: Path) -> None:
    run(pages, Scripted(), keep=tmp_path / "kept")
    texts = list((tmp_path / "kept").rglob("one.txt"))
    assert [t.read_text("utf-8") for t in texts] == ["THE US SIDE\nSAID N0\n"]
    rows = [
        json.loads(line) for line in texts[0].with_name("one.words.jsonl").read_text("utf-8").splitlines()
    ]
    assert [row["text"] for row in rows] == ["THE", "US", "SIDE", "SAID", "N0"]


def test_progress_runs_to_the_end(pages: Path) -> None:
    told: list[float] = []
    measure_restore([f"synthetic:{pages}"], shared=pages, systems=["none"], draws=10, progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(UsageError, match="symspell"):
        corrector("aspell")
