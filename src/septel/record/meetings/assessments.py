"""What the reporter thinks: paragraphs of comment, asides, and views that a sender gives to his capital."""

from __future__ import annotations

import re
from collections.abc import Iterator

from septel.record.layout import DocumentLayout, LayoutBlock, Prose, Role
from septel.record.model import Assessment, IssueTag, Speaker, SpeakerBasis
from septel.record.people import Mention, MentionFinder, MentionKind
from septel.record.statements import IssueVocabulary, hedges_in

_VIEWS = re.compile(
    r"\b(?:WE|I) (?:ALSO |STILL |DO NOT |FIRMLY |STRONGLY )*(?:BELIEVE|THINK|FEEL|EXPECT|DOUBT|SUSPECT"
    r"|CONSIDER|HOPE|RECOMMEND)\b"
    r"|\b(?:MY|OUR) (?:VIEW|JUDGMENT|OPINION|IMPRESSION|BELIEF|ESTIMATE|ASSESSMENT)\b|\b(?:SEEMS?"
    r"|APPEARS?) (?:TO (?:ME|US)|LIKELY)\b"
    r"|\bEMBASSY (?:BELIEVES|CONSIDERS|FEELS|CONVINCED|RECOMMENDS)\b"
)
"""Words with which a sender gives his own view."""


def assessments_of(
    paper: DocumentLayout,
    finder: MentionFinder,
    author: str,
    vocabulary: IssueVocabulary,
    spoken: frozenset[str] = frozenset(),
) -> tuple[Assessment, ...]:
    """One assessment for each paragraph of comment, and of a telegram each in which the sender gives a view.

    Args:
        paper: the document.
        finder: who is meant in it.
        author: who reports.
        vocabulary: the issues that may be looked for in it.
        spoken: paths of the paragraphs in which somebody is reported to speak: those are no analysis.
    """
    found: list[Assessment] = []
    for block in paper.blocks:
        for prose in _own_words(paper, block, spoken):
            if len(prose.text.split()) < _LEAST:
                continue
            found.append(
                Assessment(
                    author=author,
                    about=_about(prose, finder.find(prose)),
                    excerpt=prose.excerpt(0, len(prose.text)),
                    issues=tuple(
                        IssueTag(issue=issue.id, shown_by=prose.excerpt(m.start(), m.end()))
                        for issue, m in vocabulary.find(prose.plain, paper.date)
                    ),
                    hedges=hedges_in(prose, 0, len(prose.text), "reporter"),
                )
            )
    return tuple(found)


_LEAST = 4
"""Words that an assessment has."""
_MARK = re.compile(
    r"[\[(]?\W{0,3}(?:BEGIN\s+)?(?:[A-Z][A-Z'./]*\s+){0,4}?(?:NOTE|COMMENTS?|FYI)\b\s*[:.,;—–-]+\s*",
    re.IGNORECASE,
)


def _own_words(paper: DocumentLayout, block: LayoutBlock, spoken: frozenset[str]) -> Iterator[Prose]:
    """The stretches of a paragraph that are the reporter's own."""
    prose = block.prose
    own = paper.is_sent and block.path not in spoken and block.role is Role.BODY
    if block.role is Role.COMMENT or (own and _VIEWS.search(prose.plain) is not None):
        yield _unmarked(prose)
        return
    for aside in prose.asides:
        yield _unmarked(prose.part(aside.start, aside.end))


def _unmarked(prose: Prose) -> Prose:
    """Without the word that marks it (`(COMMENT:`)."""
    mark = _MARK.match(prose.text) if prose.asides else None
    return prose.part(mark.end(), len(prose.text)) if mark and mark.end() < len(prose.text) else prose


def _about(prose: Prose, mentions: tuple[Mention, ...]) -> Speaker | None:
    """Whom it is about: the first whom it names, else the first side."""
    named = [m for m in mentions if m.kind is MentionKind.NAME and m.player]
    about = next((m for m in named if not m.possessive), None) or next(
        iter([*named, *(m for m in mentions if m.kind is MentionKind.SIDE)]), None
    )
    if about is None:
        return None
    return Speaker(
        person=about.player.person if about.player else None,
        side=about.side,
        resolution=SpeakerBasis.NAMED if about.player else SpeakerBasis.SIDE,
        mention=prose.excerpt(about.start, about.end),
    )
