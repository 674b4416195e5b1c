"""Paragraphs that are given whole: enclosed, quoted, highlighted, or lines of a transcript."""

from __future__ import annotations

import re
from dataclasses import replace

from septel.record.attribution.reported_speech import DEPARTS, PREPARED, SpeechSegmenter
from septel.record.attribution.reporting_verbs import heads
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.layout import DocumentLayout, LayoutBlock, Prose, clauses, cue, quoted
from septel.record.model import Mode, SpeakerBasis
from septel.record.people import Mention, MentionFinder, MentionKind, side_of

_FOLLOWS = cue("attributing.follows")
_LABEL = re.compile(
    r"(?P<who>[A-Z]{1,2}|(?:The |Mr\. |Dr\. |Secretary |Ambassador |President |General )?[A-Z][a-z]+)"
    r"\s?:\s+(?=\S)"
)
_EDITORS = re.compile(r"\bSOURCE TEXT\b|\bHANDWRITTEN NOT(?:E|ATION)\b")
_BEGIN = re.compile(r"BEGIN (?:VERBATIM )?(?:TEXT|MESSAGE|QUOTE)\b", re.IGNORECASE)
_GIVEN_BY = re.compile(
    r"\b(?:STATEMENT|MESSAGE|LETTER|NOTE|REPLY|COMMUNICATION|TEXT)\b[^.]{0,60}?\b(?:BY|FROM) (?=\w)"
)
_DELIVER = re.compile(
    r"\b(?:DELIVER|CONVEY|TRANSMIT|PASS|HAND|GIVE|FOLLOWING (?:MESSAGE|LETTER|NOTE|TEXT))\b"
)


