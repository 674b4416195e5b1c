"""What work costs: processor time and memory, of a process and of the engines that it started.

Processor time is bent far less by what else runs on a machine than the clock on the wall is.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def processor_seconds() -> float:
    """Processor time of this process, of those that it started and that ended, and of those that live."""
    times = os.times()
    total = times.user + times.system + times.children_user + times.children_system
    for pid in _children():
        with suppress(OSError, ValueError, IndexError):
            fields = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / _TICKS
    return total


def peak_bytes() -> int:
    """The most memory that this process and those that it started have held, each at its own time."""
    total = 0
    for pid in ("self", *_children()):
        with suppress(OSError):
            status = Path(f"/proc/{pid}/status").read_text("ascii")
            found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
            total += int(found[1]) * 1024 if found else 0
    return total


def _children() -> list[str]:
    found: list[str] = []
    with suppress(OSError):
        for task in Path("/proc/self/task").iterdir():
            with suppress(OSError):
                found += (task / "children").read_text("ascii").split()
    return found
