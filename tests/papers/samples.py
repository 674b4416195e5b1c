"""Made papers: telegrams, memoranda and covers as files hold them."""

from __future__ import annotations

from septel.capture import Capture, Page, PageAccount, PageOutcome
from septel.text import Source, Span, Step

ENGINE = Step.of("engine", "1")

COVER = """JFK Assassination System
Identification Form
Date: 5/21/201
Agency Information
AGENCY: FBI
RECORD NUMBER: {number}
RECORD SERIES: HQ
AGENCY FILE NUMBER: 105-114543-1ST NR 224
Document Information
ORIGINATOR: CIA
FROM: CIA
TO:
TITLE: REPORT ON THE HARBOUR
DATE: 01/19/1965
PAGES: 2
SUBJECTS: MR, CUBAN INVASION
DOCUMENT TYPE: PAPER, TEXTUAL DOCUMENT
CLASSIFICATION: Secret
RESTRICTIONS: 1B
CURRENT STATUS: Redact
DATE OF LAST REVIEW: 05/06/1998
OPENING CRITERIA: APPROVAL OF CIA
COMMENTS:
"""
MEMORANDUM = """SECRET
18 June 1964
MEMORANDUM FOR THE RECORD
SUBJECT: Meeting on the Harbour
1. The group met and talked about the harbour at some length, as it had done before, and about the boats that
lie in it; nobody had anything new to say of them, and the chairman closed the meeting early.
2. It was agreed to meet again when the weather had turned, and to ask the Navy for its opinion by then.
"""
MEMORANDUM_2 = """-2-
The Navy was said to be of the opinion that the boats should be moved before winter, whatever the harbour
master might think of it, and the group saw no reason to disagree with the Navy in a matter of boats.
John A. Smith
"""
CABLE = """CLASSIFIED MESSAGE
ORIG: J. DOE
UNIT: WH/3
EXT: 5613
DATE: 12 OCTOBER 1963
TO: MEXICO CITY
FROM: DIRECTOR
CONF: C/WH 5
DEFERRED
ROUTINE
IMMEDIATE MEXI INFO GUAT CITE DIR {number}
KAPOK LCHARVEST
REF: MEXI 6483 (IN 38148)*
1. HARBOUR MASTER ARRIVED MONDAY AND WENT TO SEE THE BOATS WITH HIS BROTHER AND TWO OTHER MEN.
2. STATION REQUESTED TO REPORT WHAT THEY SAID ABOUT THE WEATHER AND THE NAVY.
END OF MESSAGE
RELEASING OFFICER COORDINATING OFFICERS AUTHENTICATING OFFICER
REPRODUCTION BY OTHER THAN THE ISSUING OFFICE IS PROHIBITED
"""
TELEGRAM = """PAGE 01  HELSINKI 0{number}  211430Z

ACTION SS-25

INFO  OCT-01 ADP-00 /026 W
            --------------------- 073316
P 2114{number:.2}Z NOV 69
FM USDEL SALT HELSINKI
TO SECSTATE WASHDC PRIORITY 4410
INFO AMEMBASSY MOSCOW

C O N F I D E N T I A L HELSINKI {number}

SUBJECT: SALT: {subject}

REF: STATE 81206

1. SMITH OPENED THE MEETING BY READING THE STATEMENT.

2. SEMENOV SAID THAT HE HAD LISTENED TO IT WITH ATTENTION.
{signed}
"""


def telegram(number: int, subject: str = "PLENARY MEETING", signed: str = "SMITH") -> str:
    """One telegram from Helsinki."""
    return TELEGRAM.format(number=str(number), subject=subject, signed=signed)


def captured(*pages: str, name: str = "file.pdf", step: Step | None = ENGINE) -> Capture:
    """Pages as a capture without geometry."""
    spans, at = [], 0
    for page in pages:
        spans.append(Span(at, at + len(page)))
        at += len(page)
    source = Source(name=name, digest="ab" * 32, text="".join(pages), pages=tuple(spans), step=step)
    return Capture(
        source=source,
        pages=tuple(
            Page(number=n, span=span, lines=())
            for n, span in enumerate(spans, 1)
            if span.of(source.text).strip()
        ),
        accounts=tuple(
            PageAccount(
                number=n, outcome=PageOutcome.READ if span.of(source.text).strip() else PageOutcome.BLANK
            )
            for n, span in enumerate(spans, 1)
        ),
    )
