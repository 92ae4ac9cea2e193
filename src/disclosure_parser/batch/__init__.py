"""Many files: a batch over folders and archives that loses nothing. See ``docs/batch.md``."""

from disclosure_parser.batch.engine import Progress, run_batch
from disclosure_parser.batch.many import Outcome, parse_many
from disclosure_parser.batch.model import BatchError, Failure, Settings, Status
from disclosure_parser.batch.output import Totals
from disclosure_parser.batch.sinks import Entry, JsonLines, Sink
from disclosure_parser.batch.tables import ParquetTables

__all__ = [
    "BatchError",
    "Entry",
    "Failure",
    "JsonLines",
    "Outcome",
    "ParquetTables",
    "Progress",
    "Settings",
    "Sink",
    "Status",
    "Totals",
    "parse_many",
    "run_batch",
]
