"""An edition brought up to date: what changed in the archive is ruled on again, put in or taken out.

How it goes:

1. Papers whose stamp is another one than the manifest has, and those whose ruling may have turned with the
   day, are ruled on.
2. What is no longer shown as it was (withheld now, in part, or gone) is taken out; what is shown is put in
   as a copy.
3. Where anything was taken out, the index is made again and the file written anew: neither a word of it, nor
   that it was there, stays behind in vocabularies, counts or free pages.

A run that was cut off leaves a mark (`unfinished`); the next one then makes the edition from the start.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from septel.archive.acts import NOTE, TAG, UNTAG, CurationAct, standing
from septel.archive.archive import Archive
from septel.archive.editions.manifest import Manifest, ManifestRow
from septel.archive.editions.sealed import SealedArchive
from septel.archive.handling import HandlingRules, PaperRuling, ReaderRole, released_copy, standing_only
from septel.archive.model import Holding
from septel.archive.search import VERSION
from septel.archive.store import HEADING, faults
from septel.record.review import ReviewLog

FORM = "1"
"""Of the copies that this module makes; an edition of another form is made anew."""
UNFINISHED = ".unfinished"
"""How the mark of an edition that is being made ends."""
_MANY = 50
"""So many copies are put in within one transaction."""


class ReaderEdition:
    """The edition of one role.

    Args:
        main: the archive.
        role: whose edition.
        folder: where editions are kept.
    """

    def __init__(self, main: Archive, role: ReaderRole, folder: Path) -> None:
        self.main, self.role = main, role
        self.folder = folder / role.name
        self._unfinished = folder / f"{role.name}{UNFINISHED}"
        with faults(folder):
            self.manifest = Manifest(folder / f"{role.name}.manifest.sqlite")
        self._archive: SealedArchive | None = None
        self._key: tuple[str, ...] = ()

    def close(self) -> None:
        """Close it; it stays on the disk."""
        self.manifest.close()
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def current(self, today: date) -> SealedArchive:
        """The edition as it has to be now, sealed."""
        text = self.main.handling.rules_text()
        digest = hashlib.sha256(repr((text, self.role)).encode()).hexdigest()[:16]
        key = (self.main.handling.stamp(), digest, today.isoformat())
        if self._archive is not None and key == self._key:
            return self._archive
        if self._archive is not None:
            self._archive.close()
            self._archive = None
        with faults(self.folder), self.manifest.locked():
            self._renew(digest, today)
        self._archive = SealedArchive.open(self.folder, create=False)
        self._archive.seal(self.main.objects, self.main.audit)
        self._key = key
        return self._archive

    def _renew(self, digest: str, today: date) -> None:
        form = f"{FORM}.{VERSION}"
        if self.manifest.form() != form or self._unfinished.exists() or not self.folder.exists():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.manifest.begin_anew(form)
        self._unfinished.touch()
        with SealedArchive.open(self.folder) as edition:
            edition.unprotect()
            self._bring_up(edition, digest, today)
        self._unfinished.unlink()

    def _bring_up(self, edition: SealedArchive, digest: str, today: date) -> None:
        before, stamps = self.manifest.rows(), self.main.handling.stamps()
        day = today.isoformat()
        rows: dict[str, ManifestRow] = {}
        rulings: dict[str, PaperRuling] = {}
        rules = self.main.handling.rules()
        for holding, stamp in stamps.items():
            old = before.get(holding)
            mark = f"{stamp}/{digest}"
            if old is not None and old.stamp == mark and not (old.until and old.until <= day):
                rows[holding] = old
                continue
            ruling = self.main.handling.ruling(holding, self.role, today=today, rules=rules)
            rulings[holding] = ruling
            rows[holding] = _row(ruling, mark)
        rows = self._with_images(rows)
        gone = [holding for holding in before if holding not in rows]
        changed = [one for one in rows.values() if _differs(before.get(one.holding), one)]
        settled = {one.holding for one in changed}
        same = [
            replace(rows[holding], copy=before[holding].copy) for holding in rulings if holding not in settled
        ]
        scrub = self._take_out(edition, before, gone, changed)
        self.manifest.remove(gone)
        self._put_in(edition, changed, rulings, rules, today)
        self.manifest.put(same)
        if scrub:
            edition.scrub()

    def _take_out(
        self,
        edition: SealedArchive,
        before: Mapping[str, ManifestRow],
        gone: Sequence[str],
        changed: Sequence[ManifestRow],
    ) -> bool:
        """Take out what is no longer shown as it was; says whether anything was."""
        leaving = [before[one].copy for one in gone]
        for one in changed:
            old = before.get(one.holding)
            if old is not None and (one.outcome, old.outcome) != ("whole", "whole"):
                leaving.append(old.copy)
        taken = [copy for copy in leaving if copy is not None]
        with edition.together():
            for copy in taken:
                edition.remove_copy(copy)
        return bool(taken)

    def _put_in(
        self,
        edition: SealedArchive,
        changed: Sequence[ManifestRow],
        rulings: Mapping[str, PaperRuling],
        rules: HandlingRules,
        today: date,
    ) -> None:
        # How the index lies follows from what is put in at a time: what is withheld takes no part in that.
        self.manifest.put([row for row in changed if row.outcome == "withheld"])
        shown = [row for row in changed if row.outcome != "withheld"]
        for at in range(0, len(shown), _MANY):
            done = []
            with edition.together():
                for row in shown[at : at + _MANY]:
                    ruling = rulings.get(row.holding) or self.main.handling.ruling(
                        row.holding, self.role, today=today, rules=rules
                    )
                    done.append(replace(row, copy=self._copy(edition, row, ruling)))
            self.manifest.put(done)

    def _copy(self, edition: SealedArchive, row: ManifestRow, ruling: PaperRuling) -> str:
        """Put a copy of a paper in; gives its id."""
        held = self.main.holding(row.holding)
        if ruling.withheld:
            copy = released_copy(held, ruling.withheld, reasons=self.role.notes)
            edition.put_copy(copy, acts=self._acts(held.id, notes=False))
            return copy.id
        copy = _whole(held, images=row.images)
        reviews = self.main.reviews(held.id)
        if not self.role.notes:
            unsaid = tuple(replace(one, why="") for one in copy.corrected)
            copy, reviews = replace(standing_only(copy), corrected=unsaid), _standing(reviews)
        edition.put_copy(
            copy,
            acts=self._acts(held.id, notes=self.role.notes),
            reviews=reviews,
            record=self.main.records.kept(held.id),
        )
        return copy.id

    def _acts(self, holding: str, *, notes: bool) -> list[CurationAct]:
        """Persons' acts that come along: tags and notes if the role has them, markings of the whole."""
        kinds = {*((TAG, UNTAG) if self.role.tags else ()), *((NOTE,) if notes else ())}
        kept = [one for one in standing(self.main.curation.acts(holding)) if one.what in kinds]
        for said in self.main.handling.statements(holding):
            if said.portion is None:
                data = {name: said.get(name) for name in ("stage", "kind", "value", "date", "authority")}
                kept.append(replace(said.act, data={**data, "portion": None, "why": ""}))
        return kept

    def _with_images(self, rows: Mapping[str, ManifestRow]) -> dict[str, ManifestRow]:
        """Whose files may be given: a file is, where every paper that came from it is shown whole."""
        if not self.role.originals:
            return {one: replace(row, images=False) for one, row in rows.items()}
        files = self.main.contents.files()
        shown = {one for one, row in rows.items() if row.outcome == "whole"}
        closed = {digest for digest, holdings in files.items() if not holdings <= shown}
        of: dict[str, set[str]] = {}
        for digest, holdings in files.items():
            for one in holdings:
                of.setdefault(one, set()).add(digest)
        return {
            one: replace(row, images=row.outcome == "whole" and closed.isdisjoint(of.get(one, ())))
            for one, row in rows.items()
        }


