"""`septel room`: the archive's pages in the browser, on this machine."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from septel.cli.shared.terminal import archive_option, json_option, print_json
from septel.errors import ExitCode, UsageError


@click.command(
    epilog="""
\b
Examples:
  septel room
  septel room --archive salt --port 9000
  septel account add 'A. Reader' --role editor && septel room --host 0.0.0.0
  septel room --for public --host 0.0.0.0
"""
)
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8151, show_default=True)
@click.option("--by", help="Who signs decisions on this machine; your user name unless given.")
@click.option("--name", "names", multiple=True, help="A name that other machines call this one by.")
@click.option("--https", is_flag=True, help="A proxy before the room speaks HTTPS.")
@click.option(
    "--for",
    "reader",
    metavar="ROLE",
    help="Let everybody in who comes, to read as this role (public), without an account.",
)
@click.option("--expose", is_flag=True, hidden=True, help="Not needed any more.")
@json_option
def room(
    archive: Path,
    host: str,
    port: int,
    by: str | None,
    names: tuple[str, ...],
    https: bool,
    reader: str | None,
    expose: bool,
    as_json: bool,
) -> int:
    """Serve the reading room until Ctrl-C.

    On this machine everybody may read and correct. With --host other machines are let in, by account only
    (`septel account add`); put a proxy that speaks HTTPS before it, and say --https. With --for public
    everybody may come, and is shown what the rules of handling release (`septel handling`).
    """
    del expose
    from septel.room import serve

    def ready() -> None:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}/"
        if as_json:
            print_json({"address": address, "archive": str(archive)})
        else:
            click.echo(f"The reading room of {archive} is at {address} (Ctrl-C closes it).")

    serve(archive, host=host, port=port, by=by, names=names, https=https, role=reader, ready=ready)
    return ExitCode.OK


def free(host: str, port: int) -> None:
    """See that nobody else answers at an address, before anybody is told of it.

    Raises:
        UsageError: the port is taken, or may not be used.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except socket.gaierror as why:
        raise UsageError(f"there is no host {host!r}", remedy="Leave --host out for this machine.") from why
    except OSError as why:
        raise UsageError(
            f"port {port} of {host} can't be had ({why.strerror})",
            remedy="Another room may be open there; choose one with --port.",
        ) from why
