"""Series printed in public documentation, with the figures printed beside them."""

from datetime import date, timedelta

# R: set.seed(123); rnorm(20) - the snapshot series of NHSRplotthedots 0.2.2
NORMAL_20 = (
    -0.560475646552213,
    -0.23017748948328,
    1.558708314149124,
    0.070508391424576,
    0.129287735160946,
    1.715064986883281,
    0.460916205989202,
    -1.265061234606534,
    -0.686852851893526,
    -0.445661970099958,
    1.224081797439462,
    0.359813827057364,
    0.400771450594052,
    0.11068271594512,
    -0.555841134754075,
    1.786913136803078,
    0.497850478229239,
    -1.966617156629638,
    0.701355901563686,
    -0.472791407727934,
)
# NHSRplotthedots, vignette "deviations from Excel defaults"
DEVIATIONS_18 = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)


def with_outlier():
    return (*NORMAL_20[:14], 10.0, *NORMAL_20[15:])


def daily(values, first=date(2026, 1, 1)):
    return [(first + timedelta(days=at), value) for at, value in enumerate(values)]
