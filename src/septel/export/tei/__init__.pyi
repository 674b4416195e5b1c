from .frus import TeiFrus as TeiFrus
from .standoff import locus_in as locus_in
from .tei import Tei as Tei
from .tei import reading_of as reading_of
from .tei import source_of as source_of
