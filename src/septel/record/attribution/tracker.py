"""Remembers who spoke, and says who speaks at a reporting clause, with what speaks for and against it."""

from __future__ import annotations

from dataclasses import replace

from septel.record.attribution.ambiguity import Pronouns, behind_preposition, names_another, opens_since
from septel.record.attribution.clause_kinds import hears, is_reporting_post
from septel.record.attribution.frames import is_strong
from septel.record.attribution.reporting_verbs import ReportingClause
from septel.record.attribution.speakers import ResolvedSpeaker, Turn
from septel.record.attribution.tokens import WHO, Subject, SubjectKind
from septel.record.layout import DocumentLayout, LayoutBlock, Prose, cue
from septel.record.model import Excerpt, Person, SpeakerBasis
from septel.record.people import (
    Meant,
    Mention,
    MentionKind,
    Participant,
    Reader,
    Sort,
    is_own_staff,
)

_HOW = {
    Sort.NAMED: SpeakerBasis.NAMED,
    Sort.OFFICE: SpeakerBasis.OFFICE,
    Sort.BODY: SpeakerBasis.NAMED,
    Sort.NATION: SpeakerBasis.SIDE,
    Sort.DOCUMENT: SpeakerBasis.DOCUMENT,
    Sort.DESCRIBED: SpeakerBasis.NAMED,
}
_FAR = 4  # sentences without a reporting clause behind which THEY may be anybody
_LOST_NAME = cue("tracking.lost name")


