import pytest

from callboard.services.connecting.personal_columns import is_personal


@pytest.mark.parametrize(
    "name",
    [
        *("email", "requester_email", "CustomerName", "first name", "phone", "ship_address"),
        *("date_of_birth", "salary", "ip", "comments", "subject", "agent_name", "iban"),
    ],
)
def test_a_column_called_after_people_is_personal(name: str) -> None:
    assert is_personal(name, [])


@pytest.mark.parametrize(
    "name",
    [
        *("group_name", "brand", "open_over_age", "feedback_id", "contact_id", "created_at"),
        *("hours", "user_count", "carrier", "message_id", "team"),
    ],
)
def test_a_column_of_the_service_is_not(name: str) -> None:
    assert not is_personal(name, ["North", "South"])


@pytest.mark.parametrize(
    "value",
    ["ann@example.org", "+44 20 7946 0000", "(020) 7946 0000", "GB82 WEST 1234 5698 7654 32"],
)
def test_what_looks_personal_is_whatever_its_name(value: str) -> None:
    assert is_personal("reference", [value, "A1", "A2"])


@pytest.mark.parametrize(
    "values",
    [
        ["2026-01-05 08:00:00", "01/02/2026", "05-11-2026"],
        ["SO-00001", "1000234", "TK-2026-000123"],
        ["", " "],
        ["0.5", "12.25"],
    ],
)
def test_dates_and_numbers_are_nobodys(values: list[str]) -> None:
    assert not is_personal("reference", values)


def test_a_stray_address_does_not_make_a_column_personal() -> None:
    assert not is_personal("topic", ["ann@example.org", *(["price"] * 50)])
