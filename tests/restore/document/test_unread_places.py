"""Ink that no engine read is unreadable, and what stands beside it is read without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.capture import UNREAD
from septel.restore import Restoration, Restorer
from septel.restore.document import RestoredWord, lost_between, unread_in, unveiled, veiled, with_lost_ends
from septel.restore.engine_output import EnginePosteriors
from septel.text import Edit, Ground, Reason, Source, Span, State, Step, marked

GAP = UNREAD * 5
TEXT = f"""2. EMBASSY PRESS OFFICER ADVISED {GAP} AT RECEPTION LAST NIGHT
THAT LOCAL REPORTER IS ABOUT TO FILE A STORY BASED ON LOCAL
RESEARCH AND AN INTERV1EW WITH A RETIREO OFFICER {GAP}
{GAP} HE SUGGESTED THAT MUCH, IF NOT ALL PAPERS, HAVE BEEN RELEASED.
"""


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.load()


def source_of(text: str) -> Source:
    return Source(name="cable", digest="0" * 64, text=text, step=Step.of("one", "1"))


def test_what_was_not_read_is_unreadable_and_its_neighbours_stay(restorer: Restorer) -> None:
    restored = restorer.restore(source_of(TEXT))
    gaps = [edit for edit in restored.edits if UNREAD in edit.before]
    assert [(edit.unreadable, edit.extent, edit.after) for edit in gaps] == [(True, 5, "")] * 3
    assert all(edit.reason.detail == "ink that no engine read" for edit in gaps)
    lines = marked(restored.reading).replace("[?]", "").split("\n")
    assert lines[0] == "2. EMBASSY PRESS OFFICER ADVISED […5] AT RECEPTION LAST NIGHT"
    assert lines[2].endswith("OFFICER […5]")
    assert lines[3].startswith("[…5] HE SUGGESTED")
    assert UNREAD not in restored.reading.text
    assert UNREAD not in "".join(restored.lines)


def test_a_text_without_gaps_is_read_as_ever(restorer: Restorer) -> None:
    source = source_of(TEXT.replace(GAP, "NIGHT"))
    assert unread_in(source.text) == []
    assert not any(word.state is State.UNREADABLE for word in restorer.restore(source).words)


def test_what_a_person_reads_in_a_gap_stands(restorer: Restorer) -> None:
    source = source_of(TEXT)
    at = TEXT.index(GAP)
    reason = Reason(ground=Ground.DECISION, detail="A. Reader")
    decided = Edit(
        span=Span(at, at + 5), before=GAP, after="COS", reason=reason, step=Step.of("correction", "1")
    )
    restored = restorer.restore(source, decisions=[decided])
    assert not any(edit.span.overlaps(decided.span) for edit in restored.edits if edit.unreadable)
    assert sum(edit.unreadable for edit in restored.edits) == 2


def test_a_word_that_was_read_across_a_gap_stands_as_it_came(restorer: Restorer) -> None:
    source = source_of(f"INTER {GAP} VIEW\n")
    places = unread_in(source.text)
    whole = restorer.restore(veiled(source, places))
    joined = RestoredWord(span=Span(0, 16), line=1, text="INTERVIEW", state=State.DOUBTFUL)
    told = unveiled(_with(whole, joined), source, places)
    assert [(word.text, word.state) for word in told.words] == [
        ("INTER", State.DOUBTFUL),
        ("", State.UNREADABLE),
        ("VIEW", State.DOUBTFUL),
    ]


def _with(restored: Restoration, word: RestoredWord) -> Restoration:
    return replace(restored, words=(word,))


def test_letters_that_a_word_was_read_without_are_a_gap(restorer: Restorer) -> None:
    source = source_of("PRESS OFFICE DECLINED. KCOSUGGESTED THAT MUCH\n")
    plain = restorer.restore(source).words
    some = next(word for word in plain if word.evidence)
    read = replace(some, span=Span(23, 35), text="SUGGESTED", state=State.DOUBTFUL)
    assert source.text[23:35] == "KCOSUGGESTED"
    gap, rest = with_lost_ends([read], source)
    assert (gap.span, gap.state, gap.text) == (Span(23, 26), State.UNREADABLE, "")
    assert (rest.span, rest.text, rest.state) == (Span(26, 35), "SUGGESTED", State.DOUBTFUL)
    # A letter or two at the edge are dirt, and what can't be read at all is one gap.
    for word in (replace(read, span=Span(24, 35)), replace(read, state=State.UNREADABLE)):
        assert with_lost_ends([word], source) == [word]


def test_gaps_are_told_where_engines_told_how_sure_they_were(restorer: Restorer) -> None:
    restored = restorer.restore(source_of(TEXT), sight=EnginePosteriors())
    assert sum(edit.unreadable and UNREAD in edit.before for edit in restored.edits) == 3


def test_letters_that_were_taken_for_a_blank_are_a_gap(restorer: Restorer) -> None:
    source = source_of("OFFICER THAT SHE) PASS . NUMBER\n")
    reason = Reason(ground=Ground.CHANNEL, detail="a blank")

    def blank(start: int, end: int) -> Edit:
        span = Span(start, end)
        return Edit(span=span, before=span.of(source.text), after=" ", reason=reason, step=restorer.step)

    kept, lost = lost_between([blank(12, 18), blank(22, 25)], source)
    assert [edit.before for edit in kept] == [" . "]
    assert [(word.span.of(source.text), word.state) for word in lost] == [("SHE)", State.UNREADABLE)]
