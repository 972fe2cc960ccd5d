"""`callboard benchmarks check`, `diff` and `publish`: one file on its way to being published."""

from dataclasses import replace

import typer

from callboard.cli.benchmark_asks import (
    Confirm,
    Encoding,
    File,
    Format,
    Mapping,
    ModeOf,
    ModeWord,
    NewNames,
    Note,
    Remember,
    Sheet,
    ask_of,
)
from callboard.cli.benchmark_told import (
    CHANGE_COLUMNS,
    FINDING_COLUMNS,
    SUBMISSION_COLUMNS,
    cells_of_finding,
    document_of,
    findings_of,
    say_preview,
    submission_cells,
)
from callboard.cli.printing import OutputFormat, count_of, say, write_data, write_document
from callboard.cli.session import session_of

REJECTED, REFUSED = 1, 2


def check(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    file: File,
    *,
    mapping: Mapping = None,
    sheet: Sheet = "",
    encoding: Encoding = "",
    mode: ModeOf = ModeWord.BY_KEY,
    confirm: Confirm = None,
    new_names: NewNames = None,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Say what publishing a file would do, and change nothing.

    Exits 1 where rows would be rejected or a jump in scale waits to be confirmed, 2 where the file
    cannot be read.

    \b
    Example: callboard benchmarks check peers.csv --format json
    """
    session = session_of(context)
    from callboard.services.publishing.looking import look_at_file

    ask = ask_of(
        file, mapping=mapping, sheet=sheet, encoding=encoding, mode=mode,
        confirm=confirm, new_names=new_names,
    )  # fmt: skip
    looked = look_at_file(session.runtime(), session.actor, ask=ask)
    if output is OutputFormat.JSON:
        write_document(document_of(looked))
    else:
        findings = findings_of(looked.preview)
        write_data(FINDING_COLUMNS, map(cells_of_finding, findings), output)
    say_preview(looked)
    _exit(is_refused=looked.is_refused, has_rejections=looked.has_rejections)


def diff(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    file: File,
    *,
    mapping: Mapping = None,
    sheet: Sheet = "",
    encoding: Encoding = "",
    mode: ModeOf = ModeWord.BY_KEY,
    new_names: NewNames = None,
    output: Format = OutputFormat.TABLE,
) -> None:
    """List what a file would add, change, leave and remove.

    Nothing is changed. Exits as `check` does. Of a long file the first 200 values are
    listed, changes before the rest.

    \b
    Example: callboard benchmarks diff peers.csv --mode publisher --format csv
    """
    session = session_of(context)
    from callboard.services.publishing.looking import look_at_file

    ask = ask_of(
        file, mapping=mapping, sheet=sheet, encoding=encoding, mode=mode, new_names=new_names
    )
    looked = look_at_file(session.runtime(), session.actor, ask=ask)
    changes = looked.preview.changes
    rows = [tuple(getattr(each, name) for name in CHANGE_COLUMNS) for each in changes]
    write_data(CHANGE_COLUMNS, rows, output)
    if len(changes) < (total := sum(looked.preview.change_counts.values())):
        say(f"Listed are the first {len(changes):,} of {count_of(total, 'value')}.")
    say(looked.preview.sentence)
    _exit(is_refused=looked.is_refused, has_rejections=looked.has_rejections)


def publish(  # noqa: PLR0913 - options, each given by its name
    context: typer.Context,
    file: File,
    *,
    mapping: Mapping = None,
    sheet: Sheet = "",
    encoding: Encoding = "",
    mode: ModeOf = ModeWord.BY_KEY,
    confirm: Confirm = None,
    new_names: NewNames = None,
    note: Note = "",
    remembers: Remember = False,
    output: Format = OutputFormat.TABLE,
) -> None:
    """Publish a file's good rows.

    The rejected ones are kept with their reasons. Values that change replace what counted; a jump
    in scale needs `--confirm`. The same content twice changes nothing.

    \b
    Example: callboard benchmarks publish peers.csv --note "Annual report 2025"
    """
    session = session_of(context)
    from callboard.services.publishing.benchmarks import publish

    ask = ask_of(
        file, mapping=mapping, sheet=sheet, encoding=encoding, mode=mode,
        confirm=confirm, new_names=new_names, note=note,
    )  # fmt: skip
    ask = replace(ask, remembers=remembers)
    row = publish(session.runtime(), session.actor, ask=ask)
    write_data(SUBMISSION_COLUMNS, [submission_cells(row)], output)
    if row.is_repeat:
        say(f"The same content is published already, as submission {row.id}. Nothing changed.")
    else:
        rows = count_of(row.published, "row")
        say(f"Published {rows} as submission {row.id}; {row.quarantined:,} rejected.")


def _exit(*, is_refused: bool, has_rejections: bool) -> None:
    if is_refused:
        raise typer.Exit(REFUSED)
    if has_rejections:
        raise typer.Exit(REJECTED)
