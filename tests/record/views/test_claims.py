"""A claim that two texts are the same, held against the texts."""

from __future__ import annotations

import pytest

from septel.record.model.events import Check, Claim
from septel.record.model.statement import Excerpt
from septel.record.views.claims import checked
from septel.text import Locus, Source, Span
from septel.witness.collation import collate

FIRST = "WE SEEK A LIMITATION OF EXISTING STRATEGIC ARMS AND ARE READY TO TALK WITH THE OTHER SIDE."
DELETION = 'DELETION OF THE WORD "EXISTING"'
MINOR = "SEVERAL MINOR EDITORIAL CHANGES"


def excerpt(words: str) -> Excerpt:
    return Excerpt(words=words, locus=Locus("x", Span(0, len(words))), paragraph="1", line=1)


def claim(*exceptions: str) -> Claim:
    return Claim(
        text="TEXT AS DELIVERED",
        other="TOSALT 005",
        same=True,
        exceptions=tuple(map(excerpt, exceptions)),
        excerpt=excerpt("SAME AS TOSALT 005"),
    )


@pytest.mark.parametrize(
    ("second", "exceptions", "check"),
    [
        (FIRST, (), Check.CONFIRMED),
        (FIRST.replace("EXISTING ", ""), (DELETION,), Check.CONFIRMED),
        (FIRST.replace("EXISTING ", "").replace("READY", "WILLING"), (MINOR, DELETION), Check.CONFIRMED),
        (FIRST.replace("EXISTING ", "").replace("READY", "WILLING"), (DELETION,), Check.CONTRADICTED),
        (FIRST, (DELETION,), Check.CONTRADICTED),
        (FIRST.replace("EXISTING ", ""), (), Check.CONTRADICTED),
        (FIRST.replace("AND ARE READY TO TALK", "BUT WILL NEVER AGREE"), (MINOR,), Check.CONTRADICTED),
        (
            FIRST.replace("READY", "WILLING"),
            ('SUBSTITUTION OF THE WORD "WILLING" FOR "READY"',),
            Check.CONFIRMED,
        ),
    ],
)
def test_a_claim_is_confirmed_or_contradicted(second: str, exceptions: tuple[str, ...], check: Check) -> None:
    collation = collate(Source.of_text(FIRST, name="TOSALT 005"), Source.of_text(second, name="delivered"))
    assert checked(claim(*exceptions), collation).claim.check is check


def test_what_contradicts_it_is_told() -> None:
    second = FIRST.replace("READY", "WILLING")
    collation = collate(Source.of_text(FIRST, name="A"), Source.of_text(second, name="B"))
    found = checked(claim(DELETION), collation)
    assert found.lacking == (DELETION,)
    assert found.unclaimed == ("READY → WILLING",)
    assert found.claim.excerpt == claim().excerpt
