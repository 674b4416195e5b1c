"""`septel measure` and `septel bench`."""
