"""`septel train`."""
