"""The contract of benchmark files that holds in a workspace."""

from callboard.errors import DefinitionError
from callboard.services.runtime import Runtime
from data_contracts.catalogue import BENCHMARKS, LIBRARY, SUFFIX, read_contract
from data_contracts.model import Contract


def contract_of(runtime: Runtime) -> Contract:
    """Return the workspace's own contract of benchmark files, else the library's.

    DefinitionError carries what is wrong with the workspace's own.
    """
    own = runtime.settings.workspace / "data_contracts" / f"{BENCHMARKS}{SUFFIX}"
    path = own if own.exists() else LIBRARY / f"{BENCHMARKS}{SUFFIX}"
    contract, problems = read_contract(path, shown_as=f"data_contracts/{path.name}")
    if contract is None:
        raise DefinitionError(problems)
    return contract
