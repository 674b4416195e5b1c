"""The held telegrams that a reference may mean, asked of the catalogue when they are wanted."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from septel.archive.store import LARGEST, Database
from septel.citations import HeldTelegram, Point

COLUMNS = "telegram.holding, telegram.post, telegram.serial, telegram.year, telegram.sent, telegram.sender"
"""What of the table `telegram` makes a held telegram."""
HERE = "{table}.holding NOT IN (SELECT holding FROM absent)"
"""What was hidden or deleted neither cites nor is cited."""
_LOT = 500


def held_of(row: Sequence[Any]) -> HeldTelegram:
    """A telegram from its row (`COLUMNS`)."""
    holding, post, serial, year, sent, sender = row
    return HeldTelegram(
        id=holding,
        post=post,
        serial=serial,
        year=year,
        sent=datetime.datetime.fromisoformat(sent) if sent else None,
        sender=sender,
    )


class HeldRows:
    """The telegrams of an archive by what others cite them by (`septel.citations.HeldCandidates`).

    Args:
        connection: the catalogue.
    """

    def __init__(self, connection: Database) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, int], list[HeldTelegram]] = {}
        self._series: dict[tuple[str, int], list[HeldTelegram]] = {}

    def of(self, holdings: Sequence[str]) -> dict[str, HeldTelegram]:
        """Those of some documents that are here, in the order of their ids."""
        found: dict[str, HeldTelegram] = {}
        for at in range(0, len(holdings), _LOT):
            lot = list(holdings[at : at + _LOT])
            marks = ", ".join("?" * len(lot))
            rows = self._asked(f"telegram.holding IN ({marks})", lot)
            found |= {one.id: one for one in rows}
        return found

    def look_up(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Ask for many numbers of posts and delegations at once, in place of those asked for before."""
        keys = list(dict.fromkeys(numbers))
        self._numbers = {key: [] for key in keys}
        self._series = {key: [] for key in keys}
        for at in range(0, len(keys), _LOT):
            lot = keys[at : at + _LOT]
            marks, values = ", ".join(["(?, ?)"] * len(lot)), [value for key in lot for value in key]
            for row in self._connection.execute(
                f"""WITH wanted (run, number) AS (VALUES {marks})
                    SELECT wanted.run, wanted.number, {COLUMNS} FROM wanted
                    JOIN telegram ON telegram.post = wanted.run AND telegram.serial = wanted.number
                    WHERE {HERE.format(table="telegram")} ORDER BY telegram.holding""",
                values,
            ):
                self._numbers[row[0], row[1]].append(held_of(row[2:]))
            for row in self._connection.execute(
                f"""WITH wanted (run, number) AS (VALUES {marks})
                    SELECT wanted.run, wanted.number, {COLUMNS} FROM wanted
                    JOIN series_number AS own ON own.series = wanted.run AND own.number = wanted.number
                    JOIN telegram ON telegram.holding = own.holding
                    WHERE {HERE.format(table="telegram")} ORDER BY telegram.holding""",
                values,
            ):
                self._series[row[0], row[1]].append(held_of(row[2:]))

    def numbered(self, post: str, serial: int) -> Sequence[HeldTelegram]:
        """Those of a number of a post's run."""
        if (post, serial) in self._numbers:
            return self._numbers[post, serial]
        if serial > LARGEST:
            return ()
        return self._asked("telegram.post = ? AND telegram.serial = ?", [post, serial])

    def of_series(self, series: str, number: int) -> Sequence[HeldTelegram]:
        """Those of a number of a delegation's run."""
        if (series, number) in self._series:
            return self._series[series, number]
        if number > LARGEST:
            return ()
        own = "telegram.holding IN (SELECT holding FROM series_number WHERE series = ? AND number = ?)"
        return self._asked(own, [series, number])

    def sent_at(self, day: int, hour: int, minute: int) -> Sequence[HeldTelegram]:
        """Those sent at a day of the month and a time."""
        return self._asked("substr(telegram.sent, 9) = ?", [f"{day:02}T{hour:02}:{minute:02}"])

    def points(self, post: str, year: int) -> Iterable[Point]:
        """The numbers that a post gave out in a year."""
        rows = self._connection.execute(
            f"""SELECT serial, sent FROM telegram WHERE post = ? AND serial IS NOT NULL
                AND sent >= ? AND sent < ? AND {HERE.format(table="telegram")}""",
            [post, f"{year:04}", f"{year + 1:04}"],
        )
        return [Point(serial=serial, sent=datetime.datetime.fromisoformat(sent)) for serial, sent in rows]

    def series_of(self, holding: str) -> list[tuple[str, int]]:
        """A document's own numbers in delegations' runs."""
        rows = self._connection.execute(
            "SELECT series, number FROM series_number WHERE holding = ?", [holding]
        )
        return [(str(series), int(number)) for series, number in rows]

    def runs(self) -> dict[str, tuple[tuple[str, int] | None, tuple[str, int] | None]]:
        """Every run of numbers by its name (`1974 LA PAZ`): its post and year, its series and year."""
        here = HERE.format(table="telegram")
        found: dict[str, tuple[tuple[str, int] | None, tuple[str, int] | None]] = {}
        for post, year in self._connection.execute(
            f"""SELECT DISTINCT post, year FROM telegram WHERE post IS NOT NULL AND serial IS NOT NULL
                AND year = CAST(substr(sent, 1, 4) AS INTEGER) AND {here}"""
        ):
            found[f"{year} {post}"] = ((post, year), None)
        for series, text in self._connection.execute(
            f"""SELECT DISTINCT series, substr(sent, 1, 4) FROM series_number JOIN telegram USING (holding)
                WHERE sent IS NOT NULL AND {here}"""
        ):
            name = f"{int(text)} {series}"
            found[name] = (found.get(name, (None, None))[0], (series, int(text)))
        return found

    def members(
        self, of_post: tuple[str, int] | None, of_series: tuple[str, int] | None
    ) -> list[tuple[str, int, datetime.datetime]]:
        """The telegrams of a run: holding, number, time of sending."""
        here = HERE.format(table="telegram")
        found = defaultdict[str, list[tuple[int, str]]](list)
        if of_post:
            post, year = of_post
            for holding, serial, sent in self._connection.execute(
                f"""SELECT holding, serial, sent FROM telegram WHERE post = ? AND serial IS NOT NULL
                    AND year = ? AND sent >= ? AND sent < ? AND {here} ORDER BY holding""",
                [post, year, f"{year:04}", f"{year + 1:04}"],
            ):
                found[holding].append((serial, sent))
        if of_series:
            series, year = of_series
            for holding, number, sent in self._connection.execute(
                f"""SELECT telegram.holding, number, sent FROM series_number JOIN telegram USING (holding)
                    WHERE series = ? AND sent >= ? AND sent < ? AND {here}
                    ORDER BY telegram.holding, number""",
                [series, f"{year:04}", f"{year + 1:04}"],
            ):
                found[holding].append((number, sent))
        read = datetime.datetime.fromisoformat
        return [(one, number, read(sent)) for one in sorted(found) for number, sent in found[one]]

    def _asked(self, where: str, values: Sequence[object]) -> list[HeldTelegram]:
        rows = self._connection.execute(
            f"""SELECT {COLUMNS} FROM telegram WHERE {where} AND {HERE.format(table="telegram")}
                ORDER BY telegram.holding""",
            values,
        )
        return [held_of(row) for row in rows]
