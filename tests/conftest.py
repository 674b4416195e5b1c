"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is no fault of the code: no deadline, no complaint about slow draws.
settings.register_profile("septel", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("septel")

ROOT = Path(__file__).resolve().parent.parent

# What is unpacked once for all runs of the tests, and never in the user's own folder.
os.environ.setdefault("SEPTEL_CACHE", str(ROOT / ".pytest_cache" / "septel"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring sets and corpora, which is not part of the project."""
    folder = Path(os.environ.get("SEPTEL_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the measuring sets are not here ({folder}); set SEPTEL_SHARED to where they are")
    return folder
