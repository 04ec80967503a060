"""What nginx has to refuse by itself is said in the look of the site."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import servers

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
