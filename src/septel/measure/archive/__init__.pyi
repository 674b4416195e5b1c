from .bench import made_text as made_text
