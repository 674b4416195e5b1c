"""The telegraph line of a cable by its places: to whom, for whose information, cited by whom and how.

It is found by `CITE`. What stands left of the printed INFO is addressed, what stands between INFO and CITE is
informed, also in the rows below; the number is stamped right of `CITE DIR` or a little under it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from septel.papers.places.addressees import (
    BRANCH,
    is_info,
    longest_name,
    misread_info,
    only_stations,
    raw_names,
    stations_in,
)
from septel.papers.places.dates import group_on
from septel.papers.places.figures import alone_below, figures, stamped
from septel.papers.places.sheet import Sheet, SheetRow, SheetWord
from septel.papers.places.stations import LOOSELY, code, is_word, name, precedence

NEAR = 0.95
"""Words of the line stand no farther from it, in heights: small print stands a little above type."""
_CITES = ("CITE", "C1TE", "CITF", "CTTE", "CATE", "GITE", "CITB", "CTE")


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegraphLine:
    """What the telegraph line says.

    Attributes:
        to, info: stations, each a code or a name.
        precedence: of the message or of its first addressee.
        who: the station that cites it.
        number: its number alone, empty where it can't be read.
        cited: whether its CITE was read.
        first, last: the rows of its sheet that it takes.
    """

    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    precedence: str = ""
    who: str = ""
    number: str = ""
    cited: bool = False
    first: int = 0
    last: int = 0


def telegraph_line(sheet: Sheet) -> TelegraphLine | None:
    """The telegraph line of a page; None where it has none that can be read."""
    found = [line for at, place in _cites(sheet) if (line := _read(sheet, at, place))]
    found += [line for at in range(min(sheet.head, len(sheet.rows))) if (line := _uncited(sheet, at))]
    found += [line for read in (_by_director, _by_group, _by_cells, _by_labels) if (line := read(sheet))]
    return max(found, key=_told, default=None)


def _told(line: TelegraphLine) -> tuple[int, int]:
    full = 2 * bool(line.number) + 2 * bool(line.to) + bool(line.who) + bool(line.info)
    return full, -line.first


def _cites(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for at, place, token in sheet.tokens():
        if at >= sheet.head:
            return
        bare = re.sub(r"[^A-Z1]", "", token.text.upper())
        loose = 2 <= len(bare) <= 5 and Levenshtein.distance(bare, "CITE", score_cutoff=2) <= 2
        if bare in _CITES or (loose and _is_cited(sheet.rows[at].tokens[place + 1 :])):
            yield at, place


def _is_cited(tokens: Sequence[SheetWord]) -> bool:
    """Whether a sender with its number follows what may be a misread CITE."""
    who, rest = _cited(tokens)
    if not who and len(rest) == 1 and re.fullmatch(r"\d{5,6}", rest[0].text):
        return True  # the code DIR of small print was not read
    return who == "DIR" or (bool(who) and bool(figures(rest)))


def _read(sheet: Sheet, at: int, place: int) -> TelegraphLine | None:
    row, cite = sheet.rows[at], sheet.rows[at].tokens[place]
    who, rest = _cited(row.tokens[place + 1 :])
    if not who and len(rest) > 1 and re.fullmatch(r"[A-Z]{4}", rest[0].text) and figures(rest[1:]):
        who, rest = rest[0].text, rest[1:]  # a code that no list has
    small = not who and len(rest) == 1 and len(figures(rest)) >= 5 and cite.left > sheet.margin + 20
    if not who and cite.text.strip(":,.").upper() != "CITE" and not small:
        return None
    around = [one for near in sheet.near(row.down, NEAR) for one in near.tokens]
    around.sort(key=lambda one: one.left)
    before = [one for one in around if one.right <= cite.left + 1]
    marks = [one for one in before if is_info(one.text)] or misread_info(before)
    info_at = marks[-1].left if marks else cite.left
    sure = bool(who) and cite.text.strip(":,.") == "CITE"
    to, fast = stations_in(
        [one for one in before if one.left < info_at and not is_info(one.text)], unknown=sure and bool(marks)
    )
    if sure and fast:
        to, _ = stations_in([one for one in before if one.left < info_at], unknown=True)
    info, _ = stations_in([one for one in before if one.left > info_at], unknown=sure)
    last = max(number for number, near in enumerate(sheet.rows) if near in sheet.near(row.down, NEAR))
    to, info, last = _below(sheet, last, to, info, info_at, cite.left)
    if not to:
        to, more = _above(sheet, at)
        info = info or more
    if not to:
        # From 1966 on the addressees stand in the row under the line with time and number.
        to, more, below_fast, last = _under(sheet, at, last)
        info, fast = info or more, fast or below_fast
    number = figures(rest)
    if not number and (who in ("DIR", "DIRECTOR") or not who):
        number = stamped(sheet, row, cite)
    elif not number and (number := _own_number(sheet, at, who)):
        who = who[:4]
    first = min(n for n, near in enumerate(sheet.rows) if near in sheet.near(row.down, NEAR))
    if not (who or to or small):
        return None
    return TelegraphLine(
        to=to, info=info, precedence=fast, who=who, number=number, cited=True, first=first, last=last
    )


def _above(sheet: Sheet, at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Stations behind a TO of the line that was read on a row of its own above, and those behind its INFO."""
    for row in sheet.rows[max(0, at - 4) : at]:
        if not is_word(row.tokens[0].text, "TO", most=0):
            continue
        cut = next((n for n, one in enumerate(row.tokens) if is_info(one.text)), len(row.tokens))
        told = only_stations(row.tokens[1:cut])
        if told and all(code(one) == one for one in told):
            return told, only_stations(row.tokens[cut + 1 :])
    return (), ()


