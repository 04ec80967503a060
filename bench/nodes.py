"""Two nodes of the site behind nginx, their Redis, and a clerk: to be broken, and to be soaked.

A *clerk* is a process of the site beside the nodes: it does what an editor or the clock does.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from . import servers

# A line in, its value as JSON out.
CLERK = """
import json, sys, traceback, django
django.setup()
from django.db import connection
from django.utils import timezone
from wagtail.models import Page
from home.models import ContentPage, HomePage
from members.models import User
home = HomePage.objects.get(depth=2, locale__language_code="fr")
connection.close()  # one that is kept may be cut before the first line comes
print("ready", flush=True)
for line in sys.stdin:
    found = dict(globals())
    try:
        exec(json.loads(line), found)
        answer = {"value": found.get("value")}
    except Exception:
        answer = {"failed": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
    connection.close()
"""
# Somebody with a session, who may enter the admin where ``staff``.
LOG_IN = """
from allauth.mfa.models import Authenticator
from django.test import Client
user, _made = User.objects.get_or_create(email={email!r}, defaults={{"first_name": {name!r}}})
if {staff}:
    user.is_superuser = True
    user.save()
    Authenticator.objects.get_or_create(user=user, type="totp", defaults={{"data": {{}}}})
client = Client()
client.force_login(user)
value = client.cookies["sessionid"].value
"""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


Browser = dict[str, str]  # its cookies


@dataclass
class Nodes:
    """The site as it runs. Ports: nginx, then each node."""

    nginx: int
    ports: list[int]
    env: dict[str, str]
    folder: Path
    redis_port: int
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    redis: subprocess.Popen[bytes] | None = None
    until_the_end: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    _clerk: Any = None
    _asking: Any = field(default_factory=threading.Lock)

    # --- what visitors do ---------------------------------------------------------------------

    def get(
        self,
        path: str,
        port: int = 0,
        browser: Browser | None = None,
        data: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """What a visitor gets: from nginx, or from the node at ``port`` as nginx would ask it.

        With ``data`` or ``files`` a form is sent.
        """
        headers = {"Host": f"localhost:{self.nginx}", "X-Forwarded-Proto": "https"}
        body = None
        if data is not None:
            headers["Referer"] = f"https://localhost:{self.nginx}/"
            headers["Content-Type"], body = encoded(data, files)
        if browser:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in browser.items())
        connection = http.client.HTTPConnection("127.0.0.1", port or self.nginx, timeout=30)
        try:
            connection.request("GET" if data is None else "POST", path, body, headers)
            response = connection.getresponse()
            cookies = response.headers.get_all("Set-Cookie") or []
            answer = Answer(response.status, dict(response.headers), response.read(), cookies)
        finally:
            connection.close()
        if browser is not None:
            for cookie in answer.cookies:
                name, _equals, value = cookie.partition(";")[0].partition("=")
                browser[name] = value
        return answer

    def send_form(
        self,
        path: str,
        browser: Browser,
        changes: Mapping[str, str],
        *,
        port: int = 0,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """Open the form at ``path``, change some of its fields, send it."""
        page = self.get(path, port, browser)
        if page.status != 200:
            return page
        return self.get(path, port, browser, {**fields(page.text), **changes}, files)

    def log_in(self, email: str, *, staff: bool = False) -> Browser:
        """A browser in which ``email`` is logged in; the account is made where there is none."""
        name = email.partition("@")[0]
        return {"sessionid": self.ask_clerk(LOG_IN.format(email=email, name=name, staff=staff))}

    def home(self) -> int:
        return int(self.ask_clerk("value = home.pk"))

    def write_page(self, browser: Browser, title: str, *, parent: int) -> bool:
        """A draft below home, through the admin's form; whether it was acknowledged."""
        changes = {"title": title, "slug": title, "body-count": "0"}
        path = f"/admin/pages/add/home/contentpage/{parent}/"
        return self.send_form(path, browser, changes).status == 302

    # --- what the operator does ---------------------------------------------------------------

    def ask_clerk(self, code: str) -> Any:
        with self._asking:
            self._clerk.stdin.write(json.dumps(code) + "\n")
            self._clerk.stdin.flush()
            answer = json.loads(self._clerk.stdout.readline())
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer["value"]

    def manage(self, *arguments: str, **env: str) -> subprocess.Popen[bytes]:
        """A command of the site in a process of its own, begun."""
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [*servers.MANAGE, *arguments],
                cwd=servers.ROOT,
                env={**os.environ, **self.env, **env},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def node(self, port: int, **env: str) -> contextlib.AbstractContextManager[Any]:
        """A node at ``port``, until the end of the block."""
        return servers.running(
            servers.gunicorn("site_cocagne.wsgi", port),
            f"http://127.0.0.1:{port}/sante/",
            env={**self.env, **env},
            cwd=servers.ROOT,
            log=self.folder / f"node-{port}.log",
        )

    def start_node(self, port: int) -> None:
        self.processes[port] = self.until_the_end.enter_context(self.node(port))

    def kill_node(self, port: int) -> None:
        os.killpg(self.processes[port].pid, signal.SIGKILL)
        self.processes[port].wait()

    def start_redis(self) -> None:
        import redis

        command = ["redis-server", "--port", str(self.redis_port), "--save", "", "--bind"]
        self.redis = subprocess.Popen(
            [*command, "127.0.0.1"], stdout=subprocess.DEVNULL, cwd=self.folder
        )
        client = redis.Redis(port=self.redis_port)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with contextlib.suppress(redis.ConnectionError):
                client.ping()
                return
            time.sleep(0.05)
        raise RuntimeError("Redis did not start.")

    def stop_redis(self) -> None:
        if self.redis is not None:
            self.redis.kill()
            self.redis.wait()

    @contextlib.contextmanager
    def clerk(self) -> Iterator[None]:
        with (
            (self.folder / "clerk.log").open("ab") as log,
            subprocess.Popen(
                [sys.executable, "-c", CLERK],
                cwd=servers.ROOT,
                env={**os.environ, **self.env},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            ) as self._clerk,
        ):
            try:
                if self._clerk.stdout.readline().strip() != "ready":
                    raise RuntimeError((self.folder / "clerk.log").read_text()[-2000:])
                yield
            finally:
                self._clerk.kill()


def site(folder: Path, **env: str) -> Nodes:
    """Two nodes, not started yet: ports, and the environment that all processes share."""
    nginx, redis_port, *ports = (servers.free_port() for _ in range(4))
    shared = servers.site_env(
        nginx,
        CACHE_URL=f"redis://127.0.0.1:{redis_port}/0",
        PAGE_CACHE="true",
        STATIC_ROOT=str(folder / "static"),
        **env,
    )
    return Nodes(nginx, list(ports), shared, folder, redis_port)


@contextlib.contextmanager
def running(nodes: Nodes, media: Path | str) -> Iterator[Nodes]:
    """Redis, both nodes, nginx and the clerk, until the end of the block."""
    nodes.start_redis()
    conf = servers.nginx_conf(nodes.folder, nodes.nginx, nodes.ports, media, limits=False)
    with nodes.until_the_end as stack:
        stack.callback(nodes.stop_redis)
        for port in nodes.ports:
            nodes.start_node(port)
        url = f"http://127.0.0.1:{nodes.nginx}/sante/"
        stack.enter_context(servers.nginx(nodes.folder, conf, url))
        stack.enter_context(nodes.clerk())
        yield nodes


def fields(page: str) -> dict[str, str]:
    """What the forms of a page would send as it stands: hidden fields, texts, choices."""
    from bs4 import BeautifulSoup

    found: dict[str, str] = {}
    for field_ in BeautifulSoup(page, "html.parser").select("form [name]"):
        name, kind = str(field_["name"]), str(field_.get("type", ""))
        if kind in {"submit", "file", "button"} or field_.name == "button":
            continue
        if kind in {"checkbox", "radio"} and not field_.has_attr("checked"):
            continue
        if field_.name == "select":
            chosen = field_.select("option[selected]") or field_.select("option")[:1]
            found[name] = str(chosen[0].get("value", "")) if chosen else ""
        elif field_.name == "textarea":
            found[name] = field_.text
        else:
            found[name] = str(field_.get("value", ""))
    return found


def encoded(
    data: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None
) -> tuple[str, bytes]:
    """A form as a browser sends it: its content type and its bytes."""
    if not files:
        return "application/x-www-form-urlencoded", urlencode(data).encode()
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in data.items()
    ]
    for name, (filename, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        kind = "Content-Type: application/octet-stream"
        parts.append(f"--{edge}\r\n{head}\r\n{kind}\r\n\r\n".encode() + content + b"\r\n")
    return f"multipart/form-data; boundary={edge}", b"".join([*parts, f"--{edge}--\r\n".encode()])
