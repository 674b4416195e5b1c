"""The tables and their columns: name, type and meaning, once for CSV, Parquet, descriptor and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from septel.archive import DossierDocument, Holding
from septel.export.tables import rows

Kind = Literal["string", "integer", "number", "boolean", "datetime"]
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells, and what they say; no cell says "unknown" by a word."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    Attributes:
        name: as the file is called.
        meaning: what a row is.
        columns: in order.
        rows: the rows of one holding, given its record where one is wanted.
        key: the columns that tell the rows apart.
        recorded: whether it needs the record.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Holding, DossierDocument | None], Iterable[tuple[Cell, ...]]]
    key: tuple[str, ...]
    recorded: bool = False


_DOCUMENT = Column("document", "string", "The holding's id; `messages` has one row for each.")
_LINE = Column("line", "integer", "Number of the source's line, from one.")
_START = Column("start", "integer", "Where it begins in the source, in code points from zero.")
_END = Column("end", "integer", "Where it ends; the character there is no part of it.")
_PARAGRAPH = Column("paragraph", "string", "Path of the paragraph (`3.J`), or the part of the telegram.")

TABLES: tuple[Table, ...] = (
    Table(
        name="messages",
        meaning="One document of the archive.",
        key=("document",),
        rows=rows.messages,
        columns=(
            _DOCUMENT,
            Column("title", "string", "How lists show it."),
            Column("identifier", "string", "Post and number, as `HELSINKI 1321`."),
            Column("post", "string", "The sender."),
            Column("sent", "string", "Date-time group, ISO 8601 as far as known (`--18T16:55Z`)."),
            Column("subject", "string", "The subject line."),
            Column("classification", "string", "The sender's classification."),
            Column("captions", "string", "The sender's captions, `; ` between them."),
            Column("action", "string", "Addressees for action, `; ` between them."),
            Column("info", "string", "Addressees for information, `; ` between them."),
            Column("tags", "string", "TAGS, `; ` between them."),
            Column("pages", "integer", "Pages of the file."),
            Column("pages_failed", "integer", "Pages that could not be read."),
            Column("lines", "integer", "Lines of the source."),
            Column("changes", "integer", "Places that are read otherwise than they came."),
            Column("doubts", "integer", "Places whose reading is doubtful or that can't be read."),
            Column("decisions", "integer", "Places that a person decided."),
            Column("source", "string", "The file's name."),
            Column("sha256", "string", "SHA-256 of the file."),
            Column("added", "datetime", "When it was taken into the archive."),
        ),
    ),
    Table(
        name="paragraphs",
        meaning="One labelled paragraph, summary, opening or comment of a telegram.",
        key=("document", "ordinal"),
        rows=rows.paragraphs,
        columns=(
            _DOCUMENT,
            Column("ordinal", "integer", "Which one of the document, from one."),
            _PARAGRAPH,
            Column("section", "integer", "The transmitted section, from one, in which it begins."),
            Column("portion", "string", "The portion mark, as `C`."),
            Column("roles", "string", "`summary`, `comment` where it is one."),
            Column("first_line", "integer", "Number of its first line in the source."),
            Column("last_line", "integer", "Number of its last line in the source."),
            Column("text", "string", "Its running text as read; `[…]` is a place that can't be read."),
        ),
    ),
    Table(
        name="references",
        meaning="One mention of another document.",
        key=("document", "ordinal"),
        rows=rows.references,
        columns=(
            _DOCUMENT,
            Column("ordinal", "integer", "Which one of the document, from one."),
            Column("kind", "string", "What it points to, as far as its own form says."),
            Column("raw", "string", "As it stands."),
            Column("normal", "string", "Its normal form, as `LA PAZ 7697`."),
            Column("post", "string", "The post whose run the number belongs to."),
            Column("number", "string", "The number."),
            Column("series", "string", "The name of its series, as `TOSALT`."),
            Column("year", "integer", "The year, where the text gives it."),
            Column("dated", "string", "The date, where the text gives it."),
            _PARAGRAPH,
            _LINE,
            _START,
            _END,
        ),
    ),
    Table(
        name="edits",
        meaning="One entry of an edit log that reads a place.",
        key=("document", "entry"),
        rows=rows.edits,
        columns=(
            _DOCUMENT,
            Column("entry", "integer", "Number in the edit log, from one."),
            Column("counts", "boolean", "Whether it makes the reading: not undone, not superseded."),
            Column("at", "datetime", "When it was added."),
            Column("by", "string", "Who or what added it."),
            _LINE,
            _START,
            _END,
            Column("before", "string", "What the source has."),
            Column("after", "string", "What it is read as."),
            Column("unreadable", "boolean", "Whether nothing is claimed here."),
            Column("extent", "integer", "How many characters seem to be missing there."),
            Column("ground", "string", "On what it rests; `decision` is a person's."),
            Column("detail", "string", "The rule, witness or reason in words."),
            Column("probability", "number", "Calibrated probability that it is right."),
            Column("calibration", "string", "The calibration behind that."),
            Column("alternatives", "string", "Other readings, ` | ` between them."),
            Column("tool", "string", "What made it."),
            Column("version", "string", "The tool's version."),
            Column("model", "string", "Digest of its model."),
        ),
    ),
    Table(
        name="statements",
        meaning="One reported statement of the negotiating record.",
        key=("statement",),
        rows=rows.statements,
        recorded=True,
        columns=(
            Column("statement", "string", "Its id: the locus of the whole statement."),
            _DOCUMENT,
            Column("date", "string", "Date of the document, ISO 8601 as far as known."),
            _PARAGRAPH,
            _LINE,
            Column("speaker", "string", "Who spoke; empty where only the side is known."),
            Column("side", "string", "The side spoken for."),
            Column("resolution", "string", "How the speaker is known."),
            Column("addressee", "string", "To whom."),
            Column("act", "string", "What saying it does."),
            Column("stance", "string", "The act as one of six stances."),
            Column("polarity", "string", "Affirmed or denied."),
            Column("modality", "string", "How firmly."),
            Column("issues", "string", "Issues that it touches, `; ` between them."),
            Column("content", "string", "What was said."),
            Column("answers", "string", "Id of the statement that it answers."),
            Column("in_summary", "boolean", "Whether it stands in the summary."),
            Column("rule", "string", "Which rule or person found it."),
            Column("probability", "number", "Calibrated probability that speaker and side are right."),
            Column("status", "string", "What persons made of it."),
        ),
    ),
    Table(
        name="positions",
        meaning="What a side holds on an issue by one document.",
        key=("document", "issue", "side"),
        rows=rows.positions,
        recorded=True,
        columns=(
            _DOCUMENT,
            Column("issue", "string", "The issue's id in the vocabulary."),
            Column("side", "string", "The side."),
            Column("date", "string", "Date of the document, ISO 8601 as far as known."),
            Column("stance", "string", "The stance of its latest statement."),
            Column("count", "integer", "How many statements stand behind it."),
            Column("words", "string", "The latest statement."),
            Column("statement", "string", "That statement's id."),
        ),
    ),
)
"""The tables, in the order of the descriptor."""
