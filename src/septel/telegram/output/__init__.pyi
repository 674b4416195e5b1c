from .plain import spaced as spaced
from .schema import PassageJson as PassageJson