class Tracker:
    """Who has the floor in a document, as far as it has been read."""

    def __init__(
        self,
        paper: DocumentLayout,
        reader: Reader,
        present: frozenset[str],
        without: frozenset[str],
        *,
        noisy: bool = False,
    ) -> None:
        self._paper = paper
        self.reader = reader
        self.present = present
        self._without = without
        self.active: ResolvedSpeaker | None = None
        self.he: Participant | None = None
        self.since_he = 0
        self.they: ResolvedSpeaker | None = None
        self.asked: Turn | None = None
        self.floor: ResolvedSpeaker | None = None
        """Who read a text last."""
        self.spoken_here = False
        self.unknown_here = False
        """Whether somebody who can't be told spoke in this paragraph."""
        self.quote_closed = False
        """Whether the sentence before ended what somebody is quoted with."""
        self.distance = 0
        """Sentences since the last reporting clause."""
        self.plain = False
        """Whether the sentence before told of the talk, and nobody said it."""
        self.reported = ""
        """What the last reporting clause gives, in upper case."""
        self.told_in_past = False
        """Whether the last clause that gave somebody the floor stands in the past."""
        self._noisy = noisy
        self._pronouns = Pronouns(paper, reader)
        self._held: tuple[str, int] = "", 0
        """Paragraph and place of the last clause whose speaker is known."""

    @property
    def author(self) -> Participant | None:
        """Who says I."""
        return self.reader.finder.cast.author

    def is_present(self, player: Participant | None) -> bool:
        """Whether somebody took part in what the document reports, as far as it tells."""
        if player is None:
            return False
        return player.listed or player.person.key in self.present or is_own_staff(player)

    def lose(self) -> None:
        """Nobody has the floor: someone spoke who can't be told."""
        self.active = None

    def forget(self) -> None:
        """Nothing of what was before tells who HE is."""
        self.active, self.he, self.they = None, None, None

    def voice(self, block: LayoutBlock, head: ReportingClause) -> ResolvedSpeaker | None:
        """Who speaks at a clause; None where its subject is nobody who speaks."""
        prose, subject = block.prose, head.subject
        if head.agreed:
            return self._voice(prose, subject, None, None, SpeakerBasis.MEETING, "agreed")
        if subject.joined is not None:
            return self._joint(block, head)
        kind = subject.kind
        if kind is SubjectKind.NOBODY:
            return self._voice(prose, subject, None, None, SpeakerBasis.UNKNOWN, "passive")
        if kind is SubjectKind.I:
            return self._first(prose, subject)
        if kind is SubjectKind.WE:
            return self._we(prose, subject, head)
        if kind is SubjectKind.HE:
            return None if "pronoun" in self._without else self._pronoun(block, subject, head)
        if kind in (SubjectKind.THEY, SubjectKind.IT):
            return self._thing(prose, subject, kind)
        if kind in (SubjectKind.LATTER, SubjectKind.FORMER):
            return self._latter(block, subject, first=kind is SubjectKind.FORMER)
        if kind is SubjectKind.BOTH:
            return self._voice(prose, subject, None, None, SpeakerBasis.MEETING, "both")
        if kind is SubjectKind.ELIDED:
            return self._elided(block, head)
        return self._phrase(block, subject, head)

    def _voice(
        self,
        prose: Prose,
        subject: Subject,
        player: Participant | None,
        side: str | None,
        how: SpeakerBasis,
        *evidence: str,
    ) -> ResolvedSpeaker:
        at = prose.excerpt(subject.start, max(subject.end, subject.start + 1))
        told = frozenset(evidence)
        return ResolvedSpeaker(player=player, side=side, resolution=how, mention=at, evidence=told)

    def _unknown(self, prose: Prose, subject: Subject, side: str | None = None) -> ResolvedSpeaker:
        how = SpeakerBasis.SIDE if side else SpeakerBasis.UNKNOWN
        return self._voice(prose, subject, None, side, how, "unknown")

    def _first(self, prose: Prose, subject: Subject) -> ResolvedSpeaker | None:
        author = self.author
        if author is None:
            side = "US" if self.reader.home or self._paper.origin else None
            return None if self._paper.listed else self._unknown(prose, subject, side)
        return self._voice(prose, subject, author, author.person.side, SpeakerBasis.AUTHOR, "author")

    def _we(self, prose: Prose, subject: Subject, head: ReportingClause) -> ResolvedSpeaker | None:
        """WE TOLD THEM: the post, in what it sends; elsewhere WE stands in what someone says."""
        if head.verb.lemma == "agree" and not (head.before.strip() or head.verb.base or head.perfect):
            return self._voice(prose, subject, None, None, SpeakerBasis.MEETING, "agreed")
        if self._paper.listed or head.verb.base or not is_strong(head.verb) or head.verb.group == "accept":
            return None
        if head.perfect and head.verb.lemma not in ("tell", "inform", "advise", "notify", "assure", "urge"):
            return None  # WE HAVE READ IT WITH CARE: a post or the Department of itself
        author = self.author
        if author is None and not self._paper.origin and not self._paper.is_sent:
            return None
        side = author.person.side if author else "US" if self.reader.home or self._paper.origin else None
        how = SpeakerBasis.SIDE if side else SpeakerBasis.UNKNOWN
        return self._voice(prose, subject, None, side, how, "we")

    def _pronoun(self, block: LayoutBlock, subject: Subject, head: ReportingClause) -> ResolvedSpeaker:
        prose = block.prose
        player, evidence = self.he, ["pronoun"]
        own = self._pronouns.of_clause(block, head)
        if own is not None:
            player = own
            evidence.append("he: of the clause before")
        if player is None and not self.unknown_here:
            player = self._pronouns.mentioned(block, subject.start, self.is_present)
            evidence.append("he: only mentioned")
        asked = self.asked
        if (
            head.verb.group == "answer"
            and asked is not None
            and asked.asked is not None
            and asked.voice.player is player
        ):
            player = asked.asked
            evidence.append("answers")
        elif asked is not None and asked.named and asked.voice.player is player is not self.author:
            return self._unknown(prose, subject)  # TORRES ASKED ALMEIDA IF HE AGREED. HE SAID
        player = self._pronouns.of_sex(prose, subject, player)
        if player is not None and self._pronouns.another_opens(block, head, player, self.is_present):
            return self._unknown(prose, subject)
        told = own is not None or "answers" in evidence or prose.plain.startswith("SHE", subject.start)
        if player is None or (self._noisy and not told and self._may_be_another(prose, subject, player)):
            return self._unknown(prose, subject)
        if self.active is None or self.active.player is not player:
            # whoever says I has not the floor as HE: of those who may be HE the last spoke before
            mine = self.active is not None and self.active.resolution is SpeakerBasis.AUTHOR
            evidence.append("he: only I spoke since" if mine else "he: not the last who spoke")
        evidence.append(f"he: {min(self.since_he, 3)}")
        evidence += self._pronouns.rivals(block, subject.start, player)
        heard = self.since_he <= 1 and self.active is not None and self.active.player is self.author
        since = self._since(prose, subject.start)
        if "DELETED]" in prose.plain[since : subject.start] and not told:
            return self._unknown(prose, subject)  # HE may be whose name is left out
        floor = self.active is not None and self.active.player is player
        apart = not floor and not told and not heard  # I TOLD HIM. HE SAID
        if apart and ("he: another named last" in evidence or "he: several named" in evidence):
            return self._unknown(prose, subject)  # whoever spoke last, or whoever was named since
        fresh = not self.spoken_here and "he: none named here" in evidence and not told
        if fresh and names_another(prose.text[: subject.start], player):
            return self._unknown(prose, subject)  # A PARAGRAPH OF EUGENE BLACK'S EXPERIENCE. HE SAID
        several = player.kind == "joint" or (
            player.person.surname.endswith("s") and player.kind == "described"
        )
        if several or (player.kind != "person" and "he: another named last" in evidence):
            return self._unknown(prose, subject)  # EMBASSY OFFICER SPOKE TO FUENTES. HE REQUESTED A NOTE.
        if not self.is_present(player):
            evidence.append("absent")
        if player.kind != "person":
            evidence.append("only described")
        return self._voice(prose, subject, player, player.person.side, SpeakerBasis.PRONOUN, *evidence)

    def _may_be_another(self, prose: Prose, subject: Subject, player: Participant) -> bool:
        """Whether worn words may hide who HE is: another spoke last, or a name since then can't be read."""
        spoke = self.active.player if self.active is not None else None
        if spoke is not None and spoke is not player:
            return True
        return _LOST_NAME.search(prose.plain, self._since(prose, subject.start), subject.start) is not None

    def _since(self, prose: Prose, until: int) -> int:
        """Where in a passage the last clause whose speaker is known ends; its beginning, where none does."""
        paragraph, end = self._held
        return end if paragraph == prose.paragraph and end < until else 0

    def _thing(self, prose: Prose, subject: Subject, kind: SubjectKind) -> ResolvedSpeaker | None:
        if self.they is None or (self.distance > _FAR and kind is SubjectKind.THEY):
            return self._unknown(prose, subject) if kind is SubjectKind.THEY else None
        if kind is SubjectKind.IT and self.they.resolution is not SpeakerBasis.DOCUMENT:
            return None
        mention = prose.excerpt(subject.start, subject.end)
        return replace(self.they, mention=mention, evidence=frozenset({"they"}))

    def _latter(self, block: LayoutBlock, subject: Subject, *, first: bool) -> ResolvedSpeaker:
        """The last of two persons named before; the first of them for THE FORMER."""
        found = [
            m
            for m in self.reader.finder.find(block.prose)
            if m.end <= subject.start and m.kind in (MentionKind.NAME, MentionKind.OFFICE) and m.player
        ]
        last = found[-2:]
        if not last or (first and len(last) < 2):
            return self._unknown(block.prose, subject)
        player = last[0 if first else -1].player
        side = player.person.side if player else None
        return self._voice(block.prose, subject, player, side, SpeakerBasis.PRONOUN, "latter")

    def _elided(self, block: LayoutBlock, head: ReportingClause) -> ResolvedSpeaker | None:
        """SAID HE WOULD COME: telegraphic, whoever has the floor."""
        prose = block.prose
        mention = prose.excerpt(head.verb_start, head.end)
        other = self.active.player if self.active else self.he
        if self._paper.is_sent and self.author and other is not self.author and hears(prose, head, other):
            said = self._first(prose, head.subject)
            return replace(said, mention=mention) if said else None
        if self.active is None and self.he is not None and self._paper.is_sent:
            return self._unknown(prose, head.subject)
        if self.active is None or self.active.player is None:
            return None
        if head.subject.after == "" and not self.spoken_here:
            return self._unknown(prose, head.subject)  # SAID, at the head of a paragraph
        since = self._since(prose, head.verb_start)
        finder = self.reader.finder
        if head.subject.after == "" and opens_since(
            prose, since, head.verb_start, self.active.player, finder
        ):
            return self._unknown(prose, head.subject)  # NHON TOLD US. KHIEM CANDID. ANSWERED QUESTIONS.
        how = (
            SpeakerBasis.PRONOUN if self.active.resolution is not SpeakerBasis.AUTHOR else SpeakerBasis.AUTHOR
        )
        return replace(self.active, mention=mention, resolution=how, evidence=frozenset({"elided"}))

    def _joint(self, block: LayoutBlock, head: ReportingClause) -> ResolvedSpeaker | None:
        subject = head.subject
        assert subject.joined is not None
        alone = replace(subject, joined=None, start=subject.joined.end + 1)
        first = self.voice(block, replace(head, subject=subject.joined))
        second = self.voice(block, replace(head, subject=alone))
        if first is None or second is None:
            return self._unknown(block.prose, subject) if first or second else None
        sides = {first.side, second.side}
        side = first.side if len(sides) == 1 else None
        if first.player is None or second.player is None:
            return self._unknown(block.prose, subject, side)
        one, two = first.player.person, second.player.person
        both = Participant(
            person=Person(
                key=f"{one.key}+{two.key}", name=f"{one.name} and {two.name}",
                surname=f"{one.surname} and {two.surname}",
                side=side,
            ),
            shown_by=block.prose.excerpt(subject.start, subject.end),
            listed=False,
            kind="joint",
        )  # fmt: skip
        return self._voice(block.prose, subject, both, side, SpeakerBasis.NAMED, "joint")

    def _phrase(self, block: LayoutBlock, subject: Subject, head: ReportingClause) -> ResolvedSpeaker | None:
        strong = is_strong(head.verb)
        if subject.after == WHO and block.prose.plain[: subject.start].rstrip().endswith(" AND"):
            return self._unknown(block.prose, subject)  # BY KEN AND THE REPRESENTATIVE, WHO ASKED
        if (behind := behind_preposition(block.prose, subject, head)) is None:
            return self._unknown(block.prose, subject)
        subject = behind
        meant = self.reader.meant(block.prose, subject.start, subject.end, strong=strong, after=subject.after)
        guessed = self._guessed(block, subject)
        if guessed is not None and (meant.player is None or meant.sort is Sort.UNKNOWN):
            if guessed.player is None:
                return self._unknown(block.prose, subject)
            side = guessed.player.person.side
            voice = self._voice(block.prose, subject, guessed.player, side, SpeakerBasis.NAMED, "guessed")
            return replace(voice, guessed=True)
        return self._meant(block, subject, head, meant, strong)

    def _meant(
        self, block: LayoutBlock, subject: Subject, head: ReportingClause, meant: Meant, strong: bool
    ) -> ResolvedSpeaker | None:
        if meant.sort is Sort.UNKNOWN or (meant.sort is Sort.DOCUMENT and not strong):
            return None
        if head.verb.base is False and is_reporting_post(self._paper, block.prose, head):
            return None
        if "offices" in self._without and meant.sort is Sort.OFFICE:
            return self._unknown(block.prose, subject)
        if meant.sort is Sort.NATION and not (
            strong or head.verb.group in ("propose", "accept", "reject", "ask", "answer")
        ):
            return None
        evidence = [meant.sort.value]
        if meant.owned:
            evidence.append("owned")
        if meant.roster:
            evidence.append("by roster")
        player = meant.player
        if player is not None and player.kind == "person" and not self.is_present(player):
            evidence.append("absent")
        if player is not None and meant.sort is Sort.NAMED:
            evidence.append("by title" if player.offices or player.person.role else "by bare name")
        how = _HOW[meant.sort]
        if player is None and how in (SpeakerBasis.OFFICE, SpeakerBasis.NAMED):
            return self._unknown(block.prose, subject, meant.side)
        return self._voice(block.prose, subject, player, meant.side, how, *evidence)

    def _guessed(self, block: LayoutBlock, subject: Subject) -> Mention | None:
        """A name that was recognised through noise where the subject stands."""
        return next(
            (
                m
                for m in self.reader.finder.find(block.prose)
                if m.guessed and m.start < subject.end and subject.start < m.end
            ),
            None,
        )

    def hold(self, voice: ResolvedSpeaker, head: ReportingClause | None) -> None:
        """Remember who spoke."""
        player = voice.player
        if head is not None:
            self.told_in_past = not head.present
        if player is None and voice.resolution is SpeakerBasis.UNKNOWN and "passive" not in voice.evidence:
            self.he, self.unknown_here = None, True  # HE may be the one who can't be told
        # whoever sends it and is named in it, and says no I, may be HE like anyone else
        told = player is not self.author or voice.resolution in (SpeakerBasis.NAMED, SpeakerBasis.OFFICE)
        if player is not None and told and player.kind in ("person", "office", "described"):
            self.he, self.since_he = player, 0
        if player is not None and head is not None:
            self._held = voice.mention.paragraph, head.end
        if "we" in voice.evidence:
            self.they = None  # THEY behind WE are others
        elif voice.resolution in (SpeakerBasis.DOCUMENT, SpeakerBasis.SIDE) or (
            player is not None and player.kind == "body"
        ):
            self.they = voice
        if head is not None and head.verb.lemma in ("read", "make statement"):
            self.floor = voice

    def other(self, voice: ResolvedSpeaker) -> Participant | None:
        """Of two who talk, the other."""
        listed = [p for p in self.reader.finder.cast.listed if p is not voice.player]
        return listed[0] if len(listed) == 1 else None

    def as_voice(self, block: LayoutBlock, mention: Mention, how: SpeakerBasis) -> ResolvedSpeaker | None:
        """The voice of a mention."""
        excerpt: Excerpt = block.prose.excerpt(mention.start, mention.end)
        if mention.kind is MentionKind.SIDE:
            return ResolvedSpeaker(player=None, side=mention.side, resolution=how, mention=excerpt)
        if mention.player is None:
            return None
        return ResolvedSpeaker(
            player=mention.player,
            side=mention.player.person.side,
            resolution=how,
            mention=excerpt,
            guessed=mention.guessed,
        )
