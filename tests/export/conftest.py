"""What several tests of exports share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.export.views import Kept, keep


@pytest.fixture(scope="session")
def kept_views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Holdings of every kind of doubt."""
    yield from keep(tmp_path_factory.mktemp("views"))
