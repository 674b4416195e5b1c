"""What an outline shows of a telegram's heading."""

from __future__ import annotations

from septel.cli.shared.summary import fields_shown
from septel.telegram import parse
from septel.text import Reading, Source
from tests.telegram.samples import ELECTRONIC

STAMP = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005"


def test_a_stamp_of_release_that_was_cut_off_on_one_page_is_shown_once() -> None:
    text = f"{STAMP}\n{ELECTRONIC}\nDeclassified/Released\n{STAMP}\n"
    reading = Reading.of(Source.of_text(text))
    shown = dict(fields_shown(parse(reading), reading))
    assert shown["released"] == STAMP
