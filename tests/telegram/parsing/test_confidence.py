"""Confidence of fields: there where a restored text gives ground, and falling with every doubt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from septel.telegram import parse
from septel.telegram.parsing.confidence import FieldCalibration, FieldFeatures
from septel.text import Confidence, Edit, Ground, Reading, Reason, Source, Span, Step
from tests.telegram.samples import TWO_SECTIONS


def doubted(*words: tuple[str, float], ground: Ground = Ground.CHANNEL) -> Reading:
    source = Source.of_text(TWO_SECTIONS)
    edits = []
    for word, probability in words:
        at = source.text.index(word)
        edits.append(
            Edit(
                span=Span(at, at + len(word)),
                before=word,
                after=word,
                reason=Reason(ground=ground),
                step=Step.of("test", "1"),
                confidence=Confidence(probability=probability, calibration="words"),
            )
        )
    return Reading.of(source, edits)


def test_a_text_that_nobody_restored_has_no_confidence() -> None:
    heading = parse(Reading.of(Source.of_text(TWO_SECTIONS))).heading
    assert heading.subject is not None and heading.subject.confidence is None


def test_a_doubted_word_makes_its_field_less_sure_and_names_its_calibration() -> None:
    def subject(*words: tuple[str, float]) -> float:
        field = parse(doubted(*words)).heading.subject
        assert field is not None and field.confidence is not None
        assert field.confidence.calibration == FieldCalibration.shipped().name
        return field.confidence.probability

    assert subject(("NOV 25", 0.2)) < subject(("NOV 25", 0.9)) <= subject(("EXTRANEOUS", 0.9))


def test_what_a_person_decided_needs_no_confidence() -> None:
    heading = parse(doubted(("NOV 25", 0.5), ground=Ground.DECISION)).heading
    assert heading.subject is not None and heading.subject.confidence is None


SHARES = st.floats(0, 1)


@given(st.floats(-9, 0), st.floats(-9, 0), SHARES, SHARES, st.booleans(), st.booleans())
def test_less_noise_and_surer_words_never_lower_it(
    words: float, surer: float, noise: float, less: float, free: bool, near: bool
) -> None:
    shipped = FieldCalibration.shipped()

    def at(told: float, share: float) -> float:
        return shipped.confidence(FieldFeatures(words=told, noise=share, free=free, near=near)).probability

    assert at(min(words, surer), max(noise, less)) <= at(max(words, surer), min(noise, less))
