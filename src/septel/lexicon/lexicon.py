"""The lexicon as shipped, with exact and near look-ups."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from septel.lexicon.entries import (
    Caption,
    Chief,
    Classification,
    Month,
    NearPost,
    Office,
    Post,
    Precedence,
    Series,
    Tag,
)
from septel.lexicon.folding import letters, shapes

E = TypeVar("E")
_MOST_ASKED = 20_000  # names that are remembered: the same few hundred stations fill millions of lines
_PREFIX = re.compile(
    r"^(?:AMEMBASSY|AM EMBASSY|AMMEMBASSY|AMEMB|EMBASSY|AMCONSUL(?:ATE)?|AMCONGEN|AMLEGATION|"
    r"USMISSION|US MISSION|"
    r"USLO|USINT|USDEL|US DEL|USUN)\b[ ]*"
)


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("septel.lexicon") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form for form in cell.split("|") if form)


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _shipped_posts() -> tuple[Post, ...]:
    return tuple(
        Post(
            name=r["name"],
            kind=r["kind"],
            territory=r["territory"],
            since=_year(r["since"]),
            until=_year(r["until"]),
            abbreviation=r["abbreviation"],
            variants=_forms(r["variants"]),
            source=r["source"],
        )
        for r in _rows("posts.tsv")
    )


def _shipped_series() -> tuple[Series, ...]:
    return tuple(
        Series(
            name=r["name"],
            pair=r["pair"],
            direction=r["direction"],
            party=r["party"],
            since=_year(r["since"]),
            until=_year(r["until"]),
            source=r["source"],
        )
        for r in _rows("series.tsv")
    )


def _shipped_chiefs() -> tuple[Chief, ...]:
    return tuple(
        Chief(
            surname=r["surname"],
            place=r["place"],
            since=int(r["since"]),
            until=_year(r["until"]),
            source=r["source"],
        )
        for r in _rows("chiefs.tsv")
    )


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """All closed lists, each entry with its source.

    Near look-ups return candidates with their distance and never a probability: a distance says how
    far two texts are apart, not how likely one stands for the other.
    """

    posts: tuple[Post, ...]
    captions: tuple[Caption, ...]
    classifications: tuple[Classification, ...]
    precedences: tuple[Precedence, ...]
    series: tuple[Series, ...]
    tags: Mapping[str, Tag] = field(repr=False)
    offices: Mapping[str, Office] = field(repr=False)
    months: tuple[Month, ...] = field(repr=False)
    signers: frozenset[str] = field(repr=False)
    column: Mapping[str, Office] = field(repr=False)
    chiefs: tuple[Chief, ...] = field(repr=False)

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Lexicon:
        """The lexicon that comes with the package; read once."""
        return cls(
            posts=_shipped_posts(),
            captions=tuple(
                Caption(
                    code=r["code"],
                    forms=(r["code"], *_forms(r["forms"])),
                    gloss=r["gloss"],
                    source=r["source"],
                )
                for r in _rows("captions.tsv")
            ),
            classifications=tuple(
                Classification(
                    code=r["code"],
                    name=r["name"],
                    forms=_forms(r["forms"]),
                    rank=int(r["rank"]),
                    source=r["source"],
                )
                for r in _rows("classifications.tsv")
            ),
            precedences=tuple(
                Precedence(prosign=r["prosign"], word=r["word"], rank=_year(r["rank"]), source=r["source"])
                for r in _rows("precedences.tsv")
            ),
            series=_shipped_series(),
            tags={
                r["code"]: Tag(
                    code=r["code"], kind=r["kind"], field=r["field"], meaning=r["meaning"], source=r["source"]
                )
                for r in _rows("tags.tsv")
            },
            offices={
                r["symbol"]: Office(symbol=r["symbol"], name=r["name"], source=r["source"])
                for r in _rows("offices.tsv")
            },
            months=tuple(
                Month(number=int(r["number"]), name=r["name"], forms=(r["name"], *_forms(r["forms"])))
                for r in _rows("months.tsv")
            ),
            signers=frozenset(r["surname"] for r in _rows("signers.tsv")),
            column={
                r["symbol"]: Office(symbol=r["symbol"], name=r["name"], source=r["source"])
                for r in _rows("column.tsv")
            },
            chiefs=_shipped_chiefs(),
        )

    @cached_property
    def _posts_by_letters(self) -> Mapping[str, Post]:
        found: dict[str, Post] = {}
        # Names outrank variants, variants outrank abbreviations: GENEVA is first the post of that name.
        for post in self.posts:
            found.setdefault(letters(post.name), post)
        for post in self.posts:
            for variant in post.variants:
                found.setdefault(letters(variant), post)
        for post in self.posts:
            found.setdefault(post.abbreviation, post)
        return found

    @cached_property
    def _post_shapes(self) -> tuple[tuple[str, ...], tuple[tuple[str, Post], ...]]:
        forms = [(form, post) for post in self.posts for form in (post.name, *post.variants)]
        return tuple(shapes(form) for form, _ in forms), tuple(forms)

    @cached_property
    def month_numbers(self) -> Mapping[str, int]:
        """The number of a month by each of its forms."""
        return {form: month.number for month in self.months for form in month.forms}

    @cached_property
    def prosigns(self) -> Mapping[str, str]:
        """The word of precedence by its letter in the preamble."""
        return {one.prosign: one.word for one in self.precedences if one.prosign}

    @cached_property
    def series_names(self) -> Mapping[str, Series]:
        """Each series by the word before its numbers."""
        return {series.name: series for series in self.series}

    @cached_property
    def caption_forms(self) -> Mapping[str, Caption]:
        """Each caption by the letters of each of its forms."""
        return {letters(form): caption for caption in self.captions for form in caption.forms}

    @cached_property
    def caption_openings(self) -> frozenset[str]:
        """The first two letters of all forms of captions: a line that begins with others is none."""
        return frozenset(form[:2] for form in self.caption_forms)

    @cached_property
    def classification_forms(self) -> Mapping[str, Classification]:
        """Each classification by the letters of each of its forms."""
        return {letters(form): grade for grade in self.classifications for form in grade.forms}

    @cached_property
    def country_codes(self) -> Mapping[str, str]:
        """The TAGS code of each country."""
        countries = [tag for tag in self.tags.values() if tag.kind == "country"]
        return {tag.meaning: tag.code for tag in reversed(countries)}

    @cached_property
    def post_names(self) -> tuple[str, ...]:
        """Every name and variant of every post, longest first, for use in patterns."""
        names = {form for post in self.posts for form in (post.name, *post.variants)}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    @cached_property
    def _asked(self) -> dict[str, Post | None]:
        return {}

    def post(self, text: str) -> Post | None:
        """The post of this name, variant or six-letter form; a prefix such as AMEMBASSY is left out."""
        asked = self._asked
        if text in asked:
            return asked[text]
        if len(asked) >= _MOST_ASKED:
            asked.clear()
        found = asked[text] = self._post(text)
        return found

    def _post(self, text: str) -> Post | None:
        known = self._posts_by_letters
        post = known.get(letters(text))
        if post is None:
            bare = _PREFIX.sub("", text.upper().strip())
            post = known.get(letters(bare)) if bare else None
        return post

    @cached_property
    def _chiefs_by_place(self) -> Mapping[str, tuple[Chief, ...]]:
        found: dict[str, list[Chief]] = {}
        for chief in self.chiefs:
            found.setdefault(chief.place, []).append(chief)
        return {place: tuple(chiefs) for place, chiefs in found.items()}

    def chiefs_of(self, post: str, year: int | None = None) -> tuple[Chief, ...]:
        """Who headed a post in a year; in any year when it is not known."""
        entry = self.post(post)
        place = post if entry is None or entry.kind == "department" else entry.territory
        chiefs = self._chiefs_by_place.get(place, ())
        if year is None:
            return chiefs
        return tuple(c for c in chiefs if c.since <= year and (c.until is None or year <= c.until))

    def near_posts(self, text: str, *, most: int = 3) -> tuple[NearPost[Post], ...]:
        """The posts whose names come nearest to a garbled text, nearest first."""
        keys, forms = self._post_shapes
        found: list[NearPost[Post]] = []
        seen: set[str] = set()
        for key, distance, index in process.extract(
            shapes(text), keys, scorer=Levenshtein.distance, limit=most * 4
        ):
            form, post = forms[index]
            if post.name not in seen:
                seen.add(post.name)
                found.append(NearPost(entry=post, form=form, distance=int(distance), length=len(key)))
        return tuple(found[:most])

    def near_captions(self, text: str, *, most: int = 3) -> tuple[NearPost[Caption], ...]:
        """The captions that come nearest to a garbled text, nearest first."""
        return _near(text, ((form, c) for c in self.captions for form in c.forms), most)

    def near_series(self, text: str, *, most: int = 3) -> tuple[NearPost[Series], ...]:
        """The series names that come nearest to a garbled text, nearest first."""
        return _near(text, ((s.name, s) for s in self.series), most)

    def near_classifications(self, text: str, *, most: int = 3) -> tuple[NearPost[Classification], ...]:
        """The classifications that come nearest to a garbled text, nearest first."""
        return _near(text, ((form, c) for c in self.classifications for form in c.forms), most)

    def near_precedences(self, text: str, *, most: int = 2) -> tuple[NearPost[Precedence], ...]:
        """The words of precedence that come nearest to a garbled text, nearest first."""
        return _near(text, ((p.word, p) for p in self.precedences), most)


def _near(text: str, forms: Iterable[tuple[str, E]], most: int) -> tuple[NearPost[E], ...]:
    seen = shapes(text)
    ranked = sorted(
        (
            NearPost(entry=entry, form=form, distance=Levenshtein.distance(seen, key), length=len(key))
            for form, entry in forms
            for key in (shapes(form),)
        ),
        key=lambda near: (near.distance / max(near.length, 1), near.form),
    )
    kept: list[NearPost[E]] = []
    for near in ranked:
        if all(near.entry is not other.entry for other in kept):
            kept.append(near)
    return tuple(kept[:most])
