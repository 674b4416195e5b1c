"""A query as the index understands it: matches for its words, SQL conditions for its fields.

Each part of a query has two matches. The *sure* one finds the units whose words as read have it; the
*coarse* one finds all units that may have it by any reading, and more: those are then held against their
lattices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from septel.archive.search.lattice import Pattern
from septel.archive.search.query_language import (
    All,
    AnyOf,
    FieldQuery,
    NearQuery,
    Node,
    Phrase,
    QueryError,
    Sound,
    number_of,
    post_name,
    range_of,
)
from septel.archive.search.spelling import alike, same_sound
from septel.archive.search.words import words_of
from septel.archive.store import (
    EVERYTHING,
    Database,
    MatchAll,
    MatchAny,
    MatchNear,
    MatchOther,
    MatchPhrase,
    MatchWithout,
    WordMatch,
    containing,
    escaped,
    like_pattern,
)
from septel.lexicon import shapes

MOST_FORMS = 200
"""So many words at most may fit a pattern such as `nego*`."""
LEAST_ALIKE = 5
_NOTHING = MatchPhrase(("\x01",))
"""What no unit has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expressions:
    """What a part of a query asks of the index.

    Attributes:
        sure: of the words as read; None where only the lattice can tell, empty where nothing is asked.
        coarse: of all words; empty where nothing is asked.
        words: the words whose other readings matter.
    """

    sure: WordMatch | None = EVERYTHING
    coarse: WordMatch = EVERYTHING
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition on documents, in SQL on `indexed`, with its values.

    Attributes:
        sql: the condition, by which documents may be found.
        values: its values.
        probe: the same as a question put to each document that others found; as `sql` where empty.
        days: the first and the last day, where it asks when a document was sent.
    """

    sql: str
    values: tuple[object, ...] = ()
    probe: str = ""
    days: tuple[str, str] | None = None


@dataclass(kw_only=True)
class Forms:
    """The words that each word of a query may stand for in this archive, each looked up once."""

    connection: Database
    similar: bool = False
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    likeness: dict[str, float] = field(default_factory=dict)
    near: dict[tuple[str, str], list[tuple[str, float]]] = field(default_factory=dict)

    def of(self, word: str, raw: str) -> tuple[str, ...]:
        """The words that fit: by pattern, or, when the like are asked for, by likeness."""
        found = self.known.get(word)
        if found is None:
            found = self.known[word] = self._of(word, raw)
        return found

    def _of(self, word: str, raw: str) -> tuple[str, ...]:
        if "*" in word or "?" in word:
            forms = self.connection.words.matching(word, most=MOST_FORMS + 1)
            if len(forms) > MOST_FORMS:
                raise QueryError(
                    f"{word!r} may be more than {MOST_FORMS} words", remedy="Give more of its letters."
                )
            return tuple(forms)
        if self.similar and len(word) >= LEAST_ALIKE:
            near = self.alike(raw)
            self.likeness.update(near)
            return (word, *(one for one, _ in near))
        return (word,)

    def alike(self, raw: str) -> list[tuple[str, float]]:
        """The archive's words that look like one, the likest first, each looked for once."""
        key = raw.lower(), shapes(raw)
        if key not in self.near:
            self.near[key] = alike(self.connection, raw)
        return self.near[key]

    def sound(self, word: str) -> tuple[str, ...]:
        """The words that sound alike, the word itself among them."""
        return tuple(dict.fromkeys((word, *same_sound(self.connection, word))))


def is_prefix(word: str) -> bool:
    """Whether a word of a query is a beginning, and no other pattern."""
    return word.endswith("*") and len(word) > 1 and not re.search(r"[*?]", word[:-1])


def raws(phrase: Phrase) -> list[str]:
    """The words of a phrase as typed, where they can be told apart; else folded."""
    typed = re.findall(r"[^\W_]+", phrase.raw)
    return typed if len(typed) == len(phrase.words) else list(phrase.words)


def expressions(node: Node, forms: Forms) -> Expressions:
    """What the words of a query ask of the index; fields ask nothing of it."""
    if isinstance(node, Phrase):
        return _phrase(node, forms)
    if isinstance(node, Sound):
        words = forms.sound(node.word)
        return Expressions(
            sure=_any([_one(word) for word in words]),
            coarse=_any([in_any_reading(word) for word in words]),
            words=words,
        )
    if isinstance(node, NearQuery):
        parts = [_phrase(part, forms) for part in node.parts]
        phrases = tuple(part.sure for part in parts if isinstance(part.sure, MatchPhrase))
        told = len(phrases) == len(parts) <= forms.connection.words.nearest
        sure = MatchNear(phrases, node.distance) if told else None
        return Expressions(
            sure=sure, coarse=_all([p.coarse for p in parts]), words=tuple(w for p in parts for w in p.words)
        )
    if isinstance(node, FieldQuery):
        return Expressions()
    parts = [expressions(part, forms) for part in node.parts]
    words = tuple(word for part in parts for word in part.words)
    join = _all if isinstance(node, All) else _any
    asked = [part for part in parts if part.coarse]
    if isinstance(node, AnyOf) and len(asked) < len(parts):
        asked = []
    read = [part.sure for part in asked if part.sure is not None]
    together = join(read) if len(read) == len(asked) else None
    if isinstance(node, All) and node.without and together:
        for other in node.without:
            left_out = expressions(other, forms)
            if left_out.sure is None:
                together = None
                break
            if left_out.sure:
                together = MatchWithout(together, left_out.sure)
    return Expressions(sure=together, coarse=join([p.coarse for p in asked]), words=words)


