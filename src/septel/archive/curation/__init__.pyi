from .curation import Curation as Curation
