"""What the grammar does with lines of a bad copy, a printed form and a quotation.

The state of one walk is here too: both halves of the grammar read and write it.
"""

from __future__ import annotations

import re
from functools import cached_property

from septel.lexicon import Lexicon
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_fields as near
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.lines import plausibility as fitting
from septel.telegram.lines.classified import ClassifiedLines, Zone
from septel.telegram.lines.line import LineKind, TelegramLine

_FORMS = frozenset(
    {
        LineKind.PAGE,
        LineKind.DISTRIBUTION,
        LineKind.PREAMBLE,
        LineKind.FROM,
        LineKind.TO,
        LineKind.INFO,
        LineKind.EO,
        LineKind.TAGS,
        LineKind.REFERENCE,
    }
)
_QUOTE_BEGINS = re.compile(r"(?<!UN)QUOTE[:.]?$|\bBEGIN (?:TEXT|MESSAGE|QUOTE)[:.]?$")
_QUOTE_OPEN = re.compile(r"(?<!UN)(?<!END )(?<!END OF )\bQUOTE\b|\bBEGIN (?:TEXT|MESSAGE)\b")
_QUOTE_CLOSE = re.compile(r"\bUNQUOTE\b|\bEND (?:OF )?(?:TEXT|MESSAGE|QUOTE)\b")
_ADDRESS = re.compile(
    r"(?P<label>FM|FROM|TO|INFO)[:\s]\s*(?P<name>\S.*?)"
    r"(?:\s+(?:FLASH|IMMEDIATE|NIACT\s+\w+|PRIORITY|ROUTINE))?[\s\d]*$"
)
_TOP = 80  # lines within which a telegram that has a heading begins it


