"""The verbs of the archive as a person types them: the tour from a number to a backup and back."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import septel.capture
from septel.archive import Archive
from septel.archive.dossier import dossier_of, held_document
from septel.cli.main import HINTS, VERBS, run
from septel.errors import ExitCode
from tests.archive.test_query import telegram

Capsys = pytest.CaptureFixture[str]


def call(capsys: Capsys, *arguments: object) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


@pytest.fixture
def salt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys) -> Path:
    """A folder with an archive of three telegrams, which `septel use` has named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SEPTEL_ARCHIVE", raising=False)
    papers = tmp_path / "papers"
    papers.mkdir()
    telegram(papers, "a.txt")
    later = {"serial": 172, "dtg": "R 032108Z", "month": "FEB", "subject": "WHEAT", "what": "WHEAT CAME"}
    telegram(papers, "b.txt", **later)
    telegram(papers, "c.txt", post="QUITO", post6="QUITO", serial=44, year=75, year4=1975)
    assert call(capsys, "use", "salt")[0] == ExitCode.OK
    code, out, err = call(capsys, "read", "papers", "--quiet")
    assert (code, err) == (0, "")
    assert "an electronic telegram, taken as it stands" in out
    return tmp_path


def test_places_are_named_as_they_are_shown(salt: Path, capsys: Capsys) -> None:
    code, out, _ = call(capsys, "note", "la paz 158", "of the ministry", "-p", "2", "--by", "x")
    assert code == 0
    assert "line 21: 2. COMMENT: THE EMBASSY WILL REPORT" in out
    for place in ("PARA 2", "para. 2", "¶2", "21"):
        code, out, err = call(capsys, "cite", "la paz 158", "--at", place)
        assert (code, "line" in out) == (0, True), (place, err)
    code, _, err = call(capsys, "cite", "la paz 158", "--at", "PARA 7")
    assert code == ExitCode.USAGE
    assert "there is no paragraph 7" in err
    assert "Its paragraphs are 1, 2" in err
    assert "nothing in a line 99" in call(capsys, "note", "la paz 158", "x", "--at", "99")[2]
    assert "one place" in call(capsys, "note", "la paz 158", "x", "--at", "1:PAGE", "-p", "2")[2]


def test_what_lists_tell_other_programs(salt: Path, capsys: Capsys) -> None:
    rows = json.loads(call(capsys, "list", "--json")[1])
    assert [(row["kind"], row["pages"], row["copies"]) for row in rows] == [("telegram", 1, [])] * 3
    out = call(capsys, "list", "post:qito")[1]
    assert "nearest are QUITO" in out
    assert out.endswith("Nothing.\n")


def test_a_tag_in_other_letters_is_the_same(salt: Path, capsys: Capsys) -> None:
    call(capsys, "tag", "Trade", "la paz 158", "--by", "x")
    call(capsys, "tag", "trade", "la paz 172", "--by", "x")
    rows = json.loads(call(capsys, "list", "tag:trade", "--json")[1])
    assert [row["tags"] for row in rows] == [["Trade"], ["Trade"]]


def test_a_tag_behind_the_holding_is_told(salt: Path, capsys: Capsys) -> None:
    code, _, err = call(capsys, "tag", "la paz 158", "coup")
    assert code == ExitCode.USAGE
    assert "septel tag 'coup' 'la paz 158'" in err
    assert call(capsys, "tag", "coup", "la paz 999")[0] == ExitCode.NOT_HELD


