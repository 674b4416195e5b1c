"""Answers a query: the surest readings first, then what may be, then what came, then what looks alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from septel.archive.search.evaluation import Evaluation, Finding
from septel.archive.search.expressions import (
    Expressions,
    Forms,
    among_others,
    condition,
    conditions,
    expressions,
)
from septel.archive.search.facets import ON_RECORD, RECORD, spread
from septel.archive.search.hits import HeldText, UnitPlace, unit_hit, whole_hit
from septel.archive.search.lattice import Standing, WordLattice
from septel.archive.search.query_language import All, AnyOf, FieldQuery, Node, Phrase, Query
from septel.archive.search.results import Facet, Hit, Match, QuerySuggestion, SearchResult
from septel.archive.search.spelling import alike, is_live
from septel.archive.search.units import lines_read
from septel.archive.store import Database, MatchAll, MatchIn, Rows, WordMatch
from septel.errors import UsageError

SORTS = ("relevance", "date", "number")
MOST_CANDIDATES = 3000
"""So many units at most are held against their lattices for one query; past that the total is a least one."""
MOST_ALIKE = 60
"""So many units at most are looked at for what looks alike, or as many as hits are asked for."""
_MOST_LINES = 4
_WINDOW = 2
"""So many times as many units as hits are asked for are looked at, for the order to be right."""
_MATCHES = {Standing.READ: Match.RESTORED, Standing.MAYBE: Match.ALTERNATIVE, Standing.SOURCE: Match.SOURCE}
_ORDER = {match: n for n, match in enumerate(Match)}
_FIRST_PARTS = ("subject", "summary")


_COLUMNS = """unit.id, indexed.holding, unit.part, unit.lines, unit.following, indexed.first, indexed.serial
    FROM unit JOIN indexed ON indexed.n = unit.n"""
_ORDERS = {
    "relevance": "unit.part NOT IN ('subject', 'summary'), indexed.first = '', indexed.first, unit.id",
    "date": "indexed.first = '', indexed.first, indexed.serial NULLS FIRST, unit.id",
    "number": "indexed.serial IS NULL, indexed.serial, indexed.first, unit.id",
}


def storable(words: str) -> str:
    """What a person typed, without the halves of characters that a terminal may pass on."""
    return words.encode("utf-8", "replace").decode()


class Searcher:
    """Searches one catalogue.

    Args:
        connection: the catalogue.
        held: gives what a search needs of a document.
    """

    def __init__(self, connection: Database, held: Callable[[str], HeldText]) -> None:
        self.connection = connection
        self.held = lru_cache(maxsize=128)(held)
        self._edition: tuple[int, int] | None = None

    def run(self, query: Query, *, limit: int, sort: str = "relevance", facets: bool = False) -> SearchResult:
        """What a query finds.

        Raises:
            QueryError: a part of it can't be understood.
            UsageError: there is no such order.
        """
        if sort not in SORTS:
            raise UsageError(f"nothing can be sorted by {sort!r}", remedy=f"Choose {', '.join(SORTS)}.")
        self._look()
        return _Run(self, query, limit, sort).result(facets)

    def select(self, query: Query) -> list[str]:
        """The documents that a query means, oldest first: by their fields, and by their words as read."""
        self._look()
        run = _Run(self, query, 0, "date")
        where, values = run.where
        if not run.asked.coarse:
            sql = f"SELECT holding FROM indexed {where} ORDER BY first = '', first, serial NULLS FIRST, n"
            return [str(one) for (one,) in self.connection.execute(sql, values)]
        sure = run.read_units("date", limit=None)
        maybe = run.maybe({unit.id for unit in sure})
        read = [unit for unit, what in maybe if what is not None and what.standing is Standing.READ]
        return list(dict.fromkeys(unit.holding for unit in sorted((*sure, *read), key=lambda one: one.key)))

    def _look(self) -> None:
        """Forget documents as they were before anything was written, here or elsewhere."""
        edition = self.connection.edition()
        if edition != self._edition:
            self.held.cache_clear()
            self._edition = edition


class _Run:
    """One query on its way."""

    def __init__(self, searcher: Searcher, query: Query, limit: int, sort: str) -> None:
        self.searcher, self.connection = searcher, searcher.connection
        self.query, self.limit, self.sort = query, limit, sort
        self.forms = Forms(connection=self.connection)
        self.asked = expressions(query.node, self.forms)
        self.fields = conditions(query.node)
        self.complete = True
        self.mixed = _mixed(query.node)
        self.evaluation = Evaluation(self.forms, self._has_field)
        self._holding = ""

    @property
    def where(self) -> tuple[str, list[object]]:
        """The fields' conditions."""
        if not self.fields:
            return "", []
        sql = " AND ".join(one.sql for one in self.fields)
        return f"WHERE {sql}", [value for one in self.fields for value in one.values]

    def _narrowed(self) -> tuple[str, list[object]]:
        where, values = self.where
        return (where.replace("WHERE", "AND", 1), values) if where else ("", [])

    def result(self, facets: bool) -> SearchResult:
        """Everything that was found."""
        if not self.asked.coarse and not self.mixed:
            return self._by_fields(facets)
        hits = self._named()
        named = {hit.holding for hit in hits}
        ids: set[int] = set()
        read = self.read_units(self.sort, limit=max(_WINDOW * self.limit, 20))
        total = self._count() if self.asked.sure and not self.mixed else 0
        holdings = dict.fromkeys(hit.holding for hit in hits)
        found: list[tuple[UnitPlace, Finding, Match]] = []
        for unit in read:
            ids.add(unit.id)
            finding = self._finding(unit)
            if finding is not None:
                found.append((unit, finding, Match.RESTORED))
        for unit, maybe in self.maybe(set(self._sure_ids()) if total > len(read) else ids):
            if maybe is not None:
                total += 1
                ids.add(unit.id)
                found.append((unit, maybe, _MATCHES[maybe.standing]))
        if len(found) < self.limit:
            alike_found = list(self._similar(ids))
            total += len(alike_found)
            found += alike_found
        found.sort(key=self._rank)
        shown = found[: max(0, self.limit - len(hits))]
        hits += [self._hit(*one) for one in shown]
        holdings |= dict.fromkeys(unit.holding for unit, _, _ in found)
        if total > len(found):
            holdings |= dict.fromkeys(self._sure_holdings())
        return SearchResult(
            query=self.query.text,
            hits=tuple(hits[: self.limit]),
            total=total + len(named),
            holdings=tuple(holdings),
            complete=self.complete,
            facets=self._facets(holdings) if facets else (),
            suggestions=self._suggestions() if not any(m is Match.RESTORED for _, _, m in found) else (),
            notes=self._notes(),
        )

    def _rank(self, one: tuple[UnitPlace, Finding, Match]) -> tuple[object, ...]:
        unit, finding, match = one
        sure = round(finding.probability if finding.probability is not None else 0.0, 2)
        if self.sort == "date":
            return (unit.key, _ORDER[match], unit.id)
        if self.sort == "number":
            return (unit.serial is None, unit.serial or 0, unit.key, unit.id)
        return (_ORDER[match], -sure, unit.part not in _FIRST_PARTS, unit.key, unit.id)

    def read_units(self, order: str, *, limit: int | None) -> list[UnitPlace]:
        """The units whose words as read have all that is asked."""
        if not self.asked.sure or self.mixed:
            return []
        more, values = self._narrowed()
        test, match = self.connection.words.test(MatchIn("main", self.asked.sure))
        sql = f"""SELECT {_COLUMNS} WHERE unit.id IN (SELECT rowid FROM word WHERE {test}) {more}
            ORDER BY {_ORDERS[order]}"""
        most, given = ("", []) if limit is None else (" LIMIT ?", [limit])
        rows = self.connection.execute(sql + most, [match, *values, *given])
        return [UnitPlace(*row) for row in rows]

    def _sure(self, what: str, then: str = "") -> Rows:
        assert self.asked.sure
        more, values = self._narrowed()
        test, match = self.connection.words.test(MatchIn("main", self.asked.sure))
        sql = f"""SELECT {what} FROM word JOIN unit ON unit.id = word.rowid JOIN indexed ON indexed.n = unit.n
            WHERE {test} {more} {then}"""
        return self.connection.execute(sql, [match, *values])

    def _count(self) -> int:
        return int(self._sure("count(*)").fetchone()[0])

    def _sure_ids(self) -> Iterator[int]:
        return (int(one) for (one,) in self._sure("unit.id")) if self.asked.sure else iter(())

    def _sure_holdings(self) -> list[str]:
        if not self.asked.sure or self.mixed:
            return []
        first = "GROUP BY indexed.holding ORDER BY min(unit.id)"
        return [str(one) for (one,) in self._sure("indexed.holding", first)]

    def maybe(
        self, seen: set[int] | frozenset[int] = frozenset()
    ) -> Iterator[tuple[UnitPlace, Finding | None]]:
        """The units that may have it by another reading, with what they have."""
        asked = self.asked
        if self.mixed:
            candidates = self._candidates(None)
        elif asked.sure is None:
            candidates = self._candidates(asked.coarse)
        elif not asked.words:  # a pattern that no word of the archive fits
            candidates = []
        else:
            candidates = self._candidates(MatchAll((asked.coarse, among_others(asked.words))))
        for unit in candidates:
            if unit.id not in seen:
                yield unit, self._finding(unit)

    def _candidates(self, match: WordMatch | None) -> list[UnitPlace]:
        """The units that have what is asked, or all, as far as the fields allow."""
        more, values = self._narrowed()
        where, given = "1 = 1", list[object]()
        if match is not None:
            test, value = self.connection.words.test(match)
            where, given = f"unit.id IN (SELECT rowid FROM word WHERE {test})", [value]
        sql = f"SELECT {_COLUMNS} WHERE {where} {more} ORDER BY {_ORDERS['date']} LIMIT ?"
        rows = self.connection.execute(sql, [*given, *values, MOST_CANDIDATES + 1]).fetchall()
        if len(rows) > MOST_CANDIDATES:
            self.complete = False
        return [UnitPlace(*row) for row in rows[:MOST_CANDIDATES]]

    def _lattice(self, unit: UnitPlace) -> WordLattice:
        reading = self.searcher.held(unit.holding).reading
        return WordLattice(reading, lines_read(unit.lines), lines_read(unit.following))

    def _finding(self, unit: UnitPlace) -> Finding | None:
        self._holding = unit.holding
        return self.evaluation.of(self.query.node, self._lattice(unit))

    def _has_field(self, asked: FieldQuery) -> bool:
        one = condition(asked)
        sql = f"SELECT 1 FROM indexed WHERE holding = ? AND {one.sql}"
        return self.connection.execute(sql, [self._holding, *one.values]).fetchone() is not None

    def _similar(self, seen: set[int]) -> Iterator[tuple[UnitPlace, Finding, Match]]:
        forms = Forms(connection=self.connection, similar=True)
        if self.mixed or not any(len(word) >= 5 for word in self.asked.words):
            return
        asked: Expressions = expressions(self.query.node, forms)
        if asked.coarse == self.asked.coarse:
            return
        evaluation = Evaluation(forms, self._has_field)
        candidates = [unit for unit in self._candidates(asked.coarse) if unit.id not in seen]
        # What looks alike only fills up what is asked for: it is not counted to the last.
        if len(candidates) > max(self.limit, MOST_ALIKE):
            self.complete = False
        for unit in candidates[: max(self.limit, MOST_ALIKE)]:
            self._holding = unit.holding
            finding = evaluation.of(self.query.node, self._lattice(unit))
            if finding is not None:
                yield (
                    unit,
                    Finding(probability=None, standing=finding.standing, paths=finding.paths),
                    Match.SIMILAR,
                )

    def _by_fields(self, facets: bool) -> SearchResult:
        where, values = self.where
        (total,) = self.connection.execute(f"SELECT count(*) FROM indexed {where}", values).fetchone()
        sql = f"""SELECT holding FROM indexed {where} ORDER BY first = '', first, serial NULLS FIRST, n"""
        if self.sort == "number":
            sql = f"SELECT holding FROM indexed {where} ORDER BY serial IS NULL, serial, first, n"
        ids = [str(one) for (one,) in self.connection.execute(sql, values)]
        asked_number = any(isinstance(f, FieldQuery) and f.name == "number" for f in _leaves(self.query.node))
        return SearchResult(
            query=self.query.text,
            hits=tuple(
                whole_hit(self.searcher.held(one), one, "number" if asked_number else "")
                for one in ids[: self.limit]
            ),
            total=int(total),
            holdings=tuple(ids),
            facets=self._facets(ids) if facets else (),
            notes=self._notes(),
        )

    def _named(self) -> list[Hit]:
        """The telegrams whose number the whole query is."""
        if self.query.number is None:
            return []
        one = condition(FieldQuery("number", self.query.text))
        rows = self.connection.execute(
            f"SELECT holding FROM indexed WHERE {one.sql} ORDER BY first LIMIT ?", [*one.values, self.limit]
        )
        return [whole_hit(self.searcher.held(holding), holding, "number") for (holding,) in rows.fetchall()]

    def _hit(self, unit: UnitPlace, finding: Finding, match: Match) -> Hit:
        return unit_hit(self.searcher.held(unit.holding), self._lattice(unit), unit, finding, match)

    def _facets(self, holdings: Iterable[str]) -> tuple[Facet, ...]:
        return spread(self.connection, holdings)

    def _suggestions(self) -> tuple[QuerySuggestion, ...]:
        found: list[QuerySuggestion] = []
        for leaf in _leaves(self.query.node):
            if not isinstance(leaf, Phrase):
                continue
            for word in leaf.words:
                if len(word) < 4 or "*" in word or "?" in word or is_live(self.connection, [word]):
                    continue
                counts = Counter(dict(alike(self.connection, word.upper(), most=8)))
                best = next((one for one, _ in counts.most_common() if is_live(self.connection, [one])), None)
                if best:
                    query = re.sub(rf"(?i)(?<![^\W_]){re.escape(word)}(?![^\W_])", best, self.query.text)
                    found.append(QuerySuggestion(query=query, instead=word, word=best))
        return tuple(found[:3])

    def _notes(self) -> tuple[str, ...]:
        notes: list[str] = []
        asked = {leaf.name for leaf in _leaves(self.query.node) if isinstance(leaf, FieldQuery)}
        if asked & ON_RECORD:
            (open_,) = self.connection.execute(
                f"SELECT count(*) FROM indexed WHERE read & {RECORD} = 0"
            ).fetchone()
            if open_:
                notes.append(f"{open_} holdings have no record yet; `septel record statements` makes it")
        if not self.complete:
            notes.append("there are more candidates than were looked at; narrow the query to be sure of all")
        return tuple(notes)


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, All):
        for part in (*node.parts, *node.without):
            yield from _leaves(part)
    elif isinstance(node, AnyOf):
        for part in node.parts:
            yield from _leaves(part)
    else:
        yield node


def _mixed(node: Node) -> bool:
    """Whether words and fields are choices beside each other, so that neither index alone can tell."""
    if isinstance(node, All):
        odd = any(
            not isinstance(p, FieldQuery) and any(isinstance(x, FieldQuery) for x in _leaves(p))
            for p in node.without
        )
        return odd or any(_mixed(part) for part in node.parts)
    if isinstance(node, AnyOf):
        fields = [isinstance(leaf, FieldQuery) for part in node.parts for leaf in _leaves(part)]
        plain = all(isinstance(part, FieldQuery) for part in node.parts)
        return any(fields) and not plain
    return False
