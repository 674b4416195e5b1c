"""`septel record` at the command line: files, views, review, what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from septel.errors import ExitCode
from septel.record import record_of
from tests.cli.test_cli import Capsys, cable, call
from tests.conftest import ROOT
from tests.record.made_record import TEXT, found_in


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made record stands for what rules find; the rules have tests of their own."""
    monkeypatch.setattr("septel.archive.dossier.record_of", found_in)


@pytest.fixture
def archive(tmp_path: Path, capsys: Capsys) -> Path:
    folder = tmp_path / "archive"
    code, *_ = call(capsys, "read", cable(tmp_path, text=TEXT), "--archive", folder, "--quiet")
    assert code == 0
    return folder


def documents(capsys: Capsys, archive: Path) -> list[dict[str, object]]:
    code, out, _ = call(capsys, "record", "statements", "--json", "--archive", archive)
    assert code == 0
    found: list[dict[str, object]] = json.loads(out)
    return found


def statements(capsys: Capsys, archive: Path) -> list[dict[str, object]]:
    (document,) = documents(capsys, archive)
    found = document["statements"]
    assert isinstance(found, list)
    return found


def test_a_file_s_record_is_printed_and_written(tmp_path: Path, capsys: Capsys) -> None:
    file = cable(tmp_path, text=TEXT)
    code, out, err = call(capsys, "record", "--as-is", file)
    assert (code, err) == (0, "")
    assert "held: plenary, 1969-11-18, SOVIET EMBASSY; with Semenov  [line 2]" in out
    assert "Semenov (Soviet) proposes [abm]: SEMENOV SAID THAT" in out
    assert "comment: COMMENT: SEMENOV SEEMED AT EASE" in out
    data = json.loads(call(capsys, "record", file, "--as-is", "--json")[1])
    schema = json.loads((ROOT / "docs" / "schema" / "record.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    table = call(capsys, "record", file, "--as-is", "--csv", "--table", "meetings")[1]
    assert len(list(csv.DictReader(io.StringIO(table)))) == 2
    code, out, _ = call(capsys, "record", "files", file, "--as-is", "--to", tmp_path / "out", "--json")
    names = {Path(path).name for path in json.loads(out)}
    assert {"record.json", "statements.csv", "meetings.svg", "issues.svg", "report.html"} <= names
    assert {path.name for path in (tmp_path / "out").iterdir()} == names


def test_a_file_in_which_nothing_was_found_says_so(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("septel.archive.dossier.record_of", record_of)
    code, out, _ = call(capsys, "record", "--as-is", cable(tmp_path, text="UNCLASSIFIED\n"))
    assert code == 0
    assert "No meeting, statement or comment was found." in out


def test_views_over_an_archive(archive: Path, capsys: Capsys) -> None:
    at = ("--archive", archive)
    out = call(capsys, "record", "matrix", *at)[1]
    assert out.splitlines()[0] == "anti-ballistic missile systems"
    assert "1969-11-18  Soviet   proposes" in out
    assert "line 3)" in out
    out = call(capsys, "record", "open", "cable.txt", *at)[1]
    assert "question: open" in out
    assert "SMITH ASKED WHETHER ABM RADARS WERE INCLUDED" in out
    assert "No statement touches" in call(capsys, "record", "matrix", "--until", "1950-01-01", *at)[1]
    rows = list(csv.DictReader(io.StringIO(call(capsys, "record", "matrix", "--csv", *at)[1])))
    assert {row["issue"] for row in rows} == {"abm", "verification"}
    assert json.loads(call(capsys, "record", "open", "--json", *at)[1])[0]["what"] == "question"
    assert call(capsys, "record", "queue", *at)[0] == 0
    assert call(capsys, "record", "matrix", "--csv", "--json", *at)[0] == ExitCode.USAGE
    code, out, _ = call(capsys, "record", "report", "--to", archive / "out", *at)
    assert (code, "report.html" in out) == (0, True)


def test_review_accepts_corrects_rejects_adds_and_undoes(archive: Path, capsys: Capsys) -> None:
    at = ("--archive", archive)
    said, asked, no = statements(capsys, archive)
    assert call(capsys, "record", "review", said["id"], "--accept", "--by", "Ann", *at)[0] == 0
    correct = ("--set", "speaker=Nitze", "--set", "act=states", "--by", "Ann", "--why", "line 5")
    assert call(capsys, "record", "review", asked["id"], *correct, *at)[0] == 0
    code, out, _ = call(capsys, "record", "review", no["id"], "--reject", "--by", "Ann", *at)
    assert (code, "statement rejected by Ann" in out) == (0, True)
    start = TEXT.index("SEMENOV SEEMED")
    place = f"{start}-{start + 22}"
    add = ("--set", "speaker=Semenov", "--set", "act=expresses", "--by", "Bob")
    assert call(capsys, "record", "add", "cable.txt", place, *add, *at)[0] == 0
    now = statements(capsys, archive)
    assert [s["origin"] for s in now] == ["rule", "person", "person"]
    assert [s["act"] for s in now] == ["proposes", "states", "expresses"]
    shown = call(capsys, "record", "statements", *at)[1]
    assert "accepted by Ann" in shown
    assert "added by Bob" in shown
    # A run with another model finds the same, and what persons said stands.
    assert call(capsys, "renew", "--all", *at)[0] == 0
    assert [s["act"] for s in statements(capsys, archive)] == ["proposes", "states", "expresses"]
    assert call(capsys, "record", "undo", "cable.txt", 3, "--by", "Ann", *at)[0] == 0
    assert len(statements(capsys, archive)) == 4
    log = call(capsys, "record", "log", "cable.txt", *at)[1]
    assert "Ann: statement corrected" in log
    assert "(line 5)" in log
    assert "Ann undoes entry 3" in log
    entries = json.loads(call(capsys, "record", "log", "cable.txt", "--json", *at)[1])
    assert [e["entry"] for e in entries] == [1, 2, 3, 4, 5]


def test_two_persons_disagree_and_their_agreement_is_measured(archive: Path, capsys: Capsys) -> None:
    at = ("--archive", archive)
    assert "No object was reviewed by two" in call(capsys, "record", "agreement", *at)[1]
    said, asked, _ = statements(capsys, archive)
    for by in ("Ann", "Bob"):
        call(capsys, "record", "review", said["id"], "--accept", "--by", by, *at)
    call(capsys, "record", "review", asked["id"], "--accept", "--by", "Ann", *at)
    call(capsys, "record", "review", asked["id"], "--reject", "--by", "Bob", *at)
    found = json.loads(call(capsys, "record", "agreement", "--json", *at)[1])
    right = next(one for one in found if one["field"] == "right")
    assert (right["objects"], right["pairs"][0]["same"]) == (2, 1)
    assert "Ann and Bob: 1 of 2 alike" in call(capsys, "record", "agreement", *at)[1]


def test_a_pair_is_judged(archive: Path, capsys: Capsys) -> None:
    at = ("--archive", archive)
    said, _, no = statements(capsys, archive)
    code, out, _ = call(capsys, "record", "judge", said["id"], no["id"], "--reject", "--by", "Ann", *at)
    assert (code, "suggestion rejected by Ann" in out) == (0, True)
    assert call(capsys, "record", "judge", said["id"], no["id"], *at)[0] == ExitCode.USAGE


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("review", "nonsense", "--accept"), "no place of a source"),
        (("review", "ID:0-5", "--accept"), "nothing in the record stands"),
        (("review", "SAID"), "say one of --accept"),
        (("review", "SAID", "--set", "act"), "names no field"),
        (("review", "SAID", "--set", "act=sings"), "'sings' is no act"),
        (("review", "SAID", "--set", "issues=dragons"), "no issue 'dragons'"),
        (("add", "cable.txt", "0-5"), "a speaker or a side"),
        (("add", "cable.txt", "0-5000", "--set", "side=US"), "no single place"),
    ],
)
def test_what_can_not_be_meant_is_refused(
    archive: Path, capsys: Capsys, arguments: tuple[str, ...], complaint: str
) -> None:
    said = str(statements(capsys, archive)[0]["id"])
    meant = [a.replace("SAID", said).replace("ID:", f"{said.partition(':')[0]}:") for a in arguments]
    code, _, err = call(capsys, "record", *meant, "--archive", archive)
    assert code == ExitCode.USAGE
    assert complaint in err


