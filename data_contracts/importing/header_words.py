"""What a header of a wide file names: a period, a statistic, a sample size, or something else."""

import re

from data_contracts.benchmarks.statistic_words import QUANTILES
from data_contracts.parsing.header_rows import JOINT

_MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|"
    r"sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\.?"
)
_YEAR = r"(19|20)[0-9]{2}"
_ANY_YEAR = rf"({_YEAR}|['’]?[0-9]{{2}})"
_PERIOD = re.compile(
    rf"{_YEAR}(\s*[/–-]\s*([0-9]{{2}}|{_YEAR}))?\*?|"
    rf"(Q[1-4]|H[12])\s*[/' -]?\s*{_ANY_YEAR}|{_YEAR}\s*[/ -]?\s*(Q[1-4]|H[12])|"
    rf"[1-4]Q\s*{_ANY_YEAR}|"
    rf"{_MONTH}\s*[-' /]?\s*{_ANY_YEAR}|{_YEAR}\s*[-/ ]\s*({_MONTH}|[01]?[0-9])|"
    rf"FY\s*'?{_ANY_YEAR}(\s*[/-]\s*[0-9]{{2,4}})?|"
    rf"(Q[1-4]|H[12]|P[0-9]{{1,2}})\s*FY\s*'?{_ANY_YEAR}|"
    rf"P[0-9]{{1,2}}\s+{_YEAR}|{_YEAR}\s*-?\s*(W|P)[0-9]{{1,2}}|(w|wk|week)\s*[0-9]{{1,2}}\s+{_YEAR}|"
    rf"(w/e|week ending)\s.+|{_YEAR}-[01][0-9]-[0-3][0-9]",
    re.IGNORECASE,
)
_STATISTICS = re.compile(
    r"average|avg\.?|mean( value)?|median|min(imum|\.)?|max(imum|\.)?|best|worst|high|low|"
    r"(best|world)[ -](in[ -])?class|(bottom|top|lower|upper|first|third|1st|3rd)( quartile)?|"
    r"quartile [13]|(bottom|top|best) performers?",
    re.IGNORECASE,
)
_PERCENTILE = re.compile(
    r"p\s?([0-9]{1,2}|100)|([0-9]{1,2}|100)(st|nd|rd|th)?[ _-]?(percentile|pctl?|%ile)|"
    r"percentile[ _-]?([0-9]{1,2}|100)",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"n|sample( size)?|base( size)?|respondents|responses|participants|companies", re.IGNORECASE
)
_IGNORED = re.compile(
    r"(%|percent|pct)?[ _]?(change|chg|diff(erence)?|variance|delta)\b.*|.*\bchange\b.*|rank(ing)?|"
    r"your (value|score|result).*|trend|.*\bvs\.? .*|notes?|comments?|footnotes?|sources?|"
    r"(.* )?(id|code|no\.?|number|naics|isic|sic|nace)",
    re.IGNORECASE,
)


def is_period(header: str) -> bool:
    """Whether a header names a year, a quarter, a month or another span of the calendar."""
    return bool(_PERIOD.fullmatch(header.strip()))


def is_statistic(header: str) -> bool:
    """Whether a header names a statistic: an average, an extreme, a quartile, a percentile."""
    word = header.strip()
    return bool(_STATISTICS.fullmatch(word) or _PERCENTILE.fullmatch(word))


def is_foreign_percentile(header: str) -> bool:
    """Whether a header is a percentile that no statistic of the contract is, such as P37."""
    match = _PERCENTILE.fullmatch(header.strip())
    return match is not None and int(re.sub(r"[^0-9]", "", match[0])) not in QUANTILES


def is_sample_size(header: str) -> bool:
    """Whether a header says how many stand behind a value."""
    return bool(_SAMPLE.fullmatch(header.strip()))


def is_no_measure(header: str) -> bool:
    """Whether a header names what is no value: a change, a rank, a remark, a code."""
    return bool(_IGNORED.fullmatch(header.strip()))


def upper_of(header: str) -> str:
    """Return the upper of two joined headers, "" where there is one."""
    upper, joint, _ = header.partition(JOINT)
    return upper if joint else ""


def lower_of(header: str) -> str:
    """Return the lower of two joined headers, or the only one."""
    upper, joint, lower = header.partition(JOINT)
    return lower if joint else upper
