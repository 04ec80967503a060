"""A walk over everything that the site map names, as a visitor makes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from bs4 import BeautifulSoup

from .conftest import Site

MEGABYTE = 1024  # kB
# What a page may ask of: pictures, scripts, styles, frames. Links to partners are no requests.
LOADED = {"src", "srcset", "poster", "data"}


def read(address: str) -> tuple[int, str]:
    with urlopen(address, timeout=30) as answer:  # noqa: S310 (our own server)
        return answer.status, answer.read().decode()


def addresses_of(site: Site) -> list[str]:
    """Every address of the site map, its index followed."""
    found: list[str] = []
    for name in re.findall(r"<loc>([^<]+)</loc>", read(f"{site.url}/sitemap.xml")[1]):
        found += re.findall(r"<loc>([^<]+)</loc>", read(name)[1])
    return found


def asked_of_others(page: str, host: str) -> list[str]:
    """The addresses of other hosts that a browser would ask for while it shows ``page``."""
    soup = BeautifulSoup(page, "html5lib")
    values = [
        value
        for tag in soup.find_all(True)
        for name, value in tag.attrs.items()
        if name in LOADED or (name == "href" and tag.name == "link" and "icon" in str(tag["rel"]))
    ]
    values += [str(tag["href"]) for tag in soup.select("link[rel=stylesheet], link[rel=preload]")]
    return [value for value in map(str, values) if urlsplit(value).netloc not in ("", host)]


def memory_of(process: int) -> int:
    """Resident memory of the web process under the server's own, in kB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    assert len(children) == 1
    status = Path(f"/proc/{children[0]}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found.group(1))


def walk(addresses: list[str]) -> dict[str, str]:
    """Every page, as it answers."""
    pages: dict[str, str] = {}
    for address in addresses:
        status, pages[address] = read(address)
        assert status == 200, address
    return pages


def test_every_address_answers_and_one_process_stays_small(
    site: Site, record_testsuite_property: Callable[[str, object], None]
) -> None:
    addresses = addresses_of(site)
    assert len(addresses) > 50
    addresses += [f"{site.url}/plan-du-site/", f"{site.url}/recherche/?q=semis"]
    for address, page in walk(addresses).items():
        assert asked_of_others(page, urlsplit(site.url).netloc) == [], address
    # What it took to make each picture's sizes, once, is not what serving them takes.
    site.stop()
    site.start()
    walk(addresses)
    log = (site.folder / "server.log").read_text()
    assert not re.search(r"ERROR|CRITICAL|Traceback", log), log
    assert site.server is not None
    memory = memory_of(site.server.pid)
    record_testsuite_property("addresses of the walk", len(addresses))
    record_testsuite_property("memory of one web process, MB", memory // MEGABYTE)
    assert memory < 150 * MEGABYTE, memory
