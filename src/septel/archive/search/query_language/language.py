"""The query language: words, "phrases", prefix*, w?ldcards, NEAR, OR, exclusion, fields, groups.

    query  = any of: all OR all ...
    all    = one after another (AND may stand between)
    one    = [-] ( word | "phrase" | NEAR(... , 10) | ~name | field:value | ( query ) )

Faults of a query are told in the words of the person who typed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from septel.archive.search import words_of
from septel.archive.search.query_language.fields import FIELDS, HAS, SYNONYMS
from septel.archive.search.query_language.numbers import number_of, range_of
from septel.errors import UsageError

_NEAR = 10
_MOST = 200
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\))
    | (?P<minus>-)(?=[^\s)])
    | NEAR\((?P<near>[^()]*)\)
    | (?P<field>[A-Za-z]+):(?P<value>"(?:\\"|[^"])*"|[^\s()]+)
    | (?P<bare>[A-Za-z]+):(?=\s|$|\))
    | "(?P<phrase>[^"]*)"(?P<star>\*?)
    | (?P<quote>")
    | ~(?P<sound>[^\W\d_]+)
    | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)


class QueryError(UsageError):
    """A query that can't be understood; says where and what to type instead."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other; the last may be the beginning of a word.

    Attributes:
        words: folded; one with `*` or `?` in it is a pattern.
        raw: as it was typed, for shapes and messages.
    """

    words: tuple[str, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A name as it sounds."""

    word: str


@dataclass(frozen=True, slots=True)
class NearQuery:
    """Phrases with at most so many words between the first and the last."""

    parts: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class FieldQuery:
    """A field that has a value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts, none of those excluded."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts at least."""

    parts: tuple[Node, ...]


Node = Phrase | Sound | NearQuery | FieldQuery | All | AnyOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as it was understood.

    Attributes:
        text: as typed.
        node: what is asked for.
        number: the telegram that the whole of it names, as `LA PAZ 158`, where it names one.
    """

    text: str
    node: Node
    number: str | None = None

    @classmethod
    def of(cls, text: str) -> Query:
        """Read a query.

        Raises:
            QueryError: it can't be understood.
        """
        text = text.encode("utf-8", "replace").decode().replace("\x00", " ")
        if not text.strip():
            raise QueryError("the query is empty", remedy='Type words, a "phrase" or a field (post:lima).')
        node = _Parser(text).query()
        named = number_of(text) if '"' not in text and ":" not in text else None
        return cls(text=text, node=node, number=named.value if named else None)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.count = 0

    def query(self) -> Node:
        node = self._any()
        if self._peek("close"):
            raise self._fault("a bracket is closed that was never opened", "Leave out the `)`.")
        if node is None:
            raise QueryError(
                f"there is nothing to look for in {self.text.strip()[:40]!r}",
                remedy="Type a word of letters or figures.",
            )
        if isinstance(node, All) and not node.parts:
            raise QueryError(
                "a query can't only leave out",
                remedy=f"Say what to look for as well: salt {self.text.strip()}",
            )
        return node

    def _fault(self, what: str, remedy: str) -> QueryError:
        return QueryError(f"{what} (at character {self.at + 1} of the query)", remedy=remedy)

    def _next(self) -> re.Match[str] | None:
        return _TOKEN.match(self.text, self.at)

    def _peek(self, name: str) -> bool:
        found = self._next()
        return bool(found and found[name])

    def _peek_word(self, word: str) -> bool:
        found = self._next()
        return bool(found and found["word"] == word)

    def _take(self) -> re.Match[str]:
        found = self._next()
        assert found is not None
        self.at = found.end()
        return found

    def _any(self) -> Node | None:
        parts: list[Node] = []
        while True:
            part = self._all()
            if part is not None:
                parts.append(part)
            if not (self._peek_word("OR") or self._peek_word("|")):
                break
            before = self.at
            self._take()
            if part is None or self._next() is None or self._peek("close"):
                self.at = before
                raise self._fault(
                    "OR stands between nothing", "Put a word on both of its sides, or quote it."
                )
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self) -> Node | None:
        parts: list[Node] = []
        without: list[Node] = []
        while (found := self._next()) is not None:
            if found["close"] or found["word"] in ("OR", "|"):
                break
            if found["word"] == "AND":
                self._and(bool(parts or without))
                continue
            exclude = bool(found["minus"]) or found["word"] == "NOT"
            if exclude:
                self._take()
            node = self._one()
            if node is not None:
                (without if exclude else parts).append(node)
        if not parts and not without:
            return None
        if len(parts) == 1 and not without:
            return parts[0]
        return All(tuple(dict.fromkeys(parts)), tuple(dict.fromkeys(without)))

    def _and(self, something: bool) -> None:
        """Take an AND, which says what is meant anyway, if it stands between two parts."""
        before = self.at
        self._take()
        following = self._next()
        if (
            not something
            or following is None
            or following["close"]
            or following["word"] in ("AND", "OR", "|")
        ):
            self.at = before
            raise self._fault("AND stands between nothing", "Put a word on both of its sides, or quote it.")

    def _one(self) -> Node | None:
        found = self._next()
        if found is None or found["close"]:
            return None
        start = self.at
        self._take()
        self.count += 1
        if self.count > _MOST:
            raise QueryError(f"the query has more than {_MOST} parts", remedy="Look for less at once.")
        if found["open"]:
            node = self._any()
            if not self._peek("close"):
                self.at = start
                raise self._fault("a bracket is not closed", "Add the `)`.")
            self._take()
            return node
        if found["quote"]:
            self.at = start
            raise self._fault("a quotation mark is not closed", 'Add the second ".')
        if found["near"] is not None:
            return _near(found["near"])
        if found["bare"]:
            raise QueryError(
                f"{found['bare']}: has no value", remedy=f"Type it after the colon: {_example(found['bare'])}"
            )
        if found["field"]:
            return _field(found["field"], _unquoted(found["value"]))
        if found["sound"]:
            return Sound(found["sound"].lower())
        if found["phrase"] is not None:
            return _phrase(found["phrase"] + found["star"])
        return _phrase(found["word"] or "")


def _phrase(text: str) -> Phrase | None:
    """The words of a phrase; stars and question marks stay where they stand in a word."""
    words: list[str] = []
    for piece in text.split():
        if ("*" in piece or "?" in piece) and re.search(r"\w", piece):
            inner = re.sub(r"[^\w*?]+", " ", piece.lower()).replace("_", " ").split()
            words += [one for one in inner if re.search(r"[^\W_]", one)]
        else:
            words += words_of(piece)
    return Phrase(tuple(words), text) if words else None


def _near(inside: str) -> NearQuery:
    body, comma, last = inside.rpartition(",")
    distance = _NEAR
    if comma and last.strip().isdigit():
        distance = int(last)
    else:
        body = inside
    pieces = re.findall(r'"([^"]*)"|(\S+)', body)
    parts = tuple(p for quoted, word in pieces if (p := _phrase(quoted or word)) is not None)
    if len(parts) < 2:
        raise QueryError("NEAR needs two words at least", remedy="As in NEAR(verification submarine, 8).")
    return NearQuery(parts, min(distance, 1000))


def quoted(value: str) -> str:
    """A field's value as a query has it; a quotation mark within stands behind a backslash."""
    return '"' + value.replace('"', '\\"') + '"'


