"""What persons decided teaches the restorer."""

from __future__ import annotations

import pytest

from septel.restore import Restorer
from septel.text import Edit, Ground, Reason, Source, Span, Step

PAGE = """SMITH 0PENED THE MEET1NG AND GAVE THE FL00R TO KVARTSKH3LIA.
KVARTSKH3LIA REPL1ED THAT HIS S1DE AGREED.
"""


def decision(source: Source, before: str, after: str) -> Edit:
    start = source.text.index(before)
    return Edit(
        span=Span(start, start + len(before)),
        before=before,
        after=after,
        reason=Reason(ground=Ground.DECISION, detail="Ann"),
        step=Step.of("a person", "1"),
    )


def test_words_that_a_person_set_count_as_known_in_the_document() -> None:
    source, restorer = Source.of_text(PAGE), Restorer.load()
    taught = restorer.restore(source, decisions=[decision(source, "KVARTSKH3LIA", "KVARTSKHELIA")])
    assert taught.lines[1].startswith("KVARTSKHELIA ")
    assert "KVARTSKHELIA" not in restorer.vocabulary.words


def test_and_in_another_one_of_the_same_archive() -> None:
    source, restorer = Source.of_text(PAGE), Restorer.load()
    assert restorer.restore(source, known={"KVARTSKHELIA"}).lines[1].startswith("KVARTSKHELIA ")


def test_the_marks_beside_a_decision_are_still_read() -> None:
    source = Source.of_text(PAGE)
    result = Restorer.load().restore(source, decisions=[decision(source, "KVARTSKH3LIA", "GVARDZHALADZE")])
    at = source.text.index(".")
    assert "." in {w.span.of(source.text) for w in result.words if w.span.start <= at < w.span.end}
    assert all(not word.span.overlaps(Span(at - 12, at)) for word in result.words)


@pytest.mark.parametrize(
    ("text", "legible"),
    [
        ("FRIDAY", True),
        ("1968", True),
        ("NEXT FRIDAY", True),
        ("SEMEHOU", False),
        ("FR1DAY", False),
    ],
)
def test_what_can_be_read_as_it_stands(text: str, legible: bool) -> None:
    assert Restorer.load().legible(text) is legible


def test_corrected_words_alone_do_not_make_a_page_look_ruined() -> None:
    clean = "THE DELEGATION MET AGAIN AND AGREED TO CONTINUE THE TALKS IN THE MORNING.\n"
    source, restorer = Source.of_text(PAGE + clean * 6), Restorer.load()
    before = restorer.restore(source)
    wrong = [decision(source, "0PENED", "OPENED"), decision(source, "MEET1NG", "MEETING")]
    after = restorer.restore(source, decisions=wrong)
    assert after.noise.rate <= before.noise.rate + 0.005
    assert after.lines[2:] == before.lines[2:]
