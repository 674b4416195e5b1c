"""Offices that a description names, each in one form, and words for those of the post that reports."""

from __future__ import annotations

import re
from functools import cache

from septel.record.people.cast import Participant

OFFICES = re.compile(
    r"\b(?P<office>ACTING (?:SECRETARY(?![- ]GENERAL)|PRESIDENT|PRIME MINISTER|CHAIRMAN)"
    r"|(?:DEPUTY |ASSISTANT |ACTING |DEPUTY ASSISTANT |DEPUTY UNDER |PARLIAMENTARY "
    r"|PERMANENT )*(?:UNDER|UNDER-)"
    r" ?SECRETARY|(?:DEPUTY |PRINCIPAL |DEPUTY ASSISTANT )*ASSISTANT SECRETARY|DEPUTY SECRETARY"
    r"|SECRETARY[- ]GENERAL"
    r"|GENERAL SECRETARY|FIRST SECRETARY|SECOND SECRETARY|THIRD SECRETARY|FOREIGN SECRETARY|DEFENSE SECRETARY"
    r"|PRIVATE SECRETARY|SPECIAL ASSISTANT|VICE[- ]PRESIDENT|VICE[- ]CHAIRMAN|PRESIDENT(?!(?:'S"
    r"| OF THE (?:BOARD|BANK|SENATE)))"
    r"|DEPUTY PRIME MINISTER|PRIME MINISTER|PRIMIN"
    r"|(?:FIRST |DEPUTY |VICE |ACTING )*(?:FOREIGN|DEFENSE|DEFENCE|FINANCE|INTERIOR|ECONOMY|ECONOMICS"
    r"|TRADE|AGRICULTURE"
    r"|INFORMATION|LABOR|MINING|PLANNING|JUSTICE|EDUCATION|HEALTH) MINISTER|FON ?MIN|DEFMIN|FINMIN|INTMIN"
    r"|MINISTER OF (?:STATE|FOREIGN AFFAIRS|DEFENSE|DEFENCE|FINANCE|INTERIOR|ECONOMY|TRADE|AGRICULTURE"
    r"|INFORMATION|LABOR)"
    r"|AMBASSADOR|AMB|CHARG[EÉ]|DCM|COUNSELL?OR|CHAIRMAN|PREMIER|CHANCELLOR|HIGH COMMISSIONER|CONSUL GENERAL"
    r"|SECRETARY|MINISTER|KING|SHAH|QUEEN|PRINCE|EMPEROR|SULTAN|GENERAL|MARSHAL|ADMIRAL|COLONEL"
    r"|SENATOR|GOVERNOR|DIRECTOR"
    r"|SYG|UNSYG)\b"
)
_SAME_OFFICE = {
    "AMB": "AMBASSADOR",
    "PRIMIN": "PRIME MINISTER",
    "FONMIN": "FOREIGN MINISTER",
    "FON MIN": "FOREIGN MINISTER",
    "MINISTER OF FOREIGN AFFAIRS": "FOREIGN MINISTER",
    "MINISTER OF DEFENSE": "DEFENSE MINISTER",
    "MINISTER OF DEFENCE": "DEFENSE MINISTER",
    "DEFENCE MINISTER": "DEFENSE MINISTER",
    "DEFMIN": "DEFENSE MINISTER",
    "MINISTER OF FINANCE": "FINANCE MINISTER",
    "FINMIN": "FINANCE MINISTER",
    "MINISTER OF INTERIOR": "INTERIOR MINISTER",
    "INTMIN": "INTERIOR MINISTER",
    "MINISTER OF INFORMATION": "INFORMATION MINISTER",
    "MINISTER OF LABOR": "LABOR MINISTER",
    "MINISTER OF AGRICULTURE": "AGRICULTURE MINISTER",
    "UNDER-SECRETARY": "UNDER SECRETARY",
    "VICE-PRESIDENT": "VICE PRESIDENT",
    "SYG": "SECRETARY GENERAL",
    "UNSYG": "SECRETARY GENERAL",
    "SECRETARY-GENERAL": "SECRETARY GENERAL",
    "CHARGÉ": "CHARGE",
    "COUNSELLOR": "COUNSELOR",
}
_PRES = re.compile(r"\bPRES\b\.?")
_SECY = re.compile(r"\bSEC\.(?= |$)|\bSECY\b\.?")
_SECRETARY_ELSE = re.compile(r"SECRETARY OF STATE FOR (?:FOREIGN|COMMONWEALTH)")
_DEFENSE = re.compile(r"\bSECRETARY OF DEFEN[CS]E\b")
_OTHER_SECRETARY = re.compile(
    r"(?<!UNDER )(?<!ASSISTANT )(?<!DEPUTY )\bSECRETARY OF (?:THE )?(?:TREASURY|ARMY|NAVY|AIR FORCE|COMMERCE"
    r"|AGRICULTURE|LABOR|INTERIOR|HEALTH|TRANSPORTATION|ENERGY)\b"
)
"""Other members of a cabinet, who are not THE SECRETARY."""
_PREMIERSHIP = re.compile(r"CHAIRMAN,? (?:OF THE )?(?:SOVIET )?COUNCIL(?: OF MINISTERS)?")


