"""Clean stays clean: text that no engine read stands, figures above all; garbles of the wire are marked."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from septel.measure.truth.corpus_sets import frus
from septel.measure.truth.sets import TruthDocument
from septel.measure.truth.shared_sets import aad
from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.restore.tokens.garbles import Garbles
from septel.text import Source, State, counted, read_words
from septel.training.corpora import held_out

FIGURES = (
    "US$104,000",
    "4PERCENT",
    ".44PESOS",
    "US$1PERCENT",
    "US$2MILLION",
    "DRC-01",
    "1979'S",
    "F-5E'S",
    "(1)",
    "30,000",
    "12.75",
    "2-1/2",
    "071315Z",
)
FORM = r"((US)?[$]|[.])?[1-9][0-9]{0,5}(,[0-9]{3})?(PERCENT|PESOS|TONS)?|[A-Z]{2,4}-[0-9]{2}|[0-9]{6}Z"
FRAME = (
    "1. MINISTER SAID THAT THE GOVERNMENT WOULD PAY {} IN THE COMING YEAR.\n"
    "2. HE ADDED THAT {} HAD NOT BEEN AGREED AND THAT TALKS WOULD GO ON.\n"
    "3. EMBASSY WILL REPORT FURTHER DEVELOPMENTS AND WOULD APPRECIATE VIEWS.\n"
)


def digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("case", [str.upper, str.capitalize])
def test_a_figure_of_clean_text_is_never_made_fluent(figure: str, case: object) -> None:
    text = FRAME.format(figure, figure)
    if case is str.capitalize:
        text = text.lower().replace(figure.lower(), figure)
    found = restore_source(Source.of_text(text), Restorer.load())
    assert found.best.text == text


@settings(max_examples=25)
@given(st.lists(st.from_regex(FORM, fullmatch=True), min_size=2, max_size=2))
def test_nor_is_any_other(figures: list[str]) -> None:
    text = FRAME.format(*figures)
    assert digits(restore_source(Source.of_text(text), Restorer.load()).best.text) == digits(text)


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[TruthDocument]:
    found = list(frus(shared).documents)
    random.Random(7).shuffle(found)
    return found[:40]


def readings(documents: list[TruthDocument]) -> Iterator[tuple[str, object]]:
    for document in documents:
        yield document.source.text, restore_source(document.source, Restorer.load())


def test_documents_that_no_model_has_seen_keep_every_figure_and_nearly_every_word(
    documents: list[TruthDocument],
) -> None:
    assert all(held_out(document.id) for document in documents)
    words = doubted = 0
    for document in documents:
        found = restore_source(document.source, Restorer.load())
        assert digits(found.best.text) == digits(document.source.text), document.id
        assert found.best.text == document.source.text, document.id
        counts = counted(found.reading)
        words += sum(counts.values())
        doubted += counts[State.DOUBTFUL] + counts[State.UNREADABLE]
    assert doubted <= 0.002 * words


def test_released_telegrams_stand_whatever_they_hold(shared: Path) -> None:
    files = sorted((shared / "dev" / "aad").glob("*.txt"))
    for file in random.Random(3).sample(files, 12):
        text = file.read_text(encoding="utf-8").replace("\f", "\n")
        found = restore_source(Source.of_text(text), Restorer.load())
        assert found.reading.text == text
        assert not any(edit.unreadable for edit in found.edits)


GARBLED = (
    "THE AMBASSADOR SAID WPTH REGRET THAT THE GOVERNEMENT HAD NOT AGREED TO THE PROPOSAL.\n"
    "HE ADDED THAT FINACIAL QUESTIONS, INCLUDINGTHE LOAN, WOULD BE STUIDED.\n"
    "DR. VILLARROEL AND SENOR ZUAZO OF COMIBOL WILL CALL ON THE DE-\n"
    "PARTMENT IN MARCH.\n"
)


def test_garbles_are_marked_and_names_are_not() -> None:
    found = restore_source(Source.of_text(GARBLED), Restorer.load())
    doubtful = [
        word.text.strip("[?].,") for word in read_words(found.reading) if word.state is State.DOUBTFUL
    ]
    assert doubtful == ["WPTH", "GOVERNEMENT", "FINACIAL", "INCLUDINGTHE", "STUIDED"]
    meant = {edit.before.strip(".,"): edit.alternatives[0].text.strip(".,") for edit in found.edits}
    assert meant["WPTH"] == "WITH" and meant["INCLUDINGTHE"] == "INCLUDING THE"


def test_a_name_in_both_cases_is_no_garble() -> None:
    models = Restorer.load().models
    garbles = Garbles(vocabulary=models.vocabulary, language=models.language, mixed=True)
    assert not garbles.find(["Mr. Governement of Finacial said no."])
    assert garbles.find(["He said that the governement had agreed."])


@pytest.mark.parametrize("bullet", ["•", "■", "†"])
def test_a_bullet_of_print_is_no_gap(bullet: str) -> None:
    text = (
        f"The points were these:\n{bullet} The first is clear to everyone.\n{bullet} The second is not.\n" * 3
    )
    assert restore_source(Source.of_text(text), Restorer.load()).reading.text == text


def test_most_garbles_of_telegrams_that_chose_nothing_are_marked_and_few_other_words(shared: Path) -> None:
    lines = (Path(__file__).parent / "garbles.txt").read_text(encoding="utf-8").splitlines()
    true = {word for line in lines if not line.startswith("#") for word in line.split()}
    models = Restorer.load().models
    garbles = Garbles(vocabulary=models.vocabulary, language=models.language)
    words = there = caught = false = 0
    for document in aad(shared).documents:
        if hashlib.sha256(document.id.encode()).digest()[0] % 2 == 0:
            continue
        text = document.source.text.split("\n")
        words += len(document.source.text.split())
        there += sum(core in true for line in text for core in re.findall(r"[A-Z*]+", line))
        for line, found in garbles.find(text).items():
            for one in found:
                caught += one.span.of(text[line]) in true
                false += one.span.of(text[line]) not in true
    assert caught >= 0.75 * there, f"{caught} of {there} garbles marked"
    assert false <= 0.002 * words, f"{false} of {words} other words marked"
