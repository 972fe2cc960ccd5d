"""A stranger's database becomes a workspace that runs: on SQLite and PostgreSQL, by rows it knows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from callboard.access import LOCAL_USER, Actor
from callboard.errors import CallboardError, FeedUnavailable, NotAllowed
from callboard.services.connecting.database_address import DatabaseAddress, read_address
from callboard.services.connecting.database_survey import Survey, survey_database
from callboard.services.connecting.offers import (
    Offer,
    change_column,
    change_feed,
    make_offer,
    plan_connection,
)
from callboard.services.connecting.table_matching import Fit
from callboard.services.connecting.workspace_ground import Ground, open_ground
from callboard.services.connecting.workspace_writing import write_changes
from callboard.services.readings.export import export_readings
from callboard.services.refreshing.refresh import refresh
from callboard.services.runtime import open_runtime
from callboard.settings import load_settings
from data_contracts.model import Clock
from metrics.model import Grain
from tests.callboard.services.stranger import (
    DESKS,
    HOSTILE,
    HOSTILE_SITES,
    NOW,
    create_stranger,
    order_rows,
    ticket_rows,
)
from tests.conftest import ENGINES

FIRST = date(2025, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at a database from a workspace."""

    ground: Ground
    address: DatabaseAddress
    survey: Survey

    def fit(self, table: str) -> Fit:
        """What a table is proposed as."""
        (choice,) = (each for each in self.survey.choices if each.facts.table.name == table)
        assert choice.fit is not None, table
        return choice.fit

    def offer(self, table: str, **given: object) -> Offer:
        """The offer made of a table."""
        return make_offer(self.ground, self.address, self.fit(table), **given)

    def connect(self, *offers: Offer) -> None:
        """Write what the offers ask for."""
        changes = plan_connection(self.ground, LOCAL_USER, self.address, offers)
        write_changes(self.ground, changes)


def _look(url: str, folder: Path, *, zone: str = "UTC", schema: str = "") -> Look:
    settings = load_settings({"CALLBOARD_TODAY": f"{NOW}"}, workspace=folder)
    ground = open_ground(settings, time_zone=zone)
    address = read_address(url, settings, ground.databases)
    survey = survey_database(ground, LOCAL_USER, address, schema=schema)
    return Look(ground=ground, address=address, survey=survey)


@pytest.fixture(scope="module", params=ENGINES)
def first_look(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Look:
    """A look at the stranger's database, on each engine in turn; nobody changes the database."""
    place = tmp_path_factory.mktemp("stranger")
    url = f"sqlite:///{place / 'stranger.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres_database")("")
    create_stranger(url)
    return _look(url, place / "nowhere")


@pytest.fixture
def look(first_look: Look, tmp_path: Path) -> Look:
    """The same look, from a folder where no workspace is yet."""
    settings = load_settings({"CALLBOARD_TODAY": f"{NOW}"}, workspace=tmp_path / "board")
    return replace(first_look, ground=replace(first_look.ground, settings=settings))


def _run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as conn:
        for each in statements:
            conn.execute(sa.text(each))
    engine.dispose()


def _refreshed(look: Look) -> Mapping[str, tuple[str, int, int]]:
    """Verdict, rows in and rows used by feed, after a refresh of the workspace."""
    report = refresh(open_runtime(look.ground.settings), LOCAL_USER)
    return {each.feed: (each.verdict.value, each.rows_in, each.rows_used) for each in report.feeds}


def _sums(look: Look, metric: str) -> dict[str, tuple[float, float]]:
    """Numerator and denominator by touchpoint, over all days."""
    rows = export_readings(
        open_runtime(look.ground.settings), LOCAL_USER, metric=metric, grain=Grain.DAY, since=FIRST
    )
    sums: dict[str, tuple[float, float]] = {}
    for each in rows:
        above, below = sums.get(each.touchpoint, (0.0, 0.0))
        sums[each.touchpoint] = (above + (each.numerator or 0), below + (each.denominator or 0))
    return sums


def test_a_connected_database_runs_at_once_and_its_figures_are_right(look: Look) -> None:
    look.connect(look.offer("zendesk_export"), look.offer("sales_orders"))
    assert {
        "contacts": ("published", len(ticket_rows()), len(ticket_rows()) - 1),
        "deliveries": ("published", len(order_rows()), len(order_rows())),
    } == _refreshed(look)
    codes = dict(zip(DESKS, ("north_desk", "south_desk", "e_shop_hauser"), strict=True))
    kept = [each for each in ticket_rows() if each["queue_seconds"] >= 0]
    waits = Counter(codes[each["brand"]] for each in kept if each["disposition"] == "answered")
    assert dict(waits) == {name: n for name, (_, n) in _sums(look, "asa").items()}
    due = Counter(f"shop_{each['shop']}" for each in order_rows() if each["handed_over_at"])
    on_time = Counter(
        f"shop_{each['shop']}"
        for each in order_rows()
        if each["handed_over_at"] and each["handed_over_at"] <= each["promised_for"]
    )
    assert {name: (on_time[name], due[name]) for name in due} == _sums(look, "otd")