def test_the_tour(salt: Path, capsys: Capsys) -> None:
    code, out, _ = call(capsys, "search", "La Paz 00158")
    assert (code, out.split("\n")[0].split(",")[0]) == (0, "LA PAZ 158: TIN AGREEMENT")
    assert "LA PAZ 172" in call(capsys, "list", "post:lapaz date:1974-02")[1]
    code, out, _ = call(capsys, "search", '"negotiations with the smelters"', "--facets")
    assert out.count("page 1, line") == 3
    assert "LA PAZ 2, QUITO 1" in out
    code, out, _ = call(
        capsys, "correct", "la paz 158", "date=10 Jan 1974", "box=12", "--by", "A. Reader", "--why", "page 2"
    )
    assert "dtg = 1974-01-10  (read as '1974-01-09T21:08Z'; by A. Reader: page 2)" in out
    assert (
        call(capsys, "tag", "tin", "--where", 'subject:"tin agreement"', "--by", "x")[1]
        == "tin: given to 2 of 2 holdings.\n"
    )
    assert call(capsys, "tag")[1] == "    2  tin\n"
    assert "see 172" in call(capsys, "note", "la paz 158", "see 172", "--at", "1:PAGE", "--by", "x")[1]
    note = call(capsys, "cite", "la paz 158")[1]
    assert note.startswith(
        "Embassy La Paz to Department of State, Telegram 158, January 10, 1974, 1974LAPAZ00158, Box 12, "
    )
    assert "@misc{lapaz1974-158," in call(capsys, "cite", "--where", "tag:tin", "--as", "bibtex")[1]
    assert call(capsys, "export", "--where", "tag:tin", "--as", "text", "--to", "out")[0] == ExitCode.OK
    assert sorted(p.name.rpartition("-")[0] for p in (salt / "out").iterdir()) == [
        "1974-01-10-la-paz-158",
        "1975-01-09-quito-44",
    ]
    assert (
        call(capsys, "table", "holdings", "--where", "tag:tin", "--to", "out", "--as", "xlsx")[0]
        == ExitCode.OK
    )
    assert (salt / "out" / "holdings.xlsx").read_bytes().startswith(b"PK")
    rows = list(csv.DictReader(io.StringIO(call(capsys, "table", "holdings")[1].removeprefix("\ufeff"))))
    assert [row["tags"] for row in rows] == ["tin", "", "tin"]
    assert [row["box"] for row in rows] == ["12", "", ""]
    assert "STATE 1234" in call(capsys, "table", "references")[1]
    assert call(capsys, "backup", "copy")[0] == ExitCode.OK
    assert call(capsys, "delete", "la paz 172", "--by", "x")[0] == ExitCode.OK
    assert call(capsys, "show", "la paz 172")[0] == ExitCode.NOT_HELD
    absent = json.loads(call(capsys, "list", "--absent", "--json")[1])
    assert [one["absent"] for one in absent] == ["deleted"]
    assert call(capsys, "undelete", absent[0]["id"], "--by", "x")[0] == ExitCode.OK
    assert "WHEAT" in call(capsys, "show", "la paz 172")[1]
    assert call(capsys, "recover", "copy", "--archive", "again")[0] == ExitCode.OK
    assert call(capsys, "verify", "--archive", "again")[1] == "again: whole; 3 holdings listed.\n"
    assert call(capsys, "merge", "again")[1].startswith("0 of 3 holdings are new; 0 decisions and 0 acts")
    assert call(capsys, "rebuild-index")[1] == "3 holdings indexed.\n"
    assert call(capsys, "verify")[0] == ExitCode.OK


def test_a_search_is_saved_and_asked_again(salt: Path, capsys: Capsys) -> None:
    del salt
    call(capsys, "search", "wheat", "--save", "w")
    assert "LA PAZ 172" in call(capsys, "search", "--saved", "w")[1]
    assert call(capsys, "search", "--saved", "list")[1] == "w: wheat\n"
    assert call(capsys, "search", "smelte", "--complete")[1] == "smelters\t3\n"
    assert call(capsys, "search", "--forget", "w")[0] == ExitCode.OK
    assert call(capsys, "search", "--saved", "w")[0] == ExitCode.NOT_HELD
    code, _, err = call(capsys, "search", '"open')
    assert (code, "quotation mark is not closed" in err) == (ExitCode.USAGE, True)
    assert "Did you mean smelters ?" in call(capsys, "search", "smeltters")[1]
    found = json.loads(call(capsys, "search", "wheat", "--json", "--facets")[1])
    assert found["facets"]["post"]["values"] == {"LA PAZ": 1}


def test_notes_are_made_at_places_and_undone(salt: Path, capsys: Capsys) -> None:
    del salt
    assert call(capsys, "note", "la paz 158")[1] == "No notes.\n"
    out = call(capsys, "note", "la paz 158", "who is he", "--at", "1:PAGE", "--by", "x")[1]
    assert "1  who is he  (x, " in out
    assert "line 1: PAGE)" in out
    assert call(capsys, "note", "la paz 158", "--undo", "1", "--by", "x")[1] == "No notes.\n"
    assert call(capsys, "note", "la paz 158", "--undo", "99")[0] == ExitCode.CONFLICT
    assert call(capsys, "correct", "la paz 158")[1] == "Nothing is corrected.\n"
    assert call(capsys, "correct", "la paz 158", "colour=red")[0] == ExitCode.USAGE


