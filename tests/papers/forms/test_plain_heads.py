"""Heads of 1949-52, of the Army and of the Domestic Contact Division; all are made up."""

from __future__ import annotations

from septel.papers import PaperKind, runs_of
from septel.papers.forms import FormFields, form_fields
from septel.papers.forms.cables.plain_heads import plain_head
from septel.papers.places import FormWitness

EARLY = """INCOMING CLASSIFIED MESSAGE
CENTRAL INTELLIGENCE AGENCY
SECRET
ROUTINE
27 DEC 51
From: FRANKFURT
IN 22716
FRAN 3173
TO: WASHF    INFO: HEIDF    CITE: KARLF
RE: KARL 3082 (IN 22650), WASH 04807 (OUT 71940)
1. SUBJECT ARRIVED 20 DECEMBER AND WAS MET BY STATION OFFICER.
TOR: 1507Z 27 DEC 51
"""
ARMY = """INCOMING CLASSIFIED MESSAGE
CENTRAL INTELLIGENCE AGENCY
From: DEPARTMENT OF THE ARMY        PRIORITY
29 AUG 51
IN 18012
NR: DA 99529      TO: CINCEUR HEIDELBERG GERMANY
INFO: HICOG FRANKFURT
1. REQUEST YOU FURNISH DETAILS OF ARRIVAL.
"""
CONTACT = """R 171755Z APR 74
CONFIDENTIAL 171755Z APR 74
CITE DOS/NEW YORK 21018
TO: DOS/HEADQUARTERS
SUBJECT: CASE 62340
REF: DCD/NEW YORK 20995
1. WE CONTACTED MR SMITH ON 16 APRIL.
2. ADVISE.
"""
TELETYPED = """O 211035Z
FM CIA
TO RUEPWH/WHITE HOUSE
BT
C O N F I D E N T I A L NO FOREIGN DISSEM
TDCS DB-315/00171-65
COUNTRY: DOMINICAN REPUBLIC
SUBJECT: PLANS FOR DEMONSTRATION
DOI: 20 MAY 1965
PADA: DOMINICAN REPUBLIC, SANTO DOMINGO (21 MAY 1965)
1. THE GROUP PLANS A DEMONSTRATION.
BT
"""


def _read(text: str, kind: PaperKind = PaperKind.CABLE) -> FormFields:
    return form_fields(kind, [FormWitness.of_texts([text])])


def test_a_cable_of_1951_has_its_number_on_a_row_of_its_own() -> None:
    found = _read(EARLY)
    assert (found.originator, found.number, found.date) == ("FRANKFURT", "FRAN 3173", "1951-12-27")
    assert found.references == ("KARL 3082 (IN 22650)", "WASH 04807 (OUT 71940)")


def test_an_army_message_on_the_same_form() -> None:
    found = _read(ARMY)
    assert (found.originator, found.number) == ("DEPARTMENT OF THE ARMY", "DA 99529")
    assert (found.to, found.info) == (("CINCEUR HEIDELBERG GERMANY",), ("HICOG FRANKFURT",))


def test_a_contact_office_cites_itself_and_its_city() -> None:
    found = _read(CONTACT)
    assert (found.originator, found.number) == ("DOS/NEW YORK", "DOS/NEW YORK 21018")
    assert (found.to, found.references) == (("DOS/HEADQUARTERS",), ("DCD/NEW YORK 20995",))
    assert found.date == "1974-04-17"
    assert runs_of([[CONTACT]])[0].kind is PaperKind.CABLE


def test_a_report_that_went_by_teletype_is_a_report() -> None:
    assert runs_of([[TELETYPED]])[0].kind is PaperKind.REPORT
    found = _read(TELETYPED, PaperKind.REPORT)
    assert found.originator == "DOMINICAN REPUBLIC, SANTO DOMINGO"
    assert found.subject == "PLANS FOR DEMONSTRATION"


def test_a_code_with_a_number_in_a_text_is_no_head() -> None:
    assert plain_head(["MEXI 7083", "1. NOTHING TO REPORT."]) == FormFields()


def test_a_wire_between_washington_and_an_office() -> None:
    found = plain_head(["SECRET", "NYOR CITE WA 61494", "CASE 41619"])
    assert (found.originator, found.to, found.number) == ("WA", ("NYOR",), "WA 61494")
    assert plain_head(["SECRET", "PRITY WA CITE NYOR 6396"]).to == ("WA",)
    assert plain_head(["SECRET", "MEXI CITE RIOD 1494"]) == FormFields()


def test_contact_offices_of_1971_are_addressed_without_a_label() -> None:
    found = plain_head(["SECRET 031900Z MAR 71 CITE CONTACTS/WASHINGTON 89439", "CONTACTS/NEW YORK"])
    assert (found.originator, found.to) == ("CONTACTS/WASHINGTON", ("CONTACTS/NEW YORK",))
