"""Who is also called what, and who our peers are: files of the workspace and people's edits."""
