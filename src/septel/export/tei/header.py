"""The TEI header: what the document is, where it came from, what read it, and what was changed when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from lxml import etree

from septel.archive import Holding
from septel.export.xml import XML_ID, element, identified, name_of, safe
from septel.telegram import TelegramJson, marking_of
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
    root: etree._Element,
    holding: Holding,
    tree: TelegramJson | None,
    active: Sequence[Entry],
    who: Mapping[str, str],
) -> None:
    """Add the header; `active` are the entries that make the reading, `who` their authors' ids."""
    header = element(root, "teiHeader")
    _file(header, holding, active, who)
    _encoding(header, active, who)
    _profile(header, holding, tree)
    _revisions(header, holding, who)


def _file(header: etree._Element, holding: Holding, active: Sequence[Entry], who: Mapping[str, str]) -> None:
    description = element(header, "fileDesc")
    titles = element(description, "titleStmt")
    element(titles, "title", holding.title)
    for person in sorted({e.by for e in active if f"person:{e.by}" in who}):
        statement = element(titles, "respStmt")
        statement.set(XML_ID, who[f"person:{person}"])
        element(statement, "resp", "decided on readings")
        element(statement, "name", person)
    published = element(description, "publicationStmt")
    element(published, "p", "Made from an archive of Septel; not published.")
    parent = element(description, "sourceDesc")
    origin = element(parent, "bibl")
    element(origin, "title", holding.source.name)
    element(origin, "idno", holding.source.digest, type_="sha256")
    element(origin, "idno", holding.source.id, type_="septel")
    element(origin, "idno", str(len(holding.log.entries)), type_="septel-log")
    if holding.identifier:
        element(origin, "idno", holding.identifier, type_="telegram")
    for account in holding.accounts:
        if account.fault is not None:
            element(origin, "note", f"Page {account.number} was not read: {account.fault}")
    if any(e.edit and e.edit.changes and e.edit.reason.ground is Ground.WITNESS for e in active):
        witnesses = element(parent, "listWit")
        named = holding.source.step
        read = f", as read by {named.tool} {named.version}" if named else ""
        identified(witnesses, "witness", SOURCE).text = safe(f"{holding.source.name}{read}")


def _encoding(header: etree._Element, active: Sequence[Entry], who: Mapping[str, str]) -> None:
    encoding = element(header, "encodingDesc")
    correction = element(element(encoding, "editorialDecl"), "correction", method="markup")
    element(
        correction,
        "p",
        "Every change of the source is marked; none is silent. A certainty is a calibrated probability, and "
        "where none is given none is known. Taking the first correction of each choice gives the reading, "
        "taking what came gives the source, line by line. Line ends before `lb` and `pb` are for readers of "
        "the file only. `xml:id` of a mark is `e` and the number of its entry in the edit log.",
    )
    steps = {_key(e.edit.step): e.edit.step for e in active if e.edit}
    used = {key: step for key, step in steps.items() if key in who}
    if not used:
        return
    applications = element(encoding, "appInfo")
    for key, step in used.items():
        made = element(applications, "application", ident=name_of(step.tool), version=_version(step.version))
        made.set(XML_ID, who[key])
        settings = ", ".join(f"{name} {value}" for name, value in step.settings)
        element(made, "desc", f"version {step.version}; model {step.model or 'none'}; {settings}")


def _version(text: str) -> str:
    """As much of a version as TEI's `teidata.versionNumber` can hold; the whole stands in `desc`."""
    found = re.search(r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}", text.lower())
    return found.group() if found else "0"


def _profile(header: etree._Element, holding: Holding, tree: TelegramJson | None) -> None:
    profile = element(header, "profileDesc")
    _correspondence(profile, holding, tree)
    element(element(profile, "langUsage"), "language", "English", ident="en")
    terms = [("subject", holding.subject), ("classification", holding.classification)]
    terms += [("caption", caption) for caption in holding.captions]
    if tree is not None and (current := marking_of(tree).current):
        terms.append(("current-marking", current))
    if any(value for _, value in terms):
        keywords = element(element(profile, "textClass"), "keywords")
        for kind, value in terms:
            if value:
                element(keywords, "term", value, type_=kind)


def _correspondence(profile: etree._Element, holding: Holding, tree: TelegramJson | None) -> None:
    receivers = [a.station.name for a in tree.heading.addressees] if tree is not None else []
    mentioned = [str(ref.get("normal") or ref.get("raw") or "") for ref in holding.references]
    if not (holding.post or holding.dtg or receivers or any(mentioned)):
        return
    correspondence = element(profile, "correspDesc")
    sent = element(correspondence, "correspAction", type_="sent")
    element(sent, "name", holding.post or "not found")
    if holding.dtg:
        when = {"when": holding.dtg.replace("Z", ":00Z")} if _WHOLE_TIME.fullmatch(holding.dtg) else {}
        element(sent, "date", holding.dtg, **when)
    if receivers:
        received = element(correspondence, "correspAction", type_="received")
        for name in receivers:
            element(received, "name", name)
    if any(mentioned):
        context = element(correspondence, "correspContext")
        for mention in filter(None, mentioned):
            element(context, "ref", mention)


def _revisions(header: etree._Element, holding: Holding, who: Mapping[str, str]) -> None:
    """One entry per author and moment, the newest first, as TEI recommends."""
    done: Counter[tuple[datetime, str, str]] = Counter()
    for entry in holding.log.entries:
        if entry.edit is None:
            done[entry.at, entry.by, "undone"] += 1
        else:
            decided = entry.edit.reason.ground is Ground.DECISION
            done[entry.at, entry.by, "decided" if decided else "proposed"] += 1
    revisions = element(header, "revisionDesc")
    for (at, by, what), count in sorted(done.items(), reverse=True):
        known = {"who": f"#{who[f'person:{by}']}"} if f"person:{by}" in who else {}
        readings = "reading" if count == 1 else "readings"
        element(revisions, "change", f"{by}: {count} {readings} {what}.", when=at.isoformat(), **known)
    element(revisions, "change", "Taken into the archive.", when=holding.added.isoformat())
