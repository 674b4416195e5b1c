"""What persons do with the papers of an archive: correct, note, tag, delete; and backups of all."""
