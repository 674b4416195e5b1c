"""Words for those of the post that reports, as telegrams write them short (`POLOFF`, `DCM`)."""

from __future__ import annotations

import re

from septel.record.people.cast import Participant

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
