"""Stamps to learn from: drawn ones, and pieces of real pages that their transcripts name."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image, ImageDraw, ImageFont

from septel.capture.engines.typed import CODES, HIGH
from septel.capture.engines.typed.stamped import stamp_reader
from septel.cli.train.stamps import stamps
from septel.training.typed_reader import ScannedPage, drawn_stamps, kept_lines
from septel.training.typed_reader.stamp_pieces import true_pieces, true_text

FACES = [Path(str(files("septel.synthesis").joinpath("faces/courier-prime.ttf")))]


def test_drawn_stamps_are_strips_of_signs_that_the_reader_knows() -> None:
    strips = drawn_stamps(FACES, count=40, seed=1)
    assert len(strips) == 40
    for strip in strips:
        assert strip.pixels.shape[0] == HIGH and strip.pixels.shape[1] % 4 == 0
        assert set(strip.text) <= set(CODES)
        assert len(strip.middles) == len(strip.text)
    assert sum(any(map(str.isdigit, strip.text)) for strip in strips) > 25


def test_the_same_seed_draws_the_same_stamps() -> None:
    first, again = (drawn_stamps(FACES, count=3, seed=5) for _ in range(2))
    assert [one.text for one in first] == [one.text for one in again]
    assert all((one.pixels == other.pixels).all() for one, other in zip(first, again, strict=True))


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("IN 41B24", "IN 41824"),
        ("24 AUS 64 IN41824", "24 AUG 64 IN 41824"),
        ("41824", "41824"),
        ("70017", ""),
        ("N", ""),
        ("1824", "41824"),
    ],
)
def test_a_reading_is_found_in_the_transcript_in_whole_words(read: str, found: str) -> None:
    assert true_text(read, "DIR CITE MEXI 3449\n24 AUG 64  IN 41824\nREF: NONE") == found


def _scan(folder: Path) -> Path:
    image = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(image).text((900, 400), "93162", font=ImageFont.load_default(44), fill=0)
    image.save(folder / "page.png")
    return folder / "page.png"


def test_a_piece_that_the_transcript_names_is_kept(tmp_path: Path) -> None:
    page = ScannedPage(document="d", image=_scan(tmp_path), text="CITE DIRECTOR 93162", agreed="111", fold=1)
    found = true_pieces(page, stamp_reader(), random.Random(0))
    assert {line.text for line in found} == {"93162"}
    assert all(line.pixels.dtype == np.uint8 for line in found)


def test_drawn_and_real_strips_are_written_by_the_command(tmp_path: Path) -> None:
    faces = tmp_path / "faces"
    faces.mkdir()
    (faces / "face.ttf").write_bytes(FACES[0].read_bytes())
    drawn = CliRunner().invoke(
        stamps, ["--faces", str(faces), "--files", "1", "--strips", "30", "--out", str(tmp_path / "d")]
    )
    assert drawn.exit_code == 0, drawn.output
    (path,) = (tmp_path / "d").glob("lines-*.npz")
    assert len(kept_lines(path)) == 30
    _scan(tmp_path)
    row = {"id": "d", "image": "page.png", "text": "DIRECTOR 93162", "agreed": "11", "fold": 1}
    records = tmp_path / "pages.jsonl"
    records.write_text(json.dumps(row) + "\n", encoding="utf-8")
    out = str(tmp_path / "real")
    real = CliRunner().invoke(stamps, ["--scans", str(records), "--images", str(tmp_path), "--out", out])
    assert real.exit_code == 0, real.output
    assert [path.name for path in (tmp_path / "real").iterdir()] == ["lines-pieces-0000.npz"]


def test_neither_faces_nor_scans_is_told(tmp_path: Path) -> None:
    told = CliRunner().invoke(stamps, ["--out", str(tmp_path / "out")])
    assert told.exit_code != 0
