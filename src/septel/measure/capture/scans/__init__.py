"""Systems that read whole scanned pages, beside each other on the same pages in the same run."""
