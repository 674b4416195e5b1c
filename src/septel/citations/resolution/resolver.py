"""Finds which held telegram a reference means; where two remain possible, none is chosen.

A post numbers its telegrams anew each year. So a number alone means a year as well, and the held telegrams
of the same post say which: by their dates they show how far the numbering had come when the citing telegram
was sent. The rule for a number without a year is the drafters' own: it is of the running year if that year
had reached it, else of the year before; an older one is cited with its year or date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from septel.citations.extraction import Reference, ReferenceKind, full_year, month_number
from septel.citations.resolution.candidates import HeldCandidates
from septel.citations.resolution.held import (
    CitedMessage,
    HeldTelegram,
    ReferenceTarget,
    ResolutionStatus,
    telegram_key,
    telegrams_of,
)
from septel.citations.resolution.numbering import SLACK, Numbering, Possible
from septel.lexicon import Lexicon, letters

OLDEST = datetime.timedelta(days=270)
"""A telegram older than this is cited with its year, if the running year had reached its number. Of 47
citations without a year in released telegrams of one embassy 1974-79, 46 are at most six months old; one
means a number that the running year had not reached."""
RUN = datetime.timedelta(days=150)
"""A delegation's or a trip's own numbers start anew with each session."""
DATING = datetime.timedelta(days=3)
"""How far a date given with a reference may lie from the time of sending (local date, filing)."""
_GROUP = re.compile(r"(\d\d)(\d\d)(\d\d)([A-Z])?(?:\s+([A-Z]+))?(?:\s+(\d{2,4}))?")


class Resolver:
    """Finds the held telegram that a reference means.

    Args:
        candidates: the held telegrams.
    """

    def __init__(self, candidates: HeldCandidates) -> None:
        self._candidates = candidates
        self._numberings: dict[tuple[str, int], Numbering] = {}

    def numbering(self, post: str, year: int) -> Numbering:
        """The numbering of a post in a year, as far as the held telegrams show it."""
        key = (post, year)
        if key not in self._numberings:
            self._numberings[key] = Numbering(self._candidates.points(post, year))
        return self._numberings[key]

    def resolve(self, reference: Reference, citing: HeldTelegram) -> ReferenceTarget:
        """Which held telegram a reference of `citing` means; local words (REFTEL) see `antecedents`."""
        kind = reference.kind
        if kind is ReferenceKind.SERIES and reference.series and reference.number:
            return self._by_series(reference, citing)
        if kind is ReferenceKind.BY_TIME:
            return self._by_time(reference, citing)
        if kind in (ReferenceKind.AIRGRAM, ReferenceKind.DESPATCH):
            return _ghost(reference, citing, reference.year, "airgrams are not among the telegrams held")
        if kind in (ReferenceKind.TELEGRAM, ReferenceKind.BY_PARTY) and reference.number:
            if reference.post is None:
                return ReferenceTarget(standing=ResolutionStatus.OPEN, why="whose number it is can't be told")
            return self._by_number(reference, citing, reference.post, int(reference.number))
        if kind is ReferenceKind.SEPARATE:
            return ReferenceTarget(
                standing=ResolutionStatus.OPEN,
                candidates=self._alongside(citing),
                why="a separate telegram is cited without its number",
            )
        return ReferenceTarget(standing=ResolutionStatus.OPEN, why="it names no message by number or time")

    # -- by number --------------------------------------------------------------------------------

    def _by_number(
        self, reference: Reference, citing: HeldTelegram, post: str, number: int
    ) -> ReferenceTarget:
        same = [one for one in self._candidates.numbered(post, number) if one.id != citing.id]
        if reference.year:
            return self._dated(reference, citing, [one for one in same if one.year == reference.year])
        if citing.sent is None:
            return ReferenceTarget(
                standing=ResolutionStatus.OPEN,
                candidates=tuple(one.id for one in same),
                why="neither the reference nor the citing telegram has a year",
            )
        if reference.dated:
            day = _day_before(reference.dated, citing.sent)
            year = day.year if day else citing.sent.year
            return self._dated(reference, citing, [o for o in same if o.year == year], year=year)
        return self._undated(reference, citing, post, number, same)

    def _dated(
        self, reference: Reference, citing: HeldTelegram, same: list[HeldTelegram], *, year: int | None = None
    ) -> ReferenceTarget:
        year = year or reference.year
        day = _full_day(reference.dated, year)
        fitting = [o for o in same if day is None or o.sent is None or abs(o.sent - day) <= DATING]
        if same and not fitting:
            return ReferenceTarget(
                standing=ResolutionStatus.AMBIGUOUS,
                candidates=tuple(one.id for one in same),
                why=f"the number fits, the date {reference.dated} does not",
            )
        if citing.sent:
            fitting = [o for o in fitting if o.sent is None or o.sent <= citing.sent + SLACK]
        return self._chosen(reference, citing, fitting, year, "the reference gives the year")

    def _undated(
        self, reference: Reference, citing: HeldTelegram, post: str, number: int, same: list[HeldTelegram]
    ) -> ReferenceTarget:
        assert citing.sent is not None
        now, year = citing.sent, citing.sent.year
        unknown = tuple(one.id for one in same if one.sent is None)
        running = [o for o in same if o.sent and o.year == year and o.sent <= now + SLACK]
        later = [o for o in same if o.sent and o.year == year and o.sent > now + SLACK]
        last = [o for o in same if o.sent and o.year == year - 1]
        before = [o for o in last if o.sent and now - o.sent <= OLDEST]
        reached = (
            Possible.REACHED
            if running
            else Possible.NOT_YET
            if later
            else self._reached(citing, post, number)
        )
        if unknown:
            return ReferenceTarget(
                standing=ResolutionStatus.AMBIGUOUS,
                candidates=(*unknown, *(o.id for o in (*running, *before))),
                why="a telegram of this number is held whose year is not known",
            )
        if reached is Possible.REACHED:
            if running and before:
                return ReferenceTarget(
                    standing=ResolutionStatus.AMBIGUOUS,
                    candidates=tuple(o.id for o in (*running, *before)),
                    why="telegrams of this number are held of two years",
                )
            why = f"{post} had reached {number} in {year} when it was cited"
            return self._chosen(reference, citing, running, year, why)
        if reached is Possible.NOT_YET:
            why = f"{post} had not reached {number} in {year} when it was cited"
            return self._chosen(reference, citing, last, year - 1, why)
        if self._too_old(post, number, year - 1, now):
            why = f"{number} of the year before would be too old to be cited without its year"
            return self._chosen(reference, citing, running, year, why)
        wanted = _wanted(reference, citing, None, (year - 1, year))
        if before:
            return ReferenceTarget(
                standing=ResolutionStatus.AMBIGUOUS,
                candidates=tuple(o.id for o in before),
                wanted=wanted,
                why=f"{year} may have reached the number as well",
            )
        return ReferenceTarget(standing=ResolutionStatus.GHOST, wanted=wanted, why="the year can't be told")

    def _reached(self, citing: HeldTelegram, post: str, number: int) -> Possible:
        assert citing.sent is not None
        if citing.post == post and citing.serial is not None:
            # The citing telegram's own number says how far its post had come.
            return Possible.REACHED if number < citing.serial else Possible.NOT_YET
        return self.numbering(post, citing.sent.year).reached(number, citing.sent)

    def _too_old(self, post: str, number: int, year: int, now: datetime.datetime) -> bool:
        """Whether that year's number was surely sent long ago."""
        _, above = self.numbering(post, year).around(number)
        return above is not None and now - above.sent > OLDEST + SLACK

    def _chosen(
        self,
        reference: Reference,
        citing: HeldTelegram,
        found: list[HeldTelegram],
        year: int | None,
        why: str,
    ) -> ReferenceTarget:
        groups = telegrams_of(found)
        if len(groups) == 1:
            return ReferenceTarget(
                standing=ResolutionStatus.RESOLVED, targets=tuple(o.id for o in groups[0]), why=why
            )
        if groups:
            return ReferenceTarget(
                standing=ResolutionStatus.AMBIGUOUS,
                candidates=tuple(one.id for group in groups for one in group),
                why="several telegrams bear this number",
            )
        return _ghost(reference, citing, year, why)

    # -- by series, by time, by nothing -------------------------------------------------------------

    def _by_series(self, reference: Reference, citing: HeldTelegram) -> ReferenceTarget:
        number = int(reference.number or 0)
        same = [o for o in self._candidates.of_series(reference.series or "", number) if o.id != citing.id]
        if citing.sent is None or any(o.sent is None for o in same):
            if same:
                why = "without dates it can't be told of which session it is"
                return ReferenceTarget(
                    standing=ResolutionStatus.AMBIGUOUS, candidates=tuple(o.id for o in same), why=why
                )
            return _ghost(reference, citing, reference.year, "no telegram of this series number is held")
        now = citing.sent
        near = [o for o in same if o.sent and now - RUN <= o.sent <= now + SLACK]
        return self._chosen(reference, citing, near, now.year, "the one of this session")

    def _by_time(self, reference: Reference, citing: HeldTelegram) -> ReferenceTarget:
        group = _GROUP.match(reference.time or "")
        if group is None:
            return ReferenceTarget(standing=ResolutionStatus.OPEN, why="the time can't be read")
        day, hour, minute = (int(group.group(n)) for n in (1, 2, 3))
        month = month_number(group.group(5)) if group.group(5) else None
        year = full_year(group.group(6)) or reference.year
        found = []
        for one in self._candidates.sent_at(day, hour, minute):
            assert one.sent is not None
            if one.id == citing.id or not _same_sender(reference, one):
                continue
            if (month and one.sent.month != month) or (year and one.sent.year != year):
                continue
            if citing.sent and not timedelta_within(citing.sent - one.sent, year, month):
                continue
            if citing.sent is None and not (month and year):
                continue
            found.append(one)
        return self._chosen(reference, citing, found, year, "sender and time of sending agree")

    def _alongside(self, citing: HeldTelegram) -> tuple[str, ...]:
        """Other telegrams of the same sender within a day: one of them may be a SEPTEL."""
        if citing.sent is None or citing.post is None:
            return ()
        day = datetime.timedelta(days=1)
        found: list[HeldTelegram] = []
        for year in {(citing.sent - day).year, (citing.sent + day).year}:
            for point in self.numbering(citing.post, year).within(citing.sent - day, citing.sent + day):
                found += self._candidates.numbered(citing.post, point.serial)
        near = [o for o in found if o.sent and abs(o.sent - citing.sent) <= day and o.id != citing.id]
        return tuple(dict.fromkeys(o.id for o in near if telegram_key(o) != telegram_key(citing)))


