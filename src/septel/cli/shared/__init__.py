"""What verbs share: the terminal, accounts of pages, summaries, writing files."""
