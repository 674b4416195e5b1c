"""What a clause with a verb of saying may be besides: what a body deals with, whom somebody tells of."""

from __future__ import annotations

import re

from septel.record.attribution.frames import Frames, is_strong
from septel.record.attribution.reporting_verbs import ReportingClause, verbs
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.attribution.tokens import WHO, SubjectKind
from septel.record.layout import DocumentLayout, LayoutBlock, Prose, cue, quoted
from septel.record.model import SpeakerBasis, nation_of, nations_in
from septel.record.people import (
    MentionFinder,
    NounKind,
    Participant,
    Reader,
    head_of,
    is_own_staff_word,
    noun_kind,
)
from septel.text import Span

_LEAD = 60
"""Characters before a subject that still opens its sentence."""


_SAYS = re.compile(
    r"\b(?:SAID|REPLIED|ANSWERED|RESPONDED|REMARKED|ADDED) (?:THAT|HE|SHE|IT|THERE|IF|WE|THE|THIS)\b"
)
_TIMED = re.compile(r"\b(?:WHEN|WHILE|AFTER|AS|SINCE|BEFORE)\s*$")
EMBEDDED = re.compile(r"\b(?:THAT|WHETHER|IF|WHAT|HOW|WHY)\b")
_TO_A_HEARER = frozenset({"tell", "inform", "advise", "notify", "assure", "urge", "ask", "stress", "say"})
_TITLED = frozenset({"MR.", "DR.", "PRESIDENT", "MINISTER", "AMBASSADOR", "GENERAL", "AMB"})
NESTING = cue("attributing.nesting")
"""What opens a clause within another."""


_INVERTED = re.compile(
    r"\W*(?:AND |BUT )?(?:HAD|HAS|HAVE|DID|DO|DOES|WAS|WERE|IS|ARE|COULD"
    r"|WOULD|SHOULD|WILL|CAN)(?: NOT|N'T)?\s*$"
)
_NO = re.compile(r"\b(?:NO(?! DOUBT\b)|NOBODY|NONE|NEITHER)\b")


_THIS = re.compile(r"\s+(?:THIS|IT|THESE LINES|YOU THIS)\b")
_WROTE_IT = re.compile(r"\s+(?:THIS|IT|THEM)\s*[.;,]")
_IMPRESSIONS = re.compile(
    r"\W*(?:(?:MY|OUR|THE|COLLECTIVE|GENERAL|OVERALL|FOLLOWING|EMBASSY'?S?|MAIN|PRINCIPAL|PRELIMINARY"
    r"|PERSONAL|OWN|STRONG|CLEAR|SOME|FIRST|OUTSTANDING) ){0,3}"
    r"(?:IMPRESSIONS?|OBSERVATIONS?|ASSESSMENTS?|APPRAISAL|READING)\b"
    r"(?! (?:OF|BY) (?:THE )?(?:MINISTER|AMBASSADOR|PRESIDENT|GENERAL|MR)\b)[^.;:]{0,120}?"
    r"(?:\b(?:IS|ARE|WAS|WERE)\b|:)"
)
"""Opens what the reporter himself makes of it: COLLECTIVE IMPRESSIONS ARE THAT (A) X KNOWS; (B) Y AGREES."""


_FIRST_TIME = re.compile(r"\b(?:FIRST|ONLY|LAST) (?:TIME|OCCASION)(?: THAT)?\s*$")
_IMPRESSION_IS = re.compile(r"\b(?:IMPRESSION|FEELING|BELIEF) IS\b")