_OWNED = re.compile(r"^[^,;()]*['’]S (?=\S)")
"""Whose somebody is, before what he is."""


@cache
def offices_of(text: str) -> tuple[str, ...]:
    """The offices that a description names, each in one form: UNDER SECRETARY is not SECRETARY."""
    upper = _OWNED.sub("", " ".join(text.upper().split()))  # THE SECRETARY OF STATE'S SPECIAL ASSISTANT
    upper = _SECRETARY_ELSE.sub("FOREIGN SECRETARY", upper)
    upper = _OTHER_SECRETARY.sub("HEAD OF DEPARTMENT", _DEFENSE.sub("DEFENSE SECRETARY", upper))
    upper = _PRES.sub("PRESIDENT", _SECY.sub("SECRETARY", upper))
    found = [m.group("office") for m in OFFICES.finditer(upper)]
    if _PREMIERSHIP.search(upper):
        found.append("PREMIER")
    return tuple(dict.fromkeys(_SAME_OFFICE.get(office, office) for office in found))


OWN_STAFF = re.compile(
    r"(?:A?DCM|A/DCM|EMBOFFS?|POLOFFS?|POL/OFF|ECONOFFS?|DEPTOFFS?|CONOFF|CONGENOFF|PAO|LABATT|ARMA"
    r"|DEFATT|CHARG[EÉ]|USUN|USREP|USDEL"
    r"|CHMAAG|COMUSMACV|CINCPAC|USDELOFF)"
)


def is_own_staff(player: Participant) -> bool:
    """Whether one is of the post that reports, by the word for what they are (`POLOFF`)."""
    return player.kind == "office" and is_own_staff_word(player.person.surname.upper())


def is_own_staff_word(words: str) -> bool:
    """Whether words in upper case are short for someone of the post that reports."""
    return OWN_STAFF.fullmatch(words) is not None


_WRITTEN_OUT = {
    "MFA": "Ministry of Foreign Affairs",
    "FONOFF": "Foreign Office",
    "FONMIN": "Foreign Minister",
    "PRIMIN": "Prime Minister",
    "DEFMIN": "Defense Minister",
    "EMBOFF": "Embassy officer",
    "POLOFF": "political officer",
    "ECONOFF": "economic officer",
    "CONOFF": "consular officer",
    "DEPTOFF": "officer of the Department",
    "DCM": "Deputy Chief of Mission",
    "PAO": "Public Affairs Officer",
    "SYG": "Secretary General",
}


def written_out(words: str, kind: str) -> str:
    """The office in full, where telegrams write it short."""
    return _WRITTEN_OUT.get(words.upper()) or (words if kind == "office" else "")