def _phrase(node: Phrase, forms: Forms) -> Expressions:
    single = (
        [forms.of(word, raw) for word, raw in zip(node.words, raws(node), strict=True)]
        if (forms.similar or any(re.search(r"[*?]", w) and not is_prefix(w) for w in node.words))
        else [(word,) for word in node.words]
    )
    if all(len(one) == 1 and not re.search(r"[*?]", one[0][:-1]) for one in single):
        words = [one[0] for one in single]
        inner_prefix = any(is_prefix(word) for word in words[:-1])
        bare = [word.rstrip("*") for word in words]
        sure = None if inner_prefix else MatchPhrase(tuple(bare), is_prefix(words[-1]))
        coarse = _all([in_any_reading(word) for word in words])
        return Expressions(sure=sure, coarse=coarse, words=tuple(words))
    groups = [_any([in_any_reading(word) for word in one]) or _NOTHING for one in single]
    any_of = _any([_one(word) for word in single[0]]) or _NOTHING
    return Expressions(
        sure=any_of if len(single) == 1 else None,
        coarse=_all(groups),
        words=tuple(word for one in single for word in one),
    )


def _one(word: str) -> MatchPhrase:
    return MatchPhrase((word.rstrip("*"),), prefix=True) if is_prefix(word) else MatchPhrase((word,))


def _other(word: str) -> MatchOther:
    return MatchOther(word.rstrip("*"), prefix=is_prefix(word))


def in_any_reading(word: str) -> WordMatch:
    """That a unit has a word, or the beginning of one, as read or otherwise."""
    return MatchAny((_one(word), _other(word)))


def _all(parts: Sequence[WordMatch]) -> WordMatch:
    asked = tuple(dict.fromkeys(part for part in parts if part))
    return asked[0] if len(asked) == 1 else MatchAll(asked)


def _any(parts: Sequence[WordMatch]) -> WordMatch:
    asked = tuple(dict.fromkeys(part for part in parts if part))
    return asked[0] if len(asked) == 1 else MatchAny(asked) if asked else EVERYTHING


def among_others(words: Sequence[str]) -> WordMatch:
    """That one of the words is among the other readings of a unit."""
    return _any([_other(word) for word in words])


def pattern_of(word: str, raw: str, forms: Forms) -> Pattern:
    """Whether a word of a text is the one that a query's word asks for."""
    if is_prefix(word):
        start = word[:-1]
        return lambda one: one.startswith(start)
    if "*" in word or "?" in word or forms.similar:
        fitting = frozenset(forms.of(word, raw))
        return fitting.__contains__
    return word.__eq__


def conditions(node: Node) -> list[Condition]:
    """What the fields of a query ask of documents, where all of it must hold."""
    if isinstance(node, FieldQuery):
        return [condition(node)]
    if isinstance(node, All):
        found = [one for part in node.parts for one in conditions(part)]
        for part in node.without:
            for one in conditions(part) if isinstance(part, FieldQuery) else ():
                found.append(Condition(sql=f"NOT ({one.sql})", values=one.values))
        return found
    if isinstance(node, AnyOf) and all(isinstance(part, FieldQuery) for part in node.parts):
        each = [condition(part) for part in node.parts if isinstance(part, FieldQuery)]
        return [
            Condition(
                sql="(" + " OR ".join(one.sql for one in each) + ")",
                values=tuple(value for one in each for value in one.values),
            )
        ]
    return []


_FEW = 20_000
"""So many documents of some days are looked at one by one for what else is asked of them."""
_ON_DAYS = """SELECT n FROM indexed WHERE first BETWEEN ? AND ?
    UNION ALL SELECT n FROM indexed WHERE last <> first AND last >= ? AND first < ? AND first <> ''"""


