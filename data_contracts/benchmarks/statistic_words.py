"""What words for a statistic mean: those that by definition mean one thing need no answer."""

import re

from data_contracts.parsing.headers import plain

QUANTILES = {10: "p10", 25: "p25", 50: "median", 75: "p75", 90: "p90"}
_PERCENTILE = re.compile(
    r"p_?(?P<p>[0-9]{1,2})|"
    r"(?P<nth>[0-9]{1,2})(st|nd|rd|th)?_?%?_?(percentile|pctl?|%ile|ile|quantile)|"
    r"(percentile|pctl?|quantile)_?(?P<after>[0-9]{1,2})%?|"
    r"(quantile_?|q_?)?0?[.,](?P<share>[0-9]{1,2})(_quantile)?"
)
_WORDS = {
    "average": "mean",
    "avg": "mean",
    "arithmetic_mean": "mean",
    "mean_value": "mean",
    "maximum": "max",
    "highest": "max",
    "minimum": "min",
    "lowest": "min",
    "med": "median",
    "median_value": "median",
    "best_in_class": "best",
    "actual": "value",
    "own_value": "value",
    **dict.fromkeys(
        ("lower_quartile", "first_quartile", "1st_quartile", "quartile_1", "q1"), "p25"
    ),
    **dict.fromkeys(("second_quartile", "2nd_quartile", "quartile_2", "q2"), "median"),
    **dict.fromkeys(
        ("upper_quartile", "third_quartile", "3rd_quartile", "quartile_3", "q3"), "p75"
    ),
    **dict.fromkeys(("lower_decile", "first_decile", "1st_decile"), "p10"),
    **dict.fromkeys(("upper_decile", "ninth_decile", "9th_decile"), "p90"),
}  # fmt: skip


def statistic_of(word: str) -> str:
    """Return the statistic that a word means by its definition, "" where it may mean others.

    P50 is the median; P37 is no statistic of the contract, and top may be either end.
    """
    name = plain(word).rstrip(".")
    if name in _WORDS:
        return _WORDS[name]
    match = _PERCENTILE.fullmatch(name)
    if match is None:
        return ""
    digits = match["p"] or match["nth"] or match["after"]
    number = int(digits) if digits else int(match["share"].ljust(2, "0"))
    return QUANTILES.get(number, "")
