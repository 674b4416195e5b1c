"""What checks exports passes what is right, and finds what is not."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from septel.archive import Holding
from septel.errors import MissingPart
from septel.export import FILES, FOLDERS, exporter, fill, folder_exporter
from septel.measure.export import check_exports
from septel.measure.export.validators import FILE_VALIDATORS, FOLDER_VALIDATORS
from tests.archive.made import made
from tests.export.pages.test_layouts import seen_by_an_engine
from tests.export.published import FOLDER
from tests.export.test_formats import boxed

pytestmark = pytest.mark.filterwarnings("ignore")

SPOILED = {
    "text": (b"\x0c", b""),
    "plain": (b"\x0c", b""),
    "json": (b'"reading": "', b'"reading": "X'),
    "tei": (b"</sic>", b"X</sic>"),
    "tei-frus": (b"<body>", b"<body><br/>"),
    "hocr": (b"x_state", b"x_stair"),
    "alto": (b'CONTENT="SECRET"', b'CONTENT="SECRETS"'),
    "iiif": (b'"type": "Canvas"', b'"type": "Canvass"'),
    "prov": (b'"wasGeneratedBy"', b'"wasMadeBy"'),
    "ftm": (b'"PlainText"', b'"PlainTexts"'),
    "corrections": (b"\r\n", b",\r\n"),
}
"""By format: what is put in place of what, once."""


def test_every_format_has_its_check() -> None:
    assert set(FILE_VALIDATORS) == set(FILES)
    assert set(FOLDER_VALIDATORS) == set(FOLDERS)


@pytest.mark.parametrize("name", sorted(SPOILED))
@pytest.mark.parametrize("held", [made(), boxed()], ids=["made", "boxed"])
def test_what_is_written_passes(name: str, held: Holding) -> None:
    assert list(FILE_VALIDATORS[name][1](held, exporter(name).write(held), FOLDER)) == []


@pytest.mark.parametrize("name", ["hocr", "alto"])
def test_words_with_figures_for_characters_pass(name: str) -> None:
    held = seen_by_an_engine()
    assert list(FILE_VALIDATORS[name][1](held, exporter(name).write(held), FOLDER)) == []


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_what_is_spoiled_is_found(name: str) -> None:
    held, (old, new) = boxed(), SPOILED[name]
    content = exporter(name).write(held)
    assert old in content
    try:
        found = list(FILE_VALIDATORS[name][1](held, content.replace(old, new, 1), FOLDER))
    except MissingPart:
        raise
    except Exception as why:  # noqa: BLE001  (libraries refuse what is wrong by errors of many kinds)
        found = [str(why)]
    assert found


def test_a_spoiled_bag_and_a_dead_link_are_found(tmp_path: Path) -> None:
    for name, file in (("bag", f"data/{made().id}/reading.txt"), ("site", "room.css")):
        fill(tmp_path / name, folder_exporter(name), [made()])
        assert list(FOLDER_VALIDATORS[name][1](tmp_path / name, FOLDER)) == []
        (tmp_path / name / file).unlink()
        assert list(FOLDER_VALIDATORS[name][1](tmp_path / name, FOLDER))


def test_a_missing_schema_is_told_not_passed(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="published schema"):
        list(FILE_VALIDATORS["tei"][1](made(), exporter("tei").write(made()), tmp_path))


def test_a_run_over_a_folder_of_sets(tmp_path: Path) -> None:
    for name in ("aad", "frus"):  # one document in two sets is one document
        (tmp_path / "dev" / name).mkdir(parents=True)
        (tmp_path / "dev" / name / "1.txt").write_text("FM AMEMBASSY OSLO\n1. A TELEGRAM\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = check_exports(tmp_path, schemas=FOLDER)
    assert found.documents == 1
    assert {one.name: one.faults for one in found.formats if one.faults} == {}
    assert {one.name for one in found.formats if not one.checked} == {"pdf"}
