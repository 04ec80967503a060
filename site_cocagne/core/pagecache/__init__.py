"""Public pages kept whole (docs/decisions/page-cache.md)."""

from __future__ import annotations

from .marks import for_everybody, same_for_everybody
from .middleware import WholePages

__all__ = ["WholePages", "for_everybody", "same_for_everybody"]
