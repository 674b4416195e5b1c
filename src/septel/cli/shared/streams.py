"""Standard output and error of whatever encoding, and closed ones."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path
from typing import TextIO

_PLAIN = str.maketrans(
    {"…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "·": "-", "─": "-"}
)
"""How signs of our own stand where a terminal has none of them."""


def _in_plain_signs(fault: UnicodeError) -> tuple[str, int]:
    """What stands for signs that an encoding lacks: plain ones of the same meaning, else a question mark."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lost = fault.object[fault.start : fault.end].translate(_PLAIN)
    return "".join(sign if sign.isascii() else "?" for sign in lost), fault.end


def ready_streams() -> None:
    """Make standard output and error take whatever is written: of any encoding, and closed ones, too."""
    codecs.register_error("septel", _in_plain_signs)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (open as long as we run)
        elif isinstance(stream, io.TextIOWrapper) and not says_everything(stream):
            stream.reconfigure(errors="septel")


def says_everything(stream: TextIO) -> bool:
    """Whether a stream's encoding has every sign there is."""
    named = stream.encoding if isinstance(stream, io.TextIOWrapper) else "utf-8"
    return named.lower().replace("-", "").startswith("utf")


def unseen() -> None:
    """Let whatever is printed from now on go nowhere: its reader left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
