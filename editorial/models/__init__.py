"""What the editorial desk keeps beside Wagtail's own workflow tables."""

from .outbox import Message, Rhythm, RhythmChoice
from .review import Heartbeat, Review
from .rights import EditorialRight
from .tasks import AdviceTask, ApprovalTask

__all__ = [
    "AdviceTask",
    "ApprovalTask",
    "EditorialRight",
    "Heartbeat",
    "Message",
    "Review",
    "Rhythm",
    "RhythmChoice",
]
