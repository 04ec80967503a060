"""Videos and sounds that stand on somebody else's site: shown there, or here after a click.

Nothing is asked of the other site before the click; the plain link works without a script. Only
the hosts named here may be framed at all (``frame-src`` of the public pages).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

ID = r"[A-Za-z0-9_-]{1,64}"


@dataclass(frozen=True)
class Site:
    """A site with players: its hosts, the addresses that hold something, and what is framed."""

    hosts: tuple[str, ...]
    addresses: tuple[str, ...]  # of path and query, with a group ``id``
    frame: str


@dataclass(frozen=True)
class Player:
    """``address`` is framed after a click; ``host`` is who then learns of it."""

    address: str
    host: str


SITES = (
    Site(
        ("youtube.com", "m.youtube.com", "youtube-nocookie.com"),
        (rf"/watch\?(?:.*&)?v=(?P<id>{ID})", rf"/(?:embed|shorts|live)/(?P<id>{ID})"),
        "https://www.youtube-nocookie.com/embed/{id}",
    ),
    Site(("youtu.be",), (rf"/(?P<id>{ID})",), "https://www.youtube-nocookie.com/embed/{id}"),
    Site(
        ("vimeo.com", "player.vimeo.com"),
        (r"/(?:video/)?(?P<id>\d{1,20})",),
        "https://player.vimeo.com/video/{id}?dnt=1",
    ),
    Site(
        ("dailymotion.com",),
        (rf"/video/(?P<id>{ID})",),
        "https://www.dailymotion.com/embed/video/{id}",
    ),
    Site(
        ("framatube.org",),
        (rf"/(?:w|videos/watch|videos/embed)/(?P<id>{ID})",),
        "https://framatube.org/videos/embed/{id}",
    ),
)
FRAMED = sorted({"https://" + urlsplit(site.frame).netloc for site in SITES})


def player_for(url: str) -> Player | None:
    """The player of what stands at ``url``; None where it is a page like any other."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for site in SITES:
        if host not in site.hosts:
            continue
        for pattern in site.addresses:
            found = re.match(rf"{pattern}(?![A-Za-z0-9_-])", address)
            if found:
                frame = site.frame.format(id=quote(found["id"], safe=""))
                return Player(frame, urlsplit(frame).netloc.removeprefix("www."))
    return None
