"""A Ray cluster: workers are killed, a node is lost, and each item comes to one outcome all the same."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from septel.errors import MissingPart
from septel.pipeline.batch import joined_cluster

ROOT = Path(__file__).resolve().parents[3]
RAY = importlib.util.find_spec("ray") is not None


@pytest.mark.skipif(not RAY, reason="Ray is not installed (septel[cluster])")
def test_killed_workers_and_a_lost_node_cost_nothing_but_tries(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.pipeline.batch.cluster_driver", str(tmp_path)]
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=400
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)  # and Ray says nothing in between
    slow = [f"slow-{n}" for n in range(8)]
    assert told["heard"] == [slow[0], "killed-once", slow[1], "poisoned", *slow[2:], "bad", "last"]
    assert told["kept"] == [slow[0], "killed-once", *slow[1:], "last"]
    assert (told["done"], told["faults"]) == (10, 2)
    assert told["poisoned"] == 3
    # One that killed itself once, one poisoned thrice, one killed from outside, one whose node went away.
    assert told["deaths"] >= 5


@pytest.mark.skipif(not RAY, reason="Ray is not installed (septel[cluster])")
@pytest.mark.parametrize(
    ("started", "running", "joined"),
    [
        ("db:6379", {"db:6379", "db:5000"}, "db:6379"),
        (None, {"db:5000"}, "local"),  # another run's own, which ends with that
        ("db:6379", set(), "local"),  # it was there once
        (None, set(), "local"),
    ],
)
def test_a_run_joins_what_ray_start_made_and_no_other_run_s_cluster(
    started: str | None, running: set[str], joined: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    tokens: list[str] = []
    setup = "ray._private.authentication.authentication_token_setup"
    monkeypatch.setattr(
        f"{setup}.maybe_enable_token_auth_if_token_available", lambda **_: tokens.append("looked for")
    )
    monkeypatch.setattr("septel.pipeline.batch.cluster._wants_token", lambda _: True)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    monkeypatch.setattr("ray.init", lambda address, **_: asked.append(address))
    monkeypatch.setattr("ray._private.utils.read_ray_address", lambda: started)
    monkeypatch.setattr("ray._private.services.find_gcs_addresses", lambda: frozenset(running))
    joined_cluster("ray", 2)
    assert asked == [joined]
    assert tokens == ([] if joined == "local" else ["looked for"])


@pytest.mark.skipif(not RAY, reason="Ray is not installed (septel[cluster])")
@pytest.mark.parametrize(
    ("mode", "refused", "looked"), [(None, True, True), (None, False, False), ("token", True, False)]
)
def test_a_token_is_taken_only_to_a_cluster_that_asks_for_one(
    mode: str | None, refused: bool, looked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens: list[str] = []

    class AuthenticationError(Exception):
        """As Ray's, which takes more words to make."""

    def asked(*, address: str) -> None:
        if refused:
            raise AuthenticationError(address)

    setup = "ray._private.authentication.authentication_token_setup"
    monkeypatch.setattr(
        f"{setup}.maybe_enable_token_auth_if_token_available", lambda **_: tokens.append("looked for")
    )
    monkeypatch.setattr("ray._raylet.GcsClient", asked)
    monkeypatch.setattr("ray.init", lambda _, **__: None)
    monkeypatch.setenv("RAY_ADDRESS", "db:6379")
    if mode is None:
        monkeypatch.delenv("RAY_AUTH_MODE", raising=False)
    else:
        monkeypatch.setenv("RAY_AUTH_MODE", mode)
    joined_cluster("ray", 2)
    assert bool(tokens) == looked


def test_a_cluster_without_ray_is_a_missing_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingPart, match="septel\\[cluster\\]"):
        joined_cluster("ray", 2)
