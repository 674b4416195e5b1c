"""A paper's text as a tree: by the grammar of telegrams, and by the form of the service that sent it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from septel.capture import Capture, Word
from septel.lexicon import Lexicon, letters
from septel.papers.cover import by_cover
from septel.papers.forms import (
    BASIS,
    PRINTED,
    FormFields,
    WeighedFields,
    form_field,
    placed,
    sent_at,
    sure_of_date,
    sure_of_words,
    two_dates,
    weighed_fields,
)
from septel.papers.paper import PaperKind
from septel.papers.places import FormWitness
from septel.telegram import (
    Addressee,
    Field,
    Heading,
    Number,
    Station,
    Telegram,
    parse,
)
from septel.text import Confidence, Reading, Span

CALIBRATION = "form fields, pages judged by eye"
"""What stands behind the confidences of fields of forms (`septel.papers.forms.agreement`)."""
_UNSIGNED = (PaperKind.CABLE, PaperKind.REPORT)
"""What no chief signs: names alone at its foot are of officers, words alone of stamps and print."""
_GRADES = (("TOPSECRET", "TOP SECRET"), ("SECRET", "SECRET"), ("CONFIDENTIAL", "CONFIDENTIAL"))
_LETTERED = (PaperKind.MEMORANDUM, PaperKind.LETTER, PaperKind.OTHER)
"""What is no message and has a subject."""
_REVIEWERS = re.compile(
    r"(?<=\s)(?:(?:CIA|FBI|DIA|NSA|OSD|DOD|USA(?:F|RMY)?|STATE|DOS|NSC|USSS|NARA)\s+(?:HAS|HAD)\s+NO\s+OBJECTION"
    r"|NO\s+OBJECTION\s+TO\s+(?:DECLASS|RELEASE|THE\s+RELEASE)|(?:APPROVED|SANITIZED)\s+FOR\s+RELEASE"
    r"|RELEASED?\s+IN\s+(?:FULL|PART)|RELEASED?\s+(?:AS\s+SANITIZED|UNDER\s+THE)|DECLASSIFIED\s+(?:BY|ON|PER|UNDER|E\.?O)"
    r"|CLASSIFIED\s+BY\s+\S*\d|ALL\s+INFORMATION\s+CONTAINED|CIA\s+HISTORICAL\s+REVIEW).*$",
    re.IGNORECASE | re.DOTALL,
)
"""What reviewers stamped beside or under a subject, long after it was written."""
_SERIAL = re.compile(r"(?P<post>.*?)[\s-]*(?P<serial>\d{2,7})[A-Z]?$")


def read_paper(
    reading: Reading, described: Mapping[str, Any] | None, captured: Capture | None = None
) -> tuple[Telegram, dict[str, Any] | None]:
    """The tree of a paper, and its description with what its form tells: numbers, service, its own date.

    Args:
        reading: the paper's text.
        described: where it stands in its file (`septel.papers.descriptions`); None for a file that is one
            telegram.
        captured: its pages, with the places of words and other readings of them.
    """
    telegram = parse(reading)
    if described is None:
        return _undescribed(telegram, reading, captured), None
    kind = PaperKind(described["kind"])
    sure = weighed_fields(kind, _witnesses(reading, captured))
    sure = replace(sure, fields=replace(sure.fields, subject=_before_stamps(sure.fields.subject)))
    sure = by_cover(_without_times(sure), described.get("cover"))
    fields = sure.fields
    told = dict(described) | {
        "numbers": list(fields.numbers),
        "service": fields.service or None,
        "title": fields.subject or _printed_title(reading.text),
        "date": fields.date or None,
        "participants": list(fields.participants),
        "confidence": {name: round(one, 3) for name, one in _no_surer_than_words(sure, reading).items()},
        "unread": {name: list(told) for name, told in sure.unread.items()},
    }
    if kind is PaperKind.STATE_TELEGRAM:
        # Its own grammar reads it, with its confidences.
        heading, faults = two_dates(telegram.heading, fields, reading)
        telegram = replace(telegram, heading=heading, faults=(*telegram.faults, *faults))
        return telegram, told | {"confidence": {}, "unread": {}}
    if not kind.is_telegram and kind is not PaperKind.DISPATCH:
        return _no_message(telegram, sure, reading, kind), told
    if fields == FormFields(service=fields.service):
        return replace(telegram, signature=None) if kind in _UNSIGNED else telegram, told
    heading = _trusted(_heading(_without(telegram.heading, sure), fields, reading), sure, reading)
    if kind in (PaperKind.MILITARY, PaperKind.OTHER_CABLE):
        # Forms like the Department's: what its grammar has found stands where the form has nothing that the
        # text as read has too.
        found = telegram.heading
        elsewhere = any(not len(one.locus.span) for one in heading.addressees)
        heading = replace(
            heading,
            originator=_in_the_text(heading.originator, found.originator),
            number=heading.number or found.number,
            mrn=None if heading.number else found.mrn,
            addressees=found.addressees
            if found.addressees and (elsewhere or not heading.addressees)
            else heading.addressees,
        )
    if kind not in (PaperKind.MILITARY, PaperKind.OTHER_CABLE):
        # The Department's captions stand on no other service's form: what is like one is print.
        heading = replace(heading, captions=tuple(one for one in heading.captions if one.raw == one.value))
    heading = replace(heading, captions=_compartments(heading.captions, heading.classification))
    if kind in _UNSIGNED:
        telegram = replace(telegram, signature=None)
    if kind is PaperKind.DISPATCH:
        telegram = replace(telegram, signature=_signed(sure, reading))
    heading, faults = two_dates(heading, fields, reading)
    return replace(telegram, heading=heading, faults=(*telegram.faults, *faults)), told


def _undescribed(telegram: Telegram, reading: Reading, captured: Capture | None) -> Telegram:
    """The tree of a paper of which no sign tells what it is.

    Where no head of a telegram stands on it, it has the date, grade, subject, sender and receivers that any
    paper has.
    """
    found = telegram.heading
    if found.originator or found.number or found.sent or found.addressees or found.references or found.tags:
        return telegram
    sure = weighed_fields(PaperKind.OTHER, _witnesses(reading, captured))
    told = _trusted(_heading(Heading(), replace(sure.fields, number=""), reading), sure, reading)
    return replace(
        telegram,
        heading=replace(
            found,
            originator=told.originator,
            addressees=told.addressees,
            date=_sure(_day(sure.fields, reading), "date", sure, reading),
            classification=_own_grade(found.classification, told.classification),
            subject=found.subject or told.subject,
        ),
        signature=telegram.signature or _signed(sure, reading),
    )


def _no_message(telegram: Telegram, sure: WeighedFields, reading: Reading, kind: PaperKind) -> Telegram:
    """The tree of what is no message: who wrote to whom, when and about what stands in its heading too.

    What the grammar took for addressees, numbers or a signer there is of cells, stamps and prose, unless it
    found a whole head of transmission: then the kind is wrong. A record sheet tells what the record is today,
    and has no grade of its own.
    """
    found, fields = telegram.heading, sure.fields
    if found.sent and found.originator and found.addressees:
        return telegram
    told = _trusted(_heading(Heading(), replace(fields, number=""), reading), sure, reading)
    return replace(
        telegram,
        heading=replace(
            told,
            classification=None
            if kind is PaperKind.COVER
            else _own_grade(found.classification, told.classification),
            captions=_compartments(found.captions, told.classification),
            sent=None,
            date=_sure(_day(fields, reading), "date", sure, reading),
            subject=told.subject or (found.subject if kind in _LETTERED else None),
        ),
        signature=_signed(sure, reading),
    )


def _own_grade(found: Field[str] | None, told: Field[str] | None) -> Field[str] | None:
    """The grade that a paper bears: a stamp read plainly goes before what is only like UNCLASSIFIED."""
    if found is None or (told is not None and found.basis and found.value == "UNCLASSIFIED"):
        return told
    if told is not None and "/" in told.raw and told.value == found.value:
        return told
    return found


def _compartments(captions: tuple[Field[str], ...], grade: Field[str] | None) -> tuple[Field[str], ...]:
    """The captions with the word in the grade's cell (`SECRET/RYBAT`): it narrows the handling."""
    if grade is None or "/" not in grade.raw:
        return captions
    words = (one.strip() for one in grade.raw.split("/") if letters(one) != letters(grade.value))
    word = next(words, "")
    known = not word or any(one.value == word for one in captions)
    return captions if known else (replace(grade, value=word), *captions)


