"""Captions and series numbers of the heading."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from septel.lexicon import letters, shapes
from septel.telegram.heading.grouped import Grouped
from septel.telegram.lines import LineKind, TelegramLine, locus_in, locus_of
from septel.telegram.lines import exact as rules
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.lines import plausibility as fitting
from septel.telegram.model import Field, SeriesNumber, new_field


class Captioning(Grouped):
    """What stands right under the class line."""

    def captions(self) -> tuple[Field[str], ...]:
        """Each caption once; a garbled one is voted on by its copies in all sections."""
        found: dict[str, Field[str]] = {}
        garbled: list[TelegramLine] = []
        for line in self._of(LineKind.CAPTION):
            if line.number in self._walk.garbled or line.seen != line.text:
                garbled.append(line)
                continue
            known = self._lexicon.caption_forms
            behind = line.text.split(" ", 1)[-1]
            whole = next((one for one in (line.text, behind) if letters(one) in known), None)
            parts = [whole] if whole else rules.CAPTION_SPLIT.split(line.text)
            for part in parts:
                caption = known.get(letters(part)) if part else None
                if caption and caption.code not in found:
                    at = line.text.find(part)
                    found[caption.code] = new_field(
                        value=caption.code, raw=part, locus=locus_in(self._reading, line, at, at + len(part))
                    )
        if garbled and not found:
            field = self._garbled_caption(garbled)
            found[field.value] = field
        return tuple(found.values())

    def _garbled_caption(self, lines: list[TelegramLine]) -> Field[str]:
        # The caption stands in every section: the one that is nearest to all copies together.
        totals: dict[str, float] = {}
        for caption in self._lexicon.captions:
            if len(caption.code) <= 7:
                totals[caption.code] = sum(self._caption_distance(line, caption.code) for line in lines)
        ranked = sorted(totals, key=lambda code: (totals[code], code))
        least = totals[ranked[0]]
        return new_field(
            value=ranked[0],
            raw=lines[0].seen,
            locus=locus_of(self._reading, lines[0]),
            alternatives=tuple(code for code in ranked[1:] if totals[code] == least),
            basis="nearest" if len(lines) == 1 else "vote",
        )

    def _caption_distance(self, line: TelegramLine, code: str) -> int:
        return Levenshtein.distance(shapes(line.seen or line.text), shapes(code))

    def _direction(self, name: str) -> str:
        known = self._lexicon.series_names.get(name)
        return known.direction if known else (fitting.direction(name) or "")

    def series(self) -> tuple[Field[SeriesNumber], ...]:
        """Each series number once; figures that may be others keep their alternatives."""
        found: dict[tuple[str, str], Field[SeriesNumber]] = {}
        for line in self._of(LineKind.SERIES):
            match = self._walk.matches.get(line.number)
            near = noisy.near_series(line.seen, self._lexicon) if line.seen != line.text else None
            if match:
                name, number = match.group("name"), match.group("number")
                # A restorer may have chosen one figure for a look-alike: the source says what else it may be.
                others = near[1] if near and near[0] == name else ()
                figures: tuple[str, ...] = tuple(dict.fromkeys((number, *others)))
            else:
                near = near or noisy.near_series(line.text, self._lexicon)
                if near is None:
                    continue
                name, figures = near[0], near[1]
            direction = self._direction(name)
            values = [
                SeriesNumber(series=name, number=n, direction=direction)
                for n in figures
                if len(n) == len(figures[0])
            ]
            found.setdefault(
                (name, figures[0]),
                new_field(
                    value=values[0],
                    raw=line.text,
                    locus=locus_of(self._reading, line),
                    alternatives=tuple(values[1:]),
                    basis="" if match else "nearest",
                ),
            )
        for line in self._of(LineKind.CLASS):
            match = self._walk.matches.get(line.number)
            if (
                match is not None
                and not line.continues
                and match.re is rules.CLASS
                and match.group("series")
                and fitting.is_series(match.group("series"), self._lexicon)
            ):
                name, number = match.group("series"), match.group("seriesno")
                start, end = match.start("series"), match.end("seriesno")
                value = SeriesNumber(series=name, number=number, direction=self._direction(name))
                field = new_field(
                    value=value, raw=line.text[start:end], locus=locus_in(self._reading, line, start, end)
                )
                found.setdefault((name, number), field)
        return tuple(found.values())
