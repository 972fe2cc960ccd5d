from callboard.services.connecting.table_facts import TableFacts
from callboard.services.connecting.table_matching import (
    FITS,
    FITS_WELL,
    Fit,
    TableChoice,
    choose_tables,
    fit_table,
)
from tests.callboard.services.table_samples import (
    facts_of,
    library_metrics,
    numbered,
    repeated,
    standard,
    tickets,
)

FEEDS = ("contacts", "deliveries", "internal_requests", "survey_answers", "web_vitals")


def _fit(facts: TableFacts, feed: str = "contacts") -> Fit:
    return fit_table(standard(feed), facts, library_metrics())


def _choose(*tables: TableFacts) -> dict[str, TableChoice]:
    fits = [[_fit(each, feed) for feed in FEEDS] for each in tables]
    return {each.facts.table.name: each for each in choose_tables(fits)}


def _helpdesk(name: str = "tickets", **others: list[object]) -> TableFacts:
    columns = tickets(
        type=repeated("question", "complaint"),
        result=repeated("answered", "abandoned"),
        queue_seconds=repeated(5.0, 9.0),
        solved=repeated(1, 0),
        **others,
    )
    return facts_of(name, columns, key=("ticket_id",))


def test_a_table_with_telling_columns_fits_well() -> None:
    fit = _fit(_helpdesk())
    assert (True, True) == (fit.confidence >= FITS_WELL, fit.is_complete)


def test_a_telling_name_and_more_columns_make_it_surer() -> None:
    plain, named = _fit(_helpdesk("t1")), _fit(_helpdesk("tickets"))
    more = _fit(_helpdesk("tickets", was_reopened=repeated(0, 1), via=repeated("phone", "mail")))
    assert plain.confidence < named.confidence < more.confidence < 1.0


def test_what_is_required_and_missing_is_listed() -> None:
    assert ["updated_at", "reopened", "has_sla"] == [
        each.column.name for each in _fit(_helpdesk()).lacking
    ]


def test_without_a_touchpoint_a_table_is_no_feed() -> None:
    columns = {name: values for name, values in tickets().items() if name != "brand"}
    fit = _fit(facts_of("tickets", columns, key=("ticket_id",)))
    assert (False, True) == (fit.is_complete, fit.confidence < FITS)


def test_a_table_that_lights_nothing_up_is_not_proposed() -> None:
    assert FITS > _fit(facts_of("tickets", tickets(), key=("ticket_id",))).confidence


def test_a_hopeless_table_is_proposed_for_nothing() -> None:
    hopeless = facts_of("log", {"line": numbered("line {}"), "level": repeated(1, 2)})
    assert _choose(hopeless)["log"].fit is None


def test_a_feed_goes_to_the_table_that_fits_it_best_and_the_other_is_told() -> None:
    better = _helpdesk("tickets", was_reopened=repeated(0, 1))
    chosen = _choose(_helpdesk("calls_2025"), better)
    assert chosen["tickets"].fit is not None
    assert "contacts" == chosen["tickets"].fit.contract.feed
    assert (None, {"contacts": "tickets"}) == (
        chosen["calls_2025"].fit,
        chosen["calls_2025"].better,
    )


def test_each_table_gets_the_feed_it_fits() -> None:
    answers = facts_of(
        "responses",
        {
            "response_id": numbered("{}"),
            "store": repeated("North", "South"),
            "submitted": numbered("2026-01-05 08:00:{:02}"),
            "survey_type": repeated("csat", "nps"),
            "rating": repeated(3, 4),
        },
        key=("response_id",),
    )
    chosen = _choose(answers, _helpdesk())
    assert {"responses": "survey_answers", "tickets": "contacts"} == {
        name: each.fit.contract.feed for name, each in chosen.items() if each.fit
    }