def is_nobodys(block: LayoutBlock, head: ReportingClause) -> bool:
    """Whether a clause tells nobody's words: NO OFFICIAL MADE A REQUEST, THE COUNCIL DISCUSSED IT."""
    phrase = head.subject.kind is SubjectKind.PHRASE
    if _IMPRESSIONS.match(head.before) or _FIRST_TIME.search(head.before):
        return True
    if block.prose.plain.startswith("MY", head.subject.start) and _IMPRESSION_IS.search(
        block.prose.plain, head.subject.start, head.end
    ):
        return True  # MY OWN IMPRESSION IS THAT HE IS SYMPATHETIC
    mine = head.subject.kind is SubjectKind.I and head.verb.lemma in ("write", "report")
    if mine and _THIS.match(block.prose.plain, head.end):
        return True  # I WRITE THIS ON THE TRAIN: of the letter itself
    if head.verb.lemma == "write" and _WROTE_IT.match(block.prose.plain, head.end):
        return True  # HILDA WROTE IT.
    if phrase and _INVERTED.match(head.before):
        return True  # HAD NOT THE SOVIET GOVERNMENT THREATENED IT? asks whoever speaks
    if phrase and _NO.search(block.prose.plain[head.subject.start : head.subject.end]):
        return True
    last = verbs().get("".join(head.before.split()[-1:]))
    if head.subject.kind is SubjectKind.I and last is not None and last.group == "attitude":
        return True  # HE UNDERSTOOD I FAVORED IT: what he thinks
    if head.subject.kind is SubjectKind.I and _I_THINK.search(head.before) and last is None:
        behind = block.prose.plain[head.end : head.end + 60]
        if head.verb.group == "attitude" and _ASIDE.match(behind):
            return True  # A REPORTER, I BELIEVE FROM THE TIMES, ASKED ME
    return _of_a_paper(head) or _guessed_at(block, head) or deals_with(block, head)


_I_THINK = re.compile(r"\w,\s*$")
_ASIDE = re.compile(r"\s+(?:FROM|OF|IN|AT|WITH|BY|FOR|ON)\b[^,]{2,50},\s")
_PAPER_DOES = re.compile(
    r"\b(?:DESPATCH|DISPATCH|LETTER|NOTE|TELEGRAM|MEMORANDUM|MESSAGE|REPORT|CABLE|AIRGRAM)\b"
    r"(?: NO\.? ?\d+)?[^,;]{0,30}?\s[A-Z]+ING\b[^,;]*\bAND\s*$"
)


_EVIDENTLY = re.compile(
    r"\b(?:EVIDENTLY|OBVIOUSLY|APPARENTLY|PRESUMABLY|PROBABLY|DOUBTLESS|UNDOUBTEDLY|NO DOUBT)\b"
)


def _guessed_at(block: LayoutBlock, head: ReportingClause) -> bool:
    """HE EVIDENTLY FELT, HE WAS OBVIOUSLY REFERRING: what the reporter takes it to be."""
    if head.subject.kind in (SubjectKind.ELIDED, SubjectKind.I):
        return False
    if head.verb.group != "attitude" and head.verb.lemma != "refer":
        return False
    between = block.prose.plain[head.subject.end : head.verb_start]
    if len(between) < _LEAD and _EVIDENTLY.search(between):
        return True
    return head.verb.group == "attitude" and _EVIDENTLY.match(head.before.strip(' "“(')) is not None


def _of_a_paper(head: ReportingClause) -> bool:
    """YOUR DESPATCH TRANSMITTING IT AND RECOMMENDING THAT WE AGREE: the despatch recommends."""
    elided = head.subject.kind is SubjectKind.ELIDED and head.participle
    return elided and _PAPER_DOES.search(head.before) is not None


def asks_me(block: LayoutBlock, head: ReportingClause) -> bool:
    """AND ASKED ME FOR BACKGROUND: whether somebody speaks to the one who says I."""
    mine = head.subject.kind in (SubjectKind.ELIDED, SubjectKind.I)
    heard = re.match(r"\s+(ME|US)\b(?!\.)", block.prose.plain[head.end :])
    if not mine or heard is None:
        return False
    text = block.prose.text
    nation = not text.isupper() and text.startswith("US", head.end + heard.start(1))
    return not nation and not (heard.group(1) == "US" and head.verb.lemma == "say")  # I SAID US WOULD


def is_timed(head: ReportingClause) -> bool:
    """Whether a clause only tells when another happens: AFTER I SAID THIS."""
    return _TIMED.search(head.before) is not None


