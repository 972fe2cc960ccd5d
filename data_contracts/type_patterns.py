"""What the text of a value of each type looks like, for engines that know regular expressions only.

Says what `columns.read_column` says of text and of typed values printed as text, but for numbers
beyond 1e299 and whole numbers written with an exponent below 16, which count as wrong.
"""

from data_contracts.model import ColumnType

_LEAP = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_MONTHS = (
    r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    r"(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    r"02-(?:0[1-9]|1[0-9]|2[0-8])",
)
_DAY = rf"(?:[0-9]{{4}}-(?:{'|'.join(_MONTHS)})|{_LEAP})"
_HOUR = r"(?:[01][0-9]|2[0-3])"
_SIXTY = r"[0-5][0-9]"
_OFFSET = rf"(?:Z|[+-]{_HOUR}(?::?{_SIXTY})?)?"
_TIME = rf"{_HOUR}:{_SIXTY}(?::{_SIXTY}(?:\.[0-9]{{1,9}})?)?"
_EXPONENT = r"(?:\+?(?:[0-9]{1,2}|0[0-9]{2}|[12][0-9]{2})|-[0-9]{1,3})"
_LARGE = r"(?:1[6-9]|[2-9][0-9]|[12][0-9]{2})"

TYPE_PATTERNS: dict[ColumnType, str] = {
    ColumnType.NUMBER: rf"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]{_EXPONENT})?\Z",
    ColumnType.INTEGER: (
        rf"^[+-]?(?:[0-9]+(?:\.0*)?|\.0+|[0-9](?:\.[0-9]{{1,16}})?[eE]\+?{_LARGE})\Z"
    ),
    ColumnType.BOOLEAN: r"^(?:0|1|[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])\Z",
    ColumnType.DATE: rf"^{_DAY}(?:[ T]00:00(?::00(?:\.0+)?)?)?\Z",
    ColumnType.TIMESTAMP: rf"^{_DAY}(?:[ T]{_TIME}{_OFFSET})?\Z",
}
