"""The file exactly as it was handed in, for those allowed; each look is audited."""

import hashlib
from dataclasses import dataclass, field

from callboard.access import Action, Actor, require
from callboard.errors import CallboardError
from callboard.services.runtime import Runtime
from callboard.storage.audit import append_audit
from callboard.storage.benchmarks import read_content, read_submission
from callboard.storage.engine import write


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file that was handed in; `sha256` is of `content`."""

    name: str
    content: bytes = field(repr=False)
    sha256: str


def read_original(runtime: Runtime, actor: Actor, *, submission: int) -> Original:
    """Return the file of a submission.

    CallboardError for one that is not there, or whose file could not be read and was not kept.
    """
    require(actor, Action.READ_ORIGINAL)
    with write(runtime.store) as connection:
        found = read_submission(connection, submission)
        content = read_content(connection, submission)
        if found.size and not content:
            raise CallboardError(
                f"Submission {submission} ({found.file_name}) could not be read; nothing of it was "
                "kept. Ask who handed it in for the file."
            )
        append_audit(
            connection,
            actor_id=actor.id,
            action=Action.READ_ORIGINAL.value,
            target=f"submission {submission}",
            at=runtime.clock.now("UTC"),
            detail={"file": found.file_name, "sha256": found.sha256},
        )
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != found.sha256:
        raise CallboardError(
            f"Submission {submission}: found another file than the one that was handed in; "
            "expected the same hash. Look into the store before you trust it."
        )
    return Original(name=found.file_name, content=content, sha256=sha256)