def minute_cited(reference: Reference) -> tuple[int, int, int] | None:
    """Day of the month, hour and minute of a message that is cited by its date-time group."""
    group = _GROUP.match(reference.time or "")
    return (int(group[1]), int(group[2]), int(group[3])) if group else None


def name_cited(reference: Reference, citing: HeldTelegram) -> str:
    """What a cited message is called: its number, or the form in which it is cited."""
    if reference.kind is ReferenceKind.BY_PARTY and reference.post and reference.number:
        return f"{reference.post} {reference.number}"
    if reference.kind is ReferenceKind.AIRGRAM and reference.post is None:
        return f"{reference.normal} (cited by {citing.post or 'unknown'})"
    return reference.normal


def timedelta_within(age: datetime.timedelta, year: int | None, month: int | None) -> bool:
    """Whether a message of that age may be meant: a bare day is of this month, a bare month of this year."""
    if age < -SLACK:
        return False
    if year:
        return True
    return age <= (OLDEST if month else datetime.timedelta(days=27))


_LETTERS = "ABCDEFGHIJ"


def antecedents(found: Sequence[Reference]) -> dict[int, tuple[int, ...]]:
    """Which items of the reference line a REFTEL or REF A means, by their places in the list.

    A letter means the item of that letter. A bare REFTEL means the line's one item, REFTELS all of them.
    Words that can't be tied to an item are left out.
    """
    items = [n for n, r in enumerate(found) if r.paragraph == "heading"]
    lettered = {found[n].letter: n for n in reversed(items) if found[n].letter}
    for place, n in enumerate(items):
        # A letter that can't be read (`(AL LA PAZ A-048; (B) ...`) follows from the place in the line.
        if found[n].letter is None and len(items) > 1 and place < len(_LETTERS):
            lettered.setdefault(_LETTERS[place], n)
    tied: dict[int, tuple[int, ...]] = {}
    for n, reference in enumerate(found):
        if reference.kind is not ReferenceKind.REFTEL or reference.paragraph == "heading":
            continue
        if reference.letter:
            if reference.letter in lettered:
                tied[n] = (lettered[reference.letter],)
        elif "AIR" in reference.raw:
            airgrams = [i for i in items if found[i].kind is ReferenceKind.AIRGRAM]
            if len(airgrams) == 1:
                tied[n] = tuple(airgrams)
        elif len(items) == 1 or (items and reference.raw.rstrip(")").endswith("S")):
            tied[n] = tuple(items)
    return tied


