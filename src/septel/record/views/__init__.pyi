from .types import Suggestion as Suggestion
