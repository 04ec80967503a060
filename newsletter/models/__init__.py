"""The newsletter: its sign-up page, its subscribers, the ledger of consent, what is to be sent."""

from .letters import LetterPage, Sending
from .pages import NewsletterPage, NewsletterPageMission
from .queue import Outgoing, QueuedWork, SignupRequest
from .records import BulkAction
from .replica import ProviderReport, ProviderUpdate
from .settings import NewsletterSettings
from .subscribers import ConsentEvent, ConsentText, Kind, State, Subscriber, Subscription

__all__ = [
    "BulkAction",
    "ConsentEvent",
    "ConsentText",
    "Kind",
    "LetterPage",
    "NewsletterPage",
    "NewsletterPageMission",
    "NewsletterSettings",
    "Outgoing",
    "ProviderReport",
    "ProviderUpdate",
    "QueuedWork",
    "Sending",
    "SignupRequest",
    "State",
    "Subscriber",
    "Subscription",
]
