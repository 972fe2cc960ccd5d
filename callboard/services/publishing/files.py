"""A benchmark file judged in its workspace and compared: check, diff and publish begin here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from callboard.access import Scope
from callboard.errors import DefinitionError
from callboard.services.naming.holding import aliases_of, as_it_stands
from callboard.services.naming.renaming import with_names
from callboard.services.publishing.asking import Ask, Mode
from callboard.services.publishing.columns import columns_of
from callboard.services.publishing.counting import columns_now
from callboard.services.publishing.diffing import Diff, are_published, compare
from callboard.services.publishing.judging import Sent
from callboard.services.publishing.knowing import known_of
from callboard.services.publishing.large_files import Tell, one_at_a_time
from callboard.services.publishing.returning import find_returned
from callboard.services.runtime import Runtime
from callboard.settings import Settings
from callboard.storage.benchmarks import Submission, SubmissionState, find_by_sha, latest_act
from callboard.storage.engine import Connection, snapshot
from callboard.storage.publications import latest_publication
from data_contracts.benchmarks import FileReport, Known
from data_contracts.benchmarks.progress import Progress
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.model import Contract
from data_contracts.parsing import Limits

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examined:
    """A file as it was asked for: its judgement, what it would change, and its twin.

    `twin` is the published submission of the same content, read alike. `returned` are rejected
    rows of earlier files that came back in this one: the submission of each by its hash. `known`
    is what it was judged by.
    """

    sent: Sent
    contract_text: str
    known: Known
    report: FileReport
    diff: Diff
    twin: Submission | None
    returned: Mapping[str, int]

    @property
    def ask(self) -> Ask:
        """What was asked of it."""
        return self.sent.ask

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return self.sent.sha256

    @property
    def contract(self) -> Contract:
        """What it was judged against."""
        return self.sent.contract

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.ask.name

    @property
    def rows(self) -> "pa.Table":
        """What it would publish, as columns."""
        return self.diff.rows


def examine(runtime: Runtime, scope: Scope, ask: Ask, *, tell: Tell | None = None) -> Examined:
    """Judge a file against the contract, the workspace and what is published now.

    A touchpoint outside the scope reads like one that there is not: its rows are quarantined.
    A large file waits until no other is being judged; `tell` hears how far it is.

    DefinitionError carries what is wrong with a workspace's own contract of benchmark files.
    """
    with one_at_a_time(len(ask.content), tell) as progress:
        return _examine(runtime, scope, ask, progress)


def _examine(runtime: Runtime, scope: Scope, ask: Ask, progress: Progress | None) -> Examined:
    path = _contract_path(runtime.settings)
    text = path.read_text(encoding="utf-8")
    sent = Sent(
        ask=ask,
        sha256=hashlib.sha256(ask.content).hexdigest(),
        contract=_read(path, text),
        limits=limits_of(runtime.settings),
    )
    with snapshot(runtime.store) as connection:
        known = _known(connection, runtime, scope)
        report = sent.judge(
            known,
            now=runtime.clock.now("UTC"),
            act=latest_act(connection),
            progress=progress,
        )
        return Examined(
            sent=sent,
            contract_text=text,
            known=known,
            report=report,
            diff=_compare(connection, runtime, scope, ask, columns_of(report.rows)),
            twin=find_twin(connection, sent.sha256, ask.answers_sha),
            returned=find_returned(connection, sent, report),
        )


def _known(connection: Connection, runtime: Runtime, scope: Scope) -> Known:
    """What the workspace and the store know, asked again only of rows that look odd together."""
    aliases = aliases_of(runtime, connection)
    definitions = as_it_stands(runtime, connection).definitions

    def ask(rows: pd.DataFrame) -> NDArray[np.bool_]:
        table = columns_of(rows)
        metrics = table["metric"].unique().to_pylist()
        current = columns_now(connection, metrics=metrics)
        return are_published(table, with_names(current, aliases))

    known = known_of(connection, definitions, scope, aliases=aliases)
    return replace(known, are_published=ask)


def compare_again(
    connection: Connection, runtime: Runtime, scope: Scope, examined: Examined
) -> Examined:
    """Return the same file against what is published by now."""
    diff = _compare(connection, runtime, scope, examined.ask, examined.rows)
    return replace(examined, diff=diff)


def _compare(
    connection: Connection, runtime: Runtime, scope: Scope, ask: Ask, rows: "pa.Table"
) -> Diff:
    is_whole = ask.mode is Mode.PUBLISHER
    metrics = None if is_whole else rows["metric"].unique().to_pylist()
    return compare(
        rows,
        with_names(columns_now(connection, metrics=metrics), aliases_of(runtime, connection)),
        mode=ask.mode,
        metrics=dict(runtime.definitions.metrics),
        touchpoints=scope.touchpoints,
        base=latest_publication(connection),
    )


def find_twin(connection: Connection, sha256: str, answers_sha: str) -> Submission | None:
    """Return the published submission with the same content, read alike, if there is one."""
    return next(
        (
            each
            for each in find_by_sha(connection, sha256)
            if each.state is SubmissionState.PUBLISHED and each.answers_sha == answers_sha
        ),
        None,
    )


def _contract_path(settings: Settings) -> Path:
    """The workspace's own contract of benchmark files, else the library's."""
    own = settings.workspace / "data_contracts" / f"{BENCHMARKS}{SUFFIX}"
    return own if own.exists() else LIBRARY / f"{BENCHMARKS}{SUFFIX}"


@lru_cache(maxsize=8)
def _read(path: Path, text: str) -> Contract:  # noqa: ARG001 - the text is the key of the cache
    contract, problems = read_contract(path, shown_as=f"data_contracts/{path.name}")
    if contract is None:
        raise DefinitionError(problems)
    return contract


def limits_of(settings: Settings) -> Limits:
    """Return how much of a file is looked at."""
    return Limits(
        size=settings.max_upload_mb * _MEGABYTE,
        rows=settings.max_upload_rows,
        columns=settings.max_upload_columns,
    )
