"""Makes statements of sayings: act, issues, links between them, and what is a summary of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from septel.record.attribution import ReportedSpeech
from septel.record.layout import Role, words_of
from septel.record.model import Act, Excerpt, Fidelity, IssueTag, Polarity, Speaker, Statement
from septel.record.statements.governing_verb import denies, is_shared, told_from
from septel.record.statements.issues import IssueVocabulary
from septel.record.statements.speech_acts import (
    act_of,
    conditions_in,
    hedges_in,
    modality_of,
    numbers_in,
    polarity_of,
)

_TAKING = frozenset(
    {
        Act.PROPOSES, Act.ACCEPTS, Act.REJECTS, Act.RESERVES, Act.COMMITS, Act.ASKS, Act.REQUESTS,
        Act.OBJECTS, Act.AGREES, Act.WARNS,
    }
)  # fmt: skip
_LABEL = 80  # characters of a subject that name it
_SUMS_UP = 0.3  # share of a summary's rarer words that the body's statements of the same side must have
_COMMON = frozenset(
    [
        "THE",
        "OF",
        "TO",
        "AND",
        "A",
        "IN",
        "THAT",
        "IT",
        "IS",
        "WAS",
        "WERE",
        "BE",
        "BEEN",
        "HE",
        "HIS",
        "THIS",
        "WOULD",
        "FOR",
        "ON",
        "AS",
        "WITH",
        "AT",
        "BY",
        "AN",
        "WHICH",
        "NOT",
        "HAD",
        "HAVE",
        "HAS",
        "OR",
        "FROM",
        "WE",
        "OUR",
        "BUT",
        "ARE",
        "WILL",
        "COULD",
        "SAID",
        "US",
        "SOVIET",
        "SOVIETS",
        "SIDE",
        "THEY",
        "THEIR",
        "THERE",
        "ITS",
        "THESE",
        "THAN",
        "ANY",
        "OTHER",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStatement:
    """A statement with the saying that it was made of."""

    statement: Statement
    saying: ReportedSpeech


def statements_of(
    sayings: Sequence[ReportedSpeech],
    vocabulary: IssueVocabulary,
    date: str | None,
    reporter: str,
    without: frozenset[str],
    subject: tuple[IssueTag, ...] = (),
) -> list[DraftStatement]:
    """One statement for each saying, linked, in the order of the page."""
    made = [
        DraftStatement(statement=_statement(s, vocabulary, date, reporter, without), saying=s)
        for s in sorted(sayings, key=lambda s: s.block.prose.at[s.start])
    ]
    if "links" not in without:
        made = _answered(made)
        made = _summed(made)
        made = _repeated(made)
    return (
        made if "issues" in without or "context" in without else _in_context(made, vocabulary, date, subject)
    )


_BACK = 4  # statements before it in the paragraph that a statement without an issue may go on from


def _in_context(
    made: list[DraftStatement], vocabulary: IssueVocabulary, date: str | None, subject: tuple[IssueTag, ...]
) -> list[DraftStatement]:
    """Give a statement that names no issue that of what it answers, goes on from, or stands under."""
    issues: dict[str, tuple[IssueTag, ...]] = {m.statement.id: m.statement.issues for m in made}
    result: list[DraftStatement] = []
    for i, item in enumerate(made):
        statement = item.statement
        if not statement.issues:
            block = item.saying.block
            near = [m for m in made[max(0, i - _BACK) : i] if m.saying.block is block]
            lent = issues.get(statement.answers or "", ())
            for earlier in reversed(near):
                lent = lent or issues[earlier.statement.id]
            another = block.topic is not None and _LABEL_ALONE.fullmatch(block.topic.words)
            lent = lent or _of_topic(item.saying, vocabulary, date) or (() if another else subject)
            if lent:
                issues[statement.id] = lent
                principal = weighs(item.saying, statement.act, lent, vocabulary)
                item = replace(item, statement=replace(statement, issues=lent, principal=principal))
        result.append(item)
    return result


def _statement(
    saying: ReportedSpeech,
    vocabulary: IssueVocabulary,
    date: str | None,
    reporter: str,
    without: frozenset[str],
) -> Statement:
    prose, start, end, content = saying.block.prose, saying.start, saying.end, saying.content
    excerpt, told = prose.excerpt(start, end), told_from(saying)
    act, shown = (
        (Act.STATES, None)
        if "acts" in without
        else (saying.head.verb.act, prose.excerpt(saying.head.verb_start, saying.head.end))
        if saying.head is not None and is_shared(saying)
        else act_of(prose, start, end, content, saying.head, saying.voice.side)
    )
    issues = () if "issues" in without else tags(saying, vocabulary, date)
    chain = tuple(name for name in (reporter,) if name)
    in_summary = saying.block.role is Role.SUMMARY
    return Statement(
        id=str(excerpt.locus),
        excerpt=excerpt,
        content=prose.excerpt(told, end),
        speaker=Speaker(
            person=saying.voice.player.person if saying.voice.player else None,
            side=saying.voice.side,
            resolution=saying.voice.resolution,
            mention=saying.voice.mention,
        ),
        addressee=saying.addressee.person if saying.addressee else None,
        chain=chain,
        mode=saying.mode,
        fidelity=_fidelity(saying),
        act=act,
        verb=shown,
        polarity=Polarity.NEGATIVE if denies(saying) else polarity_of(prose, content, end),
        modality=modality_of(prose, content, end),
        conditions=conditions_in(prose, content, end),
        hedges=hedges_in(prose, content, end, "speaker"),
        reporter_hedges=hedges_in(prose, start, content, "reporter"),
        issues=issues,
        numbers=numbers_in(prose, content, end),
        in_summary=in_summary,
        principal=bool(issues) and weighs(saying, act, issues, vocabulary),
        rule=f"{saying.voice.resolution.value}" + (f": {saying.head.verb.lemma}" if saying.head else ""),
    )


def tags(saying: ReportedSpeech, vocabulary: IssueVocabulary, date: str | None) -> tuple[IssueTag, ...]:
    """The issues that a statement touches by its own words."""
    prose = saying.block.prose
    text = prose.plain[saying.start : saying.end]
    found = [
        IssueTag(issue=issue.id, shown_by=prose.excerpt(saying.start + m.start(), saying.start + m.end()))
        for issue, m in vocabulary.find(text, date)
    ]
    return tuple(found)


def _of_topic(saying: ReportedSpeech, vocabulary: IssueVocabulary, date: str | None) -> tuple[IssueTag, ...]:
    found: list[IssueTag] = []
    if saying.block.topic is not None and not _NO_TOPIC.search(saying.block.topic.words):
        found = [
            IssueTag(issue=issue.id, shown_by=saying.block.topic)
            for issue, _ in vocabulary.find(saying.block.topic.words, date)
        ]
        if not found and names_issue(saying.block.topic):
            found = [own_issue(saying.block.topic)]
    return tuple(found)


_NO_TOPIC = re.compile(
    r"^(?:PARTICIPANTS?|PRESENT)\b|^(?:MR|MRS|DR|MISS)\.[^'’,]*,\s"
    r"|^(?:THE )?(?:WHITE HOUSE|DEPARTMENT OF STATE)(?:,? WASHINGTON)?\W*$",
    re.IGNORECASE,
)
"""A list of participants, or one of them, or a letterhead: no heading of a topic."""
_LABEL_ALONE = re.compile(r"\W*SUBJ(?:ECTS?)?\W*", re.IGNORECASE)
"""Opens the subject of another paper; its words stand below."""
_FIGURE = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAD = re.compile(r"^(?:SUBJ(?:ECT)?|RE)\s*:\s*", re.IGNORECASE)


def names_issue(shown: Excerpt) -> bool:
    """Whether a subject or heading has words that name an issue; a paper's number (`I–6696/65`) has none."""
    words = _LEAD.sub("", shown.words).split()
    if _LABEL_ALONE.fullmatch(shown.words):
        return False
    return any(len(run) > 2 for word in words if not _FIGURE.search(word) for run in _LETTERS.findall(word))


