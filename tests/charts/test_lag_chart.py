"""The chart of one pair, lag by lag."""

from dataclasses import replace

from callboard.charts import lag_chart
from callboard.views import BackstagePair, LagPoint

LAGS = tuple(
    LagPoint(lag=k, rho=k / 10, low=k / 10 - 0.2, high=k / 10 + 0.2, pairs=100)
    for k in range(-3, 4)
)
PAIR = BackstagePair(
    touchpoint="depot",
    touchpoint_name="Depot",
    metric="backlog_open",
    metric_name="Open backlog",
    holds=True,
    sentence="They move together.",
    lags=LAGS,
    best=LAGS[-1],
)


def test_the_lag_that_holds_has_its_own_shape():
    shapes = {trace.name: trace.marker.symbol for trace in lag_chart(PAIR).data}
    assert {"Lags": "circle", "Holds": "diamond"} == shapes


def test_without_a_finding_every_lag_looks_alike():
    assert ["Lags"] == [trace.name for trace in lag_chart(replace(PAIR, holds=False)).data]


def test_the_wrong_way_round_is_shaded_and_named():
    figure = lag_chart(PAIR)
    placebo = next(shape for shape in figure.layout.shapes if shape.name == "Placebo")
    assert (-3.6, -0.5) == (placebo.x0, placebo.x1)
    assert "the other way round" in [each.text for each in figure.layout.annotations]


def test_every_interval_is_in_the_frame():
    low, high = lag_chart(PAIR).layout.yaxis.range
    assert low < min(each.low for each in LAGS)
    assert high > max(each.high for each in LAGS)
