"""The invented publishers and what they publish: levels of six invented competitors and of us."""

from dataclasses import dataclass

COMPETITORS = (
    "Larkspur Home",
    "Pebble & Oar",
    "Northlight Direct",
    "Thistledown Stores",
    "Saltmarsh Trading",
    "Fennel & Daughters",
)
OURSELVES = "Harbour Stores plc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One metric of a panel: `levels` and `samples` of the competitors, ours last.

    `spread` is the relative spread from period to period; a sample of 0 was not published.
    """

    metric: str
    unit: str
    levels: tuple[float, ...]
    samples: tuple[int, ...]
    sample_unit: str
    spread: float
    table: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A publisher's regular report: every `months` months, the last `periods` of them."""

    file: str
    publisher: str
    source: str
    url: str
    method: str
    group: str
    months: int
    periods: int
    metrics: tuple[Published, ...]
    entities: tuple[str, ...] = COMPETITORS


PANELS = (
    Panel(
        file="service_panel", publisher="Example Service Panel",
        source="Service Panel monthly report (synthetic)",
        url="https://example.org/service-panel", method="system", group="All panel members",
        months=1, periods=14,
        metrics=(
            Published(
                metric="fcr", unit="percent", spread=0.012, table=1, sample_unit="contacts",
                levels=(69.0, 73.5, 66.0, 76.5, 71.0, 79.0, 72.5),
                samples=(8200, 4100, 15400, 3900, 6100, 2800, 9300),
            ),
            Published(
                metric="abandon", unit="percent", spread=0.05, table=2, sample_unit="contacts",
                levels=(7.4, 5.1, 8.8, 4.6, 6.0, 3.9, 5.7),
                samples=(6900, 3500, 13200, 3300, 5200, 2300, 5400),
            ),
            Published(
                metric="ttr_p50", unit="hours", spread=0.04, table=3, sample_unit="contacts",
                levels=(5.6, 4.4, 7.2, 3.9, 4.9, 3.4, 4.3),
                samples=(8200, 4100, 15400, 0, 6100, 2800, 9300),
            ),
            Published(
                metric="checkout_ok", unit="percent", spread=0.012, table=4,
                sample_unit="checkouts",
                levels=(71.5, 76.0, 69.0, 74.0, 78.5, 72.0, 73.0),
                samples=(5100, 2600, 9800, 2200, 3000, 1900, 1700),
            ),
            Published(
                metric="lcp_p75", unit="seconds", spread=0.03, table=5, sample_unit="page views",
                levels=(2.6, 2.2, 3.1, 2.3, 1.9, 2.7, 2.35),
                samples=(40000, 21000, 88000, 17000, 25000, 12000, 7800),
            ),
        ),
    ),
    Panel(
        file="doorstep_watch", publisher="Doorstep Watch",
        source="Doorstep Watch delivery table (synthetic)",
        url="https://example.org/doorstep-watch", method="system", group="All shops watched",
        months=1, periods=14,
        metrics=(
            Published(
                metric="otd", unit="percent", spread=0.008, table=1, sample_unit="orders",
                levels=(91.0, 94.5, 89.5, 95.5, 92.5, 96.5, 92.8),
                samples=(5200, 1900, 11800, 1600, 2400, 900, 3300),
            ),
            Published(
                metric="otif", unit="percent", spread=0.009, table=2, sample_unit="orders",
                levels=(87.5, 91.0, 85.0, 92.5, 89.0, 93.5, 89.6),
                samples=(5200, 1900, 11800, 0, 2400, 900, 3300),
            ),
        ),
    ),
    Panel(
        file="customer_voice", publisher="Customer Voice Institute",
        source="Customer Voice quarterly survey (synthetic)",
        url="https://example.org/customer-voice", method="survey", group="All shops surveyed",
        months=3, periods=6,
        metrics=(
            Published(
                metric="csat", unit="percent", spread=0.012, table=1, sample_unit="answers",
                levels=(79.0, 83.5, 75.0, 86.0, 81.0, 88.5, 82.0),
                samples=(1210, 870, 1630, 640, 910, 480, 1150),
            ),
            Published(
                metric="nps", unit="points", spread=0.06, table=2, sample_unit="answers",
                levels=(18.0, 27.0, 9.0, 34.0, 22.0, 38.0, 25.0),
                samples=(1210, 870, 1630, 640, 910, 480, 1150),
            ),
        ),
    ),
)  # fmt: skip
