"""Verbs over an archive: search, show, export, decide, and what follows from decisions."""
