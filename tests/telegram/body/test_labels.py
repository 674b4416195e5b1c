"""Labels of paragraphs: whatever lines offer, a way to read them is found."""

from __future__ import annotations

import random

import pytest

from septel.telegram.body.label_candidates import Candidate
from septel.telegram.body.labels import decide


def _drawn(rng: random.Random) -> list[Candidate]:
    """What the lines of a long form offer: numbers that begin anew, letters, numbers of other things."""
    found = []
    for line in range(rng.randint(40, 120)):
        value = str(rng.randint(1, 30)) if rng.random() < 0.7 else rng.choice("ABCDEFGHIJ")
        bare = value.isdigit() and rng.random() < 0.2
        sub = not bare and rng.random() < 0.3
        found.append(Candidate(line, value, True, sub, 3, bare, rng.random() < 0.6))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_every_list_of_candidates_is_decided(seed: int) -> None:
    candidates = _drawn(random.Random(seed))
    labels = decide(candidates)
    assert [label.line for label in labels] == sorted({label.line for label in labels})
    assert all(label.path for label in labels)


def test_numbers_that_run_on_are_labels_of_their_own() -> None:
    labels = decide([Candidate(n, str(n), True, False, 3) for n in range(1, 60)])
    assert [label.path for label in labels] == [(str(n),) for n in range(1, 60)]
