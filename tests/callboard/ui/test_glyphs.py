"""The signs of the tiles: a shape and a word each, hollow where limits are on trial."""

from dataclasses import replace

import pytest

from callboard.ui.glyphs import assurance_glyph, variation_glyph, variation_name, worst_glyph
from metrics.limits import Chart, Footing
from metrics.rare_words import Between
from metrics.signals import Rule, Signal
from metrics.verdict import Assurance, Promise, Variation


def varying(signal: Signal, footing: Footing) -> Variation:
    return Variation(
        signal=signal, rule=Rule.NONE, since=None, footing=footing, points_since=None, points=9
    )


def test_full_limits_are_told_plainly() -> None:
    told = variation_glyph(varying(Signal.CONCERN, Footing.FULL))
    assert '<span class="cb-sign cb-is-concern"><i></i>Concern</span>' == told


def test_a_signal_against_trial_limits_is_hollow_and_says_so() -> None:
    told = variation_glyph(varying(Signal.CONCERN, Footing.TRIAL))
    assert "cb-is-concern cb-on-trial" in told
    assert "Concern, on trial" in told


@pytest.mark.parametrize(
    ("footing", "expected"),
    [(Footing.NONE, "Too few to judge"), (Footing.GAPS, "Too many gaps")],
)
def test_what_was_not_judged_is_not_called_steady(footing: Footing, expected: str) -> None:
    told = variation_glyph(varying(Signal.NONE, footing))
    assert expected in told
    assert "Steady" not in told
    assert "none" == variation_name(varying(Signal.NONE, footing))


@pytest.mark.parametrize(
    ("footing", "expected"),
    [
        (Footing.NONE, 'title="Limits need 8 gaps between events."'),
        (Footing.TRIAL, 'title="The limits are on trial: they settle from 12 events on."'),
    ],
)
def test_of_rare_events_gaps_are_counted_not_periods(footing: Footing, expected: str) -> None:
    between = Between(chart=Chart.T, usual=12.0, running=3.0)
    told = variation_glyph(replace(varying(Signal.NONE, footing), between=between))
    assert expected in told


def test_no_data_is_no_data_whatever_the_limits_are() -> None:
    assert "No data" in variation_glyph(varying(Signal.NO_DATA, Footing.TRIAL))


def test_a_promise_judged_by_trial_limits_says_so() -> None:
    tried = Assurance(promise=Promise.ALWAYS, target=80.0, is_trial=True)
    assert "Keeps target, on trial" in assurance_glyph(tried)


def test_without_a_promise_there_is_no_sign() -> None:
    assert "" == assurance_glyph(Assurance(promise=Promise.NONE, target=None, is_trial=False))


def test_a_figure_whose_volume_collapsed_is_not_judged() -> None:
    suspended = replace(varying(Signal.NO_DATA, Footing.FULL), is_suspended=True)
    assert "Not judged" in variation_glyph(suspended)


@pytest.mark.parametrize(
    ("signal", "promise", "word"),
    [
        (Signal.NONE, Promise.NEVER, "Misses target"),
        (Signal.NONE, Promise.SOMETIMES, "Steady"),
        (Signal.CONCERN, Promise.NEVER, "Concern"),
        (Signal.IMPROVEMENT, Promise.NEVER, "Improvement"),
    ],
)
def test_the_worst_is_told_of_a_change_and_a_promise(
    signal: Signal, promise: Promise, word: str
) -> None:
    assurance = Assurance(promise=promise, target=80.0, is_trial=False)
    assert f"</i>{word}<" in worst_glyph(varying(signal, Footing.FULL), assurance)


def test_a_lost_year_is_told_of_what_does_not_get_worse() -> None:
    assurance = Assurance(promise=Promise.SOMETIMES, target=80.0, is_trial=False)
    told = {
        signal: str(worst_glyph(varying(signal, Footing.FULL), assurance, is_lost=True))
        for signal in (Signal.NONE, Signal.IMPROVEMENT, Signal.CONCERN)
    }
    assert [Signal.NONE, Signal.IMPROVEMENT] == [
        signal for signal, words in told.items() if "</i>Year out of reach<" in words
    ]
