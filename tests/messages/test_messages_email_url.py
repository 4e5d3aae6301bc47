"""One address says which mail server there is."""

import pytest

from tvaers.messages.email_url import MailServer, mail_server


def test_an_address_with_everything() -> None:
    server = mail_server("smtp+tls://anne%40koege.dk:h%2Fm@mail.example.dk:2525")
    assert (server.host, server.port) == ("mail.example.dk", 2525)
    assert (server.user, server.password) == ("anne@koege.dk", "h/m")
    assert (server.starttls, server.tls) == (True, False)


@pytest.mark.parametrize(("url", "port"), [("smtp://m", 25), ("smtps://m", 465)])
def test_ports_go_without_saying(url: str, port: int) -> None:
    assert mail_server(url).port == port


@pytest.mark.parametrize("url", [None, ""])
def test_no_address_is_no_server(url: str | None) -> None:
    assert mail_server(url) == MailServer()


@pytest.mark.parametrize("url", ["mail.example.dk", "http://mail.example.dk", "smtp://"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="EMAIL_URL must look like"):
        mail_server(url)
