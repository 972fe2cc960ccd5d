"""What the documents tell people to type is understood: program, command, options, arguments."""

import ast
import re

import pytest
import typer

from callboard.cli.app import app, hoist_global_options
from tests.docs.documents import DOCUMENTS, ROOT, commands, shown

COMMANDS = [(shown(path), words) for path in DOCUMENTS for words in commands(path)]
SYSTEM = ("git", "cd", "source", "python3", "python", "make", "callboard")
ROOT_COMMAND = typer.main.get_command(app)


def _named(program: str) -> list[list[str]]:
    return [words for _, words in COMMANDS if words[0] == program]


def test_the_documents_show_commands_at_all() -> None:
    assert {"make", "callboard"} <= {words[0] for _, words in COMMANDS}


@pytest.mark.parametrize(("document", "words"), COMMANDS)
def test_a_command_is_of_a_program_we_know(document: str, words: list[str]) -> None:
    assert words[0].removeprefix(".venv/bin/").removeprefix(".venv\\Scripts\\") in SYSTEM


@pytest.mark.parametrize("words", _named("callboard"), ids=" ".join)
def test_a_callboard_command_is_understood(words: list[str]) -> None:
    arguments = hoist_global_options(words[1:])
    context = ROOT_COMMAND.make_context("callboard", arguments)
    command, rest = ROOT_COMMAND, [*context._protected_args, *context.args]
    while rest and hasattr(command, "commands"):
        command, rest = command.commands[rest[0]], rest[1:]
        context = command.make_context(command.name, rest, parent=context)
        rest = [*getattr(context, "_protected_args", []), *context.args]
    assert [] == rest


@pytest.mark.parametrize("words", _named("make"), ids=" ".join)
def test_a_make_target_exists(words: list[str]) -> None:
    targets = re.findall(r"^([a-z -]+):$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert words[1] in " ".join(targets).split()


@pytest.mark.parametrize("words", [*_named("python"), *_named("python3")], ids=" ".join)
def test_a_script_exists_and_knows_its_command(words: list[str]) -> None:
    assert words[1] in ("dev.py", "-m")
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    known = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert words[1] == "-m" or words[2] in known


def test_the_readme_gives_both_commands_with_and_without_make() -> None:
    said = [" ".join(words) for words in commands(ROOT / "README.md")]
    assert {"make run", "make test", "python dev.py run", "python dev.py test"} <= set(said)
