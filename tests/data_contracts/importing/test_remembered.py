"""What was said of the last file, fitted to the next: never more than fits."""

import pytest

from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.importing.answers import (
    NO_ANSWERS,
    Answers,
    ColumnAnswer,
    LayoutAnswer,
    ReadingAnswer,
    Unpivot,
    UnpivotKind,
    ValueAnswer,
)
from data_contracts.importing.reading import look
from data_contracts.importing.remembered import (
    Words,
    added,
    fit,
    with_remembered,
    without_remembered,
)
from data_contracts.parsing.headers import names_of
from data_contracts.parsing.limits import Limits
from data_contracts.parsing.table import TextTable

CONTRACT, _ = read_contract(LIBRARY / f"{BENCHMARKS}{SUFFIX}")
assert CONTRACT is not None
NAMES = names_of(CONTRACT)
PERIODS = Unpivot(kind=UnpivotKind.PERIODS, columns=("2023", "2024"), into="period")
PAST = Answers(
    reading=ReadingAnswer(header_line=1),
    layout=LayoutAnswer(unpivot=(PERIODS,)),
    columns=(
        ColumnAnswer(header="Carrier", field="entity"),
        ColumnAnswer(header="value", field="value"),
        ColumnAnswer(header="Rank 2024", field=""),
    ),
    values=(ValueAnswer(field="entity", word="Aldr", means="Alder"),),
    constants={"metric": "otd", "publisher": "Delivery Watch"},
)


def fitted(text: str, past: Answers = PAST) -> Answers:
    assert CONTRACT is not None
    answer = ReadingAnswer(header_line=1, delimiter=",")
    table = look(text.encode(), answer, contract=CONTRACT, limits=Limits())
    assert isinstance(table, TextTable)
    return fit(past, table, Words(names=NAMES, metrics=frozenset()))


def columns_of(answers: Answers) -> list[tuple[str, ...]]:
    assert answers.layout is not None
    return [each.columns for each in answers.layout.unpivot]


@pytest.mark.parametrize("years", [("2024", "2025"), ("2023", "2024", "2025"), ("2025",)])
def test_years_across_are_those_of_the_new_file(years: tuple[str, ...]) -> None:
    found = fitted(f"Carrier,{','.join(years)}\nAlder{',90' * len(years)}\n")
    assert [years] == columns_of(found)


def test_a_layout_without_its_columns_is_left_out() -> None:
    assert None is fitted("Carrier,Share\nAlder,90\n").layout


def test_columns_that_are_not_there_are_left_out() -> None:
    found = fitted("Carrier,2024,2025\nAlder,90,91\n")
    assert ["Carrier", "value"] == [each.header for each in found.columns or ()]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("", {"publisher": "Delivery Watch"}), ("Parcel News", {})],
    ids=["an empty cell", "another publisher"],
)
def test_what_cells_contradict_is_not_said_for_all_rows(cell: str, kept: dict[str, str]) -> None:
    past = Answers(constants={"publisher": "Delivery Watch"})
    assert kept == fitted(f"entity,value,publisher\nAlder,90,{cell}\n", past).constants


def test_what_was_said_of_this_file_goes_first() -> None:
    now = Answers(
        columns=(ColumnAnswer(header="Firm", field="entity"),), constants={"metric": "returns"}
    )
    merged = with_remembered(now, PAST)
    assert ["Firm", "value", "Rank 2024"] == [each.header for each in merged.columns or ()]
    assert {"metric": "returns", "publisher": "Delivery Watch"} == merged.constants


def test_what_was_taken_over_is_taken_back_whole() -> None:
    now = Answers(constants={"metric": "returns"})
    taken = added(now, with_remembered(now, PAST))
    assert now == without_remembered(with_remembered(now, taken), taken)
    assert NO_ANSWERS == without_remembered(PAST, PAST)


def test_an_answer_changed_since_stays_when_the_rest_is_taken_back() -> None:
    changed = with_remembered(Answers(constants={"publisher": "Parcel News"}), PAST)
    assert {"publisher": "Parcel News"} == without_remembered(changed, PAST).constants


def test_nothing_of_one_edition_is_kept_for_the_next() -> None:
    said = Answers(
        constants={
            "publisher": "Delivery Watch",
            "document": "Report 2025",
            "published_on": "2025-05-31",
            "sample_size": "1200",
        },
        values=(
            ValueAnswer(field="period", word="P7", means="2025-09-14/2025-10-11"),
            ValueAnswer(field="entity", word="Aldr", means="Alder"),
        ),
    ).for_next_time()
    assert {"publisher": "Delivery Watch"} == said.constants
    assert ["Aldr"] == [each.word for each in said.values]
