"""Walks a passage word by word and takes out what cites another document.

A mention is known by its head (a post, a party word, a series, an airgram's number, a date-time group);
numbers that follow in a list belong to the same head (`STATE 111, 112 AND 113`).
"""

from __future__ import annotations

import re

from septel.citations.extraction.candidates import (
    AIRGRAM,
    CIRCULARS,
    GROUP,
    MRN,
    REF,
    REFTEL,
    RUN_TOGETHER,
    SEPARATE,
    may_cite,
    series_pattern,
)
from septel.citations.extraction.context import NUMBER, ReferenceContext
from septel.citations.extraction.qualifiers import full_year, month_number, parts_before, tail
from septel.citations.extraction.reference import Reference, ReferenceKind
from septel.citations.extraction.words import (
    AFTER_NUMBER,
    HEAD_STARTS,
    HEADS,
    NOT_POSTS,
    OFFICES,
    PARTIES,
    PRONOUNS,
    TELEGRAM_WORDS,
    UNITS,
)
from septel.lexicon import Lexicon
from septel.text import JoinedLines


def scan(strip: JoinedLines, *, own_series: tuple[str, ...] = ()) -> tuple[Reference, ...]:
    """The mentions in one passage, in order."""
    if not may_cite(strip, own_series):
        return ()
    scanner = _Scanner(ReferenceContext.of(strip))
    scanner.series(own_series)
    scanner.run()
    return tuple(sorted(scanner.found, key=lambda reference: reference.locus.span.start))


