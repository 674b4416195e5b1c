"""`python -m septel` is the command `septel`."""

from septel.cli.main import main

if __name__ == "__main__":
    main()
