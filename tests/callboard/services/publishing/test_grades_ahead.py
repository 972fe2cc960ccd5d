"""What a preview says of grades is what the published values get."""

from collections import Counter

from callboard.access import LOCAL_USER
from callboard.services.comparing.comparability import judge_benchmark
from callboard.services.publishing import benchmarks as publishing
from callboard.services.publishing.asking import Ask
from callboard.storage.benchmarks import read_current
from callboard.storage.engine import snapshot
from callboard.views import GradeAhead
from data_contracts.importing.answers import Answers
from tests.callboard.services.small_world import SmallWorld

HEADER = (
    "metric,entity,statistic,value,unit,period_start,period_end,source_name,"
    "method,published_on,sample_size\n"
)
ROW = "otd,{},{},91.5,percent,2026-10-01,2026-10-31,Delivery Watch,{},{},{}\n"


def content(*rows: tuple[str, str, str, str, str]) -> bytes:
    return (HEADER + "".join(ROW.format(*each) for each in rows)).encode()


def look(world: SmallWorld, file: bytes, **constants: str) -> GradeAhead:
    ask = Ask(name="q3.csv", content=file, answers=Answers(constants=constants))
    (grades,) = publishing.check_file(world.runtime, LOCAL_USER, ask=ask).grades
    return grades


def test_what_is_said_for_all_rows_lifts_the_grade(world: SmallWorld) -> None:
    file = content(("Alder", "value", "", "", ""), ("Birch", "value", "", "", ""))
    before = look(world, file)
    assert ({"B": 2}, "B") == (before.counts, before.grade)
    assert before.advice.startswith("say the method")
    assert before.advice.endswith("to reach A, if the method is as ours")
    told = {"method": "system", "published_on": "2026-11-05"}
    after = look(world, file, **told)
    assert ("n unknown", "say the sample size to reach A") == (after.why, after.advice)
    assert {"A": 2} == look(world, file, sample_size="1200", **told).counts


def test_what_no_passport_mends_has_no_advice(world: SmallWorld) -> None:
    grades = look(world, content(("Alder", "median", "system", "2026-11-05", "1200")))
    assert ({"C": 1}, "") == (grades.counts, grades.advice)
    assert "it is a median" in grades.why


def test_values_are_graded_ahead_as_they_are_once_published(world: SmallWorld) -> None:
    file = content(
        ("Alder", "value", "system", "2026-11-05", "1200"),
        ("Birch", "value", "survey", "2026-11-05", "300"),
        ("Cedar", "median", "", "", ""),
        ("Dogwood", "p90", "", "", "5"),
    )
    ahead = look(world, file)
    publishing.publish(world.runtime, LOCAL_USER, name="q3.csv", content=file)
    today = world.runtime.clock.today(world.runtime.workspace.time_zone)
    with snapshot(world.runtime.store) as connection:
        rows = read_current(connection)
    judged = [judge_benchmark(each, world.runtime.definitions, today=today) for each in rows]
    assert Counter(each.graded.grade.value for each in judged) == Counter(ahead.counts)
