from .components import pieces as pieces
from .find import find_regions as find_regions
from .handwriting import typed_boxes as typed_boxes
from .notices import find_notices as find_notices
