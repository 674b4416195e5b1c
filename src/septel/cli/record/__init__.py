"""Verbs of the negotiating record."""
