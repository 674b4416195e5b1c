"""Labels of paragraphs: whatever lines offer, a way to read them is found."""

from __future__ import annotations

import random

import pytest

from septel.telegram import parse
from septel.telegram.body.label_candidates import Candidate, candidate
from septel.telegram.body.labels import decide
from septel.text import Reading, Source


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


@pytest.mark.parametrize(
    "line",
    [
        "> Chart of the harbour and its boats",  # a transcriber's sign
        "* As was told before the boats came",  # a note at the foot
        "TO: Chief, Harbour Staff and all boats",  # a cell
        "2 - Chief, Harbour Staff",  # a count of copies
        "▯ ▯ ▯ the boats",
    ],
)
def test_what_is_no_worn_label(line: str) -> None:
    assert candidate(line, 3, before="It ends.", apart=True, gap=True, noisy=True) is None


def test_worn_labels_are_offered_yet() -> None:
    for line in (
        ". THE BOATS HAVE COME",
        "*s. THE BOATS HAVE COME",
        "* s. THE BOATS HAVE COME",
        "Z. THE BOATS HAVE COME",
        "ll. THE BOATS HAVE COME",
    ):
        assert candidate(line, 3, before="IT ENDS.", apart=True, gap=True, noisy=True) is not None


def test_letters_under_numbers_in_papers_of_both_cases() -> None:
    text = (
        "1. The boats have come in these weeks:\n\na. The first brought nothing for us.\n\n"
        "b. The second brought the nets.\n\n2. The harbour is as it was:\n\n(a) Its lights were mended.\n\n"
        "(b) Its stones were not.\n"
    )
    told = parse(Reading.of(Source.of_text(text))).paragraphs
    assert [one.path for one in told] == ["1", "1.A", "1.B", "2", "2.A", "2.B"]
    assert [one.label.raw for one in told] == ["1.", "a.", "b.", "2.", "(a)", "(b)"]
    assert not any(one.label.basis for one in told)
