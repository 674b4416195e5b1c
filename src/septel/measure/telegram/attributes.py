"""What a released telegram's own text and the archive's attribute block say that its fields are.

The attribute block was typed by indexers: it is cut at fixed widths, has the year before each reference,
adds tags that the drafter did not give and drops others, and runs the subject on into the text. So each
field is judged twice. It is right when it agrees with the attribute; or when it agrees with what a clerk
copies from the page: the label's line and the lines right under it, up to a blank line, another label or a
numbered paragraph. What the attribute then is, is counted apart: `cut` when it is a beginning of the
field, `indexed` when it says otherwise than the page. All comparisons are of letters and figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from septel.lexicon import Lexicon
from septel.telegram import Telegram

FIELDS = (
    "post",
    "number",
    "date",
    "classification",
    "captions",
    "subject",
    "tags",
    "references",
    "addressees",
    "signature",
)
_CAPTIONS = frozenset({"NODIS", "EXDIS", "LIMDIS", "STADIS", "NOFORN"})
_IN_WORDS = {"NO FOREIGN DISSEM": "NOFORN"}
_NOTHING = frozenset({"", "n/a"})
_LABELS = {
    "tags": re.compile(r"TAGS?\b[ :;.,-]*(?P<rest>.*)$|(?:TAGS|TABS)[:;](?P<rest2>.*)$"),
    "subject": re.compile(r"SUBJ(?:ECT|ETC|CT|\.)?\s*[:;.,-]+\s*(?P<rest>.*)$"),
    "references": re.compile(
        r"REF(?:ERENCES?|TELS?|S)?(?:\(S\)|/S)?\s*(?:[:;-]+|(?=\s\(?[A1][.)]))\s*(?P<rest>.*)$"
    ),
}
_NEXT = re.compile(
    r"(?:TAGS?\b|SUBJ|REF[:S ]|REFTEL|E\.? ?O\.?|SUMMARY|BEGIN |CONFIDENTIAL$|SECRET$|UNCLASSIFIED$|"
    r"LIMITED OFF|PAGE \d\d|RE: |DEPT? |PASS |FOR |TO: |1[.)] )"
)
_YEAR = re.compile(r"\b7\d (?=[A-Z]{3})")
_ITEM_LETTER = re.compile(r"(?:^|(?<=[ ;,]))\(?[A-H1-9][.)L]\)? ?")
_AFTER_END = re.compile(
    r"N{3,}|E{4,}$|PAGE \d\d|NOTE BY|<< END|[#*(]|BT$|\d{2,3}$|"
    r"(?:CONFID|SECRET|UNCLAS|LIMITED OFFICIAL USE)[A-Z*]*(?: [A-Z]+\d+)?$"
)
_SIGNATURE = re.compile(r"[A-Z][A-Z'-]{2,}(?: [A-Z'.-]+)?(?<!-)$")
_BROKEN = re.compile(r"[A-Z]{1,2}$")


class FieldVerdict(StrEnum):
    """How a field agrees with the truth; all but `wrong` are right."""

    EXACT = "exact"
    CUT = "cut"
    INDEXED = "indexed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One field of one telegram, judged.

    Attributes:
        document: the telegram's number in the archive.
        field: one of `FIELDS`.
        verdict: how it agrees.
        truth: what it should be: the attribute, and where it is at odds the page's own words.
        found: what the grammar found.
    """

    document: str
    field: str
    verdict: FieldVerdict
    truth: str
    found: str


def folded(text: str) -> str:
    """Letters and figures alone, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def message_lines(text: str) -> list[str]:
    """The lines between the archive's frames, without spaces at their ends."""
    begin = re.search(r"^\s*Message Text\s*$", text, re.MULTILINE)
    end = re.search(r"^\s*Message Attributes\s*$", text, re.MULTILINE)
    lines = text[begin.end() if begin else 0 : end.start() if end else len(text)].split("\n")
    return [line.strip() for line in lines if "Declassified/Released" not in line]


