import pandas as pd

from callboard.services.connecting.metric_reach import Reach, columns_of, reach, silent_metrics
from tests.callboard.services.table_samples import library_metrics, standard


def _reach(feed: str, **columns: set[str]) -> Reach:
    there = {name: frozenset(each) for name, each in columns.items()}
    return reach(feed, library_metrics(), there)


def _codes(reached: Reach) -> set[str]:
    return {each.code for each in reached.lit}


def test_a_metric_lights_up_where_all_its_columns_are() -> None:
    reached = _reach("contacts", contacts={"outcome", "wait_seconds"})
    assert {"abandon", "asa", "deflect", "sl_20"} == _codes(reached)


def test_another_says_what_it_lacks() -> None:
    reached = _reach("contacts", contacts={"outcome"})
    assert ("wait_seconds", "has_sla, sla_met") == (
        *(reached.lacking[code] for code in ("asa", "sla_met")),
    )


def test_a_metric_of_two_feeds_waits_for_the_other() -> None:
    alone = _reach("contacts", contacts={"kind", "outcome"})
    both = _reach("contacts", contacts={"kind", "outcome"}, deliveries=set())
    assert ("deliveries", True) == (alone.waiting["complaints"], "complaints" in _codes(both))
    assert alone.share > 0


def test_every_column_of_the_library_lights_every_metric_of_a_feed() -> None:
    columns = columns_of([standard("web_vitals")])
    reached = reach("web_vitals", library_metrics(), columns)
    assert ({"checkout_ok", "lcp_p75"}, {}, 1.0) == (
        *(_codes(reached), reached.lacking, reached.share),
    )


def test_a_survey_that_was_never_asked_is_silent() -> None:
    reached = _reach("survey_answers", survey_answers={"survey", "score"})
    rows = pd.DataFrame({"survey": ["csat", "csat"], "score": [4, 5]})
    assert _codes(reached) - {"csat"} == silent_metrics(reached, "survey_answers", rows)
