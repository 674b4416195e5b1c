from .documents import fetched as fetched
