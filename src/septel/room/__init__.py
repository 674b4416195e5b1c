"""Serves the reading room: source beside restored text, every change visible, every view citable."""

from septel.room.room import app, serve

__all__ = ["app", "serve"]
