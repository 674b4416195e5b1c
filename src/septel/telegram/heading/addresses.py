"""Who sent a telegram, to whom, and who is asked to pass it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from septel.lexicon import letters
from septel.telegram.heading.grouped import Grouped
from septel.telegram.lines import LineKind, TelegramLine, locus_in
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_fields as near
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import (
    Addressee,
    Field,
    PassInstruction,
    Station,
    new_addressee,
    new_field,
    new_station,
)
from septel.text import Locus

_WORDS = frozenset({"NIACT", "FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE", "IMMED"})
_FULL = {"IMMED": "IMMEDIATE"}
_INDICATOR = re.compile(r"^R[A-Z] ?[A-Z]{2,5}/")
_NO_STATION = re.compile(
    r"^(?:UNCLAS|CONFIDENTIAL|SECRET|LIMITED OFFICIAL|C ?O ?N ?F ?I ?D|S ?E ?C ?R ?E ?T)\b|^E\.\s?O\b|\sFOR\s"
)
"""What a bad copy lets stand among addressees and is none: a class line, an order, an attention line."""
_PAGE = re.compile(r"PAGE \d\d\s+[A-Z]")
_PASS_END = re.compile(
    r"\s+(?:AS|FOR)\s+(?P<role>INFO(?:RMATION)?|ACTION)\b\.?\s*(?P<word>FLASH|IMMEDIATE|PRIORITY|ROUTINE)?\.?\s*$"
)


class Addressing(Grouped):
    """Originator, addressees, pass instructions and attention lines."""

    def originator(self) -> Field[Station] | None:
        """Who sent it: the FM line, or the FROM line of early forms."""
        for group in self._groups(LineKind.FROM):
            match = self._walk.matches.get(group[0].number)
            line, start, end = group[0], 0, len(group[0].text)
            if match:
                start, end = match.span("name")
            elif line.number in self._walk.begins:
                start = self._walk.begins[line.number]
            elif len(group) > 1:
                line, end = group[1], len(group[1].text)
            elif not group[0].continues:
                continue
            name = line.text[start:end].strip()
            return new_field(
                value=self._station(name), raw=name, locus=locus_in(self._reading, line, start, end)
            )
        return None

    def addressees(self) -> tuple[Addressee, ...]:
        """All receivers, once each, in order; those who act before those who are informed."""
        found: dict[tuple[str, str], Addressee] = {}
        for line in self._of(LineKind.FROM)[1:] if self._walk.noisy else ():
            # A second FM right under the first is a misread TO.
            match = self._walk.matches.get(line.number)
            first = self._of(LineKind.FROM)[0]
            if match is not None and line.number - first.number <= 2 and near.is_department(match["name"]):
                one = self._addressee(line, match.start("name"), "action")
                if one is not None:
                    found[one.station.post or letters(one.station.name), "action"] = one
        for kind, role in ((LineKind.TO, "action"), (LineKind.INFO, "info")):
            for line in self._of(kind):
                match = self._walk.matches.get(line.number)
                start = match.start("name") if match and "name" in match.re.groupindex else 0
                if match is None:
                    start = self._walk.begins.get(line.number, 0)
                if match is not None and match.re is rules.FORM_SENT:
                    self._sent(line, match, found)
                    continue
                one = self._addressee(line, start, role)
                if one is None:
                    continue
                key = one.station.post or letters(one.station.name)
                if (key, role) not in found and line.section and one.station.post is None:
                    # A later section repeats the addresses: one letter more or less is no other station.
                    key = next((k for k, r in found if r == role and _same(k, key)), key)
                found.setdefault((key, role), one)
        if (told := self._routed()) and not any(one.precedence for one in found.values()):
            return tuple(
                replace(one, precedence=told) if one.role == "action" else one for one in found.values()
            )
        return tuple(found.values())

    def _routed(self) -> str | None:
        """The precedence of those who act, from the routing line (`RR RUEHC`); ACP 127, format line 2."""
        for line in self._of(LineKind.ROUTING):
            found = rules.anywhere(line.text)
            if found is not None and (prosign := found[1].groupdict().get("prosign")):
                return self._lexicon.prosigns[prosign]
        return None

    def _sent(
        self, line: TelegramLine, match: re.Match[str], found: dict[tuple[str, str], Addressee]
    ) -> None:
        """The addressees of `SENT DEPARTMENT 660, REPEATED INFORMATION LONDON 45, PARIS 67`."""
        at = match.start("name")
        for part in re.split(r"[,;]\s*|\s+AND\s+", match.group("name")):
            one = self._addressee(line, line.text.index(part, at), "info", length=len(part))
            at += len(part)
            if one is not None:
                found.setdefault((one.station.post or letters(one.station.name), "info"), one)
        key = next((k for k, r in found if r == "action"), None)
        if key is not None and found[key, "action"].number is None:
            found[key, "action"] = replace(found[key, "action"], number=match.group("number"))

    def _addressee(
        self, line: TelegramLine, start: int, role: str, *, length: int | None = None
    ) -> Addressee | None:
        raw = line.text[start : None if length is None else start + length].strip().rstrip(".")
        if _PAGE.match(raw):
            return None  # a page head ran into the line; the addressees follow below it
        name, words, number = _parts(near.mended(raw) if self._walk.noisy else raw)
        if not name or (self._walk.noisy and _NO_STATION.search(name)):
            return None
        if "/" in name:
            name = _INDICATOR.sub("", name)
        grades = [w for w in words if w != "NIACT"]
        return new_addressee(
            station=self._station(name),
            role=role,
            precedence=_FULL.get(grades[0], grades[0]) if grades else None,
            night_action="NIACT" in words,
            number=number,
            raw=raw,
            locus=locus_in(self._reading, line, start, len(line.text) if length is None else start + length),
        )

    def passing(self) -> tuple[PassInstruction, ...]:
        """Each request to pass on, once; of two copies the one that names more stations."""
        found: list[PassInstruction] = []
        for group in self._groups(LineKind.PASS):
            raw, locus = self._field_text(group, 0)
            match = self._walk.matches.get(group[0].number)
            one = self._clean_pass(group, match, locus) if match else self._garbled_pass(raw, locus)
            same = next((i for i, p in enumerate(found) if p.who == one.who and _alike(p, one)), None)
            if same is None:
                found.append(one)
            elif len(one.to) > len(found[same].to):
                found[same] = one
        return tuple(found)

    def _clean_pass(self, group: list[TelegramLine], match: re.Match[str], locus: Locus) -> PassInstruction:
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
        found = noisy.find_stations(raw, self._lexicon)
        words = [n for part in raw.split()[-3:] for n in self._lexicon.near_precedences(part, most=1)]
        tail = self._lexicon.near_precedences("".join(raw.split())[-8:], most=1)
        precedence = next((n.entry.word for n in (*words, *tail) if n.distance <= 0.35 * n.length), None)
        return PassInstruction(
            who="DEPT",
            to=tuple(new_station(name=raw[s:e], post=name) for name, s, e in found),
            role="info" if precedence else None,
            precedence=precedence,
            raw=raw,
            locus=locus,
        )

    def attention(self) -> Iterator[Field[str]]:
        """Lines that name an office or a person at the receiver."""
        for group in self._groups(LineKind.ATTENTION):
            text, locus = self._field_text(group, 0)
            yield new_field(value=text, raw=text, locus=locus)


def _parts(raw: str) -> tuple[str, list[str], str | None]:
    """An addressee's name, its words of precedence, and the sender's number to it, read from the right."""
    rest, number = raw.rstrip(), None
    head, _, last = rest.removesuffix("-").rpartition(" ")
    front, dash, figures = last.rpartition("-")
    if figures.isdecimal() and len(figures) <= 6 and (head or dash):
        number = figures
        rest = f"{head} {front}".rstrip(" -") if dash else head.rstrip(" -")
    words: list[str] = []
    while True:
        head, _, last = rest.rpartition(" ")
        if last not in _WORDS or not head:
            break
        words.insert(0, last)
        rest = head.rstrip()
    return rest.strip(" -:"), words, number


def _same(one: str, other: str) -> bool:
    return len(one) > 9 and Levenshtein.distance(one, other, score_cutoff=2) <= 2


def _alike(one: PassInstruction, other: PassInstruction) -> bool:
    posts = {s.post for s in one.to if s.post}
    return not posts or not other.to or bool(posts & {s.post for s in other.to})
