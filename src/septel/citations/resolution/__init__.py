"""Which held telegram a reference means; the graph of citations; numbers against dates; what is not held."""
