"""Targets from a file: every line is told what is wrong with it, and all are set or none."""

import csv
import io

import pytest

from callboard.access import LOCAL_USER, Actor, Role
from callboard.errors import CallboardError, NotAllowed
from callboard.services.promising.target_files import apply_file, check_file, targets_csv
from callboard.services.promising.targets import list_targets
from callboard.storage.engine import snapshot
from callboard.storage.publications import latest_publication
from callboard.views import TargetFile
from metrics.model import Grain
from tests.callboard.services.small_world import SmallWorld, week_rows

HEADER = "touchpoint,metric,value,from,until,reason\n"
GOOD = (
    "delivery,otd,97.5,2027-01-01,,New contract\n"
    "desk,abandon,4,2027-01-01,2027-06-30,Half a year\n"
    "delivery,otd,95,2026-11-10,2026-11-30,As it is\n"
)
BAD = [
    ("delivery,otd,101,2027-01-01,,x", "cannot be 101.0 %"),
    ("delivery,otd,much,2027-01-01,,x", "Found 'much'; expected a plain number"),
    ("delivery,otd,90,01/02/2027,,x", "Found '01/02/2027'; expected a day"),
    ("delivery,otd,90,2026-12-01,2026-12-05,", "Say why"),
    ("delivry,otd,90,2027-01-01,,x", "There is no touchpoint 'delivry'"),
    ("delivery,otdd,90,2027-01-01,,x", "There is no metric 'otdd'"),
    ("depot,otd,90,2027-01-01,,x", "is not measured at Depot"),
]


def check(world: SmallWorld, text: str) -> TargetFile:
    return check_file(world.runtime, LOCAL_USER, content=text.encode())


def apply(world: SmallWorld, text: str, **more) -> TargetFile:
    return apply_file(world.runtime, LOCAL_USER, content=text.encode(), **more)


def publication(world: SmallWorld) -> int:
    with snapshot(world.runtime.store) as connection:
        return latest_publication(connection)


def test_a_dry_run_tells_each_line_what_it_would_do(world: SmallWorld) -> None:
    found = check(world, HEADER + GOOD)
    assert "3 lines: 2 would be set, 1 promised already." == found.sentence
    assert [(2, True), (3, True), (4, False)] == [(each.line, each.is_new) for each in found.lines]
    assert "97.5 %, from 1 Jan 2027 on." == found.lines[0].sentence
    assert found.can_be_applied
    assert 0 == publication(world)


def test_a_file_is_applied_with_one_act_a_line_and_again_it_changes_nothing(
    world: SmallWorld,
) -> None:
    assert "2 targets set from the file." == apply(world, HEADER + GOOD).sentence
    told = [
        (each.metric, each.value, each.reason) for each in list_targets(world.runtime, LOCAL_USER)
    ]
    assert [("otd", 97.5, "New contract"), ("abandon", 4.0, "Half a year")] == told
    assert not check(world, HEADER + GOOD).can_be_applied
    with pytest.raises(CallboardError, match="3 promised already"):
        apply(world, HEADER + GOOD)


@pytest.mark.parametrize(("line", "words"), BAD, ids=[words for _, words in BAD])
def test_a_wrong_line_says_why_and_keeps_the_whole_file_out(
    world: SmallWorld, line: str, words: str
) -> None:
    text = f"{HEADER}{GOOD}{line}\n"
    (wrong,) = [each for each in check(world, text).lines if each.is_refused]
    assert (5, True) == (wrong.line, words in wrong.sentence)
    with pytest.raises(CallboardError, match=r"1 wrong\. Nothing was changed"):
        apply(world, text)
    assert (0, ()) == (publication(world), list_targets(world.runtime, LOCAL_USER))


def test_days_of_one_metric_that_overlap_are_refused_with_the_other_line(
    world: SmallWorld,
) -> None:
    found = check(world, HEADER + GOOD + "delivery,otd,96,2027-05-01,,Later\n")
    assert "Its days overlap those of line 2. Keep one of the two." == found.lines[-1].sentence
    assert not found.can_be_applied


def test_columns_come_in_any_order_with_other_names_beside_them(world: SmallWorld) -> None:
    text = "Reason;metric;note;from;value;touchpoint\nNew;otd;?;2027-01-01;;delivery\n"
    (line,) = check(world, text).lines
    assert "No target, from 1 Jan 2027 on." == line.sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cannot be read: found 0 bytes"),
        (b"touchpoint,metric\n", "lacks the columns value, from, reason"),
        (HEADER.encode(), "a header and no line"),
        (HEADER.encode() + b"a,b,1,2027-01-01,,x\n" * 501, "more than 500 lines"),
        (b"x" * 1_000_001, "expected 1,000,000 or fewer"),
    ],
    ids=["empty", "columns", "header", "long", "large"],
)
def test_what_is_no_file_of_targets_is_refused(
    world: SmallWorld, content: bytes, words: str
) -> None:
    with pytest.raises(CallboardError, match=words):
        check_file(world.runtime, LOCAL_USER, content=content)


def test_weeks_that_are_over_are_judged_anew_only_where_that_is_said(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90.0 + week % 3, 100.0) for week in range(20)]))
    text = HEADER + "delivery,otd,80,2026-11-02,,Agreed late\n"
    assert "2 weeks that are over are judged anew" in check(world, text).lines[0].sentence
    with pytest.raises(CallboardError, match="Line 2: 2 weeks"):
        apply(world, text)
    assert 1 == len(apply(world, text, is_anew=True).lines)


def test_what_was_exported_can_be_given_back_and_changes_nothing(world: SmallWorld) -> None:
    world.reach()
    world.add(week_rows("otd", "delivery", [(90.0, 100.0)] * 20))
    apply(world, HEADER + "delivery,otd,97.5,2026-11-20,,=cmd|' /C calc'!A0\n")
    content = targets_csv(world.runtime, LOCAL_USER, grain=Grain.WEEK)
    (told,) = csv.DictReader(io.StringIO(content.decode()))
    assert ("97.5", "2026-11-20", "local") == (told["value"], told["from"], told["said_by"])
    assert told["reason"].startswith("'=cmd")
    found = check_file(world.runtime, LOCAL_USER, content=content)
    assert "1 line: 0 would be set, 1 promised already." == found.sentence


def test_a_file_is_not_for_everybody(world: SmallWorld) -> None:
    analyst = Actor(id="ana", name="Ana", roles=frozenset({Role.ANALYST}))
    with pytest.raises(NotAllowed, match="Ana may not set targets"):
        check_file(world.runtime, analyst, content=HEADER.encode())
