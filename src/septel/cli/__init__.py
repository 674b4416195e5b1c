"""One verb for each stage; `septel --help` lists them. Contract and exit codes: docs/cli.md."""

from septel.cli.main import main, septel

__all__ = ["main", "septel"]
