"""Attributes what a document reports to who said it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from septel.record.casting import Player, side_of
from septel.record.mentions import Finder, Kind, Mention
from septel.record.objects import Excerpt, Mode, Resolution
from septel.record.papers import Block, Paper, Role
from septel.record.prose import Prose
from septel.record.splitting import clauses, quoted
from septel.record.verbs import Head, Verb, heads

_NESTING = re.compile(r"\b(?:THAT|WHAT|WHICH|AS|IF|WHETHER|WHO|WHOM|HOW|WHERE|SINCE|THAN|WHY|BECAUSE|UNTIL|BEFORE|ONLY POINT)\s*$")
_LINK = re.compile(r"(?:,\s*|;\s*|:\s*|—\s*|\b)(?:AND|BUT|WHILE|ALTHOUGH|THOUGH|SO)?\s*(?:IN ANY EVENT,?|HOWEVER,?)?\s*$")
_NARRATED = re.compile(
    r"^\W*(?:AFTER (?!ALL)|THE (?:CONVERSATION|MEETING|SESSION|DISCUSSION|ATMOSPHERE)\b|THERE FOLLOWED|WE (?:THEN )?TURNED|FOLLOWING |NOTE:|THE FOLLOWING|TEXT |"
    r"THE (?:NOTE|STATEMENT|TEXT|MESSAGE)\b[^.]{0,60}\b(?:READS?|AS FOLLOWS)|YOU WILL NOTE|THEN,? AFTER|END (?:OF )?SUMMARY|"
    r"[^.]{0,12}\bNEXT (?:MEETING|SESSION|PLENARY)\b[^.]{0,20}\b(?:WILL|IS TO|TO) )"
)
_CHARACTERISES = re.compile(
    r"\b(?:STATEMENT|TEXT|SPEECH|PRESENTATION|REMARKS|TONE|TEXT AS DELIVERED)\b(?: AS DELIVERED)?(?: \w+LY)? (?:WAS|WERE|STUCK|CONTAINED|APPEARED|SEEMED|FOLLOWED|DIFFERED|INCLUDED)\b"
    r"|\bFOLLOWING ARE\b|\bHIGHLIGHTS OF\b|\bDEVOID OF\b"
)
_SPEAKS = re.compile(r"\b(?:SAID|STATED|REPLIED|ASKED|ANSWERED|RESPONDED|NOTED|ADDED|OBSERVED|INDICATED|EXPRESSED|SUGGESTED|PROPOSED|DISAGREE)\b")
_GOVERNS = re.compile(
    r"\b(?:FOLLOWING (?:ARE|IS|WERE)|AS FOLLOWS|HIGHLIGHTS|MAIN POINTS|SALIENT POINTS|PRINCIPAL POINTS|FOLLOWING POINTS|ESSENTIAL POINTS|KEY POINTS)\b"
)
_FOLLOWS = re.compile(
    r"\b(?:AS FOLLOWS|READS?|FOLLOWING (?:\w+ )?(?:STATEMENTS?|MESSAGE|TEXT|POINTS|FORMULATIONS?|NOTE|LETTER)|FOLLOWS THE TEXT|TEXT OF|STATEMENTS?)\b[^.]*[:.]?\W*$|:\W*$"
)
_DEPARTS = re.compile(r"\bDEPART(?:URE|ED|ING)\b[^.]{0,20}\b(?:FROM|PROM)\b[^.,]{0,25}\b(?:PREPARED|TEXT|SCRIPT|REMARKS|STATEMENT)|\bEXTEMPORANEOUS|\bAD[- ]?LIB|\bUNSCRIPTED")
_PREPARED = re.compile(r"\bPREPARED (?:REMARKS|TEXT|STATEMENT)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks and how that is known.

    Attributes:
        player: None where only the side is known.
        mention: the words that tell.
        guessed: the name was recognised through noise.
    """

    player: Player | None
    side: str | None
    resolution: Resolution
    mention: Excerpt
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One stretch of a passage that someone is reported to have said.

    Attributes:
        start: where the stretch begins, with the words that report it.
        end: where it ends.
        content: where what was said begins.
        head: subject and verb; None where it only goes on.
        chain: names between the reporter and the speaker.
    """

    block: Block
    start: int
    end: int
    content: int
    voice: Voice
    head: Head | None
    addressee: Player | None
    mode: Mode
    quoted: bool
    governed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something done rather than said: a text read, handed over; the floor taken."""

    block: Block
    start: int
    end: int
    voice: Voice
    verb: Verb
    head: Head


