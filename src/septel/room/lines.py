"""What a page of the reading room shows: lines in pieces, each piece with its edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from septel.archive import Holding
from septel.archive.model import LinePart
from septel.text import Edit, EditLog, Entry, Ground, State, carried, shown, state_of

LIKELY, EVEN = 0.75, 0.5
"""Where the three shades of doubt meet; the legend shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePiece:
    """A stretch of a line, on the source side or on the restored side.

    Attributes:
        text: what is shown.
        key: the edit's number, shared by both sides; None where nothing was edited.
        kind: `changed`, `doubtful`, `unreadable`, `decided`, or empty.
        doubt: how strong the doubt is: 1 (likely right) to 3 (likelier wrong); 0 where there is none.
        place: the stretch of the source that was edited, as `412-420`; its page tells the rest.
        brief: the edit in a few words, for readers who hover.
        carried: whether a later piece of the same word has the sign of its doubt.
    """

    text: str
    key: int | None = None
    kind: str = ""
    doubt: int = 0
    place: str = ""
    brief: str = ""
    carried: bool = False

    @property
    def words(self) -> list[tuple[str, bool]]:
        """The text in parts, and whether the sign of doubt follows each: each word has its own."""
        signed = bool(self.doubt) and not self.carried
        parts = re.findall(r"\s*\S+|\s+$", self.text) if signed else [self.text]
        return [(part, signed and bool(part.strip())) for part in parts]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line.

    Attributes:
        number: from one.
        page: the page that holds it.
        opens: the pages that open with it; an empty page opens and closes at once.
        label: the paragraph that begins here, or empty.
        layer: who put it on the page.
        start, end: where it stands in the source.
        source: as it came, in pieces.
        restored: as it is read, in pieces.
    """

    number: int
    page: int
    opens: tuple[int, ...]
    label: str
    layer: str
    start: int
    end: int
    source: tuple[LinePiece, ...]
    restored: tuple[LinePiece, ...]


def edit_of(entry: Entry) -> Edit:
    """The edit of an entry that is one."""
    assert entry.edit is not None
    return entry.edit


def kind_of(entry: Entry) -> str:
    """How an edit is shown."""
    state = state_of(edit_of(entry))
    if state is not State.SURE:
        return state.value
    edit = edit_of(entry)
    return "changed" if edit.changes and edit.after.strip() != edit.before.strip() else ""


def doubt_of(entry: Entry) -> int:
    """How strong a doubt is, from 1 to 3, the middle where nobody knows; 0 where there is none."""
    edit = edit_of(entry)
    if kind_of(entry) != "doubtful":
        return 0
    if edit.confidence is None:
        return 2
    probability = edit.confidence.probability
    return 1 if probability >= LIKELY else 2 if probability >= EVEN else 3


def note_of(entry: Entry) -> tuple[tuple[str, str], ...]:
    """An edit in words: what was there, what is read, why, how surely, what else."""
    edit = edit_of(entry)
    rows = [("Came as", edit.before or "nothing")]
    if edit.unreadable:
        rows.append(("Read as", "unreadable; nothing is claimed"))
    elif edit.changes:
        rows.append(("Read as", edit.after or "nothing (noise)"))
    else:
        rows.append(("Read as", "it stands"))
    rows.append(("Why", str(edit.reason)))
    if edit.confidence:
        probability = f"{edit.confidence.probability:.2f}"
        rows.append(("Probability", f"{probability}, by {edit.confidence.calibration}"))
    if edit.alternatives:
        rivals = (
            f"{a.text}{f' ({a.probability:.2f})' if a.probability is not None else ''}"
            for a in edit.alternatives
        )
        rows.append(("May also be", ", ".join(rivals)))
    rows.append(("Log", f"entry {entry.number}, by {entry.by}"))
    return tuple(rows)


def brief_of(entry: Entry) -> str:
    """An edit in a few words: what came, how surely it is read."""
    edit = edit_of(entry)
    came = f"came as {edit.before.strip() or 'nothing'}"
    if edit.reason.ground is Ground.DECISION:
        return f"{came}; {edit.reason.detail or 'decided'}"
    return f"{came}; {edit.confidence.probability:.2f}" if edit.confidence else came


def doubtful_edits(log: EditLog) -> list[Edit]:
    """The edits whose reading is in doubt or can't be read, in the order of the text."""
    return [
        edit_of(one)
        for one in log.active()
        if kind_of(one) in ("doubtful", "unreadable") and edit_of(one).reason.ground is not Ground.DECISION
    ]


def line_views(
    holding: Holding,
    parts: tuple[LinePart, ...],
    labels: Mapping[int, str],
    *,
    within: range | None = None,
) -> list[LineView]:
    """The document line by line, or some of its lines."""
    source = holding.source
    entries = list(holding.log.active())
    edits = [edit_of(entry) for entry in entries]
    pages = list(enumerate(source.pages, 1))
    views: list[LineView] = []
    at_entry = 0
    for number, line in enumerate(source.lines, 1):
        left: list[LinePiece] = []
        right: list[LinePiece] = []
        at = line.start
        skipped = within is not None and number not in within
        while at_entry < len(entries) and edit_of(entries[at_entry]).span.end <= line.end:
            entry = entries[at_entry]
            edit = edit_of(entry)
            between = source.text[at : edit.span.start]
            if between:
                left.append(LinePiece(text=between))
                right.append(LinePiece(text=between))
            read = shown(edit) if edit.unreadable else edit.after
            if not skipped:
                left.append(_piece(entry, edit.before))
                behind = carried(source.text, edits, at_entry)
                right.append(replace(_piece(entry, read), carried=behind))
            at = edit.span.end
            at_entry += 1
        rest = source.text[at : line.end]
        if rest:
            left.append(LinePiece(text=rest))
            right.append(LinePiece(text=rest))
        opens: list[int] = []
        while pages and pages[0][1].start <= line.start:
            opens.append(pages.pop(0)[0])
        if skipped:
            continue
        views.append(
            LineView(
                number=number,
                page=source.page_at(line.start),
                opens=tuple(opens),
                label=labels.get(number, ""),
                layer=parts[number - 1].layer,
                start=line.start,
                end=line.end,
                source=tuple(left),
                restored=tuple(right),
            )
        )
    return views


def _piece(entry: Entry, text: str) -> LinePiece:
    span = edit_of(entry).span
    return LinePiece(
        text=text,
        key=entry.number,
        kind=kind_of(entry),
        doubt=doubt_of(entry),
        place=f"{span.start}-{span.end}",
        brief=brief_of(entry),
    )


def counted(lines: Iterable[LineView]) -> Mapping[str, int]:
    """How many edits of each kind the reading of these lines rests on; doubts by their strength too."""
    out = dict.fromkeys(("changed", "doubtful", "unreadable", "decided", "doubt1", "doubt2", "doubt3"), 0)
    for piece in (piece for line in lines for piece in line.restored):
        if piece.kind:
            out[piece.kind] += 1
        if piece.doubt:
            out[f"doubt{piece.doubt}"] += 1
    return out