def _own_number(sheet: Sheet, at: int, who: str) -> str:
    """The sender's own number above the line, as heads of 1949-52 have it: `KARL 3173` alone on a row."""
    for row in sheet.rows[max(0, at - 4) : at]:
        match = re.fullmatch(rf"{re.escape(who[:4])}\s+(\d{{3,5}})", row.text) if who else None
        if match:
            return match[1]
    return ""


def _unbracketed(tokens: Sequence[SheetWord]) -> Sequence[SheetWord]:
    """Words without what stands in brackets before them: `CITE MEXI (WARE ACTING) 8593`."""
    end = next((n for n, one in enumerate(tokens[:4]) if one.text.endswith(")")), None)
    return tokens[end + 1 :] if end is not None and tokens[0].text.startswith("(") else tokens


def _cited(tokens: Sequence[SheetWord]) -> tuple[str, Sequence[SheetWord]]:
    """Whose number it is, and what follows."""
    if tokens and BRANCH.fullmatch(tokens[0].text.strip(".,:;()")):
        return tokens[0].text.strip(".,:;()"), tokens[1:]
    for many in (3, 2, 1):
        words = " ".join(one.text for one in tokens[:many])
        if len(tokens) < many or any(map(str.isdigit, words)):
            continue
        if many == 1 and is_word(words, "DIR", most=1 if len(words) >= 3 else 0):
            return "DIR", tokens[1:]
        told = name(words) or (code(words, loose=True) if many == 1 else None)
        if told:
            return told, _unbracketed(tokens[many:])
    return "", tokens