def copied(lines: list[str], field: str) -> str | None:
    """What a clerk copies of a labelled field from the page; None where the page has no such label."""
    for at, line in enumerate(lines):
        match = _LABELS[field].match(line)
        if match is None:
            continue
        parts = [next(group for group in match.groups() if group is not None)]
        for later in lines[at + 1 :]:
            if not later or _NEXT.match(later) or re.match(r"\(?\d{1,2}[.)] ", later):
                break
            parts.append(later)
        text = ""
        for part in parts:
            text = text[:-1] + part if text.endswith("-") and part[:1].isalpha() else f"{text} {part}".strip()
        return text
    return None


def _unlabelled(lines: list[str], lexicon: Lexicon) -> str | None:
    """The references of a page without their label: a telegram's name alone behind the subject."""
    at = next((n for n, line in enumerate(lines) if _LABELS["subject"].match(line)), None)
    behind = next((line for line in lines[at + 1 :] if line), "") if at is not None else ""
    named = re.fullmatch(r"(?P<post>[A-Z][A-Z ]{2,20}?) \d{3,6}", behind)
    return behind if named and lexicon.post(named["post"]) else None


def fields_of(telegram: Telegram) -> dict[str, str]:
    """Each field as one comparable line; empty where the grammar found none."""
    heading = telegram.heading
    number, sent, origin = heading.number, heading.sent, heading.originator
    return {
        "post": (number.value.post if number else None) or (origin.value.post if origin else None) or "",
        "number": str(number.value.serial) if number else "",
        "date": sent.value.iso if sent else "",
        "classification": heading.classification.value if heading.classification else "",
        "captions": " ".join(sorted({c.value for c in heading.captions})),
        "subject": heading.subject.value if heading.subject else "",
        "tags": ", ".join(heading.tags.value) if heading.tags else "",
        "references": "; ".join(item.value for item in heading.references),
        "addressees": "; ".join(
            " ".join(
                filter(
                    None,
                    (
                        a.role,
                        a.station.post or a.station.name,
                        "NIACT" * a.night_action,
                        a.precedence,
                        a.number,
                    ),
                )
            )
            for a in heading.addressees
        ),
        "signature": telegram.signature.value if telegram.signature else "",
    }


def judge(document: str, text: str, telegram: Telegram) -> Iterator[Judgement]:
    """Judge every field of a released telegram whose file has both message and attributes."""
    attributes = dict(telegram.catalogue)
    lines = message_lines(text)
    found = fields_of(telegram)
    lexicon = Lexicon.shipped()
    for field, truth in _plain_truth(document, attributes, lexicon).items():
        value = found[field]
        if field == "captions":
            yield _judge_captions(document, truth, lines, value)
            continue
        if field == "date":
            value = value[:10]
        right = value == truth
        yield Judgement(
            document=document,
            field=field,
            verdict=FieldVerdict.EXACT if right else FieldVerdict.WRONG,
            truth=truth,
            found=value,
        )
    for field, name in (("subject", "Subject"), ("tags", "TAGS"), ("references", "Reference")):
        page = copied(lines, field)
        if page is None and field == "references":
            page = _unlabelled(lines, lexicon)
        yield _judge_labelled(document, field, attributes.get(name, ""), page, found[field])
    yield _judge_addressees(document, attributes.get("To", ""), lines, telegram, lexicon)
    yield _judge_signature(document, lines, found["signature"])


def _plain_truth(document: str, attributes: Mapping[str, str], lexicon: Lexicon) -> dict[str, str]:
    truth: dict[str, str] = {}
    match = re.match(r"\d{4}([A-Z]+)0*(\d+)$", document)
    if match:
        post = lexicon.post(attributes.get("From", "") or match.group(1)) or lexicon.post(match.group(1))
        truth["post"] = post.name if post else match.group(1)
        truth["number"] = match.group(2)
    drafted = re.match(r"(\d\d) (\w{3}) (\d{4})", attributes.get("Draft Date", ""))
    if drafted:
        month = lexicon.month_numbers[drafted.group(2).upper()]
        truth["date"] = f"{drafted.group(3)}-{month:02d}-{drafted.group(1)}"
    grade = attributes.get("Original Classification", "")
    if grade not in _NOTHING:
        truth["classification"] = grade
    captions = attributes.get("Original Handling Restrictions", "")
    truth["captions"] = "" if captions in _NOTHING else " ".join(sorted(_CAPTIONS & set(captions.split())))
    return truth


