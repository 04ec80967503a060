"""Keeps Wagtail's API from being loaded: the site has none (docs/decisions/no-api.md).

Wagtail 8 builds API v3 while its apps get ready, whether a site serves it or not: a schema for
each page type, and the two libraries that make them. That costs a process about 48 MB. The apps
look for these modules by name; here they find empty ones, which hold exactly what they ask for.

Goes once Wagtail asks whether ``wagtail.api.v3`` is installed before it loads it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

# What each app's ``ready`` imports.
ROUTERS = (
    "wagtail.contrib.redirects.api.v3",
    "wagtail.documents.api.v3.router",
    "wagtail.images.api.v3.router",
    "wagtail.snippets.api.v3.router",
)
REGISTRIES = (
    "wagtail.documents.api.v3.registry",
    "wagtail.images.api.v3.registry",
    "wagtail.snippets.api.v3",
)


class NoApi:
    """Takes the routers that are handed to it, and serves none."""

    def add_router(self, prefix: str, router: Any) -> None:
        del prefix, router


def register_nothing() -> None:
    """In the place of the registration of content types with the API."""


def leave_out() -> None:
    """Must be called before Wagtail's apps are ready; what is loaded already stays."""
    put("wagtail.api.v3.api", api=NoApi())
    for name in ROUTERS:
        put(name, router=None)
    for name in REGISTRIES:
        put(name, register_content_types=register_nothing)


def put(name: str, **content: Any) -> None:
    module = ModuleType(name, __doc__)
    module.__path__ = []
    vars(module).update(content)
    sys.modules.setdefault(name, module)