def _below(
    sheet: Sheet, last: int, to: tuple[str, ...], info: tuple[str, ...], info_at: float, cite_at: float
) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Further stations in the columns under the line."""
    if not to and not info:
        return to, info, last
    for number in range(last + 1, min(last + 9, len(sheet.rows))):
        row = sheet.rows[number]
        told = only_stations(row.tokens)
        if not told or row.down - sheet.rows[number - 1].down > 3.2 or not _is_exact(told, row):
            break
        if not sheet.has_places:
            to, info, last = to + (() if info else told), info + (told if info else ()), number
            continue
        left = only_stations(row.between(0, info_at - 1))
        right = only_stations(row.between(info_at - 1, 10_000))
        if info and row.left >= info_at - 2:
            info += right or told
        else:
            to, info = to + (left or ()), info + (right if info or info_at < cite_at else ())
            if info_at >= cite_at:
                to += right
        last = number
    return tuple(dict.fromkeys(to)), tuple(dict.fromkeys(info)), last


def _is_exact(stations: Sequence[str], row: SheetRow) -> bool:
    """Whether half the stations of a row are read as they are written: other words are like codes too."""
    written = row.text
    return 2 * sum(one in written for one in stations) >= len(stations)


def _under(sheet: Sheet, at: int, last: int) -> tuple[tuple[str, ...], tuple[str, ...], str, int]:
    for number in range(at + 1, min(at + 5, len(sheet.rows))):
        if _REFERS.match(sheet.rows[number].text):
            break  # the text follows
        line = _addressed(sheet.rows[number])
        if line is not None:
            return line.to, line.info, line.precedence, number
    return (), (), "", last


_REFERS = re.compile(r"\W*REF[ES]?\b")


def _addressed(row: SheetRow) -> TelegraphLine | None:
    """A row that is nothing but addressees, with or without precedences."""
    if any(re.fullmatch(r"\d{1,2}", one.text) for one in row.tokens[:3]):
        return None  # a date of the text, behind its place
    marks = [n for n, one in enumerate(row.tokens) if is_info(one.text)]
    cut = marks[0] if marks else len(row.tokens)
    tokens = row.tokens[1:cut] if is_word(row.tokens[0].text, "TO", most=0) else row.tokens[:cut]
    to, fast = stations_in(tokens)
    words = [one for one in tokens if len(one.text) > 1 and not precedence(one.text.strip(".,:"))]
    known = sum(len(one.replace(" ", "")) for one in to)
    info = raw_names(row.tokens[cut + 1 :]) if cut < len(row.tokens) else ()
    if len(info) < 2:
        info, _ = stations_in(row.tokens[cut + 1 :])
    if not to and fast and info and words and tokens[0] not in words:
        to = raw_names(words)  # between a precedence and INFO only stations stand
    elif not to or known < 0.6 * sum(len(one.text.strip(".,:")) for one in words):
        return None
    elif len(to) > _FEW and not _is_exact(to, row):
        return None  # words of the text that are like stations' names
    return TelegraphLine(to=to, info=info, precedence=fast)


_FEW = 2
"""So many stations may all be misread; of more, half are read as they are written."""


def _uncited(sheet: Sheet, at: int) -> TelegraphLine | None:
    """A row of addressees whose CITE can't be read: it has a precedence or an INFO between codes."""
    line = _addressed(sheet.rows[at])
    if line is None or (line.info and not all(code(one) == one for one in line.to)):
        return None
    if not line.precedence and not line.info:
        return None
    return TelegraphLine(to=line.to, info=line.info, precedence=line.precedence, first=at, last=at)


def _by_director(sheet: Sheet) -> TelegraphLine | None:
    """`CITE DIRECTOR` in small print at the right of the row of grade and filing time, from 1966 on."""
    for at, place, token in sheet.tokens():
        bare = re.sub(r"[^A-Z]", "", token.text.upper())[-8:]
        right = token.left > sheet.margin + 30
        if at >= sheet.head or not right or Levenshtein.distance(bare, "DIRECTOR", score_cutoff=2) > 2:
            continue
        row = sheet.rows[at]
        to, info, fast, last = _under(sheet, at, at)
        number = figures(row.tokens[place + 1 :]) or stamped(sheet, row, token)
        if not (number or to):
            continue  # a word of the text
        return TelegraphLine(
            to=to, info=info, precedence=fast, who="DIRECTOR", number=number, first=at, last=last
        )
    return None


def _by_group(sheet: Sheet) -> TelegraphLine | None:
    """Cells of 1974-77: handling, time group, sender, number; the addressees follow `TO:` in the text."""
    group = group_on(sheet, rows=sheet.head)
    if group is None:
        return None
    row = sheet.rows[group.row]
    for place, token in enumerate(row.tokens):
        who = name(token.text, LOOSELY)
        if who in ("DIRECTOR", "WASHINGTON"):
            number = figures(row.tokens[place + 1 :]) or alone_below(sheet, group.row)
            to, info, last = _labelled(sheet, group.row - 3)
            return TelegraphLine(
                to=to,
                info=info,
                who=who,
                number=number if len(number) >= 5 else "",
                first=group.row,
                last=last,
            )
    return None


