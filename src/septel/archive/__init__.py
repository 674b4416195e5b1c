"""Keeps the catalogue and answers searches with hits that point at page, line and box."""

from septel.archive.archive import Archive
from septel.archive.citations import citation_graph
from septel.archive.contests import Contest, Settlement
from septel.archive.holdings import Hit, Holding, Match, Original

__all__ = ["Archive", "Contest", "Hit", "Holding", "Match", "Original", "Settlement", "citation_graph"]