def _signed(sure: WeighedFields, reading: Reading) -> Field[str] | None:
    name = sure.fields.signature
    return _sure(form_field(name, name, reading), "signature", sure, reading) if name else None


def _before_stamps(subject: str) -> str:
    """A subject without a reviewer's stamp that stands right behind it."""
    stamp = _REVIEWERS.search(subject)
    return subject[: stamp.start()].rstrip(" -–—.,;:|") if stamp else subject


def _without_times(sure: WeighedFields) -> WeighedFields:
    """The fields without a number whose figures are day, hour and minute of the message."""
    fields = sure.fields
    group = "".join(filter(str.isdigit, fields.time_group))[:6]
    kept = tuple(one for one in fields.numbers if len(group) < 6 or group not in one)
    if len(group) < 6 or group not in fields.number:
        return replace(sure, fields=replace(fields, numbers=kept))
    return replace(
        sure,
        fields=replace(fields, number="", numbers=kept),
        confidence={name: one for name, one in sure.confidence.items() if name != "number"},
        unread=dict(sure.unread) | {"number": (fields.number,)},
    )


def _in_the_text(form: Field[Station] | None, found: Field[Station] | None) -> Field[Station] | None:
    """What a form has, unless only another reading of the page has it and the grammar found something."""
    return found if form is None or (found is not None and not len(form.locus.span)) else form


