"""`septel completion`: the script that lets a shell complete the command's words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from septel.cli.shared.terminal import json_option, print_json
from septel.errors import UsageError

SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog="""
\b
Examples:
  septel completion bash >~/.local/share/bash-completion/completions/septel
  septel completion zsh >~/.zfunc/_septel
  septel completion fish >~/.config/fish/completions/septel.fish
"""
)
@click.argument("shell", type=click.Choice(SHELLS))
@json_option
def completion(shell: str, as_json: bool) -> None:
    """Print the script that completes septel's words in SHELL."""
    from septel.cli.main import septel

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover
        raise UsageError(f"no completion for {shell}", remedy=f"Choose one of {', '.join(SHELLS)}.")
    script = kind(septel, {}, "septel", "_SEPTEL_COMPLETE").source()
    if as_json:
        print_json({"shell": shell, "script": script})
    else:
        click.echo(script)