def test_a_hostile_table_is_read_by_its_name_and_nothing_else(look: Look) -> None:
    offer = look.offer(HOSTILE)
    assert set(HOSTILE_SITES) == {alias for each in offer.places for alias in each.aliases}
    look.connect(offer)
    assert {"web_vitals": ("published", 60, 60)} == _refreshed(look)
    assert "zendesk_export" in {each.facts.table.name for each in look.survey.choices}


def test_a_view_is_connected_like_a_table(look: Look) -> None:
    offer = look.offer("answers")
    assert ("survey_answers", {"ces", "enps", "int_csat", "nps"}) == (offer.feed, offer.silent)
    assert any("full refresh only" in each for each in offer.notes)
    look.connect(offer)
    assert "published" == _refreshed(look)["survey_answers"][0]


def test_what_fits_nothing_and_what_is_about_people_is_not_proposed(look: Look) -> None:
    proposed = {each.facts.table.name for each in look.survey.choices if each.fit}
    assert {"zendesk_export", "sales_orders", "answers", HOSTILE} == proposed
    fit = look.fit("zendesk_export")
    assert {"requester_email", "requester_name", "subject"} == fit.facts.personal
    assert not fit.facts.personal & set(fit.columns.values())


def test_an_offer_says_what_lights_up_and_what_each_other_metric_lacks(look: Look) -> None:
    offer = look.offer("sales_orders")
    assert {"oct_p50", "otd", "otif"} == {each.code for each in offer.reach.lit}
    assert "damaged, documents_right" == offer.reach.lacking["perfect_order"]
    after = look.offer("sales_orders", taken=[look.offer("zendesk_export")])
    assert {"complaints", "compliments", "contact_rate"} == {
        each.code for each in after.reach.lit
    } - {each.code for each in offer.reach.lit}


def test_an_offer_says_what_the_contract_would_reject(look: Look) -> None:
    verdict = look.offer("zendesk_export").verdict
    (rule,) = verdict.rules
    assert (1, "wait_seconds", "wait_seconds is between 0 and 14,400.") == (
        *(verdict.rejected, rule.column, rule.description),
    )
    assert not verdict.is_held_back


def test_a_column_chosen_by_a_person_is_written(look: Look) -> None:
    fit = change_column(look.ground, look.fit("zendesk_export"), column="region", found="via")
    offer = make_offer(look.ground, look.address, fit)
    assert ("via", "channel" in {each.name for each in offer.contract.columns}) == (
        *(offer.contract.column("region").physical_name, False),
    )


def test_a_personal_column_chosen_by_a_person_is_never_shown(look: Look) -> None:
    fit = look.fit("zendesk_export")
    fit = change_column(look.ground, fit, column="topic", found="requester_email")
    offer = make_offer(look.ground, look.address, fit)
    assert "restricted" == offer.contract.column("topic").classification
    assert {"•••"} == {row["topic"] for row in offer.rows}
    assert any("requester_email looks personal" in each for each in offer.notes)


def test_a_table_without_what_a_feed_needs_is_refused_with_what_it_lacks(look: Look) -> None:
    facts = next(each.facts for each in look.survey.choices if each.facts.table.name == "app_log")
    fit = change_feed(look.ground, facts, "contacts")
    with pytest.raises(CallboardError, match="contact_id, touchpoint, created_at"):
        make_offer(look.ground, look.address, fit)


def test_a_feed_that_comes_from_elsewhere_is_told(look: Look) -> None:
    look.connect(look.offer("zendesk_export"))
    again = _look(look.address.url, look.ground.folder)
    assert "" == again.offer("zendesk_export").replaces
    other = change_column(again.ground, again.fit("zendesk_export"), column="region", found="via")
    offer = make_offer(again.ground, again.address, other)
    assert f"zendesk_export in {look.address.name}" == offer.replaces


def test_known_touchpoints_are_not_written_again(look: Look) -> None:
    look.connect(look.offer("zendesk_export"))
    again = _look(look.address.url, look.ground.folder)
    assert ((), ()) == (again.offer("zendesk_export").places, again.offer("answers").places)


def test_only_who_may_connect_does(look: Look) -> None:
    nobody = replace(LOCAL_USER, roles=frozenset())
    assert isinstance(nobody, Actor)
    with pytest.raises(NotAllowed):
        survey_database(look.ground, nobody, look.address)
    with pytest.raises(NotAllowed):
        plan_connection(look.ground, nobody, look.address, [])


def test_a_database_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(FeedUnavailable, match="the database file gone"):
        _look(f"sqlite:///{tmp_path / 'gone.db'}", tmp_path / "board")


