"""Sentences in which somebody speaks or takes a position, and which nobody was given: listed as unread."""

from __future__ import annotations

from collections.abc import Iterable

from septel.record.attribution.frames import Frames
from septel.record.attribution.speakers import Attribution
from septel.record.attribution.tokens import SubjectKind
from septel.record.layout import LayoutBlock, Role, quoted
from septel.record.people import MentionFinder

WHY = "a verb of saying or of position that nobody was given"
_DEEDS = frozenset({"narrative", "deliver"})


def list_left_over(blocks: Iterable[LayoutBlock], finder: MentionFinder, out: Attribution) -> None:
    """Add to what is adrift each sentence with such a verb and one who may speak, if none of it is shown."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for block, start, end, _ in out.adrift:
        taken.setdefault(block.path, []).append((block.prose.at[start], block.prose.at[end - 1]))
    shown = [(said.block, said.start, said.end) for said in out.sayings]
    for block, start, end in shown + [(deed.block, deed.start, deed.end) for deed in out.deeds]:
        taken.setdefault(block.path, []).append((block.prose.at[start], block.prose.at[end - 1]))
    for block in blocks:
        if block.role is Role.COMMENT:
            continue  # the post's own
        prose = block.prose
        frames = Frames(prose, quoted(prose), finder)
        for sentence in prose.sentences:
            first, last = prose.at[sentence.start], prose.at[sentence.end - 1]
            if any(start <= last and first <= end for start, end in taken.get(block.path, ())):
                continue
            heads = frames.of(sentence.start, sentence.end)
            if any(
                not head.modal and head.verb.group not in _DEEDS and head.subject.kind is not SubjectKind.IT
                for head in heads
            ):
                out.adrift.append((block, sentence.start, sentence.end, WHY))
