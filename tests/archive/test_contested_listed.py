"""Lists mark a telegram's date that its own lines speak against, though nothing of it was read otherwise."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_cli import Capsys, call
from tests.telegram.samples import ELECTRONIC


def test_a_list_marks_what_a_check_speaks_against(tmp_path: Path, capsys: Capsys) -> None:
    for name, text in (("sound", ELECTRONIC), ("other", ELECTRONIC.replace("JUN 74", "JUN 54"))):
        file, archive = tmp_path / f"{name}.txt", tmp_path / name
        file.write_text(text, encoding="utf-8")
        call(capsys, "read", file, "--archive", archive, "--quiet")
        _, out, _ = call(capsys, "list", "--archive", archive)
        assert ("[?]" in out) is (name == "other")
