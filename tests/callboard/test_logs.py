"""What the log may and may not keep."""

import json
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callboard.logs import JsonLines, log_error, new_error_id, redact

SECRET = "hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f"cannot connect postgresql://app:{SECRET}@db.example/kpi",
        f"postgresql+psycopg://app:p@ss{SECRET}@db.example/kpi?sslmode=require",
        f"postgresql://app:half/{SECRET}@db.example/kpi",
        f"password={SECRET}",
        f"PGPASSWORD: '{SECRET}'",
        f'{{"api_key": "{SECRET}"}}',
        f"Authorization: Bearer {SECRET}xyz",
        f"host=db user=app password={SECRET} dbname=kpi",
        f"access_token={SECRET}&next=1",
        f"password: 'a phrase with {SECRET}'",
        f'the answer was {{\\"client_secret\\": \\"a {SECRET}\\"}}',
        f"Cookie: theme=dark; session={SECRET}",
        f"{{'Set-Cookie': 'theme=dark; session={SECRET}'}}",
        f"Could not parse SQLAlchemy URL from string 'mysql://root:a {SECRET}@h/db'",
        f"api key: {SECRET}",
        f"DB_PASS={SECRET}",
    ],
)
def test_a_secret_does_not_reach_the_log(text: str) -> None:
    assert SECRET not in redact(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_whatever_the_password_its_address_is_struck_out(password: str) -> None:
    assert redact(f"postgresql://u:{password}secret@h/d") == "postgresql://***@h/d"


@pytest.mark.parametrize(
    "text",
    [
        "refreshed deliveries: 120 rows",
        "http://127.0.0.1:8501/overview is up; ask a@example.org",
        "{'metric': 'otd', 'passed': 'yes'}",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert text == redact(text)


def test_a_line_is_json_with_its_fields() -> None:
    record = logging.LogRecord("callboard", logging.INFO, "f", 1, "refreshed", None, None)
    record.fields = {"feed": "deliveries", "rows": 120, "url": f"x://u:{SECRET}@h"}
    line = json.loads(JsonLines().format(record))
    assert ("refreshed", "deliveries", 120, "x://***@h") == (
        line["event"],
        line["feed"],
        line["rows"],
        line["url"],
    )


def test_an_error_is_found_by_its_id_and_without_its_secret(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("callboard"), "propagate", True)
    try:
        raise RuntimeError(f"cannot connect postgresql://app:{SECRET}@db/kpi")
    except RuntimeError as error:
        error_id = log_error(error)
    line = JsonLines().format(caplog.records[-1])
    assert error_id == json.loads(line)["error_id"]
    assert SECRET not in line


def test_an_error_id_can_be_read_out() -> None:
    assert re.fullmatch(r"[a-hjkmnp-z2-9]{4}-[a-hjkmnp-z2-9]{4}", new_error_id())