def where_of(conditions: Sequence[Condition], connection: Database) -> tuple[str, list[object]]:
    """The WHERE of a statement on `indexed` that lists the documents which fit all of some conditions.

    Those of few days are found by their days; what else is asked is then asked of these only.
    """
    dated = next((one for one in conditions if one.days), None)
    if dated is not None and dated.days and len(conditions) > 1:
        first, last = dated.days
        days = [first, last, first, first]
        found = connection.execute(f"SELECT count(*) FROM ({_ON_DAYS} LIMIT {_FEW + 1}) AS found", days)
        if found.fetchone()[0] <= _FEW:
            others = [one for one in conditions if one is not dated]
            tests = [f"indexed.n IN ({_ON_DAYS})", *(one.probe or one.sql for one in others)]
            return f"WHERE {' AND '.join(tests)}", [*days, *(v for one in others for v in one.values)]
    if not conditions:
        return "", []
    tests = [one.sql for one in conditions]
    return f"WHERE {' AND '.join(tests)}", [value for one in conditions for value in one.values]


_VALUE = """indexed.n IN (SELECT facet.n FROM facet JOIN value ON value.id = facet.value
    WHERE value.field = ? AND {test})"""


_PROBE = """EXISTS (SELECT 1 FROM value JOIN facet ON facet.value = value.id
    WHERE value.field = ? AND value.value = ? AND facet.n = indexed.n)"""
_LIKE = _VALUE.format(test="upper(value.value) LIKE ? ESCAPE '\\'")


def condition(asked: FieldQuery) -> Condition:
    """A field's condition."""
    make = _CONDITIONS.get(asked.name)
    if make is not None:
        return make(asked.value)
    pattern = asked.value.upper()
    if "*" in pattern:
        return Condition(sql=_LIKE, values=(asked.name, like_pattern(pattern)))
    return Condition(sql=_VALUE.format(test="upper(value.value) = ?"), values=(asked.name, pattern))


def _post(name: str) -> Callable[[str], Condition]:
    def made(value: str) -> Condition:
        if "*" in value:
            return Condition(sql=_LIKE, values=(name, like_pattern(value.upper())))
        test = _VALUE.format(test="value.value = ?")
        return Condition(sql=test, values=(name, post_name(value)), probe=_PROBE)

    return made


def _number(value: str) -> Condition:
    named = number_of(value)
    if named is None:
        serial = value.strip().lstrip("#")
        if serial.isdigit():
            return Condition(sql="indexed.serial = ?", values=(int(serial),))
        raise QueryError(f"{value!r} is no telegram's number", remedy='Write it as number:"la paz 158".')
    test = Condition(sql=_VALUE.format(test="value.value = ?"), values=("number", named.value))
    if named.year is None:
        return test
    return Condition(
        sql=f"({test.sql} AND (indexed.first = '' OR substr(indexed.first, 1, 4) = ?))",
        values=(*test.values, str(named.year)),
    )


def _date(value: str) -> Condition:
    days = range_of(value)
    assert days is not None  # the parser has looked
    return Condition(
        sql="(indexed.first <> '' AND indexed.first <= ? AND indexed.last >= ?)",
        values=(days[1], days[0]),
        days=days,
    )


def _cites(value: str) -> Condition:
    named = number_of(value)
    names = (value.upper(), named.value) if named else (value.upper(), value.upper())
    return Condition(
        sql=_VALUE.format(test="(upper(value.value) = ? OR upper(value.value) = ?)"), values=("cites", *names)
    )


def _person(value: str) -> Condition:
    return Condition(
        sql=_VALUE.format(test="' ' || upper(value.value) LIKE ? ESCAPE '\\'"),
        values=("person", containing(f" {value.upper()}")),
    )


def _worded(column: str) -> Callable[[str], Condition]:
    def made(value: str) -> Condition:
        words = words_of(value)
        if '"' in value or not words:
            words = words or [value.lower()]
        return Condition(sql=f"{column} LIKE ? ESCAPE '\\'", values=(containing(f" {' '.join(words)} "),))

    return made


def _note(value: str) -> Condition:
    words = words_of(value)
    sql = "indexed.holding IN (SELECT holding FROM standing_note WHERE folded LIKE ? ESCAPE '\\')"
    return Condition(sql=sql, values=(containing(" ".join(words) or value.lower()),))


def _file(value: str) -> Condition:
    sql = """indexed.holding IN (SELECT id FROM source WHERE upper(name) LIKE ? ESCAPE '\\'
        UNION SELECT holding FROM original WHERE upper(name) LIKE ? ESCAPE '\\')"""
    pattern = like_pattern(value.upper())
    return Condition(sql=sql, values=(pattern, pattern))


_CONDITIONS: Mapping[str, Callable[[str], Condition]] = {
    "post": _post("post"),
    "from": _post("from"),
    "to": _post("to"),
    "number": _number,
    "date": _date,
    "cites": _cites,
    "person": _person,
    "subject": _worded("indexed.subject"),
    "title": _worded("indexed.title"),
    "note": _note,
    "file": _file,
    "id": lambda value: Condition(
        sql="indexed.holding LIKE ? ESCAPE '\\'", values=(f"{escaped(value.lower())}%",)
    ),
}
