import pytest

from callboard.access import LOCAL_USER
from callboard.errors import NotAllowed
from callboard.services.publishing.benchmarks import publish, withdraw
from callboard.services.publishing.values import COLUMNS, list_values
from callboard.services.runtime import Runtime
from tests.workspaces.filling import MOMENT, open_workspace
from tests.workspaces.places import DEMO


@pytest.fixture
def published(tmp_path_factory: pytest.TempPathFactory) -> Runtime:
    runtime = open_workspace(DEMO, tmp_path_factory.mktemp("home"), now=MOMENT)
    content = (DEMO / "benchmarks" / "to_try.csv").read_bytes()
    publish(runtime, LOCAL_USER, name="to_try.csv", content=content)
    return runtime


def test_the_good_rows_of_a_published_file_are_listed_with_their_passport(
    published: Runtime,
) -> None:
    values = list_values(published, LOCAL_USER)
    assert 6 == len(values)
    first = values[0]
    assert ("fcr", "Larkspur Home", 70.2, 24_100) == (
        first.metric,
        first.entity,
        first.value,
        first.sample_size,
    )
    assert "Quarterly service review (synthetic)" == first.source_name
    assert "metric" == COLUMNS[0]


def test_one_metric_alone_can_be_listed(published: Runtime) -> None:
    assert {"sla_met"} == {
        each.metric for each in list_values(published, LOCAL_USER, metric="sla_met")
    }
    with pytest.raises(NotAllowed, match="no metric 'fcrr'"):
        list_values(published, LOCAL_USER, metric="fcrr")


def test_what_is_withdrawn_counts_no_more(published: Runtime) -> None:
    withdraw(published, LOCAL_USER, submission=1)
    assert () == list_values(published, LOCAL_USER)