def _same_sender(reference: Reference, held: HeldTelegram) -> bool:
    if not reference.sender:
        return False
    if reference.post and reference.post == held.post:
        return True
    if not held.sender:
        return False
    post = Lexicon.shipped().post(held.sender)
    return letters(reference.sender) == letters(held.sender) or bool(post and post.name == reference.post)


def _full_day(dated: str | None, year: int | None) -> datetime.datetime | None:
    if not dated:
        return None
    parts = dated.lstrip("-").split("-")
    if dated.startswith("--"):
        parts = [str(year or 0), *parts]
    if len(parts) != 3 or not int(parts[0]):
        return None
    try:
        return datetime.datetime(int(parts[0]), int(parts[1]), int(parts[2]), 12)
    except ValueError:
        return None


def _day_before(dated: str, now: datetime.datetime) -> datetime.datetime | None:
    """The latest day of this month and day that is not after `now`."""
    for year in (now.year, now.year - 1):
        day = _full_day(dated, year)
        if day and day <= now + DATING:
            return day
    return None


def _wanted(
    reference: Reference, citing: HeldTelegram, year: int | None, years: tuple[int, ...] = ()
) -> CitedMessage:
    return CitedMessage(
        kind=ReferenceKind.TELEGRAM if reference.kind is ReferenceKind.BY_PARTY else reference.kind,
        name=name_cited(reference, citing),
        post=reference.post,
        number=int(reference.number) if reference.number and reference.number.isdigit() else None,
        year=year,
        years=years,
    )


def _ghost(reference: Reference, citing: HeldTelegram, year: int | None, why: str) -> ReferenceTarget:
    return ReferenceTarget(standing=ResolutionStatus.GHOST, wanted=_wanted(reference, citing, year), why=why)
