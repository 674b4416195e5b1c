"""What a speaker does by what he says: by whose clause it is, mood and denial. Words made for the test."""

from __future__ import annotations

import pytest

from septel.measure.record.statement_gold import judged_acts, judged_statements
from septel.record import Stance, statements_made
from septel.record.statements import paired
from septel.text import Reading, Source
from tests.record.headed import TALK, TELEGRAM, read


def stance(sentence: str) -> Stance:
    """The stance of the last statement, before what is not told surely enough is held back."""
    made = statements_made(Reading.of(Source.of_text(f"{TALK}{sentence}\n")))
    return made[-1][0].statement.stance


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Dobrynin said the President had decided that it was not possible to wait.", Stance.REJECTS),
        ("Dobrynin said he could say even now that talks could not be limited to aircraft.", Stance.REJECTS),
        ("Dobrynin said the French were not interested in such talks.", Stance.STATES),
        ("Dobrynin said the Soviet Government was not interested in such talks.", Stance.REJECTS),
        ("Dobrynin said the Indians were considering a new squadron.", Stance.STATES),
        ("Dobrynin said he was still studying the draft.", Stance.RESERVES),
        ("Dobrynin said he would report this to Moscow.", Stance.RESERVES),
        ("Dobrynin said the riots showed the resentment of parents.", Stance.STATES),
        ("Dobrynin said he resented these words.", Stance.REJECTS),
        ("Dobrynin said IAEA demanded too many reports.", Stance.STATES),
        ("Dobrynin said this was an unjustified act.", Stance.REJECTS),
    ],
)
def test_only_his_own_clause_rejects_or_reserves(sentence: str, wanted: Stance) -> None:
    assert stance(sentence) is wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Dobrynin hoped that the four powers would examine the map.", Stance.PROPOSES),
        ("Dobrynin felt it important for both that the line be kept.", Stance.PROPOSES),
        ("Dobrynin asked the Secretary in his capacity as chairman to bring his staff.", Stance.PROPOSES),
        ("Dobrynin asked for the Secretary's assessment of the vote.", Stance.QUESTIONS),
        ("Dobrynin raised the question of whether he would resign.", Stance.QUESTIONS),
        ("Dobrynin said there should be a smaller forum.", Stance.PROPOSES),
        ("Dobrynin said he had nothing against that.", Stance.ACCEPTS),
        ("Dobrynin welcomed the opportunity to repeat his assurances.", Stance.STATES),
        ("Dobrynin said he was nervous about the possibility of error.", Stance.STATES),
        ("Dobrynin said he would like to express his thanks.", Stance.STATES),
    ],
)
def test_what_is_wished_and_what_is_only_told(sentence: str, wanted: Stance) -> None:
    assert stance(sentence) is wanted


def test_who_is_asked_after_and_who_answers() -> None:
    body = (
        "1. In all our talks no Jordanian official asked for arms.\n\n2. Foreign Minister Rifai called on me."
        " After I said that no decision had been reached, he said he was sorry.\n"
    )
    spoken = [(s.speaker.name, s.excerpt.words) for s in read(body, TELEGRAM).statements]
    assert not [words for _, words in spoken if "no Jordanian official" in words]
    assert ("Rifai", True) in [(name, "he was sorry" in words) for name, words in spoken]


def test_an_ambassador_by_his_post_is_of_the_united_states() -> None:
    head = (
        "128. Memorandum of Conversation Between Vice President Humphrey and the Ambassador to Germany "
        "(McGhee)\n\n"
        "Washington, September 1, 1965.\n\n"
    )
    record = read("Ambassador McGhee predicted that the vote would be close.\n", head)
    assert [(s.speaker.name, s.side) for s in record.statements] == [("McGhee", "US")]


def test_how_a_speaker_is_known_goes_with_the_kind_of_document() -> None:
    found = paired({"how: quotation", "in: note", "weak", "words: few"})
    assert {"how: quotation, in: note", "how: quotation, weak"} <= found
    assert "how: quotation, words: few" not in found


def test_what_was_judged_has_no_words() -> None:
    acts, speakers = judged_acts(), judged_statements()
    assert len(acts) > 500 and sum(a.fresh for a in acts) > 100
    assert 0.7 < sum(a.right * a.weight for a in acts) / sum(a.weight for a in acts) < 0.95
    assert all(len(name) < 60 for a in acts for name in a.features)
    assert all(len(name) < 60 for s in speakers for name in s.features)
