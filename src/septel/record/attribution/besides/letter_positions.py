"""Positions of whoever writes a letter to another office of his own government: said by the writer.

A letter is its writer's. Within a government much of it tells and explains; where the writer takes a position
(`I CONCUR`, `THE DEPARTMENT CONSIDERS`, `IN OUR VIEW`), asks for something or promises it, he says so to
the one to whom he writes. What he tells of others is found as everywhere.
"""

from __future__ import annotations

import re

from septel.record.attribution.reported_speech import SpeechSegmenter
from septel.record.attribution.speakers import ResolvedSpeaker
from septel.record.layout import DocumentLayout, LayoutBlock, Role, quoted
from septel.record.model import Mode, SpeakerBasis
from septel.record.people import Participant
from septel.text import Span

_LINKS = (
    r"(?:(?:\w+LY|ALSO|STILL|THEREFORE|THUS|MYSELF|HERE|FOR ONE|OF COURSE|MUST|SHOULD|WOULD|WILL|SHALL|CAN"
    r"|CANNOT|COULD|DO|HAVE|HAVE NOW|BEEN|AM|ARE|NOT|VERY|MUCH|QUITE|MOST|RATHER|FURTHER|TOO|ALL"
    r"|CONTINUE TO BE),? ){0,4}"
)
_HOLD = (
    r"(?:BELIEVE|THINK|FEEL|AGREE|CONCUR|HOPE|TRUST|RECOMMEND|SUGGEST|URGE|PROPOSE|REQUEST|ASK|CONSIDER"
    r"|DOUBT|PREFER|FAVOR|OPPOSE|OBJECT|INTEND|PLAN|WISH|WANT|REGRET|REMAIN|APPRECIATE|EXPECT|ACCEPT|SHARE"
    r"|SUPPORT|FEAR|SEE NO|SEE (?:\w+ )?(?:DIFFICULT\w+|MERIT|ADVANTAGES?|REASON)|FIND|ASSURE|WELCOME"
    r"|ENDORSE|RECOGNIZE|REALIZE|DISAGREE|APPROVE|LIKE TO|BE GRATEFUL|BE GLAD|BE PREPARED|QUESTION|REGARD"
    r"|ESTIMATE|HAVE NO (?:OBJECTION|DOUBT|ILLUSION)S?|SUBSCRIBE|ATTACH|RECONSIDER"
    r"|HAVE (?:THE |A |SOME |QUITE |NOW )*(?:\w+ )?(?:VIEWS?|FEELING|IMPRESSION|RESERVATIONS?|DOUBTS?)"
    r"|REITERATE|CONCLUDE|IMAGINE|SUSPECT)"
)
_HELD = (
    r"(?:CONVINCED|CONCERNED|ENCOURAGED|PREPARED|WILLING|READY|UNABLE|GLAD|PLEASED|CONFIDENT|INCLINED"
    r"|DISTURBED|OPPOSED|ANXIOUS|AGREEABLE|HOPEFUL|CERTAIN|SURE|AWARE|WORRIED|SYMPATHETIC|CONCURRED|AGREED"
    r"|RELUCTANT|SATISFIED|PERSUADED|INTERESTED|IN (?:FULL |GENERAL |COMPLETE )?(?:AGREEMENT|ACCORD|FAVOR))"
)
_OFFICE = (
    r"(?:(?:THE |THIS |MY |OUR )(?:DEPARTMENT|BUREAU|OFFICE|AGENCY|EMBASSY|MISSION|COMMAND|COUNTRY TEAM"
    r"|SERVICE)(?: OF (?:STATE|DEFENSE|THE \w+|[A-Z]+))?|(?:THE )?JOINT CHIEFS(?: OF STAFF)?|STATE|DEFENSE"
    r"|TREASURY)"
)
_VIEW = (
    r"(?:VIEW|OPINION|JUDGE?MENT|BELIEF|FEELING|HOPE|POSITION|CONVICTION|RECOMMENDATION|SUGGESTION"
    r"|CONCLUSION)"
)
_POSITION = re.compile(
    rf"(?<![.\w])(?:I|WE) {_LINKS}(?:{_HOLD}|{_HELD})\b"
    rf"|(?<![.\w])(?:I['’]M|WE['’]RE|I['’]D|WE['’]D) {_LINKS}(?:{_HOLD}|{_HELD})\b"
    rf"|(?<![.\w]){_OFFICE} (?:\w+LY |ALSO |STILL |THEREFORE |DOES NOT |WOULD (?:NOT )?|IS (?:NOT |\w+LY )?"
    rf"|HAS (?:NOW )?)*(?:{_HOLD}S?|{_HELD}|HAS NO OBJECTION)\b"
    rf"|\bIN (?:MY|OUR) (?:OWN |PERSONAL |CONSIDERED )?{_VIEW}\b"
    rf"|\b(?:MY|OUR) (?:\w+ )?{_VIEW} (?:IS|THAT)\b"
    rf"|\bIT IS (?:ALSO |STILL |THEREFORE )?(?:MY|OUR|THE (?:DEPARTMENT|BUREAU|EMBASSY)['’]S) (?:\w+ )?"
    rf"{_VIEW}\b|\bIT IS (?:ALSO )?THE {_VIEW} OF {_OFFICE}"
    r"|\bIT IS (?:\w+LY |ALSO |THEREFORE |OUR )?(?:REQUESTED|RECOMMENDED|SUGGESTED|BELIEVED|HOPED|FELT"
    r"|CONSIDERED|RECOGNIZED)\b"
    r"|\bPLEASE (?:LET (?:ME|US)|ADVISE|INFORM|SEE|TELL|GIVE|KEEP)\b"
)
"""By which who writes takes a position, asks or promises."""
_ASIDE = re.compile(
    r"\b(?:REGARDS|GOOD LUCK|WISHES|SINCERELY)\b|\bTHANK YOU\b|\b(?:ENCLOSE|ENCLOSING|REFER TO|REPLYING TO)\b"
    r"|\b(?:HOPE|TRUST) (?:YOU|THAT YOU|TO SEE YOU|ALL)\b[^.]{0,60}"
    r"\b(?:WELL|SOON|VISIT|FAMILY|TRIP|FLIGHT|JOURNEY)\b"
)
"""Courtesies of a letter, and what it encloses or answers."""
_HELD_ON = re.compile(
    r"\b(?:SHOULD|MUST|OUGHT|NECESSARY|ESSENTIAL|DESIRABLE|CANNOT|IMPORTANT|WOULD BE|NEEDS? TO)\b"
)
"""What stands behind a position in its paragraph and goes on with it."""
_TOLD = re.compile(r"\b(?:HE|SHE|THEY)\b")
_SAYS_YOU = re.compile(
    r"(?<!IF )(?<!WHETHER )(?<!THAT )\bYOU (?:ALSO |\w+LY )?(?:INDICATE|SUGGEST|STATE|SAY|ASK|REQUEST"
    r"|POINT OUT|PROPOSE|EXPRESS|RAISE|MENTION|NOTE|RECOMMEND|INQUIRE|URGE|REFER|DISCUSS)\b"
)
"""What the one to whom a letter goes wrote: YOU SUGGEST THAT."""
_LEAST = 6


