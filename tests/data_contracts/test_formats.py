"""Named forms agree with the libraries that know them; bounds of times have one form."""

import ipaddress
import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.formats import PATTERNS, read_bound, read_day
from data_contracts.model import ColumnType

_JUNK = st.text("0123456789abcdefgF.:-", max_size=24)


def _matches(form: str, text: str) -> bool:
    return re.search(PATTERNS[form], text) is not None


def _is_address(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_address(text).version == version
    except ValueError:
        return False


@given(st.one_of(st.ip_addresses(v=4).map(str), _JUNK))
def test_an_ipv4_address_is_what_the_standard_library_takes(text: str) -> None:
    assert _is_address(text, 4) == _matches("ipv4", text)


@given(
    st.one_of(
        st.ip_addresses(v=6).map(str),
        st.ip_addresses(v=6).map(lambda each: each.exploded),
        st.lists(st.sampled_from(["", "0", "12ab", "1.2.3.4", "12345"]), max_size=10).map(":".join),
        _JUNK,
    )
)
def test_an_ipv6_address_is_what_the_standard_library_takes(text: str) -> None:
    assert _is_address(text, 6) == _matches("ipv6", text)


@given(st.uuids())
def test_a_uuid_has_its_form_and_nothing_beside_it(value: uuid.UUID) -> None:
    assert _matches("uuid", str(value))
    assert not _matches("uuid", f"{value}\n")
    assert not _matches("uuid", value.hex)


@pytest.mark.parametrize(
    ("form", "right", "wrong"),
    [
        ("email", "ann.o'neil+x@mail.example.org", "ann@example"),
        ("email", "a@b-c.de", "a b@example.org"),
        ("email", "a@b.co", "a@-b.co"),
        ("hostname", "db-1.example.org", "db_1.example.org"),
        ("hostname", "localhost", "-a"),
        ("hostname", "a" * 63, "a" * 64),
        ("hostname", ".".join(["a" * 49] * 5), ".".join(["a" * 50] * 5)),
        ("uri", "https://example.org/a?b=%20#c", "https://example.org/a b"),
        ("uri", "mailto:a@example.org", "example.org"),
        ("uri", "http://[::1]:80/", "http://a/%zz"),
    ],
)
def test_a_form_takes_what_it_should(form: str, right: str, wrong: str) -> None:
    assert (True, False) == (_matches(form, right), _matches(form, wrong))


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("2026-02-28", ColumnType.DATE, "2026-02-28"),
        ("2026-02-30", ColumnType.DATE, None),
        ("2026-02-28T00:00", ColumnType.DATE, None),
        ("20260228", ColumnType.DATE, None),
        ("2026-02-28", ColumnType.TIMESTAMP, "2026-02-28T00:00:00"),
        ("2026-02-28 08:30", ColumnType.TIMESTAMP, "2026-02-28T08:30:00"),
        ("2026-02-28T08:30:00Z", ColumnType.TIMESTAMP, "2026-02-28T08:30:00"),
        ("2026-02-28T00:30:00+01:00", ColumnType.TIMESTAMP, "2026-02-27T23:30:00"),
        ("2026-02-28T25:00", ColumnType.TIMESTAMP, None),
        ("2026-W09-1", ColumnType.TIMESTAMP, None),
        (20260228, ColumnType.TIMESTAMP, None),
    ],
)
def test_a_bound_of_time_is_read_into_one_form(
    text: object, kind: ColumnType, read: str | None
) -> None:
    assert read == read_bound(text, kind)


def test_a_day_is_text_in_one_form() -> None:
    assert None is read_day(None)
    assert "2026-02-28" == str(read_day("2026-02-28"))
