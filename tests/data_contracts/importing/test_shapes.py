"""Publishers' shapes: read and laid out as answered, and proposed as they are answered."""

import pytest

from data_contracts.importing.layout import lay_out, propose_layout
from data_contracts.parsing import TextTable
from data_contracts.parsing.headers import names_of
from tests.data_contracts.benchmarks.files import CONTRACT
from tests.data_contracts.benchmarks.shapes import SHAPES
from tests.data_contracts.importing.reading_files import looked, proposed, told


def _looked(shape) -> TextTable:
    reading = shape.answers.reading
    fields = {name: getattr(reading, name) for name in reading.__slots__}
    return looked(shape.content, name=shape.name, **fields)


@pytest.mark.parametrize("build", SHAPES)
def test_a_publishers_file_becomes_its_long_rows(build) -> None:
    shape = build()
    table = lay_out(_looked(shape), shape.answers.layout)
    assert [(line, *cells) for line, _, cells in shape.rows] == told(table)
    assert shape.headers == table.headers


@pytest.mark.parametrize("build", SHAPES)
def test_each_long_row_keeps_the_header_it_came_from(build) -> None:
    shape = build()
    table = lay_out(_looked(shape), shape.answers.layout)
    assert [origin for _, origin, _ in shape.rows] == [
        table.origins.of(at) for at in range(len(table.lines))
    ]


@pytest.mark.parametrize("build", SHAPES)
def test_the_reading_of_a_publishers_file_is_proposed(build) -> None:
    shape = build()
    wanted = shape.answers.reading
    proposal = proposed(shape.content, name=shape.name, encoding=wanted.encoding)
    assert wanted == proposal.answer, proposal.why
    assert 0.8 <= proposal.confidence < 1


@pytest.mark.parametrize("build", SHAPES)
def test_the_layout_of_a_publishers_file_is_proposed(build) -> None:
    shape = build()
    layout = propose_layout(_looked(shape), names_of(CONTRACT))
    assert shape.answers.layout == layout.answer, layout.why
    assert 0.5 <= layout.confidence < 1


@pytest.mark.parametrize("build", SHAPES)
def test_nothing_is_turned_without_an_answer(build) -> None:
    table = _looked(build())
    assert table is lay_out(table, None)