@pytest.fixture
def orders_by_day(database_url: str) -> str:
    """Orders that know days only."""
    _run(
        database_url,
        "CREATE TABLE orders (order_id integer PRIMARY KEY, shop text, order_date date, "
        "required_date date, delivery_date date, quantity integer, modified timestamp)",
        *(
            f"INSERT INTO orders VALUES ({n}, 'A', '{day}', '{day + timedelta(3)}', "
            f"'{day + timedelta(2 + n % 3)}', 2, '{day} 12:00:00')"
            for n, day in ((n, date(2026, 1, 1) + timedelta(n % 20)) for n in range(60))
        ),
    )
    return database_url


def test_days_stay_the_days_they_are_west_of_greenwich(orders_by_day: str, tmp_path: Path) -> None:
    look = _look(orders_by_day, tmp_path / "board", zone="America/New_York")
    offer = look.offer("orders")
    assert (Clock.DATE, False) == (offer.contract.clock, offer.asks_clock)
    look.connect(offer)
    assert ("published", 60, 60) == _refreshed(look)["deliveries"]
    assert {"a": (40, 60)} == _sums(look, "otd")


def test_days_beside_moments_are_pointed_out(orders_by_day: str, tmp_path: Path) -> None:
    _run(orders_by_day, "ALTER TABLE orders ADD COLUMN delivered_at timestamp")
    _run(orders_by_day, "UPDATE orders SET delivered_at = '2026-01-09 10:00:00'")
    offer = _look(orders_by_day, tmp_path / "board").offer("orders")
    assert any("required_date" in each and "moments" in each for each in offer.notes)


def test_local_times_are_asked_about_and_written(look: Look) -> None:
    assert look.offer("zendesk_export").asks_clock
    local = look.offer("zendesk_export", clock=Clock.LOCAL)
    assert Clock.LOCAL is local.contract.clock
    assert "opened_at says no time zone; it is read as local time." in local.notes


UNUSUAL = (
    "CREATE SCHEMA crm",
    "CREATE TYPE crm.kind AS ENUM ('question', 'complaint', 'incident')",
    "CREATE TYPE crm.desk AS ENUM ('North', 'South')",
    "CREATE TABLE crm.tickets (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), desk crm.desk, "
    "created timestamptz, updated timestamptz, type crm.kind, result varchar(20), "
    "wait_seconds numeric(8,2), handle_seconds bigint, solved smallint, reopened boolean, tags jsonb)",
    "INSERT INTO crm.tickets (desk, created, updated, type, result, wait_seconds, handle_seconds, "
    "solved, reopened, tags) SELECT (ARRAY['North','South'])[1 + i % 2]::crm.desk, "
    "timestamptz '2026-03-01 12:00+00' - i * interval '37 minutes', "
    "timestamptz '2026-03-01 12:00+00' - i * interval '37 minutes', "
    "(CASE WHEN i % 50 = 0 THEN 'incident' ELSE 'question' END)::crm.kind, 'answered', i % 100, "
    "5000000000, 1, i % 9 = 0, '{}' FROM generate_series(1, 500) i",
)


@pytest.mark.postgres
def test_postgresqls_own_types_are_connected_and_read(postgres_url: str, tmp_path: Path) -> None:
    _run(postgres_url, *UNUSUAL)
    look = _look(postgres_url, tmp_path / "board", schema="crm")
    fit = look.fit("tickets")
    assert ("", "tags" in {each.name for each in fit.facts.columns}) == (
        *(fit.columns.get("handle_seconds", ""), False),
    )
    offer = look.offer("tickets")
    assert ("crm.tickets", 10, False) == (
        *(offer.contract.table, offer.verdict.rejected, offer.asks_clock),
    )
    look.connect(offer)
    assert {"contacts": ("published", 500, 490)} == _refreshed(look)
    kept = [i for i in range(1, 501) if i % 50]
    assert {
        desk: (float(sum(i % 100 for i in kept if i % 2 == odd)), sum(i % 2 == odd for i in kept))
        for desk, odd in (("north", 0), ("south", 1))
    } == _sums(look, "asa")


@pytest.mark.postgres
def test_an_unknown_schema_is_refused_with_those_there_are(
    postgres_url: str, tmp_path: Path
) -> None:
    _run(postgres_url, "CREATE SCHEMA crm")
    with pytest.raises(CallboardError, match="found 'crn'; expected one of crm, public"):
        _look(postgres_url, tmp_path / "board", schema="crn")


@pytest.mark.postgres
def test_a_table_that_may_not_be_read_is_told_beside_the_others(
    postgres_url: str, tmp_path: Path
) -> None:
    _run(
        postgres_url,
        "CREATE TABLE a (x int)",
        "CREATE TABLE b (x int)",
        "GRANT SELECT ON b TO PUBLIC",
    )
    nobody = {"options": "-c role=pg_monitor"}  # a role of PostgreSQL's own, without any table
    url = sa.make_url(postgres_url).update_query_dict(nobody).render_as_string(hide_password=False)
    survey = _look(url, tmp_path / "board").survey
    assert {"a": "the database user may not read the table."} == survey.unreadable
    assert ["b"] == [each.facts.table.name for each in survey.choices]
