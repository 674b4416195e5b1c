"""Pages of the documentation that are made from the code: every verb and option, every column.

A hook of MkDocs (mkdocs.yml names it); nothing is written into docs/.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc, isclass, isfunction
from pathlib import Path

import click

from septel.cli.main import VERBS, septel
from septel.export.tables.columns import TABLES

SHOWN = ("text", "telegram", "record", "archive", "export", "corrections", "errors")
"""The rooms whose public names are for programmers, lowest first."""
ROOT = Path(__file__).resolve().parent.parent


def on_files(files, config):
    """Add the made pages to those of docs/."""
    from mkdocs.structure.files import File

    for path, content in pages().items():
        files.append(File.generated(config, path, content=content))
    return files


def pages() -> dict[str, str]:
    """The made pages by their place in the site."""
    return {
        "reference/commands.md": "\n".join(_commands()),
        "reference/columns.md": "\n".join(_columns()),
        "reference/packages.md": "\n".join(_packages()),
        "decisions/index.md": "\n".join(_decisions()),
    }


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every verb, and every verb below one."""
    context = click.Context(septel, info_name="septel")
    for name in VERBS:
        found = septel.get_command(context, name)
        if found is not None:
            yield from _below(f"septel {name}", found)


def _below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for inner in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), inner)
            if found is not None:
                yield from _below(f"{name} {inner}", found)


def _commands() -> Iterator[str]:
    yield "# Every verb and option\n"
    yield "Made from the command itself; `septel VERB --help` prints the same.\n"
    for name, command in commands():
        level = "#" * (name.count(" ") + 1)
        yield f"{level} {name}\n"
        yield f"```\n{_usage(name, command)}\n```\n"
        yield cleandoc(command.help or "").replace("\b", "").strip() + "\n"
        options = [one for one in command.params if isinstance(one, click.Option)]
        if options:
            yield "| option | meaning |\n|---|---|"
            yield from (f"| `{_names(one)}` | {_meaning(one)} |" for one in options)
            yield ""
        if command.epilog:
            yield f"```\n{cleandoc(command.epilog).replace(chr(8), '').strip()}\n```\n"


def _usage(name: str, command: click.Command) -> str:
    pieces = command.collect_usage_pieces(click.Context(command, info_name=name))
    return " ".join((name, *pieces))


def _names(option: click.Option) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    if option.is_flag:
        return names
    shown = option.metavar or (
        " / ".join(map(str, option.type.choices))
        if isinstance(option.type, click.Choice)
        else option.type.name.upper()
    )
    return f"{names} {shown}"


def _meaning(option: click.Option) -> str:
    words = [option.help or ""]
    if option.required:
        words.append("Required.")
    if option.show_default and option.default is not None and not callable(option.default):
        words.append(f"Default: `{option.default}`.")
    if option.envvar:
        words.append(f"Also by the environment variable `{option.envvar}`.")
    return " ".join(filter(None, words)).replace("|", "\\|").replace("\n", " ")


def _decisions() -> Iterator[str]:
    yield "# Decisions\n"
    yield "Why things are as they are, one page each.\n"
    for page in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        title = page.read_text("utf-8").splitlines()[0].lstrip("# ")
        yield f"- [{title}]({page.name})"


def _columns() -> Iterator[str]:
    yield "# Columns of tables\n"
    yield "The files of `septel export --as tables` (CSV) and `--as parquet`; so says `datapackage.json`.\n"
    for table in TABLES:
        only = " Only with `--record`." if table.recorded else ""
        key = ", ".join(f"`{name}`" for name in table.key)
        yield f"## {table.name}\n\n{table.meaning}{only} Told apart by {key}.\n"
        yield "| column | type | meaning |\n|---|---|---|"
        for column in table.columns:
            meaning = column.meaning.replace("|", "\\|")
            yield f"| `{column.name}` | {column.kind} | {meaning} |"
        yield ""


def _packages() -> Iterator[str]:
    yield "# Python packages\n"
    yield "Each room of the house with its public names. What is not listed here is private to its room."
    yield "[Architecture](../architecture.md) says what each room is for.\n"
    for room in SHOWN:
        package = import_module(f"septel.{room}")
        yield f"## septel.{room}\n\n{cleandoc(package.__doc__ or '')}\n"
        names = getattr(package, "__all__", None) or [name for name in vars(package) if name[0].isupper()]
        for name in sorted(names):
            found = getattr(package, name)
            # A face takes its names from the modules within; they are described where they are written.
            if (isclass(found) or isfunction(found)) and found.__module__.startswith(f"septel.{room}"):
                yield f'<a id="septel.{room}.{name}"></a>\n'
                yield f"::: {found.__module__}.{found.__qualname__}\n    options:\n      heading_level: 3\n"
