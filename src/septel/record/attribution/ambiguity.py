"""Whom HE may mean; where a clause leaves open who speaks, or stands within what another says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from septel.record.attribution.clause_kinds import is_timed
from septel.record.attribution.reporting_verbs import ReportingClause, verbs
from septel.record.attribution.tokens import WHO, Subject, SubjectKind
from septel.record.layout import DocumentLayout, LayoutBlock, Prose
from septel.record.model import is_capital, is_nation
from septel.record.people import (
    MentionFinder,
    MentionKind,
    NounKind,
    Participant,
    Reader,
    function_words,
    given_names,
    noun_kind,
)

_FINITE = re.compile(
    r"\b(?:WAS|WERE|HAD|IS|ARE|HAS|HAVE|WOULD|WILL|COULD|MAY|MADE|GAVE|TOOK|WENT|CAME|FELT|KNEW|[A-Z]{2,}ED)\b"
)
"""What may be the verb of a clause before."""
_SUBORDINATE = re.compile(
    r"\W*(?:AND |BUT |THEN |LATER |\w+LY,? )*(?:WHEN|AFTER|BEFORE|AS|WHILE|IF|SINCE|ONCE|UPON|ON|IN|AT|TO|FOR"
    r"|WITH|THOUGH|ALTHOUGH|DURING|DESPITE|BECAUSE|REGARDING|CONCERNING|[A-Z]+ING|FROM|BY|ACCORDING|HAVING)\b"
)
"""What opens a clause or a phrase behind which the main clause comes."""
_PROMPTED = re.compile(
    r"\bTO (?:SAY|TELL|REPORT|STATE|EXPLAIN|INFORM|ADD)(?: (?:ME|US|HIM|THEM))?(?: THAT)?\s*$"
)
_IN_SAYING = re.compile(
    r"\b(?:IN|AT|BY|OF|ABOUT|WITHOUT) (?:\w+LY )?(?P<verb>[A-Z]+ING)(?: (?:ME|US|HIM|HER|THEM))?(?: THAT)?"
    r"(?: THE| HIS| HER)?\s*$"
)
"""Before the inner clause of what somebody says or thinks, where an adjective tells of it."""
_THINKING = frozenset({"THINKING", "BELIEVING", "ASSUMING", "SUPPOSING", "FEELING", "HEARING", "LEARNING"})
_UNSURE = re.compile(
    r"\b(?:I|WE) (?:DO|DID|CAN|COULD) NOT (?:RECALL|REMEMBER|KNOW|BELIEVE|THINK|UNDERSTAND|HEAR)"
    r"(?: THAT| IF| WHETHER)?\s*$"
)
_WHICH_ONE = re.compile(r",\s*(?:WHICH|WHOM|WHOSE|WHO)\b(?: AS [^,]+,)?[^,]*,?\s*$")
_IN_WHICH = re.compile(r"\b(?P<what>[A-Z]+)S? IN WHICH\s*$")
_TELLING = frozenset(
    [
        "LETTER",
        "MESSAGE",
        "NOTE",
        "TELEGRAM",
        "CABLE",
        "STATEMENT",
        "SPEECH",
        "CONVERSATION",
        "MEETING",
        "TALK",
        "DISCUSSION",
        "INTERVIEW",
        "REPLY",
        "MEMORANDUM",
        "MEMO",
        "DRAFT",
        "TEXT",
        "ADDRESS",
        "PRESENTATION",
        "REMARK",
        "PARAGRAPH",
        "WAY",
    ]
)
"""In these something is said."""
_HAD = re.compile(r"\bHAD (?!TO\b)\w+")
_KNOWING = frozenset(
    {"KNEW", "KNOWS", "SUPPOSED", "ASSUMED", "GATHERED", "LEARNED", "HEARD", "SURE", "CERTAIN"}
)
_THINKS = re.compile(r"\W*(?:HE|SHE|I|WE|THEY)\b")
_YOU = re.compile(r"\bYOU(?:R)?\b")
_READ_YOURS = re.compile(r"\s+(?:YOUR|HIS|HER|THEIR|THIS|REF|DEP|EMB)\w*\b")


def is_within(block: LayoutBlock, head: ReportingClause, last: ReportingClause | None) -> bool:
    """Whether a clause only tells of what another clause names: THE RULES I SET, TO SAY X WISHED.

    Args:
        block: the paragraph.
        head: the clause.
        last: the clause with a verb of saying before it in the sentence.
    """
    kind = head.subject.kind
    words = block.prose.plain[head.subject.start : head.subject.end]
    if _YOU.search(words):
        return True  # WHICH YOU AND YOUR ADVISERS PROPOSED
    if kind is SubjectKind.I and head.verb.lemma == "read" and _READ_YOURS.match(block.prose.plain, head.end):
        return True  # I READ YOUR MESSAGE: not aloud
    before = head.before.rstrip()
    if not before or head.agreed or head.aside:
        return False
    if _PROMPTED.search(head.before) or _UNSURE.search(head.before):
        return True  # DREW ME ASIDE TO SAY ALLENDE WISHED ME TO KNOW; I DO NOT RECALL HE RESPONDED
    lead = re.match(r"[A-Z]+ING\b", words)
    inner = _IN_SAYING.search(head.before + (lead.group() if lead is not None else ""))
    if inner is not None and (inner["verb"] in verbs() or inner["verb"] in _THINKING):
        return True  # HE WAS FRANK IN ADMITTING THAT Z PROPOSED IT: what he says
    if head.subject.after == WHO and _HAD.search(head.before):
        return True  # HIS AMBASSADOR HAD SEEN FAISAL, WHO STATED
    inside = _IN_WHICH.search(head.before)
    if inside and inside.group("what") not in _TELLING and inside.group("what").rstrip("S") not in _TELLING:
        return True  # ACTIONS IN WHICH THE GOVERNMENT PROPOSES TO AFFECT
    if kind is SubjectKind.PHRASE and head.subject.after != WHO and _WHICH_ONE.search(head.before):
        return before.endswith(",")  # A DRAFT, WHICH, AS YOU SAY, HE INDICATED HE WOULD PREPARE
    weak = head.verb.group == "attitude"
    if weak and kind is SubjectKind.PHRASE and before[-1:].isalnum():
        last_word = before.split()[-1]
        if _THINKS.match(head.before) or last_word in _KNOWING or last_word in verbs():
            return True  # HE WAS CERTAIN TORRIJOS UNDERSTOOD; THE DEPARTMENT KNEW THE PRESIDENT WANTED
    timed = last is not None and is_timed(last)  # WHEN I SUGGESTED NOT LOOKING VERY HARD HE AGREED
    active = head.subject.start < head.verb_start and kind is SubjectKind.PHRASE
    phrase = active and words.startswith("THE ")  # STUDIES THE PRESIDENT PROMISED
    return (kind in (SubjectKind.I, SubjectKind.HE) or phrase) and not timed and _is_contact(head, before)


def _is_contact(head: ReportingClause, before: str) -> bool:
    """THE GROUND RULES I SPECIFIED: a clause that hangs on the noun before it without a word or a stop."""
    if not before[-1:].isalnum() or _SUBORDINATE.match(head.before):
        return False
    last = before.split()[-1]
    if last in (
        "WHICH",
        "WHOM",
        "WHEREUPON",
        "THOUGH",
        "ALTHOUGH",
        "BEFORE",
        "AND",
        "BUT",
        "OR",
        "THAT",
        "WHILE",
        "WHEN",
        "AFTER",
        "AS",
        "THEN",
    ) or last.endswith("LY"):
        return False
    if last in verbs():
        return False
    return _FINITE.search(head.before) is not None


def names_himself(
    block: LayoutBlock, head: ReportingClause, player: Participant | None, finder: MentionFinder
) -> bool:
    """Whether what HE says names him: HE HOPED TORRIJOS UNDERSTOOD is not Torrijos's."""
    if player is None or head.subject.kind not in (SubjectKind.HE, SubjectKind.ELIDED):
        return False
    sentence = next((s for s in block.prose.sentences if head.verb_start in s), None)
    if sentence is None:
        return False
    text = block.prose.plain
    return any(
        head.end <= m.start < sentence.end
        and m.kind is MentionKind.NAME
        and m.player is player
        and not m.possessive
        and text[m.start - 1 : m.start] not in ("(", "“", '"')
        and text.count("(", head.end, m.start) <= text.count(")", head.end, m.start)
        for m in finder.find(block.prose)
    )