def _row(ruling: PaperRuling, stamp: str) -> ManifestRow:
    reasons = [_told(ruling.whole.rule, ruling.whole.reason)]
    for portion, one in ruling.portions:
        if not one.released:
            reasons.append(f"withheld in it, {_told(one.rule, one.reason)}: {_extent(portion.spans)}")
    return ManifestRow(
        holding=ruling.holding,
        stamp=stamp,
        outcome=ruling.outcome,
        withheld=",".join(f"{one.start}-{one.end}" for one in ruling.withheld),
        until=ruling.until,
        reason="\n".join(reasons),
    )


def _told(rule: str, reason: str) -> str:
    return f"{reason} (rule {rule!r})" if rule else reason


def _extent(spans: Iterable[Any]) -> str:
    return f"{sum(len(one) for one in spans)} characters"


def _differs(old: ManifestRow | None, new: ManifestRow) -> bool:
    """Whether a paper has to be put in, replaced or noted as withheld."""
    return old is None or replace(old, copy=None, until=None) != replace(new, copy=None, until=None)


def _whole(held: Holding, *, images: bool) -> Holding:
    """The copy of a paper that is shown whole: as it is, without what leads to others of its file."""
    machine = {one.field: one.machine for one in held.corrected if one.field in HEADING}
    if "title" in machine and not machine["title"]:
        del machine["title"]
    copy: Holding = replace(held, telegram=_alone(held.telegram), **machine)  # type: ignore[arg-type]
    if images:
        return copy
    pages = tuple(replace(page, image_digest=None) for page in held.pages)
    return replace(copy, originals=(), layers=(), pages=pages)


def _standing(reviews: ReviewLog) -> ReviewLog:
    """What stands of a review, without persons' reasons."""
    log = ReviewLog(reviews.source_id)
    for entry, opinion in reviews.standing():
        log = log.add(replace(opinion, reason=""), by=entry.by, at=entry.at)
    return log


def _alone(tree: Mapping[str, object]) -> dict[str, object]:
    """A tree whose paper is the only one of its file: which others there are is not told."""
    paper = tree.get("paper")
    if not isinstance(paper, Mapping):
        return dict(tree)
    first, last = paper.get("pages") or (1, 1)
    alone = {"number": 1, "of": 1, "before": None, "after": None, "pages": [1, last - first + 1]}
    return {**tree, "paper": {**paper, **alone, "why": [], "proposed": []}}
