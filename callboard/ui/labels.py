"""Words on buttons and choices: Streamlit reads Markdown there, names must stay names (F7)."""

import re

# What Markdown may read as a mark. A round bracket is one beside a square one only; a hyphen in a
# word and a point in a number are none: a screen reader speaks the backslash before them.
_MARKS = re.compile(r"[\\`*_{}\[\]#+!|~$<>:]|(?<!\w)-|-(?!\w)|(?<!\d)\.|\.(?!\d)")


def plain_label(text: str) -> str:
    """Return text that Streamlit shows letter by letter: no image, link, icon or formula of it."""
    return _MARKS.sub(r"\\\g<0>", text)
