"""A document laid out for the record: who takes part, and its paragraphs with their role."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from septel.record.layout.parties import within_one_government
from septel.record.layout.prose import Prose, ReadingText
from septel.record.model import Excerpt
from septel.telegram import Telegram


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    SUMMARY = "summary"
    COMMENT = "comment"
    TOPIC = "topic"
    ENCLOSED = "enclosed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutBlock:
    """One paragraph.

    Attributes:
        path: its number, or its place in the order.
        role: what it is for.
        prose: its text.
        numbered: whether the page numbers it.
        giver: for enclosed texts: who gives them, as the heading says; else None.
        topic: the heading above it, as the page has it.
        label: its number, letter or dash, as the page has it.
    """

    path: str
    role: Role
    prose: Prose
    numbered: bool = False
    giver: Excerpt | None = None
    topic: Excerpt | None = None
    label: str = ""

    def cut(self, at: int) -> tuple[LayoutBlock, LayoutBlock]:
        """The words before a place and those from it on, each as a paragraph without number or label."""
        prose = self.prose
        parts = (
            Prose(prose.carried, prose.text[part], prose.at[part], prose.paragraph)
            for part in (slice(0, at), slice(at, None))
        )
        before, behind = (
            LayoutBlock(path=self.path, role=self.role, prose=part, topic=self.topic) for part in parts
        )
        return before, behind


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParticipant:
    """One entry of a list of participants.

    Attributes:
        text: the entry.
        side: the heading above it that names a side, or empty.
    """

    text: Excerpt
    side: str = ""


INFORMATION_REPORT = "information report"
_REPORT = re.compile(
    r"\bIN.ORMATION (?:REPORT|CABLE)\b|\bINTELLIGENCE INFORMATION\b|\bUNEVALUATED INFORMATION\b"
)
_SOURCE = re.compile(
    r"^\W*SOURCES?(?: AND APPRAISAL)?\b(?! GRADING| (?:OF|COMMENT))"
    r"[ \t]*[:.]?\s*(?!SEE BELOW)(?P<who>[^\n]{8,})",
    re.MULTILINE,
)
_REPORT_HEAD = 2500
"""Characters within which the head of an information report stands."""


def report_source(text: str) -> str | None:
    """From whom an information report has it, in its own words; None of another document, empty if untold."""
    head = text[:_REPORT_HEAD].upper()
    if not _REPORT.search(head):
        return None
    found = _SOURCE.search(head)
    if found is None:
        return ""
    words = text[found.start("who") : found.end("who")]
    return " ".join(re.split(r"(?<=\w{3})\.\s", words)[0].split()).rstrip(".")


_SEAT = re.compile(
    r"\bDepartment of\b|\bthe Department\b|\b(?:Acting )?Secretary of State\b|\bWhite House\b"
    r"|\b(?:Intelligence|Information) Agency\b|\bJoint Chiefs\b|\bAdminis?tration\b|\bNaval Operations\b"
    r"|\bPresident['’]s\b"
)
"""Who sends a message from the seat of the government."""
_ABROAD = re.compile(r"\b(?:Embassy|Mission|Delegation|Station|Consul)|, (?:at|in) ")
_TO_PRESIDENT = re.compile(
    r"(?:the )?President(?:\s*$| (?:Roosevelt|Truman|Eisenhower|Kennedy|Johnson|Nixon|Ford|Carter)\b)"
)
_POST = re.compile(r"\b(?:Embassy|Ambassador|Legation|Mission|Consul|Delegation|Charg[ée])")
"""Who sends a message as a telegram is sent: it tells of a talk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLayout:
    """A document laid out for the record.

    Attributes:
        signer: the name under it, or of who drafted it.
        heading: its title line or lines.
        listed: the list of participants, where it has one.
        source: from whom an information report has what it tells, in its own words; else empty.
        sender: from or by whom the heading says that the document is.
        addressee: to whom the heading says that it is.
        closing: a short line with which an edited text ends, be it a name, initials or an office.
    """

    kind: str
    title: str
    carried: ReadingText
    blocks: tuple[LayoutBlock, ...]
    date: str | None = None
    time: str | None = None
    place: Excerpt | None = None
    heading: Prose | None = None
    subject: Prose | None = None
    signer: Excerpt | None = None
    drafter: str = ""
    origin: str = ""
    listed: tuple[ListedParticipant, ...] = ()
    source: str = ""
    sender: Excerpt | None = None
    addressee: Excerpt | None = None
    closing: Excerpt | None = None

    @property
    def is_dispatched(self) -> bool:
        """Whether a post sends it under its own name: a telegram, an airgram, a despatch, a report."""
        return self.kind in ("telegram", "airgram", "despatch", INFORMATION_REPORT)

    @property
    def is_sent(self) -> bool:
        """Whether a post or an agent reports, be it in a letter or a memorandum home."""
        return self.is_dispatched or self.is_sent_home

    @property
    def is_sent_home(self) -> bool:
        """Whether one office of a government writes to another: what it thinks is no party's statement."""
        told = self.kind == "message" and self.sender is not None and not _POST.search(self.sender.words)
        return (
            (told or self.kind in ("letter", "memorandum"))
            and self.sender is not None
            and within_one_government(self.sender, self.addressee, by_memorandum=self.kind == "memorandum")
        )

    @property
    def is_instruction(self) -> bool:
        """Whether the seat of a government writes to a post: what it asks for is yet to be said."""
        if self.origin.upper().startswith(("SECSTATE", "DEPARTMENT", "STATE")):
            return True
        to = self.addressee.words if self.addressee is not None else ""
        seat = self.sender is not None and _SEAT.search(self.sender.words) is not None
        seated = _SEAT.search(to) is not None or _TO_PRESIDENT.match(to) is not None
        home = seated and _ABROAD.search(to) is None
        return self.is_dispatched and seat and not home


