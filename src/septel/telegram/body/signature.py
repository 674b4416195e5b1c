"""Finds who signed: the last line of the text, by name, by list, or by who headed the post that year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from septel.lexicon import Lexicon
from septel.telegram.body import signer_names as near_names
from septel.telegram.lines import ClassifiedLines, LineKind, TelegramLine, locus_in, runs
from septel.telegram.lines import fuzzy_phrases as noisy
from septel.telegram.model import Field, Heading, Paragraph, ParseFault, Passage, new_field
from septel.text import Reading

_SIGNATURE = re.compile(r"[A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]*){0,2}$")
_TAIL = re.compile(r"(?:[.)\"']|\bUNQUOTE|\bUNQTE|\bEND QUOTE|\bEND TEXT)\s+(?P<name>[A-Z][A-Z'-]{2,})\.?$")
_NOT_NAMES = frozenset(
    {
        "UNQUOTE",
        "END",
        "TEXT",
        "QUOTE",
        "COMMENT",
        "SUMMARY",
        "CONFIDENTIAL",
        "SECRET",
        "GP",
        "ACTION",
        "NOTAL",
    }
)
_PRINTED = frozenset(
    [
        *("DATE", "TIME", "FROM", "SUBJECT", "NAME", "TITLE", "OFFICE", "UNIT", "FORM", "FILE", "NUMBER"),
        *("COPY", "COPIES", "PAGE", "PAGES", "TOP", "RELEASED", "RELEASE", "APPROVED", "AUTHORITY"),
        *("DECLASSIFIED", "CLASSIFIED", "UNCLASSIFIED", "CLASSIFICATION", "SANITIZED", "RESTRICTED"),
        *("RECORDS", "SIGNED", "SIGNATURE", "INITIALS", "REVIEWED", "ENCLOSURE", "ATTACHMENT"),
        *("EXEMPT", "DISTRIBUTION", "REMARKS"),
    ]
)
"""Labels and words of stamps that forms have at their foot; one that is a chief's name (PAGE) signs."""
_SPECKED_NAME = re.compile(r"^\W*([A-Z][A-Z'-]{2,})\s+\W+(?:\s*\w)?$")


@dataclass(slots=True)
class ParsedText:
    """The text of a telegram as the tree holds it, and the part that owns each of its lines."""

    summary: Passage | None = None
    opening: Passage | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    comment: Passage | None = None
    signature: Field[str] | None = None
    parts: dict[int, str] = field(default_factory=dict)
    faults: list[ParseFault] = field(default_factory=list)


