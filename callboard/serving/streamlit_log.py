"""Streamlit's own log lines without secrets: it prints every traceback as it is (F9)."""

import logging

from callboard.logs import redact


class WithoutSecrets(logging.Filter):
    """Lets every line through, its message and traceback redacted."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact the record in place."""
        record.msg, record.args = redact(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


_FILTER = WithoutSecrets()


def redact_streamlit() -> None:
    """Redact what the loggers of Streamlit that exist now will say; again does no harm.

    `logger.enableRich` must be off: what it prints passes no logger.
    """
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "streamlit":
            logging.getLogger(name).addFilter(_FILTER)
