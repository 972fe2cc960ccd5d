"""What still reads that which contracts say will end: warnings, for nothing is wrong yet. Pure."""

from collections.abc import Iterator

from callboard.services.defining.definitions import Definitions


def read_endings(definitions: Definitions) -> tuple[str, ...]:
    """Say in a sentence each what is read of deprecated contracts and columns."""
    return (*_contracts(definitions), *_columns(definitions))


def _contracts(definitions: Definitions) -> Iterator[str]:
    for feed, contract in definitions.contracts.items():
        if contract.sunset is not None:
            file = definitions.files.get(f"feed:{feed}", feed)
            yield f"{file}: the contract is deprecated and ends with {contract.sunset}."


def _columns(definitions: Definitions) -> Iterator[str]:
    for code, metric in definitions.metrics.items():
        for feed in sorted(metric.feeds & set(definitions.contracts)):
            told = {each.name: each for each in definitions.contracts[feed].columns}
            for name in sorted(metric.columns(feed) & told.keys()):
                if told[name].is_deprecated:
                    file = definitions.files.get(f"metric:{code}", code)
                    yield f"{file}: the metric reads {name!r} of {feed}, which is deprecated."
