"""What another parser of the Department's telegrams expects of headings, where the form was in use by 1979.

The expectations are facts about lines of telegrams, taken from the published tests of heuer/cablemap (BSD).
What belongs to the forms of after 1979 is left out: small letters, E.O. 12958, SIPDIS, `Classified By`.
"""

from __future__ import annotations

import pytest

from septel.telegram import Heading, Telegram, parse
from septel.text import Reading, Source


def telegram(lines: str) -> Telegram:
    return parse(
        Reading.of(Source.of_text(f"UNCLAS PARIS 12\n\n{lines}\n\n1. THE TEXT BEGINS HERE.\nSMITH\n"))
    )


def heading(lines: str) -> Heading:
    return telegram(lines).heading


TAGS = [
    ("TAGS: PREL ECON EFIN ELAB PGOV FR", ["PREL", "ECON", "EFIN", "ELAB", "PGOV", "FR"]),
    ("TAGS PREL ECON EFIN ELAB PGOV FR", ["PREL", "ECON", "EFIN", "ELAB", "PGOV", "FR"]),
    ("TAGS ECON, PGOV, EFIN, MOPS, PINR, UK", ["ECON", "PGOV", "EFIN", "MOPS", "PINR", "UK"]),
    ("TAG PTER, PGOV, ASEC, EFIN, ENRG", ["PTER", "PGOV", "ASEC", "EFIN", "ENRG"]),
    (
        "TAGS: OVIP (STEINBERG, JAMES B.), PREL, PARM,\nMNUC, MARR",
        ["OVIP", "(STEINBERG, JAMES B.)", "PREL", "PARM", "MNUC", "MARR"],
    ),
    ("TAGS: ECON EINV ENRG PGOV PBTS MARR BR", ["ECON", "EINV", "ENRG", "PGOV", "PBTS", "MARR", "BR"]),
    ("TAGS PGOV, PREL, IR, IS, GOI EXTERNAL", ["PGOV", "PREL", "IR", "IS", "GOI EXTERNAL"]),
    ("TAGS: MASS MOPS OVIP PARM PINR PREL", ["MASS", "MOPS", "OVIP", "PARM", "PINR", "PREL"]),
]


@pytest.mark.parametrize(("line", "tags"), TAGS)
def test_tags(line: str, tags: list[str]) -> None:
    found = heading(f"E.O. 11652: N/A\n{line}\nSUBJECT: TALKS").tags
    assert found is not None and list(found.value) == tags


SUBJECTS = [
    ("SUBJECT:  SINGLE LINE SUBJECT \n\nREF: PARIS 1", "SINGLE LINE SUBJECT"),
    (
        "SUBJECT: SAG AGREES TO USG STEPS TO PROTECT OIL FACILITIES\nREF: A. RIYADH 1579  B. RIYADH 1408",
        "SAG AGREES TO USG STEPS TO PROTECT OIL FACILITIES",
    ),
    (
        "SUBJECT: SAG AGREES TO USG STEPS TO PROTECT OIL FACILITIES\nREF A. RIYADH 1579  B. RIYADH 1408",
        "SAG AGREES TO USG STEPS TO PROTECT OIL FACILITIES",
    ),
    ("SUBJECT: NEGOTIATIONS \n ", "NEGOTIATIONS"),
    (
        "SUBJECT: UAE FM DISCUSSES TALIBAN FINANCIAL FLOWS AND REINTEGRATION \nWITH AMB. HOLBROOKE AND COHEN",
        "UAE FM DISCUSSES TALIBAN FINANCIAL FLOWS AND REINTEGRATION WITH AMB. HOLBROOKE AND COHEN",
    ),
    (
        "SUBJECT:  EXTENDED NATIONAL JURISDICTIONS OVER HIGH SEAS \n\nREF: STATE 106206 CIRCULAR; STATE 12",
        "EXTENDED NATIONAL JURISDICTIONS OVER HIGH SEAS",
    ),
    (
        "SUBJECT: COUNSELOR, CSIS DIRECTOR DISCUSS CT THREATS,\nPAKISTAN, AFGHANISTAN, IRAN\nREF: OTTAWA 1",
        "COUNSELOR, CSIS DIRECTOR DISCUSS CT THREATS, PAKISTAN, AFGHANISTAN, IRAN",
    ),
    (
        "SUBJECT: MEMBERS OF CONGRESS TALK BONUSES, BAIL-OUTS AND\nOTHER REFORM MEASURES WITH UK OFFICIALS",
        "MEMBERS OF CONGRESS TALK BONUSES, BAIL-OUTS AND OTHER REFORM MEASURES WITH UK OFFICIALS",
    ),
    ("SUBJECT: ENERGY INSTALLATIONS REF: BRASILIA 861", "ENERGY INSTALLATIONS"),
    (
        "SUBJECT: BRAZIL - NEXT STEPS FOR VARIG UNCLEAR REFS: (A) BRASILIA 1608, (B) BRASILIA 1631",
        "BRAZIL - NEXT STEPS FOR VARIG UNCLEAR",
    ),
    (
        "SUBJECT: GOL DELAYS RELEASING ACTIVIST REF: A) TRIPOLI 223, B) TRIPOLI 229",
        "GOL DELAYS RELEASING ACTIVIST",
    ),
    ("SUBJECT: GULNORA INC. STRIKES AGAIN \nREFS: A) 04 TASHKENT 3390", "GULNORA INC. STRIKES AGAIN"),
]


