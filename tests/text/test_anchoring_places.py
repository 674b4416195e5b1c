"""Re-anchoring by content: the right place, or a place on the list; never a wrong one, never none."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from septel.text import ConflictKind, Edit, Ground, Reading, Reason, Source, Span, Step, reanchor, relocate

STEP = Step.of("a person", "1")
TALK = """SEMENOV SMITH STATED THAT THE SOVIET SIDE WOULD BE PREPARED TO CONSIDER LIMITING
STRATEGIC OFFENSIVE AND DEFENSIVE ARMS IN HELSINKI DELEGATION AGREED PROPOSAL MEETING"""
WORDS = TALK.split()


def decision(source: Source, span: Span, after: str) -> Edit:
    reason = Reason(ground=Ground.DECISION, detail="Ann")
    return Edit(span=span, before=span.of(source.text), after=after, reason=reason, step=STEP)


def on(source: Source, before: str, after: str, nth: int = 0) -> Edit:
    at = -1
    for _ in range(nth + 1):
        at = source.text.index(before, at + 1)
    return decision(source, Span(at, at + len(before)), after)


@st.composite
def retold(draw: st.DrawFn) -> tuple[Source, Source, list[tuple[Edit, Span | None]]]:
    """A page, decisions about some of its words, and the page as another engine reads it.

    The other engine garbles words, loses some, adds some and ends lines elsewhere. With each decision goes
    the place where its word now stands, or None when it was lost.
    """
    dice = random.Random(draw(st.integers(0, 2**32)))
    rate = draw(st.sampled_from([0.0, 0.05, 0.2, 0.5]))
    words = [dice.choice(WORDS) for _ in range(draw(st.integers(1, 60)))]
    old, at, spans = "", 0, []
    for word in words:
        spans.append(Span(at, at + len(word)))
        old += word + dice.choice("   \n")
        at = len(old)
    new = ""
    places: list[Span | None] = []
    for word in words:
        while dice.random() < rate / 4:
            new += dice.choice(WORDS) + " "
        if dice.random() < rate / 4:
            places.append(None)
            continue
        seen = "".join(dice.choice("~#%") if dice.random() < rate / 3 else c for c in word)
        places.append(Span(len(new), len(new) + len(seen)))
        new += seen + dice.choice("   \n")
    chosen = sorted(dice.sample(range(len(words)), min(len(words), 5)))
    source = Source.of_text(old)
    pairs = [(decision(source, spans[i], words[i] + "X"), places[i]) for i in chosen]
    return source, Source.of_text(new), pairs


@given(retold(), st.sampled_from([None, str.isalpha]))
def test_a_decision_is_carried_to_its_own_characters_or_listed(
    case: tuple[Source, Source, list[tuple[Edit, Span | None]]], legible: object
) -> None:
    old, new, pairs = case
    edits = [edit for edit, _ in pairs]
    outcome = reanchor(edits, old, new, legible=legible)  # type: ignore[arg-type]  # drawn from two
    told = [before for before, _ in outcome.pairs] + [conflict.edit for conflict in outcome.conflicts]
    assert sorted(told, key=lambda e: e.span) == sorted(edits, key=lambda e: e.span)
    reading = Reading.of(new, outcome.carried)
    for before, after in outcome.pairs:
        assert after == replace(before, span=after.span, before=after.span.of(new.text))
        assert after.after in reading.text
        if legible is None:
            # Only the very characters: words are drawn again and again, but never in a wrong wording.
            assert after.before == before.before
    for conflict in outcome.conflicts:
        assert conflict.found == conflict.place.of(new.text)
        assert conflict.why


@given(retold())
def test_with_distinct_words_a_carried_decision_is_always_in_the_right_place(
    case: tuple[Source, Source, list[tuple[Edit, Span | None]]],
) -> None:
    old, _, _ = case
    # Every word gets a number of its own, so that the true place can't be mistaken.
    words = [f"{word}{n}" for n, word in enumerate(old.text.split())]
    dice = random.Random(len(words))
    source = Source.of_text(" ".join(words))
    kept = [word for word in words if dice.random() < 0.8]
    new = Source.of_text("\n".join([*kept[len(kept) // 2 :], *kept[: len(kept) // 2]]))
    edits = [on(source, f" {word} ", f" {word}X ") for word in words[1:-1:7]]
    edits = [decision(source, Span(e.span.start + 1, e.span.end - 1), e.after.strip()) for e in edits]
    outcome = reanchor(edits, source, new)
    assert len(outcome.pairs) + len(outcome.conflicts) == len(edits)
    for before, after in outcome.pairs:
        assert new.text.split().index(before.before) == new.text[: after.span.start].count("\n")


def test_pages_in_another_order_are_followed() -> None:
    one, two = (
        "SMITH SAID THAT SEMEMOV HAD READ HIS STATEMENT\n",
        "THE NEXT MEETING WILL BE ON TUESDAV AT TEN\n",
    )
    old, new = Source.of_text(one + two), Source.of_text(two + one)
    outcome = reanchor([on(old, "SEMEMOV", "SEMENOV"), on(old, "TUESDAV", "TUESDAY")], old, new)
    assert not outcome.conflicts
    assert Reading.of(new, outcome.carried).text == (two + one).replace("MOV", "NOV").replace("DAV", "DAY")


def test_a_line_that_ends_elsewhere_is_the_same_line() -> None:
    old = Source.of_text("SMITH SAID THAT SEMEMOV HAD\nREAD HIS STATEMENT")
    new = Source.of_text("SMITH SAID\nTHAT SEMEMOV\nHAD READ HIS STATEMENT")
    assert len(reanchor([on(old, "SEMEMOV", "SEMENOV")], old, new).carried) == 1


def test_a_place_that_is_found_twice_is_listed() -> None:
    page = "SMITH SAID THAT SEMEMOV HAD READ HIS STATEMENT\n"
    old, new = Source.of_text(page), Source.of_text(page + page)
    (conflict,) = reanchor([on(old, "SEMEMOV", "SEMENOV")], old, new).conflicts
    assert conflict.kind is ConflictKind.AMBIGUOUS
    assert conflict.found == "SEMEMOV"


def test_a_footer_on_each_page_keeps_its_page() -> None:
    pages = [f"SEGRET\nPAGE {n} OF HELSINKI 1321\n" for n in range(4)]
    old = Source.of_text("".join(pages))
    new = Source.of_text("UNCLASSIFIED STAMP\n" + "".join(pages))
    fewer = Source.of_text("".join(pages[:2] * 3))
    outcome = reanchor([on(old, "SEGRET", "SECRET", nth=2)], old, new)
    assert new.line_at(outcome.carried[0].span.start) == 6
    (conflict,) = reanchor([on(old, "SEGRET", "SECRET", nth=2)], old, fewer).conflicts
    assert conflict.kind in (ConflictKind.AMBIGUOUS, ConflictKind.MISSING)


def test_a_page_that_is_not_there_any_more() -> None:
    old = Source.of_text("SMITH SAID THAT SEMEMOV HAD READ HIS STATEMENT\nFIVE MEN CAME")
    new = Source.of_text("FIVE MEN CAME")
    (conflict,) = reanchor([on(old, "SEMEMOV", "SEMENOV")], old, new).conflicts
    assert conflict.kind is ConflictKind.MISSING


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ("SEMEH0V~", None),
        ("SEHENOU", None),
        ("SEVENTH", ConflictKind.CONTRADICTED),
        ("1968", ConflictKind.CONTRADICTED),
        ("#~~~~~#", ConflictKind.CONTRADICTED),
    ],
)
def test_another_garble_is_no_contradiction_but_a_legible_word_is(
    found: str, kind: ConflictKind | None
) -> None:
    page = "SMITH SAID THAT {} HAD READ HIS STATEMENT"
    old, new = Source.of_text(page.format("SEMEMOV")), Source.of_text(page.format(found))
    legible = {"SEVENTH", "1968"}.__contains__
    outcome = reanchor([on(old, "SEMEMOV", "SEMENOV")], old, new, legible=legible)
    assert [c.kind for c in outcome.conflicts] == ([kind] if kind else [])
    assert [c.found for c in outcome.conflicts] == ([found] if kind else [])
    if kind is None:
        assert outcome.carried[0].before == found
    strict = reanchor([on(old, "SEMEMOV", "SEMENOV")], old, new)
    assert [c.kind for c in strict.conflicts] == [ConflictKind.CONTRADICTED]


def test_two_decisions_about_one_place_stay_together() -> None:
    old, new = Source.of_text("SAID SEMEMOV, HE"), Source.of_text("FIRST\nSAID SEMEMOV, HE")
    both = [on(old, "SEMEMOV", "SEMENOV"), on(old, "SEMEMOV", "SEMYONOV")]
    outcome = reanchor(both, old, new)
    assert [after.after for after in outcome.carried] == ["SEMENOV", "SEMYONOV"]
    assert len({after.span for after in outcome.carried}) == 1


def test_two_places_that_became_one_are_disputed() -> None:
    old = Source.of_text("ALPHA SAID SEMEMOV CAME\nALPHA SAID SEMEMOV CAME")
    new = Source.of_text("ALPHA SAID SEMENOV CAME")
    outcome = reanchor([on(old, "SEMEMOV", "SEMENOV", nth=n) for n in range(2)], old, new)
    assert len(outcome.pairs) + len(outcome.conflicts) == 2
    assert len(outcome.pairs) <= 1


def test_long_stretches_are_followed_over_garbles_and_line_ends() -> None:
    said = "SEMEMOV SAID THAT THE SOVIET SIDE WOULD BE\nPREPARED TO CONSIDER LIMITING STRATEGIC ARMS"
    old = Source.of_text(f"SMITH OPENED THE MEETING.\n{said}.\nSMITH REPLIED.")
    seen = "SEMENOU SAID THAT THE\nSOV1ET SIDE WOULD BE PREPARED T0\nCONSIDER LIMITING STRATEGIC ARMS"
    new = Source.of_text(f"PAGE 2\nSMITH OPENED THE MEETING.\n{seen}.\nSMITH REPLIED.")
    start = old.text.index(said)
    ((place, why),) = relocate([Span(start, start + len(said))], old, new)
    assert place is not None
    assert (place.of(new.text), why) == (seen, "")
    ((gone, why),) = relocate(
        [Span(start, start + len(said))], old, Source.of_text("SMITH OPENED THE MEETING.")
    )
    assert gone is None
    assert why


@given(retold())
def test_a_stretch_is_found_with_its_own_characters_or_not_at_all(
    case: tuple[Source, Source, list[tuple[Edit, Span | None]]],
) -> None:
    old, new, pairs = case
    spans = [edit.span for edit, _ in pairs]
    for span, (place, why) in zip(spans, relocate(spans, old, new), strict=True):
        assert (place is None) == bool(why)
        if place is not None:
            assert Levenshtein.normalized_similarity(span.of(old.text), place.of(new.text)) >= 0.5
    assert all(
        p == s for s, (p, _) in zip(spans, relocate(spans, old, Source.of_text(old.text)), strict=True)
    )
