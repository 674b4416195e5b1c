"""Pages judged by eye: a few hold the forms to what they reached on pages that no rule had seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from septel.measure.papers import judged_pages, judged_texts, score_judged


def test_judged_pages_are_whole() -> None:
    pages = judged_pages()
    assert len({(one.id, one.page, one.sample) for one in pages}) == len(pages) > 100
    assert all(one.kinds for one in pages)


def test_most_fields_of_judged_pages_are_right(shared: Path) -> None:
    pages = judged_pages()[::3]
    texts = judged_texts(shared, pages)
    if not texts:
        pytest.skip("the sets with the transcripts are not here")
    score = score_judged(pages, texts)
    assert score.kinds / score.pages > 0.93
    assert score.right / score.fields > 0.9
