"""Streamlit's own log lines hold no secrets."""

import logging

import pytest

from callboard.serving.streamlit_log import redact_streamlit

ADDRESS = "postgresql://app:hunter2@db/store"


@pytest.fixture
def logger() -> logging.Logger:
    found = logging.getLogger("streamlit.error_util")
    redact_streamlit()
    return found


def test_a_message_holds_no_password(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    logger.error("cannot connect to %s", ADDRESS)
    assert "hunter2" not in caplog.text
    assert "cannot connect" in caplog.text


def test_a_traceback_holds_no_password(
    logger: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise RuntimeError(ADDRESS)
    except RuntimeError as error:
        logger.error("Uncaught app execution", exc_info=error)
    assert "hunter2" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_other_loggers_are_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    redact_streamlit()
    logging.getLogger("streamlitless").error("as it is")
    assert "as it is" in caplog.text