_FORM = re.compile(
    r"\b(?:REPORT NO|DATE DISTR|DATE OF (?:INFO|REPORT)|PLACE (?:&|AND) DATE|NO\.? (?:OF )?PAGES"
    r"|APPRAISAL|SOURCE GRADINGS|FIELD REPORT NO"
    r"|UNEVALUATED INFORMATION|(?:CLASSIFICATION\W+)?DISSEMINATION CONTROLS"
    r"|NATIONAL DEFENSE OF THE UNITED STATES|ESPIONAGE LAWS|MESSAGE REFERENCE|TOTAL COPIES"
    r"|REPRODUCTION PROHIBITED)\b"
)
_LEAST_BEFORE_FORM = 200
"""Characters of text that must stand before the foot of a printed form."""
_DISSEMINATION = re.compile(r"(?:FIELD )?DISSEM(?:INATION)?\b\s*[:.]")
_COMMENTS_OF = re.compile(r"\W*COMMENTS? (?:OF|BY|MADE|ON|FROM)\b")
"""Opens a subject (`COMMENTS OF BEN BELLA ON POLICY`), no comment of the post's."""


_LONGEST_BLOCK = 12_000
"""Characters of a paragraph; no print has one of a third of them."""


def with_bounded_blocks(paper: DocumentLayout) -> DocumentLayout:
    """A document whose paragraphs are cut where they are longer than any: a text kept as one line.

    What is asked of a sentence looks at its whole paragraph, so that time would grow with its square.
    """
    blocks: list[LayoutBlock] = []
    for block in paper.blocks:
        while len(block.prose.text) > _LONGEST_BLOCK:
            stop = block.prose.plain.rfind(". ", _LONGEST_BLOCK // 2, _LONGEST_BLOCK)
            first, block = block.cut(stop + 2 if stop > 0 else _LONGEST_BLOCK)
            blocks.append(first)
        blocks.append(block)
    return replace(paper, blocks=tuple(blocks))


def paper_of(telegram: Telegram, carried: ReadingText) -> DocumentLayout:
    """A telegram laid out: its summary, opening, paragraphs and comment in the order of the page."""
    owners: dict[str, list[int]] = {}
    for place in telegram.places:
        if place.layer == "text":
            owners.setdefault(place.part, []).append(place.line)
    blocks: list[LayoutBlock] = []
    commenting = False
    for part, lines in owners.items():
        if part == "signature":
            continue
        prose = Prose.of(carried, (carried.lines[n - 1] for n in lines if n <= len(carried.lines)), part)
        if not prose.text.strip():
            continue
        if _DISSEMINATION.match(_unlabelled(prose).upper):
            continue
        form = _FORM.search(prose.upper)
        if form and form.start() < _LEAST_BEFORE_FORM:
            continue  # the printed form around an information report
        if form:
            prose = Prose(
                prose.carried, prose.text[: form.start()], prose.at[: form.start()], prose.paragraph
            )
        paragraph = telegram.paragraph(part)
        opens = re.match(r"\W*(?:\d{1,2}\s*[.)]\s*)?(?:BEGIN\s+)?COMMENTS?\b\s*[:.!;]", prose.upper)
        if part == "summary":
            role = Role.SUMMARY
        elif _COMMENTS_OF.match(_unlabelled(prose).upper):
            role = Role.BODY
        elif part == "comment" or opens or (paragraph and "comment" in paragraph.roles):
            role, commenting = Role.COMMENT, True
        elif commenting and not part[:1].isalpha():
            role = Role.COMMENT
        else:
            role = Role.BODY
        if commenting and re.search(r"\bEND\s+(?:OF\s+)?COMMENT\b", prose.upper):
            commenting = False
        blocks.append(
            LayoutBlock(
                path=part,
                role=role,
                prose=_unlabelled(prose),
                numbered=part[:1].isdigit(),
                label=part if part[:1].isdigit() else "",
            )
        )
    heading = telegram.heading
    sent = heading.sent.value if heading.sent else None
    date = None
    if sent and sent.year and sent.month:
        date = f"{sent.year:04d}-{sent.month:02d}-{sent.day:02d}"
    subject_lines = [p.line for p in telegram.places if p.part == "subject"]
    subject = (
        Prose.of(carried, (carried.lines[n - 1] for n in subject_lines), "subject") if subject_lines else None
    )
    signer = _signer(telegram, carried, owners, blocks)
    number = heading.number.value if heading.number else None
    title = heading.mrn or (f"{number.post or ''} {number.serial}".strip() if number else "")
    source = report_source(carried.text)
    origin = heading.originator.value.name if heading.originator else ""
    origin = "" if _PAGE_HEAD.match(origin) else origin
    return DocumentLayout(
        kind="telegram" if source is None else INFORMATION_REPORT,
        source=source or "",
        title=title,
        carried=carried,
        blocks=tuple(blocks),
        date=date,
        subject=subject,
        signer=signer,
        origin=origin,
    )


_PAGE_HEAD = re.compile(r"\W*PAGE\b\s*(?:[:.\d]|(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)\b|$)")
"""The head of a continuation page, its number in figures or words: no name."""


def _heads(signer: Excerpt, blocks: list[LayoutBlock]) -> bool:
    """Whether what looks like a signature stands above the text: a line of the heading."""
    return bool(blocks) and signer.line < min(block.prose.excerpt(0, 1).line for block in blocks)


def _signer(
    telegram: Telegram, carried: ReadingText, owners: dict[str, list[int]], blocks: list[LayoutBlock]
) -> Excerpt | None:
    """Who signs; None where nobody does, or a page's head or a line above the text looks like it."""
    signer = None
    if telegram.signature:
        lines = owners.get("signature") or [
            carried.reading.source.line_at(telegram.signature.locus.span.start)
        ]
        signed = Prose.of(carried, (carried.lines[n - 1] for n in lines), "signature")
        at = signed.text.rfind(telegram.signature.raw) if "signature" not in owners else -1
        if at >= 0:
            signer = signed.excerpt(at, at + len(telegram.signature.raw))  # it ends a line of the text
        elif signed.text:
            signer = signed.excerpt(0, len(signed.text))
    if signer is not None and (_PAGE_HEAD.match(signer.words) or _heads(signer, blocks)):
        return None
    return signer


_LABEL = re.compile(
    r"\W{0,3}(?:\d{1,2}\s*[.,)]|[A-Z0-9&]\s*[.,•)])\s+|\W{0,3}SUMMARY\s*[:.]\s*"
    r"|\W{0,3}(?:BEGIN\s+)?COMMENTS?\s*[:.!;]\s*"
)


def _unlabelled(prose: Prose) -> Prose:
    """The paragraph without its number or letter, which is no part of what was said."""
    start = 0
    for _ in range(2):
        label = _LABEL.match(prose.upper, start)
        if not label or label.end() >= len(prose.text):
            break
        start = label.end()
    return Prose(prose.carried, prose.text[start:], prose.at[start:], prose.paragraph) if start else prose
