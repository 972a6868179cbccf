"""Rows for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
"""Tells Excel that this is UTF-8."""


def csv_of(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV in UTF-8 with its mark; what a spreadsheet would run as a formula is defused with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def _safe(cell: object) -> str:
    written = str(cell)
    return f"'{written}" if written.startswith(BEGINS_A_FORMULA) else written
