from __future__ import annotations

import json
import lzma
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from septel.cli.measure.scans import measure_scans_command
from septel.errors import EmptyInput, InputError, UsageError
from septel.measure.capture.scans.run import measure_scans, scan_grids
from septel.measure.capture.scans.scores import (
    LineCounts,
    WordCounts,
    missed,
    score_lines,
    score_words,
    sure_and_nowhere,
    transcript_of,
    words_in,
)
from septel.measure.capture.scans.sets import scans_in
from septel.measure.metrics.grid import grids_in_markdown
from septel.measure.restore.corrector import ShownWord
from septel.synthesis.typescript import print_pages

TEXT = "THE NEXT MEETING WILL BE HELD ON THURSDAY.\n" * 4 + "AMBASSADOR WILL RETURN FROM HELSINKI BY AIR."


def test_words_are_cut_from_their_punctuation() -> None:
    assert words_in("U.S. aide-memoire (No. 1,321) AT&T's") == [
        *("U.S", "AIDE-MEMOIRE", "NO", "1", "321", "AT&T'S"),
    ]


def test_only_words_of_both_transcripts_are_asked_for() -> None:
    transcript = transcript_of("**SECRET** <b>MEXI</b> 7373 A MEXI", "10111")
    assert transcript.words == ("SECRET", "MEXI", "7373", "A", "MEXI")
    assert transcript.agreed == Counter(SECRET=1, MEXI=1, **{"7373": 1})
    # Where the flags are of other words all words count.
    assert transcript_of("ONE TWO", "1").agreed == Counter(ONE=1, TWO=1)


def test_words_are_found_as_often_as_they_are_there() -> None:
    transcript = transcript_of("THE MAN SAW THE DOG", "11111")
    shown = [
        ShownWord(line=1, text="The"),
        ShownWord(line=1, text="MAN"),
        ShownWord(line=1, text="SAID", sure=True),
        ShownWord(line=1, text="DOG", sure=False, unreadable=True),
    ]
    assert score_words(transcript, shown) == WordCounts(agreed=5, found=2, shown=3, sure=3, nowhere=1)
    assert missed(transcript, shown) == ["THE", "SAW", "DOG"]
    assert sure_and_nowhere(transcript, shown) == ["SAID"]


def test_lines_are_matched_out_of_order_and_an_error_counts_no_more_than_its_line() -> None:
    truth = ["First line here", "second line [?] there", "THIRD LINE", "QQQQ"]
    read = ["THIRD LIME", "FIRST LINE HERE", "SOMETHING ELSE AGAIN AND LONG"]
    assert score_lines(truth, read) == LineCounts(
        lines=3,
        lost=1,
        characters=15 + 10 + 4,
        wrong_characters=0 + 1 + 4,
        words=3 + 2 + 1,
        wrong_words=0 + 1 + 1,
        cut=6,
        # THIRD stands before the first line in the reading: of the two runs the longer counts.
        in_order=3,
    )


def made(folder: Path) -> Path:
    """A folder of scans: two pages with transcripts, one with true lines of a table, one gold page."""
    image = next(iter(print_pages(TEXT))).crop((0, 0, 1700, 500))
    names = ("one", "two", "three", "four")
    places = (*("set/one.png", "set/two.png"), "lined/three.png", "gold/four.png")
    for _name, place in zip(names, places, strict=True):
        (folder / place).parent.mkdir(exist_ok=True)
        image.save(folder / place, dpi=(200, 200))
    count = len(words_in(TEXT))
    records = [
        {
            "image": f"{name}.png",
            "text": TEXT,
            "capitals": capitals,
            "agreed": "1" * count,
            "fold": fold,
            "tesseract": "THE NEXT MEETING",
        }
        for name, capitals, fold in (("one", 1.0, 0), ("two", 0.1, 1))
    ]
    lines = "\n".join(json.dumps(one) for one in records)
    (folder / "set.jsonl.xz").write_bytes(lzma.compress(lines.encode()))
    lined = {
        "image": "three.png",
        "lines": [{"text": line, "box": [0, 0, 1, 1]} for line in TEXT.split("\n")],
    }
    (folder / "lined.jsonl").write_text(json.dumps(lined))
    (folder / "gold" / "four.body.txt").write_text(TEXT)
    return folder


