"""Whom a phrase means: a person, an office, a body, a nation, a document, or someone it only describes.

Any document introduces its own people. A roster adds given name, side and office to a name that the
document has; it gives nobody a name. What can't be told is told so: the phrase stands, the person does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from septel.record.layout import DocumentLayout, Prose
from septel.record.model import Person, is_capital, is_nation, nation_of, nations_in, without_area
from septel.record.people.cast import Participant
from septel.record.people.mentions import MentionFinder
from septel.record.people.name_words import (
    body_named,
    capitalised,
    described_by,
    is_no_surname,
    is_one_of_many,
    is_people,
    is_short_office,
    name_ends,
    names_paper,
    person_words,
    role_in,
    shouted,
    spelled_out,
)
from septel.record.people.offices import OFFICES, OWN_STAFF, is_own_staff_word, offices_of, written_out
from septel.record.people.phrases import (
    NounKind,
    function_words,
    head_of,
    is_common,
    may_be_agent,
    noun_kind,
    owner_of,
)
from septel.record.people.scene import home_nation, proper_nouns, thing_names
from septel.record.people.titles import NO_SPEAKERS, NOT_NAMES, TITLES, surname_of


class Sort(StrEnum):
    """What a phrase turned out to mean."""

    NAMED = "named"
    OFFICE = "office"
    BODY = "body"
    NATION = "nation"
    DOCUMENT = "document"
    DESCRIBED = "described"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Whom a phrase means.

    Attributes:
        sort: how it names them.
        player: who; None where only a side, or nobody, can be told.
        side: for whom they speak, where that is told.
        roster: whether only a roster tells who held the office.
        owned: whether it is somebody's text (`EVRON'S TELEGRAM`).
    """

    sort: Sort
    player: Participant | None = None
    side: str | None = None
    roster: bool = False
    owned: bool = False


_TITLE = re.compile(
    rf"(?:(?:THE|FORMER|FIRST|DEPUTY|ACTING|VICE|NEW|SENIOR|CHIEF|THEN|US|U\.S\.)\s+)*(?:{TITLES})\b\.?\s*",
    re.IGNORECASE,
)
_ALIAS = re.compile(r"(?P<long>(?:[A-Z][\w.-]*\s+){1,6}[A-Z]\w+)\s+\((?P<short>[A-Z]{2,10})\)")
_LEAD = re.compile(
    r"^(?:(?:THE|A|AN|HIS|HER|MY|OUR|THEIR|ITS|THIS|THESE|THOSE|SUCH|SAME|ONE|ANOTHER|BOTH|ALL|SAID)\s+)+",
    re.IGNORECASE,
)
_LOCAL_OFFICE = re.compile(
    r"\b(?:MINISTER|FOREIGN SECRETARY|PRESIDENT|PREMIER|PRIMIN|FONMIN|DEFMIN|FINMIN|KING|SHAH"
    r"|FOREIGN OFFICE|MINISTRY|FONOFF|MFA|CABINET"
    r"|PARLIAMENT|GO[A-Z]{1,2}|JUNTA)\b"
)
_POSTED_TO = re.compile(r"(?<=AMBASSADOR) (?:TO|IN) .*$")
"""Where an ambassador is sent; his side is another."""
_POST = re.compile(r"(?:AM)?(?:EMBASSY|CONSUL(?:ATE)?|EMB) (?!IN\b|OF\b|DUTY\b|OFFICER)[A-Z]+(?: [A-Z]+)?$")
_STYLES = {"MAJESTY": ("KING", "SHAH", "QUEEN", "EMPEROR", "SULTAN"), "HIGHNESS": ("PRINCE",)}
"""Forms of address, and the offices whose holders have them."""
_PREPOSITIONS = function_words("preposition")
_BESIDE_POINT = frozenset({"ON", "ABOUT", "TO", "CONCERNING", "REGARDING", "DURING", "UNDER"})
"""Behind these stands what is spoken of, and no subject that is only described."""
_OWNED = re.compile(r"(?:MY|OUR|YOUR|HIS|HER|THEIR|ITS)\b")
_GOVERNMENT = re.compile(r"(?:THE )?GO[A-Z]{1,3}")