class QuotedBlocks(SpeechSegmenter):
    """Gives whole paragraphs to whoever signs, reads or is labelled with them."""

    def __init__(
        self,
        paper: DocumentLayout,
        finder: MentionFinder,
        *,
        noisy: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(paper, finder, noisy=noisy, without=without)
        self._quoting: ResolvedSpeaker | None = None
        self._open = False
        self._given = False
        self._governor: tuple[str, ResolvedSpeaker] | None = None

    def _enclosed(self, block: LayoutBlock) -> None:
        giver = block.giver
        if giver is None:
            return
        player = self._finder.giver(giver)
        side = player.person.side if player else side_of(giver.words)
        if player is None and side is None:
            return
        voice = ResolvedSpeaker(player=player, side=side, resolution=SpeakerBasis.GOVERNING, mention=giver)
        self._whole(block, voice, Mode.WRITTEN, quoted=False)

    def _labelled(self, block: LayoutBlock) -> bool:
        """A line of a transcript, headed by who speaks (`K: I TALKED TO HIM.`)."""
        label = _LABEL.match(block.prose.text)
        if not label:
            return False
        player = self._finder.labelled(label.group("who"))
        if player is None:
            if self._paper.kind.startswith("transcript"):
                self._out.adrift.append((block, 0, len(block.prose.text), "a speaker who is not known"))
                return True
            return False
        prose = block.prose
        mention = prose.excerpt(*label.span("who"))
        voice = ResolvedSpeaker(
            player=player, side=player.person.side, resolution=SpeakerBasis.NAMED, mention=mention
        )
        said = LayoutBlock(
            path=block.path,
            role=block.role,
            prose=Prose(prose.carried, prose.text[label.end() :], prose.at[label.end() :], prose.paragraph),
            topic=block.topic,
        )
        self._whole(said, voice, Mode.ORAL, quoted=True, least=3)
        return True

    def _in_quotation(self, block: LayoutBlock, index: int) -> bool:
        text = block.prose.text.lstrip()
        if self._given:
            self._given = not re.match(r"END (?:OF )?(?:TEXT|MESSAGE|QUOTE)", text.upper())
            return self._given
        if index and _BEGIN.match(text):
            self._given = True
            self._quoting = self._quoter(index)
            return True
        starts = text[:1] in ("“", '"')
        if self._open:
            self._open = not re.search(r"[”\"]\W*$", text) or (starts and not re.search(r"[”\"]\W*$", text))
            return True
        if not starts or index == 0:
            return False
        closes = text[1:].find("”") if text[0] == "“" else text[1:].find('"')
        before = self._paper.blocks[max(0, index - 3) : index]
        follows = (
            _FOLLOWS.search(before[-1].prose.plain)
            or self._quoting
            or any(
                re.search(r"\bFOLLOWS? (?:THE |IS )?(?:THE )?TEXT\b|\bTEXT OF (?:A|THE)\b", b.prose.plain)
                for b in before
            )
            or re.match(r"[“\"]DEAR\b", block.prose.plain.lstrip())
            or (closes < 0 and self._runs_on(index))
        )
        if not follows:
            return False
        self._open = closes < 0 or (closes < len(text) * 0.5 and not re.search(r"[”\"]\W*$", text))
        return closes < 0 or closes > len(text) * 0.8

    def _runs_on(self, index: int) -> bool:
        """Whether the next paragraph opens a quotation too, as each paragraph of a long one does."""
        ahead = self._paper.blocks[index + 1 : index + 2]
        return bool(ahead) and ahead[0].prose.text.lstrip()[:1] == "“"

    def _quotation(self, block: LayoutBlock, index: int) -> None:
        if self._quoting is None:
            self._quoting = self._quoter(index)
        if self._quoting is not None:
            self._whole(block, self._quoting, Mode.READ, quoted=True)
            self._active = self._quoting
            if self._quoting.player is not self._finder.cast.author:
                self._he = self._quoting.player or self._he
        ahead = self._paper.blocks[index + 1] if index + 1 < len(self._paper.blocks) else None
        if (
            not self._open
            and not self._given
            and (ahead is None or ahead.prose.text.lstrip()[:1] not in ("“", '"'))
        ):
            self._quoting = None

    def _quoter(self, index: int) -> ResolvedSpeaker | None:
        """Who gives a quoted text: who signs it, else who is said to read or send it."""
        for block in self._paper.blocks[index : index + 30]:
            text = re.sub(r"\[[^\]]*\]", "", block.prose.text).strip()
            if text.endswith("”") and 1 < len(text.split()) < 6 and not text.startswith("“"):
                name = re.findall(r"[A-Z][\w'’-]+", text)
                player = self._finder.cast.named(name[-1]) if name else None
                if player:
                    signed = block.prose.excerpt(0, len(block.prose.text))
                    return ResolvedSpeaker(
                        player=player,
                        side=player.person.side,
                        resolution=SpeakerBasis.QUOTATION,
                        mention=signed,
                    )
            if text.endswith("”"):
                break
        for block in reversed(self._paper.blocks[max(0, index - 3) : index]):
            if block.prose.text.lstrip()[:1] in ("“", '"'):
                continue  # part of the quotation itself
            given = _GIVEN_BY.search(block.prose.plain)
            for mention in self._finder.find(block.prose) if given else ():
                if given and mention.start == given.end() and not mention.possessive:
                    return self._as_voice(block, mention, SpeakerBasis.QUOTATION)
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
                    return self._as_voice(block, mention, SpeakerBasis.QUOTATION)
        if self._reader:
            return replace(self._reader, resolution=SpeakerBasis.QUOTATION)
        heading = self._paper.heading
        before = self._paper.blocks[index - 1].prose if index else None
        sent = heading is not None and "FROM THE DEPARTMENT" in heading.plain
        if sent and before is not None and _DELIVER.search(before.plain):
            # A message that a post is to hand over is its own government's.
            shown = before.excerpt(0, len(before.text))
            return ResolvedSpeaker(player=None, side="US", resolution=SpeakerBasis.QUOTATION, mention=shown)
        return replace(self._active, resolution=SpeakerBasis.QUOTATION) if self._active else None

    def _governed(self, block: LayoutBlock) -> bool:
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
                h
                for h in heads(prose, sentence.start, sentence.end, mentions, mask)
                if h.subject
                and h.subject.kind in (MentionKind.NAME, MentionKind.OFFICE)
                and h.verb.group not in ("attitude", "narrative")
            ]
            text = prose.plain[sentence.start : sentence.end]
            if found and found[0].subject and found[0].subject.player:
                spoken = self._as_voice(block, found[0].subject, SpeakerBasis.NAMED)
                current = spoken or current
                mode = (
                    Mode.DEPARTURE if DEPARTS.search(text) and not re.search(r"CONTINU", text) else Mode.READ
                )
                self._say(block, sentence.start, sentence.end, current, found[0], mode=mode)
            else:
                if PREPARED.search(text) and not DEPARTS.search(text):
                    mode = Mode.READ
                current = voice if mode is Mode.READ else current
                for start, end in clauses(prose, sentence.start, sentence.end):
                    self._say(block, start, end, current, None, mode=mode, governed=True)
        return True

    def _whole(
        self, block: LayoutBlock, voice: ResolvedSpeaker, mode: Mode, *, quoted: bool, least: int = 6
    ) -> None:
        if _EDITORS.search(block.prose.plain):
            return  # the edition speaks of its copy
        for sentence in block.prose.sentences:
            if len(block.prose.text[sentence.start : sentence.end].split()) < least:
                continue
            for start, end in clauses(block.prose, sentence.start, sentence.end):
                self._say(block, start, end, voice, None, mode=mode, governed=True, is_quoted=quoted)

    def _owner(self, block: LayoutBlock, mentions: tuple[Mention, ...]) -> ResolvedSpeaker | None:
        """Whose statement follows: THE SOVIET STATEMENT is that of the Soviet who read one."""
        if self._reader:
            sides = {
                m.side
                for m in mentions
                if m.kind is MentionKind.SIDE
                and re.match(r"(?:'S)?\W+(?:OPENING )?STATEMENT", block.prose.plain[m.end :])
            }
            if not sides or self._reader.side in sides:
                return replace(self._reader, resolution=SpeakerBasis.GOVERNING)
        if self._active:
            return replace(self._active, resolution=SpeakerBasis.GOVERNING)
        return None