class Signing:
    """The end of one text; takes the signature off its lines.

    What it works on is set by the builder of the text.
    """

    _walk: ClassifiedLines
    _reading: Reading
    _lexicon: Lexicon
    _heading: Heading
    _lines: list[TelegramLine]
    _ends: dict[int, int]
    body: ParsedText

    def _sign(self) -> None:
        """The signature is the last line of the text: a surname alone, or after the last full stop.

        Scraps after it (registry stamps, initials) are few and short; then only a known name signs.
        """
        lines = self._lines
        if self._reading.source.step and not self._headed():
            return  # a scanned page of whatever it is: a word alone at its foot is of a form or a stamp
        for back in range(1, min(12, len(lines)) + 1):
            line = lines[-back]
            rest = lines[len(lines) - back + 1 :]
            text = line.text.rstrip(" .,•·").removesuffix(" ACTING")
            if self._walk.noisy and len(text) < 30:
                text = noisy.core(_SPECKED_NAME.sub(r"\1", text))[1].rstrip(" .,-")
            if text.startswith(("NOTE BY", "#")):
                continue
            if self._walk.noisy and text not in self._lexicon.signers and len(line.seen) < 30:
                # A name that the restorer took for another word stands in the source.
                seen = noisy.core(line.seen)[1].rstrip(" .,-")
                text = seen if seen in self._lexicon.signers else text
            split = self._split_name(lines, back, text)
            if split:
                self._take_signature(split, [lines[-back - 1], line])
                return
            if self._walk.noisy and back <= 6 and len(lines) > back:
                weighed = self._weighed(text, line)
                if weighed is not None:
                    name, others = weighed
                    self._take_signature(name, [line], basis="nearest", others=others)
                    return
            last = back == 1 and not (self._walk.noisy and self._known_above(lines))
            if len(lines) > back and self._signs(text, lines[-back - 1].text, last=last):
                self._take_signature(text, [line])
                return
            named = near_names.signer(text, self._lexicon) if self._walk.noisy and back <= 3 else None
            if named is not None and len(lines) > back:
                self._take_signature(named, [line], basis="nearest")
                return
            if self._sign_inline(line, rest) or len(line.text) > 60:
                return

    def _headed(self) -> bool:
        """Whether the page has anything of a telegram's head."""
        head = self._heading
        return bool(
            head.originator or head.number or head.sent or head.addressees or head.tags or head.subject
        )

    def _known_above(self, lines: list[TelegramLine]) -> bool:
        """Whether a known signer stands alone a few lines above the last: dirt may follow a name."""
        above = (
            noisy.core(text)[1].rstrip(" .,-") for line in lines[-5:-1] for text in (line.text, line.seen)
        )
        return any(text in self._lexicon.signers for text in above)

    def _weighed(self, text: str, line: TelegramLine) -> tuple[str, tuple[str, ...]] | None:
        """Whose name a worn last line is, and whose else, when a chief of the post comes near it.

        What the source has plainly stands, whoever headed the post. Of released telegrams 160 in 178 are
        signed by a chief of the post in the year, the rest by any of a thousand: so the chief stands where
        another known name is nearer by one sign, not where it is nearer by more.

        Args:
            text: the line as read, without specks; a restorer may have made a known name of it.
            line: the line itself.
        """
        known = text in self._lexicon.signers
        seen = noisy.core(line.seen)[1].rstrip(" .,-")
        if known and (line.text == line.seen or seen == text):
            return None
        chiefs = self._chiefs()
        if known and text in chiefs:
            return None
        # Where a restorer found a name, a name is to be looked for, and half of it tells enough.
        texts, share = ((seen,), 0.5) if known else ((text, seen), 0.4)
        chief = near_names.name_among(texts, chiefs, share=share)
        other = text if known else near_names.signer(text, self._lexicon)
        if chief is None or other is None or other == chief:
            return None if chief is None else (chief, ())
        if near_names.signs_apart(seen, chief) <= near_names.signs_apart(seen, other) + 1:
            return chief, (other,)
        return None if known else (other, (chief,))

    def _chiefs(self) -> list[str]:
        """Who headed the post of the telegram in its year."""
        number, sent = self._heading.number, self._heading.sent
        origin = self._heading.originator
        post = number.value.post if number else (origin.value.post if origin else None)
        if post is None:
            return []
        chiefs = self._lexicon.chiefs_of(post, sent.value.year if sent else None)
        return [chief.surname for chief in chiefs]

    def _signs(self, text: str, before: str, *, last: bool) -> bool:
        """Whether a line alone is a name; one that no list knows signs only as the very last line."""
        if text in self._lexicon.signers:
            return True
        words = text.split()
        return (
            last
            and bool(_SIGNATURE.match(text))
            and len(words) == 1
            and 3 <= len(text) <= 24
            and not set(words) & (_NOT_NAMES | _PRINTED)
            and not (self._walk.noisy and len(text) <= 4 and text.count("N") > 1)  # a garbled NNN
            and len(before) != len(text)
        )

    def _sign_inline(self, line: TelegramLine, rest: list[TelegramLine]) -> bool:
        """A known name after the last full stop of a line signs, when only scraps follow."""
        tail = _TAIL.search(line.text)
        if not tail or tail.group("name") not in self._lexicon.signers or any(len(r.text) > 45 for r in rest):
            return False
        start, end = tail.span("name")
        self.body.signature = new_field(
            value=tail.group("name"), raw=tail.group("name"), locus=locus_in(self._reading, line, start, end)
        )
        self._ends[line.number] = start
        for later in rest:
            later.kind = LineKind.UNPLACED
        self._lines = [one for one in self._lines if one.number <= line.number]
        return True

    def _split_name(self, lines: list[TelegramLine], back: int, text: str) -> str | None:
        # A name cut by the line end (STEDM / AN, 1974LAPAZ01316).
        if len(lines) <= back or not text.isalpha() or len(text) > 8:
            return None
        first = lines[-back - 1].text
        whole = first + text
        return (
            whole
            if first.isalpha() and whole in self._lexicon.signers and text not in self._lexicon.signers
            else None
        )

    def _take_signature(
        self, name: str, lines: list[TelegramLine], *, basis: str = "", others: tuple[str, ...] = ()
    ) -> None:
        for line in lines:
            line.kind = LineKind.SIGNATURE
            self.body.parts[line.number] = "signature"
        keep = lines[-1].number
        rest = [line for line in self._lines if line.number > keep]
        self._lines = [line for line in self._lines if line.number < lines[0].number]
        for line in rest:
            line.kind = LineKind.UNPLACED
        locus = runs(self._reading, lines)[0]
        self.body.signature = new_field(
            value=name,
            raw=" ".join(line.text for line in lines),
            locus=locus,
            alternatives=others,
            basis=basis,
        )
