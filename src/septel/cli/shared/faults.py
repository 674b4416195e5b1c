"""A fault as its one line."""

from __future__ import annotations

import click

from septel.errors import SeptelError
from septel.pipeline import WorkFault


def report(fault: SeptelError | WorkFault) -> None:
    """Print a fault as its one line on standard error."""
    click.echo(f"septel: {fault}", err=True)
