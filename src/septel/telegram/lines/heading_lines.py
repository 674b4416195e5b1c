"""The grammar of what stands before the text: addresses, labelled lines, and the fields of printed forms."""

from __future__ import annotations

import re

from septel.lexicon import letters
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_fields as near
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.lines import plausibility as fitting
from septel.telegram.lines.classified import ADDRESS, FRONT, HEADING, TEXT
from septel.telegram.lines.line import LineKind, TelegramLine
from septel.telegram.lines.noisy_lines import WornGrammar

_HEADING_KINDS = frozenset(
    {
        LineKind.CAPTION,
        LineKind.SERIES,
        LineKind.EO,
        LineKind.TAGS,
        LineKind.SUBJECT,
        LineKind.REFERENCE,
        LineKind.PASS,
        LineKind.ATTENTION,
    }
)
_HEAD = 25  # on a bad copy nothing above addresses or class that stand so high can be text
_LONE_REF = re.compile(r"(?P<post>[A-Z][A-Z ]{2,20}?) \d{3,6}$")
_PROSE = re.compile(r"(?:\S+\s+){6,}\S")


class HeadingGrammar(WornGrammar):
    """What a line is where the walk stands at the front, among addresses, or in a heading."""

    def _address(self, line: TelegramLine) -> LineKind:
        text = line.text
        for rule in rules.ADDRESSING:
            if text[0] in rule.firsts:
                match = rule.pattern.match(text)
                if match:
                    self.walk.matches[line.number] = match
                    return rule.kind
        marking = rules.marking(text)
        if marking:
            # A classification without number closes the addresses (drafts, broken transcripts).
            self._zone = HEADING
            self.walk.matches[line.number] = marking
            return LineKind.CLASS
        found = rules.labelled(text)
        if found is not None:
            self._zone = HEADING
            self.walk.matches[line.number] = found[1]
            return found[0].kind
        if self._noisy and noisy.class_of(line, self._lexicon):
            return self._garbled_class(line)
        if self._noisy:
            if near.order(text) or near.label(text):
                self._zone = HEADING
                return self._heading(line)
            if not re.search(r"[A-Z]{3}", text):
                return LineKind.UNPLACED
        elif (classed := fitting.class_match(text)) is not None:
            self._zone, self._seen_class = HEADING, True
            self.walk.matches[line.number] = classed
            self.walk.garbled.add(line.number)
            return LineKind.CLASS
        elif fitting.SPACED_OUT.match(text):
            # No station is spaced out like a grade.
            if noisy.class_of(line, self._lexicon):
                return self._garbled_class(line)
            self._zone, self._seen_class = HEADING, True
            return LineKind.UNPLACED
        last = self._addressed
        if (
            last is not None
            and line.gap
            and text[-3:].isdigit()
            and not self._lexicon.post(text.rstrip(" 0123456789"))
        ):
            # A class line of which only the number can be read ends the addresses.
            self._zone = HEADING
            return self._heading(line)
        if last is not None and len(text) <= 62 and not rules.LABEL_OR_MARK.match(text):
            line.continues = True
            return last.kind
        last = self._last
        if rules.LABEL_OR_MARK.match(text) or _PROSE.match(text):
            self._zone = HEADING
            return self._heading(line)
        if last is not None and last.kind is LineKind.PREAMBLE:
            return LineKind.ROUTING
        return LineKind.UNPLACED

    def _heading(self, line: TelegramLine) -> LineKind:
        text = line.text
        front = self._zone is FRONT
        if front:
            early = self._front(line)
            if early is not None:
                return early
        found = self._heading_rule(line)
        if found is not None:
            if front and self._first_strong is not None and line.number >= self._first_strong:
                self._zone = HEADING
            return found
        carried = fitting.carries_on(line, self._last, self._lexicon, noisy_text=self._noisy)
        of_tags = carried and self._last is not None and self._last.kind is LineKind.TAGS
        if not front and not self._section and not of_tags and self._before_fields(line):
            return LineKind.ATTENTION
        if self._early and len(text) < 40 and not rules.LABEL_OR_MARK.match(text):
            # The printed form has columns of offices and hours beside its fields.
            behind = text.split(" ", 1)[-1]
            return LineKind.CAPTION if letters(behind) in self._lexicon.caption_forms else LineKind.UNPLACED
        if carried:
            line.continues = True
            assert self._last is not None
            return self._last.kind
        if (
            front
            and self._first_strong is not None
            and line.number < self._first_strong
            and (
                (self._noisy and self._first_strong <= _HEAD)
                or not ((_PROSE.match(text) and len(text) > 40) or rules.LABEL_OR_MARK.match(text))
            )
        ):
            return LineKind.UNPLACED
        self._zone = TEXT
        self._seen_text = True
        return LineKind.TEXT

    def _before_fields(self, line: TelegramLine) -> bool:
        """Whether a short line stands between the class line and the E.O., TAGS or subject below it."""
        if (
            len(line.text) > 69
            or self._last is None
            or self._last.kind in (LineKind.SUBJECT, LineKind.REFERENCE)
        ):
            return False
        for later in self.walk.lines[self._index + 1 : self._index + 7]:
            if not later.text:
                continue
            found = rules.labelled(later.text)
            if found is not None and found[0].kind is not LineKind.REFERENCE:
                return True
            if rules.LABEL_OR_MARK.match(later.text):
                return False
        return False

    def _front(self, line: TelegramLine) -> LineKind | None:
        text = line.text
        for rule in rules.ADDRESSING:
            match = rule.pattern.match(text)
            if match and rules.INDICATOR.match(match.group("name")):
                self._zone = ADDRESS  # the lines above were lost with the top of the page
                self.walk.matches[line.number] = match
                return rule.kind
        for rule in rules.FORM:
            match = rule.pattern.match(text)
            if match:
                self._form = self._form or rules.PRINTED.search(text) is not None
                return LineKind.FORM
        for pattern, kind in (
            (rules.FORM_FROM, LineKind.FROM),
            (rules.FORM_NUMBER, LineKind.CLASS),
            (rules.FORM_TO, LineKind.TO),
            (rules.FORM_SENT, LineKind.INFO),
        ):
            match = pattern.match(text)
            if match:
                self._early = self._form = True
                self.walk.matches[line.number] = match
                return kind
        if self._form and rules.FORM_TIME.match(text):
            return LineKind.FORM
        return None

    def _heading_rule(self, line: TelegramLine) -> LineKind | None:
        text = line.text
        if self._section and not self._in_heading():
            return None
        if self._noisy and noisy.is_scrap(line.seen):
            return LineKind.UNPLACED
        series = rules.SERIES.match(text)
        if series and fitting.is_series(series.group("name"), self._lexicon):
            self.walk.matches[line.number] = series
            return LineKind.SERIES
        if len(text) <= 40 and fitting.is_caption(text, self._lexicon) and not self._past_captions(line):
            return LineKind.CAPTION
        for rule, match in rules.in_heading(text):
            if fitting.fits(line, self._last, rule.kind, match, self._lexicon):
                self.walk.matches[line.number] = match
                return rule.kind
        last = self._last.kind if self._last is not None else None
        alone = rules.TAGS_ALONE.match(text) if last is LineKind.EO else None
        if alone:
            tag = self._lexicon.tags.get(alone.group("first"))
            if tag is not None and tag.kind == "subject":
                self.walk.matches[line.number] = alone
                return LineKind.TAGS
        if self._noisy and last is LineKind.EO and fitting.is_codes(text, self._lexicon):
            self.walk.begins[line.number] = 0
            self.walk.garbled.add(line.number)
            return LineKind.TAGS  # the label was lost
        garbled = None if self._noisy else fitting.garbled_label(text, last)
        if garbled is not None:
            self.walk.matches[line.number] = garbled[1]
            return garbled[0]
        if last is LineKind.SUBJECT:
            named = _LONE_REF.match(text)
            if named and self._lexicon.post(named.group("post")):
                return LineKind.REFERENCE  # the label REF was left out (1974LAPAZ04927)
        if self._zone is not TEXT and fitting.names_telegram(text, self._lexicon):
            return LineKind.REFERENCE
        if self._noisy:
            labelled = self._near_label(line)
            if labelled is not None:
                return labelled
            kind = noisy.classify(line, self._lexicon, heading=True)
            if kind is LineKind.CLASS:
                return self._garbled_class(line)
            if kind is not None:
                self.walk.garbled.add(line.number)
                return kind
        return None

    def _past_captions(self, line: TelegramLine) -> bool:
        """Whether a caption would stand below subject or references, behind a blank line: text there."""
        last = self._last
        return (
            last is not None
            and line.gap
            and not self._noisy
            and last.kind in (LineKind.SUBJECT, LineKind.REFERENCE)
        )

    def _in_heading(self) -> bool:
        # In later sections the text goes on right under the class line; only fixed forms are heading.
        last = self._last
        return last is not None and (
            last.kind in _HEADING_KINDS or last.kind in (LineKind.CLASS, LineKind.MARKING)
        )