def take_positions(paper: DocumentLayout, author: Participant | None, scribe: SpeechSegmenter) -> None:
    """Give the positions in a letter within a government to its writer, where a sentence is nobody's."""
    if paper.kind != "letter" or not paper.is_sent_home:
        return
    taken: dict[str, list[Span]] = {}
    for saying in scribe.out.sayings:
        taken.setdefault(saying.block.path, []).append(Span(saying.start, saying.end))
    for block in paper.blocks:
        if block.role is not Role.BODY:
            continue
        mask = quoted(block.prose)
        holds = False
        for sentence in block.prose.sentences:
            if any(s.start < sentence.end and sentence.start < s.end for s in taken.get(block.path, ())):
                holds = False
                continue
            words = block.prose.plain[sentence.start : sentence.end]
            said = _POSITION.search(words) is not None and not mask[sentence.start]
            goes_on = holds and _HELD_ON.search(words) is not None and _TOLD.match(words) is None
            told = _SAYS_YOU.search(words) is not None
            holds = False
            if _ASIDE.search(words) or len(words.split()) < _LEAST:
                continue
            if told and not said:
                _say(scribe, block, sentence, None)
            elif said or goes_on:
                _say(scribe, block, sentence, author)
                holds = True


def _say(scribe: SpeechSegmenter, block: LayoutBlock, sentence: Span, player: Participant | None) -> None:
    basis = SpeakerBasis.UNKNOWN if player is None else SpeakerBasis.AUTHOR
    voice = ResolvedSpeaker(
        player=player,
        side=player.person.side if player is not None else None,
        resolution=basis,
        mention=block.prose.excerpt(sentence.start, min(sentence.end, sentence.start + 40)),
        evidence=frozenset({"told besides", "told besides: letter"} if player is None else {"author"}),
    )
    scribe.say(block, sentence.start, sentence.end, voice, None, mode=Mode.WRITTEN, governed=True)
    adrift = scribe.out.adrift
    adrift[:] = [
        one for one in adrift if one[0] is not block or one[2] <= sentence.start or sentence.end <= one[1]
    ]
