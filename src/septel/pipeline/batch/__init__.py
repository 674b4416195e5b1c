"""Runs stages over many items, resumably, with every outcome in a ledger."""
