"""Judged loose folders, and the weights that are fitted on the look of pages."""

from __future__ import annotations

import pytest

from septel.measure.papers.loose import fitted_looks, folder_pages, judged_folders, score_folders


def test_judged_folders_are_whole() -> None:
    folders = judged_folders()
    assert {one.sample for one in folders} == {*range(301, 307), 7401}
    aside = {one.id for one in folders if one.aside}
    assert aside and not aside & {one.id for one in folders if one.sample == 7401 and not one.aside}
    for one in folders:
        first, last = one.pages
        assert all(first <= page <= last for page in (*one.papers, *one.free))
        assert not one.free & set(one.papers)
        assert all(one.papers.values())


def test_a_folder_is_scored_by_first_pages_and_kinds() -> None:
    (folder,) = (one for one in judged_folders() if one.id == "104-10216-10075")
    texts = dict.fromkeys(folder_pages([folder]), "x")
    page = (
        "DISPATCH\nTO: Chief of Station, Manila\nFROM: Chief, Far East Division\nSUBJECT: Someone\n1. Text.\n"
    )
    texts[folder.id, 1] = page
    texts[folder.id, 2] = "CONTINUATION OF DISPATCH\n2. A memorandum of 8 November reported that he came.\n"
    texts[folder.id, 3] = "CONTINUATION OF DISPATCH\n3. This has not been cleared for passage to liaison.\n"
    score = score_folders([folder], texts)
    assert (score.right, score.gold, score.found) == (1, 1, 1)
    assert score_folders([folder], {}).gold == 0


def test_looks_that_tell_weigh() -> None:
    apart = [({"figures": 1.0, "words": 2.0}, True, 1.0)] * 20 + [
        ({"figures": 1.0, "words": 3.0}, False, 1.0)
    ] * 2
    whole = [({"goes on": 1.0, "words": 2.5}, False, 1.0)] * 20
    weights = fitted_looks(apart + whole, penalty=1.0)
    assert weights["figures"] > 0 > weights["goes on"]
    assert weights["words"] == pytest.approx(weights["words"])
    assert "seldom" not in fitted_looks([*apart, *whole, ({"seldom": 1.0}, True, 1.0)])
