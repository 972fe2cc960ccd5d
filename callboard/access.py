"""Who acts, what they may do, which touchpoints they may see. Every service function asks."""

from dataclasses import dataclass, field
from enum import StrEnum

from callboard.errors import NotAllowed
from definition_files import nearest


class Role(StrEnum):
    """What a person is to Callboard; an unknown role has no rights."""

    EXECUTIVE = "executive"
    OPS_LEAD = "ops_lead"
    ANALYST = "analyst"
    DATA_ENGINEER = "data_engineer"
    EMPLOYEE = "employee"
    ADMIN = "admin"


class Action(StrEnum):
    """What can be asked for."""

    READ_FIGURES = "read_figures"
    READ_ROWS = "read_rows"
    READ_TRUST = "read_trust"
    CHECK_FILE = "check_file"
    PUBLISH = "publish"
    READ_ORIGINAL = "read_original"
    EDIT_NAMES = "edit_names"
    APPROVE_BREAKS = "approve_breaks"
    REFRESH = "refresh"
    CONNECT = "connect"
    EDIT_QUARANTINE = "edit_quarantine"
    WAIVE = "waive"
    NOTIFY = "notify"
    ACT_ON_SIGNALS = "act_on_signals"
    EDIT_JOURNEY = "edit_journey"
    HAND_OVER = "hand_over"
    ANNOTATE = "annotate"
    SET_TARGETS = "set_targets"
    COMMENT = "comment"
    MAKE_PACKS = "make_packs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person or process. `touchpoints` None means all of them; an empty set means none."""

    id: str
    name: str
    roles: frozenset[Role]
    touchpoints: frozenset[str] | None = None


LOCAL_USER = Actor(id="local", name="Local user", roles=frozenset(Role))
REFRESH_PROCESS = Actor(id="refresh", name="Refresh process", roles=frozenset({Role.DATA_ENGINEER}))

_EVERYONE = frozenset(Role)
_ALLOWED: dict[Action, frozenset[Role]] = {
    Action.READ_FIGURES: _EVERYONE,
    Action.READ_TRUST: _EVERYONE,
    Action.READ_ROWS: frozenset({Role.OPS_LEAD, Role.ANALYST, Role.DATA_ENGINEER, Role.ADMIN}),
    Action.CHECK_FILE: frozenset({Role.ANALYST, Role.ADMIN}),
    Action.PUBLISH: frozenset({Role.ANALYST, Role.ADMIN}),
    Action.READ_ORIGINAL: frozenset({Role.ANALYST, Role.ADMIN}),
    Action.EDIT_NAMES: frozenset({Role.ANALYST, Role.ADMIN}),
    Action.APPROVE_BREAKS: frozenset({Role.OPS_LEAD, Role.ANALYST, Role.ADMIN}),
    Action.REFRESH: frozenset({Role.DATA_ENGINEER, Role.ADMIN}),
    Action.CONNECT: frozenset({Role.DATA_ENGINEER, Role.ADMIN}),
    Action.EDIT_QUARANTINE: frozenset(
        {Role.OPS_LEAD, Role.ANALYST, Role.DATA_ENGINEER, Role.ADMIN}
    ),
    Action.WAIVE: frozenset({Role.OPS_LEAD, Role.DATA_ENGINEER, Role.ADMIN}),
    Action.NOTIFY: frozenset({Role.DATA_ENGINEER, Role.ADMIN}),
    Action.ACT_ON_SIGNALS: frozenset({Role.EXECUTIVE, Role.OPS_LEAD, Role.ANALYST, Role.ADMIN}),
    Action.EDIT_JOURNEY: frozenset({Role.OPS_LEAD, Role.ANALYST, Role.ADMIN}),
    Action.HAND_OVER: frozenset({Role.OPS_LEAD, Role.ANALYST, Role.ADMIN}),
    Action.ANNOTATE: _EVERYONE - {Role.EMPLOYEE},
    Action.SET_TARGETS: frozenset({Role.EXECUTIVE, Role.OPS_LEAD, Role.ADMIN}),
    Action.COMMENT: frozenset({Role.EXECUTIVE, Role.OPS_LEAD, Role.ANALYST, Role.ADMIN}),
    Action.MAKE_PACKS: _EVERYONE - {Role.EMPLOYEE},
}
_SAID = {
    Action.APPROVE_BREAKS: "approve breaks or lay baselines down",
    Action.EDIT_QUARANTINE: "correct or release rows in quarantine",
    Action.WAIVE: "waive a rule",
    Action.NOTIFY: "send notifications",
    Action.ACT_ON_SIGNALS: "act on signals",
    Action.EDIT_JOURNEY: "draw a journey",
    Action.HAND_OVER: "hand over to the next shift",
    Action.ANNOTATE: "annotate charts",
    Action.SET_TARGETS: "set targets",
    Action.COMMENT: "comment on figures",
    Action.MAKE_PACKS: "make board packs",
}
_SEAL = object()


@dataclass(frozen=True, slots=True)
class Scope:
    """The touchpoints a read may touch. Only `resolve_scope` makes one; empty means no rows."""

    touchpoints: frozenset[str]
    _seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a scope that was not made by `resolve_scope`."""
        if self._seal is not _SEAL:
            raise NotAllowed("A scope is resolved from an actor, never written by hand.")

    def require(self, touchpoint: str) -> None:
        """Raise NotAllowed, worded like a missing record, for a touchpoint outside the scope."""
        if touchpoint not in self.touchpoints:
            hint = nearest(touchpoint, self.touchpoints)
            raise NotAllowed(f"There is no touchpoint {touchpoint!r}. {hint}".rstrip())


def resolve_scope(actor: Actor, touchpoints: frozenset[str]) -> Scope:
    """Return the part of `touchpoints` (all there are) that `actor` may read."""
    own = touchpoints if actor.touchpoints is None else touchpoints & actor.touchpoints
    return Scope(own if is_allowed(actor, Action.READ_FIGURES) else frozenset(), _SEAL)


def is_allowed(actor: Actor, action: Action) -> bool:
    """Whether one of the actor's roles may do `action`."""
    return bool(actor.roles & _ALLOWED[action])


def require(actor: Actor, action: Action) -> None:
    """Raise NotAllowed unless the actor may do `action`."""
    if not is_allowed(actor, action):
        said = _SAID.get(action, action.value.replace("_", " "))
        raise NotAllowed(f"{actor.name} may not {said}.")
