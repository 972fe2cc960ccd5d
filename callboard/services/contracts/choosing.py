"""Which contract is meant: by the name of a feed, by a file, or by the runs it judged."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from callboard.errors import CallboardError, DefinitionError
from callboard.storage.contract_texts import read_contract_text
from callboard.storage.engine import Connection
from callboard.storage.runs import RunRow
from data_contracts.catalogue import SUFFIX, read_contract
from data_contracts.model import Contract
from definition_files import nearest


def contract_of(known: Mapping[str, Contract], feed: str) -> Contract:
    """Return the contract of a connected feed; CallboardError where there is none so called."""
    if feed not in known:
        raise CallboardError(f"There is no feed {feed!r}. {nearest(feed, known)}".rstrip())
    return known[feed]


def chosen_contracts(
    known: Mapping[str, Contract], feed: str, *, path: Path | None
) -> Sequence[Contract]:
    """Return the contract in `path`, else that of `feed`, else all that are known.

    DefinitionError where the file cannot be read; CallboardError where it is of another feed.
    """
    if path is not None:
        found, problems = read_contract(path)
        if found is None:
            raise DefinitionError(problems)
        if feed not in ("", found.feed):
            raise CallboardError(f"{path} is the contract of {found.feed}, not of {feed}.")
        return (found,)
    return (contract_of(known, feed),) if feed else tuple(known.values())


def kept_contracts(conn: Connection, rows: Sequence[RunRow]) -> dict[str, Contract | None]:
    """The contracts that runs were judged by; None where it cannot be read any more."""
    found: dict[str, Contract | None] = {}
    with TemporaryDirectory() as folder:
        for feed, sha256 in sorted({(row.feed, row.contract_sha256) for row in rows}):
            path = Path(folder) / f"{feed}{SUFFIX}"
            text = read_contract_text(conn, feed=feed, sha256=sha256)
            path.write_text(text, encoding="utf-8", newline="")
            found[sha256], _ = read_contract(path)
    return found
