"""The API against its own description, with made requests right and wrong (schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from septel.archive import Archive
from septel.room import app
from septel.room.api.description import openapi
from tests.archive.made import made

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
CHECKS = schemathesis.checks
SCHEMA = schemathesis.openapi.from_dict(openapi())
HELD = ("HELSINKI-1321", made().id)
"""What the archive holds: half of the requests are about it, else hardly one would be."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with Archive.open(tmp_path_factory.mktemp("contract") / "archive") as archive:
        archive.add(made(references=()))
        made_room = app(archive, by="A. Program", hosts=("*",))
        made_room.state.site.gate.changes._most = 10**9
        yield made_room


@SCHEMA.parametrize()  # type: ignore[untyped-decorator]  # schemathesis is not typed here
@settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: object, room: object) -> None:
    if "holding" in (case.path_parameters or {}) and case.meta.generation.mode.is_positive:  # type: ignore[attr-defined]
        case.path_parameters["holding"] = HELD[len(str(case.body)) % 2]  # type: ignore[attr-defined]
    # A query that has the right type may still say nothing in the query language, and a place of the right
    # form may lie outside the text: both are refused with 400, which no schema can say beforehand.
    case.call_and_validate(  # type: ignore[attr-defined]
        app=room, excluded_checks=[CHECKS.positive_data_acceptance]
    )
