"""Runs the command as `python -m septel.cli`."""

from septel.cli.main import main

main()
