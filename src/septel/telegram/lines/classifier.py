"""The grammar: walks the lines once and says what each is.

A telegram runs front, addresses, heading, text, and starts again at addresses with each section; the
archive's attribute block ends it. Furniture of the page (heads, markings, footers, stamps) may stand
anywhere and interrupts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from septel.lexicon import Lexicon
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.lines import plausibility as fitting
from septel.telegram.lines.classified import ADDRESS, CATALOGUE, FRONT, HEADING, TEXT, ClassifiedLines
from septel.telegram.lines.heading_lines import HeadingGrammar
from septel.telegram.lines.line import LineKind, TelegramLine
from septel.telegram.lines.subject_run import part_subject

# Names cost less to look up than members of an enumeration, and these are asked for every line.
_IS_TEXT, _IS_PAGE, _IS_BOX, _IS_CLASS, _IS_DISTRIBUTION = (
    LineKind.TEXT,
    LineKind.PAGE,
    LineKind.BOX,
    LineKind.CLASS,
    LineKind.DISTRIBUTION,
)
_ADDRESSES = frozenset({LineKind.TO, LineKind.INFO, LineKind.EXEMPT, LineKind.FROM})
_ENDS_ADDRESSES = frozenset({LineKind.PREAMBLE, LineKind.CLASS})
_TELLING = frozenset(
    {LineKind.PAGE, LineKind.DISTRIBUTION, LineKind.DASHES, LineKind.PREAMBLE, LineKind.FROM, LineKind.FRAME}
)
_STILL = frozenset({LineKind.RELEASE, LineKind.ROUTING, LineKind.FOOTER})


def _in_catalogue(text: str) -> LineKind:
    if "Declassified/Released" not in text and not text.startswith("Message "):
        return LineKind.CATALOGUE
    rule = rules.anywhere(text)
    return rule[0].kind if rule and rule[0].kind in (LineKind.RELEASE, LineKind.FRAME) else LineKind.CATALOGUE


class LineClassifier(HeadingGrammar):
    """One walk over the lines of one telegram."""

    def run(self) -> ClassifiedLines:
        """Give every line its kind and section."""
        if self._noisy:
            self._run_worn()
            part_subject(self.walk.lines)
        else:
            self._run_clean()
        self.walk.group()
        return self.walk

    def _run_clean(self) -> None:
        """The walk over a text that no image gave: most lines are told by how they begin."""
        pairs, may_open, anywhere = rules.PAIRS, rules.may_open, rules.anywhere
        quoted, text_kind = self.walk.quoted, LineKind.TEXT
        plain = False  # whether the walk is where lines are text unless they look like something else
        for index, line in enumerate(self.walk.lines):
            text = line.text
            if plain and text:
                pair = text[:2]
                if (
                    ((pair not in pairs and pair.isascii()) or not may_open(text))
                    and text[-2:] != "FM"
                    and not (pair[0] in "CLU" and 10 <= len(text) <= 22)  # as `rules.resembles` has it
                ):
                    # Four lines in five of a clean telegram are text and look like nothing else.
                    line.kind = text_kind
                    line.section = self._section
                    if self._within:
                        quoted.add(line.number)
                    if self._quoting or "QUOTE" in text or "BEGIN " in text:
                        self._track_quotation(text)
                    self._last = line
                    continue
            self._index = index
            line.section = self._section
            if not text:
                self._unread(line)
            elif self._zone is CATALOGUE:
                line.kind = _in_catalogue(text)
                continue
            else:
                found = None if self._form or self._quoting else anywhere(text)
                if found is not None and found[0].kind in _STILL:
                    # Stamps, routing lines and footers interrupt nothing.
                    line.kind = found[0].kind
                    self._last = line
                    self._after_page = False
                    self._plain = not (self._drafting or self._pending_from)
                else:
                    self._take(line, self._kind)
            plain = self._plain and self._zone is TEXT

    def _run_worn(self) -> None:
        self._foresee()
        for index, line in enumerate(self.walk.lines):
            self._index = index
            text = line.text
            if line.seen != text and self._zone is not TEXT and self._shows_form(line):
                text = line.text
            if not text:
                self._unread(line)
                continue
            if self._zone is CATALOGUE:
                line.kind = _in_catalogue(text)
                line.section = self._section
                continue
            self._take(line, self._kind_without_specks)
        self._close_footers()

    def _take(self, line: TelegramLine, kind_of: Callable[[TelegramLine], LineKind]) -> None:
        """Give one line its kind, and remember what the lines below it need."""
        text = line.text
        if self._quoting and self._is_quoted(line):
            self._within = True
            self.walk.quoted.add(line.number)
            line.kind = LineKind.TEXT
            line.section = self._section
            self._last = line
            self._track_quotation(text)
            return
        kind = kind_of(line)
        if kind is _IS_TEXT:
            if self._within:
                self.walk.quoted.add(line.number)
            if self._quoting or "QUOTE" in text or "BEGIN " in text:
                self._track_quotation(text)
        elif kind in _ADDRESSES:
            self._addressed = line
        elif kind in _ENDS_ADDRESSES:
            self._addressed = None
        line.kind = kind
        line.section = self._section
        self._last = line
        self._plain = not (
            self._form or self._after_page or self._drafting or self._pending_from or kind is _IS_DISTRIBUTION
        )

    def _kind(self, line: TelegramLine) -> LineKind:
        if self._form:
            alone = self._column(line)
            if alone is not None:
                return alone
        kind = self._furniture(line)
        if kind is None:
            kind = self._message(line)
        self._after_page = kind is _IS_PAGE or (self._after_page and kind is _IS_BOX)
        return kind

    def _furniture(self, line: TelegramLine) -> LineKind | None:
        """Kinds that may stand anywhere on a page."""
        text = line.text
        found = rules.anywhere(text)
        if found is not None:
            rule, match = found
            self.walk.matches[line.number] = match
            return self._printed(text, rule.kind, match) if rule.kind in _TELLING else rule.kind
        if self._noisy:
            nearest = self._near_furniture(line)
            if nearest is not None:
                return nearest
        if self._zone is FRONT and noisy.near_preamble(text, self._lexicon):
            self._open_addresses()
            self.walk.garbled.add(line.number)
            return LineKind.PREAMBLE
        last = self._last
        if last is not None:
            if last.kind is _IS_DISTRIBUTION and rules.OFFICES.match(text) and ("-" in text or "/" in text):
                line.continues = True
                return LineKind.DISTRIBUTION
            if self._after_page and rules.BOX.match(text):
                return LineKind.BOX
            if self._noisy and last.kind is LineKind.DISTRIBUTION and rules.DASHES_END.search(text):
                self.walk.garbled.add(line.number)
                return LineKind.DASHES
        marking = rules.marking(text) if len(text) < 60 else None
        if marking and self._zone is not ADDRESS:
            self.walk.matches[line.number] = marking
            return LineKind.MARKING
        if self._drafting:
            return LineKind.DRAFTING
        if (self._zone is FRONT or self._after_page) and rules.DRAFTING.match(text):
            self._drafting = True
            return LineKind.DRAFTING
        return None

    def _printed(self, text: str, kind: LineKind, match: re.Match[str]) -> LineKind | None:
        """What a printed line tells of the lines below it; None where it is none after all."""
        if kind is _IS_PAGE:
            self._remember(match.group("post"))
        elif kind is _IS_DISTRIBUTION:
            return None if self._zone is ADDRESS and text.startswith("INFO") else kind
        elif kind is LineKind.DASHES:
            self._drafting = False
        elif kind is LineKind.PREAMBLE:
            if not match.group("month") or (not match.group("prosigns") and self._zone is not FRONT):
                return None
            self._open_addresses()
        elif kind is LineKind.FROM:
            self._open_addresses()
            self._remember(match.group("name"))
        elif text.endswith("Attributes"):
            self._zone = CATALOGUE
        return kind

    def _message(self, line: TelegramLine) -> LineKind:
        text = line.text
        if self._bare_serial(line):
            line.continues = True
            return LineKind.CLASS
        match = self._class_match(text, expected=self._zone is ADDRESS)
        if match:
            if self._zone is TEXT or (self._zone is HEADING and self._seen_class):
                self._section += 1
            self._zone, self._seen_class = HEADING, True
            self.walk.matches[line.number] = match
            if match.group("serial"):
                self._serials.add(int(match.group("serial")))
            return LineKind.CLASS
        if self._noisy and self._near_class(line):
            return self._garbled_class(line)
        if self._pending_from or rules.FROM_BARE.match(text):
            return self._bare_from(line)
        if self._zone is ADDRESS:
            return self._address(line)
        if self._zone is TEXT:
            return self._text(line)
        return self._heading(line)

    def _bare_serial(self, line: TelegramLine) -> bool:
        """Whether a line is the number of the class line above it, cut off by the line end."""
        last = self._last
        if last is None or last.kind is not _IS_CLASS or not line.text.isdigit() or len(line.text) > 6:
            return False
        above = self.walk.matches.get(last.number)
        return above is not None and above.re is rules.CLASS and not above.group("serial")

    def _bare_from(self, line: TelegramLine) -> LineKind:
        # `FM` alone, its station on the next line: broken transcripts (1974BONN08226).
        if self._pending_from:
            self._pending_from = False
            line.continues = True
            return LineKind.FROM
        self._open_addresses()
        self._pending_from = True
        return LineKind.FROM

    def _text(self, line: TelegramLine) -> LineKind:
        text = line.text
        if text[0] == "G" and rules.GROUP.match(text):
            return LineKind.DOWNGRADING
        inline = rules.FROM_INLINE.search(text) if text[-2:] == "FM" and len(text) > 40 else None
        if inline:
            # The transcript ran the next section's `FM` into the line (1974BONN08226).
            self.walk.inline[line.number] = inline.start()
            self._pending_from = True
            self._open_addresses()
            return LineKind.TEXT
        if self._noisy:
            kind = noisy.classify(line, self._lexicon, heading=False)
            if kind is LineKind.CLASS:
                return self._garbled_class(line)
            if kind is not None:
                self.walk.garbled.add(line.number)
                return kind
            if noisy.is_scrap(line.seen):
                return LineKind.UNPLACED
        if 10 <= len(text) <= 22 and fitting.is_marking(text):
            return LineKind.MARKING
        return LineKind.TEXT


def has_heading(lines: list[TelegramLine], lexicon: Lexicon) -> bool:
    """Whether some lines begin as a telegram does: with addresses or a class line among the first."""
    found = LineClassifier(lines, lexicon, noisy_text=False)
    for line in lines[:8]:
        rule = rules.anywhere(line.text) if line.text else None
        if rule is not None and rule[0].kind in (LineKind.FROM, LineKind.PREAMBLE):
            return True
        if line.text and found.is_class(line.text):
            return True
    return False
