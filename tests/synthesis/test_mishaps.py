"""Kinds of wear besides copying."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from septel.synthesis import mishaps, released
from septel.synthesis.mishaps import at_the_machine, in_the_archive
from septel.synthesis.released import as_released
from septel.synthesis.typescript import print_pages

TEXT = "THE NEXT MEETING WILL BE HELD AT THE SOVIET EMBASSY.\n" * 12
KINDS = (*mishaps._AT_THE_MACHINE, *mishaps._IN_THE_ARCHIVE, *released._MARKS)


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return next(iter(print_pages(TEXT))).crop((0, 0, 900, 600))


@pytest.mark.parametrize("mishap", KINDS, ids=lambda kind: kind.__name__)
def test_a_mishap_leaves_a_worn_page_of_the_same_size(mishap: mishaps.Mishap, page: Image.Image) -> None:
    plain = np.asarray(page, np.float32)
    changed = []
    for seed in range(3):
        worn = mishap(page, np.random.default_rng(seed))
        again = mishap(page, np.random.default_rng(seed))
        assert (worn.mode, worn.size) == ("L", page.size)
        assert worn.tobytes() == again.tobytes()
        seen = np.asarray(worn, np.float32)
        changed.append(np.abs(seen - plain).mean())
        # The letters are still there: where ink was, it is darker than elsewhere.
        assert seen[plain < 100].mean() < seen[plain > 200].mean() - 10
    # White streaks may fall on white paper.
    assert max(changed) > 0.3


def test_pages_come_from_the_seed(page: Image.Image) -> None:
    for happens in (at_the_machine, in_the_archive, as_released):
        one, same, other = (happens(page, np.random.default_rng(seed)).tobytes() for seed in (1, 1, 2))
        assert one == same != other
