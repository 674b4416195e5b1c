"""What language alone may not change: code words, hours, and blanks between words."""

import pytest

from septel.pipeline import restore_source
from septel.restore import Restorer
from septel.restore.document.quantities import beyond_language
from septel.text import Source, digest_of


@pytest.mark.parametrize(
    ("guess", "before"),
    [
        ("AMBAUNA-14", "AMFAUNA~14"),
        ("AMERICA'S", "AMWEST/2'S"),
        ("12:00.00", "12:00:00"),
        ("65.01", "65°01"),
        ("ANTI-CASTRO", "ANTI CASTRO"),
        ("MAAG/USOM", "MAAG    USOM"),
    ],
)
def test_language_changes_no_code_word_hour_or_blank(guess: str, before: str) -> None:
    assert beyond_language(guess, before)


def test_a_hyphen_may_be_lost_where_an_engine_looked() -> None:
    assert not beyond_language("OCT-01", "OCT 01", blanks=False)


@pytest.mark.parametrize(
    ("guess", "before"),
    [
        ("AMTRUNK-7", "AMTRUNK~7"),
        ("ASSASSINATION", "ASSASSINAT-1ON"),
        ("ABROAD/BACKGROUND", "ABROAD /BACKGROUND"),
        ("HEADQUARTERS", "HEADQU ARTERS"),
        ("FACIO,", "FACI!9."),
        ("1964", "1°64"),
        ("MILITARY", "MILATARY"),
    ],
)
def test_what_was_seen_is_put_right_as_ever(guess: str, before: str) -> None:
    assert not beyond_language(guess, before)


def test_a_page_keeps_its_code_words() -> None:
    text = (
        "THE STAT1ON ASKFD AMCARDON-2 TO MEFT ARFAUNA-3 AT THE HOTEI. AT 12:00:00 ON M0NDAY.\n"
        "THE ANTI CASTRO GR0UP OF AMFAUNA-14 WAS 1N MIAMl AT 65°01 NORTH.\n"
    )
    source = Source(name="page", digest=digest_of(text.encode()), text=text)
    assert restore_source(source, Restorer.load()).lines == (
        "THE STATION ASKED AMCARDON-2 TO MEET ARFAUNA-3 AT THE HOTEL AT 12:00:00 ON MONDAY.",
        "THE ANTI CASTRO GROUP OF AMFAUNA-14 WAS IN MIAMI AT 65°01 NORTH.",
    )
