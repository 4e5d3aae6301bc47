"""The real doors, as a browser comes in by them: signed links, sign-in and forms over HTTP."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from threading import Lock
from urllib.parse import urlencode

from tests.faults.world import PASSWORD, Person

Form = list[tuple[str, str]]
REDIRECTS = {302, 303}
PATIENCE = 40.0
"""Seconds that a page may take."""


class Away(Exception):
    """Nobody answered, or the answer broke off, or the house said that it is broken."""


@dataclass(frozen=True)
class Reply:
    """A page, or where the browser is sent; `said_yes` is never so of a page with a form."""

    status: int
    location: str
    text: str

    def leads_to(self, path: str) -> bool:
        return self.status in REDIRECTS and self.location.split("?")[0] == path


@dataclass
class Browser:
    """Cookies for one person; every request comes by a new connection. Raises `Away`."""

    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, None)

    def post(self, path: str, form: Form) -> Reply:
        token = self.cookies["csrftoken"].value if "csrftoken" in self.cookies else ""
        return self._ask("POST", path, urlencode([*form, ("csrfmiddlewaretoken", token)]))

    def _ask(self, method: str, path: str, body: str | None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{k}={m.value}" for k, m in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Away(str(error)) from None
        finally:
            connection.close()
        for header in answer.msg.get_all("Set-Cookie") or ():
            self.cookies.load(header)
        if answer.status >= 500:
            raise Away(f"{answer.status} from {path}")
        return Reply(answer.status, answer.headers.get("Location", ""), text)


class Desk:
    """Somebody at an office with a browser, who signs in when the house asks for it."""

    def __init__(self, person: Person, port: int) -> None:
        self.person, self.browser = person, Browser(port)
        self._signed_in, self._lock = False, Lock()

    def get(self, path: str) -> Reply:
        self._sign_in()
        return self.browser.get(path)

    def post(self, path: str, form: Form) -> Reply:
        self._sign_in()
        reply = self.browser.post(path, form)
        if reply.leads_to("/log-ind/"):
            self._signed_in = False
            raise Away("the session is gone")
        return reply

    def _sign_in(self) -> None:
        with self._lock:
            if self._signed_in:
                return
            self.browser.get("/log-ind/")
            who = [("email", self.person.email), ("password", PASSWORD)]
            reply = self.browser.post("/log-ind/", who)
            if reply.status not in REDIRECTS:
                raise Away(f"sign-in gave {reply.status}")
            self._signed_in = True


def hits_on(page: str) -> list[int]:
    """The people whom a page of Svar på jobordre lets one tick."""
    return [int(number) for number in re.findall(r'name="person_(\d+)"', page)]
