"""Turns files into accounted pages of lines and words with boxes, from OCR or from text."""

from septel.capture.engine import (
    ENGINES,
    Engine,
    RapidEngine,
    RecordedEngine,
    SeenLine,
    SeenWord,
    TesserocrEngine,
    TypedEngine,
    engine_named,
    model_folder,
)
from septel.capture.images import PageImage, image_pages
from septel.capture.isolation import EnginePool
from septel.capture.keeping import KeptReadings, Readings, reading_key
from septel.capture.kinds import IMAGES, MARKED
from septel.capture.limits import Limits
from septel.capture.notices import find_notices
from septel.capture.pages import (
    Agreement,
    Box,
    Capture,
    Character,
    Line,
    Origin,
    Outcome,
    Page,
    PageAccount,
    Region,
    RegionKind,
    Word,
)
from septel.capture.pdf import pdf_count, pdf_pages, pdf_sheet
from septel.capture.reading import beside, natural, page_files, page_image, read
from septel.capture.regions import find_regions
from septel.capture.sheets import LaidLine, LaidWord, Layer, Sheet

__all__ = [
    "ENGINES",
    "IMAGES",
    "MARKED",
    "Agreement",
    "Box",
    "Capture",
    "Character",
    "Engine",
    "EnginePool",
    "KeptReadings",
    "LaidLine",
    "LaidWord",
    "Layer",
    "Limits",
    "Line",
    "Origin",
    "Outcome",
    "Page",
    "PageAccount",
    "PageImage",
    "RapidEngine",
    "Readings",
    "RecordedEngine",
    "Region",
    "RegionKind",
    "SeenLine",
    "SeenWord",
    "Sheet",
    "TesserocrEngine",
    "TypedEngine",
    "Word",
    "beside",
    "engine_named",
    "find_notices",
    "find_regions",
    "image_pages",
    "model_folder",
    "natural",
    "page_files",
    "page_image",
    "pdf_count",
    "pdf_pages",
    "pdf_sheet",
    "read",
    "reading_key",
]