def deals_with(block: LayoutBlock, head: ReportingClause) -> bool:
    """THE COUNCIL DISCUSSED THE PROPOSAL: what a body had before it, and nobody's words."""
    if head.verb.lemma not in ("discuss", "consider", "review"):
        return False
    if _TIMED.search(head.before):
        return True  # WHEN MACMILLAN AND I DISCUSSED IT HE ASKED: when somebody asked
    if head.subject.joined is not None or head.subject.kind is SubjectKind.WE:
        return True  # THE PRESIDENT AND I DISCUSSED IT: what was spoken of
    if head.subject.kind is not SubjectKind.PHRASE:
        return False
    plain = block.prose.plain
    if noun_kind(head_of(plain[head.subject.start : head.subject.end])) is not NounKind.BODY:
        return False
    return re.match(r"\s+THAT\b", plain[head.end :]) is None


def of_whom(block: LayoutBlock, found: list[ReportingClause], i: int) -> bool:
    """Whether a clause goes on from one with WHO: CALLED ON SUKENDRO WHO OPENED BY SAYING."""
    head = found[i]
    if not i or head.subject.kind is not SubjectKind.ELIDED or not head.participle:
        return False
    before = found[i - 1]
    between = block.prose.plain[before.end : head.verb_start]
    return before.subject.after == WHO and not re.search(r"[,;]|\bAND\b", between)


def is_person(block: LayoutBlock, head: ReportingClause) -> bool:
    """Whether the subject that opens a sentence is somebody, whom the document need not know."""
    if head.subject.kind is not SubjectKind.PHRASE or head.before.strip():
        return False
    words = block.prose.text[head.subject.start : head.subject.end]
    return words[:1].isupper() and noun_kind(head_of(words.upper())) in (None, NounKind.PERSON)


def says(head: ReportingClause) -> bool:
    """Whether a clause tells that somebody said something, by whatever verb."""
    return head.verb.group not in ("attitude", "narrative", "deliver") and not (head.modal or head.perfect)


def tells_of(
    block: LayoutBlock, found: list[ReportingClause], reader: Reader, player: Participant | None
) -> bool:
    """Whether a quoted sentence tells in turn what somebody else said (`“SECRETARY QUARLES REPORTED THAT`).

    Args:
        block: the paragraph.
        found: the clauses of the sentence, those within quotations too.
        reader: who is meant in the document.
        player: who is quoted.
    """
    for head in found:
        opens = head.subject.kind is SubjectKind.PHRASE and not head.before.strip(' "“')
        if (
            not opens
            or head.modal
            or head.perfect
            or not (is_strong(head.verb) or head.verb.act.value == "informs")
        ):
            continue
        meant = reader.meant(block.prose, head.subject.start, head.subject.end, strong=True)
        if meant.player is not player and (meant.player is None or meant.player.kind in ("person", "office")):
            return True
    return False


def tells_of_other(block: LayoutBlock, sentence: Span, voice: ResolvedSpeaker, reader: Reader) -> bool:
    """Whether a sentence of a message opens with what another side said: MR. VORONTSOV CONFIRMED THAT."""
    if voice.side is None:
        return False
    sends = _SENDS.match(block.prose.plain, sentence.start, sentence.end)
    who = (sends.group("who") or sends.group("from") or "").strip() if sends else ""
    if who and nation_of(who) not in (None, voice.side):
        return True
    frames = Frames(block.prose, bytearray(len(block.prose.text) + 1), reader.finder)
    for head in frames.of(sentence.start, sentence.end)[:1]:
        if head.subject.kind is not SubjectKind.PHRASE or head.modal or len(head.before) > _LEAD:
            return False
        if not (
            is_strong(head.verb) or head.verb.group in ("speech", "deliver", "propose", "accept", "reject")
        ):
            return False
        meant = reader.meant(block.prose, head.subject.start, head.subject.end, strong=is_strong(head.verb))
        side = meant.player.person.side if meant.player else meant.side
        person = meant.player is not None and meant.player.kind == "person"
        another = meant.player is None or meant.player is not voice.player
        return another and side != voice.side and (person or side is not None)
    return False


