"""`septel assemble`, `copies` and `collate`, as they are run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import septel
from septel.cli.main import run
from tests.conftest import ROOT

HEAD = "R 192035Z MAR 74\nFM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC 2805\n\n"
SECTIONS = {n: f"{HEAD}CONFIDENTIAL SECTION {n} OF 3 LA PAZ 1673\n\n{n}. POINT {n}.\n" for n in (1, 2, 3)}


def written(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return [str(folder / f"{name}.txt") for name in texts]


def test_assemble_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = written(tmp_path, b=SECTIONS[3], a=SECTIONS[1])
    assert run(["assemble", "--as-is", *files]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("LA PAZ 1673 (1974-03-19T20:35Z)")
    assert "missing  section 2 of 3" in shown
    assert run(["assemble", "--as-is", "--json", *files]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["missing"][0]["what"] == "section 2 of 3"
    assert told["text"] == SECTIONS[1] + SECTIONS[3]


def test_copies_fill_an_excision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "1. THE MINISTER SAID THAT TIN\nWOULD NOT BE SOLD.\n"
    files = written(tmp_path, a=text.replace("THE MINISTER", "[name not declassified]"), b=text)
    assert run(["copies", "--as-is", *files]) == 0
    shown = capsys.readouterr()
    assert shown.out == text
    assert "'THE MINISTER' is excised in a.txt and taken from b.txt" in shown.err
    assert run(["copies", "--as-is", "--as", "apparatus", *files]) == 0
    assert "MINISTER] excised a.txt" in capsys.readouterr().out
    assert run(["copies", files[0]]) == 2


def test_copies_of_one_name_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").mkdir()
    files = written(tmp_path, a="THE TIN WAS SOLD.\n") + written(tmp_path / "x", a="THE TIM WAS SOLD.\n")
    assert run(["copies", "--as-is", "--as", "apparatus", *files]) == 0
    shown = capsys.readouterr().out
    assert str(tmp_path / "a.txt") in shown or str(tmp_path / "x" / "a.txt") in shown


def test_copies_have_the_marks_of_what_is_doubtful(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "sample" / "telegram.ocr.txt").read_text()[:600]
    files = written(tmp_path, a=page, b=page.replace("E", "F", 9))
    assert run(["copies", *files]) == 0
    shown = capsys.readouterr().out
    assert "[?]" in shown and shown == septel.read_copies(files).marked
    assert run(["copies", "--json", *files]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["marked"] == shown and "[?]" not in told["text"]
    assert run(["copies", "--as", "tei", *files]) == 0
    assert capsys.readouterr().out.count("<unclear>") == shown.count("[?]")


def test_collate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = written(tmp_path, a="WE SEEK EXISTING ARMS.\n", b="WE SEEK ARMS.\n")
    assert run(["collate", *files]) == 0
    assert capsys.readouterr().out == "WE SEEK [-EXISTING-] ARMS.\n"
    assert run(["collate", "--json", *files]) == 0
    assert json.loads(capsys.readouterr().out)["changes"][0]["kind"] == "omission"
    claim = 'EXCEPT FOR THE DELETION OF THE WORD "EXISTING"'
    assert run(["collate", "--claim", claim, *files]) == 0
    assert "the claim is confirmed" in capsys.readouterr().err
    assert run(["collate", "--claim", "NO CHANGE", "--json", *files]) == 0
    told = json.loads(capsys.readouterr().out)["claim"]
    assert (told["check"], told["unclaimed"]) == ("contradicted", ["EXISTING → (nothing)"])


def test_two_telegrams_are_no_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "THE TIN WAS SOLD.\n"
    one, other = (f"{text}Document Number:          1974LAPAZ0{n}\n" for n in ("0601", "6107"))
    files = written(tmp_path, a=one, b=other, c=one.replace("TIN", "TIM"), d=text)
    assert run(["copies", "--as-is", *files]) == 2
    told = capsys.readouterr()
    assert "two telegrams by their attributes, 1974LAPAZ00601 and 1974LAPAZ06107" in told.err
    assert not told.out
    assert run(["copies", "--as-is", files[0], files[2], files[3]]) == 0


def test_holdings_are_collated_as_files_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--archive", str(tmp_path / "archive"))
    files = written(tmp_path, a="WE SEEK EXISTING ARMS.\n", b="WE SEEK ARMS.\n")
    assert run(["read", *files, *at, "--quiet"]) == 0
    capsys.readouterr()
    assert run(["collate", "--held", "a.txt", "b.txt", *at]) == 0
    assert capsys.readouterr().out == "WE SEEK [-EXISTING-] ARMS.\n"
    for verb in ("collate", "copies"):
        assert run([verb, "1a2b3c4d5e6f", "b.txt"]) != 0
        told = capsys.readouterr().err
        assert "1a2b3c4d5e6f: there is no such file" in told
        assert "--held" in told


def test_texts_of_one_name_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").mkdir()
    files = written(tmp_path, a="WE SEEK ARMS.\n") + written(tmp_path / "x", a="WE SEEK TIN.\n")
    assert run(["collate", "--as", "tei", *files]) == 0
    shown = capsys.readouterr().out
    assert all(f">{name}</witness>" in shown for name in files)
    assert '<lem wit="#w1">ARMS.</lem><rdg wit="#w2" type="substitution">TIN.</rdg>' in shown


def test_telegrams_of_two_numbers_are_no_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "".join(
        f"{n}. PARAGRAPH {n} OF THE MONTHLY ECONOMIC REPORT NAMES MINERALS EXPORTS.\n" for n in range(1, 9)
    )
    numbered = {
        name: f"{body}\nDocument Number: 1974LAPAZ0{number}\n" for name, number in (("a", 1316), ("b", 1454))
    }
    files = written(tmp_path, **numbered)
    assert run(["copies", "--find", *files]) == 0
    assert "No copies among 2 files." in capsys.readouterr().out
    same = written(tmp_path, c=numbered["a"])
    assert run(["copies", "--find", *files, *same]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2 copies")
    assert "b.txt" not in shown


def test_an_empty_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["parse", str(tmp_path)]) == 0
    assert "there is nothing to read in what was named" in capsys.readouterr().err
