from .plain import spaced as spaced
from .schema import PaperJson as PaperJson
from .schema import ParagraphJson as ParagraphJson
from .schema import PassageJson as PassageJson
