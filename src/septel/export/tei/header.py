"""The TEI header: what the document is, where it came from, what read it, and what was changed when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from septel.archive import Holding
from septel.archive.model import doubted_of, shown_field, shown_reference
from septel.export.tei.standoff import locus_in
from septel.export.xml import Laid, name_of
from septel.telegram import TelegramJson, marked_field, marking_of
from septel.text import Entry, Ground, Step

SOURCE = "source"
"""The id of the source as a witness: what came, before anything was read otherwise."""
_WHOLE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ")


def author_of(entry: Entry) -> str:
    """Who stands behind an edit: the person who decided, or the step that proposed it."""
    assert entry.edit is not None
    decided = entry.edit.reason.ground is Ground.DECISION
    return f"person:{entry.by}" if decided else _key(entry.edit.step)


@lru_cache(maxsize=64)
def _key(step: Step) -> str:
    return step.key


def responsible(active: Iterable[Entry]) -> dict[str, str]:
    """An XML id for each step and each person behind an edit that counts."""
    keys: dict[str, str] = {}
    for entry in active:
        keys.setdefault(author_of(entry), f"s{len(keys) + 1}")
    return keys


def write_header(
    out: Laid,
    holding: Holding,
    tree: TelegramJson | None,
    active: Sequence[Entry],
    who: Mapping[str, str],
) -> None:
    """Add the header; `active` are the entries that make the reading, `who` their authors' ids."""
    out.start("teiHeader")
    _file(out, holding, active, who)
    _encoding(out, active, who)
    _profile(out, holding, tree)
    _revisions(out, holding, who)
    out.end()


def _file(out: Laid, holding: Holding, active: Sequence[Entry], who: Mapping[str, str]) -> None:
    out.start("fileDesc")
    out.start("titleStmt")
    out.leaf("title", shown_field(holding, "title"))
    for person in sorted({e.by for e in active if f"person:{e.by}" in who}):
        out.start("respStmt", id_=who[f"person:{person}"])
        out.leaf("resp", "decided on readings")
        out.leaf("name", person)
        out.end()
    out.end()
    out.start("publicationStmt")
    out.leaf("p", "Made from an archive of Septel; not published.")
    out.end()
    out.start("sourceDesc")
    out.start("bibl")
    out.leaf("title", holding.source.name)
    out.leaf("idno", holding.source.digest, type_="sha256")
    out.leaf("idno", holding.source.id, type_="septel")
    out.leaf("idno", str(len(holding.log.entries)), type_="septel-log")
    if holding.identifier:
        out.leaf("idno", holding.identifier, type_="telegram", **_cert("identifier" in doubted_of(holding)))
    for account in holding.accounts:
        if account.fault is not None:
            out.leaf("note", f"Page {account.number} was not read: {account.fault}")
    out.end()
    if any(e.edit and e.edit.changes and e.edit.reason.ground is Ground.WITNESS for e in active):
        named = holding.source.step
        read = f", as read by {named.tool} {named.version}" if named else ""
        out.start("listWit")
        out.leaf("witness", f"{holding.source.name}{read}", id_=SOURCE)
        out.end()
    out.end()
    out.end()


def _encoding(out: Laid, active: Sequence[Entry], who: Mapping[str, str]) -> None:
    out.start("encodingDesc")
    out.start("editorialDecl")
    out.start("correction", method="markup")
    out.leaf(
        "p",
        "Every change of the source is marked; none is silent. A certainty is a calibrated probability, and "
        "where none is given none is known. Taking the first correction of each choice gives the reading, "
        "taking what came gives the source, line by line. Line ends before `lb` and `pb` are for readers of "
        "the file only. `xml:id` of a mark is `e` and the number of its entry in the edit log.",
    )
    out.end()
    out.end()
    steps = {_key(e.edit.step): e.edit.step for e in active if e.edit}
    if used := {key: step for key, step in steps.items() if key in who}:
        out.start("appInfo")
        for key, step in used.items():
            ident, version = name_of(step.tool), _version(step.version)
            out.start("application", ident=ident, version=version, id_=who[key])
            settings = ", ".join(f"{name} {value}" for name, value in step.settings)
            out.leaf("desc", f"version {step.version}; model {step.model or 'none'}; {settings}")
            out.end()
        out.end()
    out.end()


