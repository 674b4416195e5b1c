"""Parses the lines of a telegram into heading, sections and paragraphs; nothing is dropped."""

from septel.telegram.bulk import is_compiled, prepare
from septel.telegram.fields import (
    Addressee,
    DateTime,
    Distribution,
    Excision,
    Field,
    Heading,
    Layer,
    Mark,
    Number,
    Owner,
    PageHead,
    Paragraph,
    ParseFault,
    Passage,
    PassInstruction,
    Place,
    Quotation,
    Section,
    SeriesNumber,
    Station,
    Telegram,
    Unplaced,
)
from septel.telegram.hinting import FormHint, hints_of
from septel.telegram.lines import is_released
from septel.telegram.parser import parse
from septel.telegram.printing import to_text
from septel.telegram.schema import TelegramJson, schema, schema_text
from septel.telegram.writing import to_json

__all__ = [
    "Addressee",
    "DateTime",
    "Distribution",
    "Excision",
    "Field",
    "FormHint",
    "Heading",
    "Layer",
    "Mark",
    "Number",
    "Owner",
    "PageHead",
    "Paragraph",
    "ParseFault",
    "PassInstruction",
    "Passage",
    "Place",
    "Quotation",
    "Section",
    "SeriesNumber",
    "Station",
    "Telegram",
    "TelegramJson",
    "Unplaced",
    "hints_of",
    "is_compiled",
    "is_released",
    "parse",
    "prepare",
    "schema",
    "schema_text",
    "to_json",
    "to_text",
]
