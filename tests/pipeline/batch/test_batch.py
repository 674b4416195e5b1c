"""Work: every item comes to one outcome, nothing is lost on the way, and a run can be taken up again."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septel.errors import EmptyInput, ExitCode, InputError, SeptelError, StoreAway, StoreError, StoreFull
from septel.pipeline import Done, Ledger, Outcome, Totals, WorkFault, WorkItem, run

AT = datetime(2020, 5, 4, 12, 30, tzinfo=UTC)


def item(name: str) -> WorkItem:
    return WorkItem(path=Path(name), key=f"key of {name}")


@dataclass
class Copying:
    """A stage that fails on names with `bad`, is stopped by `stop`, and can't keep `full`."""

    key: str = "copying 1"
    seen: list[str] = field(default_factory=list)

    def do(self, item: WorkItem) -> str:
        self.seen.append(item.path.name)
        if "bad" in item.path.name:
            raise EmptyInput("there is nothing in it", where=item.path.name, remedy="Look again.")
        if "full" in item.path.name:
            raise StoreFull("the disk is full")
        if "stop" in item.path.name:
            raise KeyboardInterrupt
        return f"result of {item.path.name}"


def always(result: str) -> bool:
    return True


def test_every_item_comes_to_one_outcome(tmp_path: Path) -> None:
    heard: list[Outcome] = []
    items = [item("a"), item("bad"), item("c")]
    totals = run(items, Copying(), Ledger(tmp_path), told=heard.append)
    assert totals == Totals(done=2, faults=1, earlier=0)
    assert totals.items == 3
    assert [type(outcome) for outcome in heard] == [Done, WorkFault, Done]
    fault = heard[1]
    assert isinstance(fault, WorkFault)
    assert str(fault) == "bad: there is nothing in it. Look again."
    assert fault.exit_code is ExitCode.INPUT


def test_a_run_is_taken_up_again(tmp_path: Path) -> None:
    first = Copying()
    with pytest.raises(KeyboardInterrupt):
        run([item("a"), item("bad"), item("stop"), item("d")], first, Ledger(tmp_path))
    second = Copying()
    totals = run([item("a"), item("bad"), item("d")], second, Ledger(tmp_path), held=always)
    assert second.seen == ["bad", "d"]  # what failed is tried again
    assert totals == Totals(done=1, faults=1, earlier=1)


def test_without_being_asked_everything_is_done_again(tmp_path: Path) -> None:
    for _ in range(2):
        stage = Copying()
        assert run([item("a")], stage, Ledger(tmp_path)) == Totals(done=1)
        assert stage.seen == ["a"]


def test_what_is_no_longer_true_is_done_again(tmp_path: Path) -> None:
    run([item("a"), item("b")], Copying(), Ledger(tmp_path))
    other = Copying(key="copying 2")
    assert run([item("a")], other, Ledger(tmp_path), held=always).done == 1
    gone = Copying()
    totals = run([item("a"), item("b")], gone, Ledger(tmp_path), held=lambda r: r == "result of b")
    assert gone.seen == ["a"]
    assert totals == Totals(done=1, earlier=1)


