"""A small world whose workspace tells a real listener and a real mail server."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from callboard.access import LOCAL_USER
from callboard.clock import Clock
from callboard.services.notifying.telling import Told, deliver
from callboard.services.notifying.watching import note_changes
from callboard.services.runtime import Runtime
from callboard.workspace import Mail, Notifications, QuietHours, Telling, Webhook
from tests.callboard.listeners import Hook, Post, http_listener, mail_server
from tests.callboard.services.small_world import SmallWorld

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUIET = QuietHours.model_validate({"start": "22:00", "end": "07:30"})


@dataclass
class TellingWorld(SmallWorld):
    """A world with what its channels got, and a clock that is set by hand."""

    runtime: Runtime
    hook: Hook
    post: Post

    def go_to(self, moment: datetime) -> None:
        """Set the clock, as a wall time of the workspace."""
        self.runtime = replace(self.runtime, clock=Clock(moment))

    def round(self, after: timedelta = timedelta()) -> tuple[Told, ...]:
        """What the refresh process does after each round."""
        if after:
            assert self.runtime.clock.fixed is not None
            self.go_to(self.runtime.clock.fixed + after)
        note_changes(self.runtime, LOCAL_USER)
        return deliver(self.runtime, LOCAL_USER)

    @property
    def subjects(self) -> list[str]:
        """The subjects of what came by mail."""
        return [str(each["Subject"]).strip() for each in self.post.got]


@contextmanager
def telling(
    world: SmallWorld,
    *,
    quiet: QuietHours | None = None,
    tell: Telling = Telling.WARNING,
    post: Post | None = None,
) -> Iterator[TellingWorld]:
    """The world with both channels; its feeds are well and known to be so."""
    with ExitStack() as stack:
        hook = stack.enter_context(http_listener())
        post = stack.enter_context(mail_server(post))
        told = Notifications(
            quiet_hours=quiet,
            webhooks=(Webhook(name="ops", url=hook.url),),
            email=Mail(
                server=f"smtp://{post.host}:{post.port}",
                sender="callboard@example.org",
                to=("data@example.org",),
            ),
            tell=tell,
        )
        definitions = replace(world.runtime.definitions, notifications=told)
        found = TellingWorld(replace(world.runtime, definitions=definitions), hook, post)
        found.go_to(NOON)
        found.reach(as_of=datetime.fromisoformat("2026-11-22T12:00+00:00"))
        found.round()
        yield found
