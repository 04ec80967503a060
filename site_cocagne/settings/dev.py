"""Settings of a newcomer's machine: nothing to install but Python, nothing to set."""

from __future__ import annotations

from .base import *  # noqa: F403
from .base import configure
from .environment import read_environment

DEBUG = True
globals().update(configure(read_environment(development=True)))
ALLOWED_HOSTS = ["*"]
DEMONSTRATION_ACCOUNTS = True
# The accounts that ``make run`` makes for a newcomer enter the admin without a second factor.
SECOND_FACTOR_REQUIRED = False