def test_a_table_of_one_s_own_that_is_not_there(tmp_path: Path, capsys: Capsys) -> None:
    file = cable(tmp_path, text=TEXT)
    code, _, err = call(capsys, "record", file, "--roster", tmp_path / "gone.tsv")
    assert code == ExitCode.INPUT
    assert "gone.tsv" in err


def test_one_bad_file_does_not_keep_the_others_from_being_done(tmp_path: Path, capsys: Capsys) -> None:
    good = cable(tmp_path, text=TEXT)
    code, out, err = call(capsys, "record", tmp_path / "gone.txt", good, "--as-is")
    assert code == ExitCode.FAULTS
    assert "HELSINKI 1321" in out
    assert "gone.txt" in err


@pytest.mark.parametrize(
    "verb", ["statements", "matrix", "open", "queue", "report", "review", "add", "judge", "undo", "agreement"]
)
def test_every_verb_of_the_record_has_help_with_examples(verb: str, capsys: Capsys) -> None:
    code, out, _ = call(capsys, "record", verb, "--help")
    assert code == 0
    assert "xample" in out


def test_copies_of_one_message_count_once_and_the_likest_read_is_shown(
    tmp_path: Path, capsys: Capsys
) -> None:
    head = "R 181655Z NOV 69\nFM USDEL SALT HELSINKI\nTO SECSTATE WASHDC\nSECRET HELSINKI {number}\n"
    whole = head + TEXT.partition("\n")[2] + "7. THE WEATHER WAS COLD AND EVERY HARBOUR FROZEN.\n"
    texts = {
        "other": whole.format(number=1322),
        "one": whole.format(number=1321).replace("HARBOUR FROZEN", "HERBOOR FRAZON"),
        "clean": whole.format(number=1321),
        "two": whole.format(number=1321).replace("WEATHER", "VVERTHER"),
    }
    once, many = tmp_path / "once", tmp_path / "many"
    for archive, names in ((once, ("other", "clean")), (many, texts)):
        for name in names:
            file = cable(tmp_path, f"{name}.txt", texts[name])
            assert call(capsys, "read", file, "--archive", archive, "--quiet")[0] == 0
    for verb in ("matrix", "open"):
        counted, found = (
            call(capsys, "record", verb, "--csv", "--archive", archive)[1] for archive in (once, many)
        )
        assert found == counted
        assert len(counted.splitlines()) > 2
    assert len(documents(capsys, many)) == len(texts)