@pytest.mark.parametrize(("lines", "subject"), SUBJECTS)
def test_subjects(lines: str, subject: str) -> None:
    found = heading(lines).subject
    assert found is not None and found.value == subject


def test_references_on_the_subject_line_are_references() -> None:
    found = heading("SUBJECT: TALKS GO ON REFS: (A) BRASILIA 1608, (B) BRASILIA 1631").references
    assert [field.value for field in found] == ["(A) BRASILIA 1608", "(B) BRASILIA 1631"]


RECIPIENTS = [
    (
        "O 201405Z DEC 89\nFM SECSTATE WASHDC\nTO SPECIAL EMBASSY PROGRAM NIACT IMMEDIATE\n"
        "AMCONSUL LENINGRAD NIACT IMMEDIATE",
        [
            ("SPECIAL EMBASSY PROGRAM", True, "IMMEDIATE", None),
            ("AMCONSUL LENINGRAD", True, "IMMEDIATE", None),
        ],
    ),
    (
        "P 061232Z MAR 79\nFM AMEMBASSY BAKU\nTO SECSTATE WASHDC PRIORITY 0872",
        [("SECSTATE WASHDC", False, "PRIORITY", "0872")],
    ),
    (
        "P 182318Z FEB 79\nFM SECSTATE WASHDC\nTO PAGE 02        STATE   015113  182333Z \n"
        "ALL DIPLOMATIC POSTS COLLECTIVE PRIORITY\nAMEMBASSY TRIPOLI PRIORITY",
        [
            ("ALL DIPLOMATIC POSTS COLLECTIVE", False, "PRIORITY", None),
            ("AMEMBASSY TRIPOLI", False, "PRIORITY", None),
        ],
    ),
]


@pytest.mark.parametrize(("lines", "recipients"), RECIPIENTS)
def test_recipients(lines: str, recipients: list[tuple[str, bool, str, str | None]]) -> None:
    text = f"{lines}\n\nUNCLAS STATE 15113\n\nSUBJECT: TALKS\n\n1. TEXT.\nVANCE\n"
    found = parse(Reading.of(Source.of_text(text))).heading.addressees
    assert [(a.station.name, a.night_action, a.precedence, a.number) for a in found] == recipients


def test_a_summary_between_its_marks() -> None:
    text = (
        "SECRET TEHRAN 5055\n\nREF: TEHRAN 4887\n\nSUMMARY: FOLLOWING ASSASSINATION.\nEND SUMMARY\n\n"
        "1. IN WAKE OF IT.\n"
    )
    summary = parse(Reading.of(Source.of_text(text))).summary
    assert summary is not None and summary.closed
    assert summary.text.startswith("FOLLOWING ASSASSINATION.")
