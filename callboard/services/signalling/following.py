"""What became of a signal: its acts, in their order, put together. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from callboard.storage.signal_acts import SignalAct, SignalActKind
from callboard.views.signalling import FollowUp, SignalComment


def follow_up(acts: Sequence[SignalAct], *, today: date) -> FollowUp:
    """Return how things stand after some acts on one signal, oldest first.

    To assign a signal, or to be done with it, is to acknowledge it. To reopen takes back that it
    is done, and if it is not, that it was acknowledged. An assignment to nobody takes it back.
    """
    found = FollowUp()
    for act in acts:
        found = _after(found, act)
    is_late = found.is_assigned and found.due is not None and found.due < today
    last = acts[-1].id if acts else 0
    return replace(found, is_overdue=is_late, last_act=last)


def _after(found: FollowUp, act: SignalAct) -> FollowUp:
    match act.act:
        case SignalActKind.ACKNOWLEDGE:
            return _seen(found, act)
        case SignalActKind.REOPEN if found.done_by:
            return replace(found, done_by="", done_at=None)
        case SignalActKind.REOPEN:
            return replace(found, acknowledged_by="", acknowledged_at=None)
        case SignalActKind.DONE:
            return replace(_seen(found, act), done_by=act.actor, done_at=act.at)
        case SignalActKind.COMMENT | SignalActKind.UNSAY:
            return replace(found, comments=_talk(found.comments, act))
        case SignalActKind.ASSIGN:
            return _given(_seen(found, act) if act.assignee else found, act)


def _talk(before: tuple[SignalComment, ...], act: SignalAct) -> tuple[SignalComment, ...]:
    if act.act is SignalActKind.UNSAY:
        return tuple(_unsaid(each, act) for each in before)
    return (*before, SignalComment(actor=act.actor, at=act.at, text=act.note, id=act.id))


def _unsaid(comment: SignalComment, act: SignalAct) -> SignalComment:
    is_meant = str(comment.id) == act.note
    return replace(comment, text="", taken_back_at=act.at) if is_meant else comment


def _seen(found: FollowUp, act: SignalAct) -> FollowUp:
    if found.acknowledged_by:
        return found
    return replace(found, acknowledged_by=act.actor, acknowledged_at=act.at)


def _given(found: FollowUp, act: SignalAct) -> FollowUp:
    return replace(
        found,
        assignee=act.assignee,
        due=act.due,
        task=act.note,
        assigned_by=act.actor,
        assigned_at=act.at,
        done_by="",
        done_at=None,
    )
