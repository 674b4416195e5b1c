from .cited import Cited as Cited
from .cited import cited_of as cited_of
from .formats import FORMATS as FORMATS
from .formats import cite as cite
from .formats import form_named as form_named
