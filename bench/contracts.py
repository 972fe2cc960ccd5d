"""What it costs to hold a feed to its contract, beside the same written by hand.

`frames` judges 100,000 and 1,000,000 contacts by 23 rules, parts good rows from bad ones, and lets
Great Expectations judge the counts, that of 12 touchpoints included; by hand the same rules are
numpy masks. `sqlite` and `postgresql` ask a feed of 1,000,000 contacts for the sums of its metrics,
with the evidence of all 35 rules and without any; by hand it is a query of the sums without rules.
One contact in a hundred is bad in `frames`. Run: python -m bench.contracts
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from bench.contact_events import CHOICES, COLUMNS, events, fill
from bench.refresh import NOW, Ground, ask, grounds, open_bench, split, warm_up, whole
from callboard.services.refreshing.question import ask_about
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.scan_plan import plan_days
from callboard.storage.feeds.table import find_table
from callboard.storage.feeds.watch import years_of
from data_contracts.catalogue import LIBRARY, SUFFIX, read_contract
from data_contracts.evidence import DatasetEvidence, Gate, SliceEvidence
from data_contracts.gate import judge_run
from data_contracts.masks import judge_rows
from data_contracts.model import Contract

SIZES = {100_000: 0.5, 1_000_000: 1.5}
JUDGED = ("contact_id", "touchpoint", "created_at", "updated_at", "channel", "region", "team")
JUDGED += ("kind", "topic", "outcome", "wait_seconds", "handle_seconds")
KNOWN = {"touchpoints": set(CHOICES["touchpoint"][0])}
MOST_TIMES = 1.3  # what the evidence may cost of a scan: goal
ROUNDS = 5
SLICES = tuple(
    SliceEvidence(
        gate=gate, touchpoint=f"place {n}", judged=30, broken=(date(2026, 11, 3),) * (n == 3)
    )
    for n in range(1, 13)
    for gate in Gate
)


def main() -> None:
    chosen = sys.argv[1:] or ["frames", "sqlite", "postgresql"]
    warm_up()
    if "frames" in chosen:
        measure_frames()
    for name in ("sqlite", "postgresql"):
        if name in chosen:
            with tempfile.TemporaryDirectory() as folder, grounds(name, Path(folder)) as ground:
                fill(ground.feed_url)
                measure_feed(ground, Path(folder))


def measure_frames() -> None:
    contract, frame = cut_contract(), contacts()
    print(f"{len(contract.checks)} rules over a frame, seconds of CPU, median of {ROUNDS}")
    for rows, goal in SIZES.items():
        part = frame.iloc[:rows].copy()
        assert split_by_hand(part) == hold(part, contract)
        hand = median(lambda part=part: split_by_hand(part), time.process_time)
        ours = median(lambda part=part: hold(part, contract), time.process_time)
        print(
            f"  {rows:>9,} rows: {ours:.2f} (goal {goal}), by hand {hand:.2f}: {ours / hand:.1f} x"
        )


def cut_contract() -> Contract:
    """The library's contacts with the rules of twelve columns."""
    contract, problems = read_contract(LIBRARY / f"contacts{SUFFIX}")
    assert contract is not None, problems
    return replace(
        contract, checks=tuple(each for each in contract.checks if each.column in JUDGED)
    )


def contacts() -> pd.DataFrame:
    """A million contacts, of which one in a hundred is bad in one of six ways."""
    frame = pd.DataFrame(list(events()), columns=list(COLUMNS))[list(JUDGED)]
    for name in ("created_at", "updated_at"):
        frame[name] = pd.to_datetime(frame[name])
    bad = np.arange(37, len(frame), 100)
    frame.loc[bad[0::6], "wait_seconds"] = -1.0
    frame.loc[bad[1::6], "kind"] = "whatever"
    frame.loc[bad[2::6], "created_at"] = None
    frame.loc[bad[3::6], "touchpoint"] = "the moon"
    frame.loc[bad[4::6], "contact_id"] = frame["contact_id"].iloc[bad[4::6] - 1].to_numpy()
    frame.loc[bad[5::6], "team"] = "t" * 61
    return frame


def hold(frame: pd.DataFrame, contract: Contract) -> int:
    """Masks, both parts of the rows, and the verdict on the run; how many rows are kept out."""
    judged = judge_rows(frame, contract.checks, known=KNOWN, now=NOW)
    good, bad = frame[~judged.quarantined], frame[judged.quarantined]
    dataset = DatasetEvidence(
        rows_in=len(frame), rows_quarantined=len(bad), age=timedelta(hours=1), slices=SLICES
    )
    judge_run(contract, judged.evidence, dataset)
    return len(frame) - len(good)


def split_by_hand(frame: pd.DataFrame) -> int:
    """The same 23 rules as anybody would write them for this one table."""
    now = np.datetime64(NOW.replace(tzinfo=None))
    bad = frame["contact_id"].duplicated(keep=False).to_numpy().copy()
    for name in ("contact_id", "touchpoint", "created_at", "updated_at", "kind", "outcome"):
        bad |= frame[name].isna().to_numpy()
    for name, most in (("contact_id", 80), ("channel", 60), ("region", 60), ("team", 60)):
        bad |= (frame[name].str.len() > most).to_numpy()
    for name, high in (("wait_seconds", 14_400), ("handle_seconds", 86_400)):
        values = frame[name].to_numpy()
        bad |= (values < 0) | (values > high) | np.isinf(values)
    bad |= (frame["created_at"] > now).to_numpy()
    bad |= ~frame["kind"].isin(CHOICES["kind"][0]).to_numpy()
    bad |= ~frame["outcome"].isin(CHOICES["outcome"][0]).to_numpy()
    bad |= ~frame["touchpoint"].isin(CHOICES["touchpoint"][0]).to_numpy()
    flagged = (frame["topic"].str.len() > 120).to_numpy() | (frame["updated_at"] > now).to_numpy()
    good, kept_out = frame[~bad], frame[bad]
    assert not flagged.any()
    return len(kept_out) * (len(good) > 0)


def measure_feed(ground: Ground, folder: Path) -> None:
    asked = ask_about(open_bench(ground, folder, "unused").definitions, "contacts", NOW)
    plain = replace(asked, contract=replace(asked.contract, dimensions=()))
    print(f"{ground.name}: {len(asked.contract.checks)} rules in a scan, seconds of CPU, median")
    for name, question, by_hand in (
        ("three dimensions", asked, split(ground)),
        ("no dimension", plain, whole(ground)),
    ):
        bare = replace(question, contract=replace(question.contract, checks=()))
        ours = median(lambda q=question: scan(ground, q), ground.cpu, 3)
        alone = median(lambda q=bare: scan(ground, q), ground.cpu, 3)
        hand = median(lambda sql=by_hand: ask(ground, sql), ground.cpu, 3)
        print(
            f"  {name}: {ours:.2f}, without rules {alone:.2f}: {ours / alone:.2f} x "
            f"(goal {MOST_TIMES}); by hand, without rules {hand:.2f}: {ours / hand:.2f} x"
        )


def scan(ground: Ground, question: FeedQuestion) -> int:
    with read_feed(open_feed(ground.feed_url), "Contacts") as conn:
        table = find_table(conn, question.contract)
        assert table is not None
        plan = plan_days(table, question, years_of(conn, table, question), frozenset())
        found = conn.execution_options(stream_results=True).execute(plan.statement)
        return sum(len(batch) for batch in found.partitions(2_000))


def median(work: Callable[[], object], clock: Callable[[], float], rounds: int = ROUNDS) -> float:
    taken = []
    for _ in range(rounds):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
