"""A section goes to an outside translator and comes back: one PO file for all its pages.

The file says which section and language it is of, when it was made and how many sentences it
holds. What comes back is taken whole or refused whole, with every reason; what changed here in the
meantime is told and wins. Nothing of it is online before it went through the workflow.
"""

from __future__ import annotations

from .back import Incoming, RefusedError, judge, parse, take_back
from .file import LARGEST, seal
from .out import Outgoing, export

__all__ = [
    "LARGEST",
    "Incoming",
    "Outgoing",
    "RefusedError",
    "export",
    "judge",
    "parse",
    "seal",
    "take_back",
]