def _judge_captions(document: str, told: str, lines: list[str], found: str) -> Judgement:
    """Only the captions that the attribute can hold are compared; release may have taken one out of it."""
    value = " ".join(sorted(_CAPTIONS.intersection(found.split())))
    alone = {_IN_WORDS.get(line.strip("."), line) for line in lines}
    page = " ".join(sorted(_CAPTIONS & alone))
    verdict = FieldVerdict.WRONG
    if value == told:
        verdict = FieldVerdict.EXACT
    elif value == page:
        verdict = FieldVerdict.INDEXED
    truth = told if verdict is FieldVerdict.EXACT else f"{told} | page: {page}"
    return Judgement(document=document, field="captions", verdict=verdict, truth=truth, found=value)


def _judge_labelled(document: str, field: str, attribute: str, page: str | None, found: str) -> Judgement:
    attribute = "" if attribute in _NOTHING or not folded(attribute) else attribute
    told, seen = _comparable(field, attribute), _comparable(field, found)
    verdict = FieldVerdict.WRONG
    if told == seen:
        verdict = FieldVerdict.EXACT
    elif page is not None and _comparable(field, page) == seen:
        verdict = (
            FieldVerdict.CUT if told and seen.startswith(told) and field != "tags" else FieldVerdict.INDEXED
        )
    elif told and field != "tags" and len(told) >= 12 and seen.startswith(told):
        verdict = FieldVerdict.CUT
    elif page is None and not seen:
        verdict = FieldVerdict.INDEXED  # the page has no such line; the indexer supplied one
    truth = attribute if page is None or verdict is FieldVerdict.EXACT else f"{attribute} | page: {page}"
    return Judgement(document=document, field=field, verdict=verdict, truth=truth, found=found)


def _comparable(field: str, text: str) -> str:
    if field == "tags":
        return " ".join(sorted(filter(None, (folded(part) for part in re.split(r"[,; ]+|(?=\()", text)))))
    if field == "references":
        text = _ITEM_LETTER.sub("", _YEAR.sub("", text.upper()))
        text = re.sub(r"(?<![0-9])0+(?=\d)", "", text)
    return folded(text)


def _judge_addressees(
    document: str, attribute: str, lines: list[str], telegram: Telegram, lexicon: Lexicon
) -> Judgement:
    """Right when the page's own lines from TO to the class line are what was found, in order.

    The attribute names the first addressees only, by codes that changed over the years: it counts as
    `exact` where it names all that act and as `indexed` where not.
    """
    blocks = _address_blocks(lines)
    block = blocks[0] if blocks else []
    later = {folded(line) for other in blocks[1:] for line in other} | _above_sections(lines)
    found = [a.raw for a in telegram.heading.addressees]
    first, rest = found[: len(block)], found[len(block) :]
    right = folded("".join(block)) == folded("".join(first)) and all(folded(one) in later for one in rest)
    acting = {a.station.post for a in telegram.heading.action}
    named = {post.name for word in re.split(r"[;,]| (?=STATE)", attribute) if (post := lexicon.post(word))}
    verdict = FieldVerdict.WRONG
    if right:
        verdict = FieldVerdict.EXACT if acting == named else FieldVerdict.INDEXED
    return Judgement(
        document=document,
        field="addressees",
        verdict=verdict,
        truth=f"{attribute} | page: {'; '.join(block)}",
        found="; ".join(found),
    )


