"""The published methods of judging a series, and what sets them apart."""

from dataclasses import dataclass
from enum import StrEnum


class Profile(StrEnum):
    """Which published method is followed; docs/method.md tells them apart."""

    CALLBOARD = "callboard"
    MDC = "mdc"
    MDC_EXCEL = "mdc_excel"
    STRICT = "strict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What sets the profiles apart.

    `guarded`: ties and series without variation are dealt with, where the original lets rounding
    noise or missing limits decide. `trial_from` and `full_from` count points (rows, where not
    guarded), `most_missing` is the share of a segment's periods that may lack a value.
    `outside_is_near`: a point beyond a limit counts among the two of two-in-three. `anhoej`: runs
    and crossings after Anhoej instead of seven on one side.
    """

    screens: bool = True
    guarded: bool = False
    trial_from: int = 1
    full_from: int = 13
    most_missing: float = 1.0
    outside_is_near: bool = False
    anhoej: bool = False

    @property
    def tolerance(self) -> float:
        """How near to a line, relative to the centre, counts as on it."""
        return 1e-9 if self.guarded else 0.0


_METHODS = {
    Profile.CALLBOARD: Method(guarded=True, trial_from=8, full_from=12, most_missing=0.2),
    Profile.MDC: Method(),
    Profile.MDC_EXCEL: Method(screens=False),
    Profile.STRICT: Method(outside_is_near=True, anhoej=True),
}


def method_of(profile: Profile) -> Method:
    """The rules of a profile."""
    return _METHODS[profile]
