"""The KPIs that come with Callboard: complete, short, and told in plain words."""

from pathlib import Path

import pytest

from metrics.catalogue import LIBRARY, load_catalogue
from metrics.model import Better, Form, Unit

CATALOGUE = load_catalogue()
METRICS = CATALOGUE.metrics
CODES = [
    "fcr",
    "asa",
    "sl_20",
    "abandon",
    "aht",
    "frt_p50",
    "ttr_p50",
    "reopen",
    "sla_met",
    "deflect",
    "contact_rate",
    "complaints",
    "compliments",
    "csat",
    "nps",
    "ces",
    "otif",
    "otd",
    "perfect_order",
    "oct_p50",
    "ftf",
    "mishandled",
    "returns",
    "lcp_p75",
    "checkout_ok",
    "int_sla",
    "int_csat",
    "enps",
    "trir",
    "near_miss",
    "backlog_open",
    "backlog_aged",
    "contract_pass_rate",
]
FILES = sorted(LIBRARY.glob("*"))
each_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())


def test_the_library_has_no_problem():
    assert () == CATALOGUE.problems


def test_the_library_has_every_promised_kpi():
    assert sorted(CODES) == sorted(METRICS)


def test_every_form_that_reads_a_feed_is_in_the_library():
    assert set(Form) - {Form.COMPOSITE} == {metric.form for metric in METRICS.values()}


def test_every_key_and_pillar_has_a_metric():
    keys, pillars = (
        {getattr(each, name) for each in METRICS.values()} for name in ("key", "pillar")
    )
    assert {"Safety", "Courtesy", "Show", "Efficiency"} == keys
    assert {"Listening", "Quality", "Delivery", "Integration"} == pillars


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_definition_file_has_at_most_thirty_lines(path: Path):
    assert 30 >= len(path.read_text(encoding="utf-8").splitlines())


@each_metric
def test_a_metric_asks_a_question_and_explains_itself(metric):
    assert metric.question.endswith("?")
    assert len(metric.description) > 80
    assert metric.base


@each_metric
def test_the_library_sets_no_target(metric):
    assert (None, None) == (metric.target, metric.band)


@pytest.mark.parametrize(
    ("code", "better"),
    [
        ("otd", Better.HIGHER),
        ("abandon", Better.LOWER),
        ("trir", Better.LOWER),
        ("compliments", Better.HIGHER),
        ("aht", Better.NEUTRAL),
        ("near_miss", Better.NEUTRAL),
    ],
)
def test_what_is_better_is_what_people_mean(code, better):
    assert better == METRICS[code].better


@each_metric
def test_shares_are_percent_and_rates_say_per_what(metric):
    assert (metric.form is Form.RATIO) == (metric.unit is Unit.PERCENT)
    assert (metric.form is Form.RATE) == (metric.unit is Unit.PER)
    assert (metric.form is Form.NET_SCORE) == (metric.unit is Unit.POINTS)


@each_metric
def test_a_metric_reads_columns_only_of_the_feeds_it_names(metric):
    assert all(metric.columns(feed) or feed == metric.denominator_feed for feed in metric.feeds)
    assert frozenset() == metric.columns("some_other_feed")


def test_no_two_metrics_share_a_name_or_a_synonym():
    names = [
        word.casefold()
        for metric in METRICS.values()
        for word in {metric.name.casefold(), *(each.casefold() for each in metric.synonyms)}
    ]
    assert len(set(names)) == len(names)