def _address_blocks(lines: list[str]) -> list[list[str]]:
    """The addressees of each section: from the TO below an FM down to the next blank line."""
    blocks: list[list[str]] = []
    within = False
    before = ""
    for line in lines:
        if line.startswith("TO ") and before.startswith("FM "):
            within = True
            blocks.append([line[3:].strip()])
        elif within:
            within = bool(line)
            if within:
                blocks[-1].append(line.removeprefix("INFO ").strip())
        before = line or before
    return blocks


def _above_sections(lines: list[str]) -> set[str]:
    """What stands alone above the class line of a later section: an address that went on over the page."""
    found, before = set(), ""
    for line in lines:
        if line and _SECTION.search(line) and not line.startswith("PAGE "):
            found.add(folded(before))
        before = line or before
    return found


_SECTION = re.compile(r"\bSECTION [2-9] OF \d")


def _judge_signature(document: str, lines: list[str], found: str) -> Judgement:
    """The page's last line, notes and markings aside: a name alone, or a name after its last full stop.

    A name that the wire broke stands on two lines; a word that was divided, or the item of a list, is none.
    """
    truth = ""
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if not line or _AFTER_END.match(line):
            continue
        if at and _BROKEN.match(line) and _SIGNATURE.match(lines[at - 1]):
            line = lines[at - 1] + line
        alone = _SIGNATURE.match(line)
        behind = re.search(r"(?<!^[A-Z0-9])\. ([A-Z][A-Z'-]{2,})$", line)
        truth = alone.group() if alone else (behind.group(1) if behind else "")
        break
    truth = truth.removesuffix(" ACTING")
    verdict = FieldVerdict.EXACT if folded(truth) == folded(found) else FieldVerdict.WRONG
    return Judgement(document=document, field="signature", verdict=verdict, truth=truth, found=found)


def plain_run(lines: list[str]) -> list[str]:
    """The numbers with a stop at the beginning of lines that go up from the first, by three at the most.

    A drafter may leave a number out or give one twice; that is the page's own count, and is kept. What the
    transcript lost is put back where its neighbours leave no other: the stop of the number between two others
    where a blank line stands before it, and a figure of a number between two others (10, 1, 12). Numbers of
    a list within a paragraph, which begins again at one, are no paragraphs'. One number alone is no run.
    """
    found = list(_numbers(lines))
    run: list[int] = []
    at = 0
    while at < len(found):
        n, stopped = found[at]
        last = run[-1] if run else 0
        after = next((m for m, whole in found[at + 1 :] if whole), None)
        if stopped and n == 1 and last and after == 2:
            at = _past_list(found, at, last)
            continue
        between = after == last + 2
        lost = between and str(n) in (str(last + 1)[:-1], str(last + 1)[1:])
        # So it is where the last number of all lost a figure: `10.`, `1. COMMENT`.
        lost = lost or (after is None and last >= 9 and str(n) in (str(last + 1)[:-1], str(last + 1)[1:]))
        if last and (between or after is None) and ((between and n == last + 1) or (stopped and lost)):
            run.append(last + 1)
        elif stopped and n > 0 and last <= n <= last + 3:
            run.append(n)
        at += 1
    return [str(n) for n in run] if len(run) > 1 else []


def _numbers(lines: list[str]) -> Iterator[tuple[int, bool]]:
    """Each number at the beginning of a line, and whether it has its stop; without it, only below a blank."""
    before = ""
    for line in lines:
        found = re.match(r"\(?(\d{1,2})(?P<stop>[.)](?=\s)| \.|\.\.?-?(?=[\sA-Z])|(?= [A-Z]{2}))", line)
        if found and (found.group("stop") or not before):
            yield int(found.group(1)), bool(found.group("stop"))
        before = line


def _past_list(found: list[tuple[int, bool]], at: int, last: int) -> int:
    """Where the items of a list end: before the number that its paragraph is followed by, or at the end."""
    n = 0
    while at < len(found) and (not found[at][1] or found[at][0] == n + 1):
        if found[at][1]:
            n += 1
            if n > 1 and n == last + 1:
                return at
        at += 1
    return at
