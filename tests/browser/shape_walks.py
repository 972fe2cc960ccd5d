"""What an analyst says of each publisher's file, and the values that its publisher printed.

The files are built by `tests.data_contracts.benchmarks.shapes` from the published descriptions; the
values here are read off those descriptions, converted by hand where the metric's unit is another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.data_contracts.benchmarks import shapes

OUT = "leave its rows out"
_AS_HERE = "as each metric is told here"  # 100 full-time workers are 200,000 hours of a year
Told = tuple[str, str, str, str, str]  # metric, entity, statistic, last day, part


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A file on its way through the lab.

    `columns` and `words` say what each is, where it is not suggested; `constants` are chosen or
    typed by their labels; `answers` are buttons of questions.
    """

    build: Callable[[], shapes.Shape]
    constants: Mapping[str, str]
    values: Mapping[Told, float]
    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)


def _values(
    metric: str, of: Mapping[tuple[str, str], tuple[float, ...]], keys: tuple[str, ...]
) -> dict[Told, float]:
    """The values of each (entity, part) under (statistic, last day) in turn."""
    return {
        (metric, entity, *key.split(" "), part): value  # type: ignore[misc]  # two words each
        for (entity, part), values in of.items()
        for key, value in zip(keys, values, strict=True)
    }


_QUARTILES = tuple(f"{statistic} 2024-12-31" for statistic in ("p25", "median", "p75"))
APQC = Walk(
    build=shapes.apqc,
    columns={"Measure name": "metric", "N": "sample size"},
    constants={"Period": "2024", "Source": "APQC Benchmarks on Demand"},
    words={
        "First contact resolution*": "First contact resolution (fcr)",
        "Cost per contact": OUT,
        "Bottom": "p25",
        "Top": "p75",
    },
    values=_values(
        "fcr", {("Cross Industry", ""): (62, 71, 82.5), ("Retail", ""): (60, 70, 80)}, _QUARTILES
    ),
    kinds={"Cross Industry": "industry", "Retail": "industry"},
)
ZENDESK = Walk(
    build=shapes.zendesk,
    constants={"Period": "Q4 2015", "Source": "Zendesk Benchmark, Q4 2015"},
    words={
        "CSAT %": "Customer satisfaction (csat)",
        "First reply time (h)": "First response time, median (frt_p50)",
        "Tickets/month": OUT,
    },
    values=_values("csat", {("Education", ""): (91,), ("Retail", ""): (82,)}, ("value 2015-12-31",))
    | _values(
        "frt_p50",
        {("Education", ""): (24.2,), ("Retail", ""): (27,), ("Travel", ""): (20.9,)},  # 1d 3h
        ("value 2015-12-31",),
    ),
    kinds={"Education": "industry", "Retail": "industry", "Travel": "industry"},
)
AQR = Walk(
    build=shapes.aqr,
    columns={"Airline": "entity"},
    constants={"Source": "Airline Quality Rating 2020"},
    words={
        "On-time %": "On-time delivery (otd)",
        "Mishandled bags /1,000": "Mishandled units (mishandled)",
        "Complaints /100,000": "Complaint rate (complaints)",
        "Denied boardings /10,000": OUT,
        "AQR score": OUT,
    },
    values=_values(
        "otd",
        {("Alaska", ""): (81.3,), ("Delta", ""): (83.5,), ("Industry", ""): (79.2,)},
        ("value 2019-01-31",),
    )
    | _values(
        "mishandled", {("Alaska", ""): (5.57,), ("Delta", ""): (4.55,)}, ("value 2019-01-31",)
    )
    | _values(
        "complaints",
        {("Alaska", ""): (0.56,), ("Delta", ""): (0.38,), ("Industry", ""): (1.06,)},
        ("value 2019-01-31",),
    ),
    kinds={"Alaska": "competitor", "Delta": "competitor", "Industry": "industry"},
)
_YEARS = (1994, 1995, 2019, 2020, 2024)
ACSI = Walk(
    build=shapes.acsi,
    columns={"Company": "entity", "Sector": "left out"},
    constants={
        "Metric": "Net promoter score (nps)",
        "Unit": "points",
        "Source": "ACSI Benchmarks by Company",
    },
    values=_values(
        "nps",
        {
            ("Airlines", ""): (72, 69, 73, 75, 77),
            ("All Others", ""): (75, 74, 73, 74, 76),
            ("Southwest", ""): (78, 76, 79, 79, 80),
        },
        tuple(f"value {year}-12-31" for year in _YEARS),
    )
    | _values("nps", {("Alaska", ""): (79, 82)}, ("value 2019-12-31", "value 2024-12-31")),
    kinds={"Airlines": "industry", "All Others": "all", "Southwest": "competitor"},
)
_QUARTERS = ("value 2016-09-30", "value 2016-12-31", "value 2017-03-31")
OFCOM = Walk(
    build=shapes.ofcom,
    answers=("Windows-1252",),
    columns={"Service": "segment", "Provider": "entity"},
    constants={"Metric": "Complaint rate (complaints)", "Unit": "per 100,000", "Source": "Ofcom"},
    values=_values(
        "complaints",
        {
            ("BT", "Landline"): (19, 22, 24),
            ("Industry average", "Landline"): (13, 15, 16),
            ("BT", "Broadband"): (27, 36, 37),
            ("Industry average", "Broadband"): (17, 20, 21),
        },
        _QUARTERS,
    )
    | _values("complaints", {("Post Office", "Landline"): (12,)}, _QUARTERS[2:]),
    kinds={"BT": "competitor", "Industry average": "industry"},
)
OFCOM_ACROSS = Walk(
    build=shapes.ofcom_across,
    constants={
        "Metric": "Complaint rate (complaints)", "Unit": "per 100,000", "Source": "Ofcom across",
    },
    values=_values(
        "complaints",
        {("BT", ""): (27, 36), ("Plusnet", ""): (35, 40), ("Industry average", ""): (17, 20)},
        _QUARTERS[:2],
    ),
    kinds={"Plusnet": "competitor", "Industry average": "industry"},
)  # fmt: skip
_FOUR = tuple(f"{statistic} 2024-12-31" for statistic in ("mean", "min", "median", "max"))
CALL_CENTRE = Walk(
    build=shapes.call_centre,
    columns={"Metric": "metric", "n": "sample size"},
    constants={
        "Period": "2024",
        "Source": "Service desk benchmark 2025",
        "Who": "Service desks",
    },
    words={
        "Cost per contact": OUT,
        "Service level": "Answered within 20 seconds (sl_20)",
    },
    values=_values("asa", {("Service desks", ""): (28, 9, 26, 3900)}, _FOUR)  # 1h 5m
    | _values("sl_20", {("Service desks", ""): (80, 70, 80, 90)}, _FOUR)
    | _values("fcr", {("Service desks", ""): (74, 41, 74, 94)}, _FOUR),
    kinds={"Service desks": "industry"},
)
STATISTICS = Walk(
    build=shapes.statistics_office,
    constants={"Period": "2024", "Source": "Survey of injuries 2024", "Unit": _AS_HERE},
    words={
        "Total recordable": "Recordable incident rate (trir)",
        "DAFW": OUT,
        "DJTR": OUT,
        "ORC": OUT,
    },
    values=_values(
        "trir", {("Private industry", ""): (2.3,), ("Retail trade", ""): (2.9,)},
        ("value 2024-12-31",),
    ),
    kinds={"Private industry": "industry", "Retail trade": "industry"},
)  # fmt: skip
_FIVE = tuple(f"{statistic} 2024-12-31" for statistic in ("p10", "p25", "median", "p75", "p90"))
QUALTRICS = Walk(
    build=shapes.qualtrics,
    columns={"Field": "metric"},
    constants={
        "Period": "2024", "Source": "Experience benchmarks 2024", "Unit": "percent",
        "Who": "All companies", "Kind": "all",
    },
    words={
        "Overall satisfaction": "Customer satisfaction (csat)",
        "Ease of use": "Customer effort (ces)",
    },
    values=_values("csat", {("All companies", ""): (35, 42.5, 55, 67.5, 75)}, _FIVE)
    | _values("ces", {("All companies", ""): (25, 32.5, 45, 57.5, 65)}, _FIVE),
    kinds={"All companies": "all"},
)  # fmt: skip
WALKS = (
    APQC,
    ZENDESK,
    AQR,
    ACSI,
    OFCOM,
    OFCOM_ACROSS,
    CALL_CENTRE,
    STATISTICS,
    QUALTRICS,
)