_SENDS = re.compile(
    r"(?:(?:[A-Z]\w+ ){1,4}?(?:MORNING|AFTERNOON|EVENING|NIGHT|\d{1,2}),? (?:[A-Z]+ \d{1,2},? )?)?"
    r"(?:THE )?(?P<who>(?:[A-Z.]+ ){1,3}?)(?:GOVERNMENT |SIDE )?"
    r"(?:SENT|HANDED|DELIVERED|RELAYED|REPLIED|INFORMED US)\b"
    r"|(?:THE |YOUR )?(?:AIDE[- ]M[EÉ]MOIRE|NOTE|LETTER|MESSAGE) (?:FROM|OF) "
    r"(?:THE )?(?P<from>(?:[A-Z.]+ ){1,3}?)"
    r"(?:GOVERNMENT|SIDE)\b.{0,40}?\b(?:REQUESTS|STATES|PROPOSES|ASKS|SAYS|SUGGESTS|REQUESTED|STATED)\b"
)
"""Another side sends or writes: `Early Monday, December 13, the Soviet Union sent a note`."""
_ITEM = re.compile(r"\W{0,2}(?:\d{1,2}|[A-Za-z])[.)]\s|[•–—-]\s*\w")


def told_under(
    paper: DocumentLayout, block: LayoutBlock, voice: ResolvedSpeaker, reader: Reader
) -> frozenset[str]:
    """The paths of a list that another told, in what somebody writes: THEIR MINISTER TOLD SMITH THIS NOON:.

    Quotations between its entries count as part of it.
    """
    prose = block.prose
    if not prose.plain.rstrip().endswith(":") or not tells_of_other(
        block, prose.sentences[-1], voice, reader
    ):
        return frozenset()
    under: list[str] = []
    between: list[str] = []
    for later in paper.blocks[paper.blocks.index(block) + 1 :]:
        if later.label or _ITEM.match(later.prose.text):
            under += [*between, later.path]
            between = []
        elif later.prose.text[:1] in '“"':
            between.append(later.path)
        else:
            break
    return frozenset(under)


def of_himself(block: LayoutBlock, head: ReportingClause) -> bool:
    """I HAVE CONCURRED, MY VIEW IS: what who reports did of late, or thinks, and told only his capital."""
    plain = block.prose.plain
    if plain.startswith("MY", head.subject.start) and re.search(r"\bIS(?: THAT)?$", plain[: head.end]):
        return True
    if head.perfect and head.verb.lemma == "ask" and plain.startswith(" TO ", head.end):
        return True  # I HAVE ASKED TO SEE HIM
    return head.perfect and head.verb.lemma not in _TO_A_HEARER


def hears(prose: Prose, head: ReportingClause, other: Participant | None) -> bool:
    """TOLD NASSER I COULD GIVE NO ASSURANCE: whether another is told, so that who reports tells him."""
    behind = prose.plain[head.end : head.end + 40].split()[:2]
    if other is None or head.verb.group not in ("speech", "ask") or len(behind) < 2:
        return False
    him = behind[0] in ("HIM", "HER") and behind[1] in ("I", "WE")
    return (
        him
        or (behind[0] in _TITLED and other.person.surname.upper() == behind[1])
        or (other.person.surname.upper() == behind[0])
    )


def names_nobody(block: LayoutBlock, found: list[ReportingClause], sentence: Span, *, stranger: bool) -> bool:
    """Whether a sentence makes somebody speak whom its clauses do not show.

    Args:
        block: the paragraph.
        found: the clauses of the sentence.
        sentence: where it stands.
        stranger: whether it is not known who says I.
    """
    text = block.prose.plain
    if not found and _SAYS.search(text, sentence.start, sentence.end):
        return True  # somebody is made to speak whom no clause shows
    for head in found:
        if (
            head.modal
            or head.perfect
            or NESTING.search(head.before)
            or head.verb.group in ("narrative", "attitude")
        ):
            continue
        if head.subject.kind is SubjectKind.I and stranger:
            return not EMBEDDED.search(head.before)
        if head.subject.kind is SubjectKind.PHRASE and is_strong(head.verb) and not head.before.strip(' "“'):
            words = text[head.subject.start : head.subject.end].split()
            return all(len(w.strip(".")) < 2 or w in ("MR.", "MR", "DR.") for w in words)
    return False


