"""Whatever is answered: every row is somewhere, once; answers never change what could be read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.importing.answers import Answers, ColumnAnswer, Edit, ValueAnswer
from data_contracts.importing.evidence import PSEUDO
from data_contracts.importing.questions import ClockStyle, DayOrder, Decimal, Scale
from tests.data_contracts.benchmarks.accounting import is_accounted_for
from tests.data_contracts.benchmarks.files import CONTRACT, GOOD, row, table
from tests.data_contracts.importing.test_answered_files import _judge

HEADERS = st.sampled_from([*GOOD, "note", "nothing"])
FIELDS = st.sampled_from([*(each.name for each in CONTRACT.columns), *PSEUDO, ""])
WORDS = st.sampled_from(
    ["abandon", "Alder Post", "P7", "FY24", "percent", "2026-07-01/2026-09-30", "metric", "x", ""]
)
VALUES = st.sampled_from(
    [
        *("1.234", "1,234", "87,5", "87.5", "0.5", "12", "1.234,5", "5.57*", "28 sec", "05:30"),
        *("80/20", "91% (+2)", "<5", "NM", "1d 3h", "0.82", "1,234*", "3%", "", "1 234"),
    ]
)
DAYS = st.sampled_from(
    ["01/07/2026", "03/04/2026", "03/04/26", "30/09/2025", "2025-03-31", "Q1 2025", "2011/12"]
)
ASKED = st.sampled_from(["FY24", "2012/13", "H1 2025", "01.02.2025", "P7", ""])
COLUMN = st.builds(
    ColumnAnswer,
    header=HEADERS,
    field=FIELDS,
    decimal=st.none() | st.sampled_from(Decimal),
    day_order=st.none() | st.sampled_from(DayOrder),
    clock=st.none() | st.sampled_from(ClockStyle),
    scale=st.none() | st.sampled_from(Scale),
    unit=st.sampled_from(["", "percent", "odd"]),
    per=st.none() | st.just(100),
    fiscal_from=st.none() | st.integers(1, 12),
)
ANSWERS = st.builds(
    Answers,
    columns=st.none() | st.lists(COLUMN, max_size=3, unique_by=lambda each: each.header).map(tuple),
    values=st.lists(st.builds(ValueAnswer, field=FIELDS, word=WORDS, means=WORDS), max_size=3).map(
        tuple
    ),
    constants=st.dictionaries(FIELDS, WORDS, max_size=2),
    edits=st.lists(st.builds(Edit, line=st.just(2), column=HEADERS, becomes=WORDS), max_size=2).map(
        tuple
    ),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["abandon", "asa", "fcr", "complaints", "zzz"]),
        VALUES,
        st.sampled_from(["percent", "s", "min", "hours", "%", "per 100", ""]),
        DAYS | ASKED,
        st.sampled_from(["Alder Post", "Birch Mail", "Alder Pst", "Acme"]),
    ),
    min_size=1,
    max_size=5,
)
FEWER = settings.default.max_examples // 2
DELIMITERS = st.sampled_from([",", ";"])


def _content(rows: list[tuple[str, ...]], delimiter: str) -> str:
    return table(
        *(
            row(
                kpi_code=metric,
                value=value,
                unit=unit,
                period_start="",
                period_end=day,
                entity=entity,
                segment=str(at),
            )
            for at, (metric, value, unit, day, entity) in enumerate(rows)
        ),
        delimiter=delimiter,
    )


@settings(max_examples=FEWER)
@given(ROWS, DELIMITERS, ANSWERS)
def test_any_answers_leave_every_row_somewhere(
    rows: list[tuple[str, ...]], delimiter: str, answers: Answers
) -> None:
    assert is_accounted_for(_judge(_content(rows, delimiter), answers))


def _published(content: str, answers: Answers | None = None) -> dict[str, tuple]:
    rows = _judge(content, answers).rows
    if not len(rows):
        return {}
    cells = zip(rows["segment"], rows["value"], rows["period_end"], rows["unit"], strict=True)
    return {segment: rest for segment, *rest in cells}


@settings(max_examples=FEWER)
@given(
    ROWS,
    DELIMITERS,
    st.none() | st.sampled_from(Decimal),
    st.none() | st.sampled_from(ClockStyle),
    st.none() | st.sampled_from(DayOrder),
)
def test_an_answer_never_changes_what_could_be_read(
    rows: list[tuple[str, ...]],
    delimiter: str,
    decimal: Decimal | None,
    clock: ClockStyle | None,
    day_order: DayOrder | None,
) -> None:
    content = _content(rows, delimiter)
    columns = (
        ColumnAnswer(header="value", field="value", decimal=decimal, clock=clock),
        ColumnAnswer(header="period_end", field="period_end", day_order=day_order, fiscal_from=4),
    )
    before, after = _published(content), _published(content, Answers(columns=columns))
    readable = {segment: cells for segment, cells in after.items() if segment in before}
    assert {segment: before[segment] for segment in readable} == readable


@settings(max_examples=FEWER)
@given(ROWS, DELIMITERS)
def test_a_question_counts_rows_that_are_not_published(
    rows: list[tuple[str, ...]], delimiter: str
) -> None:
    report = _judge(_content(rows, delimiter))
    waiting = [each for each in report.asked if each.question not in ("share", "fiscal")]
    assert all(1 <= each.rows <= report.quarantined for each in waiting)
    assert len(report.asked) == len({(each.question, each.header) for each in report.asked})
