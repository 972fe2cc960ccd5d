"""The curve of what is still open."""

from callboard.charts import waiting_chart
from callboard.views import OpenShare, Waiting


def step(age: float, share: float) -> OpenShare:
    return OpenShare(
        age=age, age_text=f"{age:g} h", share=share, low=share - 5, high=share + 5, at_risk=90
    )


def view(*steps: OpenShare, median: float | None = 4.0) -> Waiting:
    return Waiting(
        metric="ttr_p50",
        metric_name="Time to resolve",
        touchpoint="desk",
        touchpoint_name="Desk",
        unit_text="hours",
        sentence="Half are settled within 4 h.",
        note="",
        steps=steps,
        ages=(),
        longest=48.0,
        median=median,
        alt="a curve",
    )


STEPS = (step(2.0, 80.0), step(4.0, 50.0), step(9.0, 20.0))


def test_the_curve_falls_in_steps_from_all_open_and_ends_where_following_ends():
    curve = next(each for each in waiting_chart(view(*STEPS)).data if each.name == "Still open")
    assert "hv" == curve.line.shape
    assert [0, 2, 4, 9] == list(curve.x)[:4]
    assert [100, 80, 50, 20, 20] == list(curve.y)
    assert 48 <= curve.x[-1]


def test_the_age_by_which_half_are_settled_is_marked():
    figure = waiting_chart(view(*STEPS))
    assert "half settled" in [each.text for each in figure.layout.annotations]
    assert "Half" not in [each.name for each in waiting_chart(view(STEPS[0], median=None)).data]


def test_the_axis_ends_where_next_to_nothing_is_open():
    figure = waiting_chart(view(*STEPS, step(10.0, 1.0), step(40.0, 0.0)))
    assert 10.0 * 1.05 == figure.layout.xaxis.range[1]