def own_issue(shown: Excerpt) -> IssueTag:
    """The words of a subject or a heading as an issue of their own."""
    words = " ".join(_LEAD.sub("", shown.words).split())
    return IssueTag(issue=words[:_LABEL].rstrip(), shown_by=shown)


def _fidelity(saying: ReportedSpeech) -> Fidelity:
    if saying.quoted or _in_quotes(saying):
        return Fidelity.QUOTED
    if saying.governed:
        return Fidelity.NEAR_VERBATIM
    if saying.block.role is Role.SUMMARY:
        return Fidelity.SUMMARY
    head = saying.head
    if head is not None and head.verb.lemma in (
        "refer",
        "raise",
        "describe",
        "outline",
        "review",
        "list",
        "characterize",
        "mention",
        "read",
        "hand",
        "give",
        "deliver",
    ):
        return Fidelity.CHARACTERISED
    return Fidelity.INDIRECT


def _in_quotes(saying: ReportedSpeech) -> bool:
    text = saying.block.prose.text[saying.content : saying.end].strip()
    return text[:1] in '“"' and bool(text)


def weighs(
    saying: ReportedSpeech, act: Act, issues: tuple[IssueTag, ...], vocabulary: IssueVocabulary
) -> bool:
    """Whether a statement takes a position on an issue."""
    arms = any((known := vocabulary.issue(tag.issue)) is not None and known.arms for tag in issues)
    return act in _TAKING or (arms and len(saying.block.prose.text[saying.content : saying.end].split()) >= 8)


