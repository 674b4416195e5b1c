"""Every view of a holding marks the same fields of its form as doubtful."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from septel.archive import Archive, Holding
from septel.archive.model import doubted_of
from septel.archive.model.stored_tree import tree_of
from septel.cli.shared.summary import fields_shown
from septel.export import Iiif, Tei
from septel.export.cite import cite, cited_of
from septel.pipeline.document import process
from septel.pipeline.holding import holding_of
from septel.restore import Restorer
from septel.room.outline import heading_of
from septel.telegram import Telegram, doubted_fields
from septel.telegram.output.doubted import DOUBTED
from septel.text import Confidence
from tests.cli.test_cli import Capsys, call
from tests.papers.samples import CABLE

FORM = CABLE.format(number=75338)
ROWS = {
    "identifier": ("telegram", "Telegram"),
    "post": ("from", "From"),
    "dtg": ("date", "Date-time group"),
    "classification": ("classification", ""),
    "to": ("to", "To"),
    "info": ("info", "Info"),
    "references": ("reference", ""),
}
LOW = Confidence(probability=0.6, calibration="made for this test")
HIGH = Confidence(probability=0.99, calibration="made for this test")


@dataclass(frozen=True)
class Kept:
    """A cable of which some fields are doubtful, and the archive that holds it."""

    telegram: Telegram
    holding: Holding
    archive: Archive
    folder: Path
    doubted: frozenset[str]


def weighed(telegram: Telegram, doubted: frozenset[str]) -> Telegram:
    """The telegram with these fields doubtful, and no others."""

    def sure(field: Any, name: str) -> Any:
        return None if field is None else replace(field, confidence=LOW if name in doubted else HIGH)

    heading = telegram.heading
    return replace(
        telegram,
        heading=replace(
            heading,
            number=sure(heading.number, "identifier"),
            originator=sure(heading.originator, "post"),
            date=sure(heading.date, "dtg"),
            classification=sure(heading.classification, "classification"),
            addressees=tuple(sure(a, "to" if a.role == "action" else "info") for a in heading.addressees),
            references=tuple(sure(one, "references") for one in heading.references),
        ),
    )


@pytest.fixture(
    params=[frozenset(), *(frozenset({name}) for name in ROWS), frozenset(ROWS)],
    ids=lambda names: "+".join(sorted(names)) or "none",
)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    file = tmp_path / "cable.txt"
    file.write_text(f"SECRET\n{FORM}", encoding="utf-8")
    (found,) = process(file, Restorer.load(), on_fault=lambda fault: pytest.fail(str(fault)))
    telegram = weighed(found.telegram, request.param)
    with Archive.open(tmp_path / "archive") as archive:
        holding = holding_of(replace(found, telegram=telegram), at=datetime(2020, 1, 1, tzinfo=UTC))
        archive.add(holding, ())
        yield Kept(telegram, archive.holding(holding.id), archive, tmp_path / "archive", request.param)


def named(doubted: Iterable[str]) -> frozenset[str]:
    """The fields without the title, which is made of them."""
    return frozenset(doubted) - {"title"}


def marks_of(rows: Mapping[str, str], view: int) -> set[str]:
    """The fields that a view of rows marks."""
    return {name for name, rows_of in ROWS.items() if rows.get(rows_of[view], "").endswith("[?]")}


def test_the_form_has_all_these_fields(kept: Kept) -> None:
    shown = dict(fields_shown(kept.telegram, kept.holding.reading))
    assert all(shown.get(row) for row, _ in ROWS.values())
    assert set(ROWS) | {"subject"} == set(DOUBTED)


def test_the_tree_the_holding_and_the_catalogue_agree(kept: Kept) -> None:
    tree = tree_of(kept.holding)
    assert tree is not None
    reading = kept.holding.reading
    (listed,) = kept.archive.contents.of([kept.holding.id])
    for found in (
        doubted_fields(kept.telegram.heading, reading, listed.fields),
        doubted_fields(tree.heading, reading, listed.fields),
        doubted_of(kept.holding),
        kept.archive.contents.doubted([listed]).get(listed.id, {}),
    ):
        assert named(found) == kept.doubted
        assert ("title" in found) is ("identifier" in kept.doubted)


def test_headings_on_the_terminal_and_in_the_room(kept: Kept) -> None:
    assert marks_of(dict(fields_shown(kept.telegram, kept.holding.reading)), 0) == kept.doubted
    rows = {row.name: row.value for row in heading_of(kept.holding, tree_of(kept.holding))}
    of_room = {name for name, (_, row) in ROWS.items() if row}
    assert marks_of(rows, 1) & of_room == kept.doubted & of_room


def test_lists_and_tables(kept: Kept, capsys: Capsys) -> None:
    kept.archive.close()
    _, out, _ = call(capsys, "list", "--archive", kept.folder, "--json")
    assert named(json.loads(out)[0].get("doubted", ())) == kept.doubted
    _, out, _ = call(capsys, "list", "--archive", kept.folder)
    assert ("1963-10-12[?]" in out) is ("dtg" in kept.doubted)
    _, out, _ = call(capsys, "table", "holdings", "--archive", kept.folder)
    (row,) = csv.DictReader(io.StringIO(out))
    assert named(filter(None, row["doubtful"].split("; "))) == kept.doubted


def test_tei_gives_them_a_low_certainty(kept: Kept) -> None:
    sent, received = etree.fromstring(Tei().write(kept.holding)).iter("{*}correspAction")
    (term,) = (one for one in sent.getroottree().iter("{*}term") if one.get("type") == "classification")
    placed = {"post": sent.find("{*}name"), "dtg": sent.find("{*}date"), "classification": term}
    low = {name for name, element in placed.items() if element is not None and element.get("cert") == "low"}
    assert low == kept.doubted & {"post", "dtg", "classification"}
    names = {one.text: one.get("cert") for one in received.iter("{*}name")}
    assert (names["MEXICO CITY"] == "low") is ("to" in kept.doubted)
    assert (names["GUAT"] == "low") is ("info" in kept.doubted)


def test_iiif_marks_what_it_shows(kept: Kept) -> None:
    rows = json.loads(Iiif(base="https://example.org").write(kept.holding))["metadata"]
    told = {one["label"]["en"][0]: one["value"]["en"][0] for one in rows}
    labels = {"identifier": "Telegram", "post": "From", "dtg": "Sent", "classification": "Classification"}
    marked = {name for name, label in labels.items() if told[label].endswith("[?]")}
    assert marked == kept.doubted & set(labels)


def test_what_a_person_corrected_is_not_doubtful(kept: Kept, capsys: Capsys) -> None:
    kept.archive.close()
    call(capsys, "correct", kept.holding.id, "date=1963-10-13", "--by", "Ann", "--archive", kept.folder)
    _, out, _ = call(capsys, "list", "--archive", kept.folder, "--json")
    assert named(json.loads(out)[0].get("doubted", ())) == kept.doubted - {"dtg"}
    with Archive.open(kept.folder) as archive:
        assert named(doubted_of(archive.holding(kept.holding.id))) == kept.doubted - {"dtg"}


def test_citations_mark_number_and_date(kept: Kept) -> None:
    one = cited_of(kept.holding)
    note = cite([one], "note")
    assert ("75338[?]" in note) is ("identifier" in kept.doubted)
    assert ("October 12, 1963[?]" in note) is ("dtg" in kept.doubted)
    for form in ("csl-json", "ris", "bibtex"):
        told = cite([one], form)
        assert ("number doubtful" in told) is ("identifier" in kept.doubted)
        assert ("date doubtful" in told) is ("dtg" in kept.doubted)
