"""A telegram checked against itself."""
