"""What `callboard connect` tells of a database, a table, a plan: tables and sentences, no data."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from callboard.cli.printing import count_of, say, say_table

if TYPE_CHECKING:
    from callboard.services.connecting.database_address import DatabaseAddress
    from callboard.services.connecting.database_survey import Survey
    from callboard.services.connecting.offers import Offer
    from callboard.services.connecting.sample_judging import SampleVerdict
    from callboard.services.connecting.table_matching import Fit
    from callboard.services.connecting.workspace_ground import Ground
    from callboard.services.connecting.workspace_writing import Change

_LISTED = 8


def tell_survey(survey: "Survey") -> None:
    """Say which tables there are, and of those that are proposed for nothing, why."""
    say(f"Tables and views looked at: {len(survey.choices)}.")
    for choice in survey.choices:
        for feed, table in (choice.better or {}).items():
            say(f"{choice.facts.table.shown} could be {feed}, too; {table} fits it better.")
    hopeless = [each.facts.table.shown for each in survey.choices if each.fit is None]
    if hopeless:
        say(f"Not proposed for any feed: {_listed(hopeless)}.")
    for name, reason in survey.unreadable.items():
        say(f"Not looked at: {name}, {reason}")
    if survey.left_out:
        say(f"{count_of(survey.left_out, 'table')} more, whose columns promise less, left out.")
    if survey.schemas:
        say(f"Other schemas (--schema): {_listed(survey.schemas)}.")


def tell_fit(fit: "Fit") -> None:
    """Show which column of a table is which of the feed's, and how sure that is."""
    table, contract = fit.facts.table, fit.contract
    what = "view" if table.is_view else "table"
    say(f"\nThe {what} {table.shown} fits {contract.feed}, confidence {fit.confidence:.2f}.")
    rows = [
        (
            f"{each.column.name}{' *' if each.column.required else ''}",
            each.found or "-",
            f"{each.confidence:.2f}{' ?' if each.confidence < 0.6 else ''}" if each.found else "",
            each.why,
        )
        for each in fit.matches
        if each.found or each.column.required or each.why != "no column is like it"
    ]
    say_table((contract.feed, table.shown, "confidence", "why"), rows)
    say("* required; ? doubtful")
    if absent := [each.column.name for each in fit.matches if not each.found]:
        say(f"Left out of the contract: {_listed(absent)}.")
    if unread := [c.name for c in table.columns if c.name not in fit.columns.values()]:
        people = [name for name in unread if name in fit.facts.personal]
        say(f"Never read: {_listed(unread)}." + (_about(people) if people else ""))


def tell_offer(offer: "Offer") -> None:
    """Show some rows, what the contract would reject, which metrics light up, and what to know."""
    _tell_rows(offer.rows)
    _tell_verdict(offer.verdict)
    _tell_metrics(offer)
    if offer.places:
        shown = [f"{each.code} ({each.name}, {each.rows:,})" for each in offer.places]
        say(f"Touchpoints to write, with their rows: {_listed(shown)}.")
    for note in offer.notes:
        say(f"Note: {note}")
    if offer.replaces:
        say(f"Note: {offer.feed} comes from {offer.replaces} now.")


def tell_plan(ground: "Ground", changes: "Sequence[Change]") -> None:
    """Say which files of the workspace are new, added to, replaced."""
    say(f"\nIn {ground.folder}:")
    for each in changes:
        word = "new" if each.before is None else "replace" if each.is_replacement else "add to"
        say(f"  {word} {each.path}")


def tell_next(ground: "Ground", address: "DatabaseAddress") -> None:
    """Say what to do to see figures."""
    for variable in address.variables:
        say(
            f"The password is not in the files: set {variable} in the environment to what stands "
            "for it in the address."
        )
    notice = ground.definitions.workspace.notice if ground.definitions else ""
    if notice:
        say(f"The screen goes on saying “{notice}”, as workspace.yaml has it.")
    say(f"Next: callboard check --workspace {ground.folder}")
    say(f"      callboard run --workspace {ground.folder}")


def _tell_rows(rows: "Sequence[Mapping[str, str]]") -> None:
    if rows:
        numbers = [f"row {at + 1}" for at in range(len(rows))]
        say_table(("", *numbers), [(name, *(row[name] for row in rows)) for name in rows[0]])


def _tell_verdict(verdict: "SampleVerdict") -> None:
    if not verdict.rows_in:
        say("There are no rows to try the contract on.")
        return
    share = verdict.rejected / verdict.rows_in
    say(
        f"Of {count_of(verdict.rows_in, 'row')} looked at, {verdict.rejected:,} would be rejected "
        f"({100 * share:.1f} %; at most {100 * verdict.limit:g} % may) "
        f"and {verdict.flagged:,} flagged."
    )
    if verdict.is_held_back:
        say("A refresh would hold these figures back.")
    if verdict.rules:
        rows = [
            (each.rows, each.severity.value, each.description, ", ".join(each.examples))
            for each in verdict.rules
        ]
        say_table(("rows", "severity", "rule", "found"), rows)


def _tell_metrics(offer: "Offer") -> None:
    lit = [each.code for each in offer.reach.lit]
    told = f"Lights up {count_of(len(lit), 'metric')}: {', '.join(lit)}."
    say(told if lit else "No metric lights up.")
    if offer.silent:
        say(f"Of these, no row looked at is counted by: {', '.join(sorted(offer.silent))}.")
    for why, codes in _turned(offer.reach.lacking).items():
        say(f"Off for lack of {why}: {', '.join(codes)}.")
    for why, codes in _turned(offer.reach.waiting).items():
        say(f"Waiting for {why}: {', '.join(codes)}.")


def _turned(reasons: Mapping[str, str]) -> dict[str, list[str]]:
    """The metrics by reason."""
    by_reason: dict[str, list[str]] = {}
    for code, why in reasons.items():
        by_reason.setdefault(why, []).append(code)
    return by_reason


def _about(people: Iterable[str]) -> str:
    return f" About people: {_listed(list(people))}."


def _listed(words: Sequence[str]) -> str:
    more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return f"{', '.join(words[:_LISTED])}{more}"