def test_a_later_fault_counts(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.record("s", Done(item=item("a"), result="x"), at=AT)
    ledger.record("s", WorkFault.of(item("a"), InputError("torn")), at=AT)
    assert ledger.result("s", item("a")) is None
    assert Ledger(tmp_path).result("s", item("a")) is None


def test_a_full_store_ends_the_run(tmp_path: Path) -> None:
    stage = Copying()
    with pytest.raises(StoreFull):
        run([item("a"), item("full"), item("c")], stage, Ledger(tmp_path))
    assert stage.seen == ["a", "full"]
    assert Ledger(tmp_path).result(stage.key, item("a")) == "result of a"


@given(st.binary(max_size=60), st.integers(min_value=0, max_value=200))
def test_a_torn_or_strange_ledger_costs_nothing_but_work(rubbish: bytes, cut: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = Ledger(folder)
        ledger.record("s", Done(item=item("a"), result="x"), at=AT)
        ledger.record("s", Done(item=item("b"), result="y"), at=AT)
        whole = ledger.file.read_bytes()
        ledger.file.write_bytes(whole[: max(len(whole) - cut, 0)] + rubbish)
        again = Ledger(folder)
        assert again.result("s", item("a")) in ("x", None)
        again.record("s", Done(item=item("c"), result="z"), at=AT)
        assert Ledger(folder).result("s", item("c")) == "z"
        if not cut:
            assert Ledger(folder).result("s", item("a")) == "x"


def test_names_that_no_screen_can_show(tmp_path: Path) -> None:
    strange = WorkItem(path=Path("\udcff\n.txt"), key="k")
    Ledger(tmp_path).record("s", Done(item=strange, result="x"), at=AT)
    assert Ledger(tmp_path).result("s", strange) == "x"


def test_items_change_with_their_files(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    first = WorkItem.of(file, (file,))
    assert WorkItem.of(file, (file,)) == first
    os.utime(file, ns=(0, 0))
    second = WorkItem.of(file, (file,))
    file.write_text("other")
    os.utime(file, ns=(0, 0))
    third = WorkItem.of(file, (file,))
    assert len({first.key, second.key, third.key}) == 3


def test_what_cannot_be_told_apart_is_always_done(tmp_path: Path) -> None:
    for unknown in (WorkItem.of(Path("-"), ()), WorkItem.of(tmp_path / "gone", (tmp_path / "gone",))):
        assert unknown.key == ""
        ledger = Ledger(tmp_path)
        ledger.record("s", Done(item=unknown, result="x"), at=AT)
        assert ledger.result("s", unknown) is None


class _Full(io.BytesIO):
    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_ledger_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(tmp_path)
    (tmp_path / "ledger.jsonl").mkdir()
    with pytest.raises(StoreError, match="ledger can't be used"):
        ledger.record("s", Done(item=item("a"), result="x"), at=AT)
    with pytest.raises(StoreError, match="ledger can't be used"):
        Ledger(tmp_path)
    monkeypatch.setattr(Path, "open", lambda *a, **k: _Full())
    with pytest.raises(StoreFull):
        ledger.record("s", Done(item=item("a"), result="x"), at=AT)
    assert ledger.result("s", item("a")) is None


def test_items_are_taken_one_by_one(tmp_path: Path) -> None:
    taken: list[str] = []

    def items() -> Iterator[WorkItem]:
        for name in ("a", "b"):
            taken.append(name)
            yield item(name)

    stage = Copying()
    run(items(), stage, Ledger(tmp_path), told=lambda _: taken.append("told"))
    assert taken == ["a", "told", "b", "told"]


def test_totals_add_up() -> None:
    assert Totals(done=1, faults=2) + Totals(done=3, earlier=4) == Totals(done=4, faults=2, earlier=4)


@dataclass
class Settling(Copying):
    """A stage that keeps items together, in a store that is away from an item of that name on."""

    settled: int = 0

    def do(self, item: WorkItem) -> str:
        if "away" in item.path.name:
            raise StoreAway("it is away", where="db", remedy="")
        return super().do(item)

    def settle(self) -> dict[WorkItem, SeptelError]:
        self.settled += 1
        return {}


def test_a_store_that_is_away_is_not_waited_for_again(tmp_path: Path) -> None:
    stage = Settling()
    items = [WorkItem(path=tmp_path / name, key=name) for name in ("a", "b", "away")]
    for one in items:
        one.path.touch()  # small files are kept together
    with pytest.raises(StoreAway):
        run(items, stage, Ledger(tmp_path))
    assert stage.settled == 0  # what was ready would have waited for it once more
    totals = run(items[:2], stage, Ledger(tmp_path), held=always)
    assert totals == Totals(done=2)
    assert stage.settled == 1
