"""W3C PROV in its JSON form (PROV-JSON): who or what read each place as it stands, from what, and when.

- Entities: the original files, the source as it was captured, every entry of the edit log that reads a place,
  and the reading that follows from those that count (a `prov:Collection`).
- Activities: the capture, each run of a tool or sitting of a person (all entries of one moment and author),
  and each undoing.
- Agents: tools, with version and model, as `prov:SoftwareAgent`; persons as `prov:Person`.
- An entry is derived from the source; one that takes another's place is its `prov:Revision`; one that was
  undone is invalidated.

Names are `urn:septel:` and what the archive calls the thing, so files of one archive can be joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from septel.archive import Holding
from septel.archive.model import shown_field
from septel.export.json_text import json_text
from septel.export.protocol import LossNote
from septel.text import Edit, Entry, Ground, Step

_PREFIXES = {"septel": "urn:septel:", "prov": "http://www.w3.org/ns/prov#"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prov:
    """The edit log of a holding as PROV-JSON."""

    name: str = "prov"
    ending: str = ".prov.json"
    media_type: str = "application/json"
    losses: tuple[LossNote, ...] = (
        LossNote(what="the text itself", where="text, tei, json"),
        LossNote(what="the telegram's sections and paragraphs", where="json, tei"),
        LossNote(what="boxes of lines and words", where="alto, page, hocr"),
    )

    def write(self, holding: Holding) -> bytes:
        """The holding's provenance."""
        return json_text(prov_document(holding)).encode()


def prov_document(holding: Holding) -> dict[str, Any]:
    """The provenance as PROV-JSON's own structure of tables."""
    made = _Document(holding)
    made.capture()
    for entry in holding.log.entries:
        made.entry(entry)
    made.revisions()
    made.reading()
    return {"prefix": _PREFIXES, **{kind: rows for kind, rows in made.tables.items() if rows}}


