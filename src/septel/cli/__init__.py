"""One verb for each stage; `septel --help` lists them. Contract and exit codes: docs/cli.md."""
