"""A telegram against itself and what is held beside it."""
