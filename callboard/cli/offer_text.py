"""How `callboard connect` tells what it found in a table."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from callboard.cli.printing import Cell, count_of, say, say_table

if TYPE_CHECKING:
    from callboard.services.connecting import Offer
    from callboard.services.sample_judging import SampleVerdict
    from callboard.services.table_matching import Fit

_MOST_NAMES = 12


def tell_fit(fit: "Fit", *, replaces: str = "") -> None:
    """Say which feed a table fits, and which column stands for which."""
    say(f"\n{fit.facts.table.shown} fits the feed {fit.contract.feed}, {fit.confidence:.2f}.")
    if replaces:
        say(f"The feed comes from {replaces} now; this would take its place.")
    rows = [
        (each.column.name, each.found, _sure(each.confidence), each.why) for each in fit.matches
    ]
    say_table(("the feed's", "your column", "sure", "why"), rows)
    used, table = set(fit.columns.values()), fit.facts
    unread = [each.name for each in table.table.columns if each.name not in used]
    if unread:
        people = [name for name in unread if name in table.personal]
        about = f" About people: {_some(people)}." if people else ""
        say(f"Never read: {_some(unread)}.{about}")


def tell_offer(offer: "Offer") -> None:
    """Say all that connecting a table would mean."""
    tell_fit(offer.fit, replaces=offer.replaces)
    if offer.rows:
        names = list(offer.rows[0])
        say("\nSome rows, as they would be read:")
        cells: list[list[Cell]] = [[name, *(row[name] for row in offer.rows)] for name in names]
        say_table(("column", *("" for _ in offer.rows)), cells)
    for sentence in (*_verdict(offer.verdict), *_metrics(offer), *_places(offer), *offer.notes):
        say(sentence)


def _sure(confidence: float) -> str:
    return f"{confidence:.2f}" if confidence else ""


def _verdict(verdict: "SampleVerdict") -> Iterator[str]:
    rows = count_of(verdict.rows_in, "row")
    if not verdict.rows_in:
        yield "The table has no rows yet."
        return
    yield f"\nOf {rows} looked at, {verdict.rejected:,} would be rejected."
    for rule in verdict.rules:
        if rule.rows:
            such = f", such as {', '.join(rule.examples)}" if rule.examples else ""
            kind = "rejected" if rule.severity.value == "critical" else rule.severity.value
            yield f"  {count_of(rule.rows, 'row')} ({kind}): {rule.description.rstrip('.')}{such}."
    if verdict.is_held_back:
        yield f"That is more than {verdict.limit:.0%}: nothing would be published."


def _metrics(offer: "Offer") -> Iterator[str]:
    reach = offer.reach
    if reach.lit:
        names = [each.name for each in reach.lit]
        yield f"It lights up {count_of(len(names), 'metric')}: {_some(names)}."
    if offer.silent:
        yield f"Of these, no row looked at is counted by: {', '.join(sorted(offer.silent))}."
    for told, why in ((reach.lacking, "lacks"), (reach.waiting, "waits for")):
        for code, what in told.items():
            yield f"  {code} {why} {what}."


def _places(offer: "Offer") -> Iterator[str]:
    new = [each for each in offer.places if each.is_new]
    if new:
        names = [f"{each.name} ({count_of(each.rows, 'row')})" for each in new]
        yield f"It brings {count_of(len(new), 'touchpoint')}: {_some(names)}."
    for each in offer.places:
        if not each.is_new:
            yield f"The touchpoint {each.code} is also called {', '.join(each.aliases)}."


def _some(names: list[str]) -> str:
    more = len(names) - _MOST_NAMES
    told = ", ".join(names[:_MOST_NAMES])
    return f"{told} and {more} more" if more > 0 else told
