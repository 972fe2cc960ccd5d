"""Says what is to be said outside of Callboard: to a webhook, by e-mail. Decides nothing.

What goes wrong is told in words that name no address: one may be all that is needed to write there.
"""

from callboard.errors import CallboardError

PATIENCE = 5.0  # seconds that a server may take for each step


class NotSent(CallboardError):
    """A message was not taken; says why, never where it was to go."""
