"""Workers on the machines of a Ray cluster (https://docs.ray.io), an optional extra: `septel[cluster]`.

Each worker is an actor that takes one processor. What they do is put into the cluster's store once and taken
from there by every node; the models are unpacked once on each node and mapped by its workers. When an actor
or its whole node is gone, another one is asked for, and gets tasks once it has said that it is there. Nodes
need the same version of Septel, and see inputs and kept readings at the same places as the driver.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from septel import __version__
from septel.errors import EngineFailure, MissingPart, UsageError
from septel.pipeline.batch.begun import BegunMark, begun_at
from septel.pipeline.batch.crew import Died, WorkerReport
from septel.pipeline.batch.worker import answered

PASSED_ON = ("PYTHONPATH", "SEPTEL_CACHE", "SOURCE_DATE_EPOCH", "OMP_THREAD_LIMIT")
"""Variables of the driver that its workers have as well."""
JOINING_SECONDS = 120.0
"""How long the first worker may take to be there."""
LEAVING_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Hello:
    """What a worker says of itself: version, machine, process, node of Ray, and where its mark is."""

    version: str
    machine: str
    pid: int
    node: str
    mark: str


class ClusterWorker:
    """What runs within an actor.

    Args:
        work: what it does, packed.
        folder: the one that the driver runs in, which paths of documents may be relative to.
    """

    def __init__(self, work: bytes, folder: str) -> None:
        import pickle

        # A node runs where `ray start` was typed. Where it has no such folder only whole paths are found.
        with suppress(OSError):
            os.chdir(folder)
        self._started = pickle.loads(work).start()
        self._do = self._started.__enter__()
        self._begun = BegunMark.made()

    def hello(self) -> Hello:
        """Who it is, once it can do tasks."""
        import platform

        node = import_module("ray").get_runtime_context().get_node_id()
        return Hello(__version__, platform.node(), os.getpid(), node, self._begun.path)

    def do(self, task: bytes) -> bytes:
        """Do one task."""
        self._begun.one_more()
        return answered(self._do, task)

    def leave(self) -> None:
        """Leave nothing behind."""
        self._begun.away()


class ClusterCrew:
    """Actors of a Ray cluster.

    Args:
        work: what they do, packed.
        size: how many; as many as the cluster has processors unless given.
        address: `ray` for the cluster of this machine, or a new one of its processors; or `ray://HOST:PORT`.

    Raises:
        MissingPart: Ray is not installed.
        UsageError: the cluster can't be reached, or its nodes have another version of Septel.
    """

    def __init__(self, work: bytes, size: int | None = None, address: str = "ray") -> None:
        self._ray, self._ours = joined_cluster(address, size)
        ray = self._ray
        self._actor = ray.remote(num_cpus=1, max_restarts=0, max_concurrency=1)(ClusterWorker)
        self._work = ray.put(work)
        count = size or max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._actors: list[Any] = [None] * count
        self._hello: list[Any] = [None] * count
        self._known: list[Hello | None] = [None] * count
        self._answered = [0] * count
        self._died: deque[WorkerReport] = deque()
        self._until: float | None = time.monotonic() + JOINING_SECONDS
        self.pids: list[int] = [0] * count
        self._refs: list[deque[Any]] = [deque() for _ in range(count)]
        for number in range(count):
            self._ask_for(number)
        self._await_first()

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self._actors)

    def _ask_for(self, number: int) -> None:
        self._refs[number].clear()
        self.pids[number] = self._answered[number] = 0
        self._known[number] = None
        self._actors[number] = self._actor.remote(self._work, str(Path.cwd()))
        self._hello[number] = self._actors[number].hello.remote()

    def _await_first(self) -> None:
        """Wait until a worker is there, or has died before it was, which the driver counts."""
        while not any(map(self.able, range(self.size))) and not self._died:
            self._in_time()
            self._ray.wait(self._hello, num_returns=1, timeout=1.0)

    def _in_time(self) -> None:
        if self._until is not None and time.monotonic() > self._until:
            self.close()
            remedy = "`ray status` says what the cluster has free."
            raise UsageError("no worker of the cluster can be had", remedy=remedy)

    def able(self, worker: int) -> bool:
        """Whether a worker has said that it is there."""
        if self.pids[worker]:
            return True
        done, _ = self._ray.wait([self._hello[worker]], timeout=0)
        if not done:
            return False
        try:
            hello: Hello = self._ray.get(self._hello[worker])
        except self._ray.exceptions.RayActorError as why:
            died = Died(how=_first_line(why), at=None)
            self._died.append(WorkerReport(worker=worker, said=died))
            self._ask_for(worker)
            return False
        except self._ray.exceptions.RayError as why:
            what = f"a worker of the cluster can't start ({_first_line(why)})"
            raise UsageError(what, remedy="Install the same Septel on every node of the cluster.") from why
        if hello.version != __version__:
            raise UsageError(
                f"the node {hello.machine} has Septel {hello.version}, the driver {__version__}",
                remedy="Install the same version on every node of the cluster.",
            )
        self._until = None
        self.pids[worker], self._known[worker] = hello.pid, hello
        return True

    def give(self, worker: int, task: bytes) -> None:
        """Send a worker a task."""
        self._refs[worker].append(self._actors[worker].do.remote(task))

    def reports(self, seconds: float) -> Sequence[WorkerReport]:
        """Answers and deaths, of workers that were not there yet too."""
        if self._died:
            found = list(self._died)
            self._died.clear()
            return found
        self._in_time()
        oldest = {refs[0]: number for number, refs in enumerate(self._refs) if refs}
        if not oldest:
            time.sleep(min(seconds, 0.2))
            return []
        done, _ = self._ray.wait(list(oldest), num_returns=1, timeout=seconds)
        more, _ = self._ray.wait(list(oldest), num_returns=len(oldest), timeout=0)
        found = []
        for ref in {*done, *more}:
            number = oldest[ref]
            try:
                found.append(WorkerReport(worker=number, said=self._ray.get(ref)))
                self._refs[number].popleft()
                self._answered[number] += 1
            except self._ray.exceptions.RayTaskError as why:
                raise EngineFailure(f"a worker of the cluster failed ({_first_line(why)})") from why
            except self._ray.exceptions.RayError as why:
                died = Died(how=_first_line(why), at=self._was_at(number))
                self._ask_for(number)
                found.append(WorkerReport(worker=number, said=died))
        return found

    def _was_at(self, number: int) -> int | None:
        """Which of its open tasks a worker died over; the oldest, if its node can't be asked any more."""
        hello = self._known[number]
        begun = begun_at(self._ray, hello) if hello else None
        if begun is None:
            return 0
        at = begun - self._answered[number] - 1
        return None if at < 0 else at

    def close(self) -> None:
        """End all workers, and the cluster if it was started for them."""
        # Those that are at work don't hear it; their marks go with a later run.
        with suppress(Exception):
            idle = [
                actor.leave.remote() for actor, refs in zip(self._actors, self._refs, strict=True) if not refs
            ]
            self._ray.wait(idle, num_returns=len(idle), timeout=LEAVING_SECONDS)
        for actor in self._actors:
            with suppress(Exception):
                self._ray.kill(actor)
        if self._ours:
            self._ray.shutdown()