def _same(a: Statement, b: Statement) -> bool:
    first, second = a.speaker.person, b.speaker.person
    return (first.key if first else a.side) == (second.key if second else b.side)


def _answered(made: list[DraftStatement]) -> list[DraftStatement]:
    """Link a question to what the other says next, in the same or the following paragraph."""
    result = list(made)
    asked: int | None = None
    for i, item in enumerate(made):
        statement = item.statement
        if statement.in_summary:
            continue
        if asked is not None and not _same(made[asked].statement, statement):
            head = item.saying.head
            # A speech that is read is no answer to what was asked before it.
            if not item.saying.governed and (head is not None or statement.act is not Act.ASKS):
                result[i] = replace(item, statement=replace(statement, answers=made[asked].statement.id))
            asked = None
        if statement.act is Act.ASKS:
            asked = i
    linked = {m.statement.answers for m in result}
    for i, item in enumerate(result):
        head = item.saying.head
        if head is None or head.verb.group != "answer" or item.statement.answers or not i:
            continue
        before = next((m for m in reversed(result[:i]) if not _same(m.statement, item.statement)), None)
        if before is not None and not item.statement.in_summary and before.statement.id not in linked:
            result[i] = replace(item, statement=replace(item.statement, answers=before.statement.id))
    return result


def _weight_words(statement: Statement) -> set[str]:
    return {w[:5] for w in words_of(statement.content.words) if w not in _COMMON and len(w) > 2}


def _summed(made: list[DraftStatement]) -> list[DraftStatement]:
    """Link each statement of the summary to those of the body that it sums up."""
    body = [m.statement for m in made if not m.statement.in_summary]
    result: list[DraftStatement] = []
    for item in made:
        statement = item.statement
        if not statement.in_summary:
            result.append(item)
            continue
        words = _weight_words(statement)
        scored = sorted(
            (
                (len(words & _weight_words(other)) / max(1, len(words)), other)
                for other in body
                if other.side == statement.side
            ),
            key=lambda pair: -pair[0],
        )
        found = tuple(other.id for score, other in scored[:3] if score >= _SUMS_UP)
        result.append(replace(item, statement=replace(statement, summarises=found)))
    return result


def _repeated(made: list[DraftStatement]) -> list[DraftStatement]:
    """Link what one side says again in nearly the same words."""
    result: list[DraftStatement] = []
    for i, item in enumerate(made):
        statement = item.statement
        words = _weight_words(statement)
        earlier: list[str] = []
        if len(words) >= 4 and not statement.in_summary:
            for other in made[:i]:
                if other.statement.side != statement.side or other.statement.in_summary:
                    continue
                theirs = _weight_words(other.statement)
                if len(words & theirs) >= 0.7 * min(len(words), max(4, len(theirs))):
                    earlier.append(other.statement.id)
        result.append(
            replace(item, statement=replace(statement, repeats=tuple(earlier))) if earlier else item
        )
    return result
