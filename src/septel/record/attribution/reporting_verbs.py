"""Verbs of saying and what they do, as data; and where in a sentence someone is made to speak."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from septel.record.layout import Prose, cue_text
from septel.record.model import Act, Polarity
from septel.record.people import Mention, MentionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingVerb:
    """A verb or phrase that reports speech, a stance or a deed.

    Attributes:
        lemma: its name.
        group: `speech`, `ask`, `answer`, `propose`, `accept`, `reject`, `commit`, `reserve`, `attitude`,
            `deliver` or `narrative`.
        act: what one does with it.
        polarity: whether it denies.
        participle: whether this form ends in -ING.
        base: whether this form can only follow TO or an auxiliary, or is the present.
    """

    lemma: str
    group: str
    act: Act
    polarity: Polarity
    participle: bool
    base: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingClause:
    """A place where someone is made to speak: subject and verb.

    Attributes:
        start: where the subject begins; of an elided subject, the verb.
        verb_start: where the verb begins.
        end: where the verb ends.
        subject: the mention that is its subject; None when elided.
        verb: the verb.
        perfect: HAD SAID, HAS SAID.
        modal: WOULD SAY, COULD SAY.
        negated: DID NOT SAY.
        aside: between commas within what was said (`, DOBRYNIN SAID,`).
    """

    start: int
    verb_start: int
    end: int
    subject: Mention | None
    verb: ReportingVerb
    perfect: bool = False
    modal: bool = False
    negated: bool = False
    aside: bool = False


_ADVERB = cue_text("verbs.adverb")
_AUX = cue_text("verbs.aux")
_RELATIVE = r"(?:\s*,(?!\s*(?:AND|BUT)\b)[^,.;:]{1,120}?,)"
_MODALS = re.compile(r"\b(?:WOULD|COULD|WILL|MIGHT|MAY|SHOULD|CAN|MUST)\b(?! LIKE)")


@cache
def verbs() -> dict[str, ReportingVerb]:
    """Every form in the shipped table and what it is."""
    text = (files("septel.record") / "data" / "verbs.tsv").read_text(encoding="utf-8")
    found: dict[str, ReportingVerb] = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        lemma = row["lemma"].upper()
        plain = [] if row["class"] == "narrative" else [lemma.replace(" ", "_")]
        for form in [*row["forms"].split(), *plain]:
            words = form.replace("_", " ")
            first = words.split()[0]
            found.setdefault(
                words,
                ReportingVerb(
                    lemma=row["lemma"],
                    group=row["class"],
                    act=Act(row["act"]),
                    polarity=Polarity(row["polarity"]),
                    participle=first.endswith("ING"),
                    base=row["class"] != "narrative"
                    and first == lemma.split()[0]
                    and first not in _SAME_IN_PAST,
                ),
            )
    return found


_SAME_IN_PAST = frozenset({"READ", "SET", "PUT", "CUT"})


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    forms = sorted(verbs(), key=len, reverse=True)
    every = "|".join(re.escape(f) for f in forms)
    finite = "|".join(
        re.escape(f)
        for f in forms
        if not verbs()[f].participle
        and not verbs()[f].base
        and (" " in f or not f.endswith("S"))
        and verbs()[f].group != "narrative"
    )
    active = "|".join(re.escape(f) for f in forms if verbs()[f].participle)
    after = re.compile(
        rf"(?P<gap>{_RELATIVE}?(?:\s+(?:{_ADVERB}|{_AUX})\b(?:\s*,)?)*)\s+(?P<verb>{every})\b(?!-)"
    )
    elided = re.compile(rf"\b(?:AND|BUT|,|OR)\s+(?:(?:{_ADVERB}|DID NOT)\s+)*(?P<verb>{finite})\b(?! BY\b)")
    participle = re.compile(
        rf"(?:(?P<by>\bBY)\s+|(?P<comma>,)\s*(?:\w+LY )?|(?P<first>^\W*(?:\w+LY )?))(?P<verb>{active})\b"
    )
    return after, elided, participle


def heads(
    prose: Prose, start: int, end: int, mentions: tuple[Mention, ...], mask: bytearray
) -> list[ReportingClause]:
    """Every place in a sentence where someone is made to speak, in order, those in quotations left out."""
    after, elided, participle = _patterns()
    text = prose.plain
    found: list[ReportingClause] = []
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    for mention in inside:
        if mention.possessive or mask[mention.start]:
            continue
        m = after.match(text, mention.end, end)
        if not m:
            continue
        verb = verbs()[m.group("verb")]
        gap = m.group("gap")
        if re.match(r"\s+TO\b", gap) and not re.search(
            r"\b(?:CAUSED|LED|PROMPTED|BROUGHT)\s*$", text[: mention.start]
        ):
            continue  # I CALLED DOBRYNIN TO TELL HIM
        aux = re.sub(r",.*,", " ", gap)
        if (
            re.search(r"\b(?:WAS|WERE|BEEN)\b", aux)
            and not verb.participle
            and m.group("verb").split()[0] not in ("PUZZLED",)
        ):
            continue  # passive: HE WAS TOLD
        bare = verb.base and not re.search(
            r"\b(?:TO|WOULD|COULD|DID|NOT|WILL|MIGHT|MAY|CAN|MUST|SHOULD)\b", aux
        )
        if bare and mention.kind not in (MentionKind.FIRST, MentionKind.PLURAL):
            continue
        if verb.participle and not re.search(r"\b(?:BY|BEGAN|CONTINUED)\b", aux):
            continue
        if any(h.verb_start == m.start("verb") for h in found):
            continue
        before, behind = text[start : mention.start].rstrip(), text[m.end() : m.end() + 2].lstrip()
        aside = (
            before.endswith((",", "“", "—", "-")) and behind[:1] in (",", ".", "—", "-") and len(before) > 3
        )
        found.append(
            ReportingClause(
                start=mention.start,
                verb_start=m.start("verb"),
                end=m.end("verb"),
                subject=mention,
                verb=verb,
                perfect=bool(re.search(r"\b(?:HAD|HAS|HAVE)\b", aux))
                and not m.group("verb").startswith("HAD "),
                modal=bool(_MODALS.search(aux)),
                negated="NOT" in aux.split(),
                aside=aside,
            )
        )
    taken = {h.verb_start for h in found}
    for m in elided.finditer(text, start, end):
        if m.start("verb") in taken or mask[m.start("verb")]:
            continue
        verb = verbs()[m.group("verb")]
        found.append(
            ReportingClause(
                start=m.start("verb"),
                verb_start=m.start("verb"),
                end=m.end("verb"),
                subject=None,
                verb=verb,
                negated="NOT" in m.group().split(),
            )
        )
        taken.add(m.start("verb"))
    for m in participle.finditer(text[:end], start):
        if m.start("verb") in taken or mask[m.start("verb")]:
            continue
        if m.group("first") is not None and m.start() != start:
            continue
        found.append(
            ReportingClause(
                start=m.start("verb"),
                verb_start=m.start("verb"),
                end=m.end("verb"),
                subject=None,
                verb=verbs()[m.group("verb")],
            )
        )
    found.sort(key=lambda h: h.verb_start)
    return found
