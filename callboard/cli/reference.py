"""The generated documents: every command's help, and the schemas of definition files."""

from pathlib import Path
from typing import Annotated, cast

import typer

from callboard.cli.printing import say

WIDTH = 100
COMMANDS_FILE = "commands.md"
_HEAD = """# Commands

Generated from each command's own help by `python -m callboard reference docs`.

Data goes to standard output, talk to standard error. Exit codes: 0 done, 1 refused or failed,
2 a wrong call. `--workspace` and `--home` may stand before or after the command. `callboard` and
`python -m callboard` are the same.
"""


def reference(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of documents.")],
) -> None:
    """Write the generated documents: commands.md and schemas/.

    \b
    Example: callboard reference docs
    """
    from callboard.services.defining.schemas import write_schemas

    (folder / COMMANDS_FILE).write_text(commands_page(context), encoding="utf-8")
    written = write_schemas(folder / "schemas")
    say(f"Wrote {folder / COMMANDS_FILE} and {len(written)} schemas.")


def commands_page(context: typer.Context) -> str:
    """Return the help of every visible command as Markdown, in the order they are listed."""
    return "\n".join([_HEAD, *_pages(cast(typer.Context, context.find_root()))])


def _pages(context: typer.Context) -> list[str]:
    """Return the help of a command and of those in it; the root's own stands in no list."""
    command = context.command
    listed = getattr(command, "commands", {})
    pages = [] if context.parent is None else [_page(context)]
    for name, each in listed.items():
        if not each.hidden:
            inner = typer.Context(each, info_name=name, parent=context, terminal_width=WIDTH)
            pages += _pages(inner)
    return pages


def _page(context: typer.Context) -> str:
    text = "\n".join(line.rstrip() for line in context.get_help().splitlines())
    return f"## {context.command_path}\n\n```text\n{text}\n```\n"
