"""The names by which people know a telegram, and which of those held a name may mean.

`LA PAZ 158`, `LA PAZ 00158`, `1974LAPAZ00158`, `lapaz 158`, `Embassy La Paz telegram 158` are one telegram. A
record number (`104-10100-10199`), a file's name, an id, and the beginning of any of these are names too.
Nothing is guessed: `keys_meant` and `keys_beginning` find all that fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from septel.lexicon import Lexicon, letters

_YEAR = r"(?:(?P<century>1[89]\d\d|20\d\d)|'?(?P<short>\d\d)(?=\s))"
_NAME = re.compile(
    rf"(?:{_YEAR}\s*)?(?P<post>[A-Za-z][A-Za-z ./'-]*?)\s*[-#]?\s*(?:NO\.?|NR\.?|NUMBER|N:o)?\s*#?"
    r"(?P<serial>\d{1,3}(?:,\d{3})+|\d{1,7})[A-Z]?\s*"
    r"(?:[,(\[]?\s*(?P<after>1[89]\d\d|20\d\d)\s*[)\]]?)?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:TELEGRAM|CABLE|TEL|NO\.?|NR\.?)?\s*#?(?P<serial>\d{1,7})\s+(?:FROM|OF)\s+"
    r"(?P<post>[A-Za-z][A-Za-z ./'-]*?)(?:\s*[,(]?\s*(?P<after>1[89]\d\d)\)?)?$",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\s+TO\s+(?:THE\s+)?(?:DEPARTMENT|DEPT|STATE|SECSTATE|SECRETARY)[A-Za-z ,]*?(?=\s+(?:TELEGRAM|TEL)\b)",
    re.I,
)
_WORD = re.compile(
    r"\b(?:TELEGRAM|CABLE|TELNO|TEL(?! AVIV)|AIRGRAM|DESPATCH|DISPATCH|CITE|NO|NR|NUMBER)\b\.?", re.IGNORECASE
)
_NUMBER = re.compile(r"#?(?P<serial>\d{1,7})$")
RECORD = re.compile(
    r"(?:RIF|RECORD(?:\s+NUMBER)?|NARA)?\s*:?\s*(?P<a>\d{3})\D?(?P<b>\d{5})\D?(?P<c>\d{5})$", re.I
)
"""A record number of the JFK Collection: agency, box, paper."""
_SAME = {"DIR": "DIRECTOR", "DEPT": "STATE", "DEPARTMENT": "STATE", "SECSTATE": "STATE", "WASHDC": "STATE"}
_KEPT = re.compile(r"[^a-z0-9]+")
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramName:
    """A post (or series, or cited station) and a number of its run, in one year where that is told.

    Attributes:
        post: by the lexicon's name where it has one, else its letters; None for a number alone.
        serial: the number.
        year: four figures, or None.
    """

    post: str | None
    serial: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A held document under all its names.

    Attributes:
        id: of the holding.
        telegrams: post and number, numbers in a delegation's run, numbers of the receiver.
        records: record numbers of archives.
        files: names of the files that it came from.
        texts: other names as they are printed (`TDCS-3/522,837`).
    """

    id: str
    telegrams: tuple[TelegramName, ...] = ()
    records: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def post_key(post: str) -> str:
    """One form of a post's name for comparing: `AMEMBASSY LA PAZ`, `LAPAZ`, `La Paz` give one."""
    return _post_key(post.strip().upper())


@lru_cache(maxsize=4096)
def _post_key(post: str) -> str:
    found = Lexicon.shipped().post(post)
    if found is not None:
        return letters(found.name)
    bare = letters(post)
    return _SAME.get(bare, bare)


def telegram_name(text: str) -> TelegramName | None:
    """The telegram that a text names, or None where it names none.

    >>> telegram_name("1974LAPAZ00158") == telegram_name("La Paz 158, 1974")
    True
    """
    text = " ".join(text.split()).strip(" .,;:")
    alone = _NUMBER.match(text)
    if alone:
        return TelegramName(post=None, serial=int(alone["serial"]))
    told = _FROM.match(text)
    if told is None:
        bare = _WORD.sub(" ", _SENT.sub("", text))
        told = _NAME.match(" ".join(bare.split()).strip(" .,;:"))
    if told is None or not letters(told["post"]):
        return None
    group = told.groupdict()
    year = group.get("century") or group.get("after")
    if group.get("short"):
        year = f"19{group['short']}"
    return TelegramName(
        post=post_key(told["post"]),
        serial=int(told["serial"].replace(",", "")),
        year=int(year) if year else None,
    )


def record_number(text: str) -> str | None:
    """A record number in its usual form (`104-10100-10199`), or None."""
    found = RECORD.match(text.strip())
    return f"{found['a']}-{found['b']}-{found['c']}" if found else None


