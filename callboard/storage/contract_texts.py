"""The texts of contracts, as they were when runs were judged by them."""

from sqlalchemy import Connection, select

from callboard.storage.tables import contract


def read_contract_text(conn: Connection, *, feed: str, sha256: str) -> str:
    """The text of a feed's contract with that hash; "" where it was not kept."""
    chosen = select(contract.c.document).where(contract.c.feed == feed, contract.c.sha256 == sha256)
    return conn.execute(chosen).scalar_one_or_none() or ""


def read_contract_versions(conn: Connection, *, feed: str) -> dict[str, str]:
    """The versions of a feed's contract that runs were judged by, by hash."""
    chosen = select(contract.c.sha256, contract.c.version).where(contract.c.feed == feed)
    return {row.sha256: row.version for row in conn.execute(chosen)}