def _version(text: str) -> str:
    """As much of a version as TEI's `teidata.versionNumber` can hold; the whole stands in `desc`."""
    found = re.search(r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}", text.lower())
    return found.group() if found else "0"


def _profile(out: Laid, holding: Holding, tree: TelegramJson | None) -> None:
    out.start("profileDesc")
    _correspondence(out, holding, tree)
    out.start("langUsage")
    out.leaf("language", "English", ident="en")
    out.end()
    doubted = doubted_of(holding)
    terms = [("subject", holding.subject), ("classification", holding.classification)]
    terms += [("caption", caption) for caption in holding.captions]
    if tree is not None and (current := marking_of(tree).current):
        terms.append(("current-marking", current))
    if any(value for _, value in terms):
        out.start("textClass")
        out.start("keywords")
        for kind, value in terms:
            if value:
                out.leaf("term", value, type_=kind, **_cert(kind in doubted))
        out.end()
        out.end()
    out.end()


def _cert(doubtful: bool) -> dict[str, str]:
    """The certainty of a field that views show with the mark of doubt (TEI's `att.global.responsibility`)."""
    return {"cert": "low"} if doubtful else {}


def _correspondence(out: Laid, holding: Holding, tree: TelegramJson | None) -> None:
    receivers = [
        (one.station.name, marked_field(one, one.station.name, holding.reading) != one.station.name)
        for one in (tree.heading.addressees if tree is not None else ())
    ]
    doubted = doubted_of(holding)
    mentioned = [
        (str(one.get("normal") or one.get("raw") or ""), locus_in(one)) for one in holding.references
    ]
    mentioned = [(name, place) for name, place in mentioned if name]
    if not (holding.post or holding.dtg or receivers or mentioned):
        return
    out.start("correspDesc")
    out.start("correspAction", type_="sent")
    out.leaf("name", holding.post or "not found", **_cert("post" in doubted))
    if holding.dtg:
        when = {"when": holding.dtg.replace("Z", ":00Z")} if _WHOLE_TIME.fullmatch(holding.dtg) else {}
        out.leaf("date", holding.dtg, **when, **_cert("dtg" in doubted))
    out.end()
    if receivers:
        out.start("correspAction", type_="received")
        for name, unsure in receivers:
            out.leaf("name", name, **_cert(unsure))
        out.end()
    if mentioned:
        out.start("correspContext")
        for mention, place in mentioned:
            unsure = shown_reference(holding, mention, place.span if place else None) != mention
            out.leaf("ref", mention, **_cert(unsure))
        out.end()
    out.end()


def _revisions(out: Laid, holding: Holding, who: Mapping[str, str]) -> None:
    """One entry per author and moment, the newest first, as TEI recommends."""
    done: Counter[tuple[datetime, str, str]] = Counter()
    for entry in holding.log.entries:
        if entry.edit is None:
            done[entry.at, entry.by, "undone"] += 1
        else:
            decided = entry.edit.reason.ground is Ground.DECISION
            done[entry.at, entry.by, "decided" if decided else "proposed"] += 1
    out.start("revisionDesc")
    for (at, by, what), count in sorted(done.items(), reverse=True):
        known = {"who": f"#{who[f'person:{by}']}"} if f"person:{by}" in who else {}
        readings = "reading" if count == 1 else "readings"
        out.leaf("change", f"{by}: {count} {readings} {what}.", when=at.isoformat(), **known)
    out.leaf("change", "Taken into the archive.", when=holding.added.isoformat())
    out.end()
