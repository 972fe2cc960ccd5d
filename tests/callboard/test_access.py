"""Who may do what with rows that are kept out, with rules, and with notifications."""

import pytest

from callboard.access import Action, Actor, Role, is_allowed, require
from callboard.errors import NotAllowed

RIGHTS = {
    Action.EDIT_QUARANTINE: {Role.OPS_LEAD, Role.ANALYST, Role.DATA_ENGINEER, Role.ADMIN},
    Action.WAIVE: {Role.OPS_LEAD, Role.DATA_ENGINEER, Role.ADMIN},
    Action.NOTIFY: {Role.DATA_ENGINEER, Role.ADMIN},
    Action.ACT_ON_SIGNALS: {Role.EXECUTIVE, Role.OPS_LEAD, Role.ANALYST, Role.ADMIN},
    Action.EDIT_JOURNEY: {Role.OPS_LEAD, Role.ANALYST, Role.ADMIN},
    Action.HAND_OVER: {Role.OPS_LEAD, Role.ANALYST, Role.ADMIN},
    Action.SET_TARGETS: {Role.EXECUTIVE, Role.OPS_LEAD, Role.ADMIN},
    Action.COMMENT: {Role.EXECUTIVE, Role.OPS_LEAD, Role.ANALYST, Role.ADMIN},
    Action.ANNOTATE: set(Role) - {Role.EMPLOYEE},
    Action.MAKE_PACKS: set(Role) - {Role.EMPLOYEE},
}


def _actor(role: Role) -> Actor:
    return Actor(id="kim", name="Kim", roles=frozenset({role}))


@pytest.mark.parametrize("action", RIGHTS)
def test_each_right_is_of_the_roles_that_need_it(action: Action) -> None:
    assert RIGHTS[action] == {role for role in Role if is_allowed(_actor(role), action)}


def test_every_action_is_allowed_to_somebody_and_to_nobody_without_a_role() -> None:
    nobody = Actor(id="kim", name="Kim", roles=frozenset())
    assert set(Action) == {
        each for each in Action if any(is_allowed(_actor(r), each) for r in Role)
    }
    assert not any(is_allowed(nobody, each) for each in Action)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (Action.EDIT_QUARANTINE, "correct or release rows in quarantine"),
        (Action.WAIVE, "waive a rule"),
        (Action.NOTIFY, "send notifications"),
        (Action.ACT_ON_SIGNALS, "act on signals"),
        (Action.EDIT_JOURNEY, "draw a journey"),
        (Action.HAND_OVER, "hand over to the next shift"),
        (Action.SET_TARGETS, "set targets"),
        (Action.COMMENT, "comment on figures"),
        (Action.MAKE_PACKS, "make board packs"),
    ],
)
def test_a_refusal_says_what_may_not_be_done(action: Action, said: str) -> None:
    with pytest.raises(NotAllowed, match=f"^Kim may not {said}\\.$"):
        require(_actor(Role.EMPLOYEE), action)