def named(
    holding: str,
    *,
    identifier: str | None = None,
    file: str = "",
    dtg: str | None = None,
    tree: Mapping[str, Any] | None = None,
) -> Named:
    """A holding's names, from what lists and its stored tree say of it.

    Args:
        holding: its id.
        identifier: post and number as lists show them (`LA PAZ 158`).
        file: the name of its source.
        dtg: when it was sent, as ISO 8601; its year counts where it has one.
        tree: the telegram by the published schema, for series, cited numbers and cover sheets.
    """
    year = int(dtg[:4]) if dtg and dtg[:4].isdigit() else None
    telegrams: list[TelegramName] = []
    texts: list[str] = []
    records: list[str] = []
    files = [file] if file else []
    paper = (tree or {}).get("paper") or {}
    cited = [*(paper.get("numbers") or ()), identifier, ((tree or {}).get("heading") or {}).get("mrn")]
    for text in filter(None, cited):
        texts.append(str(text))
        found = telegram_name(str(text))
        if found is not None and found.post is not None:
            telegrams.append(TelegramName(post=found.post, serial=found.serial, year=found.year or year))
    for field in ((tree or {}).get("heading") or {}).get("series") or ():
        for value in (field["value"], *field["alternatives"]):
            if str(value["number"]).isdigit():
                telegrams.append(
                    TelegramName(post=letters(value["series"]), serial=int(value["number"]), year=year)
                )
    record = (paper.get("cover") or {}).get("record_number")
    if record:
        records.append(record_number(str(record)) or str(record))
    stem = record_number(PurePath(file).stem) if file else None
    if stem:
        records.append(stem)
    if paper.get("file"):
        files.append(str(paper["file"]))
    return Named(
        id=holding,
        telegrams=tuple(dict.fromkeys(telegrams)),
        records=tuple(dict.fromkeys(records)),
        files=tuple(dict.fromkeys(files)),
        texts=tuple(dict.fromkeys(texts)),
    )


def name_keys(one: Named) -> frozenset[str]:
    """What an index keeps of a document's names, so that `keys_meant` and `keys_beginning` find it.

    Names as they are printed, folded; and each telegram as `#158LAPAZ.1974`, without the year where it is
    open.
    """
    texts = {*one.texts, *one.files, *(PurePath(file).stem for file in one.files), *one.records}
    texts.update(f"{own.post}{own.serial}" for own in one.telegrams)
    keys = {folded for text in texts if (folded := _folded(text))}
    return frozenset(
        keys | {f"#{own.serial}{own.post}.{own.year or ''}" for own in one.telegrams if own.post}
    )


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The keys under which an index has what a name may mean (see `name_keys`).

    Attributes:
        exact: keys as they are.
        between: the first key, and the first beyond, of those that begin so.
        year: the year that the name says.
        whole: whether it is the whole name.
    """

    exact: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()
    year: int | None = None
    whole: bool = True

    def rank(self, key: str) -> int | None:
        """How well what was found under a key fits, the more the better; None where it is of another year."""
        year = key.rpartition(".")[2] if key[:1] == "#" and self.year is not None else str(self.year)
        if year not in ("", str(self.year)):
            return None
        return 2 if self.whole and year else 1


def keys_meant(name: str) -> NameKeys:
    """Where an index has those that bear a name, but for ids."""
    exact = [folded] if (folded := _folded(name)) else []
    if record := record_number(name):
        exact.append(_folded(record))
    asked = telegram_name(name)
    if asked is None:
        return NameKeys(tuple(exact))
    # Letters follow a number, whatever they are; after a post its year.
    first, last = (f"{asked.post}.", f"{asked.post}/") if asked.post else (":", _LAST)
    between = (f"#{asked.serial}{first}", f"#{asked.serial}{last}")
    return NameKeys(tuple(exact), (between,), asked.year)


def keys_beginning(name: str) -> NameKeys:
    """Where an index has those of which a name is the beginning; of a number's post a beginning will do."""
    folded, asked = _folded(name), telegram_name(name)
    if len(folded) < 2:
        return NameKeys(whole=False)
    # Beyond all figures where it is a number: 60 is no beginning of 601.
    between = [(folded + ":" if _is_number(asked) else folded, folded + _LAST)]
    if asked is not None and asked.post and len(asked.post) >= 3:
        cut = f"#{asked.serial}{asked.post}"
        between.append((cut, cut + _LAST))
    return NameKeys((), tuple(between), asked.year if asked else None, whole=False)


def _is_number(asked: TelegramName | None) -> bool:
    """Whether a name is a number of a post that is known: no longer number begins with it."""
    return asked is not None and asked.post is not None and Lexicon.shipped().post(asked.post) is not None


def _folded(text: str) -> str:
    return _KEPT.sub("", text.casefold())
