"""Models unpacked once: the same arrays, whoever asks and however often, and never a damaged one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from septel.restore.unpacked import Arrays, cache_folder, known, unpacked, whole

DIGEST = "ab" * 32
ARRAYS = {"one": np.arange(7, dtype=np.int32), "two": np.linspace(0, 1, 5, dtype=np.float32)}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("SEPTEL_CACHE", str(folder))
    return folder


def made() -> Arrays:
    return {name: array.copy() for name, array in ARRAYS.items()}


def never() -> Arrays:
    raise AssertionError("it was unpacked before")


def same(found: Arrays) -> bool:
    kinds = all(found[name].dtype == array.dtype for name, array in ARRAYS.items())
    return kinds and all(np.array_equal(found[name], array) for name, array in ARRAYS.items())


def test_what_was_unpacked_once_is_mapped_and_is_the_same(cache: Path) -> None:
    assert same(unpacked("made", DIGEST, made))
    assert same(unpacked("made", DIGEST, never))
    (file,) = cache.glob("*.arrays")
    assert whole(file)


def test_another_model_is_unpacked_for_itself(cache: Path) -> None:
    unpacked("made", DIGEST, made)
    other = unpacked("made", "cd" * 32, lambda: {"one": np.zeros(3, np.int32)})
    assert list(other) == ["one"]
    # The name holds a part of the digest only; the header holds all of it.
    assert list(unpacked("made", DIGEST[:24] + "ee" * 20, lambda: {"one": np.zeros(3, np.int32)})) == ["one"]


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-10], lambda d: d[:20], lambda _: b"", lambda d: b"x" + d[1:]]
)
def test_a_file_that_is_not_whole_is_made_again(cache: Path, damage: object) -> None:
    unpacked("made", DIGEST, made)
    (file,) = cache.glob("*.arrays")
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert same(unpacked("made", DIGEST, made))
    assert same(unpacked("made", DIGEST, never))


def test_arrays_that_were_changed_are_told_from_whole_ones(cache: Path) -> None:
    unpacked("made", DIGEST, made)
    (file,) = cache.glob("*.arrays")
    data = bytearray(file.read_bytes())
    data[-60] ^= 1
    file.write_bytes(data)
    assert not whole(file)


def test_without_a_folder_to_write_in_each_process_unpacks_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("SEPTEL_CACHE", str(tmp_path / "file" / "below"))
    assert cache_folder() is None
    assert same(unpacked("made", DIGEST, made))
    model = tmp_path / "model"
    model.write_bytes(b"abc")
    assert known([model], lambda: "reckoned") == "reckoned"


def test_a_folder_that_fills_up_is_no_fault(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("septel.restore.unpacked.put", full)
    assert same(unpacked("made", DIGEST, made))
    assert not list(cache.glob("*.arrays"))


def test_a_digest_is_remembered_until_the_file_changes(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "model"
    model.write_bytes(b"abc")
    assert known([model], lambda: "too soon") == "too soon"
    monkeypatch.setattr("septel.restore.unpacked.SETTLED", -60.0)
    assert known([model], lambda: "first") == "first"
    assert known([model], lambda: "never") == "first"
    model.write_bytes(b"abcd")
    assert known([model], lambda: "second") == "second"


def test_processes_that_unpack_at_once_all_get_whole_arrays(cache: Path) -> None:
    code = """
import numpy as np
from septel.restore.unpacked import unpacked
for number in range(30):
    made = {"one": np.arange(100_000, dtype=np.int32) + number}
    found = unpacked("made", f"{number:064d}", lambda: made)
    assert np.array_equal(found["one"], made["one"])
"""
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert len(list(cache.glob("*.arrays"))) == 1  # the digits differ beyond the part that names the file
    assert not list(cache.glob(".*.part"))
