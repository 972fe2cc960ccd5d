"""A made-up but realistic comparison of carriers, to draw from without a store."""

from dataclasses import replace

from callboard import views
from callboard.views import ComparedUnit, Picture, Shrunken, UnitLimits
from metrics.funnel import Outside
from metrics.model import Better, Grain
from metrics.signals import Signal

_COUNTED = (
    ("Slowline", 700, 1000, Outside.BELOW_998, Signal.CONCERN),
    ("Bike & Co", 790, 1000, Outside.BELOW_95, Signal.NONE),
    ("Northway", 1800, 2000, Outside.NONE, Signal.NONE),
    ("Own fleet", 8700, 10_000, Outside.NONE, Signal.NONE),
    ("Swiftline", 2900, 3000, Outside.ABOVE_998, Signal.IMPROVEMENT),
)
_FINDINGS = {
    Outside.BELOW_998: "below the 99.8 % limit: worse than the rest",
    Outside.BELOW_95: "below the 95 % limit only",
    Outside.NONE: "within the limits",
    Outside.ABOVE_998: "above the 99.8 % limit: better than the rest",
}


def unit(name: str, on_time: int, orders: int, outside: Outside, signal: Signal) -> ComparedUnit:
    value = 100 * on_time / orders
    return ComparedUnit(
        code=name,
        name=name,
        touchpoint="field_delivery",
        value=value,
        value_text=f"{value:.1f} %",
        low=value - 1.5,
        high=value + 1.4,
        interval_text=f"{value - 1.5:.1f} to {value + 1.4:.1f} %",
        numerator=float(on_time),
        denominator=float(orders),
        n=orders,
        n_text=f"{on_time:,} of {orders:,} orders",
        run=(value - 2, value + 1, None, value, value + 2, value - 1),
        outside=outside,
        signal=signal,
        finding=_FINDINGS[outside],
        limits=UnitLimits(lower_998=76.0, lower_95=80.0, upper_95=93.0, upper_998=96.0),
    )


def comparison(picture: Picture = Picture.FUNNEL, **changes: object) -> views.Comparison:
    units = tuple(unit(*each) for each in _COUNTED)
    given: dict[str, object] = {
        "metric": "otd",
        "metric_name": "On-time delivery",
        "unit_text": "%",
        "size_text": "orders",
        "decimals": 1,
        "better": Better.HIGHER,
        "grain": Grain.WEEK,
        "by": "carrier",
        "at": "field_delivery",
        "noun": "carriers",
        "period": "2026-11-09",
        "period_label": "24 Aug to 15 Nov 2026",
        "run_label": "6 weeks to 15 Nov 2026",
        "picture": picture,
        "headline": "On-time delivery: of 5 carriers, 1 is worse than the rest (Slowline).",
        "lead": "Together 88.2 % at Field delivery, 24 Aug to 15 Nov 2026.",
        "chance": "Of 5 carriers about 0.01 would be outside by chance alone.",
        "units": units,
        "left_out": (("Paper boats", "too few cases: 4 of at least 10"),),
        "centre": 88.2,
        "centre_text": "88.2 %",
        "natural_low": 0.0,
        "natural_high": 100.0,
        "curves": views.Curves(
            sizes=(800.0, 3000.0, 11_000.0),
            lower_998=(75.0, 79.0, 80.0),
            lower_95=(79.0, 82.0, 83.0),
            upper_95=(93.0, 92.0, 91.0),
            upper_998=(96.0, 95.0, 94.0),
        ),
        "phi": 3.2,
        "tau2": 0.0021,
        "alt": "On-time delivery of 5 carriers: Slowline is worse than the rest.",
        "publication": 7,
    }
    return views.Comparison(**(given | changes))  # type: ignore[arg-type]  # a shorthand of tests


def systematic() -> views.Comparison:
    """The same carriers with chance's part taken out of their values."""
    units = tuple(
        replace(
            each,
            limits=None,
            signal=Signal.NONE,
            outside=Outside.NONE,
            shrunken=Shrunken(
                value=each.value + 0.4,
                low=each.value - 1.0,
                high=each.value + 1.8,
                text=f"{each.value + 0.4:.1f} %",
                rank_text=f"{rank} of 5",
            ),
        )
        for rank, each in enumerate(comparison().units, 1)
    )
    return comparison(Picture.SYSTEMATIC, units=units, curves=None)
