"""Builds the heading from lines that the grammar has named."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from septel.lexicon import Lexicon, letters
from septel.telegram.heading.addresses import Addressing
from septel.telegram.heading.captions import Captioning
from septel.telegram.heading.date_time import date_time
from septel.telegram.heading.grouped import Grouped
from septel.telegram.heading.labelled import Labelled
from septel.telegram.heading.own_post import only_post, others_than, own_country, with_post
from septel.telegram.heading.torn_time import times_received, torn_time
from septel.telegram.lines import ClassifiedLines, LineKind, TelegramLine, locus_in, locus_of
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.lines import marking as near_marking
from septel.telegram.model import (
    DateTime,
    Field,
    Heading,
    Number,
    ParseFault,
    new_field,
    new_heading,
    new_number,
)
from septel.text import Reading

_GRADES = {
    "TOPSECRET": "TS",
    "SECRET": "S",
    "CONFIDENTIAL": "C",
    "LIMITEDOFFICIALUSE": "LOU",
    "LIMITEDOFFCIALUSE": "LOU",
    "LIMITEDOFFICALUSE": "LOU",
    "LOU": "LOU",
}
GRADE_NAMES = {
    "TS": "TOP SECRET",
    "S": "SECRET",
    "C": "CONFIDENTIAL",
    "LOU": "LIMITED OFFICIAL USE",
    "U": "UNCLASSIFIED",
}


def grade(text: str) -> str:
    """The code of a classification as written, spaced or not."""
    name = letters(text)
    return "U" if name.startswith("UNCLAS") else _GRADES.get(name, "U")


_Told = tuple[int, TelegramLine, str | None, tuple[int, int] | None]
_Maybe = tuple[tuple[str, ...], TelegramLine, str | None, tuple[int, int]]


class HeadingBuilder(Grouped):
    """Collects the fields of the heading from one walk."""

    def __init__(self, walk: ClassifiedLines, reading: Reading, lexicon: Lexicon) -> None:
        super().__init__(walk, reading, lexicon)
        self.faults: list[ParseFault] = []

    def build(self) -> Heading:
        """The heading."""
        sent = self._sent()
        number = self._number()
        addressing = Addressing(self._walk, self._reading, self._lexicon)
        captioning = Captioning(self._walk, self._reading, self._lexicon)
        labelled = Labelled(self._walk, self._reading, self._lexicon)
        originator = addressing.originator()
        number = with_post(number, originator)
        return new_heading(
            originator=originator,
            number=number,
            mrn=self._mrn(number, sent.value.year if sent else None),
            sent=sent,
            precedence=self._precedence(),
            addressees=others_than(addressing.addressees(), number),
            classification=self._classification(),
            captions=captioning.captions(),
            series=captioning.series(),
            passing=addressing.passing(),
            attention=tuple(addressing.attention()),
            executive_order=labelled.first(LineKind.EO, lambda match: match.start("order")),
            tags=labelled.tags(own_country(number, self._lexicon)),
            subject=labelled.subject(),
            references=labelled.references(),
        )

    def _sent(self) -> Field[DateTime] | None:
        for line in self._of(LineKind.PREAMBLE):
            match = self._walk.matches.get(line.number)
            if match is None:
                near = noisy.near_preamble(line.text, self._lexicon)
                if near is not None:
                    found, told = near
                    # Read with a letter for a figure, a time long before that of receipt is another's.
                    fitting = torn_time(line.text, self._lexicon, times_received(self._walk))
                    return self._near_time(
                        line, *(fitting or ((found.start("group"), found.end("year")), told))
                    )
            else:
                value = date_time(match, self._lexicon)
                if match.group("year") and value.year is None:
                    self._no_date(line, match)
                if value.year is None and self._walk.noisy and (torn := self._torn_time()):
                    return torn
                return new_field(
                    value=value,
                    raw=match.group("dtg"),
                    locus=locus_in(self._reading, line, match.start("dtg"), match.end("dtg")),
                )
        return self._torn_time() if self._walk.noisy else None

    def _torn_time(self) -> Field[DateTime] | None:
        """The time of a line above FM that is no preamble any more, by the times of receipt."""
        lines = [line for line in self._walk.lines if line.text]
        received = times_received(self._walk)
        for line, below in pairwise(lines):
            if line.kind not in (LineKind.UNPLACED, LineKind.PREAMBLE) or below.kind is not LineKind.FROM:
                continue
            told = torn_time(line.text, self._lexicon, received)
            if told is not None:
                line.kind = LineKind.PREAMBLE
                return self._near_time(line, *told)
        return None

    def _no_date(self, line: TelegramLine, match: re.Match[str]) -> None:
        self.faults.append(
            ParseFault(
                what=f"{match.group('dtg')} is no date of the calendar, or of no year of telegrams",
                where=locus_in(self._reading, line, match.start("dtg"), match.end("dtg")),
                line=line.number,
                remedy="The date is left open; compare the page.",
            )
        )

    def _near_time(
        self, line: TelegramLine, span: tuple[int, int], told: tuple[int, int, int, int, int]
    ) -> Field[DateTime]:
        day, hour, minute, month, year = told
        return new_field(
            value=DateTime(
                iso=f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}Z",
                day=day,
                hour=hour,
                minute=minute,
                zone="Z",
                month=month,
                year=year,
            ),
            raw=line.text[span[0] : span[1]],
            locus=locus_in(self._reading, line, *span),
            basis="nearest",
        )

    def _precedence(self) -> Field[tuple[str, ...]] | None:
        for line in self._of(LineKind.PREAMBLE):
            match = self._walk.matches.get(line.number)
            if match and match.group("prosigns"):
                signs = match.group("prosigns").split()
                words = self._lexicon.prosigns
                return new_field(
                    value=tuple(words[s] for s in signs),
                    raw=" ".join(signs),
                    locus=locus_in(self._reading, line, 0, match.end("prosigns")),
                )
        return None

    def _number(self) -> Field[Number] | None:
        """The number that class lines and page heads give most often; that they differ is a fault."""
        told: list[_Told] = []
        maybe: list[_Maybe] = []
        told_post: str | None = None
        for line in self._of(LineKind.CLASS):
            match = self._walk.matches.get(line.number)
            if line.continues and told_post is not None:
                told.append((int(line.text), line, told_post, (0, len(line.text))))
                continue
            told_post = match.group("post") if match is not None and match.re is rules.CLASS else None
            if match is None:
                near = self._walk.near_classes.get(line.number)
                if near is not None:
                    maybe.append((near.serials, line, near.post, (near.start, near.end)))
                else:
                    told += [(f.value.serial, line, f.value.post, None) for f in self._garbled_number(line)]
            elif match.re is rules.FORM_NUMBER:
                told.append((int(match.group("serial")), line, None, match.span("serial")))
            elif match.re is rules.CLASS and match.group("serial"):
                post = match.group("post")
                span = (match.start("post") if post else match.start("serial"), match.end("serial"))
                told.append((int(match.group("serial")), line, post, span))
        for line in self._of(LineKind.PAGE):
            match = self._walk.matches.get(line.number)
            if match is None:
                head = self._walk.near_pages[line.number]
                maybe.append((head.serials, line, head.post, (head.start, head.end)))
                continue
            span = (match.start("post"), match.end("serial"))
            told.append((int(match.group("serial")), line, match.group("post"), span))
        if self._walk.noisy:
            return self._voted(told, maybe)
        if not told:
            told = self._form_number()
        if not told:
            return None
        serials = [serial for serial, *_ in told]
        given = set(serials)
        serial = serials[0] if len(given) == 1 else Counter(serials).most_common(1)[0][0]
        if len(given) > 1:
            self.faults.append(
                ParseFault(
                    what="class lines and page heads give different numbers: "
                    + ", ".join(sorted(map(str, given))),
                    where=self._numbered(*told[0]).locus,
                    line=None,
                    remedy="The number given most often is taken; compare the pages.",
                )
            )
        same = [one for one in told if one[0] == serial]
        return self._numbered(*next((one for one in same if one[2]), same[0]))

    def _voted(self, told: list[_Told], maybe: list[_Maybe]) -> Field[Number] | None:
        """On a bad copy all lines that bear the number vote, a plain one twice; rivals stay beside it."""
        votes: Counter[int] = Counter()
        for serial, *_ in told:
            votes[serial] += 12
        for serials, line, *_ in maybe:
            told_by = self._walk.near_pages.get(line.number) or self._walk.near_classes.get(line.number)
            # Figures that need no look-alike count like a plain line's.
            weight = 12 if told_by is not None and told_by.plain else 6
            for one in serials:
                votes[int(one)] += weight // min(len(serials), 6)
        if not votes:
            told = self._form_number()
            return self._numbered(*told[0]) if told else None
        best = max(votes, key=lambda serial: (votes[serial], _agreement(serial, votes)))
        rivals = tuple(serial for serial, count in votes.items() if serial != best and count == votes[best])
        plain = [one for one in told if one[0] == best]
        if plain:
            field = self._numbered(*next((one for one in plain if one[2]), plain[0]))
            basis = field.basis or ("vote" if len(votes) > 1 else "")
        else:
            _, line, post, span = next(one for one in maybe if str(best) in one[0])
            field, basis = self._numbered(best, line, post, span), "nearest"
        others = tuple(Number(post=field.value.post, serial=serial) for serial in rivals)
        return replace(field, alternatives=others or field.alternatives, basis=basis)

    def _form_number(self) -> list[_Told]:
        # `ACTION: SECSTATE 586`: forms without a line NO: give the number beside the first addressee.
        for line in self._of(LineKind.TO):
            match = self._walk.matches.get(line.number)
            if match is not None and match.re is rules.FORM_TO and match.group("number"):
                return [(int(match.group("number")), line, None, match.span("number"))]
        return []

    def _numbered(
        self, serial: int, line: TelegramLine, post: str | None, span: tuple[int, int] | None
    ) -> Field[Number]:
        if span is None:
            return self._garbled_number(line)[0]
        entry = self._lexicon.post(post) if post else None
        near = self._walk.noisy and post is not None and entry is None
        entry = only_post(post, self._lexicon) if near and post else entry
        name = entry.name if entry else post
        return new_field(
            value=new_number(post=name, serial=serial),
            raw=line.text[span[0] : span[1]],
            locus=locus_in(self._reading, line, *span),
            basis="nearest" if near and entry else "",
        )

    def _garbled_number(self, line: TelegramLine) -> list[Field[Number]]:
        found = noisy.class_of(line, self._lexicon)
        if found is None:
            return []
        near = (
            [n for n in self._lexicon.near_posts(found.post) if n.distance <= 0.5 * n.length]
            if found.post
            else []
        )
        post = near[0].entry.name if near else None
        start = max(0, line.seen.rfind(found.post or found.serial_raw))
        return [
            new_field(
                value=Number(post=post, serial=int(found.serials[0])),
                raw=line.seen[start:],
                locus=locus_of(self._reading, line),
                alternatives=tuple(Number(post=post, serial=int(s)) for s in found.serials[1:]),
                basis="nearest",
            )
        ]

    def _mrn(self, number: Field[Number] | None, year: int | None) -> str | None:
        if number is None or year is None or number.value.post is None:
            return None
        post = self._lexicon.post(number.value.post)
        return f"{year}{post.abbreviation}{number.value.serial:05d}" if post else None

    def _classification(self) -> Field[str] | None:
        votes: list[tuple[int, Field[str]]] = []
        for line in self._of(LineKind.CLASS):
            match = self._walk.matches.get(line.number)
            if match is None:
                near = self._walk.near_classes.get(line.number)
                garbled = None if near else noisy.class_of(line, self._lexicon)
                if near:
                    names = [g.code for g in near.grades]
                    others = tuple(names[1:])
                    votes.append((1, self._graded(line, 0, near.grade_end, names[0], others, "nearest")))
                elif garbled and garbled.grades:
                    codes = [g.code for g in garbled.grades]
                    votes.append(
                        (1, self._graded(line, 0, len(line.text), codes[0], tuple(codes[1:]), "nearest"))
                    )
            elif "grade" in match.re.groupindex:
                start, end = match.span("grade")
                basis = "nearest" if line.number in self._walk.garbled else ""
                votes.append((0, self._graded(line, start, end, grade(match.group("grade")), (), basis)))
        if not votes:
            for line in self._of(LineKind.MARKING):
                match = self._walk.matches.get(line.number)
                if match is None and (named := near_marking(line.text)):
                    code = grade(named)
                    votes.append((3, self._graded(line, 0, len(line.text), code, (), "vote")))
                elif match:
                    start, end = match.span("grade")
                    votes.append((2, self._graded(line, start, end, grade(match.group("grade")), (), "vote")))
        if not votes:
            return None
        if len(votes) == 1:
            return votes[0][1]
        best = min(rank for rank, _ in votes)
        kept = [field for rank, field in votes if rank == best]
        if best > 1:  # a paper's own stamps go before UNCLASSIFIED, which release put beside them
            kept = [field for rank, field in votes if field.value != "UNCLASSIFIED"] or kept
        code, _ = Counter(f.value for f in kept).most_common(1)[0]
        return next(f for f in kept if f.value == code)

    def _graded(
        self,
        line: TelegramLine,
        start: int,
        end: int,
        code: str,
        others: tuple[str, ...] = (),
        basis: str = "",
    ) -> Field[str]:
        return new_field(
            value=GRADE_NAMES[code],
            raw=line.text[start:end],
            locus=locus_in(self._reading, line, start, end),
            alternatives=tuple(GRADE_NAMES[o] for o in others),
            basis=basis,
        )


def _agreement(serial: int, votes: Counter[int]) -> int:
    """How far a number agrees figure by figure with all that were read: of equal votes that one stands."""
    figures = f"{serial:05d}"
    return sum(
        count * sum(map(str.__eq__, figures, f"{other:05d}"))
        for other, count in votes.items()
        if other != serial
    )
