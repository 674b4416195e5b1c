"""The labelled lines of the heading: executive order, TAGS, subject, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from septel.lexicon import Lexicon
from septel.telegram.heading.grouped import Grouped
from septel.telegram.heading.worn_tags import mended_tags, tags_with_a_lost_letter
from septel.telegram.lines import LineKind, TelegramLine, locus_in
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import Field, new_field, new_locus, new_span
from septel.text import Locus

_REF_SPLIT = re.compile(
    r"\s+(?=\([B-H][A-Z1|Il]\s+[A-Z]{3,}(?: [A-Z]+)* \d{2,6}\b)|"
    r"\s*[;:]\s*(?=\S)|\s*,\s*(?=\(?[A-Z]\)|[A-Z]\.\s)|\s+(?=\([A-Z1-9]\)\s)|\s+(?=(?<![A-Z])[B-Z][.)]\s+[A-Z])|\s+(?=[B-Z]\)\s)"
)
_ZONE = re.compile(
    r"(?<![0-9])(?P<group>[0-3]\d[0-2]\d[0-5]\d) ?[27z]\.?"
    r"(?=\s?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))"
)
_LETTERED = re.compile(r"\([A-H]\) ")
_ILL_LETTERED = re.compile(r"\(?(?P<letter>[A-H])[A-Z1|Il!\]}J]?[.,]?\s+(?=[A-Z]{3,}(?: [A-Z]+)* (?:A-?)?\d)")
_ILL_BRACKET = re.compile(r"(?<=\d) \([B-H][A-Z1|Il]\s+[A-Z]{3,}(?: [A-Z]+)* \d")
_BEHIND_NUMBER = re.compile(r"(?<=\d{3})\s+[^A-Z\s(]{1,2}$")
_LAST_SIGN = re.compile(r",?\s+\S$")
_TAG_SPLIT = re.compile(r",(?![^(]*\))|(?=\()|(?<=\))|;")
_UNSTOPPED = re.compile(r"(?<=[A-Z]{2})\s?[.·•]\s?(?=[A-Z]{2})")
"""A comma between codes that was read as a stop."""
_NEW_REF = re.compile(r"\(?[A-Z1-9](?:\)|\.\s)|[A-Z][A-Z /.]{1,24} ?(?:A-?)?\d{2,6}\b|[A-Z]+/[A-Z]+ ")
# A reference line that ran into the subject.
_INLINE_REF = re.compile(r"\s+REF(?:S|TELS?)?(?:\(S\))?\s*:\s*(?=\(?[A-H][.)]\s|[A-Z][A-Z ]{1,20} \d{2,6}\b)")
_OPEN_REF = re.compile(r"(?:\b[A-Z]{3,}|[,/-]|\bAND|\bOF)$")


class Labelled(Grouped):
    """Fields that begin with their own name."""

    def first(self, kind: LineKind, start: Callable[[re.Match[str]], int]) -> Field[str] | None:
        """The first field of a kind, from where its rule says that the value begins."""
        for group in self._groups(kind):
            match = self._walk.matches.get(group[0].number)
            begin = start(match) if match else self._walk.begins.get(group[0].number)
            if begin is not None:
                text, locus = self._field_text(group, begin)
                return new_field(value=" ".join(text.split()), raw=text, locus=locus)
        return None

    def tags(self, country: str | None = None) -> Field[tuple[str, ...]] | None:
        """The codes and names of the TAGS line, in order.

        Args:
            country: the code of the country that the sender is in.
        """
        for group in self._groups(LineKind.TAGS):
            match = self._walk.matches.get(group[0].number)
            begin = match.start("tags") if match else self._walk.begins.get(group[0].number)
            if begin is not None:
                text, locus = self._field_text(group, begin)
                noisy_text = self._walk.noisy
                value = tuple(split_tags(_UNSTOPPED.sub(", ", text) if noisy_text else text, self._lexicon))
                basis = "" if match else "nearest"
                others: tuple[tuple[str, ...], ...] = ()
                if noisy_text:
                    mended = mended_tags(value, self._lexicon, country)
                    others = tags_with_a_lost_letter(mended, self._lexicon)
                    value, basis = mended, "nearest" if mended != value else basis
                return new_field(value=value, raw=text, locus=locus, basis=basis, alternatives=others)
        return None

    def subject(self) -> Field[str] | None:
        """The subject, joined over its lines."""
        for group in self._groups(LineKind.SUBJECT):
            match = self._walk.matches.get(group[0].number)
            if match:
                start = match.start("subject")
            else:
                begin = self._walk.begins.get(group[0].number)
                start = noisy.subject_start(group[0].text) or 0 if begin is None else begin
            text, locus = self._field_text(group, start)
            inline = _INLINE_REF.search(text)
            if inline:
                text = text[: inline.start()]
            value = " ".join(text.split())
            return new_field(
                value=value,
                raw=text,
                locus=locus,
                alternatives=tuple(self._without_speck(value)),
                basis="" if match else "nearest",
            )
        return None

    def _without_speck(self, value: str) -> Iterable[str]:
        """What a subject of a bad copy is when the one sign at its end is dirt."""
        behind = _LAST_SIGN.search(value) if self._walk.noisy else None
        if behind and behind.start() > 8:
            yield value[: behind.start()]

    def references(self) -> tuple[Field[str], ...]:
        """Each entry of the reference line as it stands."""
        found: list[Field[str]] = []
        for group in self._groups(LineKind.REFERENCE):
            match = self._walk.matches.get(group[0].number)
            start = self._walk.begins.get(group[0].number, 0)
            if match is not None:
                start = match.start("refs") if match.group("refs") is not None else match.start("bare")
            found += self._items(group, start)
        for group in self._groups(LineKind.SUBJECT):
            for at, line in enumerate(group):
                inline = _INLINE_REF.search(line.text)
                if inline:
                    found += self._items(group[at:], inline.end())
                    break
        return tuple(found)

    def _items(self, group: list[TelegramLine], start: int) -> Iterable[Field[str]]:
        """The entries of a reference line; one may run over a line end, a new line may begin one."""
        text, starts = "", []
        for line in group:
            part = line.text[start:] if line is group[0] else line.text
            if text:
                apart = _OPEN_REF.search(text) is None and _NEW_REF.match(part) is not None
                text += "; " if apart else " "
            starts.append((len(text), line, start if line is group[0] else 0))
            text += part
        at = number = 0
        lettered = self._walk.noisy and (_LETTERED.search(text) or _ILL_BRACKET.search(text)) is not None
        for cut in [*_REF_SPLIT.finditer(text), None]:
            end = cut.start() if cut else len(text)
            item = text[at:end].strip(" ;,:")
            if item:
                lead = at + text[at:end].index(item)
                value = mended_reference(item) if self._walk.noisy else item
                value = _lettered(value, number) if lettered else value
                number += 1
                basis = "" if value == item else "nearest"
                locus = self._locus(starts, lead, lead + len(item))
                yield new_field(value=value, raw=item, locus=locus, basis=basis)
            at = cut.end() if cut else end

    def _locus(self, starts: list[tuple[int, TelegramLine, int]], start: int, end: int) -> Locus:
        def find(offset: int) -> tuple[TelegramLine, int]:
            at, line, lead = next(s for s in reversed(starts) if s[0] <= offset)
            return line, min(offset - at + lead, len(line.text))

        first, last = find(start), find(max(start, end - 1))
        begin = locus_in(self._reading, first[0], first[1], first[1] + 1).span.start
        finish = locus_in(self._reading, last[0], last[1], min(last[1] + 1, len(last[0].text))).span.end
        return new_locus(self._reading.source.id, new_span(begin, max(begin, finish)))


def _lettered(item: str, number: int) -> str:
    """An entry among lettered ones whose brackets were misread: `(AN STATE 111288`, `BE STATE 1`."""
    match = _ILL_LETTERED.match(item)
    letter = chr(ord("A") + number)
    if number == 0 and not item.startswith("(") and match is None:
        return f"(A) {item}"  # its letter was lost: others follow with theirs
    return f"({letter}) {item[match.end() :]}" if match and match["letter"] == letter else item


def mended_reference(item: str) -> str:
    """An entry of a bad copy: with the zone letter of a date-time group, without a speck behind a number."""
    return _BEHIND_NUMBER.sub("", _ZONE.sub(r"\g<group>Z", item))


def split_tags(text: str, lexicon: Lexicon) -> list[str]:
    """The codes and names of a TAGS line; codes may stand with or without commas."""
    tags: list[str] = []
    for part in _TAG_SPLIT.split(text):
        part = part.strip(" .:,;")
        if not part:
            continue
        if part.startswith("("):
            tags.append(" ".join(part.split()))
            continue
        words = part.split()
        known = words[0] in lexicon.tags and all(
            w in lexicon.tags or (w.isalpha() and len(w) <= 6) for w in words
        )
        # Codes of later years are not in the list; their form tells: four letters, then two to four.
        known = known or (len(words[0]) == 4 and all(w.isalpha() and 2 <= len(w) <= 4 for w in words))
        tags += words if known else [part]
    return tags
