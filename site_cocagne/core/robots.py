"""Who asks: a person, as far as their browser says, or a robot. Figures count people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

# Robots name themselves; what names nothing at all is one too.
ROBOT = re.compile(
    r"bot|crawl|spider|slurp|archiv|preview|monitor|scan|fetch|feed|curl|wget|python|java/|go-http"
    r"|okhttp|libwww|httpclient|headless|lighthouse|facebookexternal|whatsapp",
    re.IGNORECASE,
)


def is_robot(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return not agent or ROBOT.search(agent) is not None or "prefetch" in ahead