def names_between(
    prose: Prose, start: int, end: int, player: Participant | None, finder: MentionFinder
) -> bool:
    """Whether somebody else is named between two places of a passage."""
    return any(
        start <= m.start < end
        and m.kind in (MentionKind.NAME, MentionKind.OFFICE)
        and (m.player is None or (m.player is not player and m.player.kind != "body"))
        and not m.possessive
        for m in finder.find(prose)
    )


def opens_since(
    prose: Prose, start: int, end: int, player: Participant | None, finder: MentionFinder
) -> bool:
    """Whether somebody else opens a sentence between two places of a passage."""
    return any(
        names_between(prose, s.start, min(s.start + _OPENS, s.end), player, finder)
        for s in prose.sentences
        if start <= s.start < end
    )


def names_another(text: str, player: Participant) -> bool:
    """Whether a text has a given name and a surname of somebody else, whom the document need not know."""
    return any(
        surname != player.person.surname.upper() and not (is_nation(surname) or is_capital(surname))
        for surname in given_names(text)
    )


_PREPOSITIONS = function_words("preposition") | {"WITH", "UPON", "AFTER", "BEFORE", "WITHOUT"}
_OPENS = 12
"""Characters within which a name opens a sentence, behind THE and a title."""


def behind_preposition(prose: Prose, subject: Subject, head: ReportingClause) -> Subject | None:
    """The subject behind a preposition that opens a sentence in capitals, without the preposition's noun.

    AFTER LUNCH MINISTER SAID: the Minister. None where no word is left for it: THROUGH INTERPRETER SAID.
    """
    opens = bool(subject.after) and head.before.strip(' "“.)') == subject.after
    if not opens or not prose.in_capitals or subject.after not in _PREPOSITIONS:
        return subject
    first = prose.plain[subject.start : subject.end].split()[0]
    if len(first) == subject.end - subject.start:
        return None
    thing = noun_kind(first) is NounKind.THING
    return replace(subject, start=subject.start + len(first) + 1) if thing else subject