class _Scanner:
    """One passage being read; `taken` are stretches that already belong to a mention."""

    def __init__(self, passage: ReferenceContext) -> None:
        self.passage = passage
        self.words = passage.words
        self.found: list[Reference] = []
        self.taken: list[tuple[int, int]] = []

    def series(self, more: tuple[str, ...]) -> None:
        """Take numbers of delegations' runs; their letters may be spread by noise."""
        for match in series_pattern(more).finditer(self.passage.text):
            name = "".join(match.group("series").split())
            number = "".join(match.group("number").split())
            self._add(
                ReferenceKind.SERIES,
                f"{name} {number}",
                match.start(),
                match.end(),
                number=number,
                series=name,
                letter=self.passage.item(match.start()),
            )

    def run(self) -> None:
        """Take everything else."""
        index, count = 0, len(self.words)
        while index < count:
            core = self.words[index].core
            if not ("0" <= core[0] <= "9" or core in HEADS or core.startswith(HEAD_STARTS)):
                index += 1
                continue
            start = self.words[index].core_start
            if any(begin <= start < end for begin, end in self.taken):
                index += 1
            else:
                index = self._at(index)

    def _at(self, index: int) -> int:
        """Take the mention that begins at this word, if any; gives the word to go on with."""
        word = self.words[index]
        core = word.core
        if core in SEPARATE:
            self._add(ReferenceKind.SEPARATE, "SEPTEL", word.core_start, word.core_end)
        elif REFTEL.match(core) or REF.match(core):
            return self._reftel(index)
        elif core.rstrip("S") in PARTIES:
            return self._party(index, core.rstrip("S"))
        elif core[:2] == "RE" and core[2:].rstrip("S") in PARTIES:
            return self._party(index, core[2:].rstrip("S"))
        elif core in PRONOUNS:
            return self._pronoun(index, PRONOUNS[core])
        elif word.bare in OFFICES:
            return self._office(index, OFFICES[word.bare])
        elif core in CIRCULARS:
            return self._circular(index)
        elif AIRGRAM.match(core):
            self._airgram(index)
        elif core[0].isdigit() or core[0] == "#":
            return self._figures(index)
        elif joined := RUN_TOGETHER.match(core):
            kind = ReferenceKind.SEPARATE if core.startswith("SEP") else ReferenceKind.REFTEL
            end = word.core_start + joined.end()
            self._add(kind, joined.group().rstrip("S"), word.core_start, end)
        return index + 1

    def _reftel(self, index: int) -> int:
        word = self.words[index]
        bare = REF.match(word.core) is not None
        if bare and self.passage.heading and index == 0:
            return index + 1
        if bare and self.passage.core(index + 1) in ("TEL", "TELS", "AIR"):
            self._add(ReferenceKind.REFTEL, "REFTEL", word.core_start, self.words[index + 1].core_end)
            return index + 2
        letters_at = self.passage.letters(index + 1, plural=word.core.endswith("S"))
        if not letters_at:
            if not bare:
                self._add(ReferenceKind.REFTEL, "REFTEL", word.core_start, word.core_end)
            return index + 1
        for n, at in enumerate(letters_at):
            named = self.words[at]
            start = word.core_start if n == 0 else named.core_start
            self._add(ReferenceKind.REFTEL, f"REF {named.core}", start, named.core_end, letter=named.core)
        return letters_at[-1] + 1

    def _party(self, index: int, word: str, *, needs_number: bool = False) -> int:
        head = self.words[index]
        numbers = self.passage.numbers(index + 1, least=1)
        if not numbers:
            if not needs_number:
                self._add(ReferenceKind.BY_PARTY, word, head.core_start, head.core_end)
            return index + 1
        for n, (at, number) in enumerate(numbers):
            self._add(
                ReferenceKind.BY_PARTY,
                f"{word} {number}",
                head.core_start if n == 0 else self.words[at].core_start,
                self.words[at].core_end,
                number=number,
                letter=self.passage.item(head.start) if n == 0 else None,
            )
        return numbers[-1][0] + 1

    def _pronoun(self, index: int, word: str) -> int:
        """`YOUR 1135`, `MY TELEGRAM 2554`; `OUR 120 OFFICERS` is no telegram."""
        said = self.passage.core(index + 1) in TELEGRAM_WORDS
        numbers = self.passage.numbers(index + 1, least=1 if said else 2)
        if not numbers or not (said or self._stands_alone(numbers[-1][0], word)):
            return index + 1
        return self._party(index, word, needs_number=True)

    def _stands_alone(self, index: int, word: str) -> bool:
        """Whether figures after a pronoun count nothing that follows."""
        if self.passage.ends(index):
            return True
        following = self.passage.core(index + 1)
        counts = following.endswith("S") or following in UNITS
        return not counts and (word != "OURTEL" or len(self.passage.core(index)) > 2)

    def _office(self, index: int, word: str) -> int:
        """`EMBASSY TELEGRAM 2601`, `DEPARTMENT'S 246`, `EMBASSY'S A-228`."""
        possessive = self.words[index].possessive
        air = AIRGRAM.match(self.passage.core(index + 1))
        if air and (air.group("dash") or possessive):
            self._airgram(index + 1, party=word, head=index)
            return index + 2
        said = self.passage.core(index + 1) in TELEGRAM_WORDS
        numbers = self.passage.numbers(index + 1, least=1 if said else 2) if possessive or said else []
        if not numbers or not (said or self.passage.ends(numbers[-1][0])):
            return index + 1  # `DEPT 123`: the number will look back for its post
        return self._party(index, word, needs_number=True)

    def _circular(self, index: int) -> int:
        word = self.words[index]
        numbers = self.passage.numbers(index + 1, least=2)
        if not numbers:
            return index + 1
        at, number = numbers[0]
        end = self.words[at].core_end
        if word.core == "CIRCULAR":
            normal = f"DEPCIRTEL {number}"
            self._add(ReferenceKind.BY_PARTY, normal, word.core_start, end, number=number)
            return at + 1
        post, start = self.passage.post_before(index)
        self._add(
            ReferenceKind.DESPATCH,
            f"{post} DESPATCH {number}" if post else f"DESPATCH {number}",
            word.core_start if start is None else start,
            end,
            post=post,
            number=number,
        )
        return at + 1

    def _airgram(self, index: int, *, party: str | None = None, head: int | None = None) -> None:
        passage, word = self.passage, self.words[index]
        match = AIRGRAM.match(word.core)
        assert match is not None
        post, start = passage.post_before(index)
        begin = word.core_start if start is None else start
        if head is not None:
            begin = self.words[head].core_start
        if not match.group("dash") and not (post or passage.heading):
            return
        # `A-4`, `A-37` are aircraft: a short number alone in the text is no airgram.
        rest = tail(passage.text[word.core_end :])
        said = passage.heading or passage.core(index - 1) in ("AIRGRAM", "REFAIR", "REF")
        told = rest.dated or rest.not_to_all or parts_before(passage.text[:begin])[0]
        number = str(int(match.group("number")))
        if not (post or party or said or told or len(number) > 2):
            return
        if match.group("kind") == "CA" or party == "DEPTEL":
            post = "STATE"
        normal = f"{match.group('kind')}-{number}"
        self._add(
            ReferenceKind.AIRGRAM,
            f"{post} {normal}" if post else normal,
            begin,
            word.core_end,
            post=post,
            number=number,
            letter=passage.item(begin),
            year=passage.year_before(begin),
        )

    def _figures(self, index: int) -> int:
        word = self.words[index]
        mrn = MRN.match(word.core)
        if mrn:
            post = Lexicon.shipped().post(mrn.group("post"))
            if post:
                number = str(int(mrn.group("number")))
                self._add(
                    ReferenceKind.TELEGRAM,
                    f"{post.name} {number}",
                    word.core_start,
                    word.core_end,
                    post=post.name,
                    number=number,
                    year=int(mrn.group("year")),
                )
            return index + 1
        return self._group(index) or (self._telegram(index) if NUMBER.match(word.core) else index + 1)

    def _telegram(self, index: int) -> int:
        """A number with a post's name before it, and the numbers listed after it."""
        passage = self.passage
        before = index
        while before > 0 and passage.telegram_word(before - 1):
            before -= 1
        post, start = passage.post_before(before)
        if post is None or start is None:
            return self._unlisted(index)
        numbers = passage.numbers(index, least=1)
        said = before != index or self.words[before - 1].possessive
        if not numbers or not (passage.heading or passage.believable(index, start, said=said)):
            return index + 1
        year = passage.year_before(start)
        for n, (at, number) in enumerate(numbers):
            self._add(
                ReferenceKind.TELEGRAM,
                f"{post} {number}",
                start if n == 0 else self.words[at].core_start,
                self.words[at].core_end,
                post=post,
                number=number,
                letter=passage.item(start) if n == 0 else None,
                year=year,
            )
        return numbers[-1][0] + 1

    def _unlisted(self, index: int) -> int:
        """On the reference line, a name that no list has, with a number and nothing else: `ASGABAT 1234`."""
        passage = self.passage
        if not passage.heading or index == 0 or len(passage.core(index)) < 3:
            return index + 1
        name = self.words[index - 1]
        lone = index == 1 or passage.item(name.start) is not None or bool(self.words[index - 2].after)
        named = re.fullmatch(r"[A-Z]{5,}", name.core) and not name.after
        if not (lone and named and passage.ends(index)):
            return index + 1
        if month_number(name.core) or name.core in (TELEGRAM_WORDS | AFTER_NUMBER | NOT_POSTS):
            return index + 1
        number = str(int(passage.core(index).lstrip("#")))
        self._add(
            ReferenceKind.TELEGRAM,
            f"{name.core} {number}",
            name.core_start,
            self.words[index].core_end,
            number=number,
            letter=passage.item(name.start),
        )
        return index + 1

    def _group(self, index: int) -> int:
        """A date-time group with its sender before it; 0 if it is none."""
        passage, word = self.passage, self.words[index]
        match = GROUP.match(word.core)
        if match is None:
            return 0
        zone, month, year = match.group("zone"), match.group("month"), match.group("year") or ""
        end, at = word.core_end, index + 1
        if not (zone or month) and (word.after or passage.post_before(index)[0]):
            return 0  # `STATE 131738 (MAY 24, 1978)`: a number and its date
        if month is None and month_number(passage.core(at).rstrip("0123456789")):
            month = passage.core(at).rstrip("0123456789")
            year = passage.core(at)[len(month) :]
            end, at = self.words[at].core_end, at + 1
        if (month and not month_number(month)) or not (month or zone == "Z"):
            return 0
        if month and not year and re.fullmatch(r"\d\d|19\d\d", passage.core(at)):
            year, end, at = passage.core(at), self.words[at].core_end, at + 1
        sender, start = passage.sender(index)
        if start is None:
            return 0
        shown = " ".join(part for part in (match.group("figures") + (zone or ""), month, year) if part)
        post = Lexicon.shipped().post(sender) if sender else None
        self._add(
            ReferenceKind.BY_TIME,
            f"{sender} {shown}" if sender else shown,
            start,
            end,
            post=post.name if post else None,
            sender=sender or None,
            time=shown,
            letter=passage.item(start),
            year=full_year(year or None),
        )
        return at

    def _add(
        self,
        kind: ReferenceKind,
        normal: str,
        start: int,
        end: int,
        *,
        post: str | None = None,
        number: str | None = None,
        series: str | None = None,
        letter: str | None = None,
        sender: str | None = None,
        time: str | None = None,
        year: int | None = None,
    ) -> None:
        """Keep a mention with what stands around it, unless its place is taken."""
        strip, text = self.passage.strip, self.passage.text
        parts, begin = parts_before(text[:start])
        rest = tail(text[end:])
        begin = min(begin, start)
        close = end + rest.length if rest.parts else end
        if self._is_taken(begin, close):
            begin, close = start, end
            if self._is_taken(begin, close):
                return
        self.taken.append((begin, end + rest.length))
        self.found.append(
            Reference(
                kind=kind,
                raw=strip.text[begin:close].strip(),
                normal=normal,
                locus=strip.locus(begin, close),
                paragraph=strip.paragraph,
                post=post,
                number=number,
                series=series,
                letter=letter,
                parts=parts or rest.parts,
                year=year or rest.year,
                dated=rest.dated,
                sender=sender,
                time=time,
                not_to_all=rest.not_to_all,
            )
        )

    def _is_taken(self, start: int, end: int) -> bool:
        return any(begin < end and start < stop for begin, stop in self.taken)
