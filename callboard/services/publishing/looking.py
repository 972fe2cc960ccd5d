"""A checked file with all that is known of it: what it would do, and how it was understood."""

from dataclasses import dataclass

from callboard.access import Action, Actor, require
from callboard.services.naming.holding import as_it_stands
from callboard.services.publishing.asking import Ask
from callboard.services.publishing.files import examine
from callboard.services.publishing.preview import make_preview
from callboard.services.runtime import Runtime
from callboard.services.scopes import open_scope
from callboard.storage.engine import snapshot
from callboard.views import Preview
from data_contracts.benchmarks import FileReport


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LookedAt:
    """What publishing a file would do, and the report of how it was read, mapped and judged."""

    preview: Preview
    report: FileReport

    @property
    def is_refused(self) -> bool:
        """Whether the file cannot be read at all."""
        return bool(self.report.refusals)

    @property
    def has_rejections(self) -> bool:
        """Whether something of it would not be published as it is."""
        unconfirmed = any(not each.is_confirmed for each in self.preview.jumps)
        return bool(self.preview.refused or self.preview.quarantined or unconfirmed)


def look_at_file(runtime: Runtime, actor: Actor, *, ask: Ask) -> LookedAt:
    """Return what publishing a file would do and how it was understood; nothing is stored."""
    require(actor, Action.CHECK_FILE)
    asked = ask.in_plain_words()
    examined = examine(runtime, open_scope(runtime, actor), asked)
    today = runtime.clock.today(runtime.workspace.time_zone)
    with snapshot(runtime.store) as connection:
        definitions = as_it_stands(runtime, connection).definitions
        preview = make_preview(connection, examined, definitions, today=today)
    return LookedAt(preview=preview, report=examined.report)