def _unquoted(value: str) -> str:
    whole = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1].replace('\\"', '"') if whole else value.strip('"')


def _field(name: str, value: str) -> FieldQuery:
    known = SYNONYMS.get(name.lower(), name.lower())
    if known not in FIELDS:
        close = get_close_matches(known, [*FIELDS, *SYNONYMS], n=1, cutoff=0.6)
        perhaps = f"Did you mean {close[0]}:{value}? " if close else ""
        raise QueryError(
            f"there is no field called {name!r}",
            remedy=f"{perhaps}Fields are {', '.join(FIELDS)}; quote the words to look for them as they are.",
        )
    if not value.strip():
        raise QueryError(f"{name}: has no value", remedy=f"Type it after the colon: {_example(known)}")
    if known in ("date", "year") and "*" not in value and range_of(value) is None:
        raise QueryError(
            f"{value!r} is no {known}",
            remedy='Write 1969, 1969-11, 1969-11-18, "18 Nov 1969", or a range: 1969-11..1970-02.',
        )
    if known == "has" and "*" not in value and value.strip().lower() not in HAS:
        raise QueryError(f"has: tells nothing of {value!r}", remedy=f"Write has:{', has:'.join(HAS)}.")
    return FieldQuery(known, value.strip())


def _example(name: str) -> str:
    known = SYNONYMS.get(name.lower(), name.lower())
    return {"date": "date:1969-11", "number": 'number:"la paz 158"', "post": 'post:"la paz"'}.get(
        known, f"{known}:..."
    )


def leaves(node: Node) -> Iterator[Node]:
    """The words, phrases and fields of a query, what it leaves out among them."""
    if isinstance(node, All):
        for part in (*node.parts, *node.without):
            yield from leaves(part)
    elif isinstance(node, AnyOf):
        for part in node.parts:
            yield from leaves(part)
    else:
        yield node


def is_mixed(node: Node) -> bool:
    """Whether words and fields are choices beside each other, so that neither index alone can tell."""
    if isinstance(node, All):
        odd = any(
            not isinstance(p, FieldQuery) and any(isinstance(x, FieldQuery) for x in leaves(p))
            for p in node.without
        )
        return odd or any(is_mixed(part) for part in node.parts)
    if isinstance(node, AnyOf):
        fields = [isinstance(leaf, FieldQuery) for part in node.parts for leaf in leaves(part)]
        plain = all(isinstance(part, FieldQuery) for part in node.parts)
        return any(fields) and not plain
    return False
