"""What people read in a message: what happened to which data, and whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from callboard import figures
from callboard.services.defining.definitions import Definitions
from callboard.services.tiles.slice_badges import name_slice, place_of
from callboard.storage.notices import Notice, NoticeKind

WORDS = {
    NoticeKind.WARNING: "Look at this",
    NoticeKind.BREACH: "Contract broken",
    NoticeKind.STOPPED: "Stopped",
    NoticeKind.RECOVERY: "Well again",
    NoticeKind.ALERT: "Alert",
    NoticeKind.ALERT_OVER: "Over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text with a subject, and both in one for where there is no subject."""

    subject: str
    text: str

    @property
    def line(self) -> str:
        """Subject and text together."""
        return f"{self.subject}\n{self.text}"


def message_of(notices: Sequence[Notice], definitions: Definitions) -> Message:
    """One change in full; of several, a line each, the oldest first."""
    name = definitions.workspace.name
    if len(notices) == 1:
        (notice,) = notices
        about = _name(notice, definitions)
        return Message(
            subject=f"{name}: {_told(notice, about)}", text=_in_full(notice, definitions)
        )
    zone = definitions.workspace.time_zone
    lines = (
        f"{figures.format_moment(each.at, zone)} · {_told(each, each.sentence)}"
        for each in sorted(notices, key=lambda each: each.id)
    )
    return Message(subject=f"{name}: {len(notices)} changes of its data", text="\n".join(lines))


def trial_message(definitions: Definitions) -> Message:
    """A message that says nothing but that messages arrive."""
    return Message(
        subject=f"{definitions.workspace.name}: a test",
        text="Nothing has happened. Whoever reads this is told when data break their contract, "
        "stop, or are well again.",
    )


def _told(notice: Notice, what: str) -> str:
    return f"{WORDS[notice.kind]}: {what}"


def _name(notice: Notice, definitions: Definitions) -> str:
    if notice.alert:
        return f"{alert_name(notice.alert, definitions)}, {_place(notice, definitions)}"
    contract = definitions.contracts.get(notice.feed)
    if contract is None:
        return notice.feed
    return name_slice(contract, *notice.slice_key.partition("/")[::2], definitions)


def alert_name(alert: str, definitions: Definitions) -> str:
    """What a rule is called; its code where it is gone."""
    rules = definitions.workspace.alerts
    return next((each.name for each in rules if each.alert == alert), alert)


def _place(notice: Notice, definitions: Definitions) -> str:
    return place_of(*notice.slice_key.partition("/")[::2], definitions)


def _in_full(notice: Notice, definitions: Definitions) -> str:
    zone, contract = definitions.workspace.time_zone, definitions.contracts.get(notice.feed)
    support = contract.support if contract else None
    page = "Signals" if notice.alert else "Data trust"
    ask = ", ".join(filter(None, (support.owner, support.channel, support.url))) if support else ""
    lines = (
        notice.sentence,
        f"Ask: {ask}" if ask else "",
        f"Seen {figures.format_moment(notice.at, zone)}. More on the page {page}.",
    )
    return "\n".join(filter(None, lines))
