from .application import app as app
from .application import serve as serve
