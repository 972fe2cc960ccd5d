"""Holding rows to their contract stays near its goal; `bench.contracts` has the figures."""

import time

import pytest

from bench.contracts import SIZES, contacts, cut_contract, hold, median, split_by_hand


@pytest.mark.full
def test_a_hundred_thousand_rows_take_twice_the_goal_at_most() -> None:
    frame, contract = contacts().iloc[:100_000].copy(), cut_contract()
    assert 23 == len(contract.checks)
    assert 1_000 < split_by_hand(frame) == hold(frame, contract)
    taken = median(lambda: hold(frame, contract), time.process_time, 3)
    assert taken <= 2 * SIZES[len(frame)]
