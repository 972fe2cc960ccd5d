"""What a workspace and the library give together, and every problem at once."""

import re
from datetime import date
from pathlib import Path

import pytest

from callboard.services.defining.definitions import Definitions, load_definitions
from callboard.settings import Settings, load_settings
from definition_files import Problem
from metrics.catalogue import LIBRARY
from tests.callboard.services.small_world import make_workspace


def _settings(tmp_path: Path, **environment: str) -> Settings:
    folder = tmp_path / "workspace"
    if not folder.exists():
        make_workspace(folder)
    return load_settings({"CALLBOARD_WORKSPACE": str(folder), **environment})


def _edit(settings: Settings, name: str, old: str, new: str) -> None:
    path = settings.workspace / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def _load(settings: Settings) -> Definitions:
    definitions, problems = load_definitions(settings)
    assert [] == problems
    assert definitions is not None
    return definitions


def _problems(settings: Settings) -> list[Problem]:
    definitions, problems = load_definitions(settings)
    assert definitions is None
    return problems


def test_only_metrics_of_connected_feeds_are_on(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _edit(settings, "workspace.yaml", "metrics: [abandon", "holidays: []\n#: [abandon")
    definitions = _load(settings)
    assert {"abandon", "otd", "nps"} <= set(definitions.metrics)
    assert "not connected: hours_worked, safety_incidents" == definitions.off["trir"]


def test_a_listed_metric_alone_is_on(tmp_path: Path) -> None:
    definitions = _load(_settings(tmp_path))
    assert "fcr" not in definitions.metrics
    assert "fcr" in definitions.off


def test_names_in_addresses_come_from_the_environment(tmp_path: Path) -> None:
    settings = _settings(tmp_path, CALLBOARD_HOME=str(tmp_path / "home"), DB_PASSWORD="s3cret")
    _edit(
        settings, "workspace.yaml", "{main: ", '{other: "postgresql://u:${DB_PASSWORD}@h/d", main: '
    )
    definitions = _load(settings)
    assert f"sqlite:///{tmp_path}/home/feeds.db" == definitions.databases["main"]
    assert "postgresql://u:s3cret@h/d" == definitions.databases["other"]
    assert "s3cret" not in repr(definitions)
    assert "s3cret" not in repr(settings)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _edit(
        settings, "workspace.yaml", "backlog: main, contacts: main", "backlog: mian, contact: main"
    )
    _edit(settings, "workspace.yaml", "[abandon", "[abandond")
    _edit(settings, "workspace.yaml", "feeds.db", "feeds.db?${NO_SUCH_NAME}")
    _edit(settings, "workspace.yaml", "[Alder", "[Small Stores, Alder")
    _edit(settings, "touchpoints/delivery.yaml", "[depot]", "[depott]")
    _edit(
        settings, "touchpoints/delivery.yaml", "metric: otd, value: 90", "metric: otdd, value: 90"
    )
    _edit(settings, "touchpoints/depot.yaml", "[backlog_open]", "[backlog_opn]")
    _edit(settings, "touchpoints/desk.yaml", "owner: Ada", "owner: Ada\ntime_zone: Europe/Londn")
    found = {(each.file, each.key): each for each in _problems(settings)}
    expected = {
        ("workspace.yaml", "feeds"): "Did you mean 'contacts'?",
        ("workspace.yaml", "feeds.backlog"): "Did you mean 'main'?",
        ("workspace.yaml", "metrics"): "Did you mean 'abandon'?",
        ("workspace.yaml", "databases.main"): "",
        ("workspace.yaml", "peer_sets.Near us"): "",
        ("touchpoints/delivery.yaml", "depends_on"): "Did you mean 'depot'?",
        ("touchpoints/delivery.yaml", "targets.0.metric"): "Did you mean 'otd'?",
        ("touchpoints/depot.yaml", "metrics"): "Did you mean 'backlog_open'?",
        ("touchpoints/desk.yaml", "time_zone"): "Did you mean 'Europe/London'?",
    }
    assert expected == {where: found[where].suggestion for where in expected if where in found}


def test_a_wrong_word_in_the_workspace_does_not_hide_what_is_wrong_elsewhere(
    tmp_path: Path,
) -> None:
    settings = _settings(tmp_path)
    _edit(settings, "workspace.yaml", "Europe/London", "Europe/Lodnon")
    _edit(settings, "workspace.yaml", "ourselves:", "ourself:")
    _edit(settings, "touchpoints/depot.yaml", "[backlog_open]", "[backlog_opn]")
    found = {(each.file, each.key): each.suggestion for each in _problems(settings)}
    assert {
        ("workspace.yaml", "time_zone"): "Did you mean 'Europe/London'?",
        ("workspace.yaml", "ourself"): "Did you mean 'ourselves'?",
        ("workspace.yaml", "ourselves"): "",
        ("touchpoints/depot.yaml", "metrics"): "Did you mean 'backlog_open'?",
    } == found


@pytest.mark.parametrize("old", ["databases:", "feeds:", "metrics:", "peer_sets:"])
def test_what_refers_to_a_misspelt_key_is_not_called_wrong(tmp_path: Path, old: str) -> None:
    settings = _settings(tmp_path)
    _edit(settings, "workspace.yaml", old, old.replace("s:", "z:"))
    assert {"workspace.yaml"} == {each.file for each in _problems(settings)}
    assert [old.replace("s:", "z")] == [each.key for each in _problems(settings)]


@pytest.mark.parametrize("key", ["pillar: Delivery", "key: Courtesy"])
def test_a_pillar_or_key_is_one_of_the_workspaces(tmp_path: Path, key: str) -> None:
    settings = _settings(tmp_path)
    library = Path("metrics/definitions/abandon.yaml").read_text()
    (settings.workspace / "metrics").mkdir()
    (settings.workspace / "metrics" / "abandon.yaml").write_text(library.replace(key, f"{key}x"))
    (problem,) = _problems(settings)
    assert ("metrics/abandon.yaml", key.split(":", maxsplit=1)[0]) == (problem.file, problem.key)


def _without_column(settings: Settings) -> None:
    """An own contract for contacts that promises no waiting time."""
    library = Path("data_contracts/definitions/contacts.odcs.yaml").read_text()
    (settings.workspace / "data_contracts").mkdir()
    (settings.workspace / "data_contracts" / "contacts.odcs.yaml").write_text(
        library.replace("name: wait_seconds", "name: waited").replace(
            "id: contacts\n", "id: contacts\nservers:\n  - {server: main, type: custom}\n", 1
        )
    )


def test_a_column_that_no_contract_promises_is_a_problem_for_a_metric_asked_for(
    tmp_path: Path,
) -> None:
    settings = _settings(tmp_path)
    _without_column(settings)
    problems = _problems(settings)
    assert {("feed contacts", "the unknown column 'wait_seconds'")} == {
        (each.key, each.found) for each in problems
    }


def test_it_only_turns_off_a_library_metric_that_nobody_asked_for(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _without_column(settings)
    _edit(settings, "workspace.yaml", "metrics: [abandon", "holidays: []\n#: [abandon")
    definitions = _load(settings)
    assert "not promised by the feed's contract: contacts.wait_seconds" == definitions.off["asa"]
    assert "complaints" in definitions.metrics


def test_a_contract_of_the_workspace_wins_over_the_librarys(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    library = Path("data_contracts/definitions/deliveries.odcs.yaml").read_text()
    (settings.workspace / "data_contracts").mkdir()
    (settings.workspace / "data_contracts" / "deliveries.odcs.yaml").write_text(
        library.replace("physicalName: deliveries", "physicalName: parcels").replace(
            "id: deliveries\n",
            "id: deliveries\nservers:\n  - {server: main, type: custom}\n",
            1,
        )
    )
    assert "parcels" == _load(settings).contracts["deliveries"].table


def test_the_target_of_a_day_is_the_touchpoints_before_the_metrics(tmp_path: Path) -> None:
    definitions = _load(_settings(tmp_path))
    days = [date(2019, 12, 31), date(2026, 11, 1), date(2026, 11, 2)]
    assert [None, 90.0, 95.0] == [definitions.file_target("delivery", "otd", day) for day in days]


INDEX = """\
metric: care_index
name: Care index
question: How well do we care?
pillar: Listening
key: Courtesy
better: higher
unit: points
form: composite
components:
  - {metric: abandon, weight: 1, better: lower, transform: min_max, range: [0, 20]}
  - {metric: nps, weight: 1, better: higher, transform: min_max, range: [-100, 100]}
rationale: Both alike.
"""


def _add_index(settings: Settings, text: str = INDEX) -> None:
    (settings.workspace / "metrics").mkdir(exist_ok=True)
    (settings.workspace / "metrics" / "care_index.yaml").write_text(text)


def test_a_composite_needs_its_components_on_the_list_too(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _add_index(settings)
    _edit(settings, "workspace.yaml", "metrics: [abandon,", "metrics: [care_index,")
    (problem,) = _problems(settings)
    assert ("metrics/care_index.yaml", "components.0.metric") == (problem.file, problem.key)
    assert "Add 'abandon' to 'metrics' in workspace.yaml." == problem.suggestion


def test_a_composite_is_off_with_any_of_its_components(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _add_index(
        settings, INDEX.replace("metric: nps", "metric: trir").replace("higher, t", "lower, t")
    )
    _edit(settings, "workspace.yaml", "metrics: [abandon", "holidays: []\n#: [abandon")
    assert "not connected: hours_worked, safety_incidents" == _load(settings).off["care_index"]


def test_a_touchpoint_lists_a_composite_beside_its_components(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _add_index(settings)
    _edit(settings, "workspace.yaml", "metrics: [abandon,", "metrics: [care_index, abandon,")
    _edit(settings, "touchpoints/depot.yaml", "[backlog_open]", "[care_index, abandon]")
    (problem,) = _problems(settings)
    assert ("touchpoints/depot.yaml", "metrics") == (problem.file, problem.key)
    assert "'care_index' without nps, of which it is made" == problem.found


def test_a_composite_does_not_outlive_its_components(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _add_index(settings)
    _edit(settings, "workspace.yaml", "metrics: [abandon,", "metrics: [care_index, abandon,")
    text = (LIBRARY / "abandon.yaml").read_text()
    (settings.workspace / "metrics" / "abandon.yaml").write_text(text + "retired: 2027-01-01\n")
    (problem,) = _problems(settings)
    assert "'abandon', which is retired on 2027-01-01" == problem.found


def test_the_store_is_a_database_that_no_file_tells_the_address_of(tmp_path: Path) -> None:
    settings = _settings(tmp_path, CALLBOARD_STORE_URL="postgresql://u:s3cret@h/store")
    _edit(settings, "workspace.yaml", "contacts: main", "contacts: main, contract_runs: store")
    definitions = _load(settings)
    assert "store" == definitions.contracts["contract_runs"].server
    assert "postgresql://u:s3cret@h/store" == definitions.databases["store"]
    assert "s3cret" not in repr(definitions)


def test_no_other_database_is_called_as_the_store_is(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _edit(settings, "workspace.yaml", "{main: ", '{store: "sqlite:///shop.db", main: ')
    (problem,) = _problems(settings)
    assert ("workspace.yaml", "databases.store", "the name of Callboard's own store") == (
        problem.file,
        problem.key,
        problem.found,
    )


ALERTS = """\
alerts:
  - {alert: late, name: Late, when: target, metrics: [otdd], touchpoints: [depo], channels: [ops]}
  - {alert: late, name: Late again, when: concern, by: 2}
"""


def test_an_alert_names_what_there_is_and_says_only_what_it_uses(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    _edit(settings, "workspace.yaml", "peer_sets:", f"{ALERTS}peer_sets:")
    (problem,) = _problems(settings)
    assert "alerts.1.by" == problem.key
    _edit(settings, "workspace.yaml", ", by: 2", "")
    assert [
        "alerts.0.metrics",
        "alerts.0.touchpoints",
        "alerts.0.channels",
        "alerts.1.alert",
    ] == [each.key for each in _problems(settings)]


def test_a_metric_trades_with_metrics_there_are_and_not_with_itself(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    library = (LIBRARY / "otd.yaml").read_text()
    own = settings.workspace / "metrics" / "otd.yaml"
    own.parent.mkdir()
    own.write_text(re.sub("trades_with: .*", "trades_with: [returnz, otd, fcr]", library))
    found = {each.found: each.suggestion for each in _problems(settings)}
    assert {
        "the unknown metric 'returnz'": "Did you mean 'returns'?",
        "the unknown metric 'otd'": "",
    } == found
