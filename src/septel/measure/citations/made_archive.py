"""A made archive with gaps in its numbers, whose every citation is known: the truth for resolving references.

Posts send telegrams through several years, numbered anew each year; only a share of them is held. The
drafters cite by the customs of released telegrams 1973-79 (counted on those of one embassy): mostly recent
telegrams of their own post and of the Department, on the reference line and in the text, seldom with a year;
a telegram of an earlier year carries its year when its number would otherwise mean one of the running year.
Some numbers are mistyped, some telegrams bear a number twice, some have lost their date, some are held twice.
"""

from __future__ import annotations

import datetime
import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

Key = tuple[str, int, int]
"""Post, year and number: the one telegram."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How often things happen; shares from zero to one.

    Attributes:
        held: of all telegrams, those that the archive holds.
        year_given: of citations of an earlier year whose number the running year had reached, those that
            give year or date. In the released telegrams of Embassy La Paz 1974-79 all of them (5 of 5) do.
        year_given_plain: of citations of an earlier year whose number tells by itself, those that give it.
        mistyped: citations with a wrong figure.
        doubled: telegrams whose number was used twice by mistake.
        undated: telegrams whose date-time group is lost.
        copied: telegrams that are held twice.
    """

    held: float = 0.15
    year_given: float = 0.95
    year_given_plain: float = 0.3
    mistyped: float = 0.003
    doubled: float = 0.003
    undated: float = 0.02
    copied: float = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePost:
    """A post of the made world: its name in lists, its name on the FM line, its telegrams a year."""

    name: str
    line: str
    yearly: int


