"""Verbs about who may see what, and the trail of who saw, exported and decided."""
