"""The room's pages of citations, over the whole walk from text to catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from septel import telegram
from septel.archive import Archive
from septel.archive.reference_graph import citation_graph
from septel.citations import Reference, ResolutionStatus, references
from septel.cli.archive.references import ghost_list
from septel.cli.archive.references import references as references_command
from septel.text import EditLog, Reading, Source
from tests.archive.made import holding_of
from tests.room.visitor import Visitor


def text(serial: int, day: int, refs: str, body: str) -> str:
    return (
        f"R {day:02d}2108Z JAN 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC 1893\n\n"
        f"UNCLAS LA PAZ {serial}\n\nSUBJECT: TIN\nREF: {refs}\n\n1. {body}\n\n2. END.\nSMITH\n"
    )


TEXTS = {
    "first": text(100, 5, "STATE 777", "NOTHING NEW."),
    "second": text(120, 9, "LA PAZ 100", "SEE LA PAZ 110, PARA 2, AND REFTEL."),
    "third": text(130, 11, "LA PAZ 110", "AS <b>SAID</b>."),
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        for name, words in TEXTS.items():
            source = Source.of_text(words, name=name)
            reading = Reading.of(source)
            tree = telegram.parse(reading)
            found = references(tree, reading)
            opened.add(
                holding_of(
                    source,
                    EditLog(source.id),
                    title=f"{name} telegram",
                    telegram=telegram.to_json(tree),
                    references=TypeAdapter(tuple[Reference, ...]).dump_python(found, mode="json"),
                )
            )
        yield opened


def id_of(archive: Archive, name: str) -> str:
    return archive.resolve(name)


def test_the_graph_comes_from_the_catalogue(archive: Archive) -> None:
    graph = citation_graph(archive)
    first, second = id_of(archive, "first"), id_of(archive, "second")
    assert [c.citing for c in graph.cited_by(first)] == [second, second]
    standings = [c.meaning.standing for c in graph.cites(second)]
    assert standings == [ResolutionStatus.RESOLVED, ResolutionStatus.GHOST, ResolutionStatus.RESOLVED]


def test_what_is_new_is_cited_at_once(archive: Archive) -> None:
    visitor, first = Visitor(archive), id_of(archive, "first")
    at = f"/telegram/{first}/references"
    assert visitor.get(at).text.count("second telegram") == 2
    with Archive.open(archive.folder) as other:  # as another program writes
        other.curation.hide(id_of(archive, "second"), by="Ann")
    assert "second telegram" not in visitor.get(at).text


def test_a_telegram_shows_its_citations_both_ways(archive: Archive) -> None:
    visitor = Visitor(archive)
    page = visitor.get(f"/telegram/{id_of(archive, 'second')}/references").text
    assert f'href="/telegram/{id_of(archive, "first")}"' in page
    assert "not held: 1974 LA PAZ 110" in page
    page = visitor.get(f"/telegram/{id_of(archive, 'first')}/references").text
    assert "second telegram" in page
    assert "/references" in visitor.get(f"/telegram/{id_of(archive, 'first')}").text


def test_ghosts_are_listed_most_cited_first_with_their_day(archive: Archive) -> None:
    visitor = Visitor(archive)
    page = visitor.get("/requests").text
    assert page.index("1974 LA PAZ 110") < page.index("STATE 777")
    assert "about 1974-01-07" in page
    table = visitor.get("/requests.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.splitlines()[1].startswith("2,2,1974 LA PAZ 110,telegram,LA PAZ,110,1974,1974-01-07")


def test_the_commands_say_the_same(archive: Archive) -> None:
    folder = str(archive.folder)
    runner = CliRunner()
    shown = runner.invoke(references_command, ["second", "--archive", folder], standalone_mode=False)
    assert "= first telegram" in shown.output
    assert "not held: 1974 LA PAZ 110" in shown.output
    shown = runner.invoke(ghost_list, ["--archive", folder], standalone_mode=False)
    assert shown.output.splitlines()[0].split()[:4] == ["2", "1974", "LA", "PAZ"]
    assert "paragraphs 2" in shown.output
    shown = runner.invoke(ghost_list, ["--archive", folder, "--csv"], standalone_mode=False)
    assert shown.output == Visitor(archive).get("/requests.csv").text
