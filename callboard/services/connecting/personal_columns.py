"""Which columns of an unknown table are about a person, by their names and by what is in them.

It errs on the careful side: such a column is never proposed for a feed, and its values never shown.
"""

import re
from collections.abc import Sequence

from callboard.services.connecting.name_likeness import read_name

_ENOUGH = 0.1  # of the values; a table may hold some by accident
_ANYWHERE = (
    "email mail phone telephone mobile fax firstname lastname surname fullname forename nickname "
    "username login street address postcode zip zipcode birth birthday birthdate dob gender "
    "nationality religion ssn passport iban bic password passwd secret ip ipv4 salary wage "
    "diagnosis latitude longitude comment comments body notes description transcript remark "
    "remarks signature verbatim"
)
_ALONE = "age sex cell card token hash text message note feedback health subject"
_PEOPLE = (
    "customer client contact user agent employee person requester requestor assignee submitter "
    "caller reporter owner patient guest member author sender recipient first last full family "
    "given maiden middle staff driver passenger"
)
_TELLING = frozenset(_ANYWHERE.split())
_TELLING_ALONE = frozenset(_ALONE.split())
_OF_PEOPLE = frozenset(_PEOPLE.split())
_FORMS = (
    re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+"),
    re.compile(r"\+[0-9][0-9 ().\-/]{6,}"),
    re.compile(r"(?!\d{1,2}[/-]\d{1,2}[/-])\(?0[0-9]{1,4}\)?[ \-/][0-9][0-9 \-/]{4,}"),
    re.compile(r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?"),
    re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"),
)


def is_personal(name: str, values: Sequence[str]) -> bool:
    """Whether a column is about a person; `values` are some of it as text."""
    plain = read_name(name).plain
    parts = frozenset(plain.split("_"))
    is_called_so = bool(parts & _TELLING) or plain in _TELLING_ALONE
    return is_called_so or _is_name_of_people(parts) or _looks_so(values)


def _is_name_of_people(parts: frozenset[str]) -> bool:
    return parts <= _OF_PEOPLE | {"name"} and bool(parts & _OF_PEOPLE)


def _looks_so(values: Sequence[str]) -> bool:
    told = [each.strip() for each in values if each.strip()]
    found = sum(any(form.fullmatch(each) for form in _FORMS) for each in told)
    return bool(told) and found / len(told) >= _ENOUGH
