"""Who is looking. One local user with every right until identity arrives."""

from callboard.access import LOCAL_USER, Actor


def current_actor() -> Actor:
    """Return the person of this session, resolved afresh at every run."""
    return LOCAL_USER
