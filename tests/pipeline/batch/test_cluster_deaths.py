"""Workers of a (made) cluster that die before they begin: told to the driver, which counts them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from septel.errors import EngineFailure, UsageError
from septel.pipeline import Ledger, run
from septel.pipeline.batch import cluster
from septel.pipeline.batch.cluster import ClusterCrew
from septel.pipeline.batch.crew import Died
from septel.pipeline.batch.dispatch import Dispatch
from septel.pipeline.batch.policy import Policy
from tests.pipeline.batch.made_work import MadeStage, item


class RayError(Exception):
    pass


class RayActorError(RayError):
    pass


class MadeRay:
    """Its actors die before they say that they are there, or never say anything."""

    exceptions = SimpleNamespace(
        RayActorError=RayActorError, RayError=RayError, RayTaskError=type("RayTaskError", (RayError,), {})
    )

    def __init__(self) -> None:
        self.dies = True

    def remote(self, **asked: object) -> Any:
        method = SimpleNamespace(remote=lambda *given: object())
        actor = SimpleNamespace(hello=method, do=method, leave=method)
        return lambda worker: SimpleNamespace(remote=lambda *given: actor)

    def put(self, value: object) -> object:
        return value

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def wait(self, refs: list[object], **how: object) -> tuple[list[object], list[object]]:
        return (refs, []) if self.dies else ([], refs)

    def get(self, ref: object) -> object:
        raise RayActorError("The actor died: out of memory")

    def kill(self, actor: object) -> None:
        pass


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> MadeRay:
    made = MadeRay()
    monkeypatch.setattr(cluster, "joined_cluster", lambda address, size: (made, False))
    return made


def test_a_death_before_the_first_task_is_a_report(joined: MadeRay) -> None:
    crew = ClusterCrew(b"", size=2)
    reports = crew.reports(0.0)
    assert [type(one.said) for one in reports] == [Died] * len(reports)
    assert {one.said.at for one in reports if isinstance(one.said, Died)} == {None}
    assert "out of memory" in str(reports[0].said)


@pytest.mark.parametrize(("tries", "deaths"), [(1, 2), (3, 6)])
def test_the_driver_counts_deaths_by_its_policy(
    joined: MadeRay, tmp_path: Path, tries: int, deaths: int
) -> None:
    hired = Dispatch(hire=lambda work: ClusterCrew(work, size=2), policy=Policy(tries=tries))
    with pytest.raises(
        EngineFailure, match=rf"{deaths} processes .* died before they began \(The actor died"
    ):
        run(map(item, ["a", "b"]), MadeStage(tmp_path), Ledger(tmp_path), executor=hired)
    assert hired.deaths == deaths


def test_a_cluster_that_never_answers_is_told_in_time(
    joined: MadeRay, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined.dies = False
    monkeypatch.setattr(cluster, "JOINING_SECONDS", 0.05)
    with pytest.raises(UsageError, match="no worker of the cluster can be had"):
        ClusterCrew(b"", size=2)
