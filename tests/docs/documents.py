"""The project's documents and the commands that stand in them."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("examples/*/*.md")]
)


def shown(path: Path) -> str:
    """A document as a person names it."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a document that are written in a language."""
    text = path.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def commands(path: Path) -> list[list[str]]:
    """The commands a document tells people to type, comments and redirections left out."""
    lines = [line for block in blocks(path, "console") for line in block.splitlines()]
    found = [shlex.split(line, comments=True) for line in lines]
    return [each[: each.index(">")] if ">" in each else each for each in found if each]