@dataclass
class Attribution:
    """What came of one document."""

    sayings: list[Saying] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    adrift: list[tuple[Block, int, int, str]] = field(default_factory=list)
    """Sentences with a verb of saying and no known speaker, with why."""


class Attributor:
    """One walk over the paragraphs, remembering who spoke last."""

    def __init__(
        self, paper: Paper, finder: Finder, *, noisy: bool = False, without: frozenset[str] = frozenset()
    ) -> None:
        self._paper = paper
        self._finder = finder
        self._without = without
        self._noisy = noisy
        self._spoken_here = False
        self._out = Attribution()
        self._active: Voice | None = None
        self._he: Player | None = None
        self._asked: tuple[Voice, Player | None] | None = None
        self._reader: Voice | None = None
        self._quoting: Voice | None = None
        self._open = False
        self._governor: tuple[str, Voice] | None = None

    def run(self) -> Attribution:
        """Attribute every paragraph."""
        for block in self._paper.blocks:
            self._finder.introduce(block.prose)
        last_topic: str | None = None
        for index, block in enumerate(self._paper.blocks):
            topic = block.topic.words if block.topic else None
            if topic != last_topic:
                self._active = None
                last_topic = topic
            if block.role is Role.COMMENT:
                self._active = None
                continue
            if block.role is Role.ENCLOSED:
                self._enclosed(block)
            elif self._in_quotation(block, index):
                self._quotation(block, index)
            elif self._governed(block):
                pass
            else:
                self._block(block)
        return self._out

    # Paragraphs that are given whole.

    def _enclosed(self, block: Block) -> None:
        giver = block.giver
        if giver is None:
            return
        name = re.findall(r"[A-Z][\w'’-]+", giver.words)
        player = self._finder.cast.named(name[-1]) if name else None
        side = player.person.side if player else side_of(giver.words)
        if player is None and side is None:
            return
        voice = Voice(player=player, side=side, resolution=Resolution.GOVERNING, mention=giver)
        self._whole(block, voice, Mode.WRITTEN, quoted=False)

    def _in_quotation(self, block: Block, index: int) -> bool:
        text = block.prose.text.lstrip()
        starts = text[:1] in ("“", '"')
        if self._open:
            self._open = not re.search(r"[”\"]\W*$", text) or starts and not re.search(r"[”\"]\W*$", text)
            return True
        if not starts or index == 0:
            return False
        closes = text[1:].find("”") if text[0] == "“" else text[1:].find('"')
        before = self._paper.blocks[max(0, index - 3) : index]
        follows = (
            _FOLLOWS.search(before[-1].prose.plain)
            or self._quoting
            or any(re.search(r"\bFOLLOWS? (?:THE |IS )?(?:THE )?TEXT\b|\bTEXT OF (?:A|THE)\b", b.prose.plain) for b in before)
            or re.match(r"[“\"]DEAR\b", block.prose.plain.lstrip())
        )
        if not follows:
            return False
        self._open = closes < 0 or closes < len(text) * 0.5 and not re.search(r"[”\"]\W*$", text)
        return closes < 0 or closes > len(text) * 0.8

    def _quotation(self, block: Block, index: int) -> None:
        if self._quoting is None:
            self._quoting = self._quoter(index)
        if self._quoting is not None:
            self._whole(block, self._quoting, Mode.READ, quoted=True)
            self._active = self._quoting
            if self._quoting.player is not self._finder.cast.author:
                self._he = self._quoting.player or self._he
        ahead = self._paper.blocks[index + 1] if index + 1 < len(self._paper.blocks) else None
        if not self._open and (ahead is None or ahead.prose.text.lstrip()[:1] not in ("“", '"')):
            self._quoting = None

    def _quoter(self, index: int) -> Voice | None:
        """Who gives a quoted text: who signs it, else who is said to read or send it."""
        for block in self._paper.blocks[index : index + 30]:
            text = re.sub(r"\[[^\]]*\]", "", block.prose.text).strip()
            if text.endswith("”") and 1 < len(text.split()) < 6 and not text.startswith("“"):
                name = re.findall(r"[A-Z][\w'’-]+", text)
                player = self._finder.cast.named(name[-1]) if name else None
                if player:
                    mention = block.prose.excerpt(0, len(block.prose.text))
                    return Voice(player=player, side=player.person.side, resolution=Resolution.QUOTATION, mention=mention)
            if text.endswith("”"):
                break
        for block in reversed(self._paper.blocks[max(0, index - 3) : index]):
            for mention in reversed(self._finder.find(block.prose)):
                follows = block.prose.plain[mention.end : mention.end + 40]
                if mention.kind in (Kind.NAME, Kind.OFFICE) and not mention.possessive and re.match(
                    r"\W+(?:THEN )?(?:WISHE[SD]|WANT|READ|HANDED|GAVE|MADE|CALLED|SENT|DELIVERED)", follows
                ):  # fmt: skip
                    return self._as_voice(block, mention, Resolution.QUOTATION)
        if self._reader:
            return replace(self._reader, resolution=Resolution.QUOTATION)
        return replace(self._active, resolution=Resolution.QUOTATION) if self._active else None

    def _governed(self, block: Block) -> bool:
        """A lettered paragraph under one that says whose statement follows."""
        if self._governor is None or "governing" in self._without:
            return False
        parent, voice = self._governor
        if not block.path.startswith(parent + "."):
            if not block.path[:1].isalpha():
                self._governor = None
            return False
        prose = block.prose
        mentions = self._finder.find(prose)
        mask = quoted(prose)
        current, mode = voice, Mode.READ
        for sentence in prose.sentences:
            found = [
                h for h in heads(prose, sentence.start, sentence.end, mentions, mask)
                if h.subject and h.subject.kind in (Kind.NAME, Kind.OFFICE) and h.verb.group not in ("attitude", "narrative")
            ]  # fmt: skip
            text = prose.plain[sentence.start : sentence.end]
            if found and found[0].subject and found[0].subject.player:
                spoken = self._as_voice(block, found[0].subject, Resolution.NAMED)
                current = spoken or current
                mode = Mode.DEPARTURE if _DEPARTS.search(text) and not re.search(r"CONTINU", text) else Mode.READ
                self._say(block, sentence.start, sentence.end, current, found[0], mode=mode)
            else:
                if _PREPARED.search(text) and not _DEPARTS.search(text):
                    mode = Mode.READ
                current = voice if mode is Mode.READ else current
                for start, end in clauses(prose, sentence.start, sentence.end):
                    self._say(block, start, end, current, None, mode=mode, governed=True)
        return True

    def _whole(self, block: Block, voice: Voice, mode: Mode, *, quoted: bool) -> None:
        for sentence in block.prose.sentences:
            if len(block.prose.text[sentence.start : sentence.end].split()) < 6:
                continue
            for start, end in clauses(block.prose, sentence.start, sentence.end):
                self._say(block, start, end, voice, None, mode=mode, governed=True, is_quoted=quoted)

    # Paragraphs that report.

    def _block(self, block: Block) -> None:
        prose = block.prose
        mentions = self._finder.find(prose)
        mask = quoted(prose)
        self._spoken_here = False
        for sentence in prose.sentences:
            found = heads(prose, sentence.start, sentence.end, mentions, mask)
            self._sentence(block, sentence.start, sentence.end, found, mentions, mask)
        if _GOVERNS.search(prose.plain) or prose.plain.rstrip().endswith(":"):
            voice = self._owner(block, mentions)
            if voice and block.path[:1].isdigit():
                self._governor = (block.path, voice)

    def _owner(self, block: Block, mentions: tuple[Mention, ...]) -> Voice | None:
        """Whose statement follows: THE SOVIET STATEMENT is that of the Soviet who read one."""
        if self._reader:
            sides = {m.side for m in mentions if m.kind is Kind.SIDE and re.match(r"(?:'S)?\W+(?:OPENING )?STATEMENT", block.prose.plain[m.end :])}
            if not sides or self._reader.side in sides:
                return replace(self._reader, resolution=Resolution.GOVERNING)
        if self._active:
            return replace(self._active, resolution=Resolution.GOVERNING)
        return None

    def _sentence(
        self, block: Block, start: int, end: int, found: list[Head], mentions: tuple[Mention, ...], mask: bytearray
    ) -> None:
        prose = block.prose
        text = prose.plain
        subject = self._first_subject(prose, start, end, mentions, mask)
        points: list[tuple[Head, Voice]] = []
        current: Voice | None = None
        lost = False
        for head in found:
            voice = self._voice(block, head, start, current, subject, points)
            if voice is None:
                lost = lost or (current is None and self._unresolved(head, prose.plain[start : head.start]))
                continue
            points.append((head, voice))
            current = voice
        if points:
            self._units(block, start, end, points)
            return
        if lost or (self._noisy and not points and not found and _SPEAKS.search(text, start, end)):
            # Someone new speaks and it can't be told who: nothing is given to whoever spoke before.
            self._out.adrift.append((block, start, end, "a verb of saying without a known speaker"))
            self._active = None
            return
        if mask[start] and mask[min(end - 1, len(mask) - 1)] and self._active:
            self._go_on(block, start, end, Resolution.QUOTATION, is_quoted=True)
            return
        lone = [h for h in found if h.verb.group in ("narrative", "deliver") and h.subject]
        if lone and lone[0].subject and lone[0].subject.kind is not Kind.SIDE and lone[0].verb_start - start < 70:
            head = lone[0]
            assert head.subject is not None
            voice = self._resolve(block, head.subject, head)
            if voice:
                self._out.deeds.append(Deed(block=block, start=start, end=end, voice=voice, verb=head.verb, head=head))
                self._hold(voice, head)
                if self._active is None or self._active.player is not voice.player:
                    self._active = None
                return
        if _NARRATED.match(text[start:end]) or _CHARACTERISES.search(text[start:end][:120]):
            return
        if self._noisy and (_SPEAKS.search(text[start:end]) or not self._spoken_here):
            # Whoever is made to speak here could not be read; it may be someone new.
            self._out.adrift.append((block, start, end, "a verb of saying without a known speaker"))
            self._active = None
            return
        if subject and subject.start == start and subject.kind in (Kind.NAME, Kind.OFFICE) and self._active is not None:
            if subject.player is not self._active.player and re.match(r" DID NOT\b", text[subject.end :]):
                self._he = subject.player if subject.player is not self._finder.cast.author else self._he
                return
        if self._active is not None and "continuing" not in self._without and block.role is not Role.SUMMARY:
            self._go_on(block, start, end, Resolution.CONTINUING)
        elif found and any(h.verb.group not in ("narrative", "deliver") for h in found):
            self._out.adrift.append((block, start, end, "a verb of saying without a known speaker"))

    def _unresolved(self, head: Head, before: str) -> bool:
        """Whether a head speaks of someone, at the top of its sentence, who is not known."""
        if head.subject is None or head.verb.group in ("narrative", "attitude") or _NESTING.search(before):
            return False
        if head.subject.kind is Kind.FIRST:
            return self._finder.cast.author is None
        if head.perfect or head.modal:
            return False
        if head.subject.kind is Kind.PRONOUN:
            return self._he is None
        return head.subject.kind in (Kind.NAME, Kind.OFFICE) and head.subject.player is None

    def _first_subject(
        self, prose: Prose, start: int, end: int, mentions: tuple[Mention, ...], mask: bytearray
    ) -> Mention | None:
        """The first mention of a sentence that can be its subject."""
        for m in mentions:
            if m.start < start or m.end > end or m.possessive or mask[m.start]:
                continue
            if m.kind is Kind.PLURAL:
                continue
            before = prose.plain[start : m.start].rstrip()
            if re.search(r"\b(?:TO|WITH|OF|FROM|BY|FOR|ABOUT|ON|THAN|BETWEEN|AND)$", before):
                continue
            return m
        return None

    def _voice(
        self, block: Block, head: Head, start: int, current: Voice | None, subject: Mention | None,
        points: list[tuple[Head, Voice]],
    ) -> Voice | None:  # fmt: skip
        """Who speaks at a head; None where it belongs to what another says."""
        text = block.prose.plain
        group = head.verb.group
        if head.subject is None:
            if group in ("narrative", "attitude"):
                return None
            if current is not None:
                return current if not head.verb.participle or self._fresh(head, points) else None
            if subject is None or (head.verb.participle and head.verb_start - start > 12):
                return None
            if subject.start > head.verb_start and not head.verb.participle:
                return None
            if subject.kind is Kind.SIDE and self._spoken_here:
                return None
            return self._resolve(block, subject, head)
        if group == "narrative":
            return None
        before = text[start : head.start]
        if _NESTING.search(before):
            return None
        spoken = current is not None
        if head.perfect and (spoken or (self._active is not None and self._spoken_here)):
            return None
        if head.modal and (spoken or (self._active is not None and self._spoken_here)):
            return None
        kind = head.subject.kind
        if kind is Kind.PLURAL:
            return None
        if kind is Kind.SIDE and (group in ("attitude", "accept") and (spoken or self._spoken_here) or (spoken and not _LINKED.search(before))):
            return None
        if kind is Kind.SIDE and group == "attitude" and block.role is not Role.SUMMARY:
            return None
        if spoken and current is not None:
            if kind is Kind.PRONOUN:
                if group in ("deliver",):
                    return None
                if head.aside or _LINKED.search(before):
                    return current if self._same_he(current, head) else self._resolve(block, head.subject, head)
                return None
            if group == "attitude" and not _LINKED.search(before):
                return None
            if kind in (Kind.NAME, Kind.OFFICE) and not _LINKED.search(before):
                # On a bad copy the stop between two sentences is often lost.
                if not (self._noisy and group in ("speech", "ask", "answer", "reject", "accept") and not head.perfect):
                    return None
                if head.subject.player is None:
                    return None
            if kind is Kind.FIRST and not _LINKED.search(before):
                return None
        if group == "attitude" and kind is Kind.FIRST and not spoken and self._active is None:
            return None
        return self._resolve(block, head.subject, head)

    @staticmethod
    def _fresh(head: Head, points: list[tuple[Head, Voice]]) -> bool:
        return not points or head.verb_start - points[-1][0].end > 25

    def _same_he(self, current: Voice, head: Head) -> bool:
        """Whether HE can be who spoke before in the sentence: not when that was I, nor with a verb of answering."""
        if current.player is None or current.player is self._finder.cast.author:
            return False
        return head.verb.group != "answer"

    def _resolve(self, block: Block, mention: Mention, head: Head) -> Voice | None:
        author = self._finder.cast.author
        if mention.kind is Kind.FIRST:
            if author is None:
                return None
            excerpt = block.prose.excerpt(mention.start, mention.end)
            return Voice(player=author, side=author.person.side, resolution=Resolution.AUTHOR, mention=excerpt)
        if mention.kind is Kind.PRONOUN:
            if "pronoun" in self._without:
                return None
            player = self._he
            if head.verb.group == "answer" and self._asked and self._asked[1] and self._asked[0].player is player:
                player = self._asked[1]
            if player is None:
                return None
            excerpt = block.prose.excerpt(mention.start, mention.end)
            return Voice(player=player, side=player.person.side, resolution=Resolution.PRONOUN, mention=excerpt)
        return self._as_voice(block, mention, None)

    def _as_voice(self, block: Block, mention: Mention, resolution: Resolution | None) -> Voice | None:
        excerpt = block.prose.excerpt(mention.start, mention.end)
        if mention.kind is Kind.SIDE:
            return Voice(player=None, side=mention.side, resolution=resolution or Resolution.SIDE, mention=excerpt)
        if mention.player is None:
            return None
        if mention.kind is Kind.OFFICE and "offices" in self._without:
            return None
        how = Resolution.OFFICE if mention.kind is Kind.OFFICE else Resolution.NAMED
        return Voice(
            player=mention.player, side=mention.player.person.side, resolution=resolution or how, mention=excerpt,
            guessed=mention.guessed,
        )  # fmt: skip

    def _hold(self, voice: Voice, head: Head) -> None:
        author = self._finder.cast.author
        if voice.player is not None and voice.player is not author:
            self._he = voice.player
        if head.verb.lemma in ("read", "make statement"):
            self._reader = voice

    # Making sayings.

    def _units(self, block: Block, start: int, end: int, points: list[tuple[Head, Voice]]) -> None:
        prose = block.prose
        text = prose.plain
        cuts: list[tuple[int, Head, Voice]] = []
        for index, (head, voice) in enumerate(points):
            if index == 0:
                cuts.append((start, head, voice))
                continue
            last = cuts[-1]
            same = voice.player is last[2].player and voice.side == last[2].side
            if head.aside and same:
                continue
            if same and last[1].verb.group == "ask" and head.verb.group == "attitude" and at_near(head, last[1]):
                continue
            if same and (head.verb_start - last[1].end < 25 or head.verb_start - last[0] < 25):
                if head.verb.group != "deliver" and head.verb.group != "attitude":
                    cuts[-1] = (last[0], replace(head, subject=head.subject or last[1].subject), last[2])
                continue
            at = head.start
            lead = re.search(r"(?:,\s*|;\s*)?(?:\b(?:AND|BUT|WHILE|WHEN)\s+)?(?:\w+LY\s+)?$", text[start:at])
            at = start + lead.start() if lead else at
            cuts.append((max(at, last[0] + 1), head, voice))
        if len(cuts) > 1 and cuts[0][1].verb.participle and len(text[start : cuts[1][0]].split()) < 8:
            cuts[:2] = [(start, *cuts[1][1:])]
        for index, (at, head, voice) in enumerate(cuts):
            until = cuts[index + 1][0] if index + 1 < len(cuts) else end
            self._unit(block, at, until, head, voice)

    def _unit(self, block: Block, start: int, end: int, head: Head, voice: Voice) -> None:
        prose = block.prose
        self._hold(voice, head)
        if head.verb.group == "deliver":
            self._out.deeds.append(Deed(block=block, start=start, end=end, voice=voice, verb=head.verb, head=head))
        text = prose.plain[start:end]
        mode = Mode.ORAL
        if _DEPARTS.search(text):
            mode = Mode.DEPARTURE
        elif _PREPARED.search(text):
            mode = Mode.READ
        for index, (at, until) in enumerate(clauses(prose, start, end, after=head.end)):
            inside = at <= head.verb_start < until
            self._say(block, at, until, voice, head if inside or index == 0 else None, mode=mode)
        self._active = voice
        if head.verb.lemma in ("read", "make statement") and not text.rstrip().endswith(":"):
            self._active = None  # what follows is the reporter's, until someone speaks again
        self._spoken_here = True

    def _go_on(self, block: Block, start: int, end: int, resolution: Resolution, *, is_quoted: bool = False) -> None:
        assert self._active is not None
        voice = replace(self._active, resolution=resolution)
        for at, until in clauses(block.prose, start, end):
            self._say(block, at, until, voice, None, mode=Mode.ORAL, is_quoted=is_quoted)

    def _say(
        self, block: Block, start: int, end: int, voice: Voice, head: Head | None, *, mode: Mode, governed: bool = False,
        is_quoted: bool = False,
    ) -> None:  # fmt: skip
        prose = block.prose
        addressee, content = None, start
        if head is not None and start <= head.verb_start < end:
            addressee, content = self._addressee(block, head, end)
            if head.aside:
                content = start
        while start < content and prose.text[start] in " ,;":
            start += 1
        if len(prose.text[start:end].split()) < 3:
            return
        self._out.sayings.append(
            Saying(
                block=block, start=start, end=end, content=content, voice=voice, head=head, addressee=addressee,
                mode=mode, quoted=is_quoted, governed=governed,
            )
        )  # fmt: skip
        asks = head is not None and head.verb.group == "ask" or prose.text[start:end].rstrip("”\" ").endswith("?")
        self._asked = (voice, addressee or self._other(voice)) if asks else None

    def _other(self, voice: Voice) -> Player | None:
        """Of two who talk, the other."""
        listed = [p for p in self._finder.cast.listed if p is not voice.player]
        return listed[0] if len(listed) == 1 else None

    def _addressee(self, block: Block, head: Head, end: int) -> tuple[Player | None, int]:
        """To whom, and where what was said begins."""
        prose = block.prose
        text = prose.plain
        at = head.end
        player: Player | None = None
        for mention in self._finder.find(prose):
            if mention.start < at:
                continue
            between = text[at : mention.start].strip()
            if between in ("", "TO", "OF") and mention.kind in (Kind.NAME, Kind.OFFICE) and not mention.possessive:
                if head.verb.lemma in ("tell", "ask", "inform", "assure", "remind", "thank", "promise", "warn", "press", "urge", "invite", "greet") or between == "TO":
                    player, at = mention.player, mention.end
            break
        else:
            mention = None  # type: ignore[assignment]
        me = re.compile(r"\s+(?:TO )?(ME|HIM|US|THEM)\b").match(text, at)
        if me:
            at = me.end()
            player = player or (self._finder.cast.author if me.group(1) == "ME" else None)
        lead = re.compile(r"(?:\s*,[^,“\":]{1,80},)?(?:\s+\w+LY)?\s*[,:—]?\s*(?:THAT\b(?! (?:WAS|IS|WOULD|COULD)\b)\s*)?").match(text, at, end)
        if lead:
            at = lead.end()
        return player, min(at, end - 1)


_LINKED = re.compile(r"(?:^|[,;:—–]|\b(?:AND|BUT|WHILE|WHEN|THEN|AFTER|THOUGH|ALTHOUGH)|AT THIS POINT,?|IN ANY EVENT,?)\W*(?:\w+LY,?\s*)?$")


def at_near(head: Head, last: Head) -> bool:
    """Whether a second verb stands so near the first that both report one thing."""
    return head.verb_start - last.end < 40


def sayings_in_order(found: Attribution) -> Iterator[Saying]:
    """The sayings by their place in the source."""
    return iter(sorted(found.sayings, key=lambda s: s.block.prose.at[s.start]))
