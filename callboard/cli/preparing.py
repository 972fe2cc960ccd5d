"""What has to be there before a workspace can be shown."""

from callboard.cli.session import Session


def prepare(session: Session) -> str:
    """Open the workspace and its store, and return what the workspace calls itself."""
    runtime = session.runtime()
    return runtime.workspace.title or runtime.workspace.name
