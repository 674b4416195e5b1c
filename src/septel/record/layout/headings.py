"""The heading of an edited document: of what kind it is, from whom, to whom, where and when.

*Foreign Relations* heads each document in words (`170. Memorandum of Conference With President Eisenhower`,
`The Ambassador in China (Gauss) to the Secretary of State`) over a dateline. Source of the forms: the volumes
of 1914 to 1980.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from septel.lexicon import Lexicon
from septel.record.layout.patterns import cue

_TITLE = cue("memoranda.title")
_DATELINE = cue("memoranda.dateline")
_DAY_FIRST = re.compile(
    r"^(?:\[?(?P<place>[A-Z][^,\d\]]{2,40}(?:, [A-Z][a-z][A-Za-zé. ]{1,22})?),\]?\s*)?"
    r"(?:\d{1,2}[:.]?\d{0,2} ?[ap]\.? ?m\.?,? )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}),?"
    r" (?P<year>1[89]\d\d)\b"
)
_MARKED = re.compile(r"^\[(?:Extracts?|Translation|Telegram|Paraphrase|Enclosure)\]\s*")
_PAGE = re.compile(r"^\[Page [\dA-Z]+\]$")
_NUMBER = re.compile(r"\d{1,4}\.(?=[A-Z][a-z]+ )|(?:\d{1,4}\.|No\.\s*\d{1,4}\.?)\s+")
_KIND_OF = re.compile(r"(?:[A-Z][a-z]+ ){1,4}(?:of|by|[Ff]rom|on|prepared|Prepared|for)\b")
_JOINS = re.compile(r"\b(?:of|by|from|to|for|on|with|between|at|in|prepared)\b", re.IGNORECASE)
_LONGEST = 420
_SPACED = re.compile(r"\s+(?=[,.\])])|(?<=[\[(])\s+")
"""Blanks that a print leaves within a dateline or a name: `[ Washington ,] March 26`, `( Huddle )`."""
_FOR_WHOM = re.compile(
    r"^(?:Number|No\.?) \d+[,.] ?(?:[\w ,]{2,60}, )?from [^.]{3,60} (?:for|to) [^.]{3,60}\.$",
    re.IGNORECASE,
)
"""The line of a message that says whose it is: `Number 613, top secret, from the President for ...`."""
_UNDATED = re.compile(r"^\[?(?:[A-Z][\w. ]{2,30}, )?undated\.?\]?$", re.IGNORECASE)
_CLASSED = (
    r"(?:top secret|secret|confidential|restricted|unclassified|personal|private|official use only"
    r"|limited official use|eyes only|us urgent|u\. s\. urgent|most urgent|urgent|very urgent|priority|niact"
    r"|operational immediate|immediate|sensitive|nodis|exdis|limdis|no distribution(?: outside department)?"
    r"|for the secretary|cosmic|atomic|restricted data|security information|strictly|and|plain|translation"
    r"|telegram|paraphrase|extracts?|for official use only|literally eyes only|very|only|non-priority)"
)
_CLASSIFICATION = re.compile(
    rf"^[\[(]?{_CLASSED}(?:[\s,;/—–-]+{_CLASSED})*[\])]?[.:]?(?: ?\[\d+\])?$", re.IGNORECASE
)
_FILE_NUMBER = re.compile(
    r"^(?:No\. ?[\w/–-]+|[A-Z][A-Za-z]{0,7}(?:[ ]?[/–-][ ]?[A-Z][A-Za-z]{0,7}){1,4}[ /–-]?\d[\w/.–-]*"
    r"|[A-Z][A-Z. ]{1,10}[ /–-]?\d[\w/.–-]*|\d{3}[A-Z]?\.\d[\w./ –½¼¾-]*)\.?$"
)
_KIND_WORD = re.compile(
    r"\b(?:Telegram|Airgram|Des?patch|Dispatch|Letter|Message|Note|Notes|Memorandum|Memoranda|Minutes|Record"
    r"|Report|Paper|Study|Estimate|Statement|Address|Remarks|Interview|Diary Entry|Conversation"
    r"|Instruction|Aide[- ]M[eé]moire|Transcript|Highlights|Draft|Review|Summary|Release|Cable|Communiqu[eé]"
    r"|Agreement|Resolution|Circular|Extracts?|Proposal|Outline|Program|Briefing)s?\b",
    re.IGNORECASE,
)
_EDITORIAL = re.compile(r"\d{1,4}\. Editorial Note$")
_SENT = re.compile(
    r"^(?P<sender>(?:The|President|Prime Minister|Premier|Chairman|Generalissimo|King|Emperor|Mr\.|Mrs\.|Miss"
    r"|Dr\.|Sir|Lord|Colonel|General|Major|Admiral|Captain|Lieutenant|Professor|Senator|Secretary|Ambassador"
    r"|Minister|Foreign|Pope|Field Marshal|Messrs\.|H\. ?E\.|Vice|Acting|American|British|Señor|Dr|Mr"
    r"|Deputy|Assistant|Under)\b.+?)"
    r" to (?P<addressee>(?:(?:the|all|certain|President|Prime|Premier|Chairman|Generalissimo|King|Mr|Mrs|Dr"
    r"|Colonel|General|Marshal|Admiral|Ambassador|Secretary|Foreign|Minister|Senator|Sir|Lord|Professor|Pope"
    r"|Field|Señor)\b|[A-Z][a-z]+ [A-Z]).+)$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:[Ff]rom|by) (?P<sender>[^()\[]*?\([^()]*\)|[^\[]+?)"
    r" to (?P<addressee>(?:the |certain |all |President|Prime|Secretary|Ambassador|[A-Z])[^\[]*)"
)
_BY = re.compile(
    r"(?:\bby|\bfrom|, by|prepared by) (?P<sender>[^\[]+?)"
    r"(?: of (?:a |an |the )?(?:conversation|conference|telephone|meeting|talk)\b.*"
    r"|, (?:Washington|on the|dated)\b.*)?$",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "memorandum of telephone conversation",
            r"(?:memorandum|record|notes?) of (?:a |the )?tele(?:phone|type) (?:conversation|call)s?",
        ),
        ("transcript of telephone conversation", r"(?:^|transcript of (?:a )?)telephone conversation"),
        (
            "memorandum of conversation",
            r"memorand(?:um|a) (?:of|on) (?:a |the |their )?(?:private )?conversation",
        ),
        ("memorandum of conversation", r"^memorandum,? by .{3,120}? of (?:a )?conversation"),
        ("information report", r"information (?:report|cable)"),
        (
            "telegram",
            r"^(?:text of )?(?:(?:joint|circular|draft|draft circular|intelligence"
            r"|editorial) )*telegram\b|^telegraphic\b",
        ),
        ("airgram", r"^(?:(?:joint|circular|draft) )*airgram\b"),
        ("despatch", r"^(?:draft )?(?:despatch|dispatch)\b"),
        ("instruction", r"^(?:circular |draft )*instruction\b"),
        ("letter", r"^(?:(?:draft|circular|personal|open) )*letter\b"),
        ("note", r"^(?:draft )?note from\b"),
        ("aide-mémoire", r"^(?:draft )?aide[- ]m[eé]moire"),
        ("message", r"^(?:(?:oral|personal|draft|presidential|informal) )*(?:message|communication)\b"),
        ("minutes", r"^(?:[\w.'’ -]{0,60} )?minutes\b"),
        ("notes", r"^(?:\w+ ){0,2}notes\b"),
        ("summary record", r"^summary record\b"),
        ("memorandum for the record", r"memorand(?:um|urn|om) for the (?:record|files?)\b"),
        ("memorandum", r"^(?:[\w.'’-]+ ){0,4}memorand(?:um|a|om|urn)\b(?! of| on| for)"),
        ("record", r"^(?:[\w.'’ -]{0,40} )?record of\b"),
    )
)
_NOUN = re.compile(
    r"\b(?P<noun>report|paper|study|estimate|statement|address|remarks|interview|diary entry"
    r"|transcript|review"
    r"|note|memorandum|agreement|resolution|communiqu[eé]|summary|highlights|press release|extracts?"
    r"|proposal)s?\b"
)
_CUT = re.compile(
    r" from | of the | by |, by |, (?=[a-z])| with | between | prepared |(?<=memorandum of discussion) |"
    r"(?<=memorandum of conference) |(?<=memorandum of meeting) |(?<=notes of meeting) | \[|, \d"
)
_DATES = (
    re.compile(
        r"\b(?P<month>[A-Z][a-z]{2,8}) (?P<day>\d{1,2})(?:[–-]\d{1,2})?(?:, ?| )(?P<year>1[89]\d\d)"
        r"(?:(?:, | ?[—–] ?)(?P<time>(?:\d|noon|midnight)[^\[]*))?"
    ),
    re.compile(
        r"(?<![\w.])(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}),? (?P<year>1[89]\d\d)"
        r"(?:(?:, | ?[—–] ?)(?P<time>\d[^\[]*))?"
    ),
)
_TIME_ENDS = re.compile(r"(?<=[ap]\. m)\.|(?<=[ap]\.m)\.|(?<=noon)|(?<=midnight)|(?<=\d{4}Z)")
_SENT_AT = re.compile(r"[—–] ?(?:\d{1,2}(?::\d\d)? ?[ap]\. ?m|noon|midnight)|\[Received\b|^\[?Telegram\b")
_SERIAL = re.compile(r"\d{1,5}\.\s+\S")
_SALUTE = re.compile(
    r"(?:My )?[Dd]ear\b.{2,50}[:,]?|Sir\s?:|(?:Your )?Excellency\s?:|Gentlemen\s?:|Mr\. \w+\s?:"
)


@dataclass(frozen=True, slots=True)
class PrintHeading:
    """What the heading of an edited document says.

    Attributes:
        line: index of its line.
        kind: the kind of document.
        sender: where in the line it stands from whom it is, or by whom; None where it does not say.
        addressee: where it stands to whom it is.
    """

    line: int
    kind: str
    sender: tuple[int, int] | None = None
    addressee: tuple[int, int] | None = None


def unspaced(line: str) -> str:
    """A line without the blanks that a print leaves before stops and within brackets."""
    return _SPACED.sub("", line)


def dateline_of(line: str) -> re.Match[str] | None:
    """The place, date and time of a line that tells no more: `[Washington,] March 26, 1948`."""
    plain = _MARKED.sub("", unspaced(line))
    return _DATELINE.match(plain) or _DAY_FIRST.match(plain)


def date_in(line: str) -> tuple[str, str | None] | None:
    """The ISO date that a line tells, with the time of the day where it has one."""
    plain = unspaced(line)
    for pattern in _DATES:
        for found in pattern.finditer(plain):
            month = Lexicon.shipped().month_numbers.get(found.group("month").upper())
            if month:
                time = _TIME_ENDS.split(found.group("time") or "")[0].strip(" .")
                return f"{found.group('year')}-{month:02d}-{int(found.group('day')):02d}", time or None
    return None


def is_prefatory(line: str) -> bool:
    """Whether a line over the text only classifies or numbers a document: `top secret`, `No. 913`."""
    bare = line.strip()
    forms = _CLASSIFICATION, _FILE_NUMBER, _FOR_WHOM
    return any(form.match(bare) for form in forms) or _UNDATED.match(unspaced(bare)) is not None


def _is_dateline(line: str) -> bool:
    return date_in(line) is not None and len(line) < 150 and dateline_of(line) is not None


def _may_head(line: str) -> bool:
    """Whether a line can be the heading of a print: words of both cases, no sentence."""
    bare = _NUMBER.sub("", line, count=1)
    if not bare or len(line) > _LONGEST or line.isupper() or not bare[0].isupper() or bare[-1] in ":;?!":
        return False
    numbered = bare != line
    if not numbered and line.endswith(".") and len(line.split()) > 15:
        return False
    if not numbered and line.endswith(".") and len(line.split()) > 15:
        return False
    if not numbered and (len(bare.split()) < 4 or _JOINS.search(bare) is None or "/" in bare.split()[0]):
        return False  # Message Text; Declassified/Released US Department of State EO Systematic Review
    if not numbered and _KIND_WORD.search(bare[:120]) is None and _SENT.match(unspaced(bare)) is None:
        return False
    return "  " not in line and bare.count(". ") < 4


def _is_plain(line: str) -> bool:
    """Whether a heading is one without a dateline: its number, its date or its first words say so."""
    bare = unspaced(_NUMBER.sub("", line, count=1))
    first = _KIND_WORD.match(bare) is not None and _KIND_OF.match(bare) is not None
    return first or bare != unspaced(line) or _SENT.match(bare) is not None or date_in(bare) is not None


def heading_of(lines: Sequence[str]) -> PrintHeading | None:
    """The heading of an edited document; None where a text has none.

    Args:
        lines: its lines, without the blanks around them.
    """
    told = [i for i, line in enumerate(lines[:40]) if line and not _PAGE.match(line)][:6]
    for i in told[:3]:
        if _EDITORIAL.match(lines[i]):
            return PrintHeading(i, "editorial note")
        if _TITLE.match(lines[i]):
            return _read(lines, i)
    for at, i in enumerate(told[:2]):
        if not _may_head(lines[i]):
            continue
        under = [lines[j] for j in told[at + 1 : at + 3]]
        first, second = [*under, "", ""][:2]
        numbered = _NUMBER.match(lines[i]) is not None
        behind = numbered or is_prefatory(first) or first.startswith("[")
        dated = _is_dateline(first) or (behind and _is_dateline(second))
        if dated or (_is_plain(lines[i]) and any(is_prefatory(line) for line in under)):
            return _read(lines, i)
    return None


def _read(lines: Sequence[str], index: int) -> PrintHeading:
    line = lines[index]
    number = _NUMBER.match(line)
    start = number.end() if number else 0
    bare = re.sub(r"\s*\[\d+\]$", "", line)[start:]
    sent = _SENT.match(bare) if _KIND_WORD.match(bare) is None else None
    found = sent or _FROM.search(bare) or _BY.search(bare)
    kind = _sent_kind(lines, index, unspaced(bare)) if sent else _kind(unspaced(bare))
    sender = addressee = None
    if found is not None:
        sender = (start + found.start("sender"), start + found.end("sender"))
        if "addressee" in found.re.groupindex:
            addressee = (start + found.start("addressee"), start + found.end("addressee"))
    return PrintHeading(index, kind, sender, addressee)


def _kind(title: str) -> str:
    """The kind that a heading tells in words."""
    low = title.lower()
    for kind, pattern in _KINDS:
        if pattern.search(low):
            return kind
    noun = _NOUN.search(low)
    cut = _CUT.split(low)[0].strip(" ,")
    if len(cut.split()) <= 5 and not any(c.isdigit() for c in cut):
        return cut
    return noun.group("noun") if noun else cut


_NOTE_TO = re.compile(r"\b(?:Embassy|Legation|Department|Ministry|Mission|Delegation|Government)\b[^(]*$")


def _sent_kind(lines: Sequence[str], index: int, title: str) -> str:
    """The kind of a document that is headed only by who writes to whom."""
    top = [line for line in lines[index + 1 : index + 40] if line and not _PAGE.match(line)][:9]
    if any(_SALUTE.match(line) for line in top):
        return "letter"
    if any(_SENT_AT.search(line) for line in top[:4]) or any(_SERIAL.match(line) for line in top[:6]):
        return "telegram"
    if any(line in ("Memorandum", "MEMORANDUM") for line in top[:5]):
        return "memorandum"
    sender, _, addressee = title.partition(" to ")
    return "note" if _NOTE_TO.search(sender) or _NOTE_TO.search(addressee) else "letter"
