"""Sends a letter by SMTP, under TLS wherever the server offers it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from callboard.sending import PATIENCE, NotSent
from callboard.sending.letter import Letter
from callboard.workspace import Mail

_PORTS = {"smtp": 25, "smtps": 465}


def send_mail(mail: Mail, letter: Letter) -> int:
    """Send a letter to all of `mail.to`; NotSent where nobody gets it.

    Returns how many of the addresses the server refused. A password is only ever sent under TLS.
    """
    try:
        with _connect(urlsplit(mail.server)) as server:
            return len(server.send_message(_message(mail, letter)))
    except smtplib.SMTPRecipientsRefused:
        raise NotSent("the server refused every address") from None
    except smtplib.SMTPAuthenticationError:
        raise NotSent("the server did not take user and password") from None
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"the server answered {error.smtp_code}") from None
    except ssl.SSLError as error:
        raise NotSent(f"the server cannot be trusted ({type(error).__name__})") from None
    except TimeoutError:
        raise NotSent("the server did not answer in time") from None
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotSent(_why(error)) from None


def as_file(letter: Letter) -> bytes:
    """Return the letter as a file that mail programs open."""
    message = EmailMessage()
    _fill(message, letter)
    return bytes(message)


def _message(mail: Mail, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address(display_name="Callboard", addr_spec=mail.sender)
    message["To"] = ", ".join(mail.to)
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    _fill(message, letter)
    return message


def _fill(message: EmailMessage, letter: Letter) -> None:
    message["Subject"] = " ".join("".join(filter(_is_shown, letter.subject)).split())
    message.set_content(letter.text)
    if letter.html:
        _add_html(message, letter)


def _add_html(message: EmailMessage, letter: Letter) -> None:
    """The HTML beside the text, with its pictures: nothing is fetched when it is read."""
    message.add_alternative(letter.html, subtype="html")
    html = message.get_body(("html",))
    assert html is not None
    for each in letter.pictures:
        html.add_related(each.png, "image", "png", cid=f"<{each.name}>", disposition="inline")


def _is_shown(letter: str) -> bool:
    """A line's end, which would begin another header, becomes nothing but a blank."""
    return letter.isprintable() or letter.isspace()


@contextmanager
def _connect(place: SplitResult) -> Iterator[smtplib.SMTP]:
    """The server after greeting, TLS where it offers it, and login where a user is named."""
    context = ssl.create_default_context()
    with closing(_reach(place, context)) as server:
        server.ehlo()
        is_safe = place.scheme == "smtps"
        if not is_safe and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            is_safe = True
        if place.username and not is_safe:
            raise NotSent("the server offers no TLS, and a password is only sent under TLS")
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
        yield server
        with suppress(OSError):  # the message is taken; whatever it says now changes nothing
            server.quit()


def _reach(place: SplitResult, context: ssl.SSLContext) -> smtplib.SMTP:
    host, port = place.hostname or "", place.port or _PORTS[place.scheme]
    if place.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
    return smtplib.SMTP(host, port, timeout=PATIENCE)


def _why(error: Exception) -> str:
    reason = isinstance(error, OSError) and error.strerror
    return f"the server cannot be reached ({reason or type(error).__name__})"
