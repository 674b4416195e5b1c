from .alto import Alto as Alto
from .hocr import Hocr as Hocr
from .pdf import PdfOriginals as PdfOriginals
from .pdf import SearchablePdf as SearchablePdf
