"""Paragraphs that are given whole: enclosed, quoted, highlighted, or lines of a transcript."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.clause_kinds import (
    another_opens,
    cited_side,
    presenter,
    tells_of,
    tells_of_other,
    told_under,
)
from septel.record.attribution.frames import Frames, is_strong
from septel.record.attribution.governor import Governor
from septel.record.attribution.presence import breaks_in
from septel.record.attribution.reported_speech import SpeechSegmenter
from septel.record.attribution.speakers import (
    QUOTE_CLOSES,
    ResolvedSpeaker,
    nobody,
    signer_of,
)
from septel.record.attribution.subjects import SubjectFinder
from septel.record.attribution.tokens import SubjectKind
from septel.record.attribution.tracker import Tracker
from septel.record.layout import (
    BESIDE,
    BRACKETED,
    LABELS,
    NO_LABELS,
    TEXT_COMES,
    TEXT_ENDS,
    UNSAID,
    DocumentLayout,
    LayoutBlock,
    Role,
    clauses,
    cue,
    is_briefing,
    is_unsaid,
    labels_of,
    letters_in,
    quoted,
    side_of,
)
from septel.record.model import Mode, SpeakerBasis
from septel.record.people import Mention, MentionKind
from septel.text import Span

_FOLLOWS = cue("attributing.follows")
_NARRATED = cue("attributing.narrated")
_DECIDED = re.compile(r"\W*(?:THE |A )?DECISION WAS (?:MADE|TAKEN)\b")
_EDITORS = re.compile(r"\bSOURCE TEXT\b|\bHANDWRITTEN NOT(?:E|ATION)\b")
_BEGIN = re.compile(
    r"BEGIN (?:VERBATIM |INFORMAL |UNOFFICIAL )?(?:TEXT|MESSAGE|QUOTE)\b[^:]{0,60}:?|QUOTE\b(?=\W)",
    re.IGNORECASE,
)
_GIVEN_BY = re.compile(
    r"\b(?:STATEMENT|MESSAGE|LETTER|NOTE|REPLY|COMMUNICATION|TEXT)\b[^.]{0,60}?\b(?:BY|FROM) (?=\w)"
)
_TEXT_OF = re.compile(
    r"\b(?:FOLLOWING|HERE|THIS|BELOW)\b[^.:]{0,32}\bTEXT (?:OF )?(?:A |AN |THE )?"
    r"(?P<who>(?!OF\b|AN?\b|THE\b|ORAL|OUR|MY|YOUR|FINAL|DRAFT|JOINT|AGREED)(?:[A-Z][\w.-]+ ){0,3}?"
    r"[A-Z][\w.-]+)(?:'S)? "
    r"(?:REPLY|LETTER|NOTE|MESSAGE|STATEMENT|COMMUNICATION|AIDE)\b"
)
_SALUTES = re.compile(r"\s*[“\"]?(?:MY )?DEAR\b")
_TASKS = re.compile(r"\b(?:ACTIONS?|TASKS?|ASSIGNMENTS?|RESPONSIBILIT\w+)\b[^.:]{0,60}:\W*$")
"""Leads to a list of who is to do what."""
_ADDRESS = 25
"""Words that the address beneath a letter has at most."""


class QuotedBlocks:
    """Gives whole paragraphs to whoever signs, reads or is labelled with them."""

    def __init__(
        self,
        paper: DocumentLayout,
        tracker: Tracker,
        scribe: SpeechSegmenter,
        *,
        noisy: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> None:
        self._paper = paper
        self._tracker = tracker
        self._finder = tracker.reader.finder
        self._scribe = scribe
        self._noisy = noisy
        self._without = without
        self._quoting: ResolvedSpeaker | None = None
        self._letters = letters_in(paper)
        self._open = False
        self._given = False
        self._governor = Governor(tracker, scribe, sent=paper.is_sent, without=without)
        self._label, self._labels = labels_of(block.prose.text for block in paper.blocks)
        self._labelled: ResolvedSpeaker | None = None
        self._asks = is_briefing(block.prose.text for block in paper.blocks)
        self._unsaid = False
        """Whether what is quoted is yet to be said."""
        self._citing = False
        """Whether the paragraph before announces words of the one to whom a letter goes."""
        self._cited = False
        self._cites: ResolvedSpeaker | None = None
        self._told: frozenset[str] = frozenset()
        self.rest: LayoutBlock | None = None
        """What stands behind the words of a label in the paragraph last taken, where another speaks."""

    def takes(self, block: LayoutBlock, index: int) -> bool:
        """Give a paragraph whole, if it is one to be so given; whether it was."""
        self.rest = None
        if self._label.match(block.prose.text) and self._assigns(index):
            self._tracker.lose()
            return True  # MR. BUNDY: SCENARIO ON LAOS. what he is to do, and nobody's words
        if self.labelled(block):
            return True
        if self._labelled is not None and self._labels >= LABELS:
            if block.prose.text[:1] in "[(" or self._label.match(block.prose.text):
                self._labelled = None
                return True
            if _NARRATED.match(block.prose.plain) or _DECIDED.match(block.prose.plain):
                self._labelled = nobody(block)
                return False
            if another_opens(block, self._finder):
                self._labelled = nobody(block)  # SENATOR RUSSELL SAID: told by whom, is left open
            # in a transcript an unlabelled paragraph goes on with what the last label said
            self.whole(block, self._labelled.with_evidence("label before"), Mode.ORAL, quoted=True, least=3)
            return True
        if self._in_quotation(block, index):
            self._quotation(block, index)
            return True
        return self._governor.takes(block)

    def _assigns(self, index: int) -> bool:
        """Whether a labelled paragraph says who is to do what: ACTIONS ASSIGNED: MR. BUNDY: SCENARIO."""
        before = reversed(self._paper.blocks[:index])
        lead = next((b for b in before if not self._label.match(b.prose.text)), None)
        return lead is not None and _TASKS.search(lead.prose.plain) is not None

    def governs(
        self, block: LayoutBlock, mentions: tuple[Mention, ...], last: ResolvedSpeaker | None
    ) -> None:
        """Remember whose statement the paragraphs under this one are."""
        self._governor.governs(block, mentions, last)

    def forget(self) -> None:
        """What was announced before is given: nothing of what follows is under it."""
        self._quoting, self._labelled = None, None
        self._governor.forget()

    def enclosed(self, block: LayoutBlock) -> None:
        """A paragraph of a text under the heading of who gives it."""
        giver = block.giver
        if giver is None:
            return
        player = self._finder.giver(giver)
        if player is None and giver is self._paper.sender:
            player = self._finder.cast.author  # by THE SECRETARY OF STATE, and signed
        side = player.person.side if player else side_of(giver.words)
        known = player is not None or side is not None
        if not known and giver is not self._paper.sender:
            return
        voice = ResolvedSpeaker(
            player=player,
            side=side,
            resolution=SpeakerBasis.GOVERNING if known else SpeakerBasis.UNKNOWN,
            mention=giver,
            evidence=frozenset({"enclosed"}),
        )
        self._told |= told_under(self._paper, block, voice, self._tracker.reader)
        voice = nobody(block) if block.path in self._told else voice
        text = block.prose.text.strip()
        if block is self._paper.blocks[-1] and re.search(r"[\w)]$", text) and len(text.split()) < _ADDRESS:
            return  # whom a letter is for, beneath it
        self._citing = self._citing and (text[:1] in '“"' or self._cited)
        if self._citing:
            # I REFER TO YOUR NOTE, WHICH READS: those words are the other's
            self._cited = not re.search(r"[”\"]\W*$", text)
            self._citing = self._cited
            self.whole(block, self._cites or nobody(block), Mode.WRITTEN, quoted=True)
            return
        self._citing = text.endswith(":")
        self._cites = cited_side(block, side) if self._citing else None
        self.whole(block, voice, Mode.WRITTEN, quoted=False)

    def labelled(self, block: LayoutBlock) -> bool:
        """A line of a transcript, headed by who speaks (`K: I TALKED TO HIM.`)."""
        beside = BESIDE.match(block.prose.text)
        label = beside or self._label.match(block.prose.text)
        word = label.group("who") if label else ""
        if not label or word.upper() in NO_LABELS:
            return False
        player = None if self._asks else self._finder.labelled(word)
        if player is None and beside:
            player = self._tracker.reader.learnt(block.prose, *label.span("who"), [word], "").player
        if player is None:
            self._labelled = None
            if transcribed := self._paper.kind.startswith("transcript") or self._labels >= LABELS:
                self._unknown_label(block, label, word)
            return transcribed
        mention = block.prose.excerpt(*label.span("who"))
        voice = ResolvedSpeaker(
            player=player, side=player.person.side, resolution=SpeakerBasis.NAMED, mention=mention
        )
        _, said = block.cut(label.end())
        other = breaks_in(said, voice, self._tracker)
        if other is not None:
            said, self.rest = said.cut(other)
        self.whole(said, voice, Mode.ORAL, quoted=True, least=1)
        self._labelled = voice
        return True

    def _unknown_label(self, block: LayoutBlock, label: re.Match[str], word: str) -> None:
        """What stands behind a label that names nobody known: said, where the label comes again."""
        again = sum(b.prose.text.startswith(label.group()) for b in self._paper.blocks) > 1
        if again and word.isupper() and not self._asks:
            self.whole(block.cut(label.end())[1], nobody(block), Mode.ORAL, quoted=True, least=3)
        else:
            self._scribe.out.adrift.append((block, 0, len(block.prose.text), "a speaker who is not known"))

    def _in_quotation(self, block: LayoutBlock, index: int) -> bool:
        text = block.prose.text.lstrip()
        letter = self._letter(index)
        if letter:
            if index == letter.start:
                self._quoting = None
            self._open = self._given = False
            return True
        if self._given:
            if TEXT_ENDS.match(text) or (not self._ends_later(index) and self._speaks(block)):
                self._given = False
                self._quoting = None
                return False
            self._given = not TEXT_ENDS.search(block.prose.plain)
            return True
        if _BEGIN.match(text) and block.role is not Role.COMMENT:
            self._given = not TEXT_ENDS.search(block.prose.plain)
            self._quoting = None
            return True
        starts = text[:1] in ("“", '"')
        if self._open:
            self._open = not QUOTE_CLOSES.search(text)
            return True
        if not starts or index == 0:
            return False
        closes = text[1:].find("”") if text[0] == "“" else text[1:].find('"')
        before = self._paper.blocks[max(0, index - 3) : index]
        follows = (
            _FOLLOWS.search(before[-1].prose.plain)
            or self._quoting
            or any(TEXT_COMES.search(b.prose.plain) for b in before)
            or _SALUTES.match(block.prose.plain)
            or (closes < 0 and self._runs_on(index))
        )
        if not follows:
            return False
        self._open = closes < 0 or (closes < len(text) * 0.5 and not QUOTE_CLOSES.search(text))
        return closes < 0 or closes > len(text) * 0.8

    def _letter(self, index: int) -> range:
        """The paragraphs of the letter to which one belongs; none where it belongs to none."""
        return next((letter for letter in self._letters if index in letter), range(0))

    def _ends_later(self, index: int) -> bool:
        """Whether the end of a text that begins here is marked."""
        return any(TEXT_ENDS.search(b.prose.plain) for b in self._paper.blocks[index:])

    def _speaks(self, block: LayoutBlock) -> bool:
        """Whether a paragraph opens with someone who speaks: the text before it has ended."""
        prose = block.prose
        frames = Frames(prose, quoted(prose), self._finder)
        for head in (h for sentence in prose.sentences for h in frames.of(sentence.start, sentence.end)):
            if head.subject.kind is SubjectKind.PHRASE and not head.modal and is_strong(head.verb):
                meant = self._tracker.reader.meant(prose, head.subject.start, head.subject.end, strong=False)
                if meant.player is not None and self._tracker.is_present(meant.player):
                    return True
        return False

    def _reports(self, block: LayoutBlock) -> bool:
        """Whether quoted words report in turn what others said: the minutes of a meeting, no speech."""
        prose, player = block.prose, self._quoting.player if self._quoting is not None else None
        frames = Frames(prose, bytearray(len(prose.text) + 1), self._finder)
        reader = self._tracker.reader
        return any(tells_of(block, frames.of(s.start, s.end), reader, player) for s in prose.sentences)

    def _runs_on(self, index: int) -> bool:
        """Whether the next paragraph opens a quotation too, as each paragraph of a long one does."""
        ahead = self._paper.blocks[index + 1 : index + 2]
        return bool(ahead) and ahead[0].prose.text.lstrip()[:1] == "“"

    def _quotation(self, block: LayoutBlock, index: int) -> None:
        if self._quoting is None:
            self._quoting = presenter(block, self._tracker.reader) or self._quoter(index) or nobody(block)
            ours = self._quoting.side in (None, "US")
            letter = bool(self._letter(index)) or any(
                _SALUTES.match(b.prose.plain) for b in self._paper.blocks[index : index + 3]
            )
            self._unsaid = self._paper.is_instruction and is_unsaid(
                self._over(index), signed=letter or self._quoting.player is not None, by_another=not ours
            )
            if letter and self._paper.is_instruction and self._quoting.player is None:
                self._quoting = replace(self._quoting, side=self._quoting.side or "US")
        if self._unsaid:
            self._scribe.out.adrift.append((block, 0, len(block.prose.text), UNSAID))
        else:
            voice = nobody(block) if self._reports(block) else self._quoting
            self.whole(block, voice, Mode.READ, quoted=True)
            known = self._quoting.resolution is not SpeakerBasis.UNKNOWN
            self._tracker.active = self._quoting if known else None
            if known:
                self._tracker.hold(self._quoting, None)
        ahead = self._paper.blocks[index + 1] if index + 1 < len(self._paper.blocks) else None
        if (
            not self._open
            and not self._given
            and index + 1 not in self._letter(index)
            and (ahead is None or ahead.prose.text.lstrip()[:1] not in ("“", '"'))
        ):
            self._quoting = None

    def _over(self, index: int) -> list[LayoutBlock]:
        """The paragraphs over a quoted text, the nearest first."""
        before = self._paper.blocks[max(0, index - 3) : index][::-1]
        return [block for block in before if block.prose.text.lstrip()[:1] not in ("“", '"')]

    def _quoter(self, index: int) -> ResolvedSpeaker | None:
        """Who gives a quoted text: who signs it, else who is said to read or send it."""
        if signed := signer_of(self._paper.blocks, index, self._letter(index), self._tracker.reader):
            return signed
        for block in self._over(index):
            owned = _TEXT_OF.search(block.prose.plain)
            if owned is not None:
                # FOLLOWING IS TEXT SPAAK REPLY: whose the text is, is said
                return self._voice(block, *owned.span("who"), "text of")
            given = _GIVEN_BY.search(block.prose.plain)
            if given and (sender := self._sender(block, given.end())):
                return sender
            for mention in reversed(self._finder.find(block.prose)):
                follows = block.prose.plain[mention.end : mention.end + 40]
                if (
                    mention.kind in (MentionKind.NAME, MentionKind.OFFICE)
                    and not mention.possessive
                    and re.match(
                        r"\W+(?:THEN )?(?:WISHE[SD]|WANT|READ|HANDED|GAVE|MADE|CALLED|SENT|DELIVERED)",
                        follows,
                    )
                ):
                    return self._tracker.as_voice(block, mention, SpeakerBasis.QUOTATION)
        if self._tracker.floor:
            return replace(self._tracker.floor, resolution=SpeakerBasis.QUOTATION)
        return (
            replace(self._tracker.active, resolution=SpeakerBasis.QUOTATION) if self._tracker.active else None
        )

    def _sender(self, block: LayoutBlock, at: int) -> ResolvedSpeaker | None:
        """Whose a message is, by the phrase behind FROM or BY."""
        for mention in self._finder.find(block.prose):
            if mention.start == at and not mention.possessive:
                return self._tracker.as_voice(block, mention, SpeakerBasis.QUOTATION)
        phrase = SubjectFinder(block.prose, at, len(block.prose.text), self._finder.names).following(at)
        return None if phrase is None else self._voice(block, phrase.start, phrase.end)

    def _voice(self, block: LayoutBlock, start: int, end: int, *evidence: str) -> ResolvedSpeaker | None:
        """Whose a text is, by the words that name him."""
        meant = self._tracker.reader.meant(block.prose, start, end, strong=True)
        if meant.player is None and meant.side is None:
            return None
        return ResolvedSpeaker(
            player=meant.player,
            side=meant.side,
            resolution=SpeakerBasis.QUOTATION,
            mention=block.prose.excerpt(start, end),
            evidence=frozenset(evidence),
        )

    def whole(
        self, block: LayoutBlock, voice: ResolvedSpeaker, mode: Mode, *, quoted: bool, least: int = 6
    ) -> None:
        """Give every sentence of a paragraph that has `least` words to one voice."""
        if _EDITORS.search(BRACKETED.sub("", block.prose.plain)):
            return  # the edition speaks of its copy
        begin = _BEGIN.match(block.prose.text)
        for sentence in block.prose.sentences:
            told = mode is Mode.WRITTEN and tells_of_other(block, sentence, voice, self._tracker.reader)
            if begin and begin.end() < sentence.end:
                sentence = Span(max(sentence.start, begin.end()), sentence.end)
            if len(block.prose.text[sentence.start : sentence.end].split()) < least:
                continue
            if BRACKETED.fullmatch(block.prose.text[sentence.start : sentence.end].strip(" .")):
                continue  # what the edition leaves out
            for start, end in clauses(block.prose, sentence.start, sentence.end):
                whose = nobody(block) if told else voice
                short = min(3, least)
                self._scribe.say(
                    block, start, end, whose, None, mode=mode, governed=True, is_quoted=quoted, least=short
                )
