"""Builds the drafter's text: summary, paragraphs, comment and signature, over pages and sections."""

from __future__ import annotations

import re

from septel.lexicon import Lexicon
from septel.telegram.body import labels
from septel.telegram.body.label_candidates import OPENERS, STOPS, Candidate, candidate
from septel.telegram.body.lost_labels import lost_number
from septel.telegram.body.running_text import UNREADABLE, join, one_mark
from septel.telegram.body.signature import ParsedText, Signing
from septel.telegram.lines import ClassifiedLines, LineKind, TelegramLine, locus_in, runs, seen_locus
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import (
    Heading,
    Paragraph,
    ParseFault,
    Passage,
    new_field,
    new_paragraph,
    new_passage,
)
from septel.text import Reading

_SUMMARY = re.compile(r"\(?(?:BEGIN |ACTION )?SUMMARY\b[.:;, -]*")
_SUMMARY_END = re.compile(r"\bEND (?:OF )?SUMMARY\b")
_COMMENT = re.compile(r"(?:BEGIN )?COMMENT\b\s*[.:;!-]")
_COMMENT_END = re.compile(r"\bEND (?:OF )?COMMENT\b")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
_PORTION = re.compile(r"\(?(?P<mark>C|S|U|LOU)\)(?:\s|$)|\((?P<all>C|S|U|LOU)\b[ -]+ENTIRE TEXT")
# A number within a line. Without its stop a figure may as well count something; then only a word that opens
# a sentence tells.
_INLINE = re.compile(
    r"(?<=[.)\"] )(?P<n>\d{1,3})(?:\. (?=[A-Z])"
    r"| (?=(?:WE|THE|IN|AS|IT|HE|SHE|THEY|ON|IF|AT|THIS|FOR|I|EMBASSY|SUMMARY|COMMENT|FOLLOWING)\b))"
)