class _Document:
    """Collects the tables of one document."""

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self.source = f"septel:source/{holding.source.id}"
        self.tables: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.runs: dict[tuple[object, ...], str] = {}
        self.active = {entry.number for entry in holding.log.active()}

    def _relate(self, kind: str, **fields: object) -> None:
        rows = self.tables[kind]
        rows[f"_:{kind}{len(rows) + 1}"] = {f"prov:{key}": value for key, value in fields.items()}

    def capture(self) -> None:
        """The files, and the source as it came from them."""
        entities, source = self.tables["entity"], self.holding.source
        entities[self.source] = {
            "prov:label": source.name,
            "septel:sha256": source.digest,
            "prov:type": _name("septel:Source"),
        }
        activity = f"septel:capture/{source.id}"
        if source.step is not None:
            agent = self._tool(source.step)
            self.tables["activity"][activity] = {"prov:label": "capture"}
            self._relate("wasAssociatedWith", activity=activity, agent=agent)
            self._relate("wasGeneratedBy", entity=self.source, activity=activity)
        for original in self.holding.originals:
            key = f"septel:original/{original.digest}"
            entities[key] = {"prov:label": original.name, "prov:type": _name("septel:Original")}
            self._relate("wasDerivedFrom", generatedEntity=self.source, usedEntity=key)

    def entry(self, entry: Entry) -> None:
        """One entry of the log: a reading of a place, or the undoing of one."""
        activity = self._run(entry)
        if entry.edit is None:
            if entry.undoes is not None and self.holding.log.entries[entry.undoes - 1].edit is not None:
                self._relate(
                    "wasInvalidatedBy",
                    entity=self._key(entry.undoes),
                    activity=activity,
                    time=entry.at.isoformat(),
                )
            return
        key = self._key(entry.number)
        self.tables["entity"][key] = self._said(entry, entry.edit)
        self._relate("wasGeneratedBy", entity=key, activity=activity, time=entry.at.isoformat())
        self._relate("wasDerivedFrom", generatedEntity=key, usedEntity=self.source)
        self._relate("wasAttributedTo", entity=key, agent=self._author(entry, entry.edit))

    def _said(self, entry: Entry, edit: Edit) -> dict[str, Any]:
        said: dict[str, Any] = {
            "prov:type": _name("septel:Edit"),
            "septel:line": self.holding.source.line_at(edit.span.start),
            "septel:start": edit.span.start,
            "septel:end": edit.span.end,
            "septel:before": edit.before,
            "septel:after": edit.after,
            "septel:ground": edit.reason.ground.value,
            "septel:counts": entry.number in self.active,
        }
        if edit.reason.detail:
            said["septel:detail"] = edit.reason.detail
        if edit.unreadable:
            said["septel:unreadable"] = True
        if edit.confidence:
            said["septel:probability"] = edit.confidence.probability
            said["septel:calibration"] = edit.confidence.calibration
        if edit.alternatives:
            said["septel:alternative"] = [one.text for one in edit.alternatives]
        return said

    def revisions(self) -> None:
        """Entries that count, each the revision of those in its place that do not."""
        log = self.holding.log
        standing = [(e, e.edit) for e in log.standing() if e.edit is not None and e.number not in self.active]
        if not standing:
            return
        for entry in log.active():
            assert entry.edit is not None
            for older, edit in standing:
                if edit.span == entry.edit.span or edit.span.overlaps(entry.edit.span):
                    rows = self.tables["wasDerivedFrom"]
                    rows[f"_:wasDerivedFrom{len(rows) + 1}"] = {
                        "prov:generatedEntity": self._key(entry.number),
                        "prov:usedEntity": self._key(older.number),
                        "prov:type": _name("prov:Revision"),
                    }

    def reading(self) -> None:
        """The reading that follows from the entries that count."""
        key = f"septel:reading/{self.holding.id}/{len(self.holding.log.entries)}"
        self.tables["entity"][key] = {
            "prov:label": shown_field(self.holding, "title"),
            "prov:type": _name("prov:Collection"),
        }
        self._relate("wasDerivedFrom", generatedEntity=key, usedEntity=self.source)
        for number in sorted(self.active):
            self._relate("hadMember", collection=key, entity=self._key(number))

    def _key(self, number: int) -> str:
        return f"septel:entry/{self.holding.id}/{number}"

    def _run(self, entry: Entry) -> str:
        """The activity of an entry: one for all that its author added at its moment."""
        step = entry.edit.step if entry.edit else None
        run = (entry.at, entry.by, _step_key(step) if step else "", entry.edit is None)
        if run not in self.runs:
            key = self.runs[run] = f"septel:run/{self.holding.id}/{len(self.runs) + 1}"
            at = entry.at.isoformat()
            label = "undo" if entry.edit is None else step.tool if step else entry.by
            self.tables["activity"][key] = {"prov:startTime": at, "prov:endTime": at, "prov:label": label}
            if entry.edit is not None:
                self._relate("used", activity=key, entity=self.source)
                self._relate("wasAssociatedWith", activity=key, agent=self._author(entry, entry.edit))
            else:
                self._relate("wasAssociatedWith", activity=key, agent=self._person(entry.by))
        return self.runs[run]

    def _author(self, entry: Entry, edit: Edit) -> str:
        return self._person(entry.by) if edit.reason.ground is Ground.DECISION else self._tool(edit.step)

    def _person(self, name: str) -> str:
        key = f"septel:person/{_plain(name)}"
        self.tables["agent"].setdefault(key, {"prov:type": _name("prov:Person"), "prov:label": name})
        return key

    def _tool(self, step: Step) -> str:
        key = f"septel:tool/{_step_key(step)}"
        if key not in self.tables["agent"]:
            said: dict[str, Any] = {
                "prov:type": _name("prov:SoftwareAgent"),
                "prov:label": f"{step.tool} {step.version}".strip(),
            }
            if step.model:
                said["septel:model"] = step.model
            if step.settings:
                said["septel:settings"] = ", ".join(f"{name}={value}" for name, value in step.settings)
            self.tables["agent"][key] = said
        return key


@lru_cache(maxsize=64)
def _step_key(step: Step) -> str:
    return step.key


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    """A person's name as part of a name in PROV: what it can't hold stands as its code point."""
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}_" for c in name)


def _name(name: str) -> Mapping[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
