"""What can go wrong, in sentences for people. Technical text belongs in the log, not here."""

from collections.abc import Sequence

from definition_files import Problem


class CallboardError(Exception):
    """Base of every refusal: says where, what was found, what was expected, what to do."""


class DefinitionError(CallboardError):
    """Definition files are wrong; carries all problems at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep `problems` and say them all, one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class FileRefused(CallboardError):
    """An uploaded file cannot be read at all; nothing of it was stored but the attempt."""


class FeedUnavailable(CallboardError):
    """A feed's database did not answer, or lacks the table or a column its contract promises."""


class StoreUnavailable(CallboardError):
    """Callboard's own store did not answer."""


class NotAllowed(CallboardError):
    """The actor may not do this, or may not know whether it exists: the two read alike."""


class Busy(CallboardError):
    """Somebody else holds the refresh lock."""