def joined_cluster(address: str, size: int | None) -> tuple[Any, bool]:
    """Ray, connected, and whether that was done here.

    Raises:
        MissingPart: Ray is not installed.
        UsageError: the cluster can't be reached.
    """
    # It tells its makers nothing, and shows nothing that was not asked for.
    for name, value in (("RAY_USAGE_STATS_ENABLED", "0"), ("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")):
        os.environ.setdefault(name, value)
    try:
        ray: Any = import_module("ray")
    except ImportError as why:
        remedy = "pip install 'septel[cluster]', or leave out --on."
        raise MissingPart("Ray is not installed", remedy=remedy) from why
    if ray.is_initialized():
        return ray, False
    logging.getLogger("ray._private.authentication").setLevel(logging.ERROR)
    with suppress(ImportError, AttributeError):
        # Ray writes what happens to its nodes among our output, without a switch; we tell of deaths.
        inner: Any = import_module("ray._private.worker")
        inner.print_to_stdstream = _unsaid
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    options: dict[str, Any] = {"log_to_driver": False, "configure_logging": False}
    options["runtime_env"] = {"env_vars": passed_on}
    try:
        there = address if address.startswith("ray://") else os.environ.get("RAY_ADDRESS") or _cluster_here()
        if there:
            if not there.startswith("ray://") and "RAY_AUTH_MODE" not in os.environ and _wants_token(there):
                with suppress(ImportError, AttributeError):
                    setup: Any = import_module("ray._private.authentication.authentication_token_setup")
                    setup.maybe_enable_token_auth_if_token_available(warn_if_disabled=False)
            ray.init(there, **options)
        else:
            ray.init("local", num_cpus=size, include_dashboard=False, **options)
    except Exception as why:
        remedy = (
            "Look at `ray status` there; a cluster with a token wants the same one here (~/.ray/auth_token) "
            "and RAY_AUTH_MODE=token."
        )
        if "ray[client]" in str(why):
            remedy = "pip install 'ray[client]'."
        said = " ".join(str(why).split())[:300]
        raise UsageError(f"the cluster can't be reached ({said})", remedy=remedy) from why
    return ray, True


def _unsaid(*said: object, **more: object) -> None:
    """Say nothing."""
    del said, more


def _cluster_here() -> str | None:
    """The cluster that `ray start` made, or joined, on this machine, if it is still there.

    Any other one that runs here belongs to another run, and goes when that ends.
    """
    # Ray tells it nowhere else; what it calls so may change, and then a cluster of its own is started.
    with suppress(Exception):
        started = str(import_module("ray._private.utils").read_ray_address() or "")
        if started in import_module("ray._private.services").find_gcs_addresses():
            return started
    return None


def _wants_token(address: str) -> bool:
    """Whether a cluster asks for a token. One that has none does not answer whoever brings one."""
    try:
        import_module("ray._raylet").GcsClient(address=address)
    except Exception as why:  # noqa: BLE001  (of what kind depends on Ray's version; joining says it again)
        return type(why).__name__ == "AuthenticationError"
    return False


def _first_line(why: BaseException) -> str:
    lines = [line.strip() for line in str(why).splitlines() if line.strip()]
    return (lines[0] if lines else type(why).__name__)[:200]
