"""Posts a text to an address that takes messages as Slack does."""

import http.client
import json
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from callboard.sending import PATIENCE, NotSent


class _NoDetours(HTTPRedirectHandler):
    """Follows no redirect: it would turn the message into a question, and nobody would get it."""

    def redirect_request(self, *_: object) -> None:
        """Go nowhere else."""


_OPENER = build_opener(_NoDetours)


def post_text(url: str, text: str) -> None:
    """Post `text` as `{"text": …}`; NotSent where it is not taken."""
    try:
        with _OPENER.open(_request(url, text), timeout=PATIENCE):
            return
    except HTTPError as error:
        error.close()
        raise NotSent(f"it answered {error.code}") from None
    except URLError as error:
        raise NotSent(f"it cannot be reached ({_why(error.reason)})") from None
    except TimeoutError:
        raise NotSent("it did not answer in time") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotSent(f"the talk with it broke off ({type(error).__name__})") from None


def _request(url: str, text: str) -> Request:
    return Request(  # noqa: S310 - http or https, which the definitions are asked for
        url,
        data=json.dumps({"text": _plain(text)}, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "Callboard"},
        method="POST",
    )


def _plain(text: str) -> str:
    """The text with no word that would call a whole channel, as Slack has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _why(reason: object) -> str:
    """The system's word for it, which names no address."""
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    return (isinstance(reason, OSError) and reason.strerror) or type(reason).__name__
