"""The TEI header: what the document is, where it came from, what read it, and what was changed when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from lxml import etree

from septel.archive import Holding
from septel.export.xml import XML_ID, element, name_of
from septel.telegram import TelegramJson, marking_of
from septel.text import Entry, Ground

_WHOLE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ")


def author_of(entry: Entry) -> str:
    """Who stands behind an edit: the person who decided, or the step that proposed it."""
    assert entry.edit is not None
    decided = entry.edit.reason.ground is Ground.DECISION
    return f"person:{entry.by}" if decided else entry.edit.step.key


def responsible(holding: Holding) -> dict[str, str]:
    """An XML id for each step and each person behind an edit that counts."""
    keys: dict[str, str] = {}
    for entry in holding.log.active():
        keys.setdefault(author_of(entry), f"s{len(keys) + 1}")
    return keys


def write_header(
    root: etree._Element, holding: Holding, tree: TelegramJson | None, who: Mapping[str, str]
) -> None:
    """Add the header."""
    header = element(root, "teiHeader")
    _file(header, holding, who)
    _encoding(header, holding, who)
    _profile(header, holding, tree)
    _revisions(header, holding, who)


def _file(header: etree._Element, holding: Holding, who: Mapping[str, str]) -> None:
    description = element(header, "fileDesc")
    titles = element(description, "titleStmt")
    element(titles, "title", holding.title)
    for person in sorted({e.by for e in holding.log.active() if f"person:{e.by}" in who}):
        statement = element(titles, "respStmt")
        statement.set(XML_ID, who[f"person:{person}"])
        element(statement, "resp", "decided on readings")
        element(statement, "name", person)
    published = element(description, "publicationStmt")
    element(published, "p", "Made from an archive of Septel; not published.")
    origin = element(element(description, "sourceDesc"), "bibl")
    element(origin, "title", holding.source.name)
    element(origin, "idno", holding.source.digest, type_="sha256")
    element(origin, "idno", holding.source.id, type_="septel")
    if holding.identifier:
        element(origin, "idno", holding.identifier, type_="telegram")
    for account in holding.accounts:
        if account.fault is not None:
            element(origin, "note", f"Page {account.number} was not read: {account.fault}")


def _encoding(header: etree._Element, holding: Holding, who: Mapping[str, str]) -> None:
    encoding = element(header, "encodingDesc")
    correction = element(element(encoding, "editorialDecl"), "correction", method="markup")
    element(
        correction,
        "p",
        "Every change of the source is marked; none is silent. A certainty is a calibrated probability, and "
        "where none is given none is known. Taking the first correction of each choice gives the reading, "
        "taking what came gives the source, line by line.",
    )
    steps = {e.edit.step.key: e.edit.step for e in holding.log.active() if e.edit}
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
