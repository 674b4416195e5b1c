"""What the form allows at garbled places, for the restorer."""
