"""The documentation says everything, says nothing that is not so, and builds offline."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from lxml import html

from septel.cli.main import VERBS
from septel.errors import ExitCode
from septel.export import FORMATS
from septel.export.tables.columns import TABLES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def _reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = _reference()
COMMANDS: dict[str, click.Command] = dict(REFERENCE.commands())
PAGES: dict[str, str] = REFERENCE.pages()


def test_every_verb_is_in_the_guide_to_the_command() -> None:
    text = (DOCS / "cli.md").read_text("utf-8")
    missing = [verb for verb in VERBS if f"septel {verb}" not in text]
    assert missing == []


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_verb_and_option_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    assert (command.help or "").strip()
    page = PAGES["reference/commands.md"]
    for option in command.params:
        if isinstance(option, click.Option):
            known = option.help or isinstance(option.type, click.Choice) or option.name in SELF_EVIDENT
            assert known, (name, option.opts)
            assert all(one in page for one in option.opts)


SELF_EVIDENT = {"port", "threads", "seed"}
"""Options whose names say it."""


def test_every_format_is_described() -> None:
    text = (DOCS / "formats.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]*) \|", text.partition("## Writing")[2], re.MULTILINE)
    named = set(re.findall(r"`([^`]+)`", " ".join(rows)))
    assert set(FORMATS) <= named


def test_every_column_is_described() -> None:
    page = PAGES["reference/columns.md"]
    for table in TABLES:
        section = page.partition(f"## {table.name}\n")[2].partition("\n## ")[0]
        for column in table.columns:
            assert len(column.meaning) > 5
            assert f"| `{column.name}` | {column.kind} |" in section


def test_every_exit_code_is_described() -> None:
    text = (DOCS / "cli.md").read_text("utf-8").partition("## Exit codes")[2]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert codes == {int(code) for code in ExitCode}


def _examples() -> Iterator[tuple[str, str]]:
    """Every line of a document's boxes that calls the command."""
    for path in (*sorted(DOCS.glob("*.md")), ROOT / "README.md"):
        for box in re.findall(r"^```(?:sh)?\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE):
            for line in box.splitlines():
                if line.startswith("septel ") and "VERB" not in line:
                    yield path.name, line


@pytest.mark.parametrize(("document", "line"), list(_examples()))
def test_every_command_in_the_documents_exists(document: str, line: str) -> None:
    words = shlex.split(line.partition(" >")[0], comments=True)[1:]
    name, command = f"septel {words[0]}", COMMANDS.get(f"septel {words[0]}")
    assert command is not None, line
    rest = words[1:]
    while isinstance(command, click.Group) and rest and f"{name} {rest[0]}" in COMMANDS:
        name = f"{name} {rest.pop(0)}"
        command = COMMANDS[name]
    known: dict[str, Any] = {opt: p for p in command.params for opt in (*p.opts, *p.secondary_opts)}
    for at, word in enumerate(rest):
        if re.match(r"--?[a-z]", word):
            assert word.partition("=")[0] in known, (document, line, word)
            kind = known[word.partition("=")[0]].type
            if isinstance(kind, click.Choice):
                assert rest[at + 1] in kind.choices, (document, line)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    pytest.importorskip("mkdocs", reason="the group docs is not installed")
    # A proxy that is not there stops whatever would be fetched.
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "-f",
            ROOT / "mkdocs.yml",
            "-d",
            folder,
        ],
        env=os.environ | nowhere | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_site_has_every_page_and_loads_nothing_from_elsewhere(site: Path) -> None:
    for page in (*DOCS.glob("*.md"), *(DOCS / path for path in PAGES)):
        built = site / page.relative_to(DOCS).with_suffix(".html")
        if page.name == "README.md":
            continue
        assert built.is_file(), page
        tree = html.fromstring(built.read_text("utf-8"))
        found = tree.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
        loaded = [str(one) for one in found] if isinstance(found, list) else []
        assert [one for one in loaded if "//" in one] == []


def test_the_site_has_the_packages_from_their_docstrings(site: Path) -> None:
    text = (site / "reference" / "packages.html").read_text("utf-8")
    for name in (
        "septel.text.Edit",
        "septel.archive.Archive",
        "septel.export.fill",
        "septel.corrections.merge",
    ):
        assert f'id="{name}"' in text
