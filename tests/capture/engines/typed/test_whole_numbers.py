"""The network that reads has whole numbers, and answers as the one that learnt."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from septel.capture.engines.preparation import prepare
from septel.capture.engines.typed.ctc import signs_of
from septel.capture.engines.typed.lines import LineStrip, strips_on
from septel.capture.engines.typed.network import reader
from septel.synthesis import degrade, print_pages
from septel.training.typed_reader.typescript import TypedLine

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of exporting with PyTorch
TEXT = """\
SUBJ: PRELIMINARY TALKS: FIRST BUSINESS MEETING
1. SEMENOV READ A STATEMENT WHICH SAID THAT NUCLEAR
WAR WOULD MEAN SUICIDE FOR THE SIDE THAT BEGAN IT.
"""


@pytest.fixture(scope="module")
def strips() -> list[LineStrip]:
    page = degrade(next(iter(print_pages(TEXT, seed=11))), "photocopy", seed=11)
    return strips_on(prepare(page, blur=0.0, tall=2200).image)


@pytest.fixture
def learnt(tmp_path: Path, strips: list[LineStrip]) -> Path:
    """The network whose weights are what the whole numbers stand for."""
    pytest.importorskip("torch", reason="PyTorch is needed for training only")
    pytest.importorskip("onnx")
    from septel.training.typed_reader.network import Network, export, unfold

    network, out = Network(grown=False), tmp_path / "learnt.onnx"
    shipped = Path(str(files("septel.capture.engines.typed").joinpath("model/typed.int8.onnx")))
    unfold(network, shipped, typed(strips))
    export(network, out)
    return out


def typed(strips: list[LineStrip]) -> list[TypedLine]:
    pixels = [np.round(one.pixels * 255).astype(np.uint8) for one in strips]
    return [TypedLine(one, "A", np.zeros(1, np.float32)) for one in pixels]


def test_whole_numbers_read_a_worn_page(strips: list[LineStrip]) -> None:
    read = ["".join(sign.text for sign in signs_of(one, capitals=True)) for one in reader().scores(strips)]
    assert [line for line in read if line] == TEXT.splitlines()


def test_whole_numbers_read_what_the_network_learnt_to_read(learnt: Path, strips: list[LineStrip]) -> None:
    shipped, whole = reader(learnt).scores(strips), reader().scores(strips)
    assert reader().name != reader(learnt).name
    read = [
        ["".join(sign.text for sign in signs_of(one, capitals=True)) for one in scores]
        for scores in (shipped, whole)
    ]
    assert read[0] == read[1] and any("SEMENOV READ A STATEMENT" in line for line in read[0])
    assert max(np.abs(np.exp(a) - np.exp(b)).mean() for a, b in zip(shipped, whole, strict=True)) < 0.01


def test_a_network_is_written_with_whole_numbers(
    tmp_path: Path, learnt: Path, strips: list[LineStrip]
) -> None:
    from septel.training.typed_reader.quantisation import quantise

    out = tmp_path / "network.int8.onnx"
    quantise(learnt, out, typed(strips))
    assert out.stat().st_size < learnt.stat().st_size / 3
    read = [signs_of(one, capitals=True) for one in reader(out).scores(strips)]
    assert any("SEMENOV" in "".join(sign.text for sign in line) for line in read)
