"""A mention of another document: its kind, its place, and what of it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from septel.text import Locus, Span


class ReferenceKind(StrEnum):
    """What a reference points to, as far as its own form says."""

    TELEGRAM = "telegram"
    """A post and a number: `MOSCOW 4321`."""
    SERIES = "series"
    """A number in a delegation's run: `TOSALT 005`."""
    SEPARATE = "separate telegram"
    """SEPTEL: sent apart, its number not given."""
    REFTEL = "reference telegram"
    """REFTEL, REF A: what the reference line names."""
    BY_PARTY = "telegram by party"
    """DEPTEL, EMBTEL, URTEL, OURTEL, MYTEL with or without a number: who sent it must be worked out."""
    AIRGRAM = "airgram"
    """A-150."""
    DESPATCH = "despatch"
    """A numbered despatch, the form before the airgram."""
    BY_TIME = "message by date-time group"
    """A sender and the time of sending, mostly military."""
    OTHER = "other"
    """Something on the reference line that is no message: a letter, a telephone conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One mention of another document.

    Attributes:
        kind: what it points to.
        raw: as it stands.
        normal: the normal form, for example `LA PAZ 7697`, `TOSALT 005`, `A-150`, `USDAO LA PAZ 242015Z`.
        locus: where it stands in the source.
        paragraph: the path of the paragraph, `summary`, `opening`, or `heading` for the reference line.
        post: the post of the lexicon whose run the number belongs to. For a telegram named by its party
            (`URTEL 417`) it follows from the citing telegram's own addresses, where these leave but one.
        number: the number, without leading noughts, or None; series numbers keep theirs.
        series: the name of the series.
        letter: the letter of the reference line (A, B, ...) that it bears or cites.
        parts: the paragraphs of the other document that are meant (`PARA 2 REFTEL`), as paths.
        year: the year where the text gives it.
        dated: the date where the text gives it: `1973-11-09`, `1973-07` or, without a year, `--06-10`.
        sender: the sender of a message named by its date-time group, as written.
        time: that date-time group, as `day hour minute` figures with zone, month and year as far as given.
        not_to_all: whether NOTAL stands with it.
    """

    kind: ReferenceKind
    raw: str
    normal: str
    locus: Locus
    paragraph: str
    post: str | None = None
    number: str | None = None
    series: str | None = None
    letter: str | None = None
    parts: tuple[str, ...] = ()
    year: int | None = None
    dated: str | None = None
    sender: str | None = None
    time: str | None = None
    not_to_all: bool = False


def reference_from_json(data: Mapping[str, Any]) -> Reference:
    """A reference as the archive keeps it.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    locus = data["locus"]
    where = (
        Locus.parse(locus)
        if isinstance(locus, str)
        else Locus(str(locus["source_id"]), Span(int(locus["span"]["start"]), int(locus["span"]["end"])))
    )
    told = {name: data.get(name) for name in _TOLD}
    return Reference(
        kind=ReferenceKind(data["kind"]),
        raw=data["raw"],
        normal=data["normal"],
        locus=where,
        paragraph=data["paragraph"],
        parts=tuple(data.get("parts") or ()),
        not_to_all=bool(data.get("not_to_all")),
        **told,
    )


_TOLD = ("post", "number", "series", "letter", "year", "dated", "sender", "time")
