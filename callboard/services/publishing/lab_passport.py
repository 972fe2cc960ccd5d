"""What the passport of a file's values still lacks: asked before it is published, for all rows."""

import pyarrow as pa
import pyarrow.compute as pc

from callboard import views
from callboard.services.publishing.files import Examined
from data_contracts.importing.evidence import allowed_words

_FIELDS = (
    ("publisher", "Publisher", "Who measured and published it."),
    ("document", "Document", "The report or table it stands in."),
    ("source_url", "Web address", "Begins with https://."),
    ("published_on", "Published on", "Such as 2026-05-31."),
    ("retrieved_on", "Retrieved on", "When you took it from there."),
    ("population", "Population", "Of whom or what it is told."),
    ("sample_size", "Sample size (n)", "A whole number."),
    ("method", "Method", "How it was measured."),
    ("clock", "Clock", "For times: which hours count."),
    ("licence", "Licence", "What may be done with it."),
)


def list_gaps(examined: Examined) -> tuple[views.PassportGap, ...]:
    """Return the parts of the passport that some rows to publish lack, or that were said."""
    rows, said = examined.rows, examined.ask.answers.constants
    choices = allowed_words(examined.contract)
    gaps = []
    for field, label, hint in _FIELDS:
        without = lacking(rows, field)
        if rows.num_rows and (without or field in said):
            words = tuple((each, each) for each in choices.get(field, ()))
            gaps.append(
                views.PassportGap(
                    field=field,
                    label=label,
                    rows=without,
                    text=said.get(field, ""),
                    choices=words,
                    hint=hint,
                )
            )
    return tuple(gaps)


def lacking(rows: "pa.Table", field: str) -> int:
    """Return how many rows say nothing in a column."""
    column = rows[field]
    empty = pc.is_null(column)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        empty = pc.or_(empty, pc.equal(pc.fill_null(column, ""), ""))
    return int(pc.sum(empty).as_py() or 0)
