"""The command as a person or a program meets it: contracts, exit codes, bad input."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from PIL import Image

from septel.archive import Archive
from septel.cli.main import EXIT_CODES, SUMMARIES, VERBS, Verbs, run, septel
from septel.errors import ExitCode
from septel.export import reading_of, source_of
from tests.conftest import ROOT

SAMPLE = ROOT / "sample" / "telegram.ocr.txt"
TEXT = "SUBJECT: SALT TALKS\n\n1. SMITH 0PENED THE MEET1NG.\n2. SEMENOV REPLIED.\nSMITH\n"

Capsys = pytest.CaptureFixture[str]


def call(capsys: Capsys, *arguments: object) -> tuple[int, str, str]:
    code = run([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


def cable(folder: Path, name: str = "cable.txt", text: str = TEXT) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "verb",
    [
        ("export", "--all", "--as", "text"),
        ("export", "--all", "--as", "site"),
        ("export", "--all", "--as", "tables"),
        ("table", "holdings", "--as", "xlsx"),
        ("record", "report"),
    ],
)
def test_a_folder_that_can_not_be_is_one_line(verb: tuple[str, ...], tmp_path: Path, capsys: Capsys) -> None:
    archive, file = tmp_path / "archive", cable(tmp_path)
    assert call(capsys, "read", file, "--archive", archive, "--quiet")[0] == 0
    code, _, err = call(capsys, *verb, "--archive", archive, "--to", file / "out")
    told = [line for line in err.splitlines() if "does not hold" not in line]
    assert code == 1
    assert told == [f"septel: {file / 'out'}: the folder can't be written (Not a directory). Name another."]


def test_an_empty_folder_is_told(tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = call(capsys, "read", tmp_path / "empty", "--archive", tmp_path / "archive")
    assert (code, out, err) == (0, "", "septel: there is nothing to read in what was named.\n")
    code, _, err = call(capsys, "plan", "0")
    assert (code, err.count("\n")) == (2, 1)


def test_lines_out_are_lines_in(tmp_path: Path, capsys: Capsys) -> None:
    file = cable(tmp_path)
    code, out, err = call(capsys, "restore", "--lines", file)
    assert (code, err) == (0, "")
    assert (
        out.split("\n")[:-1]
        == TEXT.replace("0PENED", "OPENED").replace("MEET1NG", "MEETING").split("\n")[:-1]
    )


def test_words_are_json_lines_with_their_places(tmp_path: Path, capsys: Capsys) -> None:
    _, out, _ = call(capsys, "restore", "--words", cable(tmp_path))
    words = [json.loads(line) for line in out.splitlines()]
    assert [w["text"] for w in words][:3] == ["SUBJECT:", "SALT", "TALKS"]
    for word in words:
        start, end = word["span"]
        assert TEXT[start:end] == word["source"]
        assert TEXT[:start].count("\n") + 1 == word["line"]
        assert word["confidence"] is None or 0 <= word["confidence"] <= 1
        assert word["state"] in ("sure", "doubtful", "unreadable")
        assert {"alternatives", "reason", "calibration"} <= set(word)


def test_a_telegram_is_parsed_by_the_published_schema(capsys: Capsys) -> None:
    import jsonschema

    code, out, _ = call(capsys, "parse", "--json", SAMPLE)
    schema = json.loads((ROOT / "docs" / "schema" / "telegram.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(out), schema)
    assert code == 0


def test_the_walk_stores_exports_and_finds(tmp_path: Path, capsys: Capsys) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    code, shown, err = call(capsys, "read", SAMPLE, "--archive", archive, "--export", out)
    assert (code, err) == (0, "")
    assert "GENEVA 2417" in shown
    assert "septel room" in shown
    (tei,) = out.glob("*.xml")
    (text,) = out.glob("*.txt")
    source = SAMPLE.read_text(encoding="utf-8").replace("\f", "")
    assert source_of(tei.read_bytes()) == source.removesuffix("\n")
    assert "WORKING" in reading_of(tei.read_bytes())
    assert "CONFIDENTIAL SECTION 1 OF 2 GENEVA 2417" in text.read_text(encoding="utf-8")
    _, found, _ = call(capsys, "search", "working", "group", "--archive", archive, "--json")
    hits = json.loads(found)
    assert hits
    assert all({"page", "line", "locus"} <= set(hit) for hit in hits)
    _, again, _ = call(capsys, "read", SAMPLE, "--archive", archive, "--json")
    assert json.loads(again)["new"] is False
    with Archive.open(archive) as kept:
        assert len(kept.holdings()) == 1


def test_a_decision_outranks_a_rerun_and_can_be_undone(tmp_path: Path, capsys: Capsys) -> None:
    archive, file = tmp_path / "archive", cable(tmp_path)
    call(capsys, "read", file, "--archive", archive)
    place = f"{TEXT.index('SEMENOV')}-{TEXT.index('SEMENOV') + 7}"
    code, told, _ = call(
        capsys, "decide", "cable.txt", place, "SEMYONOV", "--by", "Ann", "--archive", archive, "--json"
    )
    assert code == 0
    call(capsys, "read", file, "--archive", archive)
    assert "SEMYONOV REPLIED" in call(capsys, "show", "cable.txt", "--archive", archive)[1]
    entry = json.loads(told)["entry"]
    call(capsys, "undo", "cable.txt", entry, "--by", "Ann", "--archive", archive)
    assert (
        "SEMENOV REPLIED" in call(capsys, "export", "cable.txt", "--format", "plain", "--archive", archive)[1]
    )
    log = call(capsys, "show", "cable.txt", "--log", "--archive", archive)[1]
    assert any(json.loads(line).get("undoes") == entry for line in log.splitlines())


def bad_inputs(folder: Path) -> dict[str, tuple[Path, ExitCode]]:
    empty, binary = folder / "empty.txt", folder / "binary.txt"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 30)
    cut = folder / "cut.pdf"
    cut.write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    huge = folder / "huge.png"
    Image.new("1", (20_000, 10_000)).save(huge)
    return {
        "empty": (empty, ExitCode.INPUT),
        "binary": (binary, ExitCode.INPUT),
        "cut": (cut, ExitCode.INPUT),
        "locked": (ROOT / "tests" / "capture" / "locked.pdf", ExitCode.INPUT),
        "huge": (huge, ExitCode.LIMIT),
        "gone": (folder / "gone.txt", ExitCode.INPUT),
    }


@pytest.mark.parametrize("name", ["empty", "binary", "cut", "locked", "huge", "gone"])
def test_bad_input_is_one_clear_line_and_its_exit_code(tmp_path: Path, capsys: Capsys, name: str) -> None:
    file, expected = bad_inputs(tmp_path)[name]
    code, out, err = call(capsys, "read", file, "--archive", tmp_path / "archive")
    assert code == expected
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith(f"septel: {file.name}")
    assert len(re.findall(r"[.)] [A-Z]|: [A-Z]", line)) >= 1, "what to do about it is said"


def test_one_bad_file_does_not_keep_the_others_from_being_done(tmp_path: Path, capsys: Capsys) -> None:
    files = [file for file, _ in bad_inputs(tmp_path).values()]
    code, _, err = call(capsys, "read", *files, cable(tmp_path), "--archive", tmp_path / "archive", "--quiet")
    assert code == ExitCode.FAULTS
    assert len(err.splitlines()) == len(files)
    with Archive.open(tmp_path / "archive") as kept:
        assert [row["name"] for row in kept.holdings()] == ["cable.txt"]


def test_a_full_disk_ends_the_run_and_keeps_what_was_stored(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    call(capsys, "read", cable(tmp_path), "--archive", archive)
    opened = Archive.open

    def small(folder: Path, *, create: bool = True, away: float | None = None) -> Archive:
        kept = opened(folder, create=create, away=away)
        pages = kept._connection.execute("PRAGMA page_count").fetchone()[0]
        kept._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        return kept

    monkeypatch.setattr("septel.cli.document.read.Archive.open", small)
    big = cable(tmp_path, "big.txt", TEXT * 400)
    code, _, err = call(capsys, "read", big, "--archive", archive, "--quiet")
    assert code == ExitCode.FULL
    assert "disk is full" in err
    monkeypatch.undo()
    with Archive.open(archive) as kept:
        assert [row["name"] for row in kept.holdings()] == ["cable.txt"]
        assert kept.holding(str(kept.holdings()[0]["id"])).reading.text


def test_ctrl_c_ends_the_run_with_130_and_a_whole_archive(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    files = [str(cable(tmp_path, f"cable-{n}.txt", TEXT.replace("2.", f"{n}2."))) for n in range(400)]
    process = subprocess.Popen(
        [sys.executable, "-m", "septel.cli", "read", *files, "--archive", str(archive), "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED
    assert err.splitlines()[-1] == "septel: interrupted; what was finished is kept."
    with Archive.open(archive, create=False) as kept:
        held = kept.holdings()
        assert 0 < len(held) < len(files)
        for row in held[:20]:
            assert kept.holding(str(row["id"])).reading.invert()


def test_an_archive_that_is_not_there_is_said_so(tmp_path: Path, capsys: Capsys) -> None:
    code, _, err = call(capsys, "search", "x", "--archive", tmp_path / "none")
    assert code == ExitCode.NOT_HELD
    assert "septel read" in err


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_has_help_with_examples_and_is_documented(verb: str, capsys: Capsys) -> None:
    code, out, _ = call(capsys, verb, "--help")
    assert code == 0
    assert "xample" in out or verb in ("measure", "bench", "train")
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert f"septel {verb}" in documented


def test_the_list_of_verbs_says_what_each_verb_says_itself(capsys: Capsys) -> None:
    listed = call(capsys, "--help")[1]
    assert list(SUMMARIES) == list(VERBS)
    for verb in VERBS:
        command = septel.get_command(click.Context(septel), verb)
        assert command is not None
        for width in (40, 60, 200):
            assert command.get_short_help_str(width) == click.Command(
                verb, help=SUMMARIES[verb]
            ).get_short_help_str(width)
        assert re.search(rf"^  {verb} +{re.escape(SUMMARIES[verb][:20])}", listed, re.M)


def test_the_exit_codes_of_help_docs_and_code_are_the_same() -> None:
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert re.search(rf"^  {code.value}\s", EXIT_CODES, re.M)
        assert re.search(rf"^\| {code.value} \|", documented, re.M)
    assert isinstance(septel, Verbs)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str, capsys: Capsys) -> None:
    assert "_SEPTEL_COMPLETE" in call(capsys, "completion", shell)[1]


def test_the_doctor_finds_everything_that_the_tests_need(capsys: Capsys) -> None:
    code, out, _ = call(capsys, "doctor", "--json")
    assert code == 0, out
    assert all({"part", "state", "detail", "remedy"} <= set(finding) for finding in json.loads(out))


def test_an_act_of_the_same_number_is_told_when_an_entry_is_undone(tmp_path: Path, capsys: Capsys) -> None:
    archive, file = tmp_path / "archive", cable(tmp_path)
    call(capsys, "read", file, "--archive", archive)
    place = f"{TEXT.index('SEMENOV')}-{TEXT.index('SEMENOV') + 7}"
    _, told, _ = call(capsys, "decide", "cable.txt", place, "SEMYONOV", "--archive", archive, "--json")
    entry = json.loads(told)["entry"]
    assert not call(capsys, "undo", "cable.txt", entry, "--archive", archive, "--by", "A. Reader")[2]
    for n in range(1, entry + 1):
        call(capsys, "correct", "cable.txt", f"title=T{n}", "--archive", archive)
    _, _, hint = call(capsys, "undo", "cable.txt", entry, "--archive", archive)
    assert f"--undo {entry}`" in hint
    assert "title" in hint


def test_a_backup_is_no_page(tmp_path: Path, capsys: Capsys) -> None:
    archive, file = tmp_path / "archive", cable(tmp_path)
    call(capsys, "read", file, "--archive", archive)
    code, _, told = call(capsys, "restore", archive)
    assert code == ExitCode.USAGE
    assert "septel recover" in told


def test_a_long_list_is_paged_on_a_terminal(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"

    def rows(*asked: str) -> list[str]:
        out = call(capsys, "list", *asked, "--archive", archive)[1]
        return [line for line in out.splitlines() if not line.startswith(" ")]

    for n in range(4):
        dated = TEXT.replace("SEMENOV", f"SEMENOV {'ABCD'[n]}")
        call(capsys, "read", cable(tmp_path, f"{n}.txt", dated), "--archive", archive)
    call(capsys, "correct", "3.txt", "date=1950-01-01", "--archive", archive)
    call(capsys, "delete", "1.txt", "--archive", archive, "--why", "twice")
    whole = rows()
    assert len(whole) == 3
    assert "1950-01-01" in whole[0]
    monkeypatch.setattr("septel.cli.archive.list.PAGE", 2)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    page = rows()
    assert page[:2] == whole[:2]
    assert "--all" in page[2]
    assert rows("--all") == whole
    assert len(json.loads(call(capsys, "list", "--json", "--archive", archive)[1])) == 3
    monkeypatch.setattr("septel.cli.archive.list.PAGE", 3)
    assert rows() == whole


def test_an_interrupt_in_code_made_from_a_string_ends_with_its_code(tmp_path: Path) -> None:
    # Where CPython saw it in such code, it ended of the signal although the interrupt was handled.
    lines = (
        "from septel.cli import main",
        "main.septel.main = lambda **_: exec('raise KeyboardInterrupt')",
        "main.main([])",
    )
    (tmp_path / "interrupted.py").write_text("\n".join(lines), encoding="utf-8")
    asked = [sys.executable, "-m", "interrupted"]
    ended = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == ExitCode.INTERRUPTED
    assert ended.stderr.startswith("septel: interrupted")
