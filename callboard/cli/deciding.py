"""Which tables are taken: by a person who is asked of each, or alone where a table fits well."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from callboard.cli.connect_talk import tell_fit, tell_offer
from callboard.cli.printing import ask, say
from callboard.errors import CallboardError
from definition_files import nearest

if TYPE_CHECKING:
    from callboard.services.connecting.database_address import DatabaseAddress
    from callboard.services.connecting.database_survey import Survey
    from callboard.services.connecting.offers import Offer
    from callboard.services.connecting.table_matching import Fit
    from callboard.services.connecting.workspace_ground import Ground


class Decider(Protocol):
    """Takes tables or leaves them."""

    asks: ClassVar[bool]

    def decide(
        self, ground: "Ground", address: "DatabaseAddress", survey: "Survey"
    ) -> "Sequence[Offer]":
        """The offers that are taken, in the order of the tables."""

    def agrees(self, question: str) -> bool:
        """Whether the answer to a question is yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """Takes what fits well and rejects little, and says of every other table why not."""

    may_replace: bool
    asks: ClassVar[bool] = False

    def decide(
        self, ground: "Ground", address: "DatabaseAddress", survey: "Survey"
    ) -> "Sequence[Offer]":
        """The offers that need no person's look."""
        from callboard.services.connecting.offers import make_offer

        taken: list[Offer] = []
        for fit in (each.fit for each in survey.choices if each.fit):
            tell_fit(fit)
            try:
                offer = make_offer(ground, address, fit, taken=taken)
            except CallboardError as error:
                say(f"Left out: {error}")
                continue
            tell_offer(offer)
            if reason := self._objection(offer):
                say(f"Left out: {reason}")
            else:
                taken.append(offer)
        return taken

    def agrees(self, question: str) -> bool:
        """Yes: that is what --yes says."""
        return bool(question)

    def _objection(self, offer: "Offer") -> str:
        from callboard.services.connecting.table_matching import FITS_WELL

        if offer.replaces and not self.may_replace:
            return f"{offer.feed} comes from {offer.replaces}; --replace takes it from here."
        if offer.verdict.is_held_back:
            return "too many of its rows break the contract."
        if not offer.is_safe:
            return f"a confidence below {FITS_WELL} wants a person's look."
        return ""


class Together:
    """Asks a person about every table that fits a feed, and about any other they name."""

    asks: ClassVar[bool] = True

    def decide(
        self, ground: "Ground", address: "DatabaseAddress", survey: "Survey"
    ) -> "Sequence[Offer]":
        """The offers that were accepted."""
        taken: list[Offer] = []
        for fit in (each.fit for each in survey.choices if each.fit):
            taken += _talk_about(ground, address, fit, taken)
        while (other := _another(ground, survey, taken)) is not None:
            taken += _talk_about(ground, address, other, taken)
        return taken

    def agrees(self, question: str) -> bool:
        """Whether the person says yes; nothing said is no."""
        return _is_yes(question)


def _talk_about(
    ground: "Ground", address: "DatabaseAddress", fit: "Fit", taken: "list[Offer]"
) -> "list[Offer]":
    """The offer that a table was accepted as, or none."""
    while True:
        offer = _show(ground, address, fit, taken)
        match _choice(offer):
            case "a" if offer is not None:
                return _settle(ground, address, offer, taken)
            case "c":
                fit = _change_column(ground, fit)
            case "f":
                fit = _change_feed(ground, fit)
            case _:
                return []


def _show(
    ground: "Ground", address: "DatabaseAddress", fit: "Fit", taken: "list[Offer]"
) -> "Offer | None":
    from callboard.services.connecting.offers import make_offer

    tell_fit(fit)
    try:
        offer = make_offer(ground, address, fit, taken=taken)
    except CallboardError as error:
        say(str(error))
        return None
    tell_offer(offer)
    return offer


def _choice(offer: "Offer | None") -> str:
    accept = "(a)ccept, " if offer else ""
    default = "a" if offer and offer.is_safe and not offer.replaces else "s"
    answer = ask(f"{accept}(c)hange a column, another (f)eed, (s)kip", default).lower()
    return answer[:1]


def _settle(
    ground: "Ground", address: "DatabaseAddress", offer: "Offer", taken: "list[Offer]"
) -> "list[Offer]":
    from callboard.services.connecting.offers import make_offer
    from data_contracts.model import Clock

    now = next((f"{o.fit.facts.table.shown}" for o in taken if o.feed == offer.feed), "")
    replaced = now or offer.replaces
    if replaced and not _is_yes(f"{offer.feed} comes from {replaced}. Take it from here instead"):
        return []
    taken[:] = [each for each in taken if each.feed != offer.feed]
    if offer.asks_clock and ask("Are its times in (u)tc or (l)ocal time", "u")[:1].lower() == "l":
        offer = make_offer(ground, address, offer.fit, clock=Clock.LOCAL, taken=taken)
    return [offer]


def _change_column(ground: "Ground", fit: "Fit") -> "Fit":
    from callboard.services.connecting.offers import change_column

    columns = [each.name for each in fit.contract.columns]
    column = _one_of("Which column of the feed (empty: none)", columns)
    if not column:
        return fit
    names = [each.name for each in fit.facts.columns]
    found = _one_of("Which column of the table (empty: none)", names)
    return change_column(ground, fit, column=column, found=found)


def _change_feed(ground: "Ground", fit: "Fit") -> "Fit":
    from callboard.services.connecting.offers import change_feed

    feed = _one_of("Which feed (empty: this one)", sorted(ground.feeds))
    return change_feed(ground, fit.facts, feed) if feed else fit


def _another(ground: "Ground", survey: "Survey", taken: "list[Offer]") -> "Fit | None":
    """A table that a person wants to connect all the same."""
    from callboard.services.connecting.offers import change_feed

    used = {each.fit.facts.table.shown for each in taken}
    left = {each.facts.table.shown: each.facts for each in survey.choices}
    names = [name for name in left if name not in used]
    if not names:
        return None
    name = _one_of("Another table (empty: none)", names)
    feed = _one_of("As which feed (empty: none)", sorted(ground.feeds)) if name else ""
    return change_feed(ground, left[name], feed) if feed else None


def _one_of(question: str, allowed: Sequence[str]) -> str:
    """One of the allowed words, or nothing; asks again until it is."""
    while True:
        answer = ask(question)
        if answer in allowed or not answer:
            return answer
        say(f"Found {answer!r}; expected one of {', '.join(allowed)}. {nearest(answer, allowed)}")


def _is_yes(question: str) -> bool:
    return ask(f"{question} (y/n)", "n").lower().startswith("y")