class Reader:
    """Reads the phrases of one document; learns names as it goes."""

    def __init__(self, paper: DocumentLayout, finder: MentionFinder) -> None:
        self._paper = paper
        self.finder = finder
        self._proper = proper_nouns(block.prose for block in paper.blocks)
        self._things = thing_names(block.prose for block in paper.blocks)
        self.home = home_nation(paper)
        """The nation from which a post of the United States writes; None where it can't be told."""

    def meant(self, prose: Prose, start: int, end: int, *, strong: bool, after: str = "") -> Meant:
        """Whom a phrase means.

        Args:
            prose: the passage.
            start: where the phrase begins.
            end: where it ends.
            strong: whether its verb is one that only speakers can have (`SAID`): a name that was never seen
                is one only then.
            after: the word before the phrase, in upper case: behind a preposition nothing new is taken for
                a name.
        """
        if prose.plain.startswith("'S", end - 2) and end - start > 3:
            end -= 2
        phrase = _LEAD.sub("", prose.plain[start:end]).strip()
        if not phrase or len(phrase) < 2:
            return Meant(sort=Sort.UNKNOWN)
        head = head_of(phrase)
        if head in _STYLES:
            return self._styled(head)
        known = self._known(phrase, head)
        if known is not None:
            return known
        kind = noun_kind(head)
        if kind is NounKind.DOCUMENT:
            return Meant(sort=Sort.DOCUMENT, side=self._side(phrase))
        if kind is NounKind.THING:
            return Meant(sort=Sort.UNKNOWN)
        if after in _PREPOSITIONS and (is_capital(phrase) or is_nation(phrase)):
            return Meant(sort=Sort.UNKNOWN)  # FLOUR TO LA PAZ SAID
        last = prose.text[end - len(phrase.split()[-1]) : end]
        post = _POST.match(phrase) if last[-1:].isupper() or last.istitle() else None
        if post or is_capital(phrase) or is_capital(f"THE {phrase}"):
            # a capital may mean a government or the post of another there
            side = "US" if post else None
            return Meant(sort=Sort.BODY, player=self._described(prose, start, end, side, "body"), side=side)
        if is_nation(phrase) or (is_nation(head) and len(phrase.split()) < 4) or is_nation(f"{head}."):
            return Meant(sort=Sort.NATION, side=nation_of(phrase))
        if _GOVERNMENT.fullmatch(phrase) and prose.text[end - len(phrase) : end].isupper():
            side = nation_of(phrase) or self.home
            return Meant(sort=Sort.NATION, side=side)
        if kind is NounKind.BODY or re.fullmatch(r"[A-Z]*(?:MIN|COM)STRY", head):
            side = self._side(phrase)
            if phrase == head and (_OWNED.match(prose.plain, start, end) or head in ("GOVERNMENT", "GOVT")):
                return Meant(sort=Sort.BODY, side=side)  # MY GOVERNMENT: whose, is not said
            return Meant(sort=Sort.BODY, player=self._described(prose, start, end, side, "body"), side=side)
        labelled = f"\n{phrase}:" in prose.carried.text
        if not (prose.in_capitals or labelled or self.finder.known(phrase) is not None):
            lettered, side = body_named(phrase, prose.text[:end][-len(phrase) :], abroad=bool(self.home))
            if lettered:
                player = self._described(prose, start, end, side, "body")
                return Meant(sort=Sort.BODY, player=player, side=side)
        named = self._name(prose, start, end, strong, behind=after in _PREPOSITIONS)
        if named is not None:
            return named
        office = self._office(phrase, prose, start, end)
        if office is not None:
            return office
        if " " not in phrase and (titled := self.finder.titled_as(phrase)) is not None:
            return Meant(sort=Sort.OFFICE, player=titled, side=titled.person.side)
        if after in _BESIDE_POINT:
            return Meant(sort=Sort.UNKNOWN)  # ON SUBJECT PROPOSED VISIT
        person = kind is NounKind.PERSON and prose.text[end - 7 : end] != "general"  # GIVE GENERAL OUTLINES
        agent = kind is None and strong and may_be_agent(head, one=is_one_of_many(prose, end - len(head)))
        if person or agent or is_people(head):
            side = self._side(phrase)
            return Meant(
                sort=Sort.DESCRIBED, player=self._described(prose, start, end, side, "described"), side=side
            )
        return Meant(sort=Sort.UNKNOWN)

    def is_name(self, word: str) -> bool:
        """Whether a word in upper case is a name of somebody, known or written large within sentences."""
        player = self.finder.known(word)
        if player is not None:
            return player.kind == "person"
        return (
            word in self._proper
            and not is_common(word)
            and not is_nation(word)
            and not is_capital(word)
            and noun_kind(word) is None
        )

    def _known(self, phrase: str, head: str) -> Meant | None:
        """A name that the document or a roster has brought in."""
        player = self.finder.known(head, phrase)
        if player is not None and player.listed and offices_of(head) == (head,):
            # THE SECRETARY is not who is listed as the Foreign Secretary, where another is the Secretary
            holder, _ = self.finder.holder(head, nation_of(phrase))
            others = [p for p in self.finder.cast.holders(head) if p is not player]
            if head == "SECRETARY" and holder is not None and holder is not player:
                return None
            if others and (holder is not player):
                return Meant(sort=Sort.OFFICE, side=nation_of(phrase))
        owner = owner_of(phrase) if player is None else None
        if owner is not None:
            kind = noun_kind(head_of(owner[1]))
            if kind is NounKind.DOCUMENT:
                side = self._owner_side(owner[0])
                return Meant(sort=Sort.DOCUMENT, side=side, owned=True)
            if kind is NounKind.THING:
                return Meant(sort=Sort.UNKNOWN)
            return None
        player = player or self.finder.known(phrase)
        if player is None:
            return None
        title = " ".join(phrase.split()[:-1])
        wanted, held = set(offices_of(title)), set(player.offices)
        if (
            wanted
            and held
            and not wanted & held
            and player.person.side
            and nation_of(title) not in (None, player.person.side)
        ):
            return None  # another man of that name
        sort = Sort.BODY if player.kind == "body" else Sort.NAMED
        return Meant(sort=sort, player=player, side=player.person.side)

    def alias(self, prose: Prose) -> None:
        """Learn abbreviations that a passage explains: SOUTHEAST ASIA COORDINATING COMMITTEE (SEACOORD)."""
        for found in _ALIAS.finditer(prose.text):
            long, short = spelled_out(found.group("long"), found.group("short")), found.group("short")
            initials = "".join(w[0] for w in long.split() if w[0].isupper())
            if (head_of(long.upper()) and noun_kind(head_of(long.upper())) is NounKind.BODY) or short[
                :2
            ] == initials[:2]:
                excerpt = prose.excerpt(found.start("long"), found.end())
                side = self._side(long.upper())
                person = Person(
                    key=short.lower(), name=f"{long} ({short})", surname=short, side=side, role=long
                )
                self.finder.learn(Participant(person=person, shown_by=excerpt, listed=False, kind="body"))

    def _owner_side(self, owner: str) -> str | None:
        player = self.finder.known(head_of(owner))
        return player.person.side if player else nation_of(owner)

    def _side(self, phrase: str) -> str | None:
        """The side that a phrase tells: its nation, else at a post abroad that of the local office."""
        nations = nations_in(without_area(_POSTED_TO.sub("", phrase)))
        if nations:
            # THE SOVIET EMBASSY IN FRANCE, THE AMERICAN EMBASSY: whose it is stands first
            return nations[0] if len(nations) == 1 or not re.search(r"\bAND\b", phrase) else None
        if OWN_STAFF.search(phrase) or (self.home and phrase == "EMBASSY"):
            return "US"
        if self.home and _LOCAL_OFFICE.search(phrase):
            return self.home
        return None

    def _office(self, phrase: str, prose: Prose, start: int, end: int) -> Meant | None:
        """THE AMBASSADOR, THE UNDER SECRETARY, POLOFF: the one whom the document so calls."""
        ours = self._paper.is_sent or not phrase.split()[-1].startswith("CHARG")
        if ours and is_own_staff_word(phrase.split()[-1]) and nation_of(phrase) in (None, "US"):
            return Meant(
                sort=Sort.OFFICE, player=self._described(prose, start, end, "US", "office"), side="US"
            )
        offices = offices_of(phrase)
        owned = owner_of(phrase)
        if not offices or (owned and noun_kind(head_of(owned[1])) is not NounKind.PERSON):
            return None  # THE GENERAL'S CHARACTER
        small = not prose.in_capitals and prose.text[start:end].islower()
        if small and offices[0] in ("GENERAL", "DIRECTOR", "GOVERNOR", "MARSHAL", "MINISTER"):
            return None  # THE GENERAL THEME
        nation = nation_of(_POSTED_TO.sub("", phrase))
        bare = len(phrase.split()) - len(offices[0].split()) <= (1 if nation else 0)
        player, roster = self.finder.holder(offices[0], nation)
        if player is not None and (bare or player.listed):
            return Meant(sort=Sort.OFFICE, player=player, side=player.person.side, roster=roster)
        if bare and self.finder.contested(offices[0]):
            return Meant(sort=Sort.OFFICE, side=nation)
        head = head_of(phrase)
        if noun_kind(head) is None and not (offices_of(head) or is_nation(head) or head.endswith("GENERAL")):
            return Meant(sort=Sort.OFFICE)  # HAS HEARD SECRETARY LAIRD VERY RECENTLY ASKED FOR IT
        side = self._side(phrase)
        return Meant(sort=Sort.OFFICE, player=self._described(prose, start, end, side, "office"), side=side)

    def _styled(self, style: str) -> Meant:
        """HIS MAJESTY: the one king of the document, or that of the land where the post stands."""
        found = {p.person.key: p for office in _STYLES[style] for p in self.finder.cast.holders(office)}
        local = [p for p in found.values() if self.home and p.person.side == self.home]
        fitting = list(found.values()) if len(found) == 1 else local
        if len(fitting) == 1:
            return Meant(sort=Sort.OFFICE, player=fitting[0], side=fitting[0].person.side)
        return Meant(sort=Sort.OFFICE, side=None)

    def _described(self, prose: Prose, start: int, end: int, side: str | None, kind: str) -> Participant:
        """Someone by the words that describe them; the same words mean the same."""
        excerpt = prose.excerpt(start, end)
        lead = _LEAD.match(excerpt.words)
        words = described_by(excerpt.words[lead.end() :] if lead else excerpt.words)
        key = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
        player = Participant(
            person=Person(key=key, name=words, surname=words, side=side, role=written_out(words, kind)),
            shown_by=excerpt,
            listed=False,
            offices=offices_of(words) if kind == "office" else (),
            kind=kind,
        )
        return self.finder.describe(player)

    def _name(self, prose: Prose, start: int, end: int, strong: bool, *, behind: bool) -> Meant | None:
        """A name that was not seen before: with a title, or before a verb that only speakers have."""
        if self.finder.noisy:
            return None  # on a bad copy any word may look like a name
        at = start
        role = ""
        while title := OFFICES.match(prose.plain, at, end) or _TITLE.match(prose.text, at, end):
            if not at < title.end() < end:
                break
            if prose.plain.startswith("'S", title.end()):
                return None  # THE MINISTER'S ANXIETIES
            at = (
                title.end() + len(prose.text[title.end() : end]) - len(prose.text[title.end() : end].lstrip())
            )
            role = prose.plain[start:at].strip()
        lead = _LEAD.match(prose.text[at:end])
        if lead:
            at += lead.end()
        if prose.in_capitals and not role and (lead or behind):
            return None  # THE ORDER STATED; GIVEN IN SANTA CRUZ STATES
        alone = " " not in prose.plain[at:end].strip()
        if lead and alone and not role and prose.plain.endswith("S", at, end):
            return None  # THE ARABS: a people
        until = name_ends(prose, at, end)
        found = capitalised(prose, at, until) if not prose.in_capitals else shouted(prose, at, until, role)
        if found is None:
            return None
        begin, words = found
        if behind and begin == start and not role:
            return None
        if not role and begin > at:
            role = prose.plain[at:begin].strip()
        if until < end:
            if len(words) == 1 and is_common(words[0].upper()):
                return None  # GRAND CHAMBERLAIN OF THE COURT
            role = role or prose.plain[until:end].strip()
            end = until
        if re.search(r"\b(?:OF|AT|FOR|IN)$", role) or not (
            strong or role or words[-1].upper() in self._proper
        ):
            return None
        surname = words[-1]
        if (
            noun_kind(surname.upper()) is not None
            or surname.upper() in NOT_NAMES
            or surname.upper() in NO_SPEAKERS
            or is_no_surname(surname.upper())
        ):
            return None
        if (is_people(surname.upper()) or surname.upper() in self._things) and not role_in(role):
            return None
        if is_nation(surname.upper()) or len(surname) < 2 or surname.upper() in ("UNITED", "STATES"):
            return None
        if OFFICES.fullmatch(surname.upper()) or is_short_office(surname.upper()):
            return None  # AMB SAID
        if not role and is_common(surname.upper()) and (prose.in_capitals or len(words) == 1):
            return None  # ENERGY, CONTRACT, WATER
        return self.learnt(prose, begin, end, words, role)

    def learnt(self, prose: Prose, begin: int, end: int, words: Sequence[str], role: str) -> Meant:
        """Take a name into the cast, with what its title tells."""
        if "Affairs" in words[:-1]:
            words = words[words.index("Affairs") + 1 :]  # UNDER SECRETARY OF FOREIGN AFFAIRS CAMILION
        words = person_words(words)
        if not words:
            return Meant(sort=Sort.UNKNOWN)
        role = role_in(role)
        side = self._side(role) if role else None
        person = Person(
            key="-".join(w.lower() for w in words),
            name=" ".join(words),
            surname=surname_of(words),
            side=side,
            role=_LEAD.sub("", role).title() if role else "",
        )
        player = Participant(
            person=person,
            shown_by=prose.excerpt(begin, end),
            listed=False,
            offices=offices_of(role) if role else (),
            kind="body" if names_paper(role) else "person",
        )
        known = self.finder.learn(player)
        return Meant(sort=Sort.NAMED, player=known, side=known.person.side if known else None)
