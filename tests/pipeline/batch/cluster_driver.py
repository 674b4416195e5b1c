"""A driver over a cluster of two nodes, as a program of its own: `... FOLDER` prints what came of it as JSON.

While it runs, workers are killed and a node is taken away.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any


def main(folder: Path) -> None:
    from septel.pipeline import Dispatch, Ledger, Outcome, run
    from septel.pipeline.batch import ClusterCrew
    from tests.pipeline.batch.made_work import MadeStage, item

    head = {"num_cpus": 1, "include_dashboard": False}
    made: Any = import_module("ray.cluster_utils")
    cluster = made.Cluster(initialize_head=True, head_node_args=head)
    second = cluster.add_node(num_cpus=1)
    os.environ["RAY_ADDRESS"] = cluster.address
    (folder / "marks").mkdir()
    # The nodes run elsewhere, and find what is named from here all the same.
    os.chdir(folder)
    stage = MadeStage(Path("marks"))
    slow = [f"slow-{n}" for n in range(8)]
    names = [*slow[:1], "killed-once", slow[1], "poisoned", *slow[2:], "bad", "last"]
    crews: list[ClusterCrew] = []
    heard: list[str] = []
    to_kill = False

    def hire(work: bytes) -> ClusterCrew:
        crews.append(ClusterCrew(work, 2))
        return crews[0]

    def told(outcome: Outcome) -> None:
        nonlocal to_kill
        heard.append(outcome.item.path.name)
        to_kill |= outcome.item.path.name == "slow-2"
        # One that works, from outside; those that were hired a moment ago have not told their number yet.
        pid = next((pid for pid in crews[0].pids if pid), None)
        if to_kill and pid is not None:
            os.kill(pid, signal.SIGKILL)
            to_kill = False
        if outcome.item.path.name == "slow-4":
            cluster.remove_node(second, allow_graceful=False)

    dispatch = Dispatch(hire=hire)
    began = time.monotonic()
    totals = run(map(item, names), stage, Ledger(folder), executor=dispatch, told=told)
    sys.stdout.write(
        json.dumps(
            {
                "done": totals.done,
                "faults": totals.faults,
                "kept": stage.kept,
                "heard": heard,
                "deaths": dispatch.deaths,
                "poisoned": stage.tries("poisoned"),
                "seconds": time.monotonic() - began,
            }
        )
    )
    cluster.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
