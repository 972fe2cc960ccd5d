"""JSON lines to the log, with secrets struck out, and the ids by which people quote an error."""

import json
import logging
import re
import secrets
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from callboard.settings import Settings

_LOGGER = logging.getLogger("callboard")
_HIDDEN = "***"
_SECRET_WORDS = (
    r"pass(?:word|wd|phrase|(?![a-z]))|pwd|secret|token|api[_ -]?key|cookie|authorization"
)
_QUOTE = r"\\*['\"]"
_NAMED = rf"(?P<name>[\w-]*(?:{_SECRET_WORDS})[\w-]*(?:{_QUOTE})?\s*[=:]\s*)"
_REDACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?:\S*|[^\s/@]*:[^@/'\"\n]*)@"),
        rf"\g<scheme>{_HIDDEN}@",
    ),
    (re.compile(r"(?i)\b(?P<kind>bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}"), rf"\g<kind> {_HIDDEN}"),
    (re.compile(r"(?i)(?P<name>\bcookie\s*:\s*)[^\s'\"\\][^\n]*"), rf"\g<name>{_HIDDEN}"),
    (
        re.compile(rf"(?i){_NAMED}(?P<quote>{_QUOTE})[^\n]*?(?P=quote)"),
        rf"\g<name>\g<quote>{_HIDDEN}\g<quote>",
    ),
    (re.compile(rf"(?i){_NAMED}[^\s'\"\\&,;]+"), rf"\g<name>{_HIDDEN}"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"), _HIDDEN),
)


def redact(text: str) -> str:
    """Return the text without passwords, tokens and the credentials in database addresses."""
    for pattern, replacement in _REDACTIONS:
        text = pattern.sub(replacement, text)
    return text


class JsonLines(logging.Formatter):
    """One JSON object a line: ts, level, event, then the fields given as `extra={"fields": …}`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as redacted JSON, a traceback included."""
        line: dict[str, object] = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": redact(record.getMessage()),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line.update({key: _plain(value) for key, value in fields.items()})
        if record.exc_info:
            line["traceback"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float | None) else redact(str(value))


def start_logging(settings: Settings) -> None:
    """Send the product's log to standard error as JSON lines; a second call changes nothing."""
    _LOGGER.setLevel(settings.log_level)
    _LOGGER.propagate = False
    if not any(isinstance(each.formatter, JsonLines) for each in _LOGGER.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        _LOGGER.addHandler(handler)


class _FileWhenNeeded(RotatingFileHandler):
    """Makes its folder with its first line: a command with nothing to log leaves no trace."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say nothing: a log that cannot be written may not come between a person and an answer."""


def log_to_file(settings: Settings) -> Path:
    """Send the product's log to `logs/callboard.log` in its home instead, and return that path.

    For programs whose standard error a person reads. The file is kept under 10 MB, with one before.
    """
    path = settings.home / "logs" / "callboard.log"
    handler = _FileWhenNeeded(path, maxBytes=5_000_000, backupCount=1, delay=True, encoding="utf-8")
    handler.setFormatter(JsonLines())
    _LOGGER.setLevel(settings.log_level)
    _LOGGER.propagate = False
    _LOGGER.handlers = [handler]
    return path


def log_place() -> str:
    """Where the log goes: a file's path, or the words `standard error`."""
    files = [each for each in _LOGGER.handlers if isinstance(each, RotatingFileHandler)]
    return files[0].baseFilename if files else "standard error"


def log_event(event: str, **fields: object) -> None:
    """Write one line: what happened and its particulars; never file contents or cell values."""
    _LOGGER.info(event, extra={"fields": fields})


def log_error(error: BaseException, *, event: str = "unexpected error", **fields: object) -> str:
    """Write an error with its traceback and return the id that a person may quote."""
    error_id = new_error_id()
    _LOGGER.error(
        event,
        exc_info=(type(error), error, error.__traceback__),
        extra={"fields": {"error_id": error_id, **fields}},
    )
    return error_id


def new_error_id() -> str:
    """Return eight characters without look-alikes, such as `k7m2-q9xd`."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    text = "".join(secrets.choice(letters) for _ in range(8))
    return f"{text[:4]}-{text[4:]}"