def is_reporting_post(paper: DocumentLayout, prose: Prose, head: ReportingClause) -> bool:
    """EMBASSY NOTES THAT: what the post that reports says to its own capital."""
    if not paper.origin and not paper.is_sent:
        return False
    words = prose.plain[head.subject.start : head.subject.end].removeprefix("THE ")
    own = words in (
        "EMBASSY",
        "POST",
        "MISSION",
        "CONSULATE",
        "CONGEN",
        "EMB",
        "AMBASSADOR AND I",
    ) or is_own_staff_word(words)
    form = prose.plain[head.verb_start : head.end]
    return own and (head.perfect or (form.endswith("S") and " " not in form))


def another_opens(block: LayoutBlock, finder: MentionFinder) -> bool:
    """Whether a paragraph opens with what somebody said: SENATOR RUSSELL SAID WE NEED IT."""
    if not block.prose.sentences:
        return False
    first = block.prose.sentences[0]
    return any(
        head.subject.kind is SubjectKind.PHRASE
        and is_strong(head.verb)
        and not (head.before.strip() or head.modal or head.perfect or head.present)
        for head in Frames(block.prose, quoted(block.prose), finder).of(first.start, first.end)
    )


_CITED = re.compile(
    r"\b(?:NOTE|LETTER|MESSAGE|COMMUNICATION|TELEGRAM|REPLY|STATEMENT|RESPONSE|SAID|TOLD|INFORMED|STATED"
    r"|ASSURED)\b"
)
"""What a letter gives of another's."""


def cited_side(block: LayoutBlock, own: str | None) -> ResolvedSpeaker | None:
    """The side whose words a letter is about to give, where the sentence names one other than its own."""
    sentence = block.prose.sentences[-1]
    words = block.prose.plain[sentence.start : sentence.end]
    sides = {side for side in nations_in(words) if side != own}
    if len(sides) != 1 or not _CITED.search(words):
        return None
    return ResolvedSpeaker(
        player=None,
        side=sides.pop(),
        resolution=SpeakerBasis.QUOTATION,
        mention=block.prose.excerpt(sentence.start, sentence.end),
        evidence=frozenset({"cited"}),
    )


_PRESENTS = re.compile(
    r"\b(?:THE )?(?P<who>(?:MINISTRY|EMBASSY|DELEGATION|MISSION|LEGATION"
    r"|CONSULATE)\b[^,.;:]{0,60}?) (?:PRESENTS|PRESENTED) (?:ITS|HIS)"
    r" COMPLIMENTS\b"
)


def presenter(block: LayoutBlock, reader: Reader) -> ResolvedSpeaker | None:
    """Who a note says that it is from: THE MINISTRY PRESENTS ITS COMPLIMENTS."""
    prose = block.prose
    found = _PRESENTS.search(prose.plain)
    if not found:
        return None
    meant = reader.meant(prose, *found.span("who"), strong=True)
    return ResolvedSpeaker(
        player=meant.player,
        side=meant.side,
        resolution=SpeakerBasis.DOCUMENT,
        mention=prose.excerpt(*found.span("who")),
        evidence=frozenset({"presents itself"}),
    )


def is_nested(block: LayoutBlock, last: ReportingClause, head: ReportingClause) -> bool:
    """Whether a clause in which somebody was told stands within what was said before it."""
    between = block.prose.plain[last.end : head.verb_start]
    return EMBEDDED.search(between) is not None and not re.search(r"\b(?:AND|BUT) (?:WAS|WERE)\b", between)
