from .document import Prov as Prov
from .document import prov_document as prov_document
