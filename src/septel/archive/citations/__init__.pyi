from .stored import StoredCitations as StoredCitations
