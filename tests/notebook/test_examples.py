"""The examples of docs/python.md run as they stand, and the tables hold what their rows say."""

from __future__ import annotations

import builtins
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import septel
from septel.errors import MissingPart, UsageError
from septel.notebook import Table

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_the_examples_run_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "sample" / "telegram.ocr.txt", tmp_path / "cable.txt")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) > 4
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    printed = capsys.readouterr().out
    assert "1 read, 0 not" in printed
    assert "THE SOVIET DELEGATION WILL MEET THE US DELEGATION THURSDAY" in printed
    assert "False 4" in printed


def test_every_name_of_the_door_is_told_of_and_there() -> None:
    names = [name for name in dir(septel) if name[0] != "_"]
    assert {"read", "ingest", "open_archive", "records_of"} <= set(names)
    for name in names:
        assert getattr(septel, name).__doc__, name


def test_a_fault_is_heard_of_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("SECRET\n1. TALKS BEGAN TODAY.\n")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing more")
    heard: list[str] = []
    with septel.open_archive(tmp_path / "kept") as archive:
        files = [tmp_path / "bad.pdf", tmp_path / "good.txt"]
        totals = septel.ingest(files, archive, on_fault=lambda fault: heard.append(str(fault)))
        assert (totals.done, totals.faults) == (1, 1)
        assert len(heard) == 1 and "bad.pdf" in heard[0]
        again = septel.ingest(files, archive, resume=True)
        assert (again.done, again.earlier) == (0, 1)


def test_a_table_gives_its_rows_by_name() -> None:
    table = Table(("who", "what"), (("SEMENOV", "ASKED"), ("SMITH", "ANSWERED")))
    assert list(table) == [{"who": "SEMENOV", "what": "ASKED"}, {"who": "SMITH", "what": "ANSWERED"}]
    assert len(table) == 2


@pytest.mark.parametrize(
    ("name", "make"), [("pandas", lambda t: t.to_pandas()), ("pyarrow", lambda t: t.to_arrow())]
)
def test_a_package_that_is_missing_is_named(
    name: str, make: Callable[[Table], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(what: str, *rest: Any) -> Any:
        if what == name:
            raise ImportError(what)
        return real(what, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPart, match=name):
        make(Table(("a",), ()))


def test_an_unknown_table_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with septel.open_archive(tmp_path) as archive:
        dossier = septel.records_of(archive)
    with pytest.raises(UsageError, match="no table 'people'"):
        septel.table(dossier, "people")
