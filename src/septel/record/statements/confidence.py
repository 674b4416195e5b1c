"""How far a statement can be trusted: two small models, fitted across documents.

One says how likely it is that somebody said this at all, the other how likely it is that the named speaker
did, if so. Both are logistic over what speaks for and against a statement: how the speaker is named, how
far back, by which verb, who else was there. They are fitted on documents with every statement marked, and
judged only on documents that were left out (`septel measure statements`). A statement that is likely
nobody's is not shown; a speaker who is not likely enough is unknown. What is shown is the product of both
with the mean confidence of the words.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from septel.record.attribution import ReportedSpeech
from septel.record.layout import BLANK, Prose, Role
from septel.record.model import Act, Polarity, SpeakerBasis, Statement
from septel.record.people import is_own_staff
from septel.record.statements.issues import IssueVocabulary
from septel.record.statements.speech_acts import polarity_of
from septel.text import Confidence

FLOOR = 0.5
"""Below this share of words that were read a passage is listed as unread."""

GARBLED, DOUBTED = 0.7, 0.75
"""In a paragraph of which less than the first was read, a passage needs the second."""
_PAGE_OF = 30
"""Words from which a paragraph tells how well its page was read."""

_SORTS = (
    ("what ought to be", re.compile(r"\b(?:SHOULD|OUGHT|MUST|NEED|BETTER)\b")),
    ("a wish", re.compile(r"\b(?:WANT|WISH|DESIRE|LIKE|EXPECT|PREFER|FAVOR)")),
    ("a hope", re.compile(r"\bHOP(?:E|ING)|APPRECIATE")),
    (
        "a judgement",
        re.compile(r"\b(?:BE|IS|WAS|IT) (?:\w+ )?[A-Z]+(?:FUL|ABLE|ANT|ARY|IAL|WISE|GOOD|BETTER|WORTH)\b"),
    ),
    ("readiness", re.compile(r"\b(?:PREPARED|READY|WILLING|READINESS|WILLINGNESS)\b")),
    ("its name", re.compile(r"\b(?:PROPOS|SUGGEST|RECOMMEND|URG|REJECT|OBJECT|ACCEPT|AGREE|REQUEST|DEMAND)")),
)
"""Sorts of words that show an act."""
_FIRST_PERSON = re.compile(r"\b(?:I|WE)(?: (?:\w+LY|DO|DID|HAVE|AM|ARE|CAN|ALSO))*\W*$")
"""I AGREE, WE PROPOSE: who says it does it."""
_TOKEN = re.compile(rf"{BLANK}|[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over features that are there or not."""

    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)

    def probability(self, features: Iterable[str]) -> float:
        """The probability that these features tell."""
        total = self.bias + sum(self.weights.get(name, 0.0) for name in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The fitted models and what is done with their answers.

    Attributes:
        name: what the calibration is called.
        said: how likely it is that somebody said it.
        speaker: how likely it is that the named speaker did, if somebody did.
        show: a statement less likely than this is listed and not claimed.
        name_from: where it is less likely than this that this speaker said it, the speaker is unknown.
        act: how likely it is that the stance of an act is right.
        act_from: an act less likely than this is not told: the statement STATES.
    """

    name: str
    said: Weights
    speaker: Weights
    show: float
    name_from: float
    act: Weights = field(default_factory=lambda: Weights(bias=30.0))
    act_from: float = 0.0

    @staticmethod
    def shipped() -> Trust:
        """The models that come with Septel."""
        return _shipped()

    @classmethod
    def nothing_asked(cls) -> Trust:
        """Shows every statement and names every speaker: for fitting."""
        sure = Weights(bias=30.0)
        return cls(name="none: nothing is asked", said=sure, speaker=sure, show=0.0, name_from=0.0)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Trust:
        """The models as a file holds them."""
        return cls(
            name=str(data["name"]),
            said=Weights(float(data["said"]["bias"]), dict(data["said"]["weights"])),
            speaker=Weights(float(data["speaker"]["bias"]), dict(data["speaker"]["weights"])),
            show=float(data["show"]),
            name_from=float(data["name_from"]),
            act=Weights(float(data["act"]["bias"]), dict(data["act"]["weights"])),
            act_from=float(data["act_from"]),
        )


@cache
def _shipped() -> Trust:
    text = (files("septel.record") / "data" / "calibration.json").read_text(encoding="utf-8")
    return Trust.from_json(json.loads(text))


def is_garbled(prose: Prose, start: int, end: int) -> bool:
    """Whether too many words of a stretch, or of all around it, are in doubt to say what it says.

    On a garbled page (columns run together, a stamp across it) a quarter is too many: what looks like a
    name and a verb there is as likely noise.
    """
    own = read_share(prose, start, end)
    if own < FLOOR:
        return True
    page = len(prose.text.split()) >= _PAGE_OF and own < DOUBTED
    return page and read_share(prose, 0, len(prose.text)) < GARBLED


def read_share(prose: Prose, start: int, end: int) -> float:
    """The mean confidence of the words of a stretch; a word that no step touched counts as read."""
    total, words = 0.0, 0
    for token in _TOKEN.finditer(prose.text, start, end):
        words += 1
        least = 1.0
        for edit in prose.doubts(token.start(), token.end()):
            if edit.confidence is not None:
                least = min(least, edit.confidence.probability)
            elif edit.unreadable:
                least = 0.0
        total += least
    return total / words if words else 0.0


def features_of(saying: ReportedSpeech, kind: str) -> frozenset[str]:
    """What speaks for and against a statement, by name.

    Args:
        saying: the stretch and its voice.
        kind: the kind of document, as its heading has it.
    """
    voice = saying.voice
    found = {f"how: {voice.resolution.value}", f"in: {_sort(kind)}", *voice.evidence}
    if saying.head is None and voice.resolution is not SpeakerBasis.CONTINUING:
        found.add("a further clause")
    if saying.block.prose.in_capitals:
        found.add("in capitals")
    words = len(saying.block.prose.text[saying.start : saying.end].split())
    found.add("words: few" if words < 8 else "words: many" if words > 30 else "words: some")
    if saying.quoted:
        found.add("quoted")
    if saying.governed:
        found.add("governed")
    if saying.block.role is Role.SUMMARY:
        found.add("summary")
    if voice.guessed:
        found.add("guessed")
    if voice.player is not None:
        own = is_own_staff(voice.player)
        found.add("who: own staff" if own else f"who: {voice.player.kind}")
        if own:
            found -= {"office", "how: office"}
        if voice.player.listed:
            found.add("who: listed")
    return paired(found)


_WITH_HOW = frozenset({"strong", "weak", "further", "late", "perfect", "first", "quoted", "governed"})


def paired(features: Iterable[str]) -> frozenset[str]:
    """Features, and how the speaker is known together with what kind of document, speaker, clause it is.

    A quotation in a note is its writer's; one in a report of a talk may be anybody's.
    """
    found = frozenset(features)
    beside = [name for name in found if name in _WITH_HOW or name.startswith(("in: ", "who: "))]
    how = [name for name in found if name.startswith("how: ")]
    return found | {f"{one}, {other}" for one in how for other in beside}


def act_features_of(statement: Statement, saying: ReportedSpeech, kind: str) -> frozenset[str]:
    """What speaks for and against an act, by name: what shows it, mood, modality, who reports it.

    Args:
        statement: with its act.
        saying: the stretch and its voice.
        kind: the kind of document, as its heading has it.
    """
    act = statement.act.value
    group = saying.head.verb.group if saying.head is not None else "none"
    content = saying.block.prose.excerpt(saying.content, saying.end).locus.span.start
    shown = statement.verb.locus.span.start if statement.verb is not None else -1
    by_verb = saying.head is not None and 0 <= shown < content
    found = {
        f"act: {act}",
        f"act: {act}, by {'its verb' if by_verb else 'what is said' if statement.verb else 'nothing'}",
        f"verb: {group}",
        f"{act} behind {group}",
        f"in: {_sort(kind)}",
        f"modality: {statement.modality.value}",
    }
    if statement.verb is not None and not by_verb:
        found |= _shown_as(statement.verb.words, act)
        lead = saying.block.prose.plain[saying.content : saying.content + shown - content]
        if _FIRST_PERSON.search(lead):
            found |= {"first person", f"{act}, first person"}
    if polarity_of(saying.block.prose, saying.content, saying.end) is Polarity.NEGATIVE:
        found |= {"denied", f"{act}, denied"}
    if statement.conditions:
        found.add("on a condition")
    talks = IssueVocabulary.shipped()
    if any(talks.issue(id) is not None for id in statement.issue_ids):
        found |= {"of the arms talks", f"{act}, of the arms talks"}
    if saying.governed:
        found.add("governed")
    if saying.quoted:
        found.add("quoted")
    if saying.voice.resolution is SpeakerBasis.CONTINUING:
        found.add("continuing")
    return frozenset(found)


def _shown_as(words: str, act: str) -> set[str]:
    """By what sort of words an act is shown: what ought to be, a wish, a hope, a judgement, readiness."""
    return {f"{act}, by {sort}" for sort, pattern in _SORTS if pattern.search(words.upper())}


def _sort(kind: str) -> str:
    if "information report" in kind:
        return "report"  # what it goes on with is its source's more often than in telegrams
    for word in (
        "telephone",
        "conversation",
        "telegram",
        "minutes",
        "transcript",
        "letter",
        "message",
        "note",
    ):
        if word in kind:
            return word
    return "else"


def act_told(
    statement: Statement, saying: ReportedSpeech, kind: str, trust: Trust
) -> tuple[Act, Confidence | None]:
    """The act and its confidence; STATES and None where it is not likely enough."""
    likely = trust.act.probability(act_features_of(statement, saying, kind))
    if likely < trust.act_from:
        return Act.STATES, None
    return statement.act, Confidence(probability=round(likely, 4), calibration=trust.name)


def confidence_of(saying: ReportedSpeech, kind: str, trust: Trust) -> tuple[Confidence | None, float, float]:
    """The confidence of a statement, and the two probabilities behind it; None where no speaker is named."""
    features = features_of(saying, kind)
    said, speaker = trust.said.probability(features), trust.speaker.probability(features)
    if saying.voice.player is None:
        return None, said, speaker
    read = read_share(saying.block.prose, saying.start, saying.end)
    return Confidence(probability=round(said * speaker * read, 4), calibration=trust.name), said, speaker
