"""Words of whole pages beside a transcript: which are right, which are wrong, of which nobody knows."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from click.testing import CliRunner

from septel.cli.train.train import train
from septel.errors import InputError
from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.text import Source
from septel.training import LabelledWord, TranscribedPage, labelled, transcribed_pages

TRUTH = (
    "THE EMBASSY REPORTED THAT THE DEPARTMENT OF DEFENSE HAD NOT YET BEEN INFORMED OF THE PROPOSAL. "
    "THE MINISTER SAID HE WOULD CONSIDER IT AND WOULD REPLY IN A FEW DAYS."
)
SEEN = TRUTH.replace("DEFENSE", "DEFEMSE").replace("REPLY", "REBLY")


def _labels(seen: str, truth: str, agreed: tuple[bool, ...] | None = None) -> list[LabelledWord]:
    found = restore_source(Source.of_text(seen), Restorer.load())
    page = TranscribedPage(document="d", name="d-1", seen=seen, truth=truth, agreed=agreed)
    return list(labelled(found, page))


def test_words_that_the_transcript_has_are_right_and_the_others_wrong() -> None:
    labels = _labels(TRUTH.replace("MINISTER", "SENATOR"), TRUTH)
    assert [(one.word.text, one.truth) for one in labels if not one.right] == [("SENATOR", "MINISTER")]
    assert len(labels) == len(TRUTH.split())


def test_a_mark_is_judged_apart_from_its_word() -> None:
    (one,) = [one for one in _labels(TRUTH.replace("PROPOSAL.", "PROPOSAL,"), TRUTH) if not one.right]
    assert one.letters
    assert one.marks is False


def test_of_what_the_transcript_lacks_nobody_knows() -> None:
    seen = "OFFICE OF ORIGIN ROUTING SLIP INITIALS " + TRUTH
    assert not [one for one in _labels(seen, TRUTH) if one.word.text in ("ROUTING", "INITIALS")]


def test_words_on_which_two_readers_differ_teach_nothing() -> None:
    agreed = tuple(word != "MINISTER" for word in TRUTH.split())
    labels = _labels(TRUTH.replace("MINISTER", "SENATOR"), TRUTH, agreed)
    assert all(one.right for one in labels)


def test_folds_and_documents_that_measure_are_left_out(tmp_path: Path) -> None:
    record = {"page": 1, "text": TRUTH * 2, "tesseract": SEEN * 2, "agreed": "1" * len((TRUTH * 2).split())}
    rows = [
        {**record, "id": "a", "fold": 0},
        {**record, "id": "b", "fold": 1},
        {**record, "id": "c", "fold": 2},
    ]
    path = tmp_path / "scans.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join(map(json.dumps, rows)).encode()))
    found = list(transcribed_pages(path, folds=(1, 2, 3), without={"c"}))
    assert [page.document for page in found] == ["b"]


def test_a_file_that_is_no_set_of_scans_is_told(tmp_path: Path) -> None:
    (tmp_path / "scans.jsonl.xz").write_bytes(b"no pages")
    with pytest.raises(InputError):
        list(transcribed_pages(tmp_path / "scans.jsonl.xz", folds=(1,), without=()))


def test_the_models_are_fitted_by_one_command(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(6):
        truth = f"{TRUTH} {TRUTH} PARAGRAPH {number}."
        (pages / f"p-{number}.truth.txt").write_text(truth)
        noisy = truth.replace("O", "0").replace("DEPARTMENT", "DEVARTMENT").replace("MINISTER", "MIN!STER")
        (pages / f"p-{number}.ocr.txt").write_text(noisy)
    out = tmp_path / "model"
    given = ["confidence", str(pages), "--garble", str(pages), "--out", str(out), "--name", "trial"]
    assert CliRunner().invoke(train, given, catch_exceptions=False).exit_code == 0
    assert json.loads((out / "calibration.json").read_text())["name"] == "trial"
    assert {path.name for path in out.iterdir()} == {"calibration.json", "choice.json", "rivals.json"}