POSTS = (
    MadePost(name="LA PAZ", line="AMEMBASSY LA PAZ", yearly=7800),
    MadePost(name="STATE", line="SECSTATE WASHDC", yearly=24000),
    MadePost(name="LIMA", line="AMEMBASSY LIMA", yearly=9900),
    MadePost(name="QUITO", line="AMEMBASSY QUITO", yearly=5200),
    MadePost(name="BUENOS AIRES", line="AMEMBASSY BUENOS AIRES", yearly=8100),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReference:
    """One citation of a made telegram: how it is written, and what it means."""

    words: str
    number: int
    target: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTelegram:
    """A held telegram of the made archive."""

    id: str
    key: Key
    text: str
    cited: tuple[MadeReference, ...]


@dataclass(frozen=True, kw_only=True)
class MadeArchive:
    """The held telegrams, and when each telegram of the world was sent, held or not."""

    telegrams: tuple[MadeTelegram, ...]
    sent: dict[Key, datetime.datetime] = field(repr=False)


def made_archive(
    seed: int,
    *,
    posts: Sequence[MadePost] = POSTS,
    years: Sequence[int] = (1974, 1975, 1976),
    habits: Habits | None = None,
) -> MadeArchive:
    """Make an archive; the same seed gives the same one."""
    return _World(random.Random(seed), posts, years, habits or Habits()).archive()


class _World:
    def __init__(
        self, rng: random.Random, posts: Sequence[MadePost], years: Sequence[int], habits: Habits
    ) -> None:
        self.rng, self.posts, self.years, self.habits = rng, posts, years, habits
        self.times: dict[tuple[str, int], list[datetime.datetime]] = {}
        self.sent: dict[Key, datetime.datetime] = {}
        for post in posts:
            for year in years:
                self._number(post, year)

    def _number(self, post: MadePost, year: int) -> None:
        """Give a post's telegrams of a year their times: quick and slow weeks, few at weekends."""
        days = [datetime.datetime(year, 1, 1) + datetime.timedelta(days=n) for n in range(365)]
        pace, weights = 1.0, []
        for day in days:
            if day.weekday() == 0:
                pace = min(1.6, max(0.5, pace * self.rng.uniform(0.8, 1.25)))
            weights.append(pace * (0.25 if day.weekday() >= 5 else 1.0))
        picked = sorted(self.rng.choices(range(365), weights, k=post.yearly))
        moments = [days[day] + datetime.timedelta(minutes=self.rng.randrange(780, 1440)) for day in picked]
        moments.sort()
        self.times[post.name, year] = moments
        for serial, moment in enumerate(moments, 1):
            # Numbers are given when the text is filed; some telegrams wait hours before they go.
            wait = self.rng.expovariate(1 / 90) if self.rng.random() < 0.8 else self.rng.uniform(0, 1300)
            self.sent[post.name, year, serial] = moment + datetime.timedelta(minutes=int(wait))

    def archive(self) -> MadeArchive:
        """Choose what is held and write it."""
        telegrams: list[MadeTelegram] = []
        keys = [key for key in self.sent if self.rng.random() < self.habits.held]
        for key in keys:
            made = self._telegram(key, f"{key[1]}{key[0].replace(' ', '')}{key[2]:06d}")
            telegrams.append(made)
            if self.rng.random() < self.habits.copied:
                text = made.text + "\nNNN\n"
                telegrams.append(
                    MadeTelegram(id=made.id + "-copy", key=made.key, text=text, cited=made.cited)
                )
            if self.rng.random() < self.habits.doubled:
                other = (key[0], key[1], key[2] + 1)
                if other in self.sent:
                    telegrams.append(self._telegram(other, made.id + "-doubled", shown=key[2]))
        return MadeArchive(telegrams=tuple(telegrams), sent=self.sent)

    def _telegram(self, key: Key, name: str, *, shown: int | None = None) -> MadeTelegram:
        post = next(p for p in self.posts if p.name == key[0])
        sent = self.sent[key]
        to = self._receiver(post)
        cited: list[MadeReference] = []
        for _ in range(self.rng.choices((0, 1, 2, 3), (45, 32, 15, 8))[0]):
            one = self._cite(post, to, sent, {c.number for c in cited})
            if one is not None:
                cited.append(one)
        serial = shown or key[2]
        group = f"{sent:%d%H%M}Z {MONTHS[sent.month - 1]} {sent:%y}"
        head = [f"PAGE 01 {post.name[:6].strip()} {serial:05d} {sent:%d%H%M}Z", ""]
        if self.rng.random() >= self.habits.undated:
            head += [f"R {group}"]
        head += [f"FM {post.line}", f"TO {to.line} {self.rng.randrange(100, 9000)}", ""]
        head += [f"UNCLAS {post.name} {serial}", "", "E.O. 11652: N/A", "TAGS: PINT, BL"]
        head += [f"SUBJECT: {self.rng.choice(('TALKS ON TIN', 'WHEAT', 'PRESS COMMENT', 'VISIT'))}"]
        return MadeTelegram(
            id=name, key=key, text="\n".join(head + self._body(cited)) + "\n", cited=tuple(cited)
        )

    def _body(self, cited: list[MadeReference]) -> list[str]:
        """The reference line and the paragraphs; some references stand in the text only."""
        line = [c for c in cited if not c.words.startswith(("EMBTEL", "DEPTEL", "MYTEL", "YOUR"))]
        rest = [c for c in cited if c not in line]
        out: list[str] = []
        if len(line) == 1:
            out.append(f"REF: {line[0].words}")
        elif line:
            items = "; ".join(f"({'ABC'[n]}) {c.words}" for n, c in enumerate(line))
            out.append(f"REFS: {items}")
        out.append("")
        said = ["1. MINISTRY OFFICIAL TOLD EMBOFF TODAY THAT NO DECISION HAD BEEN TAKEN."]
        said += [f"AS REPORTED {c.words}, TALKS GO ON." for c in rest]
        if line and self.rng.random() < 0.5:
            word = "REFTEL" if len(line) == 1 else "REF A"
            said.append(f"TEXT {word} WAS HANDED OVER AS INSTRUCTED PARA 2 {word}.")
        return [*out, *said, "", "2. WE SHALL REPORT FURTHER.", "SMITH"]

    def _receiver(self, post: MadePost) -> MadePost:
        if post.name != "STATE":
            return next((p for p in self.posts if p.name == "STATE"), self.posts[0])
        return self.rng.choice([p for p in self.posts if p is not post])

    def _cite(
        self, post: MadePost, to: MadePost, sent: datetime.datetime, taken: set[int]
    ) -> MadeReference | None:
        others = max(1, len(self.posts) - 2)
        shares = [45 if p is post else 40 if p is to else 15 / others for p in self.posts]
        target = self.rng.choices(self.posts, shares)[0]
        scale = self.rng.choices((12.0, 80.0, 400.0), (80, 17, 3))[0]
        moment = sent - datetime.timedelta(days=0.2 + self.rng.expovariate(1 / scale))
        times = self.times.get((target.name, moment.year))
        if times is None:
            return None
        serial = bisect_right(times, moment)
        if serial == 0 or serial in taken or self.sent[target.name, moment.year, serial] > sent:
            return None
        key = (target.name, moment.year, serial)
        number = serial
        if self.rng.random() < self.habits.mistyped:
            figures = list(str(serial))
            figures[self.rng.randrange(len(figures))] = self.rng.choice("123456789")
            number = int("".join(figures))
        return MadeReference(words=self._words(post, to, key, number, sent), number=number, target=key)

    def _words(self, post: MadePost, to: MadePost, key: Key, number: int, sent: datetime.datetime) -> str:
        name, year, _ = key
        shown = f"{number:04d}" if self.rng.random() < 0.3 else str(number)
        if year == sent.year:
            if self.rng.random() < 0.12:
                own = ("EMBTEL", "MYTEL") if post.name != "STATE" else ("MYTEL",)
                if name == post.name:
                    return f"{self.rng.choice(own)} {number}"
                if name == "STATE":
                    return f"DEPTEL {number}"
                if name == to.name:
                    return f"YOUR {number}"
            notal = " (NOTAL)" if self.rng.random() < 0.05 else ""
            return f"{name} {shown}{notal}"
        reached = bisect_right(self.times.get((name, sent.year), []), sent)
        given = self.habits.year_given if number <= reached else self.habits.year_given_plain
        if self.rng.random() >= given:
            return f"{name} {shown}"
        day = self.sent[key]
        return self.rng.choice(
            (
                f"{year % 100} {name} {shown}",
                f"{name} {shown} OF {day.month}/{day.day}/{year % 100}",
                f"{name} {shown} OF {day:%B}".upper() + f" {day.day}, {year}",
            )
        )
