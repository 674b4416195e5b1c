"""Passages of a reading as running prose, each character with the way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from septel.record.layout.patterns import cue
from septel.record.model import Excerpt
from septel.text import Edit, Reading, Span

BLANK = "…"
"""Stands in prose for a word of which the reading claims nothing."""

_BRACKETED = re.compile(r"\[(?:\d{1,3}|Page [\dA-Z]+|PAGE [\dA-Z]+|sic|I)\]")
_ABBREVIATED = cue("prose.abbreviated")
_SPLICED = cue("prose.spliced")
_COMPLETE = cue("prose.complete")
_STOP = re.compile(r"[.!?][”\"’'»)\]]*(?=\s|$)|[.!?](?=[“\"])")
_CLOSERS = re.compile(r"\b(?:U\.S|U\.S\.S\.R|P\.M|A\.M|ETC|(?:NOV|DEC|OCT|SEPT?|AUG|JAN|FEB|MAR|APR)|U\.N)$")
_NUMBERED = re.compile(r"\b(?:REF|REFTEL|REFAIR|PARA|TAB|ANNEX|PART|ENCLOSURE|ATTACHMENT|SECTION) [A-Z]$")
"""Letters that count references: no initials."""
_OPENERS = cue("prose.openers")
_ASKED = re.compile(
    r"\s+(?:[A-Z][\w.'-]*\s+){1,3}(?:ASKED|SAID|EXCLAIMED|REPLIED|INQUIRED|ADDED|WONDERED|RETORTED)\s*[.,]"
)
_STRONG = re.compile(r"\s+[“\"]?(?:THE|HE|SHE|IT|WE|THEY|I|THIS|THESE|THERE|HOWEVER|SUCH|AMBASSADOR|END)\b")


@dataclass(frozen=True)
class ReadingText:
    """A whole reading with each character's place in the source; blanks stand for unreadable words."""

    reading: Reading
    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    edits: dict[int, Edit] = field(repr=False)
    """For each character that an edit made, that edit."""

    @classmethod
    def of(cls, reading: Reading) -> ReadingText:
        """Lay out a reading."""
        source = reading.source.text
        chars: list[str] = []
        begins: list[int] = []
        ends: list[int] = []
        edits: dict[int, Edit] = {}
        at = 0
        for edit in reading.edits:
            plain = range(at, edit.span.start)
            chars += source[at : edit.span.start]
            begins += plain
            ends += (i + 1 for i in plain)
            for char in BLANK if edit.unreadable else edit.after:
                edits[len(chars)] = edit
                chars.append(char)
                begins.append(edit.span.start)
                ends.append(edit.span.end)
            at = edit.span.end
        plain = range(at, len(source))
        chars += source[at:]
        begins += plain
        ends += (i + 1 for i in plain)
        return cls(reading, "".join(chars), tuple(begins), tuple(ends), edits)

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """One span of the text per line of the source."""
        spans: list[Span] = []
        start = 0
        for line in self.text.split("\n"):
            spans.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(spans)


_FEW_SMALL = 20
"""One small letter to so many capitals is a slip of print or reading."""


