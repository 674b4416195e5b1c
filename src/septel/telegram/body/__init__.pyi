from .body import BodyBuilder as BodyBuilder
from .quotation import excisions as excisions
from .quotation import may_quote as may_quote
from .quotation import quotations as quotations
from .quotation import within as within
from .running_text import join as join
from .signature import ParsedText as ParsedText