class WornGrammar:
    """The state of one walk, and the rules for lines that only their parts tell."""

    def __init__(self, lines: list[TelegramLine], lexicon: Lexicon, *, noisy_text: bool) -> None:
        self.walk = ClassifiedLines(lines, noisy_text)
        self._lexicon = lexicon
        self._noisy = noisy_text
        self._zone = Zone.FRONT
        self._last: TelegramLine | None = None
        self._section = 0
        self._addressed: TelegramLine | None = None
        self._seen_text = False
        self._seen_class = False
        self._drafting = False
        self._after_page = False
        self._pending_from = False
        self._early = False
        self._quoting = 0  # how many quotations are open, from one that began at a line end
        self._within = False  # whether what is quoted is a telegram
        self._serials: set[int] = set()  # the numbers that class lines gave
        self._posts: list[str] = []  # posts that page heads and the FM line name
        self._form = False  # whether a printed form was seen, with its column of offices
        self._offices = 0  # where the column's last entry stood, from one
        self._plain = False  # whether nothing but text can follow without a mark of its own
        self._index = 0

    def _kind(self, line: TelegramLine) -> LineKind:
        """What a line is; the plain rules say."""
        raise NotImplementedError

    def _unread(self, line: TelegramLine) -> None:
        """Place a line of which the reading claims nothing: its form may still show."""
        line.section = self._section
        line.kind = LineKind.TEXT if self._zone is Zone.TEXT else LineKind.UNPLACED
        if noisy.is_scrap(line.seen):
            line.kind = LineKind.UNPLACED
            return
        kind = noisy.classify(line, self._lexicon, heading=self._zone in (Zone.FRONT, Zone.HEADING))
        if kind is LineKind.CLASS:
            self._garbled_class(line)
            line.section = self._section
        if kind is not None:
            line.kind = kind
            self.walk.garbled.add(line.number)
            self._last = line

    def _shows_form(self, line: TelegramLine) -> bool:
        """Take a line of the heading as the source has it, where that shows a fixed form.

        A restorer that knows words better than codes may have made others of it; what is read plainly,
        or near enough to a closed list, stands.
        """
        lead, seen = noisy.core(line.seen)
        if not seen:
            return False
        if not self._is_form(seen):
            # The words of a subject are the restorer's, but not when it lost the label.
            told = rules.labelled(seen)
            read = noisy.core(line.text)[1] if line.text else ""
            if told is None or (read and rules.labelled(read) is not None):
                return False
        elif self._mends_post(line.text, seen):
            return False
        line.text, line.own = seen, True
        line.start = line.begin + line.indent_seen + lead
        return True

    def _mends_post(self, read: str, seen: str) -> bool:
        """Whether an address ends in a post as it is read, and in none as the source has it (FM … OENEVA)."""
        one, other = _ADDRESS.match(read), _ADDRESS.match(seen)
        if one is None or other is None or one["label"] != other["label"] or one["name"] == other["name"]:
            return False
        return self._ends_in_post(one["name"]) and not self._ends_in_post(other["name"])

    def _ends_in_post(self, name: str) -> bool:
        words = name.split()[-3:]
        return any(self._lexicon.post(" ".join(words[at:])) is not None for at in range(len(words)))

    def _is_form(self, seen: str) -> bool:
        found = rules.anywhere(seen)
        if found is not None:
            return found[0].kind in _FORMS
        if any(rule.kind in _FORMS for rule, _ in rules.in_heading(seen)):
            return True
        lexicon = self._lexicon
        if self._class_match(seen) or fitting.is_caption(seen, lexicon) or rules.marking(seen):
            return True
        if self._zone is Zone.ADDRESS and lexicon.post(re.sub(r"[\s\d]+$", "", seen)) is not None:
            return True
        return bool(
            near.page(seen, lexicon, self._posts)
            or near.originator(seen, lexicon)
            or near.role(seen, lexicon)
            or near.class_line(seen, self._posts, lexicon)
            or noisy.near_preamble(seen, lexicon)
            or near.order(seen)
        )

    def _kind_without_specks(self, line: TelegramLine) -> LineKind:
        """The kind of a line whose ends may have picked up specks; only text keeps them."""
        lead, core = noisy.core(line.text)
        if not core or core == line.text:
            return self._kind(line)
        whole, start = line.text, line.start
        line.text, line.start = core, start + lead
        kind = self._kind(line)
        if kind in (LineKind.TEXT, LineKind.UNPLACED):
            line.text, line.start = whole, start
            self.walk.inline.pop(line.number, None)
        return kind

    @cached_property
    def _first_strong(self) -> int | None:
        """The number of the first line that surely belongs to addresses or class; None if there is none."""
        for line in self.walk.lines[:_TOP]:
            if line.number > _TOP:
                break
            text = noisy.core(line.text)[1] if self._noisy else line.text
            if not text:
                continue
            rule = rules.anywhere(text)
            if rule and rule[0].kind in (LineKind.PREAMBLE, LineKind.FROM):
                return line.number
            if noisy.near_preamble(text, self._lexicon):
                return line.number
            if self._noisy and (
                near.originator(text, self._lexicon) is not None
                or near.class_line(text, self._posts, self._lexicon)
            ):
                return line.number
            if self._class_match(text) or rules.FORM_FROM.match(text) or rules.INDICATED.match(text):
                return line.number
        return None

    def is_class(self, text: str) -> bool:
        """Whether a line is a class line with its number."""
        match = self._class_match(text)
        return match is not None and match.group("serial") is not None

    def _class_match(self, text: str, *, expected: bool = False) -> re.Match[str] | None:
        if text[0] not in "TSCLU":
            return None
        found = rules.CLASS.match(text)
        if not found:
            return None
        post, serial = found.group("post"), found.group("serial")
        if not serial:
            return found if found.group("n") and (not post or self._lexicon.post(post)) else None
        if post is None:
            return found if found.group("n") or expected else None
        return found if found.group("n") or expected or self._lexicon.post(post) else None

    def _foresee(self) -> None:
        """Remember who sends it before the page heads above the FM line are read."""
        for line in self.walk.lines[:_TOP]:
            text = noisy.core(line.seen)[1] if line.seen else ""
            begin = near.originator(text, self._lexicon) if text else None
            if begin is not None:
                self._remember(text[begin:])
                return

    def _remember(self, name: str) -> None:
        post = near.station(name, self._lexicon) if self._noisy else None
        if post is not None and post.name not in self._posts:
            self._posts.append(post.name)

    def _near_furniture(self, line: TelegramLine) -> LineKind | None:
        """Page heads and markings of a bad copy, and the addresses while none was read."""
        text = line.text
        last = self._last.kind if self._last is not None else None
        front = self._zone is Zone.FRONT
        if (front or last in (LineKind.DISTRIBUTION, LineKind.PAGE, LineKind.BOX)) and near.is_distribution(
            text
        ):
            line.continues = last is LineKind.DISTRIBUTION
            self.walk.garbled.add(line.number)
            return LineKind.DISTRIBUTION
        if (front or last in (LineKind.DISTRIBUTION, LineKind.DRAFTING)) and (
            near.is_dashes(text) or near.is_dashes(line.seen)
        ):
            self._drafting = False
            self.walk.garbled.add(line.number)
            return LineKind.DASHES
        head = near.page(text, self._lexicon, self._posts)
        if head is not None:
            self.walk.near_pages[line.number] = head
            self.walk.garbled.add(line.number)
            if head.post:
                self._remember(head.post)
            return LineKind.PAGE
        if self._zone is not Zone.ADDRESS and near.marking(text) and not rules.marking(text):
            self.walk.garbled.add(line.number)
            return LineKind.MARKING
        if self._zone in (Zone.FRONT, Zone.ADDRESS):
            begin = near.originator(text, self._lexicon)
            if begin is not None:
                self._open_addresses()
                self._remember(text[begin:])
                return self._begun(line, begin, LineKind.FROM)
            told = near.role(text, self._lexicon)
            if told is None and self._last is not None and self._last.kind is LineKind.FROM:
                told = ("action", 0) if near.is_department(text) else None  # its TO was not read
            if told is not None and not rules.in_address(text):
                self._zone = Zone.ADDRESS
                return self._begun(line, told[1], LineKind.TO if told[0] == "action" else LineKind.INFO)
        return None

    def _begun(self, line: TelegramLine, begin: int, kind: LineKind) -> LineKind:
        self.walk.begins[line.number] = begin
        self.walk.garbled.add(line.number)
        return kind

    def _near_class(self, line: TelegramLine) -> bool:
        """Whether a line is a class line of one section that only its parts tell."""
        if self._zone is Zone.TEXT or (self._zone is Zone.HEADING and self._seen_class):
            return False
        found = near.class_line(line.text, self._posts, self._lexicon)
        if found is None:
            return False
        self.walk.near_classes[line.number] = found
        return True

    def _open_addresses(self) -> None:
        self._drafting = False
        if self._zone in (Zone.TEXT, Zone.HEADING):
            self._section += 1
            self._seen_class = False
        self._zone = Zone.ADDRESS

    def _garbled_class(self, line: TelegramLine) -> LineKind:
        if self._zone is Zone.TEXT or (self._zone is Zone.HEADING and self._seen_class):
            self._section += 1
        self._zone, self._seen_class = Zone.HEADING, True
        self.walk.garbled.add(line.number)
        return LineKind.CLASS

    def _near_label(self, line: TelegramLine) -> LineKind | None:
        """A garbled E.O., TAGS, subject or reference line; each stands once, and before the text."""
        text = line.text
        told = near.order(text)
        if told is not None and not self._has(LineKind.EO):
            return self._begun(line, told[1], LineKind.EO)
        found = near.label(text) or near.bare_label(text, self._lexicon)
        if found is None or (found[0] == "subject" and found[1] < 9 and not self._has(LineKind.TAGS)):
            return None
        kind = {"tags": LineKind.TAGS, "subject": LineKind.SUBJECT, "refs": LineKind.REFERENCE}[found[0]]
        return None if self._has(kind) else self._begun(line, found[1], kind)

    def _has(self, kind: LineKind) -> bool:
        return any(line.kind is kind for line in self.walk.lines[max(0, self._index - 20) : self._index])

    def _close_footers(self) -> None:
        """Give scraps between two pieces of one footer to the footer."""
        full = [line for line in self.walk.lines if line.text]
        for before, line, after in zip(full, full[1:], full[2:], strict=False):
            scrap = sum(c.isalnum() for c in line.seen) <= 3
            if (
                scrap
                and before.kind is LineKind.FOOTER
                and after.kind is LineKind.FOOTER
                and line.kind is LineKind.TEXT
            ):
                line.kind = LineKind.FOOTER

    def _column(self, line: TelegramLine) -> LineKind | None:
        """Take a printed form's column of offices off a line; a line of nothing else is the form's."""
        word = rules.COLUMN_WORD.match(line.text)
        found = word or rules.COLUMN.match(line.text)
        if found is None:
            return None
        symbol, rest = found.group(1), found.group("rest")
        if word is None and symbol not in self._lexicon.column:
            return None
        if rest is None:
            self._offices = self._index + 1
            return LineKind.FORM
        # One letter before words may be the drafter's own; and a column's entries stand close together.
        if word is None and (len(symbol) < 2 or not self._offices or self._index + 1 - self._offices > 2):
            return None
        self._offices = self._index + 1
        self.walk.columns.append((line, line.text[: found.start("rest")].strip(), line.start))
        line.start += found.start("rest")
        line.text = rest
        line.indent = 0
        return None

    def _track_quotation(self, text: str) -> None:
        """Count quotations in and out, from one that begins at a line end."""
        if self._quoting:
            self._quoting += len(_QUOTE_OPEN.findall(text)) - len(_QUOTE_CLOSE.findall(text))
            if self._quoting <= 0:
                self._quoting, self._within = 0, False
        elif _QUOTE_BEGINS.search(text):
            self._quoting = 1

    def _is_quoted(self, line: TelegramLine) -> bool:
        """Whether a heading that begins within a quotation is a quoted telegram's.

        It is the telegram's own next section when its class line repeats the telegram's number.
        """
        if self._zone is not Zone.TEXT:
            return False
        found = rules.anywhere(line.text)
        starts = found is not None and found[0].kind in (LineKind.FROM, LineKind.PREAMBLE)
        if not starts and not self._class_match(line.text) and rules.marking(line.text) is None:
            return not (found is not None or self._drafting or self._after_page) and bool(
                rules.in_address(line.text)
            )
        for later in self.walk.lines[self._index : self._index + (20 if starts else 1)]:
            match = self._class_match(later.text) if later.text else None
            if match and match.group("serial"):
                return int(match.group("serial")) not in self._serials
        return not starts and rules.marking(line.text) is None