def _witnesses(reading: Reading, captured: Capture | None) -> list[FormWitness]:
    """What was read of a paper: as restored and decided, as the engine had it, and its file's own layers."""
    source = reading.source
    if captured is None:
        return [FormWitness.of_texts(_texts(reading))]
    if not any(word.box for page in captured.pages for line in page.lines for word in line.words):
        # A text file: its lines are no words at places, its columns are.
        found = [FormWitness.of_texts(_texts(reading))]
        if reading.text != source.text:
            found.append(
                FormWitness.of_texts(
                    [text for page in source.pages if (text := page.of(source.text)).strip()]
                )
            )
        return found

    own = _own_words(reading, captured)

    def restored(word: Word) -> str:
        return own.get(word.span.start, "")

    found = [FormWitness.of_pages(reading.text, captured.pages, restored)]
    if reading.text != source.text:
        found.append(FormWitness.of_pages(source.text, captured.pages))
    for layer in captured.layers:
        pages = [text for page in layer.pages if (text := page.of(layer.text)).strip()]
        found += [FormWitness.of_texts(pages, "layer")] if pages else []
    return found


def _own_words(reading: Reading, captured: Capture) -> dict[int, str]:
    """What each word of the pages reads as restored, by where it begins; what is one word now stands once."""
    found: dict[int, str] = {}
    for page in captured.pages:
        for line in page.lines:
            before: Span | None = None
            for word in line.words:
                span = reading.offsets.to_reading(word.span)
                if span != before or not len(span):
                    found[word.span.start] = span.of(reading.text)
                before = span
    return found


def _texts(reading: Reading) -> list[str]:
    """The pages as they read that have anything on them."""
    pages = (reading.offsets.to_reading(page).of(reading.text) for page in reading.source.pages)
    return [page for page in pages if page.strip()] or [reading.text]


def _printed_title(text: str) -> str | None:
    """The title that editors gave a document in print."""
    found = next((match for line in text.split("\n")[:6] if (match := PRINTED.match(line.strip()))), None)
    return " ".join(found["title"].split()).rstrip(" .") if found else None


