"""Copies found in a big folder."""

from __future__ import annotations

import random

import pytest

from septel.witness.copies.families import find_copies, in_order, long_words

pytest.importorskip("datasketch")

SYLLABLES = ("BA", "CO", "DU", "FE", "GI", "LO", "MA", "NE", "PO", "RA", "SU", "TI", "VO", "ZE")


def made(rng: random.Random) -> str:
    return " ".join("".join(rng.choices(SYLLABLES, k=4)) for _ in range(80))


def worn(text: str, rng: random.Random) -> str:
    return "".join(rng.choice("01:.@") if c != " " and rng.random() < 0.06 else c for c in text)


def test_bad_copies_find_each_other_and_nothing_else() -> None:
    rng = random.Random(4)
    texts = {f"alone {n}": made(rng) for n in range(40)}
    for n in range(5):
        text = made(rng)
        texts |= {f"copy {n}.{k}": worn(text, rng) for k in range(3)}
    found = find_copies(list(texts), texts.__getitem__)
    assert {family.members for family in found} == {
        tuple(f"copy {n}.{k}" for k in range(3)) for n in range(5)
    }
    assert all(0 < family.alike <= 1 for family in found)


def test_an_empty_folder_and_empty_texts() -> None:
    assert find_copies([], lambda _: "") == ()
    assert find_copies(["a", "b"], lambda _: "A B") == ()


def test_long_words_have_one_shape_for_look_alikes() -> None:
    assert long_words("THE MIN1STER SAID 12345") == long_words("AS MINISTER SAYS 12345")
    words = [f"WORD{n}" for n in range(10)]
    assert in_order(words, words[2:]) == 1.0
    assert in_order(words, words[::-1]) == 0.0
