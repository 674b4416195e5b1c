"""Will run stages over many items, resumably, here or on a cluster, with every outcome in a ledger.

Empty so far: `septel read` goes through its files one by one, prints each fault, and keeps what is finished;
documents that are already held are recognised by their bytes.
"""
