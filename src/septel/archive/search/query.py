"""Answers a query: the surest readings first, then what may be, then what came, then what looks alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from septel.archive.search import unit_rows
from septel.archive.search.conditions import condition, conditions, documents_with
from septel.archive.search.evaluation import ALIKE, AS_READ, Evaluation, Finding
from septel.archive.search.expressions import LEAST_ALIKE, Expressions, Forms, among_others, expressions
from septel.archive.search.facets import Noted, noted, spread
from septel.archive.search.hits import Kept, ShownText, UnitPlace, rank_by, unit_hit, whole_hit
from septel.archive.search.lattice import Standing, WordLattice
from septel.archive.search.plain_units import (
    begins_all,
    has_any,
    is_unedited,
    own_words,
    pairs_of,
    phrase_spans,
    phrases_of,
    plain_lattice,
    plain_texts,
    plain_words_of,
    word_spans,
)
from septel.archive.search.query_language import (
    FieldQuery,
    Phrase,
    Query,
    advised,
    is_mixed,
    leaves,
    notes,
    suggestions,
)
from septel.archive.search.results import Facet, Hit, Match, SearchResult
from septel.archive.search.unit_rows import SureUnits, UnitRows, in_order, is_large, over_labels, sure_units
from septel.archive.search.units import lines_read
from septel.archive.store import Database, MatchAll, MatchWithout, WordMatch
from septel.errors import UsageError
from septel.text import Reading, Span

SORTS = ("relevance", "date", "number")
MOST_CANDIDATES = 3000
"""So many units at most are held against their lattices for one query; past that the total is a least one."""
MOST_ALIKE = 60
"""So many units, or as are wanted, are looked at for what looks alike; half for phrases and if large."""
_WINDOW = 2
"""So many times as many units as hits are asked for are looked at, for the order to be right."""
_LEAST_WINDOW = 20
_MOST_WINDOWS = 10
"""So many times, at most, the next ones are looked at."""
_AHEAD = 32
"""So many units are looked at together."""
_MOST_LATTICES = 200
"""So many are kept while a query is answered: what is shown was held against its lattice before."""
_MATCHES = {Standing.READ: Match.RESTORED, Standing.MAYBE: Match.ALTERNATIVE, Standing.SOURCE: Match.SOURCE}


class Searcher:
    """Searches one catalogue.

    Args:
        connection: the catalogue.
        readings: gives documents as they are read now.
        shown: gives what hits show beside that.
    """

    def __init__(
        self,
        connection: Database,
        readings: Callable[[Sequence[str]], Mapping[str, Reading]],
        shown: Callable[[Sequence[str]], Mapping[str, ShownText]],
    ) -> None:
        self.connection = connection
        self.readings, self.shown = Kept(readings), Kept(shown)
        self._edition: tuple[int, int] | None = None
        self._whole: tuple[Facet, ...] | None = None

    def run(self, query: Query, *, limit: int, sort: str = "relevance", facets: bool = False) -> SearchResult:
        """What a query finds.

        Raises:
            QueryError: a part of it can't be understood.
            UsageError: there is no such order.
        """
        if sort not in SORTS:
            raise UsageError(f"nothing can be sorted by {sort!r}", remedy=f"Choose {', '.join(SORTS)}.")
        self._look()
        return advised(self.connection, query, _Run(self, query, limit, sort).result(facets))

    def select(self, query: Query) -> list[str]:
        """The documents that a query means, oldest first: by their fields, and by their words as read."""
        self._look()
        run = _Run(self, query, 0, "date")
        if not run.asked.coarse:
            listed, values = documents_with(run.fields, self.connection)
            sql = f"SELECT holding FROM {listed} ORDER BY first = '', first, serial NULLS FIRST, n"
            return [str(one) for (one,) in self.connection.execute(sql, values)]
        sure_units = run.sure_units(unit_rows.MOST_COUNTED)
        sure = run.all_sure() if not sure_units.complete else sure_units.ordered("date", sure_units.count())
        maybe = run.maybe(sure_units)
        read = [unit for unit, what in maybe if what is not None and what.standing is Standing.READ]
        return list(dict.fromkeys(unit.holding for unit in sorted((*sure, *read), key=lambda one: one.key)))

    def facets(self, documents: Collection[int], known: Sequence[Noted] | None = None) -> tuple[Facet, ...]:
        """How documents, given by their numbers in the index, are spread over fields.

        `known` says what is noted of each, where that is at hand. Of the whole archive it is kept until
        something is written.
        """
        query = "SELECT count(*) FROM (SELECT 1 FROM indexed LIMIT ?) AS counted"
        (held,) = self.connection.execute(query, [len(documents) + 1]).fetchone()
        if len(documents) < held:
            return spread(self.connection, noted(self.connection, documents) if known is None else [known])
        self._whole = self._whole or spread(self.connection, noted(self.connection, None))
        return self._whole

    def _look(self) -> None:
        """Forget documents as they were before anything was written, here or elsewhere."""
        edition = self.connection.edition()
        if edition != self._edition:
            self.readings.forget()
            self.shown.forget()
            self._whole = None
            self._edition = edition


class _Run:
    """One query on its way."""

    def __init__(self, searcher: Searcher, query: Query, limit: int, sort: str) -> None:
        self.searcher, self.connection = searcher, searcher.connection
        self.query, self.limit, self.sort = query, limit, sort
        self.forms = Forms(connection=self.connection)
        self.asked = expressions(query.node, self.forms)
        self.fields = conditions(query.node)
        self.rows = UnitRows(self.connection, self.fields)
        self.complete = True
        self.mixed = is_mixed(query.node)
        self.evaluation = self.alike = Evaluation(self.forms, self._has_field)
        self._holding = ""
        self._lattices: dict[int, WordLattice] = {}
        self._fitting: dict[FieldQuery, frozenset[str]] = {}
        self._likes: frozenset[str] = frozenset()
        self._window = max(_WINDOW * limit, _LEAST_WINDOW)

    def result(self, facets: bool) -> SearchResult:
        """Everything that was found."""
        if not self.asked.coarse and not self.mixed:
            return self._by_fields(facets)
        named = self._named()
        hits = [hit for hit, _ in named]
        documents = {hit.holding: n for hit, n in named}
        count_named = len(documents)
        quickly = not facets and self.sort == "relevance" and is_large(self.connection)
        most = max(unit_rows.MOST_QUICKLY, self._window) if quickly else unit_rows.MOST_COUNTED
        sure = self.sure_units(most)
        total, self.complete = sure.count(), sure.complete
        found: list[tuple[UnitPlace, Finding, Match]] = []
        seen: set[int] = set()
        for units in self._in_lots(sure):
            first = not seen
            for unit, finding in self._read(units):
                seen.add(unit.id)
                total -= finding is None  # it has the words, and not as they are asked for
                if finding is not None:
                    found.append((unit, finding, Match.RESTORED))
                if not first and len(found) >= self.limit:
                    break
            if len(found) >= self.limit:
                break
        # What may be stands behind all of it, and is not counted where that is not counted to its end.
        for unit, maybe in (
            self.maybe(sure) if sure.complete or not quickly or len(found) < self.limit else ()
        ):
            if maybe is not None:
                total += 1
                seen.add(unit.id)
                found.append((unit, maybe, _MATCHES[maybe.standing]))
        if len(found) < self.limit and not named:
            alike_found = list(self._similar(seen))
            total += len(alike_found)
            found += alike_found
        found.sort(key=rank_by(self.sort))
        shown = found[: max(0, self.limit - len(hits))]
        self._have_shown([unit.holding for unit, _, _ in shown])
        hits += [self._hit(*one) for one in shown]
        documents |= {unit.holding: unit.n for unit, _, _ in found}
        documents |= sure.documents() if total > len(found) else ()
        restored = any(match is Match.RESTORED for _, _, match in found)
        return SearchResult(
            query=self.query.text,
            hits=tuple(hits[: self.limit]),
            total=total + count_named,
            holdings=tuple(documents),
            complete=self.complete,
            facets=self.searcher.facets(documents.values()) if facets else (),
            suggestions=() if restored else suggestions(self.connection, self.query, self.forms.alike),
            notes=notes(self.connection, self.query, complete=self.complete),
        )

    def _in_lots(self, sure: SureUnits) -> Iterator[list[UnitPlace]]:
        """The first units in order, then more where some have the words otherwise than they are asked for."""
        first = sure.ordered(self.sort, self._window)
        yield first
        if len(first) == self._window:
            yield sure.ordered(self.sort, _MOST_WINDOWS * self._window)[self._window :]

    @property
    def _sure(self) -> WordMatch | None:
        """What the words as read must have; None where nothing is asked that they can tell."""
        return self.asked.sure if self.asked.sure and not self.mixed else None

    def sure_units(self, most: int) -> SureUnits:
        """The units whose words as read have all that is asked, so many at most."""
        return sure_units(self.rows, self.query.node, self._sure, self.searcher.readings, most)

    def all_sure(self) -> list[UnitPlace]:
        """The same by date, however many there are."""
        return self.rows.ordered(self._sure, "date", None) if self._sure else []

    def _read(self, units: Sequence[UnitPlace]) -> Iterator[tuple[UnitPlace, Finding | None]]:
        """Units whose words as read have what is asked, with what they have."""
        phrases = phrases_of(self.query.node)
        texts = self._texts(units) if phrases else {}
        for unit in self._ahead(units, texts):
            text = self._text(unit, texts) if phrases else None
            begins = begins_all(text, unit, phrases) if phrases and text is not None else None
            if begins is not None:
                yield unit, AS_READ if begins else None
            else:
                yield unit, self._finding(unit, text)

    def maybe(self, sure: SureUnits) -> Iterator[tuple[UnitPlace, Finding | None]]:
        """The units that may have it by another reading, and not as read, with what they have."""
        asked = self.asked
        if self.mixed:
            candidates = self._candidates(None)
        elif asked.sure is None:
            candidates = self._candidates(asked.coarse)
        elif not asked.words:  # a pattern that no word of the archive fits
            candidates = []
        else:
            others = among_others(asked.words)
            match: WordMatch = MatchAll((others, asked.coarse))
            if sure.ids is None and self._sure:
                match = MatchWithout(match, self._sure)
            candidates = self._candidates(match, sure.ids or frozenset()) if self.rows.any(others) else []
            more, all_of_them = over_labels(self.rows, self.query.node, sure, MOST_CANDIDATES)
            self.complete = self.complete and all_of_them
            known = {unit.id for unit in candidates}
            candidates += [unit for unit in more if unit.id not in known]
            candidates.sort(key=in_order("date"))
        pairs, phrases = list(pairs_of(self.query.node)), phrases_of(self.query.node)
        single = [words[0] for words in phrases or () if all(len(one) == 1 for one in phrases or ())]
        texts = self._texts(candidates) if pairs or single else {}
        for unit in self._ahead(candidates, texts):
            text = self._text(unit, texts)
            words = plain_words_of(text, unit) if text is not None else None
            if words is not None and single and words.placed:
                yield unit, AS_READ if words.has_each(single) else None
            else:
                possible = words is None or words.may_have(pairs)
                yield unit, self._finding(unit, text) if possible else None

    def _ahead(self, units: Sequence[UnitPlace], texts: Mapping[str, str]) -> Iterator[UnitPlace]:
        """Units one by one; those whose texts are not known are read some at a time."""
        for at in range(0, len(units), _AHEAD):
            lot = units[at : at + _AHEAD]
            self.searcher.readings.have(unit.holding for unit in lot if unit.holding not in texts)
            yield from lot

    def _texts(self, units: Sequence[UnitPlace]) -> dict[str, str]:
        return plain_texts(self.connection, [unit.holding for unit in units])

    def _text(self, unit: UnitPlace, texts: Mapping[str, str]) -> str | None:
        """The text in which a unit can be looked at as one without edits, or None."""
        text = texts.get(unit.holding)
        if text is None:
            reading = self.searcher.readings.of(unit.holding)
            text = reading.text if is_unedited(reading, unit) else None
        return text

    def _have_shown(self, holdings: Sequence[str]) -> None:
        """Ask for all that some hits show together."""
        self.searcher.readings.have(holdings)
        self.searcher.shown.have(holdings)

    def _whole_hit(self, holding: str, part: str) -> Hit:
        return whole_hit(self.searcher.readings.of(holding), self.searcher.shown.of(holding), holding, part)

    def _candidates(self, match: WordMatch | None, known: Set[int] = frozenset()) -> list[UnitPlace]:
        """The units that have what is asked, or all, as far as the fields allow, without those known."""
        found = self.rows.ordered(match, "date", MOST_CANDIDATES + 1 + len(known))
        found = [unit for unit in found if unit.id not in known]
        if len(found) > MOST_CANDIDATES:
            self.complete = False
        return found[:MOST_CANDIDATES]

    def _lattice(self, unit: UnitPlace) -> WordLattice:
        if unit.id not in self._lattices:
            if len(self._lattices) >= _MOST_LATTICES:
                self._lattices.clear()
            reading = self.searcher.readings.of(unit.holding)
            lines, following = lines_read(unit.lines), lines_read(unit.following)
            self._lattices[unit.id] = WordLattice(reading, lines, following)
        return self._lattices[unit.id]

    def _finding(self, unit: UnitPlace, text: str | None = None) -> Finding | None:
        return self._evaluated(self.evaluation, unit, text)

    def _evaluated(self, evaluation: Evaluation, unit: UnitPlace, text: str | None) -> Finding | None:
        """With the text of a document without edits, that is not loaded."""
        self._holding = unit.holding
        lattice = self._lattice(unit) if text is None else plain_lattice(text, unit)
        return evaluation.of(self.query.node, lattice)

    def _has_field(self, asked: FieldQuery) -> bool:
        if asked not in self._fitting:
            one = condition(asked)
            rows = self.connection.execute(f"SELECT holding FROM indexed WHERE {one.sql}", one.values)
            self._fitting[asked] = frozenset(str(holding) for (holding,) in rows)
        return self._holding in self._fitting[asked]

    def _similar(self, seen: set[int]) -> Iterator[tuple[UnitPlace, Finding, Match]]:
        """What looks alike only fills up what is asked for: the first by their numbers, not all of it."""
        phrase = isinstance(self.query.node, Phrase)
        single = phrase and len(self.asked.words) == 1
        likely = any(len(word) >= LEAST_ALIKE for word in self.asked.words)
        if self.mixed or not (likely or (phrase and not single)):
            return
        forms = Forms(connection=self.connection, similar=True, near=self.forms.near)
        asked: Expressions = expressions(self.query.node, forms)
        if asked.coarse == self.asked.coarse:
            return
        self.alike = Evaluation(forms, self._has_field)
        all_of_them = single and not is_large(self.connection)
        most = max(self.limit, MOST_ALIKE if all_of_them else MOST_ALIKE // 2)
        candidates = self.rows.alike(asked.coarse, asked.slack, seen, most + 1)
        if len(candidates) > most:
            self.complete = False
        self._likes = fitting = frozenset(asked.words)
        texts = self._texts(candidates[:most])
        for unit in self._ahead(candidates[:most], texts):
            text = texts.get(unit.holding)
            whole = self.searcher.readings.of(unit.holding).text if text is None else text
            if single and has_any(own_words(whole, unit), fitting, pieces=text is not None):
                yield unit, ALIKE, Match.SIMILAR
            elif (found := self._alike_finding(unit, text)) is not None:
                yield unit, found, Match.SIMILAR

    def _alike_finding(self, unit: UnitPlace, text: str | None = None) -> Finding | None:
        found = self._evaluated(self.alike, unit, text)
        return found and replace(found, probability=None)

    def _by_fields(self, facets: bool) -> SearchResult:
        listed, values = documents_with(self.fields, self.connection)
        dated, numbered = "first = '', first, serial NULLS FIRST, n", "serial IS NULL, serial, first, n"
        order = numbered if self.sort == "number" else dated
        query = f"SELECT holding, n, read, facets FROM {listed} ORDER BY {order}"
        rows = self.connection.execute(query, values).fetchall()
        ids = [str(row[0]) for row in rows]
        asked_number = any(isinstance(f, FieldQuery) and f.name == "number" for f in leaves(self.query.node))
        self._have_shown(ids[: self.limit])
        return SearchResult(
            query=self.query.text,
            hits=tuple(self._whole_hit(one, "number" if asked_number else "") for one in ids[: self.limit]),
            total=len(ids),
            holdings=tuple(ids),
            facets=self.searcher.facets(range(len(rows)), [row[2:] for row in rows]) if facets else (),
            notes=notes(self.connection, self.query, complete=self.complete),
        )

    def _named(self) -> list[tuple[Hit, int]]:
        """The telegrams whose number the whole query is, with their numbers in the index."""
        if self.query.number is None:
            return []
        one = condition(FieldQuery("number", self.query.text))
        sql = f"SELECT holding, n FROM indexed WHERE {one.sql} ORDER BY first LIMIT ?"
        rows = self.connection.execute(sql, [*one.values, self.limit]).fetchall()
        self._have_shown([str(holding) for holding, _ in rows])
        return [(self._whole_hit(str(holding), "number"), int(n)) for holding, n in rows]

    def _hit(self, unit: UnitPlace, finding: Finding, match: Match) -> Hit:
        reading = self.searcher.readings.of(unit.holding)
        spans: list[Span] | None = None
        if finding is ALIKE:
            spans = word_spans(reading, unit, self._likes)
            finding = finding if spans else self._alike_finding(unit) or finding
        elif finding is AS_READ:
            spans = phrase_spans(reading, unit, phrases_of(self.query.node) or ())
            finding = finding if spans else self._finding(unit) or finding
        if not spans:
            spans = [self._lattice(unit).span(path) for path in finding.paths]
        return unit_hit(self.searcher.shown.of(unit.holding), reading, unit, finding, match, spans)
