"""The forms by the kind of paper: each service's form has its own module."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from septel.papers.forms.agreement import WeighedFields, weighed
from septel.papers.forms.bureau import bureau_fields
from septel.papers.forms.cables import cable_fields
from septel.papers.forms.commercial import commercial_fields, is_commercial
from septel.papers.forms.dispatch import dispatch_fields
from septel.papers.forms.fields import FormFields
from septel.papers.forms.memo import memo_fields
from septel.papers.forms.patterns import years_after
from septel.papers.forms.report import report_fields
from septel.papers.forms.wire import state_fields, wire_fields
from septel.papers.paper import PaperKind
from septel.papers.places import FormWitness, Sheet

Form = Callable[[str, Sequence[Sheet]], FormFields]


def _other_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """A company's telegram by its line of filing, any other wire by its own head."""
    return commercial_fields(text, sheets) if is_commercial(text) else wire_fields(text, sheets)


def _paper_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """What a paper of no known form says of itself: number, date, grade, subject.

    Who writes to whom is told where its head has both, or a date and a subject beside the receiver; who
    signs, where a title, a closing or a signature beside the name tells so.
    """
    told = memo_fields(text, sheets)
    both = bool(told.to and (told.originator or (told.subject and told.date)))
    return FormFields(
        originator=told.originator if both else "",
        number=told.number,
        numbers=told.numbers,
        to=told.to if both else (),
        date=told.date,
        classification=told.classification,
        subject=told.subject,
        signature="" if "signature" in told.guessed else told.signature,
        guessed=tuple(name for name in told.guessed if both or name in _ALONE),
    )


_ALONE = ("date", "subject")
"""What a paper may tell of itself without saying who writes to whom."""


def _filled_fields(text: str, sheets: Sequence[Sheet]) -> FormFields:
    """A form with the cells of a memorandum's head, filled in; no other form says who writes to whom.

    It may be a memorandum whose columns look like a form's, so that nothing of it is sure.
    """
    told = memo_fields(text, sheets)
    parties = (told.originator, *told.to)
    if not (told.to and told.originator) or any("(" in one or f"({one}" in text for one in parties):
        return FormFields()  # what is printed in brackets under a line says what to write on it
    return FormFields(
        originator=told.originator,
        to=told.to,
        date=told.date,
        subject=told.subject,
        signature=told.signature,
        guessed=("originator", "to", "date", "subject", "signature"),
    )


FORMS: Mapping[PaperKind, Form] = {
    PaperKind.CABLE: cable_fields,
    PaperKind.REPORT: report_fields,
    PaperKind.BUREAU: bureau_fields,
    PaperKind.STATE_TELEGRAM: state_fields,
    PaperKind.MILITARY: wire_fields,
    PaperKind.OTHER_CABLE: _other_fields,
    PaperKind.MEMORANDUM: memo_fields,
    PaperKind.LETTER: memo_fields,
    PaperKind.OTHER: _paper_fields,
    PaperKind.FORM: _filled_fields,
    PaperKind.DISPATCH: dispatch_fields,
}


def form_fields(kind: PaperKind, witnesses: Sequence[FormWitness]) -> FormFields:
    """The fields of a message of a kind, from all readings of its pages; empty for what is no message.

    Args:
        kind: what the paper is.
        witnesses: the readings, the best first.
    """
    return weighed_fields(kind, witnesses).fields


def weighed_fields(kind: PaperKind, witnesses: Sequence[FormWitness]) -> WeighedFields:
    """The fields of a message of a kind with how sure each is; what is not sure enough is left unread.

    Args:
        kind: what the paper is.
        witnesses: the readings, the best first.
    """
    form = FORMS.get(kind)
    if form is None:
        return WeighedFields(FormFields())
    return weighed([(one.family, _possible(form(one.text, one.sheets), one.text)) for one in witnesses])


def _possible(fields: FormFields, text: str) -> FormFields:
    """The fields; a date is ruled out where the text names several times of years after it as past.

    A title without the name behind it is nobody.
    """
    if _ADDRESS.fullmatch(fields.originator) or any(map(_ADDRESS.fullmatch, fields.to)):
        fields = replace(
            fields,
            originator="" if _ADDRESS.fullmatch(fields.originator) else fields.originator,
            to=tuple(one for one in fields.to if not _ADDRESS.fullmatch(one)),
        )
    if not fields.date or len(years_after(text, fields.date)) < _SEVERAL:
        return fields
    return replace(fields, refuted=(*fields.refuted, "date"))


_ADDRESS = re.compile(r"\W*(?:MR|MRS|MISS|MS|DR|GEN|COL|MAJ|CAPT|LT|HON)\W*", re.IGNORECASE)
_SEVERAL = 2
"""One year may be misread; two are not alike."""
