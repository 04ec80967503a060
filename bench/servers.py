"""Real servers for a measurement or a test: web processes, nginx, and what they are asked with."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, "manage.py")
PAGES = ROOT / "deploy" / "pages"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
WRK = shutil.which("wrk")
STARTS_WITHIN = 60  # seconds
# Percentiles in the form in which they are read back.
REPORT = """
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(url: str, headers: Mapping[str, str] | None = None) -> int | None:
    """The status of the answer, or None where nobody listens."""
    request = urllib.request.Request(url, headers=dict(headers or {}))  # noqa: S310 (ours)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


@contextlib.contextmanager
def running(
    command: Sequence[str], url: str, *, env: Mapping[str, str], cwd: Path, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """``command`` until the end of the block, once something answers at ``url``."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            env={**os.environ, **env},
            cwd=cwd,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + STARTS_WITHIN
        while answers(url) is None:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def gunicorn(application: str, port: int, *options: str) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--workers", "2", "--log-level", "warning", *options),
    ]


def site_env(port: int, **more: str) -> dict[str, str]:
    """What production asks for, behind a proxy that speaks TLS."""
    return {
        "DJANGO_SETTINGS_MODULE": "site_cocagne.settings.production",
        "SECRET_KEY": "of-a-measurement-and-of-nothing-else-" * 2,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BASE_URL": f"https://localhost:{port}",
        "SECURE_PROXY": "true",
        "EMAIL_URL": "dummymail://",
        "LOG_LEVEL": "WARNING",
        **more,
    }


def manage(env: Mapping[str, str], *arguments: str) -> None:
    """A command of ``manage.py`` in the site of ``env``; raises with its words where it fails."""
    done = subprocess.run(
        [*MANAGE, *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def collect_static(env: Mapping[str, str], *options: str) -> None:
    """Static files with hashed names, compressed: production asks for them."""
    manage(env, "collectstatic", "--noinput", "--verbosity", "0", *options)


@contextlib.contextmanager
def served(
    folder: Path, env: Mapping[str, str], port: int, upstream: int, media: Path
) -> Iterator[str]:
    """The site of ``env`` by gunicorn, and nginx in front of it; the address of nginx."""
    conf = nginx_conf(folder, port, [upstream], media, limits=False)
    url = f"http://localhost:{port}"
    with (
        running(
            gunicorn("site_cocagne.wsgi", upstream),
            f"http://127.0.0.1:{upstream}/sante/",
            env=env,
            cwd=ROOT,
            log=folder / "site.log",
        ),
        nginx(folder, conf, f"{url}/sante/"),
    ):
        yield url


def nginx(
    folder: Path, conf: Path, url: str
) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    command = [NGINX, "-c", str(conf), "-p", str(folder)]
    return running(command, url, env={}, cwd=folder, log=folder / "nginx.log")


def nginx_conf(
    folder: Path, port: int, upstreams: Sequence[int], media: Path | str, *, limits: bool = True
) -> Path:
    """deploy/nginx.conf as it stands, without TLS, on other ports and in ``folder``.

    ``media``: the folder of public pictures, or the address of their bucket.
    """
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    servers = "\n".join(f"    server 127.0.0.1:{upstream};" for upstream in upstreams)
    text = text.replace("    server web:8000;", servers)
    text = re.sub(r"server \{\s+listen 80 default_server;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *ssl_.*\n|^ *access_log .*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    text = text.replace("X-Forwarded-Proto $scheme", "X-Forwarded-Proto https")
    text = text.replace("/var/cache/nginx/pages", str(folder / "pages"))
    if isinstance(media, str):
        text = text.replace("alias /srv/media/images/;", f"proxy_pass {media}/images/;")
    text = text.replace("/srv/media", str(media)).replace("/etc/nginx/pages", str(PAGES))
    if not limits:
        text = re.sub(r"^ *limit_req .*\n", "", text, flags=re.MULTILINE)
    plain = (
        f"    location = /same-bytes.html {{ root {folder}; add_header Cache-Control public; }}\n"
    )
    text = text.replace("    location /media/ {", f"{plain}    location /media/ {{")
    conf = folder / "nginx.conf"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    conf.write_text(
        f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log warn;\n"
        "worker_processes 2;\nevents { worker_connections 1024; }\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{text}}}\n",
        encoding="utf-8",
    )
    return conf


@dataclass(frozen=True)
class Load:
    """What came of sixteen connections. Times in milliseconds."""

    per_second: float
    errors: int
    median: float
    p95: float
    p99: float


def load(url: str, folder: Path, *, seconds: int = 4, headers: Sequence[str] = ()) -> Load:
    script = folder / "report.lua"
    script.write_text(REPORT, encoding="utf-8")
    if WRK is None:
        raise RuntimeError("wrk is not installed.")
    command = [WRK, "-t2", "-c16", f"-d{seconds}s", "-s", str(script)]
    for header in headers:
        command += ["-H", header]
    out = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", out)
    if found is None:
        raise RuntimeError(out)
    requests, took, errors, median, p95, p99 = (int(group) for group in found.groups())
    return Load(requests / (took / 1e6), errors, median / 1000, p95 / 1000, p99 / 1000)


def memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes of ``process`` and its children, what they share counted once (Linux)."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            number = int(status.parent.name)
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            if process.pid in {number, parent}:
                rollup = (status.parent / "smaps_rollup").read_text()
                total += int(re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[0])
    return total / 1024
