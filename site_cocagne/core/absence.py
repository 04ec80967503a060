"""What a process knows of a server that does not answer: it is left alone for a moment."""

from __future__ import annotations

import logging
import time

logger = logging.getLogger(__name__)

LEFT_ALONE = 2.0  # seconds


class Absence:
    """What this process knows of a server that does not answer."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.until = 0.0
        self.noticed = False

    def asks(self) -> bool:
        return time.monotonic() >= self.until

    def begins(self, error: Exception) -> None:
        if not self.noticed:
            logger.warning("The %s does not answer: %s", self.what, type(error).__name__)
        self.until, self.noticed = time.monotonic() + LEFT_ALONE, True

    def ends(self) -> bool:
        """The server has answered; was it away?"""
        was, self.noticed = self.noticed, False
        return was
