from .plain import spaced as spaced
