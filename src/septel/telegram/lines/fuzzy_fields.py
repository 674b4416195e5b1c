"""Lines of a bad copy that stand in known places: page heads, class lines, addresses, labels, markings.

`septel.telegram.lines.fuzzy_phrases` knows fixed texts; here a line is known by its parts. Each part is near
one of few forms, and figures are read through their look-alikes; what can't be read stays open. The post that
the page heads and the FM line name is the one to be looked for on the class line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from septel.lexicon import Classification, Lexicon, Post, fold, numerals, shapes
from septel.telegram.lines.reviews import tells_review

_PAGE = re.compile(
    r"\W{0,2}(?P<word>[A-Za-z]{4,5})\s+(?P<page>\S{1,3})(?:\s+OF\s+\S{2})?[\s°.]+(?P<post>\S.*?)[\s-]+"
    r"(?P<serial>[0-9OIlSBZDoz:.]{4,6})(?:\s+(?P<n>\S\S)\s+OF\s+(?P<of>\S\S))?(?:\s+(?P<time>\S{3,9}))?\s*\W*$"
)
_TAIL = re.compile(
    r"^(?P<head>.*\S)\s+(?P<serial>[0-9OIlSBZDoz:.-]{2,6}|\d \d{1,3}|\d(?=\s))(?:[A-Z]|\s+\S{1,2})?\W*$"
)
_CLUNG = re.compile(r"(?P<number>\d{3,5})[A-Z.]{1,2}$")
_MISREAD_NUMBER = re.compile(r"(?=(?:\D*\d){2})(?=.*[A-Za-z])[0-9OIlSBZDo]{3,5}")
_FIRST = re.compile(r"\W{0,3}(?P<word>[A-Za-z0-9:]{1,4})(?:\s+|[-.](?=[A-Z]))(?P<rest>[A-Z].*)$")
_LEADS = ("AMEMBASSY", "AMCONSUL", "USMISSION", "SECSTATE", "USDEL", "USLO", "USDOC", "USINT", "AMCONGEN")
_LEAD_SHAPES = tuple(shapes(lead) for lead in _LEADS)
_EO = re.compile(r"\W{0,3}\S{1,5}?\s*(?P<order>[0-9A-Za-z$®@&]{5})\s?[:;.,]*\s*(?P<code>.*)$")
_LABEL = re.compile(r"\W{0,3}(?P<word>[A-Za-z.,]{3,10}?)\s?[:;.,!I1]{1,2}\s*(?P<rest>\S.*)$")
_LED = re.compile(r"[A-Z](?P<label>TAGS|SUBJECT|SUBJ|REFERENCE|REFS?)\s?[:;]\s*(?P<rest>\S.*)$")
_UNCOLONED = re.compile(r"(?P<word>[A-Z]{3,10})\s+(?P<rest>[A-Z].*)$")
_CITED = re.compile(r"(?P<post>[A-Z][A-Z ]{2,20}?) \d{2,6}\b")
_OFFICE = re.compile(r"\W?[A-Z0-9a-z/$]{1,5}[-~][0-9OQlIoS:.$]{1,3}\W?")
_COPIES = re.compile(
    r"(?<![A-Z0-9-])(?P<symbol>[A-Z0-9$/&|]{1,6})[-~–—=](?P<copies>[0-9OQDIlLoSZB$]{1,2})(?![A-Z0-9])"
)
_TOTAL = re.compile(r"(?:^|\s)/\s?(?P<total>[0-9OoQDIlLSZB]{3})(?:\s+\S)?\W*$")
_DASHED = re.compile(r"[-~._= ]{3,}[0-9OIlS]{5,6}(?:\s+\S{5,8})?(?:\s*/\s*\S{1,3})?\W*$")
_PRECEDENCES = ("IMMEDIATE", "PRIORITY", "ROUTINE", "FLASH", "NIACT")
_ORDERS = ("11652", "12065")
_LABELS = {
    "TAGS": "tags",
    "SUBJ": "subject",
    "SUBJECT": "subject",
    "REF": "refs",
    "REFS": "refs",
    "REFERENCE": "refs",
}
_LABEL_SHAPES = tuple((shapes(label), label) for label in _LABELS)
_MARKINGS = ("CONFIDENTIAL", "UNCLASSIFIED", "LIMITED OFFICIAL USE", "SECRET")
_MARKING_SHAPES = tuple((shapes(marking), marking) for marking in _MARKINGS)


@dataclass(frozen=True, slots=True)
class FuzzyPageHead:
    """A garbled page head: page, post and the numbers that it may bear, where in the line the number is.

    `plain` says that the number is of figures alone; `received` is the time of receipt where it can be read.
    """

    page: int
    post: str | None
    serials: tuple[str, ...]
    start: int
    end: int
    section: tuple[int, int] | None
    plain: bool = False
    received: str | None = None


@dataclass(frozen=True, slots=True)
class FuzzyClassLine:
    """A garbled class line of one section: grades that it may show, post, numbers; where these stand.

    `plain` says that the number is of figures alone.
    """

    grades: tuple[Classification, ...]
    post: str
    serials: tuple[str, ...]
    grade_end: int
    start: int
    end: int
    plain: bool = False


def _is_near(seen: str, form: str, share: float) -> bool:
    most = int(share * len(form))
    return Levenshtein.distance(seen, form, score_cutoff=most) <= most


def figures(text: str, length: int | None = None) -> tuple[str, ...]:
    """The numbers that a text may be; empty when it has a sign that is no figure."""
    found = numerals(text.replace("o", "0"))
    return tuple(one for one in found if length is None or len(one) == length)


def page(text: str, lexicon: Lexicon, posts: Iterable[str] = ()) -> FuzzyPageHead | None:
    """A page head with look-alikes: `PAGE O1 LA PAZ 01221 281712z`.

    Args:
        text: the line.
        lexicon: the closed lists.
        posts: those that the telegram names elsewhere: a garbled name is one of them before it is any other.
    """
    match = _PAGE.match(text)
    if match is None or not _is_near(shapes(match.group("word")), "PAGE", 0.3):
        return None
    number = figures(re.sub(r"\W", "", match.group("page")))
    own = one_of(match.group("post"), posts)
    post = lexicon.post(own) if own else near_post(match.group("post"), lexicon)
    if post is None or not number:
        return None
    serials = () if ":" in match.group("serial") else figures(match.group("serial"))
    n, of = figures(match.group("n") or ""), figures(match.group("of") or "")
    return FuzzyPageHead(
        page=int(number[0]),
        post=post.name,
        serials=tuple(dict.fromkeys(str(int(one)) for one in serials)),
        start=match.start("post"),
        end=match.end("serial"),
        section=(int(n[0]), int(of[0])) if n and of else None,
        plain=match.group("serial").isdecimal(),
        received=_received(match.group("time") or ""),
    )


def _received(text: str) -> str | None:
    """The time of receipt (`281712z`, `0601112`): six figures and a zone letter, if they are but one time."""
    text = text.rstrip(".,:;'’ ")
    if len(text) != 7 or text[-1] not in "Zz2":
        return None
    times = [
        one for one in figures(text[:6], 6) if "01" <= one[:2] <= "31" and one[2:4] < "24" and one[4:] < "60"
    ]
    return f"{times[0]}Z" if len(times) == 1 else None


def one_of(text: str, posts: Iterable[str]) -> str | None:
    """The post of a few that a garbled name is near to: one sign in three may be wrong."""
    seen = shapes(text)
    return next((name for name in posts if len(seen) > 2 and _is_near(seen, shapes(name), 0.34)), None)


def near_post(text: str, lexicon: Lexicon, *, share: float = 0.25) -> Post | None:
    """The one post that a garbled name is nearest to; None when none is near or two are."""
    exact = lexicon.post(text)
    if exact is not None:
        return exact
    if len(shapes(text)) < 4:
        return None
    near = lexicon.near_posts(text, most=2)
    if not near or near[0].distance > max(1, int(share * near[0].length)):
        return None
    return near[0].entry if len(near) < 2 or near[0].distance < near[1].distance else None


def class_line(text: str, posts: Iterable[str], lexicon: Lexicon) -> FuzzyClassLine | None:
    """A garbled class line without a section: `“LIMITED OFFICIAL OSS LA PAZ 3-25`."""
    match = _TAIL.match(text)
    if match is None or len(text) > 60:
        return None
    head = fold(match.group("head"))
    for name in posts:
        form = shapes(name)
        for length in (len(form), len(form) - 1, len(form) + 1):
            if not 3 <= length < len(head.text) - 4 or not _is_near(head.text[-length:], form, 0.34):
                continue
            start = head.positions[-length]
            before = text[:start].rstrip()
            grades = [g for g in lexicon.near_classifications(before) if g.distance <= 0.34 * g.length]
            if not grades:
                continue
            least = grades[0].distance / grades[0].length
            # Of a figure alone, with dirt behind it, the rest is lost.
            whole = match.group("serial").isalnum() and len(match.group("serial")) > 1
            serials = figures(match.group("serial")) if whole else ()
            return FuzzyClassLine(
                grades=tuple(g.entry for g in grades if g.distance / g.length <= least + 0.1),
                post=name,
                serials=tuple(dict.fromkeys(str(int(one)) for one in serials)),
                grade_end=len(before),
                start=start,
                end=match.end("serial"),
                plain=whole and match.group("serial").isdecimal(),
            )
    return None


def originator(text: str, lexicon: Lexicon) -> int | None:
    """Where the name begins in a garbled FM line (`Fu AMEMBASSY LA PAZ`, `FM-AMEMBASSY LA PAZ`)."""
    match = _FIRST.match(text)
    if match is None or len(match.group("word")) > 3 or match.group("word")[0] not in "FPErf":
        return None
    return match.start("rest") if is_station(match.group("rest"), lexicon) else None


def role(text: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """The role and where the name begins in a garbled TO or INFO line (`* To SECSPATE WASHDC 1897`)."""
    match = _FIRST.match(text)
    if match is None:
        return None
    word = match.group("word").upper().strip(":")
    if not word:
        return None
    if word in ("TO", "T0", "IO", "1O", "10", "TC", "TD", "TQ", "70", "O", "0"):
        found = "action"
    elif Levenshtein.distance(shapes(word), shapes("INFO")) <= 1 and len(word) >= 3:
        found = "info"
    else:
        return None
    return (found, match.start("rest")) if is_station(match.group("rest"), lexicon) else None


def is_department(text: str) -> bool:
    """Whether a text names the Department as an addressee, from which none comes: `SECSTATE WASHDC 1`."""
    return _is_near(shapes(re.split(r"[\s-]", text, maxsplit=1)[0]), _LEAD_SHAPES[3], 0.25)


def is_station(text: str, lexicon: Lexicon) -> bool:
    """Whether a text begins as the name of a station does."""
    first = shapes(re.split(r"[\s-]", text, maxsplit=1)[0])
    if any(_is_near(first, lead, 0.25) for lead in _LEAD_SHAPES):
        return True
    return lexicon.post(re.sub(r"\s+\S*\d\S*$", "", text)) is not None


def station(name: str, lexicon: Lexicon) -> Post | None:
    """The post of a garbled addressee: its leading word, then the nearest name."""
    known = lexicon.post(name)
    if known is not None:
        return known
    words = name.split(None, 1)
    if len(words) == 2 and any(_is_near(shapes(words[0]), lead, 0.25) for lead in _LEAD_SHAPES[:3]):
        return near_post(words[1], lexicon, share=0.3) or _short_post(words, lexicon)
    return near_post(name, lexicon, share=0.2)


def _short_post(words: list[str], lexicon: Lexicon) -> Post | None:
    """The only embassy whose short name has the letters that can be read: `AMEMBASSY L:MA` is Lima."""
    if not _is_near(shapes(words[0]), _LEAD_SHAPES[0], 0.25) or not 3 <= len(words[1]) <= 5:
        return None
    if sum(c.isalpha() for c in words[1]) + 1 != len(words[1]):
        return None
    form = re.compile("".join(re.escape(c) if c.isalpha() else "[A-Z]" for c in words[1]) + "$")
    found = [post for post in lexicon.posts if post.kind == "embassy" and form.match(post.name)]
    return found[0] if len(found) == 1 else None


def mended(raw: str) -> str:
    """An addressee with its words of precedence mended, where one is near: `IMMEDIAT=`, `PRI0RITY`.

    Specks behind it are left out: a teletype has no small letters, and no word of signs alone. So are letters
    that cling to the sender's number, or stand alone behind it.
    """
    words = raw.split()
    while len(words) > 2 and _speck(words[-1], behind=words[-2]):
        words.pop()
    if len(words) > 1 and (clung := _CLUNG.match(words[-1])):
        words[-1] = clung.group("number")
    if len(words) > 2 and _MISREAD_NUMBER.fullmatch(words[-1]) and len(told := figures(words[-1])) == 1:
        words[-1] = told[0]
    for at, word in enumerate(words[1:], 1):
        seen = shapes(word)
        for full in _PRECEDENCES:
            most = 2 if len(full) > 7 else 1
            if word != full and Levenshtein.distance(seen, shapes(full), score_cutoff=most) <= most:
                words[at] = full
                break
    return " ".join(words)


def _speck(word: str, *, behind: str) -> bool:
    if len(word) == 1 and word.isalpha() and behind.isdecimal():
        return True
    return not any(c.isalnum() for c in word) or re.search(r"[a-z]", word) is not None


def order(text: str) -> tuple[str, int] | None:
    """The executive order of a garbled E.O. line, and where its code begins."""
    match = _EO.match(text)
    if match is None or len(text) > 40:
        return None
    seen = "".join(figures(match.group("order"))[:1]) or match.group("order")
    for number in _ORDERS:
        if Levenshtein.distance(seen, number) <= 1 or sum(map(str.__eq__, seen, number)) >= 4:
            return number, match.start("order")
    return None


def label(text: str) -> tuple[str, int] | None:
    """The field that a garbled label opens (`tags`, `subject`, `refs`), and where its value begins."""
    match = _LABEL.match(text)
    if match is None:
        return None
    seen = shapes(match.group("word"))
    best = min((Levenshtein.distance(seen, form) / len(form), name) for form, name in _LABEL_SHAPES)
    if best[0] > 0.29:
        return None
    return _LABELS[best[1]], match.start("rest")


def bare_label(text: str, lexicon: Lexicon) -> tuple[str, int] | None:
    """A label behind a stray letter (`PREF: STATE 1`), or whose colon was read as one (`TAGSP SNAR, BL`).

    Without a colon, what follows must be what stands there: a code of the TAGS list, or a post with a number.
    """
    led = _LED.match(text)
    if led is not None:
        return _LABELS[led.group("label")], led.start("rest")
    match = _UNCOLONED.match(text)
    if match is None:
        return None
    word, rest = match.group("word"), match.group("rest")
    if word in ("SUB", "SUBJ", "SUBJECT"):
        return "subject", match.start("rest")
    for label in ("TAGS", "REFERENCE", "REFS", "REF"):
        if not word.startswith(label) or len(word) > len(label) + 1:
            continue
        if label == "TAGS":
            holds = re.split(r"[,\s]", rest, maxsplit=1)[0] in lexicon.tags
        else:
            cited = _CITED.match(rest)
            holds = cited is not None and lexicon.post(cited.group("post")) is not None
        if holds:
            return _LABELS[label], match.start("rest")
    return None


def marking(text: str) -> str | None:
    """The grade of a garbled page marking: a line that is near one of them and nothing else."""
    seen = shapes(text)
    if not 5 <= len(seen) <= 22 or tells_review(text):
        return None
    best = min((Levenshtein.distance(seen, form) / len(form), name) for form, name in _MARKING_SHAPES)
    return best[1] if best[0] <= (0.2 if len(seen) < 9 else 0.3) else None


def is_distribution(text: str) -> bool:
    """Whether most words of a line are offices with copies: `INFO OCT-O1 ARA-16 ISO-00`."""
    words = re.split(r"[\s,.]+", text.strip(" .,"))
    offices = sum(_OFFICE.fullmatch(word) is not None for word in words)
    return offices >= 2 and offices * 2 >= len(words)


def offices(text: str, lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    """The offices of a distribution line with their copies: `AG:ION ARA-2O` tells ARA and 20.

    A symbol that the list does not hold is the one of the list that it has the shapes of, or of which it
    differs in one sign; where there are two such, it stands as read. What has no readable count is left out.
    """
    found: list[tuple[str, int]] = []
    for match in _COPIES.finditer(text):
        counts = figures(match.group("copies").strip(".:"))
        if counts and len(counts[0]) <= 2:
            found.append((_office(match.group("symbol"), lexicon), int(counts[0])))
    return tuple(found)


def total(text: str) -> int | None:
    """The number of all copies behind the stroke of a distribution line: `/O55 W`."""
    match = _TOTAL.search(text)
    counts = figures(match.group("total"), 3) if match else ()
    return int(counts[0]) if len(counts) == 1 else None


def _office(symbol: str, lexicon: Lexicon) -> str:
    if symbol in lexicon.offices:
        return symbol
    seen = shapes(symbol)
    same = [one for one in lexicon.offices if shapes(one) == seen]
    if not same and len(seen) >= 3:
        same = [
            one for one in lexicon.offices if len(one) >= 3 and Levenshtein.distance(shapes(one), seen) == 1
        ]
    return same[0] if len(same) == 1 else symbol


def is_dashes(text: str) -> bool:
    """Whether a line is the dashes above a preamble, with or without its counter."""
    if _DASHED.match(text):
        return True
    marks = sum(not (c.isalnum() or c.isspace()) for c in text)
    counter = re.search(r"(?:^|\W)[0-9OIlS]{5,6}\W*$", text) is not None
    return (marks >= 6 and sum(c.isupper() for c in text) <= 3) or (
        counter and marks >= 2 and not re.search(r"[A-Z]{2}", text)
    )
