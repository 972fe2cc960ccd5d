"""The files that fuzzing begins with and falls back on: publishers' shapes, edges, what was found.

A file of the folder `kept` may have what is said of it beside it, as `NAME.yaml`.
"""

from pathlib import Path

from callboard.services.publishing.shapes import Shape, example_file, example_mapping
from data_contracts.importing.answers import NO_ANSWERS, Answers
from data_contracts.importing.answers_file import read_answers
from tests.data_contracts.benchmarks.files import row, table
from tests.data_contracts.benchmarks.shapes import SHAPES
from tests.fuzz.judging import Case

FOLDER = Path(__file__).parent / "kept"
_DIALECTS = ("utf-8-sig", "utf-16", "utf-16-be", "cp1252")


def read_corpus() -> list[Case]:
    """Every case, the smallest first."""
    cases = [*_examples(), *_built(), *_edges(), *_kept()]
    return sorted(cases, key=lambda case: len(case.content))


def _answers(text: str) -> Answers:
    answers = read_answers(text)
    assert isinstance(answers, Answers), answers
    return answers


def _examples() -> list[Case]:
    return [
        Case(
            name=f"{shape}.csv",
            content=example_file(shape),
            answers=_answers(example_mapping(shape)),
        )
        for shape in Shape
    ]


def _built() -> list[Case]:
    built = [build() for build in SHAPES]
    return [Case(name=each.name, content=each.content, answers=each.answers) for each in built]


def _edges() -> list[Case]:
    rows = (row(entity="Café Post", note='one, "two"\nthree'), row(value="1,234"), row(), row())
    plain = table(*rows)
    texts = (
        *(plain.encode(codec) for codec in _DIALECTS),
        ("sep=;\n" + table(*rows, delimiter=";")).encode(),
        table(row(period_end="01/07/2026"), row(value="87,5"), delimiter="|", end="\r").encode(),
        b"PK\x03\x04" + bytes(60),
    )
    return [Case(name="edge.csv", content=text, answers=NO_ANSWERS) for text in texts]


def _kept() -> list[Case]:
    files = [each for each in FOLDER.iterdir() if each.suffix in (".csv", ".xlsx")]
    return [_kept_case(each) for each in sorted(files)]


def _kept_case(file: Path) -> Case:
    said = file.with_suffix(".yaml")
    answers = _answers(said.read_text(encoding="utf-8")) if said.exists() else NO_ANSWERS
    return Case(name=file.name, content=file.read_bytes(), answers=answers)
