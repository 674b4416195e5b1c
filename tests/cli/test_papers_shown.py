"""What readers are shown of papers: checks, dates, names that fit several; and taken ports."""

from __future__ import annotations

import socket
from pathlib import Path

from septel.archive import Archive
from septel.cli.document.parse import unread_lines
from septel.cli.main import run
from septel.cli.shared.dates import date_shown
from tests.cli.test_cli import Capsys, cable, call
from tests.papers.samples import CABLE, COVER, telegram

UNDATED = """FM USDEL SALT HELSINKI
TO SECSTATE WASHDC
S E C R E T HELSINKI 1321
SALTO 015
SUBJECT: SALT: NOV 18 SESSION
1. SMITH MET SEMENOV. NEXT MEETING AT SOVIET EMBASSY, THURSDAY, NOV 20.
SMITH
"""


def test_parse_and_show_tell_what_contradicts_itself_and_propose_dates(
    tmp_path: Path, capsys: Capsys
) -> None:
    file, archive = tmp_path / "a.txt", tmp_path / "archive"
    file.write_text(UNDATED)
    _, shown, _ = call(capsys, "parse", "--as-is", file)
    assert "perhaps 1969-11" in shown
    call(capsys, "read", file, "--archive", archive, "--quiet")
    _, text, told = call(capsys, "show", "HELSINKI 1321", "--archive", archive)
    assert "perhaps 1969-11" in told
    assert "1969-11" not in text
    file.write_text(telegram(1402).replace("/026 W", "/099 W"))
    _, shown, _ = call(capsys, "parse", "--as-is", file)
    assert "the copies add up to" in shown


def test_list_shows_a_proposed_date_as_such_and_correct_accepts_it(tmp_path: Path, capsys: Capsys) -> None:
    file, archive = tmp_path / "a.txt", tmp_path / "archive"
    file.write_text(UNDATED)
    call(capsys, "read", file, "--archive", archive, "--quiet")
    _, told, _ = call(capsys, "list", "--archive", archive)
    assert "proposed date: 1969-11 (" in told
    code, accepted, _ = call(
        capsys, "correct", "HELSINKI 1321", "date=proposed", "--by", "A. Reader", "--archive", archive
    )
    assert code == 0
    assert "dtg = 1969-11 " in accepted
    assert "by A. Reader: proposed: " in accepted
    _, told, _ = call(capsys, "list", "--archive", archive)
    assert "proposed date" not in told
    assert "1969-11" in told


def test_accepting_a_proposed_date_where_there_is_none_says_so(tmp_path: Path, capsys: Capsys) -> None:
    file, archive = tmp_path / "a.txt", tmp_path / "archive"
    file.write_text(telegram(1402))
    call(capsys, "read", file, "--archive", archive, "--quiet")
    code, _, err = call(capsys, "correct", "helsinki 1402", "date=proposed", "--archive", archive)
    assert code == 2
    assert "no date is proposed" in err


def test_a_date_without_month_or_year_is_shown_in_words() -> None:
    assert date_shown("---31T19:00Z") == "day 31, 19:00Z, no month or year"
    assert date_shown("--11-18T16:55Z") == "18 Nov, 16:55Z, no year"
    assert date_shown("1969-11-18T16:55Z") == "1969-11-18T16:55Z"
    assert date_shown(None) == ""


def test_a_name_that_fits_several_lists_them(tmp_path: Path, capsys: Capsys) -> None:
    for number, name in ((1402, "a.txt"), (1417, "b.txt")):
        (tmp_path / name).write_text(telegram(number))
    archive = tmp_path / "archive"
    call(capsys, "read", tmp_path / "a.txt", tmp_path / "b.txt", "--archive", archive, "--quiet")
    code, _, err = call(capsys, "show", "helsinki", "--archive", archive)
    assert code == 5
    assert "HELSINKI 1402" in err
    assert "HELSINKI 1417" in err
    for name in ("HELSINKI 01402", "helsinki 1402", "1969HELSIN01402", "a.txt", "1402"):
        assert call(capsys, "show", name, "--archive", archive)[0] == 0


def test_one_holding_without_images_keeps_no_other_from_being_exported(
    tmp_path: Path, capsys: Capsys
) -> None:
    archive, out = tmp_path / "archive", tmp_path / "out"
    for number, name in ((1402, "a.txt"), (1417, "b.txt")):
        (tmp_path / name).write_text(telegram(number))
        call(capsys, "read", tmp_path / name, "--archive", archive, "--quiet")
    code, _, err = call(capsys, "export", "--all", "--as", "pdf", "--to", out, "--archive", archive)
    assert code == 2
    assert err.count("no page images") == 2
    code, _, _ = call(capsys, "export", "--all", "--as", "tei", "--to", out, "--archive", archive)
    assert code == 0
    assert len(list(out.iterdir())) == 2


def test_a_taken_port_is_said_before_any_address(tmp_path: Path, capsys: Capsys) -> None:
    with Archive.open(tmp_path / "archive"):
        pass
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code = run(["room", "--archive", str(tmp_path / "archive"), "--port", str(port)])
    out = capsys.readouterr()
    assert code == 2
    assert out.out == ""
    assert str(port) in out.err
    assert "--port" in out.err


def test_several_files_of_one_paper_each_are_told_apart(tmp_path: Path, capsys: Capsys) -> None:
    files = [cable(tmp_path, name, "UNCLASSIFIED\n1. WEATHER REMAINS COLD.\n") for name in ("a.txt", "b.txt")]
    _, shown, _ = call(capsys, "parse", "--as-is", *files)
    assert shown.index("a.txt") < shown.index("b.txt")
    assert "a.txt" not in call(capsys, "parse", "--as-is", files[0])[1]


def test_one_candidate_of_a_field_is_no_choice() -> None:
    shown = unread_lines({"unread": {"to": ["BONN", "BERN"], "references": ["TOKY 6171"]}})
    assert shown == [f"{'to':16}not read: BONN or BERN", f"{'references':16}not sure, perhaps: TOKY 6171"]


def test_nothing_is_proposed_where_a_form_or_a_person_tells_the_date(tmp_path: Path, capsys: Capsys) -> None:
    file, archive = tmp_path / "a.txt", tmp_path / "archive"
    file.write_text(UNDATED)
    call(capsys, "read", file, "--archive", archive, "--quiet")
    assert "undated: " in call(capsys, "show", "HELSINKI 1321", "--archive", archive)[2]
    call(capsys, "correct", "HELSINKI 1321", "date=1969-11-19", "--by", "A. Reader", "--archive", archive)
    assert "undated: " not in call(capsys, "show", "HELSINKI 1321", "--archive", archive)[2]
    cable = CABLE.format(number=12345).replace("WEATHER", "MEETING OF SATURDAY, DECEMBER 16")
    file.write_text(f"{COVER.format(number='124-90001-10001')}\f{cable}")
    call(capsys, "read", file, "--archive", archive, "--quiet")
    with Archive.open(archive) as kept:
        held = kept.holding(kept.resolve("DIR 12345"))
    assert str(held.dtg).startswith("1963-10-12")
    assert "undated: " not in call(capsys, "show", "DIR 12345", "--archive", archive)[2]
