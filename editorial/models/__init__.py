"""What the editorial desk keeps beside Wagtail's own workflow tables."""

from .health import ExternalLink, Finding
from .notes import SubmissionNote
from .outbox import Message, Rhythm, RhythmChoice
from .review import Heartbeat, Review
from .rights import EditorialRight
from .sharing import DeskKey, DraftLink, DraftOpinion
from .tasks import AdviceTask, ApprovalTask

__all__ = [
    "AdviceTask",
    "ApprovalTask",
    "DeskKey",
    "DraftLink",
    "DraftOpinion",
    "EditorialRight",
    "ExternalLink",
    "Finding",
    "Heartbeat",
    "Message",
    "Review",
    "Rhythm",
    "RhythmChoice",
    "SubmissionNote",
]
