"""From a stranger's database to a workspace: looked at, matched, offered, written."""
