"""What no guess may take from a text in both cases, and what no guess is left to take."""

from __future__ import annotations

from dataclasses import replace

import pytest

from septel.restore import Restorer
from septel.restore.confidence import WordFeatures
from septel.restore.document.assessment import WordAssessor
from septel.restore.document.plain_sight import beside_capitals, in_capitals_around, spoilt
from septel.restore.document.restraint import restrained
from septel.restore.document.result import RestoredWord, Settings
from septel.restore.document.working_copy import WorkingCopy
from septel.restore.language import foreign_passages
from septel.text import Alternative, Confidence, Ground, Reason, Source, Span, State, digest_of


@pytest.mark.parametrize(
    ("guess", "before", "spoils"),
    [
        ("information", "inform ation", False),
        ("Washington", "Washingto n", False),
        ("overall", "over all", True),  # two words that were typed
        ("Castro's", "Castro s", True),
        ("the", "the:", True),
        ("10", "-10", True),
        ("MADE", "MADR", True),
    ],
)
def test_what_is_plain_to_see_stands(guess: str, before: str, spoils: bool) -> None:
    assert spoilt(guess, before, Restorer.load().vocabulary) == spoils


def test_in_a_line_of_capitals_no_word_is_an_abbreviation() -> None:
    text = "The officer wrote from Madrid:\nREQUEST TRACES LEKE THOSE OF Feb\nHe asked the DCOS to call.\n"
    lowest, dcos = text.index("LEKE"), text.index("DCOS")
    assert in_capitals_around(text, Span(lowest, lowest + 4))
    assert not in_capitals_around(text, Span(dcos, dcos + 4))
    assert not in_capitals_around("LEKE", Span(0, 4))
    known = Restorer.load().vocabulary
    assert spoilt("LIKE", "LEKE", known) and not spoilt("LIKE", "LEKE", known, among_capitals=True)


@pytest.mark.parametrize(
    ("line", "word", "typed"),
    [
        ("REPORTED That THE BRIDGE WAS OPEN", "That", True),
        ("THE COLUMN LEFT puebla ~ AT DAWN", "puebla", True),
        ("CONTROL STATUS:   Closed", "Closed", False),
        ("CONTROL STATUS: Closed", "Closed", False),
        ("NAME OF OWNER (first AND LAST)", "first", False),
        ("| unit", "unit", False),
        ("A of B", "of", False),
    ],
)
def test_small_letters_among_words_in_capitals_were_capitals(line: str, word: str, typed: bool) -> None:
    text = f"THE LINE BEFORE IT\n{line}\nTHE LINE BEHIND IT"
    start = text.index(word)
    assert beside_capitals(text, Span(start, start + len(word))) == typed


ENGLISH = "He writte that the numbe of men was smal and that the officer in the field was not told of it. "
SPANISH = "El numbe de los hombres que salieron con la columna era smal, y el jefe de la zona writte que no. "
SOURCE = 3 * SPANISH


def word(before: str, text: str, probability: float, ground: Ground = Ground.LANGUAGE) -> RestoredWord:
    start = SOURCE.index(before)
    features = WordFeatures(
        posterior=0.9,
        wrong=1,
        length=len(text),
        weight=9,
        digits=0,
        rate=0.01,
        document=0.01,
        runner_up=0.0,
        strange=0.0,
        strange_line=0.0,
    )
    return RestoredWord(
        span=Span(start, start + len(before)),
        line=1,
        text=text,
        state=State.DOUBTFUL,
        confidence=Confidence(probability=probability, calibration="test"),
        alternatives=(Alternative(text=before, probability=0.1),),
        reason=Reason(ground=ground),
        evidence=features,
    )


def shown(words: list[RestoredWord], text: str = SOURCE) -> list[RestoredWord]:
    source = Source(name="page", digest=digest_of(text.encode()), text=text)
    judge = WordAssessor(
        vocabulary=Restorer.load().vocabulary,
        calibration=None,
        chooser=None,
        settings=Settings(),
        mixed=True,
        rate=0.01,
        source=text,
        strange_lines=[0.0] * len(source.lines),
    )
    return restrained(words, source, foreign_passages(text), judge)


def test_guesses_at_another_language_are_put_back_and_told_beside_the_words() -> None:
    words = [word("writte", "written", 0.9), word("numbe", "numb", 0.15)]
    first, back = shown(words)
    assert (first.text, back.text) == ("writte", "numbe")
    assert back.state is State.DOUBTFUL and back.confidence is None and back.evidence is None
    assert [(one.text, one.probability) for one in back.alternatives] == [("numb", 0.15)]
    assert shown(words, len(SOURCE) * " " + ENGLISH) == words


def test_hints_decisions_and_what_stands_are_no_guesses() -> None:
    hinted = word("numbe", "number", 0.1, Ground.HINT)
    decided = replace(word("smal", "small", 0.1), evidence=None)
    stands = word("writte", "writte", 0.1)
    assert shown([hinted, decided, stands]) == [hinted, decided, stands]


def test_a_page_in_spanish_keeps_its_words() -> None:
    page = (
        "El numero de los hombras que sali0ron con la columna era de cien, y el jefe de zona dijo que no.\n"
        * 4
    )
    read = Restorer.load().restore(Source(name="page", digest=digest_of(page.encode()), text=page))
    assert {"hombras", "columna", "jefe"} <= {one.text for one in read.words}


def test_nor_does_a_worn_quotation_in_a_telegram_in_capitals_become_english() -> None:
    quoted = (
        "LOS BARC0S QUE SALIER0N DEL PUERT0 EN LA MANAMA NO HAN VUELTO TODAVIA, Y EL CAPITAN PIEMSA GUE HAY\n"
        "MAS NIEBLA QUE AYEP. ESPERAM0S NOTICIAS DE LA ESTACION POR LA TARDE, PERO NADIE CONTESTA.\n"
    )
    page = (
        "1. AMBASSAD0R CALLED ON THE F0REIGN MINISTEP THIS MORNING AND T0LD HIM WHAT THE PAPER HAD WRITTEM:\n"
        f"{quoted}2. HE ASKED WHETHER THE TEXT 0F THE N0TE HAD BEEN SH0WN TO THE 0THER SIDE.\n"
    )
    read = Restorer.load().restore(Source(name="page", digest=digest_of(page.encode()), text=page))
    words = [one.text for one in read.words]
    assert {"AMBASSADOR", "MINISTER"} <= set(words)
    at = words.index("LOS")
    assert words[at : at + len(quoted.split())] == quoted.split()


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("LOS BARCOS QUE SALIERON DEL PUERTO EN LA MANANA NO HAN VUELTO, Y EL CAPITAN PIENSA QUE HAY", True),
        ("QUE HAY MAS NIEBLA EN EL PUERTO DE LA CIUDAD. HE THEN WENT HOME | : TO HIS OFFICE", False),
    ],
)
def test_where_english_goes_on_a_line_is_not_left_alone(line: str, alone: bool) -> None:
    text = f"THE NOTE WAS READ TO US IN FULL THIS MORNING:\n{line}\nAND SPOKE WITH THE OTHERS BEFORE NOON.\n"
    source = Source.of_text(text)
    copy = WorkingCopy(source, Restorer.load().vocabulary)
    assert copy.passages and (1 in copy.foreign) == alone
