from .connection import opened as opened
