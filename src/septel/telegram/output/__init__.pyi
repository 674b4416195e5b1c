from .plain import spaced as spaced
from .schema import PaperJson as PaperJson
from .schema import PassageJson as PassageJson
