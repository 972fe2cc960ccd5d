"""CSV of the competitors page: every published value leaves with its grade and its passport."""

from collections.abc import Iterable, Mapping

from callboard.services.export import Cell, write_csv
from callboard.views import CompetitorsPage, Passport, Profile, Quadrant, Unknown

PASSPORT_COLUMNS = (
    *("grade", "grade_reasons", "published_as", "base", "publisher", "document", "source"),
    *("source_url", "published_on", "retrieved_on", "taken_on", "population", "region"),
    *("industry", "segment", "statistic", "method", "clock", "definition_version", "licence"),
    *("imported_by", "imported_at", "file_name", "file_sha256", "submission", "too_old_from"),
    *("restated_on", "restated_from"),
)


def passport_cells(passport: Passport | None) -> tuple[Cell, ...]:
    """Return the columns of a passport; empty for what has none, such as our own readings."""
    if passport is None:
        return (None,) * len(PASSPORT_COLUMNS)
    restated = passport.restated
    return (
        *(passport.grade.value, grade_reasons(passport), passport.published_text, passport.base),
        *(passport.publisher, passport.document, passport.source, passport.source_url),
        *(passport.published_on, passport.retrieved_on, passport.as_of, passport.population),
        *(passport.region, passport.industry, passport.segment, passport.statistic),
        *(passport.method, passport.clock, passport.definition_version, passport.licence),
        *(passport.imported_by, passport.imported_at, passport.file_name, passport.sha256),
        *(passport.submission, passport.ages_on),
        *(restated.day if restated else None, restated.value_text if restated else None),
    )


def grade_reasons(passport: Passport) -> str:
    """Return every aspect that was looked at with what it is worth: `base C: it is per bag`."""
    ordered = sorted(passport.reasons, key=lambda each: each.grade, reverse=True)
    return "; ".join(f"{each.aspect} {each.grade}: {each.words}" for each in ordered)


def league_csv(view: CompetitorsPage) -> bytes:
    """Return the league, with the grade and the passport of every value."""
    header = (
        *("metric", "entity", "entity_type", "is_us", "rank", "rank_low", "rank_high", "value"),
        *("unit", "low", "high", "n", "period_start", "period_end", "comparable", "gap", "note"),
        *PASSPORT_COLUMNS,
        "publication",
    )
    return write_csv(
        header,
        (
            (
                *(view.metric, each.entity, each.entity_type, each.is_us, each.rank),
                *(each.rank_low, each.rank_high, each.value),
                *(view.unit_text, each.low, each.high, each.n, each.period_start),
                *(each.period_end, each.comparable, each.gap, each.note),
                *passport_cells(view.passports.get(each.passport)),
                view.publication,
            )
            for each in view.league
        ),
    )


def gaps_csv(view: CompetitorsPage) -> bytes:
    """Return our gaps to the benchmarks of the ranked peers; negative is behind.

    The league's `gap` is ours less theirs, whichever is good: so these have a name of their own.
    `grades` are those of the values that a benchmark is made of, by name.
    """
    header = (
        *("metric", "period", "against", "value", "unit", "ahead_by", "ahead_by_low"),
        *("ahead_by_high", "made_of", "grades", "publication"),
    )
    graded = {each.entity: each.grade for each in view.league if each.rank and each.grade}
    return write_csv(
        header,
        (
            (
                *(view.metric, view.period_label, each.against, each.value, view.unit_text),
                *(each.gap, each.low, each.high, each.made_of, _grades(each.entities, graded)),
                view.publication,
            )
            for each in view.gaps
        ),
    )


def _grades(entities: Iterable[str], graded: Mapping[str, str]) -> str:
    return "; ".join(f"{each} {graded[each]}" for each in entities if each in graded)


def trend_csv(view: CompetitorsPage) -> bytes:
    """Return our values and everybody's published ones, by period, each with its passport."""
    trend = view.trend
    named = ("metric", "entity", "period_start", "period_end", "value", "unit")
    header = (*named, *PASSPORT_COLUMNS, "publication")
    told = [("us", each) for each in trend.ours]
    lines = (*trend.peers.items(), *trend.pale.items())
    told += [(entity, each) for entity, values in lines for each in values]
    return write_csv(
        header,
        (
            (
                *(view.metric, entity, start, end, value, view.unit_text),
                *passport_cells(view.passports.get(trend.passports.get((entity, start, end), 0))),
                view.publication,
            )
            for entity, (start, end, value) in told
        ),
    )


def quadrant_csv(view: Quadrant) -> bytes:
    """Return our place and our move on every metric that has both."""
    header = (
        *("metric", "place", "rank", "period", "spreads_a_year", "low", "high", "moving"),
        "periods",
    )
    return write_csv(
        header,
        (
            (
                *(each.metric, each.place, each.rank_text, each.period_label),
                *(each.direction.slope.value, each.direction.slope.low),
                *(each.direction.slope.high, each.direction.moving, each.direction.periods),
            )
            for each in view.dots
        ),
    )


def profile_csv(view: Profile) -> bytes:
    """Return one competitor over all metrics, with the passport of every value."""
    header = (
        *("metric", "entity", "value", "ours", "gap", "gap_text", "rank", "n", "period", "note"),
        *PASSPORT_COLUMNS,
    )
    return write_csv(
        header,
        (
            (
                *(each.metric, view.entity, each.value_text, each.ours_text, each.gap),
                *(each.gap_text, each.rank_text, each.n_text, each.period_label, each.note),
                *passport_cells(view.passports.get(each.passport)),
            )
            for each in view.rows
        ),
    )


def unknowns_csv(unknowns: Iterable[Unknown]) -> bytes:
    """Return the metrics without a comparable benchmark, and what would be needed."""
    return write_csv(
        ("metric", "name", "why", "needed"),
        ((each.metric, each.name, each.why, each.needed) for each in unknowns),
    )
