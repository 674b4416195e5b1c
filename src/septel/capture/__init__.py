"""Turns files into accounted pages of lines and words with boxes, from OCR or from text."""

from septel.capture.engine import Engine, RecordedEngine, SeenLine, SeenWord, TesserocrEngine, model_folder
from septel.capture.images import PageImage, image_pages, pdf_pages
from septel.capture.limits import Limits
from septel.capture.pages import Box, Capture, Line, Outcome, Page, PageAccount, Word
from septel.capture.reading import IMAGES, natural, page_files, page_image, read

__all__ = [
    "IMAGES",
    "Box",
    "Capture",
    "Engine",
    "Limits",
    "Line",
    "Outcome",
    "Page",
    "PageAccount",
    "PageImage",
    "RecordedEngine",
    "SeenLine",
    "SeenWord",
    "TesserocrEngine",
    "Word",
    "image_pages",
    "model_folder",
    "natural",
    "page_files",
    "page_image",
    "pdf_pages",
    "read",
]
