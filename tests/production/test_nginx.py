"""What nginx has to refuse by itself is said in the look of the site."""

from __future__ import annotations

import http.client
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import servers
from site_cocagne.core.serving import CLOSED

from .visitors import LOOK

pytestmark = pytest.mark.production


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx whose site is gone, with its limits."""
    folder: Path = tmp_path_factory.mktemp("alone")
    port = servers.free_port()
    conf = servers.nginx_conf(folder, port, [servers.free_port()], folder)
    with servers.nginx(folder, conf, f"http://127.0.0.1:{port}/media/none"):
        yield port


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
    """The status, the policy and the text of what nginx answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={"Host": "localhost", **headers})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, response.headers.get("Content-Security-Policy", ""), text


@pytest.mark.parametrize(
    ("path", "method", "headers", "status", "words"),
    [
        ("/", "GET", {}, 502, "Le site revient dans un instant"),
        ("/media/original_images/secret.jpg", "GET", {}, 404, "Rien ne pousse"),
        ("/media/images/none.jpg", "GET", {}, 404, "Rien ne pousse"),
        ("/sante/mesures/", "GET", {}, 404, "Rien ne pousse"),
        ("/fichiers-reserves/documents/secret.pdf", "GET", {}, 404, "Rien ne pousse"),
        ("/media/images/none.jpg", "DELETE", {}, 403, "Cette porte reste fermée"),
        ("/admin/", "POST", {"Content-Length": "900000000"}, 413, "Ce fichier est trop lourd"),
        ("/" + "a" * 40_000, "GET", {}, 414, "n’a pas été comprise"),
    ],
)
def test_nginx_refuses_in_the_look_of_the_site(
    alone: int, path: str, method: str, headers: dict[str, str], status: int, words: str
) -> None:
    answer, policy, text = ask(alone, path, method, **headers)
    assert answer == status
    assert words in text
    assert all(each in text for each in LOOK)
    assert "<!--#" not in text
    assert policy.startswith("default-src 'none'")


def test_too_many_requests_are_refused_in_the_look_of_the_site(alone: int) -> None:
    answers = [ask(alone, "/") for _ in range(150)]
    refused = [text for status, _policy, text in answers if status == 429]
    assert refused
    assert all("Un peu de patience" in text for text in refused)


class Site(http.server.BaseHTTPRequestHandler):
    """A site that gives everybody the one reserved file, as ``hand_over`` does."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("X-Accel-Redirect", "/fichiers-reserves/documents/secret.pdf")
        self.send_header("Content-Type", "application/pdf")
        self.send_header("Content-Disposition", 'attachment; filename="fiche.pdf"')
        for header, value in CLOSED.items():
            self.send_header(header, value)
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_a_reserved_file_leaves_by_nginx_once_the_site_says_so(tmp_path: Path) -> None:
    private = tmp_path / "private" / "documents"
    private.mkdir(parents=True)
    (private / "secret.pdf").write_bytes(b"0123456789")
    site = http.server.HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    port = servers.free_port()
    conf = servers.nginx_conf(tmp_path, port, [site.server_port], tmp_path)
    conf.write_text(conf.read_text().replace("/srv/private/", f"{private.parent}/"))
    with servers.nginx(tmp_path, conf, f"http://127.0.0.1:{port}/media/none"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/documents/1/", headers={"Range": "bytes=2-4"})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (206, b"234")
        connection.close()
        refused = ask(port, "/fichiers-reserves/documents/secret.pdf")
    site.shutdown()
    site.server_close()
    assert {name: answer.headers[name] for name in CLOSED} == CLOSED
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="fiche.pdf"'
    assert refused[0] == 404
