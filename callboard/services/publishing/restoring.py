"""Published files withdrawn, and withdrawn ones brought back."""

from collections.abc import Callable

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError, NotAllowed
from callboard.services.publishing.asking import plain_text
from callboard.services.publishing.history import may_undo, tell_submissions
from callboard.services.runtime import Runtime
from callboard.storage.audit import append_audit
from callboard.storage.benchmarks import (
    Submission,
    SubmissionState,
    publish_submission,
    read_submission,
    withdraw_submission,
)
from callboard.storage.engine import Connection, write
from callboard.views import SubmissionRow


def withdraw(runtime: Runtime, actor: Actor, *, submission: int, note: str = "") -> SubmissionRow:
    """Make a published submission count no more; what it replaced is back.

    CallboardError for one that is not there or not published; NotAllowed, and an audit row, for
    one of somebody else or older than a day, unless the actor is an admin.
    """
    return _undo(runtime, actor, submission, note, act=withdraw_submission)


def restore(runtime: Runtime, actor: Actor, *, submission: int, note: str = "") -> SubmissionRow:
    """Make a withdrawn submission count again, in the place it had among the others.

    CallboardError for one that is not withdrawn, or whose content counts already as another; else
    as `withdraw`.
    """
    return _undo(runtime, actor, submission, note, act=_restore)


def _restore(conn: Connection, number: int, **told: object) -> int:
    state = read_submission(conn, number).state
    if state is not SubmissionState.WITHDRAWN:
        raise CallboardError(
            f"Submission {number} is {state.value}; only a withdrawn one is brought back."
        )
    return publish_submission(conn, number, **told)  # type: ignore[arg-type]  # as they were given


def _undo(
    runtime: Runtime, actor: Actor, submission: int, note: str, *, act: Callable[..., int]
) -> SubmissionRow:
    require(actor, Action.PUBLISH)
    at = runtime.clock.now("UTC")
    with write(runtime.store) as connection:
        found = read_submission(connection, submission)
        is_allowed = may_undo(actor, found, now=at)
        if is_allowed:
            act(connection, submission, actor_id=actor.id, at=at, note=plain_text(note))
            return tell_submissions(connection, read_submission(connection, submission))[0]
        verb = act.__name__.strip("_").split("_")[0]
        append_audit(
            connection,
            actor_id=actor.id,
            action=f"refused_{verb}",
            target=f"submission {submission}",
            at=at,
        )
    raise NotAllowed(_say_not_yours(found, verb))


def _say_not_yours(submission: Submission, verb: str) -> str:
    return (
        f"You may not {verb} submission {submission.id}: it is {submission.actor}'s or older than "
        "a day. Your own may be taken back for 24 hours; ask an admin. Nothing was changed."
    )