def _labelled(sheet: Sheet, at: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Addressees behind `TO:` in the text, and those behind INFO in the same row."""
    for number in range(max(0, at + 1), min(at + 15, len(sheet.rows))):
        row = _before_group(sheet.rows[number])
        if not re.match(r"\W*T[O0]\s?[:;]", row.text):
            continue
        cut = next((n for n, one in enumerate(row.tokens) if is_info(one.text)), len(row.tokens))
        words = [one for one in row.tokens[1:cut] if not precedence(one.text.strip(".,:"))]
        to, _ = stations_in(row.tokens[1:cut], LOOSELY)
        raw = raw_names(words)
        to = raw if not to or any("/" in one for one in raw) else to
        behind = row.tokens[cut + 1 :]
        if not behind and number + 1 < len(sheet.rows) and is_info(sheet.rows[number + 1].tokens[0].text):
            behind = _before_group(sheet.rows[number + 1]).tokens[1:]
        info, _ = stations_in(behind, LOOSELY)
        raw = raw_names(behind)
        return to, raw if len(raw) > len(info) else info, number
    return (), (), at


def _before_group(row: SheetRow) -> SheetRow:
    """A row without a time group at its end and what follows it."""
    cut = next(
        (n for n, one in enumerate(row.tokens) if n and re.match(r"\d{5,6}[Z2z?]?$|\d{6}Z", one.text)), None
    )
    return SheetRow(row.tokens[:cut]) if cut else row


def _by_cells(sheet: Sheet) -> TelegraphLine | None:
    """The form of stations: TO, INFO and CITE are cells side by side, their values under small print."""
    width = max((row.right for row in sheet.rows), default=0.0)
    if not sheet.has_places:
        return None
    for at, row in enumerate(sheet.rows[: sheet.head]):
        near = sorted(
            (one for rows in sheet.near(row.down, NEAR) for one in rows.tokens), key=lambda one: one.left
        )
        coded = [(n, told) for n, one in enumerate(near) if (told := code(one.text, loose=True))]
        if len(coded) < 2 or len(near) > 12:
            continue
        last, who = coded[-1]
        number = figures(near[last + 1 : last + 3])
        left = [told for n, told in coded[:-1] if near[n].left < 0.35 * width]
        if not number or not left or near[last].left < 0.55 * width:
            continue
        if len(number) > 4 and any("DIRECTOR" in above.text for above in sheet.rows[:at]):
            continue  # Headquarters' stamp beside the last station informed
        info = [told for n, told in coded[:-1] if near[n].left >= 0.35 * width]
        return TelegraphLine(to=tuple(left), info=tuple(info), who=who, number=number, first=at, last=at + 1)
    return None


def _by_labels(sheet: Sheet) -> TelegraphLine | None:
    """Heads of 1949-62: `TO DIR`, `INFO WASH`, `CITE MEXI 6502` one under the other, the last often apart."""
    to: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    first = last = 0
    for at, row in enumerate(sheet.rows[: sheet.head]):
        label = re.sub(r"[^A-Z]", "", row.tokens[0].text)
        codes = tuple(told for one in row.tokens[1:] if (told := code(one.text)))
        if label not in ("TO", "INFO") or not codes or len(codes) < len(row.tokens) - 1:
            continue
        if label == "TO":
            to, first, last = codes, at, at
        elif to:
            info, last = codes, at
    if not to:
        return None
    for row in sheet.rows[: sheet.head]:
        words = [one.text.strip(".,:;") for one in row.tokens]
        for word, number in itertools.pairwise(words):
            who = code(word)
            if who == word and re.fullmatch(r"\d{3,5}", number) and len(words) <= 3 and who != "DIR":
                return TelegraphLine(to=to, info=info, who=who, number=number, first=first, last=last)
    return None


def sent_line(sheet: Sheet) -> TelegraphLine | None:
    """The head of a teletype between offices in the country: `TO NEW ORLEANS FROM WASHINGTON`."""
    for at, row in enumerate(sheet.rows[:8]):
        words = [one.text.strip(".,:;()") for one in row.tokens]
        marks = [n for n, word in enumerate(words) if word in ("FROM", "FM", "FR", "FRON", "FROH", "NROH")]
        for mark in marks:
            behind = longest_name(words[mark + 1 : mark + 4])
            before = next(
                (
                    told
                    for n in (3, 2, 1)
                    if mark >= n and (told := name(" ".join(words[mark - n : mark]), LOOSELY))
                ),
                None,
            )
            if behind and before:
                return TelegraphLine(to=(before,), who=behind, first=at, last=at)
    return None
