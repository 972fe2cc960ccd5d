"""What no name can be: markup, a formula, an address, a piece of a program."""

from data_contracts.findings import Reason
from data_contracts.parsing.cells import Trouble, Words

_NO_NAME = r"""[<>`$|\\]|://|\]\(|(?i:javascript:)|['"]\s*;|^[=+\-@]"""


def name_troubles(words: Words) -> dict[int, Trouble]:
    """Return the words that cannot be the name of anybody or anything, by their place."""
    trouble = Trouble(
        reason=Reason.BAD_PATTERN,
        expected="a name, without markup, formula or address",
        suggestion="Write the name alone; an address belongs into source_url, the rest into note.",
    )
    return dict.fromkeys(words.distinct.matching(_NO_NAME).tolist(), trouble)
