"""Lines to learn from."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from septel.capture.engines.typed.ctc import CODES
from septel.capture.engines.typed.lines import HIGH
from septel.capture.engines.typed.network import reader
from septel.errors import InputError
from septel.training.typed_reader.lines import kept_lines, make_lines
from septel.training.typed_reader.stamps import printed_lines, stamp_text, stamped_lines
from septel.training.typed_reader.texts import pages
from septel.training.typed_reader.typescript import TypedLine, typed_lines

FACES = [Path(str(files("septel.synthesis").joinpath("faces/courier-prime.ttf")))]
TEXT = (
    "The Soviet delegation stated that limitation of strategic arms would be in the interest of both. " * 40
)


@pytest.fixture(scope="module")
def typed() -> list[TypedLine]:
    return typed_lines(["SEMENOV STATED  THAT", "", "(A) 1,250 MT."], FACES, seed=16)


def test_each_sign_has_its_place(typed: list[TypedLine]) -> None:
    assert [line.text for line in typed] == ["SEMENOV STATED THAT", "", "(A) 1,250 MT."]
    for line in typed:
        assert len(line.middles) == len(line.text)
        assert (np.diff(line.middles) > 0).all()
        assert line.pixels.shape[0] == HIGH


def test_ink_stands_where_signs_are(typed: list[TypedLine]) -> None:
    line = typed[0]
    ink = line.pixels[6:26].mean(axis=0)
    at = [float(ink[int(place) - 4 : int(place) + 5].mean()) for place in line.middles]
    letters = [one for one, sign in zip(at, line.text, strict=True) if sign != " "]
    blanks = [one for one, sign in zip(at, line.text, strict=True) if sign == " "]
    assert min(letters) > max(blanks)


def test_the_same_seed_types_the_same_lines() -> None:
    first, again = (typed_lines(["HELSINKI 1321"], FACES, seed=4)[0] for _ in range(2))
    assert (first.pixels == again.pixels).all()


def test_pages_hold_only_signs_that_the_reader_knows() -> None:
    for page in islice(pages([TEXT, TEXT.lower() + "é—"], seed=1), 6):
        assert set("".join(page)) <= set(CODES)
        assert max(map(len, page)) < 80


def test_lines_are_kept_whole(tmp_path: Path) -> None:
    (path,) = make_lines(tmp_path, [TEXT], FACES, files=1, seed=2, pages=1)
    lines = kept_lines(path)
    assert len(lines) > 20
    assert all(line.pixels.shape[1] % 4 == 0 and len(line.middles) == len(line.text) for line in lines)
    before = path.stat().st_mtime_ns
    assert list(make_lines(tmp_path, [TEXT], FACES, files=1, seed=2, pages=1)) == [path]
    assert path.stat().st_mtime_ns == before


PRINT = [Path(str(files("septel.synthesis").joinpath("faces/special-elite.ttf")))]


def test_stamps_say_dates_numbers_and_words_that_the_reader_knows() -> None:
    random = np.random.default_rng(7)
    said = [stamp_text(random) for _ in range(400)]
    assert set("".join(said)) <= set(CODES)
    assert any(re.fullmatch(r"19\d\d [A-Z]{3} \d+ [AP]M \d+ \d\d", one) for one in said)
    assert any(re.fullmatch(r"IN \d{4,6}", one) for one in said)
    # Months and words are changed here and there, so that none can be completed.
    months = {one[0][:3] for one in (re.findall(r"^[A-Z]\S{2}(?= \d+ \d+)", text) for text in said) if one}
    assert {"JAN", "AUG", "DEC"} <= months and len(months) > 12


@pytest.mark.parametrize(
    "lines",
    [stamped_lines(PRINT, seed=3), printed_lines(["Memorandum for the Record", "Page 12"], PRINT, seed=5)],
)
def test_each_sign_of_a_stamp_or_of_print_has_its_place(lines: list[TypedLine]) -> None:
    assert len(lines) >= 2
    dark, pale = [], []
    for line in lines:
        assert len(line.middles) == len(line.text) and (np.diff(line.middles) > 0).all()
        assert line.pixels.shape[0] == HIGH and line.pixels.shape[1] % 4 == 0
        ink = line.pixels[6:26].mean(axis=0)
        at = [float(ink[int(place) - 2 : int(place) + 3].mean()) for place in line.middles]
        dark += [one for one, sign in zip(at, line.text, strict=True) if sign.isalnum()]
        pale += [one for one, sign in zip(at, line.text, strict=True) if sign == " "]
    assert np.median(dark) > 2 * np.median(pale)


def test_files_of_lines_have_stamps_where_there_are_faces_for_them(tmp_path: Path) -> None:
    (plain,) = make_lines(tmp_path, [TEXT], FACES, files=1, seed=2, pages=2)
    (tmp_path / "more").mkdir()
    (more,) = make_lines(tmp_path / "more", [TEXT], FACES, files=1, seed=2, pages=2, printed=PRINT)
    assert [line.text for line in kept_lines(plain)] != [line.text for line in kept_lines(more)]
    assert any(re.fullmatch(r"[\d ]{4,}", line.text) for line in kept_lines(more))


def test_a_network_that_grew_reads_as_before_until_it_learns() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is needed for training only")
    from septel.training.typed_reader.network import Network, unfold

    shipped = Path(str(files("septel.capture.engines.typed").joinpath("model/typed.int8.onnx")))
    typed = typed_lines(["SEMENOV STATED THAT LIMITATION", "OF STRATEGIC ARMS WOULD BE"], FACES, seed=16)
    line = typed[0].pixels.astype(np.float32) / 255
    (theirs,) = reader(shipped).session.run(None, {"strips": line[None, None]})
    ours = []
    for grown in (True, False):
        network = Network(grown=grown)
        unfold(network, shipped, typed)
        network.eval()
        with torch.no_grad():
            ours.append(np.exp(network(torch.from_numpy(line[None, None])).numpy()))
    assert np.abs(ours[0] - ours[1]).max() < 1e-6
    # What passes between the layers of the shipped one are whole numbers as well.
    assert np.abs(ours[0] - np.exp(theirs)).mean() < 0.001
    assert (ours[0].argmax(2) == theirs.argmax(2)).all()


def test_a_blend_is_between_two_networks_and_keeps_new_signs(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="onnx is needed for training only")
    from septel.training.typed_reader.weight_average import blend

    def network(path: Path, rows: int, value: float) -> Path:
        weights = onnx.numpy_helper.from_array(np.full((rows, 2), value, np.float32), "weights")
        graph = onnx.helper.make_graph([], "one", [], [], [weights])
        onnx.save(onnx.helper.make_model(graph), path)
        return path

    new, old = network(tmp_path / "new.onnx", 5, 1.0), network(tmp_path / "old.onnx", 3, 0.0)
    blend(new, old, 0.25)
    (weights,) = onnx.load(new).graph.initializer
    assert onnx.numpy_helper.to_array(weights)[:, 0].tolist() == [0.75, 0.75, 1.0, 1.0, 0.75]
    with pytest.raises(InputError, match="one make"):
        blend(old, new, 0.5)


def test_in_a_blend_layers_that_grew_count_as_nothing_before(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="onnx is needed for training only")
    from septel.training.typed_reader.weight_average import blend

    def network(path: Path, shapes: list[tuple[int, ...]], value: float) -> Path:
        weights = [
            onnx.numpy_helper.from_array(np.full(shape, value, np.float32), str(number))
            for number, shape in enumerate(shapes)
        ]
        onnx.save(onnx.helper.make_model(onnx.helper.make_graph([], "one", [], [], weights)), path)
        return path

    known, grown = [(4, 2, 3), (4,), (6, 4, 3), (6,)], [(4, 4, 3), (4,)]
    old = network(tmp_path / "old.onnx", known, 3.0)
    new = network(tmp_path / "new.onnx", [*known[:2], *grown, *known[2:]], 1.0)
    blend(new, old, 0.5)
    weights = [onnx.numpy_helper.to_array(one) for one in onnx.load(new).graph.initializer]
    assert [float(one.ravel()[0]) for one in weights] == [2.0, 2.0, 0.5, 0.5, 2.0, 2.0]


def test_whole_numbers_have_the_weights_that_they_stand_for() -> None:
    onnx = pytest.importorskip("onnx", reason="onnx is needed for training only")
    from septel.training.typed_reader.weight_average import weights_in

    make, tensor = onnx.helper.make_node, onnx.numpy_helper.from_array
    stored = [
        tensor(np.full((2, 3), 0.5, np.float32), "first"),
        tensor(np.array([0.1], np.float32), "between"),
        tensor(np.array([[1, 2], [3, 4]], np.int8), "whole"),
        tensor(np.array([0.5, 2], np.float32), "scale"),
        tensor(np.array([0, 1], np.int8), "zero"),
    ]
    nodes = [
        make("QuantizeLinear", ["ink", "between"], ["seen"]),
        make("DequantizeLinear", ["whole", "scale", "zero"], ["weights"], axis=0),
    ]
    graph = onnx.helper.make_graph(nodes, "one", [], [], stored)
    found = weights_in(onnx.helper.make_model(graph))
    assert {name: one.tolist() for name, one in found.items()} == {
        "first": [[0.5] * 3] * 2,
        "whole": [[0.5, 1.0], [4.0, 6.0]],
    }
