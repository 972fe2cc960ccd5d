"""Words on buttons and choices: Streamlit reads Markdown there, names must stay names (F7)."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:])")


def plain_label(text: str) -> str:
    """Return text that Streamlit shows letter by letter: no image, link, icon or formula of it."""
    return _MARKS.sub(r"\\\1", text)