def test_verbs_act_on_what_is_meant_and_on_nothing_else(salt: Path, capsys: Capsys) -> None:
    del salt
    assert call(capsys, "tag", "x", "--where", "smeltters")[0] == ExitCode.NOT_HELD
    assert call(capsys, "tag", "x")[0] == ExitCode.USAGE
    assert call(capsys, "tag", "x", "la paz 158", "--where", "tin")[0] == ExitCode.USAGE
    assert call(capsys, "delete", "--where", "tin", "--for-good")[0] == ExitCode.USAGE
    assert call(capsys, "export")[0] == ExitCode.USAGE
    assert call(capsys, "cite", "--where", "tin", "--at", "1:PAGE")[0] == ExitCode.USAGE
    assert call(capsys, "hide", "la paz 158", "--by", "x")[0] == ExitCode.OK
    assert "LA PAZ 158" not in call(capsys, "list")[1]


@pytest.mark.parametrize("tried", list(HINTS))
def test_verbs_that_people_try_get_a_hint(tried: str, capsys: Capsys) -> None:
    code, _, err = call(capsys, tried, "x")
    assert code == ExitCode.USAGE
    assert f"`septel {HINTS[tried]}` does that." in err
    assert HINTS[tried].split()[0] in VERBS
    assert tried not in VERBS


def test_a_verb_that_is_mistyped_is_told(capsys: Capsys) -> None:
    assert "Did you mean `septel search`?" in call(capsys, "serach", "x")[2]


def test_the_archive_is_named_by_setting_variable_or_place(
    salt: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = salt / "papers"
    monkeypatch.chdir(below)
    assert call(capsys, "use")[1] == f"{Path('..') / 'salt'}\n"
    assert "LA PAZ 158" in call(capsys, "list")[1]
    monkeypatch.chdir(salt / "salt")
    assert "LA PAZ 158" in call(capsys, "list")[1]
    monkeypatch.chdir(below)
    monkeypatch.setenv("SEPTEL_ARCHIVE", str(salt / "other"))
    assert call(capsys, "list")[0] == ExitCode.NOT_HELD


def test_copies_are_said_when_they_are_read(salt: Path, capsys: Capsys) -> None:
    text = (salt / "papers" / "a.txt").read_text("utf-8")
    (salt / "a-again.txt").write_text(f"FROM ANOTHER COLLECTION\n{text}", "utf-8")
    _, _, err = call(capsys, "read", "a-again.txt", "--quiet")
    assert "seems to be a copy of" in err


def test_records_are_kept_and_made_again_when_the_text_changes(salt: Path) -> None:
    with Archive.open(salt / "salt") as archive:
        one = archive.resolve("la paz 158")
        first = held_document(archive, one)
        key = archive.records.key(one)
        assert archive.records.get(one, key) is not None
        assert held_document(archive, one).reviewed == first.reviewed
        assert dossier_of(archive, [one]).documents[0].reviewed == first.reviewed
        notes = archive.search("side:soviet").notes
        assert notes == ("2 holdings have no record yet; `septel record statements` makes it",)
        archive._connection.execute("UPDATE record SET key = 'other rules:0'")
        assert archive.records.get(one, key) is None
        assert held_document(archive, one).reviewed == first.reviewed
        assert archive.records.get(one, key) is not None


@pytest.mark.skipif(
    not Path(str(septel.capture.__file__)).with_suffix(".pyi").exists(),
    reason="the rooms' faces are not lazy yet",
)
def test_a_search_loads_no_reader_of_images_and_no_compiler(salt: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom septel.archive.archive import Archive\n"
        f"with Archive.open(Path({str(salt / 'salt')!r})) as a:\n"
        "    assert a.search('\"smelters would go on\"').total == 3\n"
        "heavy = {'numba', 'onnxruntime', 'PIL', 'cv2', 'tesserocr'}\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in heavy))"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert found.stdout == "[]\n"