def is_bracketed(block: LayoutBlock, head: ReportingClause, start: int) -> bool:
    """Whether a clause stands in brackets within its sentence: the floor is not his behind them."""
    text = block.prose.plain
    return text.count("(", start, head.start) > text.count(")", start, head.start)


_LADY = re.compile(
    r"\b(?:MRS|MISS|MADAME|MME|QUEEN|PRINCESS)\.?\s+(?:[A-Z][A-Z.]*\s+)??(?P<name>[A-Z][A-Z'-]{2,})"
)
_INSTRUCTED = re.compile(
    r"\s+(?:WAS|HAD BEEN|IS|HAS BEEN) (?:INSTRUCTED|AUTHORIZED|DIRECTED)"
    r" BY (?:HIS|HER) (?:\w+ )?(?:GOVERNMENT|GOVT) TO\b"
)
_CONCEDES = re.compile(r"\W*(?:ALTHOUGH|THOUGH|WHILE|AS|SINCE|BECAUSE)\s+")


class Pronouns:
    """What a document tells of those whom it calls HE."""

    def __init__(self, paper: DocumentLayout, reader: Reader) -> None:
        self._reader = reader
        self._ladies = frozenset(
            name
            for block in paper.blocks
            for found in _LADY.finditer(block.prose.plain)
            for name in (found.group("name"),)
        )

    def of_clause(self, block: LayoutBlock, head: ReportingClause) -> Participant | None:
        """Whom the clause that opens the sentence is about: ALTHOUGH PAK HAD NOT EXPECTED IT, HE NOTED.

        Whom his government instructs to tell something is the one envoy among those who met.
        """
        if _INSTRUCTED.match(block.prose.plain, head.subject.end):
            envoys = [p for p in self._reader.finder.cast.listed if p.person.side not in (None, "US")]
            return envoys[0] if len(envoys) == 1 else None
        opened = _CONCEDES.match(head.before)
        if opened is None:
            return None
        start = head.subject.start - len(head.before)
        for mention in self._reader.finder.find(block.prose):
            if mention.start < start + opened.end():
                continue
            if (
                mention.start > start + opened.end() + 1
                or mention.possessive
                or mention.kind not in (MentionKind.NAME, MentionKind.OFFICE)
            ):
                return None
            return mention.player
        return None

    def another_opens(
        self,
        block: LayoutBlock,
        head: ReportingClause,
        player: Participant,
        is_present: Callable[[Participant | None], bool],
    ) -> bool:
        """Whether the sentence opens with another who is there: SHILOAH SPOKE OF IT, WHICH, HE SAID."""
        start = head.subject.start - len(head.before)
        opens = [m for m in self._reader.finder.find(block.prose) if m.start == start]
        if not opens or opens[0].possessive or opens[0].kind not in (MentionKind.NAME, MentionKind.OFFICE):
            return False
        other = opens[0].player
        return other is not None and other is not player and is_present(other)

    def mentioned(
        self, block: LayoutBlock, until: int, is_present: Callable[[Participant | None], bool]
    ) -> Participant | None:
        """The one person present whom a paragraph names before HE; None where it names two."""
        found = {
            m.player.person.key: m.player
            for m in self._reader.finder.find(block.prose)
            if m.end <= until
            and m.kind is MentionKind.NAME
            and m.player is not None
            and m.player is not self._reader.finder.cast.author
            and not m.possessive
            and is_present(m.player)
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def of_sex(self, prose: Prose, subject: Subject, player: Participant | None) -> Participant | None:
        """SHE is whom the document calls Mrs.; HE is not."""
        she = prose.plain[subject.start : subject.end] in ("SHE", "HER")
        if player is not None and (player.person.surname.upper() in self._ladies) is she:
            return player
        if not she:
            return None
        known = [self._reader.finder.known(name) for name in self._ladies]
        ladies = {p.person.key: p for p in known if p is not None}
        return next(iter(ladies.values())) if len(ladies) == 1 else None

    def rivals(self, block: LayoutBlock, until: int, player: Participant) -> list[str]:
        """Whether HE would be another by a second method: the one named last in the paragraph."""
        named = [
            m
            for m in self._reader.finder.find(block.prose)
            if m.end <= until and m.kind in (MentionKind.NAME, MentionKind.OFFICE) and m.player is not None
        ]
        plain = block.prose.plain
        told = [
            m
            for m in named
            if not m.possessive and plain.count("(", 0, m.start) <= plain.count(")", 0, m.start)
        ]
        if not told:
            return ["he: none named here"]
        evidence = ["he: named last" if told[-1].player is player else "he: another named last"]
        if len({m.player.person.key for m in told if m.player is not None}) > 1:
            evidence.append("he: several named")
        return evidence
