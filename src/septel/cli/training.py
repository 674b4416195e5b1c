"""`septel train`: the whole way from corpora to the shipped models, in commands."""

import click


@click.group()
def train() -> None:
    """Make the shipped models again from corpora, or adapt them to an archive's own pages."""
