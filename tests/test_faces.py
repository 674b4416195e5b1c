"""A room's face gives its public names whatever was loaded before, and each name is what it should be."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import septel

FACES = sorted(
    room.name for room in pkgutil.iter_modules(septel.__path__) if room.ispkg and room.name != "cli"
)
CHECK = """
import importlib, pkgutil, sys, types
face = importlib.import_module(f"septel.{sys.argv[1]}")
def load():
    for module in pkgutil.iter_modules(face.__path__):
        if not module.ispkg and module.name != "__main__":
            importlib.import_module(f"{face.__name__}.{module.name}")
if sys.argv[2] == "modules first":
    load()
first = {name: getattr(face, name) for name in face.__all__}
load()
for name, value in first.items():
    assert not isinstance(value, types.ModuleType), name
    assert getattr(face, name) is value, name
"""


@pytest.mark.parametrize("order", ["names first", "modules first"])
@pytest.mark.parametrize("face", FACES)
def test_a_name_is_the_same_whatever_is_loaded_first(face: str, order: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHECK, face, order],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
