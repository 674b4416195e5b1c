from .frus import TeiFrus as TeiFrus
from .standoff import locus_in as locus_in
from .tei import Tei as Tei