@dataclass(frozen=True)
class Prose:
    """One paragraph as running text.

    Attributes:
        carried: the reading that it is taken from.
        text: the words, line ends undone.
        at: for each character, its place in the carried text.
        paragraph: its path.
    """

    carried: ReadingText
    text: str
    at: tuple[int, ...]
    paragraph: str

    @classmethod
    def of(cls, carried: ReadingText, spans: Iterable[Span], paragraph: str) -> Prose:
        """Join stretches of the carried text, usually lines, by single spaces."""
        chars: list[str] = []
        at: list[int] = []
        for span in spans:
            raw = span.of(carried.text)
            lead = len(raw) - len(raw.lstrip())
            raw = raw.strip()
            if not raw:
                continue
            start = span.start + lead
            if chars:
                divided = chars[-1] == "-" and len(chars) > 3 and chars[-2].isalpha() and chars[-3].isalpha()
                if divided and raw[0].isalpha() and "".join(chars[-4:-1]).strip() not in ("US", "UN", "NON"):
                    chars.pop()
                    at.pop()
                else:
                    chars.append(" ")
                    at.append(at[-1])
            space = False
            for i, char in enumerate(raw):
                if char.isspace():
                    space = True
                    continue
                if space:
                    chars.append(" ")
                    at.append(start + i - 1)
                    space = False
                chars.append(char)
                at.append(start + i)
        return cls(carried, "".join(chars), tuple(at), paragraph)

    @cached_property
    def plain(self) -> str:
        """Upper case, of the same length; blanked out are notes and page breaks of an edition, and asides."""
        text = self.upper
        for aside in self.asides:
            text = text[: aside.start] + " " * len(aside) + text[aside.end :]
        return text

    @cached_property
    def upper(self) -> str:
        """Upper case, of the same length; notes and page breaks of an edition blanked out."""
        upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in self.text)
        upper = upper.replace("’", "'").replace("`", "'")
        return _BRACKETED.sub(lambda m: " " * len(m.group()), upper)

    @cached_property
    def asides(self) -> tuple[Span, ...]:
        """What the reporter puts in as words of his own, by the marks around it: nobody says it."""
        return tuple(_asides(self.upper))

    @cached_property
    def in_capitals(self) -> bool:
        """Whether it is in capitals but for a letter here and there (F-5's): no name is told by its case."""
        small = sum(char.islower() for char in self.text)
        return small * _FEW_SMALL <= sum(char.isupper() for char in self.text) and bool(self.text.strip())

    def part(self, start: int, end: int) -> Prose:
        """A stretch of the paragraph as prose of its own."""
        return Prose(self.carried, self.text[start:end], self.at[start:end], self.paragraph)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences; a stop after an abbreviation or an initial ends none.

        A comma ends one where a whole clause stands before it and another speaker is reported after it: on
        bad copies stops, commas and apostrophes look alike, and nobody's words may go to somebody else.
        """
        spans: list[Span] = []
        start = 0
        text = self.plain
        stops = sorted((*_STOP.finditer(text), *_SPLICED.finditer(text)), key=lambda found: found.start())
        for stop in stops:
            before = text[start : stop.start()]
            if stop.group()[0] in ",'" and not _COMPLETE.match(before.lstrip() + " "):
                continue
            if stop.group()[0] == "." and _ABBREVIATED.search(before):
                opens = _STRONG if self.in_capitals else _OPENERS
                closes = any(pattern.search(before) for pattern in (_NUMBERED, _SAID_NO)) or (
                    _CLOSERS.search(before)
                    and (not text[stop.end() :].strip() or opens.match(text, stop.end()))
                )
                if not closes:
                    continue
            if not self._opens(stop.end()) or self._in_office(start, stop.end()):
                continue
            if stop.group()[0] in "?!" and len(stop.group()) > 1 and _ASKED.match(text, stop.end()):
                continue  # “DO THEY KNOW?” SUKARNO ASKED.
            if before.strip():
                spans.append(self._trim(start, stop.end()))
            start = stop.end()
        if text[start:].strip():
            spans.append(self._trim(start, len(text)))
        return tuple(spans)

    def _in_office(self, start: int, at: int) -> bool:
        """Whether a stop stands within an office cut short: FOR. MIN. GUZMAN."""
        return any(m.start() < at < m.end() for m in _IN_OFFICE.finditer(self.plain, start, at + 6))

    def _opens(self, at: int) -> bool:
        """Whether what follows may open a sentence."""
        ahead = self.text[at:].lstrip()
        return not ahead or ahead[0].isupper() or not ahead[0].isalpha()

    def _trim(self, start: int, end: int, *, plain: bool = True) -> Span:
        text = self.plain if plain else self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def excerpt(self, start: int, end: int) -> Excerpt:
        """The words of a stretch, with the place that holds them."""
        span = self._trim(start, end, plain=False)
        start, end = span.start, max(span.end, span.start + 1)
        places = self.at[start:end]
        first, last = min(places), max(places)
        source = Span(
            min(self.carried.begins[i] for i in (first, last)),
            max(self.carried.ends[i] for i in (first, last)),
        )
        reading = self.carried.reading
        return Excerpt(
            words=self.text[start:end],
            locus=reading.source.locus(source),
            paragraph=self.paragraph,
            line=reading.source.line_at(source.start),
        )

    def doubts(self, start: int, end: int) -> tuple[Edit, ...]:
        """The edits within a stretch, each once, in order."""
        found = (self.carried.edits.get(i) for i in self.at[start:end])
        return tuple({id(e): e for e in found if e is not None}.values())


_IN_OFFICE = re.compile(r"\b(?:FOR|FON|PRI|DEF|FIN|INT|AGR)\.\s*MIN\b")
"""An office cut short in both its words: FOR. MIN. GUZMAN."""
_SAID_NO = re.compile(r"\b(?:SAID|ANSWERED|REPLIED|WAS|IS),? [“\"]?NO$")
"""HE SAID NO. ends a sentence, NO. 5 does not."""
_ASIDE = re.compile(
    r"(?P<open>[\[(])\s*(?:[A-Z][A-Z'./]*\s+){0,4}(?:NOTE|COMMENTS?|FYI)\b\s*[:.,;—–-]"
    r"|(?:(?<=[.!?] )|(?<=[.!?][)\]”\"] )|(?<=[.!?]  )|^\W{0,3})"
    r"(?:BEGIN )?(?:(?:EMBASSY|FIELD|SOURCE|OUR|MY) )?(?:NOTE|COMMENTS?|FYI)\s*[:.;](?=\s)"
)
"""Where a reporter puts in words of his own: `(COMMENT: ...)`, `FIELD COMMENT:`, `FYI.`"""
_ASIDE_ENDS = re.compile(r"\bEND (?:OF )?(?:NOTE|COMMENTS?|FYI)\b[.)\]]*")
_BRACKETS = {"(": ")", "[": "]"}


def _asides(text: str) -> Iterator[Span]:
    """The stretches that a reporter marks as his own words; one without an end goes to the paragraph's."""
    at = 0
    while found := _ASIDE.search(text, at):
        start = found.start()
        opened = found.group("open")
        ends = _ASIDE_ENDS.search(text, found.end())
        closed = ends.end() if ends else _closing(text, start) if opened else len(text)
        yield Span(start, closed)
        at = max(closed, found.end())


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one that opens here."""
    opens, closes, depth = text[start], _BRACKETS[text[start]], 0
    for i in range(start, len(text)):
        depth += (text[i] == opens) - (text[i] == closes)
        if not depth:
            return i + 1
    return len(text)


_WORN = cue("prose.worn")
_WORN_SHARE = 0.03


def is_worn(text: str) -> bool:
    """Whether a text was read from a bad copy: three words in a hundred hold what no typist types."""
    words = [w for w in text.split() if len(w) > 2]
    return len(words) > 20 and sum(1 for w in words if _WORN.search(w)) > _WORN_SHARE * len(words)


def words_of(text: str) -> list[str]:
    """Letters and figures in runs, in upper case; what counts as a word when texts are compared."""
    return re.findall(r"[A-Z0-9]+(?:['’][A-Z]+)?", text.upper())
