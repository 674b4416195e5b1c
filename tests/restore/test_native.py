"""The compiled loops: kept, checked, made again when damaged; their orders are numba's and numpy's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numba import njit
from numpy.typing import NDArray

from septel.restore import native
from septel.restore.channel.alignment import align
from septel.restore.compiled.quicksort import order, smallest

numbas = njit(lambda values: np.argsort(values))
floats = st.integers(-20, 20).map(np.float32)


@given(arrays.arrays(np.float32, st.integers(0, 300), elements=floats))
def test_values_are_ordered_as_numba_orders_them_ties_and_all(values: NDArray[np.float32]) -> None:
    out, stack = np.empty(len(values), np.int64), np.empty(200, np.int64)
    order(values, len(values), out, stack)
    assert out.tolist() == numbas(values).tolist()


@given(arrays.arrays(np.float32, st.integers(1, 200), elements=floats), st.data())
def test_the_value_at_a_rank_is_the_sorted_one(values: NDArray[np.float32], data: st.DataObject) -> None:
    rank = data.draw(st.integers(0, len(values) - 1))
    assert smallest(values.copy(), len(values), rank) == np.sort(values)[rank]


def test_code_is_kept_and_made_again_when_it_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEPTEL_CACHE", str(tmp_path))
    kinds, code = native._code("backward")
    (file,) = tmp_path.glob("backward-*.code")
    kept = file.read_bytes()
    monkeypatch.setattr(native, "_compiled", lambda name: pytest.fail("it was kept"))
    assert native._code("backward") == (kinds, code)
    monkeypatch.undo()
    monkeypatch.setenv("SEPTEL_CACHE", str(tmp_path))
    for damaged in (kept[:-9], b"", kept[:40], kept[:-1] + bytes([kept[-1] ^ 1])):
        file.write_bytes(damaged)
        assert native._code("backward")[0] == kinds
        assert native._code("backward")[1] == file.read_bytes().partition(b"\n")[2]


def test_an_array_that_does_not_fit_is_refused_before_it_is_read() -> None:
    align("ABC", "ABC")
    loop = native.cut
    given_ = [np.zeros(1, kind[:-1]) if kind[-1] == "*" else 1 for kind in loop.kinds]
    with pytest.raises(TypeError, match="takes 18 values"):
        loop(*given_[:-1])
    wrong = [value.astype(np.float64) if isinstance(value, np.ndarray) else value for value in given_]
    with pytest.raises(TypeError, match="takes i4"):
        loop(*wrong)
