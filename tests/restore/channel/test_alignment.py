"""Lines are cut into what each character became, and a channel is counted on them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from septel.errors import InputError
from septel.restore.channel.alignment import align, count_aligned, learn_costs, lookalikes
from septel.restore.channel.channel import read_lookalikes
from septel.restore.channel.counts import write_profile
from septel.restore.compiled.constants import MAX_SEGMENT
from septel.training.parallel_text import paired_pages, paired_stretches, teletype

LINE = st.text(st.sampled_from("ABEIMNT 019.,'l\\•€Ж~"), max_size=30)


@given(truth=LINE, seen=LINE)
@settings(deadline=None, max_examples=150)
def test_both_texts_can_be_put_together_again(truth: str, seen: str) -> None:
    pairs = align(truth, seen)
    assert "".join(typed for typed, _ in pairs) == truth
    assert "".join(segment for _, segment in pairs) == seen
    assert all(len(typed) <= 1 for typed, _ in pairs)
    assert all(len(segment) <= MAX_SEGMENT for typed, segment in pairs if typed)


@given(text=LINE)
@settings(deadline=None, max_examples=50)
def test_a_clean_line_is_cut_into_its_characters(text: str) -> None:
    assert align(text, text) == [(c, c) for c in text]


@pytest.mark.parametrize(
    ("truth", "seen", "part"),
    [
        ("MUCH NOISE", "l'IUCH l'lOISE", ("N", "l'l")),
        ("MUCH NOISE", "l'IUCH l'lOISE", ("M", "l'I")),
        ("THE MAIN", "'I'HE l\\I~IN", ("T", "'I'")),
        ("rooms", "roorns", ("m", "rn")),
        ("TO THE US", "TO THEUS", (" ", "")),
        ("POINT.", "POINT •", (".", "•")),
        ("SAID", "SAID;", ("", ";")),
    ],
)
def test_split_letters_lost_blanks_and_dirt_are_found(truth: str, seen: str, part: tuple[str, str]) -> None:
    assert part in align(truth, seen)


def test_a_band_is_wide_enough_for_a_long_loss() -> None:
    truth = "ONE TWO THREE " * 20
    pairs = align(truth, truth[150:])
    assert sum(not segment for _, segment in pairs) == 150


def test_counting_teaches_a_segment_that_no_table_holds() -> None:
    random = np.random.default_rng(3)
    words = ["QUAY", "QUEST", "EQUAL", "TRADE", "ARMS"]
    lines = [" ".join(random.choice(words, 6)) for _ in range(60)]
    costs, aligned = learn_costs((line, line.replace("Q", "%¬")) for line in lines)
    assert costs.align("Q", "%¬")[1] < 1.0
    counts = count_aligned(aligned)
    assert counts.wrong["Q"] == {"%¬": sum(line.count("Q") for line in lines)}
    assert not counts.wrong["A"]


def test_a_curled_mark_is_no_misreading() -> None:
    counts = count_aligned([align("DON'T", "DON’T")])
    assert counts.right["'"] == 1
    assert not counts.wrong["'"]


def test_case_counts_only_where_there_is_one() -> None:
    pairs = [align("Ice", "ice")]
    assert count_aligned(pairs, mixed=True).right["I"] == 1
    assert count_aligned([align("ICE", "iCE")]).wrong["I"] == {"i": 1}


def test_lookalikes_are_well_formed() -> None:
    table = lookalikes()
    assert {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz .,-"} <= set(table)
    for typed, segments in table.items():
        assert typed not in segments
        assert all(0 < len(segment) <= MAX_SEGMENT and weight > 0 for segment, weight in segments.items())


def test_stretches_are_found_in_a_reading_with_other_lines() -> None:
    truth = "# HEAD\n\nTHE EMBASSY REPORTS THAT TALKS\nWILL RESUME IN VIENNA NEXT WEEK."
    seen = "junk ~\nTHE EMBASSY REP0RTS THAT TALKS WILL RESUNE IN\nVIENNA NEXT WEEK, ;\nNOT THERE AT ALL"
    assert list(paired_stretches(truth, seen)) == [
        ("THE EMBASSY REPORTS THAT TALKS WILL RESUME IN", "THE EMBASSY REP0RTS THAT TALKS WILL RESUNE IN")
    ]


def test_teletype_is_in_capitals() -> None:
    assert teletype("SECSTATE WASHDC 1234")
    assert not teletype("Memorandum of Conversation")
    assert not teletype("1234")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        list(paired_pages(tmp_path / "none.xz"))


def test_counts_survive_as_a_profile(tmp_path: Path) -> None:
    lines = [("TEN MEN MET", "TEN HEN MET")] * 30
    _, aligned = learn_costs(lines)
    write_profile(tmp_path / "p.tsv", count_aligned(aligned), data="a test", unseen=0.1, prior={})
    table = read_lookalikes((tmp_path / "p.tsv").read_text(encoding="utf-8").splitlines())
    assert table["M"] == {"H": 30.0}