def test_a_folder_is_taken_set_by_set_and_by_fold(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert [(page.name, page.group) for page in scans_in(folder)] == [
        ("three", "lined"),
        ("one", "capitals"),
        ("two", "both cases"),
        ("four", "gold"),
    ]
    assert [page.name for page in scans_in(folder, sets=["set"], fold=1)] == ["two"]
    with pytest.raises(InputError, match="no set 'other'"):
        scans_in(folder, sets=["other"])
    with pytest.raises(EmptyInput, match="known text"):
        scans_in(folder, sets=["set"], fold=7)
    with pytest.raises(InputError, match="no such folder"):
        scans_in(folder / "nowhere")


def test_records_that_are_no_pages_are_named(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text('{"image": "a.png", "text": "A"}')
    with pytest.raises(InputError, match="record 1"):
        scans_in(tmp_path)
    (tmp_path / "set.jsonl").write_text("{")
    with pytest.raises(InputError, match="can't be read"):
        scans_in(tmp_path)


def test_a_choice_of_pages_is_the_same_for_a_seed(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.png").write_bytes(b"")
        (folder / f"{number:02}.body.txt").write_text("A LINE")
    chosen = [page.name for page in scans_in(tmp_path, pages=5, seed=3)]
    assert chosen == [page.name for page in scans_in(tmp_path, pages=5, seed=3)]
    assert len(chosen) == 5 and chosen != [page.name for page in scans_in(tmp_path, pages=5, seed=4)]


def test_systems_are_scored_on_the_same_pages(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    folder = made(tmp_path / "scans")
    report = measure_scans(folder, systems=["typed", "text layer"], lists=tmp_path / "lists")
    of = {(one.group, one.system): one for one in report.scores}
    ours, layer = of["capitals", "typed"].words, of["capitals", "text layer"].words
    assert ours is not None and layer is not None
    assert ours.agreed == layer.agreed == len([w for w in words_in(TEXT) if len(w) > 1])
    assert ours.found >= 0.95 * ours.agreed and layer.found == 3
    lines = of["gold", "typed"].lines
    assert lines is not None and lines.lines == 5 and lines.lost == 0
    assert lines.in_order >= 0.95 * lines.cut
    assert of["lined", "text layer"].failed == 1
    assert report.speeds[0].reading.processor > 0
    told = [json.loads(line) for line in (tmp_path / "lists" / "text-layer.jsonl").read_text().splitlines()]
    assert {one["page"] for one in told} == {"one", "two", "three", "four"}
    missing = next(one for one in told if one["page"] == "one")["missed"]
    assert len(missing) == layer.agreed - layer.found and "AMBASSADOR" in missing
    table = grids_in_markdown(scan_grids(report))
    assert "| capitals | text layer | 1 | - |" in table and "| gold | typed | 1 | - | 5 | 0 |" in table


def test_an_unknown_system_is_refused_and_a_missing_one_told(tmp_path: Path) -> None:
    folder = made(tmp_path)
    with pytest.raises(UsageError, match="no system 'other'"):
        measure_scans(folder, systems=["other"])
    report = measure_scans(folder, systems=["text layer"], sets=["gold"])
    assert report.scores[0].note and report.scores[0].lines is None


def test_the_command_prints_json(tmp_path: Path) -> None:
    folder = made(tmp_path)
    done = CliRunner().invoke(
        measure_scans_command, [str(folder), "--set", "set", "--system", "text layer", "--json"]
    )
    assert done.exit_code == 0
    assert json.loads(done.stdout)["scores"][0]["words"]["found"] == 3
