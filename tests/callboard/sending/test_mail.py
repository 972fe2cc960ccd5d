"""A text reaches a mail server under the right heads, and a password is only sent under TLS."""

import ssl
import subprocess
from pathlib import Path

import pytest

from callboard.sending import NotSent
from callboard.sending.letter import Letter
from callboard.sending.mail import send_mail
from callboard.workspace import Mail
from tests.callboard.listeners import HOST, Post, free_port, mail_server


def _mail(port: int, *, user: str = "", to: tuple[str, ...] = ("data@example.org",)) -> Mail:
    return Mail(server=f"smtp://{user}{HOST}:{port}", sender="callboard@example.org", to=to)


def test_a_text_reaches_everybody_it_is_for() -> None:
    to = ("data@example.org", "ops@example.org")
    with mail_server() as post:
        assert 0 == send_mail(
            _mail(post.port, to=to), Letter(subject="Feed: späť", text="Zeile 1\nµ")
        )
    (message,) = post.got
    assert [list(to)] == post.to
    assert "Feed: späť" == message["Subject"]
    assert "Callboard <callboard@example.org>" == message["From"]
    assert "data@example.org, ops@example.org" == message["To"]
    assert ("text/plain", "auto-generated") == (
        message.get_content_type(),
        message["Auto-Submitted"],
    )
    assert "Zeile 1\nµ\n" == message.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x00\n", "\u2028"])
def test_a_subject_begins_no_other_header(end: str) -> None:
    with mail_server() as post:
        send_mail(_mail(post.port), Letter(subject=f"Feed{end}Bcc: eve@example.org", text="x"))
    assert [["data@example.org"]] == post.to
    assert "Feed Bcc: eve@example.org" == post.got[0]["Subject"]
    assert post.got[0]["Bcc"] is None


def test_some_addresses_may_be_refused_but_not_all() -> None:
    to = ("data@example.org", "gone@example.org")
    with mail_server(Post(refused=frozenset(to[1:]))) as post:
        assert 1 == send_mail(_mail(post.port, to=to), Letter(subject="x", text="x"))
    with mail_server(Post(refused=frozenset(to))) as post, pytest.raises(NotSent) as told:
        send_mail(_mail(post.port, to=to), Letter(subject="x", text="x"))
    assert "the server refused every address" == str(told.value)


def test_a_server_that_is_away_is_told_without_its_address() -> None:
    with pytest.raises(NotSent, match="cannot be reached") as told:
        send_mail(_mail(free_port(), user="bot:s3cret@"), Letter(subject="x", text="x"))
    assert not [each for each in ("s3cret", HOST, "bot") if each in str(told.value)]


def test_a_password_is_not_sent_in_the_clear() -> None:
    with mail_server(password=b"s3cret") as post, pytest.raises(NotSent, match="offers no TLS"):
        send_mail(_mail(post.port, user="bot:s3cret@"), Letter(subject="x", text="x"))


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate for this machine, which clients of this test trust."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=callboard-test", "-keyout", str(key)),
            *("-out", str(certificate), "-addext", f"subjectAltName=IP:{HOST}"),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


@pytest.mark.parametrize(("password", "is_taken"), [("s3%2Fcret", True), ("wrong", False)])
def test_under_tls_user_and_password_are_sent(
    tls: ssl.SSLContext, password: str, is_taken: bool
) -> None:
    with mail_server(tls=tls, password=b"s3/cret") as post:
        mail = _mail(post.port, user=f"bot:{password}@")
        if is_taken:
            assert 0 == send_mail(mail, Letter(subject="x", text="x"))
        else:
            with pytest.raises(NotSent, match="did not take user and password"):
                send_mail(mail, Letter(subject="x", text="x"))
    assert is_taken == bool(post.got)


def test_a_server_that_nobody_vouches_for_gets_nothing(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(tls=tls) as post, pytest.raises(NotSent, match="cannot be trusted"):
        send_mail(_mail(post.port), Letter(subject="x", text="x"))
    assert [] == post.got
