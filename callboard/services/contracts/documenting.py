"""The contracts of a workspace as pages for people: an index, and one page each."""

from collections.abc import Iterator
from pathlib import Path

from callboard.access import Action, Actor, require
from callboard.services.contracts.contract_page import (
    INDEX,
    ContractFacts,
    MetricFacts,
    contract_page,
    file_name,
    index_page,
)
from callboard.services.defining.formulas import formula_in_words
from callboard.services.refreshing.question import ask_about, metrics_of
from callboard.services.runtime import Runtime
from callboard.storage.engine import Connection, snapshot
from callboard.storage.feeds.definition_sql import metric_sql
from callboard.storage.runs import read_rule_results, read_runs
from data_contracts.model import Contract


def write_pages(runtime: Runtime, actor: Actor, *, folder: Path) -> tuple[Path, ...]:
    """Write the pages into `folder`, which is made where there is none, and return their paths.

    They hold what contracts and metrics say and what the last runs counted: no value of any row,
    no address of a database. OSError where the folder cannot be written to.
    """
    require(actor, Action.READ_TRUST)
    with snapshot(runtime.store) as conn:
        found = [_facts(runtime, conn, each) for each in runtime.definitions.contracts.values()]
    found.sort(key=lambda each: (each.contract.name, each.contract.feed))
    pages = {INDEX: index_page(runtime.workspace.name, found)}
    pages |= {file_name(each.contract.feed): contract_page(each) for each in found}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in pages)


def _facts(runtime: Runtime, conn: Connection, contract: Contract) -> ContractFacts:
    run = next(iter(read_runs(conn, feed=contract.feed, limit=1)), None)
    results = read_rule_results(conn, run.id) if run else ()
    return ContractFacts(
        contract=contract,
        zone=runtime.workspace.time_zone,
        run=run,
        results={each.rule_id: each for each in results if not each.slice_key},
        metrics=tuple(_metrics(runtime, contract)),
    )


def _metrics(runtime: Runtime, contract: Contract) -> Iterator[MetricFacts]:
    definitions = runtime.definitions
    asked = ask_about(definitions, contract.feed, runtime.clock.now())
    for metric in metrics_of(definitions, contract.feed):
        words = formula_in_words(metric)
        yield MetricFacts(
            name=metric.name,
            question=metric.question,
            formula=f"{words[:1].upper()}{words[1:]}.",
            sql=metric_sql(metric, asked, url=definitions.databases[contract.server]),
        )
