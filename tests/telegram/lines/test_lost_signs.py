"""Headings of bad copies of which single signs or words were lost, read by what else the telegram says."""

from __future__ import annotations

from dataclasses import replace

from septel.lexicon import Lexicon
from septel.telegram import Telegram, parse
from septel.telegram.heading.own_post import typed_post
from septel.telegram.heading.worn_tags import mended_tags, tags_with_a_lost_letter
from septel.text import Reading, Source, Step

PAGE = """UNCLASSIFIED
PAGE 01 LA PAZ 01433 081528Z
ACTION ARA-20
INFO OCT-01 ISO-00 /021 W
--------------------- 037000
R 081446Z MAR 74
FM AMEMBASSY LA PAZ
TO SECSTATE WASHDC 2478
INFO AMEMBASSY LIMA
UNCLAS LA PAZ 1433
E.O. 11652: N/A
TAGS: EFIN, BL
SUBJ: HARBOUR DUES
1. THE MINISTER SAID THAT HE WOULD RAISE THE DUES OF THE HARBOUR AFTER
THE MEETING OF NEXT WEEK, SINCE THE TREASURY HAD ASKED HIM FOR THAT.
2. HE DID NOT SAY BY HOW MUCH.
3. HE DID NOT SAY EITHER WHEN THE MEETING WOULD BE.
STEDMAN
UNCLASSIFIED
NNN
"""


def worn(*changes: tuple[str, str]) -> Telegram:
    text = PAGE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse(Reading.of(replace(Source.of_text(text), step=Step.of("engine", "1"))))


def stations(telegram: Telegram) -> list[str]:
    return [one.station.post or one.station.name for one in telegram.heading.addressees]


def test_a_post_with_a_lost_letter_is_the_one_that_it_can_be() -> None:
    number = worn(("UNCLAS LA PAZ 1433", "UNCLAS L PAZ 1433")).heading.number
    assert number is not None
    assert (number.value.post, number.value.serial, number.basis) == ("LA PAZ", 1433, "nearest")


def test_a_class_line_among_the_addressees_is_none() -> None:
    assert stations(worn(("INFO AMEMBASSY LIMA\n", "INFO AMEMBASSY LIMA\nUNCLAS A PA 40 6\n"))) == [
        "STATE",
        "LIMA",
    ]
    assert stations(worn(("UNCLAS LA PAZ 1433", "LA PAZ 1433\nUNCLAS"))) == ["STATE", "LIMA"]


def test_a_second_from_is_a_misread_to() -> None:
    assert stations(worn(("TO SECSTATE", "FM SECSTATE"))) == ["STATE", "LIMA"]


def test_a_zone_read_as_a_stop() -> None:
    sent = worn(("R 081446Z MAR 74", "R 081446. MAR 74")).heading.sent
    assert sent is not None
    assert sent.value.iso == "1974-03-08T14:46Z"


def test_a_zone_read_as_a_stop_in_another_week_is_not_guessed() -> None:
    sent = worn(("R 081446Z MAR 74", "R 011446. MAR 74")).heading.sent
    assert sent is None or "1974-03-01" not in sent.value.iso


def test_codes_without_their_label() -> None:
    tags = worn(("TAGS: EFIN, BL", " EFIN, BL")).heading.tags
    assert tags is not None
    assert tags.value == ("EFIN", "BL")


def test_codes_with_a_stop_for_a_comma() -> None:
    tags = worn(("TAGS: EFIN, BL", "TAGS: EFIN.BL")).heading.tags
    assert tags is not None
    assert tags.value == ("EFIN", "BL")


def test_an_unknown_code_near_the_senders_country_is_that_country() -> None:
    tags = worn(("TAGS: EFIN, BL", "TAGS: EFIN, BLI")).heading.tags
    assert tags is not None
    assert tags.value == ("EFIN", "BL")


def test_a_code_with_two_readings_keeps_both() -> None:
    tags = worn(("TAGS: EFIN, BL", "TAGS: EFI, BL")).heading.tags
    assert tags is not None
    assert tags.value == ("EFI", "BL")
    assert set(tags.alternatives) == {("EFIN", "BL"), ("EFIS", "BL")}


def test_a_code_of_three_letters_stands_with_what_it_may_be() -> None:
    lexicon = Lexicon.shipped()
    assert mended_tags(("MAR", "BL"), lexicon) == ("MAR", "BL")
    assert tags_with_a_lost_letter(("PFO", "BL"), lexicon) == (("PFOR", "BL"),)
    assert tags_with_a_lost_letter(("PFOR", "BL"), lexicon) == ()


def test_a_label_is_no_caption() -> None:
    assert worn(("TAGS: EFIN, BL", "TAOS:")).heading.captions == ()


def test_a_first_paragraph_that_ran_into_the_subject() -> None:
    telegram = worn(("1. THE MINISTER SAID", "THE MINISTER SAID"), ("SUBJ: HARBOUR DUES", "SUBJECT: " + LONG))
    subject = telegram.heading.subject
    assert subject is not None
    assert subject.value == LONG
    assert telegram.paragraphs[-1].path == "3"
    assert "WOULD RAISE THE DUES" in " ".join(
        part.text for part in (*telegram.paragraphs, telegram.opening) if part
    )


LONG = "HARBOUR DUES THAT SHIPS OF ALL FLAGS ARE TO PAY"


def test_a_subject_of_two_lines_is_whole() -> None:
    two = ("SUBJ: HARBOUR DUES", f"SUBJECT: {LONG}\nAT LA GUAIRA")
    subject = worn(two).heading.subject
    assert subject is not None
    assert subject.value == f"{LONG} AT LA GUAIRA"


def test_letters_of_references_whose_brackets_were_misread() -> None:
    told = worn(("SUBJ: HARBOUR DUES\n", "SUBJ: HARBOUR DUES\nREF:  STATE 111288 (BE STATE 092124\n"))
    assert [one.value for one in told.heading.references] == ["(A) STATE 111288", "(B) STATE 092124"]


def test_a_clerks_slip_in_the_name_of_a_post() -> None:
    lexicon = Lexicon.shipped()
    for typed, meant in (("AMEMBASSY BRAZILIA", "BRASILIA"), ("AMEMBISSY LIMA", "LIMA")):
        post = typed_post(typed, lexicon)
        assert post is not None
        assert post.name == meant
    assert typed_post("AMERICAN SCHOOL LIMA", lexicon) == lexicon.post("AMERICAN SCHOOL LIMA")
