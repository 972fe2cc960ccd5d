"""What several sources say of one value, against plain arithmetic."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from metrics.envelope import Sourced, envelope_of
from metrics.grades import Grade


def said(source: str, value: float, grade: Grade = Grade.A, **more: object) -> Sourced:
    return Sourced(source=source, value=value, grade=grade, **more)  # type: ignore[arg-type]


def test_the_range_is_of_those_that_compare_and_no_others():
    # average speed of answer: 4.3 s in one report, 28 s in another
    found = envelope_of([said("One", 4.3), said("Two", 28.0, Grade.B), said("Three", 90, Grade.C)])
    assert found is not None
    assert (4.3, 28.0, ("One", "Two")) == (found.low, found.high, found.sources)


def test_without_a_source_that_compares_there_is_no_range():
    assert None is envelope_of([said("One", 4.3, Grade.C), said("Two", 5.0, Grade.D)])


def test_the_best_grade_is_preferred_whatever_is_declared_or_newer():
    new = said("New", 1.0, Grade.B, published_on=date(2026, 1, 1))
    found = envelope_of([new, said("Old", 2.0, declared=5)])
    assert found is not None
    assert "Old" == found.preferred.source


def test_among_equal_grades_the_declared_source_is_preferred_then_the_newest():
    older, newer = date(2025, 1, 1), date(2026, 1, 1)
    for places, expected in (((0, 0, 0), "B"), ((1, 1, 0), "C"), ((0, 2, 1), "A")):
        values = [
            said("A", 1.0, published_on=older, declared=places[0]),
            said("B", 2.0, published_on=newer, declared=places[1]),
            said("C", 3.0, declared=places[2]),
        ]
        found = envelope_of(values)
        assert found is not None
        assert expected == found.preferred.source


@given(
    st.lists(
        st.builds(
            said,
            st.sampled_from("ABC"),
            st.floats(-1e6, 1e6),
            st.sampled_from(Grade),
            declared=st.integers(0, 2),
            published_on=st.none() | st.dates(),
        )
    )
)
def test_nothing_that_does_not_compare_moves_the_range_or_the_choice(values):
    fit = [each for each in values if each.grade in (Grade.A, Grade.B)]
    found = envelope_of(values)
    assert envelope_of(fit) == found
    if found is not None:
        assert (sorted(each.value for each in fit)[0], True) == (found.low, found.preferred in fit)
        assert sorted(each.value for each in fit)[-1] == found.high
