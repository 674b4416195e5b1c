"""Verbs over files: read, restore, parse, assemble, copies, collate."""
