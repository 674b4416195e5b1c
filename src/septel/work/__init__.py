"""Runs stages over many items, resumably, with every outcome in a ledger."""

from septel.work.ledger import Ledger
from septel.work.outcomes import Done, Fault, Item, Outcome, Totals
from septel.work.parallel import mapped
from septel.work.running import Executor, Serial, Stage, run

__all__ = [
    "Done",
    "Executor",
    "Fault",
    "Item",
    "Ledger",
    "Outcome",
    "Serial",
    "Stage",
    "Totals",
    "mapped",
    "run",
]
