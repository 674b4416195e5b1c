"""A passage seen from one of its words: what stands beside a possible reference."""

from __future__ import annotations

import re
from dataclasses import dataclass

from septel.citations.extraction.qualifiers import full_year, parts_before, tail
from septel.citations.extraction.words import (
    AFTER_NUMBER,
    BEFORE_GROUP,
    COMMAND,
    LONGEST_NAME,
    NO_SENDER,
    PLACING,
    TELEGRAM_WORDS,
    TIMING,
    UNITS,
    ReferenceWord,
    capitals,
    post_forms,
    words_of,
)
from septel.lexicon import Lexicon, letters
from septel.text import JoinedLines

NUMBER = re.compile(r"#?(\d{1,6})$")
LETTER = re.compile(r"[A-Z]$")
JOINING = frozenset({"AND", "&", "OR"})
_YEAR = re.compile(r"[5-7]\d$|19[5-7]\d$")
_ITEM = re.compile(r"\(?(?:[A-Z]|\d{1,2})(?:[.)]\)?|\))$")
_ITEM_BEFORE = re.compile(r"\(?\s?([A-Z]|\d{1,2})[.)]\)?\s*(?:\d\d\s)?$")
_LIST_END = re.compile(r"[,;:.)\]]")
_NAME = re.compile(r"[A-Z][A-Z0-9/.&-]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceContext:
    """The text of a strip in capitals, word by word."""

    strip: JoinedLines
    text: str
    words: tuple[ReferenceWord, ...]

    @classmethod
    def of(cls, strip: JoinedLines) -> ReferenceContext:
        """Take a strip apart."""
        text = capitals(strip.text)
        return cls(strip=strip, text=text, words=words_of(text))

    @property
    def heading(self) -> bool:
        """Whether this is the reference line: there, little else than references stands."""
        return self.strip.paragraph == "heading"

    def core(self, index: int) -> str:
        """The core of a word; empty beyond the ends."""
        return self.words[index].core if 0 <= index < len(self.words) else ""

    def numbers(self, index: int, *, least: int) -> list[tuple[int, str]]:
        """The numbers of a list that begins here, with the words that hold them."""
        while self.core(index) in TELEGRAM_WORDS:
            index += 1
        first = NUMBER.match(self.core(index))
        if first is None or len(first.group(1)) < least:
            return []
        found = [(index, str(int(first.group(1))))]
        figures = len(first.group(1))
        at = index
        while at + 1 < len(self.words):
            step = 1 if self.words[at].after.strip(")(") in (",", ";", "/") else 0
            if self.core(at + 1) in JOINING and self.words[at].after in ("", ","):
                step = 2
            number = NUMBER.match(self.core(at + step)) if step else None
            if number is None or len(number.group(1)) < max(min(2, figures), figures - 1):
                break
            # A year after a comma, or figures that count something, are no further telegram.
            if not self.heading and not self.ends(at + step):
                break
            if len(number.group(1)) == 4 and number.group(1).startswith("19") and figures != 4:
                break
            at += step
            found.append((at, str(int(number.group(1)))))
        return found

    def letters(self, index: int, *, plural: bool) -> list[int]:
        """Where the letters stand that a REF names: `A`, `(A) AND (B)`, `A, B AND C`."""
        if index >= len(self.words) or not LETTER.match(self.core(index)):
            return []
        before, named = self.words[index - 1], self.words[index]
        bracketed = self.text[named.start] == "(" or named.after.startswith(")")
        if before.after and not (before.core == "REF" and before.after == "."):
            return []
        if named.core > "H" and not (bracketed or plural):
            return []
        found = [index]
        at = index
        while at + 1 < len(self.words):
            if self.core(at + 1) in JOINING:
                step = 2
            elif self.words[at].after.strip(")") == ",":
                step = 1
            else:
                break
            following = self.core(at + step)
            if not LETTER.match(following) or following <= self.core(at):
                break
            at += step
            found.append(at)
        return found

    def ends(self, index: int) -> bool:
        """Whether a number ends its phrase: a stop follows, or a word that may follow a telegram's number."""
        if _LIST_END.match(self.words[index].after) or index + 1 >= len(self.words):
            return True
        following = self.words[index + 1]
        return self.text[following.start] == "(" or following.core in AFTER_NUMBER

    def believable(self, index: int, start: int, *, said: bool) -> bool:
        """Whether figures after a post's name in running text are a telegram's number."""
        figures = self.core(index).lstrip("#")
        rest = tail(self.text[self.words[index].core_end :])
        if said or rest.not_to_all or rest.parts or parts_before(self.text[:start])[0]:
            return True
        # `BONN 1973` in the text is a place and a year, on the reference line it is a telegram.
        if len(figures) < 3 or (len(figures) == 4 and 1940 <= int(figures) <= 1985):
            return False
        if self.ends(index) or self.words[index].after:
            return True
        following = self.core(index + 1)
        if following in UNITS:
            return False
        before = [w for w in self.words[max(0, index - LONGEST_NAME - 1) : index] if w.core_end <= start]
        placed = bool(before) and before[-1].core in PLACING
        return not (following.endswith("S") and (placed or len(figures) < 4))

    def post_before(self, index: int) -> tuple[str | None, int | None]:
        """The longest name of a post that ends right before this word, and where it begins."""
        forms = post_forms()
        best: tuple[str | None, int | None] = (None, None)
        joined = ""
        for back in range(1, LONGEST_NAME + 1):
            if index - back < 0:
                break
            word = self.words[index - back]
            whole = not word.after or (back == 1 and word.possessive) or (back > 1 and word.after == ".")
            if not whole:
                break
            joined = letters(word.bare if back == 1 else word.core) + joined
            post = forms.get(joined)
            if post and any(c.isalpha() for c in word.core):
                best = (post, word.core_start)
        return best

    def year_before(self, start: int) -> int | None:
        """The year written before a post: `78 LA PAZ 1579`."""
        before = [w for w in self.words if w.core_end <= start][-1:]
        if before and not before[0].after and _YEAR.match(before[0].core):
            return full_year(before[0].core)
        return None

    def item(self, start: int) -> str | None:
        """The letter or number of the reference line's item that begins here."""
        if not self.heading:
            return None
        found = _ITEM_BEFORE.search(self.text[max(0, start - 8) : start])
        return found.group(1) if found else None

    def telegram_word(self, index: int) -> bool:
        """Whether this word only says that a telegram's number follows: TEL, NO."""
        return self.core(index) in TELEGRAM_WORDS and not self.words[index].after.strip(".")

    def sender(self, index: int) -> tuple[str, int | None]:
        """Who sent the message of a date-time group, from the words before it; no start if it is none."""
        at = index - 1
        skipped = False
        while at >= 0 and self.core(at) in BEFORE_GROUP:
            skipped, at = True, at - 1
        if at >= 0 and not self.heading and self.core(at) in TIMING:
            return "", None
        names: list[str] = []
        start: int | None = None
        while at >= 0 and len(names) < 4:
            word = self.words[at]
            if word.core in NO_SENDER or _ITEM.match(self.text[word.start : word.end]):
                break
            if word.after.strip(".") or (names and word.after) or not _NAME.match(word.core):
                break
            names.insert(0, self.text[word.core_start : word.core_end])
            start = word.core_start
            at -= 1
        sender = " ".join(names)
        if self.heading:
            return sender, start if start is not None else self.words[index].core_start
        # In the text a sender is a post, a command or a name with a stroke, not any word.
        command = bool(names) and COMMAND.match(names[-1]) is not None
        if sender and (skipped or "/" in sender or command or Lexicon.shipped().post(sender)):
            return sender, start
        return "", None
