"""CPU of judging many series at once: all XmR, half of them on p' charts, all on p' charts."""

import time

import numpy as np

from metrics.judgement import judge_many
from metrics.laney import Fractions, choose_charts
from metrics.limits import CHARTS, Chart
from metrics.model import Better

SERIES, POINTS, ROUNDS = 10_000, 36, 5


def main() -> None:
    random = np.random.default_rng(1)
    sent = random.integers(200, 2_000, size=(SERIES, POINTS)).astype(float)
    late = random.binomial(sent.astype(int), 0.1).astype(float)
    values = 100 * late / sent
    prime = choose_charts(
        late, sent, is_share=np.ones(SERIES, dtype=bool), is_rate=np.zeros(SERIES, dtype=bool)
    )
    plain = np.full(SERIES, CHARTS.index(Chart.XMR))
    half = np.where(np.arange(SERIES) % 2, prime, plain)
    _measure("XmR", values, None)
    for name, charts in (("half on p'", half), ("all on p'", prime)):
        scale = np.full(SERIES, 100.0)
        _measure(
            name,
            values,
            Fractions(numerator=late, denominator=sent, scale=scale, charts=charts),
        )


def _measure(name: str, values: np.ndarray, fractions: Fractions | None) -> None:
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        judge_many(values, better=Better.LOWER, fractions=fractions)
        taken.append(time.process_time() - begun)
    middle = sorted(taken)[ROUNDS // 2]
    print(f"{name}: {SERIES:,} series x {POINTS} points in {1000 * middle:,.0f} ms of CPU")


if __name__ == "__main__":
    main()
