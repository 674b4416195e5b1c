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
class TableColumn:
    """A column: its name, the type of its cells, and what they say; no cell says "unknown" by a word."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
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
    columns: tuple[TableColumn, ...]
    rows: Callable[[Holding, DossierDocument | None], Iterable[tuple[Cell, ...]]]
    key: tuple[str, ...]
    recorded: bool = False


_DOCUMENT = TableColumn("document", "string", "The holding's id; `messages` has one row for each.")
_LINE = TableColumn("line", "integer", "Number of the source's line, from one.")
_START = TableColumn("start", "integer", "Where it begins in the source, in code points from zero.")
_END = TableColumn("end", "integer", "Where it ends; the character there is no part of it.")
_PARAGRAPH = TableColumn("paragraph", "string", "Path of the paragraph (`3.J`), or the part of the telegram.")

TABLES: tuple[TableSchema, ...] = (
    TableSchema(
        name="messages",
        meaning="One document of the archive.",
        key=("document",),
        rows=rows.messages,
        columns=(
            _DOCUMENT,
            TableColumn("title", "string", "How lists show it."),
            TableColumn("identifier", "string", "Post and number, as `HELSINKI 1321`."),
            TableColumn("post", "string", "The sender."),
            TableColumn("sent", "string", "Date-time group, ISO 8601 as far as known (`--18T16:55Z`)."),
            TableColumn("subject", "string", "The subject line."),
            TableColumn("classification", "string", "The sender's classification."),
            TableColumn("captions", "string", "The sender's captions, `; ` between them."),
            TableColumn("action", "string", "Addressees for action, `; ` between them."),
            TableColumn("info", "string", "Addressees for information, `; ` between them."),
            TableColumn("tags", "string", "TAGS, `; ` between them."),
            TableColumn("pages", "integer", "Pages of the file."),
            TableColumn("pages_failed", "integer", "Pages that could not be read."),
            TableColumn("lines", "integer", "Lines of the source."),
            TableColumn("changes", "integer", "Places that are read otherwise than they came."),
            TableColumn("doubts", "integer", "Places whose reading is doubtful or that can't be read."),
            TableColumn("decisions", "integer", "Places that a person decided."),
            TableColumn("source", "string", "The file's name."),
            TableColumn("sha256", "string", "SHA-256 of the file."),
            TableColumn("added", "datetime", "When it was taken into the archive."),
            TableColumn("doubtful", "string", "Fields of its heading that are doubtful, `; ` between them."),
        ),
    ),
    TableSchema(
        name="paragraphs",
        meaning="One labelled paragraph, summary, opening or comment of a telegram.",
        key=("document", "ordinal"),
        rows=rows.paragraphs,
        columns=(
            _DOCUMENT,
            TableColumn("ordinal", "integer", "Which one of the document, from one."),
            _PARAGRAPH,
            TableColumn("section", "integer", "The transmitted section, from one, in which it begins."),
            TableColumn("portion", "string", "The portion mark, as `C`."),
            TableColumn("roles", "string", "`summary`, `comment` where it is one."),
            TableColumn("first_line", "integer", "Number of its first line in the source."),
            TableColumn("last_line", "integer", "Number of its last line in the source."),
            TableColumn("text", "string", "Its running text as read; `[…]` is a place that can't be read."),
            TableColumn("marked", "string", "The same with the marks of doubt: `WORD[?]`, `[…4]`."),
        ),
    ),
    TableSchema(
        name="references",
        meaning="One mention of another document.",
        key=("document", "ordinal"),
        rows=rows.references,
        columns=(
            _DOCUMENT,
            TableColumn("ordinal", "integer", "Which one of the document, from one."),
            TableColumn("kind", "string", "What it points to, as far as its own form says."),
            TableColumn("raw", "string", "As it stands."),
            TableColumn("normal", "string", "Its normal form, as `LA PAZ 7697`."),
            TableColumn("post", "string", "The post whose run the number belongs to."),
            TableColumn("number", "string", "The number."),
            TableColumn("series", "string", "The name of its series, as `TOSALT`."),
            TableColumn("year", "integer", "The year, where the text gives it."),
            TableColumn("dated", "string", "The date, where the text gives it."),
            _PARAGRAPH,
            _LINE,
            _START,
            _END,
            TableColumn("marked", "string", "As it stands, with the marks of doubt."),
        ),
    ),
    TableSchema(
        name="edits",
        meaning="One entry of an edit log that reads a place.",
        key=("document", "entry"),
        rows=rows.edits,
        columns=(
            _DOCUMENT,
            TableColumn("entry", "integer", "Number in the edit log, from one."),
            TableColumn("counts", "boolean", "Whether it makes the reading: not undone, not superseded."),
            TableColumn("at", "datetime", "When it was added."),
            TableColumn("by", "string", "Who or what added it."),
            _LINE,
            _START,
            _END,
            TableColumn("before", "string", "What the source has."),
            TableColumn("after", "string", "What it is read as."),
            TableColumn("unreadable", "boolean", "Whether nothing is claimed here."),
            TableColumn("extent", "integer", "How many characters seem to be missing there."),
            TableColumn("ground", "string", "On what it rests; `decision` is a person's."),
            TableColumn("detail", "string", "The rule, witness or reason in words."),
            TableColumn("probability", "number", "Calibrated probability that it is right."),
            TableColumn("calibration", "string", "The calibration behind that."),
            TableColumn("alternatives", "string", "Other readings, ` | ` between them."),
            TableColumn("tool", "string", "What made it."),
            TableColumn("version", "string", "The tool's version."),
            TableColumn("model", "string", "Digest of its model."),
            TableColumn(
                "state", "string", "How far it can be trusted: `sure`, `doubtful`, `unreadable`, `decided`."
            ),
        ),
    ),
    TableSchema(
        name="statements",
        meaning="One reported statement of the negotiating record.",
        key=("statement",),
        rows=rows.statements,
        recorded=True,
        columns=(
            TableColumn("statement", "string", "Its id: the locus of the whole statement."),
            _DOCUMENT,
            TableColumn("date", "string", "Date of the document, ISO 8601 as far as known."),
            _PARAGRAPH,
            _LINE,
            TableColumn("speaker", "string", "Who spoke; empty where only the side is known."),
            TableColumn("side", "string", "The side spoken for."),
            TableColumn("resolution", "string", "How the speaker is known."),
            TableColumn("addressee", "string", "To whom."),
            TableColumn("act", "string", "What saying it does."),
            TableColumn("stance", "string", "The act as one of six stances."),
            TableColumn("polarity", "string", "Affirmed or denied."),
            TableColumn("modality", "string", "How firmly."),
            TableColumn("issues", "string", "Issues that it touches, `; ` between them."),
            TableColumn("content", "string", "What was said."),
            TableColumn("answers", "string", "Id of the statement that it answers."),
            TableColumn("in_summary", "boolean", "Whether it stands in the summary."),
            TableColumn("rule", "string", "Which rule or person found it."),
            TableColumn("probability", "number", "Calibrated probability that speaker and side are right."),
            TableColumn("status", "string", "What persons made of it."),
            TableColumn("marked", "string", "What was said, with the marks of doubt."),
            TableColumn("date_doubtful", "boolean", "Whether the date is doubtful."),
        ),
    ),
    TableSchema(
        name="positions",
        meaning="What a side holds on an issue by one document.",
        key=("document", "issue", "side"),
        rows=rows.positions,
        recorded=True,
        columns=(
            _DOCUMENT,
            TableColumn("issue", "string", "The issue's id in the vocabulary."),
            TableColumn("side", "string", "The side."),
            TableColumn("date", "string", "Date of the document, ISO 8601 as far as known."),
            TableColumn("stance", "string", "The stance of its latest statement."),
            TableColumn("count", "integer", "How many statements stand behind it."),
            TableColumn("words", "string", "The latest statement."),
            TableColumn("statement", "string", "That statement's id."),
            TableColumn("marked", "string", "That statement, with the marks of doubt."),
            TableColumn("date_doubtful", "boolean", "Whether the date is doubtful."),
        ),
    ),
)
"""The tables, in the order of the descriptor."""
