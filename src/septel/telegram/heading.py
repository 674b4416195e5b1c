"""Builds the heading from lines that the grammar has named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Lexicon, letters, numerals, shapes
from septel.telegram import noisy, rules
from septel.telegram.fields import (
    Addressee,
    DateTime,
    Field,
    Heading,
    Number,
    ParseFault,
    PassInstruction,
    SeriesNumber,
    Station,
)
from septel.telegram.grammar import Walk
from septel.telegram.lines import Kind, Line, locus_in, locus_of
from septel.text import Locus, Reading, Span

_PRECEDENCE = re.compile(r"\s*(?:(?P<night>NIACT)|(?P<word>FLASH|IMMEDIATE|PRIORITY|ROUTINE|IMMED))\b")
_ADDRESSEE = re.compile(
    r"(?P<name>.*?)(?P<words>(?:\s+(?:NIACT|FLASH|IMMEDIATE|PRIORITY|ROUTINE|IMMED)\b)*)(?:[-\s]+(?P<number>\d{1,6})-?)?\s*$"
)
_INDICATOR = re.compile(r"^R[A-Z]{3,6}/")
_PASS_END = re.compile(
    r"\s+(?:AS|FOR)\s+(?P<role>INFO(?:RMATION)?|ACTION)\b\.?\s*(?P<word>FLASH|IMMEDIATE|PRIORITY|ROUTINE)?\.?\s*$"
)
_REF_SPLIT = re.compile(
    r"\s*[;:]\s*(?=\S)|\s*,\s*(?=\(?[A-Z]\)|[A-Z]\.\s)|\s+(?=\([A-Z1-9]\)\s)|\s+(?=(?<![A-Z])[B-Z][.)]\s+[A-Z])|\s+(?=[B-Z]\)\s)"
)
_NEW_REF = re.compile(r"\(?[A-Z1-9](?:\)|\.\s)|[A-Z][A-Z /.]{1,24} ?(?:A-?)?\d{2,6}\b|[A-Z]+/[A-Z]+ ")
_OPEN_REF = re.compile(r"(?:\b[A-Z]{3,}|[,/-]|\bAND|\bOF)$")
_GRADES = {"TOPSECRET": "TS", "SECRET": "S", "CONFIDENTIAL": "C", "LIMITEDOFFICIALUSE": "LOU", "LIMITEDOFFCIALUSE": "LOU",
           "LIMITEDOFFICALUSE": "LOU", "LOU": "LOU"}  # fmt: skip
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


class HeadingBuilder:
    """Collects the fields of the heading from one walk."""

    def __init__(self, walk: Walk, reading: Reading, lexicon: Lexicon) -> None:
        self._walk = walk
        self._reading = reading
        self._lexicon = lexicon
        self._by_kind: dict[Kind, list[Line]] = {}
        for line in walk.lines:
            if line.kind is not Kind.TEXT:
                self._by_kind.setdefault(line.kind, []).append(line)
        self.faults: list[ParseFault] = []
        self.serials: list[Field[Number]] = []

    def _of(self, kind: Kind) -> list[Line]:
        return self._by_kind.get(kind, [])

    def _groups(self, kind: Kind) -> list[list[Line]]:
        """Lines of a kind with their continuations."""
        groups: list[list[Line]] = []
        for line in self._of(kind):
            if line.continues and groups:
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _field_text(self, group: list[Line], start: int) -> tuple[str, Locus]:
        first = group[0]
        parts = [first.text[start:].strip(), *(line.text for line in group[1:])]
        text = ""
        for part in parts:
            text = (
                text[:-1] + part
                if text.endswith("-") and part[:1].isalpha() and text[-2:-1].isalpha()
                else f"{text} {part}"
            )
        locus = locus_in(self._reading, first, min(start, len(first.text)), len(first.text))
        if len(group) > 1:
            locus = Locus(locus.source_id, Span(locus.span.start, group[-1].span.end))
        return text.strip(), locus

    def build(self) -> Heading:
        """The heading."""
        sent = self._sent()
        number = self._number()
        originator = self._originator()
        year = sent.value.year if sent else None
        return Heading(
            originator=originator,
            number=number,
            mrn=self._mrn(number, year),
            sent=sent,
            precedence=self._precedence(),
            addressees=self._addressees(),
            classification=self._classification(),
            captions=self._captions(),
            series=self._series(),
            passing=self._passing(),
            attention=tuple(self._attention()),
            executive_order=self._first(Kind.EO, lambda m: m.start("order")),
            tags=self._tags(),
            subject=self._subject(),
            references=self._references(),
        )

    def _first(self, kind: Kind, start: Callable[[re.Match[str]], int]) -> Field[str] | None:
        for group in self._groups(kind):
            match = self._walk.matches.get(group[0].number)
            if match:
                text, locus = self._field_text(group, start(match))
                return Field(value=" ".join(text.split()), raw=text, locus=locus)
        return None

    def _sent(self) -> Field[DateTime] | None:
        for line in self._of(Kind.PREAMBLE):
            match = self._walk.matches.get(line.number)
            if match:
                return Field(
                    value=date_time(match, self._lexicon),
                    raw=match.group("dtg"),
                    locus=locus_in(self._reading, line, match.start("dtg"), match.end("dtg")),
                )
        return None

    def _precedence(self) -> Field[tuple[str, ...]] | None:
        for line in self._of(Kind.PREAMBLE):
            match = self._walk.matches.get(line.number)
            if match and match.group("prosigns"):
                signs = match.group("prosigns").split()
                words = {p.prosign: p.word for p in self._lexicon.precedences if p.prosign}
                return Field(
                    value=tuple(words[s] for s in signs),
                    raw=" ".join(signs),
                    locus=locus_in(self._reading, line, 0, match.end("prosigns")),
                )
        return None

    def _station(self, name: str) -> Station:
        post = self._lexicon.post(name)
        return Station(name=name, post=post.name if post else None)

    def _originator(self) -> Field[Station] | None:
        for group in self._groups(Kind.FROM):
            match = self._walk.matches.get(group[0].number)
            line, start, end = group[0], 0, len(group[0].text)
            if match:
                start, end = match.span("name")
            elif len(group) > 1:
                line, end = group[1], len(group[1].text)
            elif not group[0].continues:
                continue
            name = line.text[start:end].strip()
            return Field(value=self._station(name), raw=name, locus=locus_in(self._reading, line, start, end))
        return None

    def _number(self) -> Field[Number] | None:
        found: list[Field[Number]] = []
        for line in self._of(Kind.CLASS):
            match = self._walk.matches.get(line.number)
            if match is None:
                found += self._garbled_number(line)
            elif match.re is rules.FORM_NUMBER:
                found.append(self._numbered(line, None, match.group("serial"), match.span("serial")))
            elif match.re is rules.CLASS and match.group("serial"):
                start = match.start("post") if match.group("post") else match.start("serial")
                found.append(
                    self._numbered(
                        line, match.group("post"), match.group("serial"), (start, match.end("serial"))
                    )
                )
        heads: list[Field[Number]] = []
        for line in self._of(Kind.PAGE):
            match = self._walk.matches[line.number]
            span = (match.start("post"), match.end("serial"))
            heads.append(self._numbered(line, match.group("post"), match.group("serial"), span))
        self.serials = found + heads
        if not self.serials:
            return None
        serial, _ = Counter(f.value.serial for f in self.serials).most_common(1)[0]
        if len({f.value.serial for f in self.serials}) > 1:
            self.faults.append(
                ParseFault(
                    what="class lines and page heads give different numbers: "
                    + ", ".join(sorted({str(f.value.serial) for f in self.serials})),
                    where=self.serials[0].locus,
                    line=None,
                    remedy="The number given most often is taken; compare the pages.",
                )
            )
        same = [f for f in self.serials if f.value.serial == serial]
        return next((f for f in same if f.value.post), same[0])

    def _numbered(self, line: Line, post: str | None, serial: str, span: tuple[int, int]) -> Field[Number]:
        entry = self._lexicon.post(post) if post else None
        name = entry.name if entry else post
        return Field(
            value=Number(post=name, serial=int(serial)),
            raw=line.text[span[0] : span[1]],
            locus=locus_in(self._reading, line, *span),
        )

    def _garbled_number(self, line: Line) -> list[Field[Number]]:
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
            Field(
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

    def _addressees(self) -> tuple[Addressee, ...]:
        found: dict[tuple[str, str], Addressee] = {}
        for kind, role in ((Kind.TO, "action"), (Kind.INFO, "info")):
            for line in self._of(kind):
                match = self._walk.matches.get(line.number)
                start = match.start("name") if match and "name" in match.re.groupindex else 0
                one = self._addressee(line, start, role)
                if one:
                    found.setdefault((one.station.name, role), one)
        return tuple(found.values())

    def _addressee(self, line: Line, start: int, role: str) -> Addressee | None:
        raw = line.text[start:].strip().rstrip(".")
        match = _ADDRESSEE.match(raw)
        if not match or not match.group("name").strip(" -"):
            return None
        name = _INDICATOR.sub("", match.group("name").strip(" -"))
        words = match.group("words").split()
        grades = [w for w in words if w != "NIACT"]
        return Addressee(
            station=self._station(name),
            role=role,
            precedence=(grades[0].replace("IMMED", "IMMEDIATE") if grades[0] == "IMMED" else grades[0])
            if grades
            else None,
            night_action="NIACT" in words,
            number=match.group("number"),
            raw=raw,
            locus=locus_in(self._reading, line, start, len(line.text)),
        )

    def _classification(self) -> Field[str] | None:
        votes: list[tuple[int, Field[str]]] = []
        for line in self._of(Kind.CLASS):
            match = self._walk.matches.get(line.number)
            if match is None:
                garbled = noisy.class_of(line, self._lexicon)
                if garbled and garbled.grades:
                    codes = [g.code for g in garbled.grades]
                    votes.append(
                        (1, self._graded(line, 0, len(line.text), codes[0], tuple(codes[1:]), "nearest"))
                    )
            elif "grade" in match.re.groupindex:
                start, end = match.span("grade")
                votes.append((0, self._graded(line, start, end, grade(match.group("grade")))))
        if not votes:
            for line in self._of(Kind.MARKING):
                match = self._walk.matches.get(line.number)
                if match:
                    start, end = match.span("grade")
                    votes.append((2, self._graded(line, start, end, grade(match.group("grade")), (), "vote")))
        if not votes:
            return None
        best = min(rank for rank, _ in votes)
        kept = [field for rank, field in votes if rank == best]
        code, _ = Counter(f.value for f in kept).most_common(1)[0]
        return next(f for f in kept if f.value == code)

    def _graded(
        self, line: Line, start: int, end: int, code: str, others: tuple[str, ...] = (), basis: str = ""
    ) -> Field[str]:
        return Field(
            value=GRADE_NAMES[code],
            raw=line.text[start:end],
            locus=locus_in(self._reading, line, start, end),
            alternatives=tuple(GRADE_NAMES[o] for o in others),
            basis=basis,
        )

    def _captions(self) -> tuple[Field[str], ...]:
        found: dict[str, Field[str]] = {}
        garbled: list[Line] = []
        for line in self._of(Kind.CAPTION):
            if line.number in self._walk.garbled:
                garbled.append(line)
                continue
            known = self._lexicon.caption_forms
            parts = [line.text] if letters(line.text) in known else rules.CAPTION_SPLIT.split(line.text)
            for part in parts:
                caption = known.get(letters(part)) if part else None
                if caption and caption.code not in found:
                    at = line.text.find(part)
                    found[caption.code] = Field(
                        value=caption.code, raw=part, locus=locus_in(self._reading, line, at, at + len(part))
                    )
        if garbled and not found:
            field = self._garbled_caption(garbled)
            found[field.value] = field
        return tuple(found.values())

    def _garbled_caption(self, lines: list[Line]) -> Field[str]:
        # The caption stands in every section: the one that is nearest to all copies together.
        totals: dict[str, float] = {}
        for caption in self._lexicon.captions:
            if len(caption.code) <= 7:
                totals[caption.code] = sum(self._caption_distance(line, caption.code) for line in lines)
        ranked = sorted(totals, key=lambda code: (totals[code], code))
        least = totals[ranked[0]]
        return Field(
            value=ranked[0],
            raw=lines[0].seen,
            locus=locus_of(self._reading, lines[0]),
            alternatives=tuple(code for code in ranked[1:] if totals[code] == least),
            basis="nearest" if len(lines) == 1 else "vote",
        )

    def _caption_distance(self, line: Line, code: str) -> int:
        form = shapes(code)
        return min(Levenshtein.distance(shapes(text), form) for text in {line.text, line.seen})

    def _series(self) -> tuple[Field[SeriesNumber], ...]:
        found: dict[tuple[str, str], Field[SeriesNumber]] = {}
        for line in self._of(Kind.SERIES):
            match = self._walk.matches.get(line.number)
            if match:
                name, number, span = match.group("name"), match.group("number"), match.span("number")
                figures: tuple[str, ...] = (number,)
            else:
                near = noisy.near_series(line.seen, self._lexicon) or noisy.near_series(
                    line.text, self._lexicon
                )
                if near is None:
                    continue
                name, figures, _ = near
                span = (0, 0)
            # The restorer may have chosen one figure for a look-alike; the source says what else it may be.
            if match:
                origin = locus_in(self._reading, line, *span).span.of(self._reading.source.text)
                figures = tuple(dict.fromkeys((figures[0], *numerals(origin))))
            direction = self._lexicon.series_names[name].direction
            values = [
                SeriesNumber(series=name, number=n, direction=direction)
                for n in figures
                if len(n) == len(figures[0])
            ]
            found.setdefault(
                (name, figures[0]),
                Field(
                    value=values[0],
                    raw=line.text,
                    locus=locus_of(self._reading, line),
                    alternatives=tuple(values[1:]),
                    basis="" if match else "nearest",
                ),
            )
        for line in self._of(Kind.CLASS):
            match = self._walk.matches.get(line.number)
            if match and match.re is rules.CLASS and match.group("series") in self._lexicon.series_names:
                name, number = match.group("series"), match.group("seriesno")
                start, end = match.start("series"), match.end("seriesno")
                value = SeriesNumber(
                    series=name, number=number, direction=self._lexicon.series_names[name].direction
                )
                field = Field(
                    value=value, raw=line.text[start:end], locus=locus_in(self._reading, line, start, end)
                )
                found.setdefault((name, number), field)
        return tuple(found.values())

    def _passing(self) -> tuple[PassInstruction, ...]:
        found: list[PassInstruction] = []
        for group in self._groups(Kind.PASS):
            raw, locus = self._field_text(group, 0)
            match = self._walk.matches.get(group[0].number)
            one = self._clean_pass(group, match, locus) if match else self._garbled_pass(raw, locus)
            same = next((i for i, p in enumerate(found) if p.who == one.who and _alike(p, one)), None)
            if same is None:
                found.append(one)
            elif len(one.to) > len(found[same].to):
                found[same] = one
        return tuple(found)

    def _clean_pass(self, group: list[Line], match: re.Match[str], locus: Locus) -> PassInstruction:
        who = (match.group("who") or "DEPT").strip()
        to, _ = self._field_text(group, match.start("to"))
        end = _PASS_END.search(to)
        role = word = None
        if end:
            role, word, to = end.group("role"), end.group("word"), to[: end.start()]
        names = [n.strip(" .") for n in re.split(r",|;|\bAND\b", to) if n.strip(" .")]
        raw, _ = self._field_text(group, 0)
        return PassInstruction(
            who="DEPT" if who in ("DEPARTMENT", "DEPT") else who,
            to=tuple(self._station(n) for n in names),
            role="info" if role and role.startswith("INFO") else ("action" if role else None),
            precedence=word,
            raw=raw,
            locus=locus,
        )

    def _garbled_pass(self, raw: str, locus: Locus) -> PassInstruction:
        near = noisy.find_stations(raw, self._lexicon)
        words = [n for part in raw.split()[-3:] for n in self._lexicon.near_precedences(part, most=1)]
        tail = self._lexicon.near_precedences("".join(raw.split())[-8:], most=1)
        precedence = next((n.entry.word for n in (*words, *tail) if n.distance <= 0.35 * n.length), None)
        return PassInstruction(
            who="DEPT",
            to=tuple(Station(name=raw[s:e], post=name) for name, s, e in near),
            role="info" if precedence else None,
            precedence=precedence,
            raw=raw,
            locus=locus,
        )

    def _attention(self) -> Iterable[Field[str]]:
        for group in self._groups(Kind.ATTENTION):
            text, locus = self._field_text(group, 0)
            yield Field(value=text, raw=text, locus=locus)

    def _tags(self) -> Field[tuple[str, ...]] | None:
        for group in self._groups(Kind.TAGS):
            match = self._walk.matches.get(group[0].number)
            if match:
                text, locus = self._field_text(group, match.start("tags"))
                return Field(value=tuple(split_tags(text, self._lexicon)), raw=text, locus=locus)
        return None

    def _subject(self) -> Field[str] | None:
        for group in self._groups(Kind.SUBJECT):
            match = self._walk.matches.get(group[0].number)
            start = match.start("subject") if match else (noisy.subject_start(group[0].text) or 0)
            text, locus = self._field_text(group, start)
            return Field(
                value=" ".join(text.split()), raw=text, locus=locus, basis="" if match else "nearest"
            )
        return None

    def _references(self) -> tuple[Field[str], ...]:
        found: list[Field[str]] = []
        for group in self._groups(Kind.REFERENCE):
            match = self._walk.matches.get(group[0].number)
            start = 0
            if match is not None:
                start = match.start("refs") if match.group("refs") is not None else match.start("bare")
            found += self._items(group, start)
        return tuple(found)

    def _items(self, group: list[Line], start: int) -> Iterable[Field[str]]:
        """The entries of a reference line; one may run over a line end, a new line may begin one."""
        text, starts = "", []
        for line in group:
            part = line.text[start:] if line is group[0] else line.text
            if text:
                apart = _OPEN_REF.search(text) is None and _NEW_REF.match(part) is not None
                text += "; " if apart else " "
            starts.append((len(text), line, start if line is group[0] else 0))
            text += part
        at = 0
        for cut in [*_REF_SPLIT.finditer(text), None]:
            end = cut.start() if cut else len(text)
            item = text[at:end].strip(" ;,:")
            if item:
                lead = at + text[at:end].index(item)
                yield Field(value=item, raw=item, locus=self._locus(starts, lead, lead + len(item)))
            at = cut.end() if cut else end

    def _locus(self, starts: list[tuple[int, Line, int]], start: int, end: int) -> Locus:
        def find(offset: int) -> tuple[Line, int]:
            at, line, lead = next(s for s in reversed(starts) if s[0] <= offset)
            return line, min(offset - at + lead, len(line.text))

        first, last = find(start), find(max(start, end - 1))
        begin = locus_in(self._reading, first[0], first[1], first[1] + 1).span.start
        finish = locus_in(self._reading, last[0], last[1], min(last[1] + 1, len(last[0].text))).span.end
        return Locus(self._reading.source.id, Span(begin, max(begin, finish)))


def _alike(one: PassInstruction, other: PassInstruction) -> bool:
    posts = {s.post for s in one.to if s.post}
    return not posts or not other.to or bool(posts & {s.post for s in other.to})


def date_time(match: re.Match[str], lexicon: Lexicon) -> DateTime:
    """The date-time group of a preamble. Two-figure years stand for 19xx (ACP 127, para. 113)."""
    day, hour, minute = int(match.group("day")), int(match.group("hour")), int(match.group("minute"))
    zone, month_word, year_word = match.group("zone"), match.group("month"), match.group("year")
    month = lexicon.month_numbers.get(month_word) if month_word else None
    year = None
    if year_word:
        figures = year_word.replace(" ", "")
        year = int(figures) if len(figures) == 4 else 1900 + int(figures)
    head = f"{year:04d}-" if year else "-"
    date = f"{head}{month:02d}-{day:02d}" if month else f"---{day:02d}"
    offset = "Z" if zone == "Z" else f"[{zone}]"
    return DateTime(
        iso=f"{date}T{hour:02d}:{minute:02d}{offset}",
        day=day,
        hour=hour,
        minute=minute,
        zone=zone,
        month=month,
        year=year,
    )


def split_tags(text: str, lexicon: Lexicon) -> list[str]:
    """The codes and names of a TAGS line; codes may stand with or without commas."""
    tags: list[str] = []
    for part in re.split(r",(?![^(]*\))|(?=\()|(?<=\))|;", text):
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
        tags += words if known else [part]
    return tags
