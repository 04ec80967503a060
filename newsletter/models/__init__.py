"""The newsletter: its sign-up page, its subscribers, the ledger of consent, what is to be sent."""

from .pages import NewsletterPage, NewsletterPageMission
from .queue import Outgoing, QueuedWork, SignupRequest
from .records import BulkAction
from .settings import NewsletterSettings
from .subscribers import ConsentEvent, ConsentText, Kind, State, Subscriber, Subscription

__all__ = [
    "BulkAction",
    "ConsentEvent",
    "ConsentText",
    "Kind",
    "NewsletterPage",
    "NewsletterPageMission",
    "NewsletterSettings",
    "Outgoing",
    "QueuedWork",
    "SignupRequest",
    "State",
    "Subscriber",
    "Subscription",
]
