"""A verb loads what it needs and nothing else: starting must cost no more than what was asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from septel.archive import Archive
from septel.restore import Settings
from septel.text import SURE
from tests.archive.made import made

HEAVY = frozenset(
    {
        "numba",
        "llvmlite",
        "onnxruntime",
        "PIL",
        "pypdfium2",
        "pikepdf",
        "tesserocr",
        "scipy",
        "torch",
        "numpy",
        "lxml",
        "jinja2",
        "starlette",
    }
)
READS_IMAGES = HEAVY - {"numba", "llvmlite", "numpy", "scipy"}
STATE = """
import sys
from septel.cli.main import run
try:
    code = run(sys.argv[1:])
except SystemExit as leaving:
    code = leaving.code
names = {name.partition(".")[0] for name in sys.modules}
print("LOADED", int(code or 0), *sorted(names), file=sys.stderr)
"""


def loaded(*arguments: object) -> set[str]:
    """The packages that a process has loaded when a command has ended."""
    words = [str(argument) for argument in arguments]
    ran = subprocess.run([sys.executable, "-c", STATE, *words], capture_output=True, text=True, check=False)
    _, _, told = ran.stderr.rpartition("LOADED ")
    code, *names = told.split()
    assert code == "0", ran.stderr
    return set(names)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    with Archive.open(folder) as kept:
        kept.add(made())
    return folder


def test_the_list_of_verbs_loads_the_command_and_click_only() -> None:
    found = loaded("--help")
    assert not found & (HEAVY | {"rich", "pydantic", "rapidfuzz", "sqlite3"})


@pytest.mark.parametrize(
    "words",
    [
        ("search", "talks"),
        ("show",),
        ("show", "helsinki.txt"),
        ("decide", "helsinki.txt", "0-2", "FM", "--by", "A"),
    ],
)
def test_a_verb_of_the_archive_loads_no_compiler_no_engine_and_no_image_library(
    words: tuple[str, ...], archive: Path
) -> None:
    assert not loaded(*words, "--archive", archive) & HEAVY


@pytest.mark.parametrize("verb", ["restore", "parse", "search", "show", "export", "decide", "room", "doctor"])
def test_the_help_of_a_verb_loads_no_image_library(verb: str) -> None:
    assert not loaded(verb, "--help") & {"PIL", "pypdfium2", "pikepdf", "tesserocr", "onnxruntime", "torch"}


def test_a_text_is_restored_without_what_reads_images(tmp_path: Path) -> None:
    file = tmp_path / "cable.txt"
    file.write_text("SUBJECT: SALT TALKS\n\n1. SMITH 0PENED THE MEET1NG.\n", encoding="utf-8")
    loaded("restore", "--lines", file)  # what is made once for each user is made now, if need be
    assert not loaded("restore", "--lines", file) & (READS_IMAGES | {"numba", "scipy"})


def test_the_threshold_that_exports_use_is_the_restorer_s() -> None:
    assert Settings().sure == SURE


def test_the_package_runs_as_the_command() -> None:
    """`python -m septel`, as people type it where the command is not on their path."""
    ran = subprocess.run(
        [sys.executable, "-m", "septel", "searhc", "x"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "septel search" in ran.stderr
