"""What the archive is worth: what searches find on worn pages, and how it grows."""
