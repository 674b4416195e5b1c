"""`septel doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from septel import __version__
from septel.cli.shared.terminal import console, json_option, print_json
from septel.errors import ExitCode, SeptelError

FREE_WANTED = 500_000_000  # bytes; an archive of 2,000 pages with its images takes about this much


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPart:
    """One thing that was looked at.

    Attributes:
        part: what it is.
        state: `ok`, `missing` (something asked for can't be done) or `absent` (optional).
        detail: the version, or what is wrong.
        remedy: how to get it.
    """

    part: str
    state: str
    detail: str
    remedy: str = ""


def package(name: str, module: str, remedy: str, *, optional: bool = False) -> CheckedPart:
    """Whether a package is there and can be imported."""
    try:
        import_module(module)
        return CheckedPart(part=name, state="ok", detail=version(name))
    except (ImportError, OSError, PackageNotFoundError) as why:
        state = "absent" if optional else "missing"
        return CheckedPart(part=name, state=state, detail=str(why), remedy=remedy)


def engine() -> CheckedPart:
    """Whether the default OCR engine can be started, and the one that it leaves pages of print to."""
    from septel.capture import TesserocrEngine, TypedEngine, model_folder

    try:
        step, other = TypedEngine().step, TesserocrEngine().step
        model_folder()
    except SeptelError as fault:
        return CheckedPart(part="OCR engine", state="missing", detail=fault.what, remedy=fault.remedy)
    return CheckedPart(
        part="OCR engine", state="ok", detail=f"{step.tool} {step.version}, {other.tool} {other.version}"
    )


def model() -> CheckedPart:
    """Whether the restorer's shipped model loads."""
    from septel.restore import Restorer

    try:
        step = Restorer.load().step
    except SeptelError as fault:
        return CheckedPart(part="restoration model", state="missing", detail=fault.what, remedy=fault.remedy)
    return CheckedPart(part="restoration model", state="ok", detail=f"digest {step.model}")


def full_text() -> CheckedPart:
    """Whether the SQLite that Python was built with can search."""
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize='trigram')")
        connection.close()
    except sqlite3.OperationalError as why:
        remedy = "Use a Python built with SQLite 3.34 or later and FTS5, as Debian's is."
        return CheckedPart(part="full-text search", state="missing", detail=str(why), remedy=remedy)
    return CheckedPart(part="full-text search", state="ok", detail=f"SQLite {sqlite3.sqlite_version}")


def disk() -> CheckedPart:
    """Whether there is room for an archive here."""
    free = shutil.disk_usage(Path.cwd()).free
    detail = f"{free / 1e9:.1f} GB free here"
    if free < FREE_WANTED:
        return CheckedPart(
            part="disk", state="missing", detail=detail, remedy="Free some, or use --archive elsewhere."
        )
    try:
        with tempfile.TemporaryFile():
            pass
    except OSError as why:
        return CheckedPart(
            part="disk", state="missing", detail=str(why), remedy="Set TMPDIR to a writable folder."
        )
    return CheckedPart(part="disk", state="ok", detail=detail)


def again(name: str) -> str:
    """How to bring a lost package back."""
    return f"pip install {name}"


CHECKS: tuple[Callable[[], CheckedPart], ...] = (
    lambda: CheckedPart(part="septel", state="ok", detail=__version__),
    lambda: CheckedPart(
        part="python", state="ok", detail=f"{sys.version.split()[0]} on {platform.platform()}"
    ),
    engine,
    model,
    full_text,
    disk,
    lambda: package("pypdfium2", "pypdfium2", again("pypdfium2")),
    lambda: package("lxml", "lxml.etree", again("lxml")),
    lambda: package("numba", "numba", again("numba")),
    lambda: package(
        "psycopg", "psycopg", "pip install 'septel[postgresql]', for archives in PostgreSQL", optional=True
    ),
    lambda: package("ray", "ray", "pip install 'septel[cluster]', for --on ray", optional=True),
    lambda: package("s3fs", "s3fs", "pip install 'septel[remote]', for s3://…", optional=True),
    lambda: package(
        "symspellpy", "symspellpy", again("symspellpy") + " (a peer to measure against)", optional=True
    ),
)


@click.command(
    epilog="""
\b
Examples:
  septel doctor
  septel doctor --json | jq '.[] | select(.state != "ok")'
"""
)
@json_option
def doctor(as_json: bool) -> int:
    """Say what is installed, what is missing, and how to get it."""
    findings = [check() for check in CHECKS]
    if as_json:
        print_json(
            [{"part": f.part, "state": f.state, "detail": f.detail, "remedy": f.remedy} for f in findings]
        )
    else:
        out = console()
        for finding in findings:
            out.print(f"{finding.state:8} {finding.part:20} {finding.detail}")
            if finding.state != "ok" and finding.remedy:
                out.print(f"{'':29} {finding.remedy}")
    missing = any(finding.state == "missing" for finding in findings)
    return ExitCode.MISSING if missing else ExitCode.OK