def _heading(heading: Heading, fields: FormFields, reading: Reading) -> Heading:
    """The heading with the fields of the form, which go before what looks like a telegram's of 1973."""
    lexicon = Lexicon.shipped()
    post = lexicon.post(fields.originator) if fields.originator else None
    originator = (
        form_field(
            Station(name=fields.originator, post=post.name if post else None), fields.originator, reading
        )
        if fields.originator
        else None
    )
    # `TDCS-3/522,837` is one name, and no post with a number.
    number = None if re.search(r"\d/", fields.number) else _SERIAL.match(fields.number)
    grade = "".join(letter for letter in fields.classification.upper() if letter.isalpha())
    named = next((name for key, name in _GRADES if key in grade), None)
    return replace(
        heading,
        originator=originator,
        number=form_field(
            Number(
                post=number["post"].strip(" -") or fields.originator.partition(":")[0].strip() or None,
                serial=int(number["serial"]),
            ),
            fields.number,
            reading,
        )
        if number
        else None,
        mrn=None,
        sent=(sent := sent_at(fields, reading) or heading.sent),
        date=None if sent and sent.value.year else _day(fields, reading),
        addressees=tuple(
            Addressee(
                station=Station(name=name),
                role=role,
                precedence=None,
                raw=name,
                locus=placed(name, reading),
                basis=BASIS,
            )
            for role, names in (("action", fields.to), ("info", fields.info))
            for name in names
        ),
        classification=form_field(named, fields.classification, reading) if named else heading.classification,
        subject=form_field(fields.subject, fields.subject, reading) if fields.subject else heading.subject,
        references=tuple(form_field(one, one, reading) for one in fields.references) or heading.references,
    )


def _without(heading: Heading, sure: WeighedFields) -> Heading:
    """The heading that the grammar found without what the form can't be sure of: it is among the unread."""
    unread = sure.unread
    return replace(
        heading,
        sent=None if "date" in unread else heading.sent,
        classification=None if "classification" in unread else heading.classification,
        references=() if "references" in unread else heading.references,
    )


def _trusted(heading: Heading, sure: WeighedFields, reading: Reading) -> Heading:
    """The heading with how sure the fields of the form are."""
    return replace(
        heading,
        originator=_sure(heading.originator, "originator", sure, reading),
        number=_sure(heading.number, "number", sure, reading),
        sent=_sure(heading.sent, "date", sure, reading),
        date=_sure(heading.date, "date", sure, reading),
        addressees=tuple(
            replace(
                one,
                confidence=_probability(
                    sure, "to" if one.role == "action" else "info", sure_of_words(reading, one.locus)
                ),
            )
            for one in heading.addressees
        ),
        classification=_sure(heading.classification, "classification", sure, reading),
        references=tuple(
            one for field in heading.references if (one := _sure(field, "references", sure, reading))
        ),
        subject=_sure(heading.subject, "subject", sure, reading),
    )


def _sure(field: Field[Any] | None, name: str, sure: WeighedFields, reading: Reading) -> Field[Any] | None:
    """A field of the form with how sure it is; any other as it is."""
    if field is None or field.basis != BASIS:
        return field
    words = sure_of_words(reading, field.locus)
    if name == "date":
        words = min(words, sure_of_date(reading, sure.fields.date))
    told = _probability(sure, name, words)
    return field if told is None else replace(field, confidence=told)


def _no_surer_than_words(sure: WeighedFields, reading: Reading) -> dict[str, float]:
    """How sure each field is, and no surer than the words that it was read from."""
    told = dict(sure.confidence)
    for name, one in told.items():
        value = getattr(sure.fields, name)
        raws = [value] if isinstance(value, str) else value
        words = [sure_of_words(reading, placed(raw, reading)) for raw in raws if raw]
        if name == "date":
            words = [sure_of_date(reading, sure.fields.date)]
        told[name] = min(one, *words) if words else one
    return told


def _probability(sure: WeighedFields, name: str, words: float = 1.0) -> Confidence | None:
    """How sure a field is, and no surer than its words; None where nobody knows."""
    told = sure.confidence.get(name)
    if told is None and words == 1.0:
        return None
    least = min(words, 1.0 if told is None else told)
    return Confidence(probability=round(least, 3), calibration=CALIBRATION)


def _day(fields: FormFields, reading: Reading) -> Field[str] | None:
    """The day by the form; it stands in several places of the page, and so at none."""
    return form_field(fields.date, fields.date, reading) if fields.date else None
