"""Reporting clauses: where in a sentence someone is made to speak, by verb and subject."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.reporting_verbs import (
    AGREED,
    LIGHT,
    PURPOSE,
    THE_REMARK,
    VIEW,
    ReportingClause,
    ReportingVerb,
    is_no_speech,
    verb_pattern,
    verbs,
    was_told,
)
from septel.record.attribution.reporting_verbs import is_strong as is_strong
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import Subject, SubjectKind
from septel.record.layout import Prose
from septel.record.model import is_nation
from septel.record.people import MentionFinder, offices_of

_MODALS = re.compile(r"\b(?:WOULD|COULD|WILL|MIGHT|MAY|SHOULD|CAN|MUST|PROBABLY|PRESUMABLY)\b(?! LIKE)")
_WISHES = re.compile(
    r"\b(?:WISHED|WANTED|WISHES|LIKE|BEGAN|CONTINUED|PROCEEDED|WENT ON|STARTED|OPENED|CLOSED|CONCLUDED)\b"
)
_PASSIVE = re.compile(r"\b(?:WAS|WERE|BEEN|BEING|BE|IS|ARE)\b")
_ACCORDING = re.compile(r"\bACCORDING TO\b")
SENDER = "SENDER"
"""Stands for the word before a subject that sent what speaks: A MESSAGE FROM BUNCHE, SAYING THAT."""
_OBJECT = re.compile(r"\s+(?:THAT|WHETHER|IF|THE|A|AN|FOLLOWING|THIS|THESE|HIS|ITS|TO)\b")
_HEARERS = frozenset(
    {"tell", "inform", "advise", "notify", "instruct", "ask", "request", "urge", "warn", "assure", "invite"}
)
_HEARS = frozenset({"INFORMED", "TOLD", "ADVISED", "NOTIFIED", "GAVE", "GIVEN", "SHOWN"})
_FROM = re.compile(
    r"\b(?:MESSAGE|LETTER|NOTE|TELEGRAM|CABLE|REPORT|WORD|COMMUNICATION|LETTERS|REPORTS"
    r"|MESSAGES) FROM (?P<who>[^,.;:]{3,60}?),?\s*$"
)
_FINITE = re.compile(
    r"\b(?:WAS|WERE|HAD|IS|ARE|HAS|MADE|GAVE|TOOK|WENT|CAME|SPOKE|BEGAN|[A-Z]{2,}ED)\b"
    r"(?! BY\b(?! [A-Z]+ING\b))"
)
"""What may be the verb of a main clause."""
_RELATIVE = re.compile(r"\b(?:THAT|WHICH|WHO|WHOM|WHAT|IF|WHETHER|BECAUSE|WHERE|WHEN|SINCE)\s*$")
_PLANNED = re.compile(r"\bTO (?!THE |A |HIS |THIS )[A-Z]+\b|\b(?:WOULD|WILL|COULD|MAY|MIGHT|SHOULD|PLANS?)\b")
_MARKS = (",", "”", '"', "—", "–")
_INVERTED = 4
"""Words that a subject behind its verb has at most."""
_BEFORE_CLAUSE = frozenset({"", ",", ";", ":", "(", "“", '"', "—", "–", "AND", "BUT", "THAT", "WHILE", "AS"})


class Frames:
    """The reporting clauses of one passage."""

    def __init__(self, prose: Prose, mask: bytearray, finder: MentionFinder) -> None:
        self._prose = prose
        self._mask = mask
        self._names = finder.names
        self._guessed = (
            frozenset(m.start for m in finder.find(prose) if m.guessed) if finder.noisy else frozenset()
        )

    def of(self, start: int, end: int) -> list[ReportingClause]:
        """Those of one sentence in their order; none within quotations."""
        subjects = SubjectFinder(self._prose, start, end, self._names, self._guessed)
        text = self._prose.plain
        found: list[ReportingClause] = []
        last = -1
        for match in verb_pattern().finditer(text, start, end):
            if match.start() < last or self._mask[match.start()] or self._is_name(match, start):
                continue
            head = self._head(subjects, match, start)
            if head is not None:
                found.append(head)
                last = match.end()
        if found and found[0].participle and found[0].subject.kind is SubjectKind.ELIDED:
            main = self._main(subjects, start, found[0].verb_start)
            if main is not None:
                found[0] = replace(found[0], subject=main, before=text[start : main.start])
        found += self._light(subjects, start, end, found)
        found += self._others(subjects, start, end, found)
        told = [h for h in found if not text.startswith("ACCORDING", h.verb_start)]
        if any(is_strong(h.verb) and h.subject.kind is SubjectKind.PHRASE for h in told):
            found = told  # ACCORDING TO A SOURCE, ALBA TOLD THEM: Alba did, and the source tells of it
        found.sort(key=lambda h: h.verb_start)
        return found

    def _is_name(self, match: re.Match[str], start: int) -> bool:
        """Whether what looks like a verb is a name: ADMIRAL FELT, where both cases are told apart."""
        text = self._prose.text
        within = re.search(r"[a-z\d][\w.]*,?\s$", text[start : match.start()]) is not None
        titled = self._prose.plain[start : match.start()].split()[-1:]
        return (
            not text.isupper()
            and match.start() > start
            and text[match.start()].isupper()
            and text[match.start() + 1].islower()
            and (within or (bool(titled) and bool(offices_of(titled[0]))))
        )

    def _main(self, subjects: SubjectFinder, start: int, verb_start: int) -> Subject | None:
        """Who is the subject of the main clause before a participle: HE WAS ADAMANT, STATING THAT."""
        text = self._prose.plain
        for match in _FINITE.finditer(text, start, verb_start):
            subject, _ = subjects.before(match.start())
            if subject is None or subject.kind is SubjectKind.ELIDED:
                continue
            if _RELATIVE.search(text, start, subject.start):
                continue
            if _PLANNED.search(text, match.end(), verb_start):
                return None  # HE PLANS TO CONFRONT THEM, DEMANDING
            return subject if subject.kind in (SubjectKind.PHRASE, SubjectKind.HE, SubjectKind.I) else None
        return None

    def _inverted(
        self, subjects: SubjectFinder, match: re.Match[str], verb: ReportingVerb, start: int
    ) -> ReportingClause | None:
        """THE CLAIMS, SAID HARRIMAN, HAD NOT BEEN RAISED: the one behind the verb speaks."""
        text = self._prose.plain
        if verb.participle or verb.base or verb.group == "narrative":
            return None
        teller = subjects.following(match.end())
        if teller is None or not re.match(r"\s*[,.;—–”\"]", text[teller.end : teller.end + 3]):
            return None
        words = text[teller.start : teller.end].split()
        known = words[-1] in self._names or bool(offices_of(" ".join(words)))
        if len(words) > _INVERTED or not known:
            return None
        return ReportingClause(
            start=match.start(),
            verb_start=match.start(),
            end=teller.end,
            subject=teller,
            verb=verb,
            aside=True,
            before=text[start : match.start()],
        )

    def _head(self, subjects: SubjectFinder, match: re.Match[str], start: int) -> ReportingClause | None:
        text = self._prose.plain
        verb = verbs()[match.group("verb")]
        if is_no_speech(verb, text, match.start("verb"), match.end("verb"), start):
            return None
        if re.match(r"\s+BY\b", text[match.end() : match.end() + 4]) and not verb.participle:
            return self._by(subjects, match, verb, start)
        subject, gap = subjects.before(match.start())
        if subject is None:
            return self._purpose(subjects, match, verb, start)
        apart = text[subject.end : match.start()].strip() == "," and verb.lemma not in _HEARERS
        open_ = subject.kind is SubjectKind.ELIDED and subject.after in _MARKS
        if open_ or (apart and subject.kind is SubjectKind.PHRASE):
            inverted = self._inverted(subjects, match, verb, start)
            if inverted is not None:
                return inverted
        if re.search(r"\bKEE?PT?(?:S|ING)? [^,.;]{2,60}$", text[start : match.start()]):
            return None  # TO KEEP THE DELEGATION INFORMED
        plain = not (_PASSIVE.search(gap) or _MODALS.search(gap))
        if plain and was_told(match.group("verb"), text, match.end()):
            return self._hearers(match, verb, gap, start)  # WE NOW TOLD THAT: somebody told us
        aux = re.sub(r",.*,", " ", gap)
        if verb.participle and re.search(r"\bBY\b", aux):
            # HE OPENED THE TALK BY REFERRING: he is the subject of the verb before BY
            subject = Subject(start=match.start(), end=match.start(), kind=SubjectKind.ELIDED, after="BY")
        if subject.kind is SubjectKind.YOU or (subject.after in _HEARS and verb.group == "propose"):
            return None  # HAVE NOT INFORMED GOT PROPOSED AID LEVEL
        if not self._is_finite(verb, match, subject, aux):
            return self._purpose(subjects, match, verb, start) or self._told(match, verb, aux, start)
        if subject.kind is SubjectKind.ELIDED and not self._may_elide(verb, match, start, aux):
            return None
        if subject.kind is SubjectKind.ELIDED and verb.participle:
            sender = _FROM.search(text[start : match.start()])
            if sender and re.search(
                r"\b(?:WILL|SHALL|SHOULD|TO) (?:BE )?(?:DRAFT|SEND|PREPARE|WRITE)",
                text[start : match.start()],
            ):
                return None  # STATE WILL DRAFT A LETTER FROM THE PRESIDENT, URGING: not yet written
            if sender:
                begin = start + sender.start("who")
                until = start + sender.end("who")
                until = min(until, begin + f"{text[begin:until]} TO ".find(" TO "))  # FROM X TO Y, URGING
                subject = Subject(start=begin, end=until, kind=SubjectKind.PHRASE, after=SENDER)
        before = text[start : subject.start]
        behind = text[match.end() : match.end() + 2].lstrip()
        aside = (
            before.rstrip().endswith((",", "“", "—", "-", "”"))
            and behind[:1] in (",", ".", "—", "-")
            and len(before) > 3
        )
        return ReportingClause(
            start=subject.start,
            verb_start=match.start(),
            end=match.end(),
            subject=subject,
            verb=verb,
            perfect=bool(re.search(r"\b(?:HAD|HAS|HAVE)\b", aux))
            and not match.group("verb").startswith("HAD "),
            modal=bool(_MODALS.search(aux)),
            negated=bool(re.search(r"\b(?:NOT|NEVER)\b", aux)),
            aside=aside,
            before=before,
            participle=verb.participle,
            present=not aux.strip() and re.search(r"[^S]S$", match.group("verb")) is not None,
        )

    def _is_finite(self, verb: ReportingVerb, match: re.Match[str], subject: Subject, aux: str) -> bool:
        form = match.group("verb")
        if re.search(r"\bTO\b", aux) and not _WISHES.search(aux):
            return False
        if _PASSIVE.search(aux) and not verb.participle:
            return False
        if verb.participle:
            return (
                subject.kind is SubjectKind.ELIDED
                or subject.after == "WITH"
                or bool(re.search(r"\b(?:BY|BEGAN|CONTINUED|WAS|WERE|BEEN)\b", aux))
            )
        if verb.base and not re.search(r"\b(?:TO|WOULD|COULD|DID|NOT|WILL|MIGHT|MAY|CAN|MUST|SHOULD)\b", aux):
            return subject.kind in (SubjectKind.I, SubjectKind.WE, SubjectKind.THEY)
        if form.endswith("S") and " " not in form and not form.endswith("SS"):
            # a noun in the plural as likely as a verb in the present: ASKS, but also REPORTS, OFFERS
            words = self._prose.plain[subject.start : subject.end].removeprefix("THE ")
            if is_nation(words.split()[-1] if words.split() else "") and subject.after not in _BEFORE_CLAUSE:
                return False  # REFERRING ISRAELI REQUESTS TO WASHINGTON
            if subject.kind in (SubjectKind.I, SubjectKind.WE, SubjectKind.THEY):
                return False
            he = subject.kind is SubjectKind.HE and verb.group in ("attitude", "speech")
            short = self._prose.text[subject.start : subject.end].isupper() and not self._prose.in_capitals
            name = (words.split() or [""])[-1] in self._names and verb.group == "speech" and not short
            said = he or name  # HE CONSIDERS, FRONDIZI SAYS TRUJILLO IS CONVINCED: not BDO STATES, a body
            return said or _OBJECT.match(self._prose.plain, match.end()) is not None
        return True

    def _may_elide(self, verb: ReportingVerb, match: re.Match[str], start: int, aux: str) -> bool:
        text = self._prose.plain
        if verb.group == "narrative" or (
            match.group("verb").endswith("S") and " " not in match.group("verb")
        ):
            return False
        if verb.participle:
            lead = text[start : match.start()]
            opens = not re.sub(r"^\W*(?:\w+LY )?", "", lead).strip()
            return opens or bool(re.search(r"(?:\bBY|,(?:\s*\w+LY)?|\bAND)\s*$", lead))
        if verb.base and not re.search(r"\bDID NOT\b", aux):
            return False
        return bool(
            re.search(r"(?:\bAND|\bBUT|,|\bOR)\s*$", text[start : match.start() - len(aux)].rstrip() + " ")
        ) or not text[start : match.start()].strip(' ."“')

    def _by(
        self, subjects: SubjectFinder, match: re.Match[str], verb: ReportingVerb, start: int
    ) -> ReportingClause | None:
        """HE WAS TOLD BY ARGOV THAT: the one after BY speaks."""
        text = self._prose.plain
        lead = text[start : match.start()]
        if not re.search(r"\b(?:AM|IS|ARE|WAS|WERE|BEEN)\b(?:\s+\w+LY)?\s*$", lead):
            return None
        if re.search(r"\bYOU\b[^,.;]{0,16}$", lead):
            return None  # YOU HAVE BEEN INSTRUCTED: of the instruction itself
        it = re.search(r"\bIT (?:WAS|HAD BEEN|IS)\b[^,.;]{0,20}$", text[start : match.start()])
        told = verb.lemma in _HEARERS or (it is not None and verb.lemma != "read")
        agent = subjects.agent(match.end()) if told else None  # RECOMMENDED BY tells whose a thing is
        if agent is None or re.match(r"(?:HIS|HER|THEIR|ITS|MY|OUR)\b", text[agent.start : agent.end]):
            return None
        return ReportingClause(
            start=agent.start,
            verb_start=match.start(),
            end=agent.end,
            subject=agent,
            verb=verb,
            before=text[start : match.start()],
            perfect=bool(re.search(r"\b(?:HAD|HAS|HAVE) BEEN\b", text[start : match.start()][-30:])),
        )

    def _told(
        self, match: re.Match[str], verb: ReportingVerb, aux: str, start: int
    ) -> ReportingClause | None:
        """THEY WERE INFORMED THAT: somebody told them."""
        if verb.lemma not in _HEARERS or verb.participle or not re.search(r"\b(?:WAS|WERE|BEEN)\b", aux):
            return None
        behind = re.match(
            r"\s+(?:THAT|TO|OF|NOT TO|BY|WE|HE|SHE|IT|THERE|THEY)\b", self._prose.plain[match.end() :]
        )
        if not behind or _MODALS.search(aux):
            return None
        return self._hearers(match, verb, aux, start)

    def _hearers(self, match: re.Match[str], verb: ReportingVerb, aux: str, start: int) -> ReportingClause:
        """A clause in which nobody is named who tells."""
        nobody = Subject(start=match.start(), end=match.end(), kind=SubjectKind.NOBODY)
        return ReportingClause(
            start=match.start(),
            verb_start=match.start(),
            end=match.end(),
            subject=nobody,
            verb=verb,
            before=self._prose.plain[start : match.start()],
            perfect=bool(re.search(r"\b(?:HAD|HAS|HAVE)\b", aux)),
        )

    def _light(
        self, subjects: SubjectFinder, start: int, end: int, found: list[ReportingClause]
    ) -> list[ReportingClause]:
        """HE MADE A STRONG STATEMENT: verb and noun together report."""
        out: list[ReportingClause] = []
        for match in LIGHT.finditer(self._prose.plain, start, end):
            if self._mask[match.start()] or any(abs(h.verb_start - match.start()) < 3 for h in found):
                continue
            if THE_REMARK.match(self._prose.plain, match.start()) or " NO " in match.group():
                continue  # HE MADE THE REMARK HALF JOKINGLY: how he said it; HE MADE NO SUCH REQUEST
            subject, gap = subjects.before(match.start())
            if subject is None or subject.kind is SubjectKind.ELIDED:
                continue
            if _PASSIVE.search(gap) or _MODALS.search(gap):
                continue
            out.append(
                ReportingClause(
                    start=subject.start, verb_start=match.start(), end=match.end("verb"), subject=subject,
                    verb=verbs()["STATED"], before=self._prose.plain[start : subject.start],
                    perfect=bool(re.search(r"\b(?:HAD|HAS|HAVE)\b", gap)),
                )
            )  # fmt: skip
        return out

    def _purpose(
        self, subjects: SubjectFinder, match: re.Match[str], verb: ReportingVerb, start: int
    ) -> ReportingClause | None:
        """X CALLED ON ME TO URGE: he did."""
        if not verb.base or verb.group in ("attitude", "narrative"):
            return None
        text = self._prose.plain
        called = PURPOSE.search(text[start : match.start()])
        if called is None:
            return None
        subject, _ = subjects.before(start + called.start())
        if subject is None or subject.kind is SubjectKind.ELIDED:
            return None
        return ReportingClause(
            start=subject.start, verb_start=match.start(), end=match.end(), subject=subject, verb=verb,
            before=text[start : subject.start],
        )  # fmt: skip

    def _others(
        self, subjects: SubjectFinder, start: int, end: int, found: list[ReportingClause]
    ) -> list[ReportingClause]:
        """IT WAS AGREED THAT; ACCORDING TO X; HIS VIEW WAS THAT."""
        text = self._prose.plain
        out: list[ReportingClause] = []
        for match in AGREED.finditer(text, start, end):
            verb = verbs().get(match.group("verb") or "AGREED", verbs()["AGREED"])
            at, until = match.span("verb" if match.group("verb") else "noun")
            nobody = Subject(start=match.start(), end=match.start() + 2, kind=SubjectKind.IT)
            out.append(
                ReportingClause(
                    start=match.start(), verb_start=at, end=until,
                    subject=nobody,
                    verb=verb,
                    before=text[start : match.start()], agreed=True,
                )
            )  # fmt: skip
        for match in _ACCORDING.finditer(text, start, end):
            teller = subjects.following(match.end())
            aside = text.count("(", start, match.start()) > text.count(")", start, match.start())
            # ONLY OTHER MAN IN THE MEETING ACCORDING TO LUONG: he tells no more than that
            aside = aside or not re.search(
                r"(?:^|[,;:—(“])\W*(?:\w+LY |BUT |AND )?$", text[start : match.start()]
            )
            if teller is not None and not self._mask[match.start()] and not aside:
                out.append(
                    ReportingClause(
                        start=teller.start, verb_start=match.start(), end=teller.end, subject=teller,
                        verb=verbs()["SAID"], before=text[start : match.start()],
                    )
                )  # fmt: skip
        for match in VIEW.finditer(text, start, end):
            if self._mask[match.start()] or any(abs(h.verb_start - match.start()) < 12 for h in found):
                continue
            subject, _ = (None, "")
            if match.group("own").startswith("'"):
                subject, _ = subjects.before(match.start())
            elif match.group("own") in ("HIS", "HER", "MY", "THEIR"):
                kind = {"MY": SubjectKind.I, "THEIR": SubjectKind.THEY}.get(
                    match.group("own"), SubjectKind.HE
                )
                subject = Subject(start=match.start("own"), end=match.end("own"), kind=kind)
            if subject is None or subject.kind is SubjectKind.ELIDED:
                continue
            out.append(
                ReportingClause(
                    start=subject.start, verb_start=match.start("noun"), end=match.end(), subject=subject,
                    verb=verbs()["SAID"], before=text[start : subject.start],
                )
            )  # fmt: skip
        return out
