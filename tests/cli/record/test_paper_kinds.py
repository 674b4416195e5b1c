"""What `septel record` calls a document whose own lines do not tell."""

from __future__ import annotations

from pathlib import Path

from septel.errors import ExitCode
from tests.cli.test_cli import Capsys, call

COVER = "MEMORANDUM FOR THE RECORD\nSUBJECT: Talks in Vienna\n12 May 1964\n1. The talks went on.\n"
LATER = "- 2 -\nMr. Smith said that the Soviet side would answer on Friday. He asked for the text.\n"
CABLE = (
    "SECRET 041933Z\nDIR CITE WAVE 1480\nREF WAVE 1444 (IN 58061)\n"
    "1. SUBJECT SAID THAT HE WOULD LEAVE ON FRIDAY.\nEND OF MESSAGE\n"
)


def test_a_memorandum_behind_a_cable_is_called_so(tmp_path: Path, capsys: Capsys) -> None:
    path = tmp_path / "two.txt"
    path.write_text(f"{CABLE}\f{COVER}\f{LATER}", encoding="utf-8")
    status, out, _ = call(capsys, "record", "--as-is", str(path))
    assert status == ExitCode.OK
    lines = out.splitlines()
    assert any(line.startswith("memorandum") for line in lines)
    assert any(line.startswith("telegram") for line in lines)
