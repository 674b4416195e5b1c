"""Which passages are in another language, though worn."""

from __future__ import annotations

import time

import pytest

from septel.restore.language import foreign_passages

ENGLISH = (
    "1. AMBASSADOR CALLED ON THE FOREIGN MINISTER THIS MORNING AND TOLD HIM THAT THE DELEGATION WOULD LEAVE\n"
    "BEFORE THE END OF THE WEEK. HE ASKED WHETHER THE TEXT OF THE NOTE HAD BEEN SHOWN TO THE OTHER SIDE.\n"
)
SPANISH = (
    "LOS BARCOS QUE SALIERON DEL PUERTO EN LA MANANA NO HAN VUELTO TODAVIA, Y EL CAPITAN PIENSA QUE HAY\n"
    "MAS NIEBLA QUE AYER. ESPERAMOS NOTICIAS DE LA ESTACION POR LA TARDE, PERO NADIE CONTESTA.\n"
)
WORN = (
    "L0S BARC0S GUE SALIER0N DEI PUERT0 EN IA MANAMA N0 HAM VUELT0 TODAVIA, Y EI CAPITAN PIEMSA GUE HAY\n"
    "NAS NIEBLA GUE AYEP. ESPERAM0S N0TICIAS DE IA ESTACI0N P0R LA TARDE, PER0 NADIE CONTESTA.\n"
)
FRENCH = "LE MINISTRE N A PAS ENCORE RECU LES PAPIERS QUE NOUS AVONS ENVOYES HIER AVEC LE DERNIER COURRIER.\n"
GERMAN = "DER MINISTER HAT DIE PAPIERE NOCH NICHT ERHALTEN, DIE WIR GESTERN MIT DER LETZTEN POST SCHICKTEN.\n"


def told(text: str) -> str:
    return " ".join(" ".join(one.of(text) for one in foreign_passages(text)).split())


@pytest.mark.parametrize("text", [SPANISH, WORN, SPANISH.lower(), FRENCH, GERMAN])
def test_a_text_in_another_language_is_told_as_a_whole(text: str) -> None:
    assert len(told(text)) > 0.95 * len(" ".join(text.split()))


def test_english_is_not() -> None:
    assert (
        not foreign_passages(ENGLISH) and not foreign_passages(ENGLISH.lower()) and not foreign_passages("")
    )


@pytest.mark.parametrize("text", [SPANISH, WORN, FRENCH])
def test_within_english_a_passage_ends_where_english_goes_on(text: str) -> None:
    found = told(ENGLISH + text + ENGLISH)
    assert "AMBASSADOR" not in found and "WHETHER" not in found
    assert len(found) > 0.85 * len(" ".join(text.split()))


def test_an_organisation_in_an_english_line_is_a_passage() -> None:
    line = (
        "HE SAID THAT MEMBERS OF THE FRENTE NACIONAL DE TRABAJADORES DEL CAMPO WILL MEET WITH HIM ON FRIDAY."
    )
    assert told(line) == "FRENTE NACIONAL DE TRABAJADORES DEL CAMPO"


@pytest.mark.parametrize(
    "text",
    [
        "TALKED TO JUAN CARLOS ORTEGA BEFORE HE LEFT FOR LA PAZ ON MONDAY.",
        "E.G. THE LOS ANGELES CONSULATE",
        "ee oe es e a ee el ne oe en ee de oo e",  # dirt
        "E.O. 11652: GDS TAGS: PFOR, ENRG, ECON, BL SUBJ: PRICE OF TIN",
    ],
)
def test_names_dirt_and_the_heads_of_telegrams_are_no_language(text: str) -> None:
    assert not foreign_passages(text)


def test_it_takes_little_time() -> None:
    text = 200 * ENGLISH + 20 * WORN
    foreign_passages(text)
    start = time.perf_counter()
    foreign_passages(text)
    assert len(text) / (time.perf_counter() - start) > 20_000
