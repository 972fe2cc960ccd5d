"""Contenders made by hand or drawn, for the tests of the peers."""

from hypothesis import strategies as st

from metrics.intervals import poisson, wilson
from metrics.model import Better
from metrics.peer_ranking import Chance, Contender, Ruler

HIGHER, LOWER = Ruler(better=Better.HIGHER), Ruler(better=Better.LOWER)
RATES = Ruler(better=Better.LOWER, chance=Chance.RATE, scale=1000.0)
OTHERS = Ruler(better=Better.HIGHER, chance=Chance.OTHER)


def share(entity, x, n):
    return Contender(entity=entity, value=x / n, numerator=x, denominator=n, interval=wilson(x, n))


def rate(entity, x, n):
    low, high = poisson(x, n)
    return Contender(
        entity=entity,
        value=1000 * x / n,
        numerator=x,
        denominator=n,
        interval=(1000 * low, 1000 * high),
    )


def unknown(entity, value):
    return Contender(entity=entity, value=value)


def shares(*pairs):
    return [share(f"E{at}", x, n) for at, (x, n) in enumerate(pairs)]


PAIRS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
SETS = st.lists(PAIRS, min_size=2, max_size=12).map(lambda pairs: shares(*pairs))
