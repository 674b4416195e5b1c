"""Markings: what was typed and what was stamped are told apart, and nothing is inferred."""

from __future__ import annotations

import pytest

from septel.telegram import TelegramJson, marking_of, parse, to_json
from septel.text import Reading, Source

TYPED = "S E C R E T HELSINKI 1321\n\nEXDIS\n\nSUBJECT: SALT\n\n1. HE SPOKE.\n\n2. SO DID SHE.\n\nSMITH\n"


def tree(text: str) -> TelegramJson:
    return TelegramJson.model_validate(to_json(parse(Reading.of(Source.of_text(text)))))


def test_markings_of_the_sender() -> None:
    marking = marking_of(tree(TYPED))
    assert marking.classification == "SECRET"
    assert marking.captions == ("EXDIS",)
    assert marking.stamps == ()
    assert marking.current is None
    assert not marking.contradicted


def test_what_nobody_marked_stays_open() -> None:
    marking = marking_of(tree("1. A NOTE.\n"))
    assert (marking.classification, marking.captions, marking.current) == (None, (), None)


@pytest.mark.parametrize(
    ("stamps", "current", "contradicted"),
    [
        ((("current marking", "UNCLASSIFIED"), ("current marking", "UNCLASSIFIED")), "UNCLASSIFIED", False),
        ((("release stamp", "RELEASED IN FULL"),), None, False),
        ((("current marking", "UNCLASSIFIED"), ("current marking", "CONFIDENTIAL")), None, True),
    ],
)
def test_stamps(stamps: tuple[tuple[str, str], ...], current: str | None, contradicted: bool) -> None:
    plain = tree(TYPED)
    marks = [
        {"kind": kind, "value": value, "raw": value, "locus": f"{plain.source}:{n}-{n + 1}", "page": n + 1}
        for n, (kind, value) in enumerate(stamps)
    ]
    marking = marking_of(TelegramJson.model_validate(plain.model_dump() | {"releases": marks}))
    assert [stamp.value for stamp in marking.stamps] == [value for _, value in stamps]
    assert [stamp.page for stamp in marking.stamps] == list(range(1, len(stamps) + 1))
    assert (marking.current, marking.contradicted) == (current, contradicted)
    assert marking.classification == "SECRET"
