from .archive.archive import Archive as Archive
from .notebook.documents import assemble as assemble
from .notebook.documents import collate as collate
from .notebook.documents import export_as as export_as
from .notebook.documents import ingest as ingest
from .notebook.documents import open_archive as open_archive
from .notebook.documents import parse_text as parse_text
from .notebook.documents import read as read
from .notebook.documents import read_copies as read_copies
from .notebook.documents import read_papers as read_papers
from .notebook.documents import restore_text as restore_text
from .notebook.records import Table as Table
from .notebook.records import extract_record as extract_record
from .notebook.records import records_of as records_of
from .notebook.records import references_table as references_table
from .notebook.records import table as table
from .pipeline.document import Document as Document

__version__: str
