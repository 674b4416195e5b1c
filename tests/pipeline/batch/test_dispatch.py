"""Several processes: whatever happens to them, each item comes to one outcome, in order, and once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from septel.errors import EngineFailure, StoreAway, StoreFull
from septel.pipeline import Dispatch, Done, Ledger, Outcome, Policy, Totals, WorkFault, WorkItem, run
from septel.pipeline.batch import AHEAD, Died, LocalCrew, TooManyFaults, WorkerReport
from tests.pipeline.batch.made_work import MadeStage, item

ROOT = Path(__file__).resolve().parents[3]


def crew(size: int = 2, made: list[LocalCrew] | None = None) -> Callable[[bytes], LocalCrew]:
    def hire(work: bytes) -> LocalCrew:
        hired = LocalCrew(work, size)
        if made is not None:
            made.append(hired)
        return hired

    return hire


@pytest.fixture
def stage(tmp_path: Path) -> MadeStage:
    folder = tmp_path / "marks"
    folder.mkdir()
    return MadeStage(folder)


def go(
    names: list[str], stage: MadeStage, folder: Path, *, policy: Policy | None = None, resume: bool = False
) -> tuple[Totals, list[Outcome]]:
    heard: list[Outcome] = []
    totals = run(
        map(item, names),
        stage,
        Ledger(folder),
        executor=Dispatch(hire=crew(), policy=policy or Policy()),
        policy=policy,
        held=(lambda _: True) if resume else None,
        told=heard.append,
    )
    return totals, heard


def test_outcomes_come_in_the_order_of_the_items(tmp_path: Path, stage: MadeStage) -> None:
    names = ["slow-0", *(f"n{n}" for n in range(40)), "slow-1", "last"]
    totals, heard = go(names, stage, tmp_path)
    assert totals == Totals(done=43)
    assert [outcome.item.path.name for outcome in heard] == stage.kept == names
    assert len(list(stage.folder.glob("worker-*"))) == 2


def test_no_items_start_no_process(tmp_path: Path, stage: MadeStage) -> None:
    assert go([], stage, tmp_path) == (Totals(), [])
    assert not list(stage.folder.iterdir())


def test_a_worker_that_is_killed_costs_nothing_but_a_try(tmp_path: Path, stage: MadeStage) -> None:
    names = ["a", "killed-once", *(f"n{n}" for n in range(6))]
    totals, _ = go(names, stage, tmp_path)
    assert totals == Totals(done=8)
    assert stage.kept == names
    assert stage.tries("killed-once") == 2
    assert all(stage.tries(name) == 1 for name in names if name != "killed-once")


def test_a_poisoned_page_is_a_failure_of_its_own(tmp_path: Path, stage: MadeStage) -> None:
    names = ["a", "poisoned", "b", "c", "d", "e"]
    totals, heard = go(names, stage, tmp_path)
    assert totals == Totals(done=5, faults=1)
    assert stage.kept == ["a", "b", "c", "d", "e"]
    assert stage.tries("poisoned") == 3
    fault = heard[1]
    assert isinstance(fault, WorkFault)
    assert str(fault).startswith("poisoned: its process died each of 3 times (killed by SIGKILL).")


class LosingCrew(LocalCrew):
    """Workers whose death may take the answer to the task before with it, as on a cluster."""

    lost = 0

    def reports(self, seconds: float) -> list[WorkerReport]:
        held = [*super().reports(seconds)]
        for answer in [one for one in held if isinstance(one.said, bytes)]:
            time.sleep(0.3)  # the next task is begun meanwhile
            after = [one for one in super().reports(0.0) if one.worker == answer.worker]
            held += after
            if any(isinstance(one.said, Died) for one in after):
                held.remove(answer)
                death = next(one for one in after if isinstance(one.said, Died))
                held[held.index(death)] = replace(death, said=Died(how="killed by SIGKILL", at=1))
                self.lost += 1
        return held


def test_a_death_is_held_against_the_document_that_was_begun(tmp_path: Path, stage: MadeStage) -> None:
    made: list[LosingCrew] = []

    def hire(work: bytes) -> LosingCrew:
        made.append(LosingCrew(work, 1))
        return made[0]

    names = ["a", "b", "poisoned", "c"]
    totals = run(map(item, names), stage, Ledger(tmp_path), executor=Dispatch(hire=hire))
    assert totals == Totals(done=3, faults=1)
    assert stage.kept == ["a", "b", "c"]
    assert made[0].lost
    assert stage.tries("poisoned") == 3
    assert stage.tries("b") >= 2


@dataclass(frozen=True)
class WorkThatNeverBegins:
    """A worker ends while it loads what it needs."""

    def start(self) -> AbstractContextManager[Callable[[WorkItem, object], object]]:
        os._exit(7)


def test_workers_that_die_before_they_begin_end_the_run(tmp_path: Path, stage: MadeStage) -> None:
    ended: list[Totals] = []
    stage.__class__ = type("NeverBegins", (MadeStage,), {"work": WorkThatNeverBegins()})
    with pytest.raises(EngineFailure, match=r"6 processes .* died before they began \(ended with 7\)"):
        run(
            map(item, ["a", "b", "c"]),
            stage,
            Ledger(tmp_path),
            executor=Dispatch(hire=crew()),
            at_end=ended.append,
        )
    assert ended == [Totals()]
    assert not stage.kept


def test_a_busy_machine_is_no_fault_of_the_document(tmp_path: Path, stage: MadeStage) -> None:
    assert go(["busy-once"], stage, tmp_path)[0] == Totals(done=1)
    assert stage.tries("busy-once") == 2


def test_faults_are_told_and_the_others_are_done(tmp_path: Path, stage: MadeStage) -> None:
    totals, heard = go(["bad", "a", "bug", "untold", "b"], stage, tmp_path)
    assert totals == Totals(done=2, faults=3)
    said = [str(outcome) for outcome in heard if isinstance(outcome, WorkFault)]
    assert said[0] == "bad: there is nothing in it"
    assert "ZeroDivisionError in made_work.do" in said[1]
    assert "untold: Septel failed here" in said[2]


def test_too_many_faults_end_the_run(tmp_path: Path, stage: MadeStage) -> None:
    names = [f"bad-{n}" if n % 2 else f"n{n}" for n in range(40)]
    policy = Policy(allowed=0.3, least=10)
    with pytest.raises(TooManyFaults, match="5 of 10 documents failed; 30% were allowed"):
        go(names, stage, tmp_path, policy=policy)
    assert go(names, stage, tmp_path, policy=Policy(allowed=0.5))[0] == Totals(done=20, faults=20)


def test_a_store_that_is_away_is_waited_for(tmp_path: Path, stage: MadeStage) -> None:
    waited: list[float] = []
    policy = Policy(patience=60.0, pause=4.0)
    stage.away = 4
    keep = stage.keep

    def patient(item: WorkItem, result: object) -> str:
        return policy.patiently(lambda: keep(item, result), sleep=waited.append)

    stage.keep = patient  # type: ignore[method-assign]
    assert go(["a", "away", "b"], stage, tmp_path)[0] == Totals(done=3)
    assert stage.kept == ["a", "away", "b"]
    assert waited == [4.0, 8.0, 16.0, 30.0]


def test_what_a_store_takes_to_fail_is_a_part_of_the_waiting() -> None:
    now, said = [0.0], list[str]()

    def slow() -> None:
        now[0] += 3.0
        raise StoreAway("away", where="db", remedy="")

    def sleep(seconds: float) -> None:
        now[0] += seconds

    policy = Policy(patience=20.0, pause=2.0)
    with pytest.raises(StoreAway):
        policy.patiently(slow, sleep=sleep, clock=lambda: now[0], told=said.append)
    # The first failure begins the waiting; the last look is at its end.
    assert now[0] == 3.0 + 20.0 + 3.0
    assert said == ["db: away; waiting for up to 20 seconds"]


def test_a_store_that_is_there_again_is_told_of() -> None:
    said, times = list[str](), iter([True, True, False])

    def away() -> str:
        if next(times):
            raise StoreAway("away", where="db", remedy="")
        return "kept"

    assert Policy().patiently(away, sleep=lambda _: None, told=said.append) == "kept"
    assert said == ["db: away; waiting for up to 300 seconds", "db: it is there again"]


def test_a_full_disk_ends_the_run_and_it_is_taken_up_again(tmp_path: Path, stage: MadeStage) -> None:
    ended: list[Totals] = []
    names = ["a", "b", "full", "c", "d"]
    with pytest.raises(StoreFull):
        run(
            map(item, names),
            stage,
            Ledger(tmp_path),
            executor=Dispatch(hire=crew()),
            at_end=ended.append,
        )
    assert ended == [Totals(done=2)]
    names[2] = "fits"
    assert go(names, stage, tmp_path, resume=True)[0] == Totals(done=3, earlier=2)
    assert sorted(stage.kept) == ["a", "b", "c", "d", "fits"]


def test_an_interruption_keeps_what_was_given_out(tmp_path: Path, stage: MadeStage) -> None:
    names = ["slow-a", "slow-b", "c", "d"]

    def items() -> Iterator[WorkItem]:
        yield from map(item, names[:2])
        raise KeyboardInterrupt

    ended: list[Totals] = []
    with pytest.raises(KeyboardInterrupt):
        run(items(), stage, Ledger(tmp_path), executor=Dispatch(hire=crew()), at_end=ended.append)
    assert ended == [Totals(done=2)]
    assert go(names, stage, tmp_path, resume=True)[0] == Totals(done=2, earlier=2)
    assert stage.kept == names


def test_what_the_driver_knows_more_is_done_again_in_its_turn(tmp_path: Path, stage: MadeStage) -> None:
    names = ["a", "decided", *(f"n{n}" for n in range(5))]
    go(names, stage, tmp_path)
    assert stage.kept == ["a", "decided with more", *names[2:]]
    assert stage.tries("decided") == 2


def test_few_items_are_ahead_of_a_slow_one(tmp_path: Path, stage: MadeStage) -> None:
    taken: list[int] = []

    def items() -> Iterator[WorkItem]:
        for n in range(1000):
            taken.append(n)
            yield item("slow" if n == 0 else f"n{n}")

    outcomes = Dispatch(hire=crew()).outcomes(items(), stage)
    first = next(outcomes)
    assert isinstance(first, Done)
    assert first.item.path.name == "slow"
    # One more may be given out between the first one's turn and its outcome, for each place it leaves.
    assert 10 <= len(taken) <= 2 * AHEAD + 1
    outcomes.close()


def test_large_results_wait_for_no_more_than_their_room(
    tmp_path: Path, stage: MadeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("septel.pipeline.batch.dispatch.WAITING_BYTES", 1)
    taken: list[int] = []

    def items() -> Iterator[WorkItem]:
        for n in range(100):
            taken.append(n)
            yield item("slow" if n == 0 else f"n{n}")

    outcomes = Dispatch(hire=crew()).outcomes(items(), stage)
    next(outcomes)
    assert len(taken) <= 4, "one result waits, so nothing more is given out"
    assert sum(1 for _ in outcomes) == 99


def test_an_idle_worker_that_is_killed_is_replaced(tmp_path: Path, stage: MadeStage) -> None:
    made: list[LocalCrew] = []
    dispatch = Dispatch(hire=crew(2, made))
    outcomes = dispatch.outcomes(map(item, [*(f"n{n}" for n in range(30)), "slow", "last"]), stage)
    next(outcomes)
    for pid in made[0].pids:
        os.kill(pid, signal.SIGKILL)
    assert sum(1 for _ in outcomes) == 31
    assert dispatch.deaths >= 2
    assert len(set(stage.kept)) == len(stage.kept) == 32


def test_workers_end_with_their_driver(tmp_path: Path, stage: MadeStage) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from septel.pipeline import Dispatch, Ledger, run\n"
        "from septel.pipeline.batch import LocalCrew\n"
        "from tests.pipeline.batch.made_work import MadeStage, item\n"
        f"stage = MadeStage(Path({str(stage.folder)!r}))\n"
        "names = [f'slow-{n}' for n in range(100)]\n"
        f"run(map(item, names), stage, Ledger(Path({str(tmp_path)!r})),\n"
        "    executor=Dispatch(hire=lambda work: LocalCrew(work, 2)))\n"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    driver = subprocess.Popen([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": path})
    until = time.monotonic() + 60
    while len(list(stage.folder.glob("try-*"))) < 4 and time.monotonic() < until:
        time.sleep(0.1)
    workers = [int(mark.name.partition("-")[2]) for mark in stage.folder.glob("worker-*")]
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert len(workers) == 2
    until = time.monotonic() + 20
    while any(map(_alive, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(_alive, workers))
    kept = Ledger(tmp_path)
    done = [n for n in range(100) if kept.result(stage.key, item(f"slow-{n}"))]
    assert done == list(range(len(done)))
    assert 0 < len(done) < 20
    names = [f"slow-{n}" for n in range(len(done) + 2)]
    again = replace(stage, kept=[])
    assert go(names, again, tmp_path, resume=True)[0] == Totals(done=2, earlier=len(done))


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in "ZX"
