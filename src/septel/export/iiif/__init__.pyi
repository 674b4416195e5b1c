from .manifest import Iiif as Iiif
from .manifest import collection_of as collection_of
from .manifest import manifest_of as manifest_of
