"""What may be asked: the language of queries, its fields, and numbers and dates in all their forms."""
