"""The generated documents are those that the code makes today."""

import pytest
import typer

from callboard.cli.app import app
from callboard.cli.reference import commands_page
from callboard.services.defining.schemas import schema_texts
from tests.docs.documents import ROOT

HOW = "run: python -m callboard reference docs"


def test_the_page_of_commands_is_their_help() -> None:
    root = typer.Context(typer.main.get_command(app), info_name="callboard")
    assert (ROOT / "docs/commands.md").read_text(encoding="utf-8") == commands_page(root), HOW


def test_every_command_has_an_example() -> None:
    root = typer.Context(typer.main.get_command(app), info_name="callboard")
    sections = commands_page(root).split("\n## ")[1:]
    assert [] == [
        each.splitlines()[0]
        for each in sections
        if "Example: callboard" not in each and "\nCommands:" not in each
    ]


@pytest.mark.parametrize("name", schema_texts())
def test_a_schema_is_that_of_its_model(name: str) -> None:
    text = (ROOT / "docs/schemas" / name).read_text(encoding="utf-8")
    assert text == schema_texts()[name], HOW
