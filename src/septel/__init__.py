"""Septel makes declassified diplomatic telegrams readable, searchable, citable and trustworthy."""

__version__ = "0.1.0"
