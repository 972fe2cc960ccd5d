"""A contract as a plain Great Expectations suite, and the proof that it counts what we count."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import pandas as pd

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.contracts.choosing import contract_of
from callboard.services.refreshing.question import ask_about
from callboard.services.runtime import Runtime
from callboard.services.scopes import require_all_rows
from callboard.storage.feeds.engine import open_feed, read_feed
from callboard.storage.feeds.question import FeedQuestion
from callboard.storage.feeds.sampled_rows import newest_rows
from callboard.storage.feeds.table import find_table
from data_contracts.gate import run_suite
from data_contracts.gx_suite import suite_of, with_rows
from data_contracts.masks import judge_rows
from data_contracts.model import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A suite as a file holds it; `untold` says of rules that are not in it (by rule_id) why."""

    document: Mapping[str, Any]
    untold: Mapping[str, str]

    @property
    def text(self) -> str:
        """The file."""
        return json.dumps(self.document, ensure_ascii=False, indent=2) + "\n"

    @property
    def size(self) -> int:
        """How many expectations it holds."""
        return len(self.document["expectations"])


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCounts:
    """How many rows break a rule: by our own count, and by the engine's or why it has none."""

    rule_id: str
    description: str
    ours: int
    engine: int | str

    @property
    def is_alike(self) -> bool:
        """Whether both say the same."""
        return self.ours == self.engine


@dataclass(frozen=True, slots=True, kw_only=True)
class RowComparison:
    """Some rows judged twice, rule by rule.

    `absent` are rules of columns that the table does not have.
    """

    rows: int
    counts: tuple[RuleCounts, ...]
    absent: tuple[str, ...] = ()

    @property
    def different(self) -> tuple[RuleCounts, ...]:
        """The rules of which the two do not say the same."""
        return tuple(each for each in self.counts if not each.is_alike)


def read_suite(runtime: Runtime, actor: Actor, *, feed: str) -> Suite:
    """Return the suite of a feed's contract. CallboardError for a feed there is not."""
    require(actor, Action.READ_TRUST)
    return _suite(_asked(runtime, feed))


def compare_rows(runtime: Runtime, actor: Actor, *, feed: str, sample: int) -> RowComparison:
    """Judge the newest rows of a feed by the suite and by our own masks.

    Nothing is stored. CallboardError for a feed there is not, or without its table;
    FeedUnavailable where its database does not answer; NotAllowed for one who may not read all
    of its rows.
    """
    require_all_rows(actor)
    asked = _asked(runtime, feed)
    contract = asked.contract
    rows = _newest(runtime, asked, sample)
    judged = judge_rows(rows, contract.checks, known=asked.known, now=asked.latest)
    ours = {each.rule_id: each.failed for each in judged.evidence}
    engine: dict[str, int | str] = {}
    for part, typed in with_rows(_suite(asked).document, rows, contract):
        engine |= run_suite(part, typed)
    told = [each for each in contract.checks if each.rule_id in engine]
    there = [each for each in told if _columns(each) <= set(rows.columns)]
    return RowComparison(
        rows=len(rows),
        counts=tuple(
            RuleCounts(
                rule_id=each.rule_id,
                description=each.description,
                ours=ours[each.rule_id],
                engine=engine[each.rule_id],
            )
            for each in there
        ),
        absent=tuple(each.rule_id for each in told if each not in there),
    )


def _newest(runtime: Runtime, asked: FeedQuestion, limit: int) -> pd.DataFrame:
    contract = asked.contract
    url = runtime.definitions.databases[contract.server]
    with read_feed(open_feed(url), contract.name) as conn:
        table = find_table(conn, contract)
        if table is None or contract.time in table.absent:
            time = contract.column(contract.time).physical_name
            raise CallboardError(
                f"{contract.name}: found no table {contract.table} with the column {time}; "
                "expected both, to know which rows are the newest."
            )
        return newest_rows(conn, table, limit)


def _columns(check: Check) -> set[str]:
    where = check.where[0] if check.where else ""
    return {check.column, check.other, *check.columns, where} - {""}


def _asked(runtime: Runtime, feed: str) -> FeedQuestion:
    contract_of(runtime.definitions.contracts, feed)
    now = runtime.clock.now(runtime.workspace.time_zone).astimezone(UTC)
    return ask_about(runtime.definitions, feed, now)


def _suite(asked: FeedQuestion) -> Suite:
    contract = asked.contract
    suite, untold = suite_of(contract, known=asked.known, now=asked.latest)
    more = {"sha256": contract.sha256, "not_in_the_suite": dict(untold)}
    return Suite(document={**suite, "meta": suite["meta"] | more}, untold=untold)
