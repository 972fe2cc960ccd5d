"""The gate's verdict on a benchmark file, kept as a run of its contract like that of any feed."""

from dataclasses import replace
from datetime import datetime

from callboard.access import Actor
from callboard.services.publishing.files import Examined
from callboard.storage.engine import Connection
from callboard.storage.runs import RunRow, RunVerdict, record_contract, record_run
from data_contracts.evidence import DatasetEvidence, GateVerdict
from data_contracts.gate import judge_run


def judge_evidence(examined: Examined) -> GateVerdict:
    """Let the engine judge what the contract's checks found in a file that can be read.

    A file has no slices: the share that may be kept out of one is that of the file.
    """
    report, contract = examined.report, examined.contract
    return judge_run(
        replace(contract, max_feed_quarantine_share=contract.max_quarantine_share),
        report.evidence,
        DatasetEvidence(rows_in=report.rows_in, rows_quarantined=report.quarantined),
    )


def keep_run(
    connection: Connection,
    examined: Examined,
    verdict: GateVerdict,
    *,
    actor: Actor,
    at: datetime,
    publication: int | None,
) -> None:
    """Keep the run, every rule's result, the engine's own document and the contract's text."""
    report, contract = examined.report, examined.contract
    record_contract(
        connection,
        feed=contract.feed,
        version=contract.version,
        sha256=contract.sha256,
        document=examined.contract_text,
        at=at,
    )
    row = RunRow(
        feed=contract.feed,
        contract_sha256=contract.sha256,
        started_at=at,
        finished_at=at,
        duration_ms=0,
        triggered_by=actor.id,
        rows_in=report.rows_in,
        rows_used=report.published if publication else 0,
        rows_quarantined=report.quarantined,
        verdict=RunVerdict.PUBLISHED if publication else RunVerdict.WITHHELD,
        reasons=verdict.reasons,
        publication=publication,
        engine=verdict.engine,
        document=verdict.document,
    )
    record_run(connection, row, verdict.results)
