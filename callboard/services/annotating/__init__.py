"""Writing beside figures what happened on which days."""
