"""Finds who is meant where a passage speaks of someone: names, offices, pronouns, sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from septel.record.layout import Prose, cue
from septel.record.model import Excerpt, Person
from septel.record.people.cast import (
    Mention,
    MentionKind,
    Namesakes,
    Participant,
    Participants,
    first_part,
    initials_in,
    is_woman,
    wife_of,
    woman_in,
)
from septel.record.people.offices import offices_of
from septel.record.people.phrases import is_common
from septel.record.people.rosters import best_member, has_year, may_be_another, may_be_one, office_holder
from septel.record.people.titles import (
    FORMER,
    NO_SPEAKERS,
    NOT_NAMES,
    SPOKEN_OF,
    TITLES,
    in_both_cases,
    side_by,
    titled,
    whole_name,
)
from septel.record.people.worn_names import through_noise

_SIDES = cue("mentions.sides")
_OFFICE = cue("mentions.office")
_PRONOUN = re.compile(r"\b(?:HE|SHE)\b")
_FIRST = re.compile(r"(?<![.\w])I\b(?![.\w])")
_WE = re.compile(r"\bWE\b")
_KNOWN_ALONE = frozenset({"President", "Secretary of State"})
"""Offices of the United States whose holders a document names without title or given name."""


class MentionFinder:
    """Finds mentions in the passages of one document, and learns names as it goes."""

    def __init__(
        self,
        cast: Participants,
        *,
        noisy: bool,
        learn: bool = True,
        home: Excerpt | None = None,
        abroad: bool = False,
    ) -> None:
        self.cast = cast
        self._home = home
        self._abroad = abroad
        self.noisy = noisy
        self._learn = learn
        self.namesakes = Namesakes()
        self.given: dict[str, frozenset[str]] = {}
        """The first letters of the given names that the document has before each surname."""
        self._known: dict[str, Participant] = {}
        self._found: dict[tuple[int, int], tuple[Prose, tuple[Mention, ...]]] = {}
        """By identity of the passage, which is kept: another may else get the same identity."""
        self._described: dict[str, Participant] = {}
        for player in cast.players:
            self._know(player)

    def _know(self, player: Participant) -> None:
        for name in (player.person.surname, *player.person.variants, *first_part(player.person)):
            self._known.setdefault(name.upper(), player)

    def introduce(self, prose: Prose) -> None:
        """Learn the names that a passage brings in with a title or that a roster knows."""
        if not self._learn:
            return
        for title, start, surname, begin in titled(prose):
            if surname in self.namesakes.shared:
                continue  # FOREIGN MINISTER YI, where two of that name speak
            wife = is_woman(title) and surname in self.namesakes.couples
            known = self.known(wife_of(surname).upper() if wife else surname)
            offices = () if FORMER.search(prose.plain, 0, start) else offices_of(title)
            if known is not None:
                if offices and not set(offices) <= set(known.offices):
                    self._replace(known, replace(known, offices=tuple({*known.offices, *offices})))
                continue
            woman = is_woman(title)  # no roster has one
            member = None if woman else best_member(self.cast.rosters, surname, self.cast.date)
            side = side_by(title)
            if member and offices and not set(offices) & set(offices_of(member.person.role)):
                member = None  # another of that name held another office
            elif member and may_be_another(self.cast.rosters, member, offices, self.given):
                side, member = None, None
            excerpt = prose.excerpt(start, start + len(surname))
            person = (
                member.person
                if member
                else Person(
                    key=surname.lower(),
                    name=whole_name(prose, begin, start, excerpt.words),
                    surname=in_both_cases(excerpt.words, prose),
                    side=side,
                    role=title.title(),
                )
            )
            person = self.namesakes.names(person) or person
            self._add(Participant(person=person, shown_by=excerpt, listed=False, offices=offices))
        for found in re.finditer(r"\b[A-Z][A-Z'-]{3,}\b", prose.plain):
            name = found.group().removesuffix("'S")
            if name in self._known or name in NOT_NAMES or not self.cast.rosters.named(name):
                continue
            if prose.text[found.start()].islower():
                continue
            member = best_member(self.cast.rosters, name, self.cast.date)
            if member is None:
                continue
            own = member.conference == "office" and member.person.side == "US"
            if own and member.person.role not in _KNOWN_ALONE:
                continue
            if not prose.in_capitals and prose.text[found.start() + 1 : found.start() + 2].isupper():
                continue
            if re.match(r" [A-Z][a-z]", prose.text[found.end() : found.end() + 3]):
                continue  # the White of White House
            self._add(
                Participant(
                    person=member.person,
                    shown_by=prose.excerpt(found.start(), found.start() + len(name)),
                    listed=False,
                    offices=offices_of(member.person.role) if member.since else (),
                )
            )

    def known(self, name: str, phrase: str = "") -> Participant | None:
        """The one whom a surname in upper case means in this document, in the phrase that it ends."""
        if name in self.namesakes.shared:
            return None
        wife = name in self.namesakes.couples and woman_in(phrase) is not None
        return self._known.get(wife_of(name).upper() if wife else name)

    @property
    def names(self) -> frozenset[str]:
        """All surnames known, in upper case."""
        return frozenset(self._known)

    def learn(self, player: Participant) -> Participant | None:
        """Take in a name that the text itself brings; the player whom it now means, None of two namesakes."""
        person = self.namesakes.names(player.person)
        if person is None:
            return None
        player = replace(player, person=person)
        name = player.person.surname.upper()
        if name not in self._known:
            self._add(player)
        return self._known.get(name, player)

    def side_told(self, player: Participant, side: str, role: str = "") -> Participant:
        """Set the side of one whose side nothing told before; the player as it then is."""
        if player.person.side is not None or player not in self.cast.players:
            return player
        role = player.person.role or role.title()
        told = replace(player, person=replace(player.person, side=side, role=role))
        self._replace(player, told)
        return told

    def describe(self, player: Participant) -> Participant:
        """One whom only words for what they are tell: the same words mean the same."""
        return self._described.setdefault(player.person.key, player)

    def holder(self, office: str, nation: str | None) -> tuple[Participant | None, bool]:
        """Who is meant by an office, and whether only the rosters tell."""
        if office in ("PRESIDENT", "SECRETARY", "VICE PRESIDENT"):
            found = self._holder(office) if nation in (None, "US") else self._of_nation(office, nation)
            return found, (found is not None and office not in found.offices) or bool(
                found and self._by_roster(found)
            )
        found = self._of_nation(office, nation) if nation else self._holder(office)
        if found is None and not self.cast.holders(office):
            return self._served(office), True
        return found, False

    def _served(self, office: str) -> Participant | None:
        """One whom the document names, and who by a roster held the office in its year."""
        date = self.cast.date
        if not has_year(date):
            return None
        for member in self.cast.rosters.members:
            known = self._known.get(member.person.surname.upper())
            if known is None or not member.since or not member.served(date):
                continue
            if office in offices_of(member.person.role) and known.person.side in (None, member.person.side):
                return known
        return None

    def _by_roster(self, player: Participant) -> bool:
        return not player.listed and player.shown_by is self._home

    def _of_nation(self, office: str, nation: str) -> Participant | None:
        found = [p for p in self.cast.holders(office) if p.person.side == nation]
        if not found and office != "AMBASSADOR":
            found = [p for p in self.cast.holders(office) if p.person.side is None]
        listed = [p for p in found if p.listed] or found
        return listed[0] if len(listed) == 1 else None

    def titled_as(self, word: str) -> Participant | None:
        """The one listed person whom a title of one word means: THE CARDINAL."""
        found = [p for p in self.cast.listed if word in p.person.role.upper().split()]
        return found[0] if len(found) == 1 else None

    def contested(self, office: str) -> bool:
        """Whether two hold an office: THE AMBASSADOR in a room with two."""
        return len([p for p in self.cast.holders(office) if p is not self.cast.author]) > 1

    def introduce_speakers(self, passages: Sequence[Prose]) -> None:
        """Learn, in upper case throughout, the names that are twice told, asked or made to speak."""
        if not self._learn:
            return
        first: dict[str, tuple[Prose, int]] = {}
        counts: Counter[str] = Counter()
        for prose in passages:
            if not prose.in_capitals:
                continue
            for found in SPOKEN_OF.finditer(prose.plain):
                name = found.group("speaks") or found.group("told")
                if name in NOT_NAMES or name in NO_SPEAKERS or name in self._known:
                    continue
                if (self.noisy and is_common(name)) or name.endswith(
                    ("ED", "ING", "LY", "ION", "IONS", "MENT", "ERS")
                ):
                    continue
                counts[name] += 1
                first.setdefault(name, (prose, found.start("speaks" if found.group("speaks") else "told")))
        for name, count in counts.items():
            if count > 1:
                prose, at = first[name]
                excerpt = prose.excerpt(at, at + len(name))
                person = Person(key=name.lower(), name=excerpt.words, surname=excerpt.words, side=None)
                self._add(Participant(person=person, shown_by=excerpt, listed=False))

    def giver(self, words: Excerpt) -> Participant | None:
        """Who gives a text, by the words of its heading: `President Johnson`, `the Director (Foster)`."""
        inner = re.search(r"\(([^)]+)\)", words.words)
        name = re.findall(r"[A-Z][\w'’-]+", inner.group(1) if inner else words.words)
        if not name:
            return None
        known = self.cast.named(name[-1])
        if known is not None:
            return known
        side = "Soviet" if re.search(r"Soviet|Chairman (?:K|Br|Pod)|Premier", words.words) else None
        member = best_member(self.cast.rosters, name[-1], self.cast.date, side)
        return Participant(person=member.person, shown_by=words, listed=False) if member else None

    def labelled(self, label: str) -> Participant | None:
        """Who is meant by the label of a line in a transcript: an initial, a surname, an office."""
        name = label.upper().removeprefix("THE ").strip(". ")
        if name in self._known:
            return self._known[name]
        if name in ("P", "PRESIDENT", "SECRETARY"):
            return self._holder("PRESIDENT" if name == "P" else name)
        if len(name) > 2:
            known = self._known.get(name.split()[-1])
            if known is not None or len(name) > 3:
                return known
        fitting = [p for p in self.cast.players if p.person.surname.upper().startswith(name)]
        if not fitting and 1 < len(name) < 4 and name.isalpha():
            fitting = [
                p for p in self.cast.players if name in (_initials(p), _initials(p)[:1] + _initials(p)[-1:])
            ]
        listed = [p for p in fitting if p.listed] or fitting
        return listed[0] if len(listed) == 1 else None

    def introduce_initials(self, text: str) -> None:
        """Learn single letters that stand for a name throughout (`K SAID`), where only one fits."""
        for letters, player in initials_in(text, self.cast.players):
            self._known.setdefault(letters, player)
            self._found.clear()

    def _add(self, player: Participant) -> None:
        same = next((p for p in self.cast.players if p.person.key == player.person.key), None)
        if same is not None:
            self._known.setdefault(player.person.surname.upper(), same)
            return
        self.cast = replace(self.cast, players=(*self.cast.players, player))
        self._know(player)

    def _replace(self, old: Participant, new: Participant) -> None:
        self.cast = replace(
            self.cast,
            players=tuple(new if p is old else p for p in self.cast.players),
            author=new if self.cast.author is old else self.cast.author,
        )
        self._found.clear()
        for name, player in self._known.items():
            if player is old:
                self._known[name] = new

    def find(self, prose: Prose) -> tuple[Mention, ...]:
        """Every mention in a passage, in order; where two overlap, the longer."""
        key = (id(prose), len(self._known))
        if key not in self._found:
            self._found[key] = prose, self._find(prose)
        return self._found[key][1]

    def _find(self, prose: Prose) -> tuple[Mention, ...]:
        text = prose.plain
        found: list[Mention] = []
        names = "|".join(sorted((re.escape(n) for n in self._known), key=len, reverse=True))
        if names:
            pattern = re.compile(
                rf"(?:\b(?:(?:SOVIET|FIRST|DEPUTY|ACTING|THE) )*(?:{TITLES})\.?\s+"
                rf"(?:[A-Z]\.\s+|[A-Z][A-Z'-]+\s+(?=[A-Z]\.\s))*)?\b(?P<name>{names})\b(?P<own>'S|'(?=\s))?"
            )
            for m in pattern.finditer(text):
                player = self.known(m.group("name"), m.group())
                end = m.end("name")
                found.append(
                    Mention(
                        start=m.start(),
                        end=end,
                        kind=MentionKind.NAME,
                        player=player,
                        side=player.person.side if player else None,
                        possessive=bool(m.group("own")),
                    )
                )
        for m in _OFFICE.finditer(text):
            office = m.group("office").split(" OF")[0]
            own = text.startswith("'S", m.end()) or text.startswith("'", m.end())
            found.append(
                Mention(
                    start=m.start(),
                    end=m.end(),
                    kind=MentionKind.OFFICE,
                    player=self._holder(office),
                    possessive=own,
                )
            )
        for pattern, kind in (
            (_PRONOUN, MentionKind.PRONOUN),
            (_FIRST, MentionKind.FIRST),
            (_WE, MentionKind.PLURAL),
        ):
            for m in pattern.finditer(text):
                found.append(Mention(start=m.start(), end=m.end(), kind=kind))
        for m in _SIDES.finditer(text):
            side = "Soviet" if m.group("soviet") else "US"
            own = text.startswith("'S", m.end()) or text.startswith("'", m.end())
            found.append(
                Mention(start=m.start(), end=m.end(), kind=MentionKind.SIDE, side=side, possessive=own)
            )
        if self.noisy:
            found += through_noise(prose, self.cast.players, self.names)
        found.sort(key=lambda m: (m.start, -m.end))
        kept: list[Mention] = []
        for mention in found:
            if kept and mention.start < kept[-1].end:
                continue
            kept.append(mention)
        return tuple(kept)

    def _holder(self, office: str) -> Participant | None:
        """Who is meant by an office; None where it may be another country's.

        Only a document with a list of participants speaks of the President of the United States as THE
        PRESIDENT: a post's telegram means that of its own country.
        """
        holders = [p for p in self.cast.holders(office) if p is not self.cast.author]
        found = [p for p in holders if p.listed] or holders
        own = [p for p in found if p.person.side == "US"]
        if office in ("PRESIDENT", "SECRETARY", "VICE PRESIDENT"):
            if own and (self._home or (office == "SECRETARY" and len(found) == 1)):
                return own[0]
            if not self._home or (len(found) == 1 and found[0].listed and not own):
                return found[0] if len(found) == 1 and not own else None
            if found and not own and self._abroad:
                return None  # at a post abroad it may be that of the land
            return self._by_date(office)
        if len(found) < 2:
            return found[0] if found else None
        foreign = [p for p in found if p.person.side != "US"]
        return foreign[0] if len(foreign) == 1 and self._home else None

    def _by_date(self, office: str) -> Participant | None:
        person = office_holder(office, self.cast.date, self.cast.rosters)
        if person is None or self._home is None:
            return None
        shown, named = self._home, self.cast.named(person.surname)
        if named is not None and may_be_one(named.person, person):
            return named  # Tom Johnson is not the President
        return Participant(person=person, shown_by=shown, listed=False, offices=(office,))


def _initials(player: Participant) -> str:
    return "".join(word[0] for word in player.person.name.split()).upper()
