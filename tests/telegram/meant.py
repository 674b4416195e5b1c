"""Which of some documents a name may mean, looked at one by one: what the archive's index is held against."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from septel.telegram.names import Named, TelegramName, _folded, _is_number, record_number, telegram_name

LEAST_ID = 4
"""How many characters of an id are the least that mean it."""


def find_named(name: str, held: Iterable[Named]) -> tuple[str, ...]:
    """The ids of all holdings that a name may mean, in the order given.

    Beginnings count when nothing else fits.

    A year that the name says takes those of that year before those whose year is open.
    """
    known = list(held)
    for test in (_is_whole, _begins):
        found = [(one, year) for one in known for year in (test(name, one),) if year is not None]
        if found:
            best = max(year for _, year in found)
            return tuple(dict.fromkeys(one.id for one, year in found if year == best))
    return ()


def fits(asked: TelegramName, own: TelegramName) -> bool:
    """Whether two names may mean one telegram: what only one of them says does not part them."""
    return (
        asked.serial == own.serial
        and (asked.post is None or asked.post == own.post)
        and (asked.year is None or own.year is None or asked.year == own.year)
    )


def _is_whole(name: str, one: Named) -> int | None:
    """2 where the holding bears the name, 1 where the year of one is open, None where it does not."""
    bare = name.strip()
    if not bare:
        return None
    if one.id == bare.lower() or (len(bare) >= LEAST_ID and one.id.startswith(bare.lower())):
        return 2
    folded = _folded(bare)
    if any(bare == file or folded in (_folded(file), _folded(PurePath(file).stem)) for file in one.files):
        return 2
    if folded and folded in map(_folded, one.texts):
        return 2
    record = record_number(bare)
    if record is not None and record in one.records:
        return 2
    asked = telegram_name(bare)
    if asked is None:
        return None
    fitting = [own for own in one.telegrams if fits(asked, own)]
    if not fitting:
        return None
    return 2 if asked.year is None or any(own.year == asked.year for own in fitting) else 1


def _begins(name: str, one: Named) -> int | None:
    folded = _folded(name)
    if len(folded) < 2:
        return None
    texts = (*one.texts, *one.files, *one.records, *(f"{own.post}{own.serial}" for own in one.telegrams))
    longer = [text[len(folded) :] for text in map(_folded, texts) if text.startswith(folded)]
    asked = telegram_name(name)
    if longer and not (_is_number(asked) and all(rest[:1].isdigit() for rest in longer)):
        return 1
    if asked is not None and asked.post and len(asked.post) >= 3:
        # `MEX 7373`: a post may be cut, its number not.
        for own in one.telegrams:
            cut = own.post is not None and own.post.startswith(asked.post)
            if cut and fits(TelegramName(post=own.post, serial=asked.serial, year=asked.year), own):
                return 1
    return None