class BodyBuilder(Signing):
    """Orders the text lines of one walk."""

    def __init__(self, walk: ClassifiedLines, reading: Reading, lexicon: Lexicon, heading: Heading) -> None:
        self._walk = walk
        self._reading = reading
        self._lexicon = lexicon
        self._heading = heading
        self._lines: list[TelegramLine] = []
        self._ends = dict(walk.inline)
        self._seen: dict[int, int] = {}
        self.body = ParsedText()
        self._gaps = _unreadable(reading) if reading.edits else {}
        self._after_furniture: set[int] = set()
        within, text = True, LineKind.TEXT
        for line in walk.lines:
            if line.kind is not text:
                within = False
            else:
                self._lines.append(line)
                if not within:
                    self._after_furniture.add(line.number)
                    within = True

    def build(self) -> ParsedText:
        """The text, ordered."""
        self._sign()
        if not self._lines:
            return self.body
        summary_end = self._find_summary()
        found = self._labels(summary_end)
        self._divide(found)
        self._find_comment()
        return self.body

    def _text(self, line: TelegramLine, start: int = 0) -> str:
        end = self._ends.get(line.number)
        text = line.text[start:end].rstrip() if end is not None else line.text[start:]
        gaps = self._gaps.get(line.number)
        return self._marked(line, start, text, gaps) if gaps and not line.own else text

    def _marked(self, line: TelegramLine, start: int, text: str, gaps: list[int]) -> str:
        """The text with a mark at each place of which the reading claims nothing."""
        for gap in reversed(gaps):
            at = min(max(0, gap - line.start - start), len(text))
            before, after = text[:at], text[at:]
            left = " " if before and not before[-1].isspace() else ""
            right = " " if after and not after[0].isspace() and after[0] not in ".,;:)" else ""
            text = f"{before}{left}{UNREADABLE}{right}{after}"
        return one_mark(text)

    def _apart(self, line: TelegramLine) -> bool:
        return line.gap and line.number not in self._after_furniture

    def _passage(self, lines: list[TelegramLine], *, start: int = 0, closed: bool = False) -> Passage:
        return new_passage(
            text=self._joined(lines, start),
            lines=tuple([line.number for line in lines]),
            loci=runs(self._reading, lines),
            closed=closed,
        )

    def _joined(self, lines: list[TelegramLine], start: int = 0, stop: int | None = None) -> str:
        """Lines as running text, from `start` in the first to `stop` in the last."""
        ends, gaps, after = self._ends, self._gaps, self._after_furniture
        parts = [
            (
                self._text(line) if line.number in ends or line.number in gaps else line.text,
                line.gap and line.number not in after,
            )
            for line in lines
        ]
        parts[0] = (self._text(lines[0], start), False)
        if stop is not None:
            parts[-1] = (lines[-1].text[start if len(lines) == 1 else 0 : stop].rstrip(), parts[-1][1])
        return one_mark(join(parts)) if gaps else join(parts)

    def _find_summary(self) -> int:
        """Take an unnumbered summary; returns the index after its last line (0 when there is none)."""
        lines = self._lines
        for index, line in enumerate(lines[:6]):
            if not line.text:
                continue
            match = _SUMMARY.match(line.text)
            labelled = line.text[0].isdigit() or line.text[0] == "("
            fuzzy = self._walk.noisy and not match and not labelled
            start = match.end() if match else (noisy.summary_start(line.text) if fuzzy else None)
            if start is None:
                continue
            if index and not line.gap and not match:
                continue
            return self._close_summary(index, start)
        return 0

    def _close_summary(self, first: int, start: int) -> int:
        lines = self._lines
        last, closed = first, False
        for index in range(first, len(lines)):
            line = lines[index]
            if ("END " in line.text and _SUMMARY_END.search(line.text)) or (
                self._walk.noisy and noisy.summary_end(line.text) is not None
            ):
                last, closed = index, True
                break
            if index > first and _NUMBERED.match(line.text):
                break
            last = index
        else:
            # Without an end mark and without numbered paragraphs the summary is its first block only.
            last = next((i - 1 for i in range(first + 1, len(lines)) if self._apart(lines[i])), first)
        taken = lines[first : last + 1]
        self.body.summary = self._passage(taken, start=start, closed=closed)
        for line in taken:
            self.body.parts[line.number] = "summary"
        return last + 1

    def _labels(self, after_summary: int) -> list[labels.Label]:
        candidates: list[Candidate] = []
        noisy_text = self._walk.noisy
        openers, stops = OPENERS, STOPS
        owned = self.body.parts
        quoted = self._walk.quoted
        lines = self._lines
        for index, line in enumerate(lines):
            text = line.text
            if not noisy_text and text[:1] not in openers and text[1:2] not in stops:
                continue
            if line.number in owned or line.number in quoted:
                continue
            apart = index == after_summary or self._apart(line)
            gap = apart or line.gap or line.number in self._after_furniture
            before = self._text(lines[index - 1]) if index else ""
            found = (
                self._candidate(line, index, before=before, apart=apart, gap=gap)
                if noisy_text
                else candidate(text, index, before=before, apart=apart, gap=gap, noisy=False)
            )
            if found:
                candidates.append(found)
        return self._within(labels.decide(candidates))

    def _candidate(
        self, line: TelegramLine, index: int, *, before: str, apart: bool, gap: bool
    ) -> Candidate | None:
        """What a worn line offers as a label: as read if nothing was changed, else as the source has it."""
        found = (
            candidate(line.text, index, before=before, apart=apart, gap=gap, noisy=True)
            if line.text
            else None
        )
        if line.seen == line.text or not line.seen:
            return found
        if found and found.exact and line.seen.startswith(line.text[: found.end].rstrip()):
            return found
        seen = candidate(line.seen, index, before=before, apart=apart, gap=gap, noisy=True)
        end = found.end if found else 0
        if seen:
            self._seen[index] = len(line.seen[: seen.end].rstrip())
            return seen._replace(end=end)
        return found._replace(exact=False) if found else None

    def _within(self, found: list[labels.Label]) -> list[labels.Label]:
        """Add a missing number that stands inside a line after a full stop (a lost line end)."""
        out: list[labels.Label] = []
        for label in found:
            before = out[-1] if out else None
            if before and label.path[0].isdigit() and before.path[0].isdigit():
                n = int(before.path[0]) + 1
                if len(label.path) == 1 and int(label.path[0]) == n + 1:
                    hit = self._search(n, before, label.line) or self._lost(n, before, label.line)
                    if hit:
                        out.append(hit)
            out.append(label)
        return out

    def _search(self, n: int, before: labels.Label, stop: int) -> labels.Label | None:
        for index in range(before.line, stop):
            start = before.end if index == before.line else 0
            for hit in _INLINE.finditer(self._lines[index].text, start):
                if hit.group("n") == str(n):
                    return labels.Label(index, (str(n),), hit.end(), False, hit.start())
        return None

    def _lost(self, n: int, before: labels.Label, stop: int) -> labels.Label | None:
        """The label of a bad copy that was lost with its number."""
        if not self._walk.noisy:
            return None
        lines = [line.text or line.seen for line in self._lines]
        hit = lost_number(lines, before.line + 1, stop)
        if hit is None or self._lines[hit[0]].number in self._walk.quoted:
            return None
        return labels.Label(hit[0], (str(n),), hit[1], False)

    def _divide(self, found: list[labels.Label]) -> None:
        lines = self._lines
        starts = [label.line for label in found]
        first = starts[0] if starts else len(lines)
        opening = [line for line in lines[:first] if self.body.parts.get(line.number) != "summary"]
        if opening:
            self.body.opening = self._passage(opening)
            for line in opening:
                self.body.parts[line.number] = "opening"
        paragraphs: list[Paragraph] = []
        for label, after in zip(found, [*found[1:], None][: len(found)], strict=True):
            end = len(lines) if after is None else after.line + (1 if after.start else 0)
            stop = after.start if after and after.start else None
            own = [line for line in lines[label.line : end] if self.body.parts.get(line.number) != "summary"]
            if own:  # else the summary is all of it
                paragraphs.append(self._paragraph(label, own, stop))
        self.body.paragraphs = tuple(paragraphs)
        self._check_order()

    def _paragraph(self, label: labels.Label, lines: list[TelegramLine], stop: int | None) -> Paragraph:
        path = ".".join(label.path)
        seen = self._seen.get(label.line)
        parts = self.body.parts
        first = lines[0]
        raw = first.text[label.start : label.end].rstrip()
        locus = locus_in(self._reading, first, label.start, label.start + len(raw))
        if seen is not None and not label.start:
            raw, locus = first.seen[:seen], seen_locus(self._reading, first, seen)
        for line in lines:
            # A line that two paragraphs share belongs to the one that begins it.
            parts.setdefault(line.number, path)
        text = self._joined(lines, label.end, stop)
        portion = _PORTION.match(text)
        mark = (portion.group("mark") or portion.group("all")) if portion else None
        after = text[portion.end() :].lstrip() if portion and portion.group("mark") else text
        behind = first.seen[seen:] if seen is not None else ""
        paragraph = new_paragraph(
            path=path,
            label=new_field(
                value=label.path[-1],
                raw=raw,
                locus=locus,
                basis="" if label.read else "sequence",
            ),
            text=text,
            portion=mark,
            roles=self._roles(after, behind),
            section=first.section,
            lines=tuple([line.number for line in lines]),
            loci=runs(self._reading, lines),
        )
        if self.body.summary is None and "summary" in paragraph.roles:
            self.body.summary = new_passage(
                text=after,
                lines=paragraph.lines,
                loci=paragraph.loci,
                paragraph=path,
                closed="END " in after and bool(_SUMMARY_END.search(after)),
            )
        return paragraph

    def _roles(self, text: str, behind: str) -> tuple[str, ...]:
        roles: list[str] = []
        if _SUMMARY.match(text):
            roles.append("summary")
        if _COMMENT.match(text) or (
            self._walk.noisy and any(noisy.comment_start(one.strip()) is not None for one in (text, behind))
        ):
            roles.append("comment")
        return tuple(roles)

    def _find_comment(self) -> None:
        paragraphs = self.body.paragraphs
        for index, paragraph in enumerate(paragraphs):
            if "comment" not in paragraph.roles or "." in paragraph.path:
                continue
            run = [paragraph]
            closed = bool(_COMMENT_END.search(paragraph.text))
            for later in paragraphs[index + 1 :]:
                if closed:
                    break
                run.append(later)
                closed = bool(_COMMENT_END.search(later.text))
            self.body.comment = new_passage(
                text="\n".join(p.text for p in run),
                lines=tuple(n for p in run for n in p.lines),
                loci=tuple(locus for p in run for locus in p.loci),
                paragraph=paragraph.path,
                closed=closed,
            )
            return

    def _check_order(self) -> None:
        previous = 0
        for paragraph in self.body.paragraphs:
            head = paragraph.path.split(".")[0]
            if head.isdigit() and "." not in paragraph.path:
                n = int(head)
                if n == previous:
                    self.body.faults.append(
                        ParseFault(
                            what=f"number {n} stands before two paragraphs",
                            where=paragraph.label.locus,
                            line=paragraph.lines[0],
                            remedy="Cite the second by its line.",
                        )
                    )
                elif previous and n > previous + 1:
                    self.body.faults.append(
                        ParseFault(
                            what=f"paragraph {n} follows {previous}: the label between was not found",
                            where=paragraph.label.locus,
                            line=paragraph.lines[0],
                            remedy="Look for it inside the paragraph before.",
                        )
                    )
                previous = n


def _unreadable(reading: Reading) -> dict[int, list[int]]:
    """For each line, where in the reading something stands that can't be read."""
    found: dict[int, list[int]] = {}
    for edit, (_, there) in zip(reading.edits, reading.offsets.pieces, strict=True):
        if edit.unreadable and edit.extent != 0:
            found.setdefault(reading.source.line_at(edit.span.start), []).append(there.start)
    return found
