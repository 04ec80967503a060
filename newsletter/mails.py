"""The mails of the newsletter, written at the moment they leave from what is true then.

No picture that counts, no rewritten link. Each mail carries the headers of RFC 8058.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from . import ledger
from .inline import inline_styles
from .letters import LEAVE, MANAGE, still_reads
from .lists import all_lists
from .models import ConsentEvent, Kind, NewsletterSettings, Outgoing, State, Subscriber
from .signup import confirmable
from .tokens import Token, confirm_token, leave_token, manage_token

logger = logging.getLogger(__name__)

Purpose = Outgoing.Purpose


def address_of(name: str, token: str, language: str) -> str:
    """The absolute address of a signed link, in a language of the site."""
    with translation.override(language):
        return f"{settings.BASE_URL}{reverse(f'newsletter:{name}', args=[token])}"


def write(mail: Outgoing) -> EmailMessage | None:
    """The message of a row of the outbox, or None when it has lost its reason."""
    writers = {
        Purpose.CONFIRM: _confirmation,
        Purpose.KNOWN: _already_known,
        Purpose.AGAIN: _ask_again,
        Purpose.LETTER: _letter,
    }
    with translation.override(mail.language):
        return writers[Purpose(mail.purpose)](mail)


def _confirmation(mail: Outgoing) -> EmailMessage | None:
    uid = mail.subscriber.uid
    waiting = confirmable(Token(uid=uid, ask=mail.ask))
    if not waiting or mail.ask is None:
        return None  # confirmed, left or gone in the meantime
    words = all_lists(mail.language)
    context = {
        "link": address_of("confirm", confirm_token(uid, mail.ask), mail.language),
        "lists": [words.get(key, key) for key in waiting],
    }
    return message(mail, _("Confirm your subscription"), "confirm", context)


def _already_known(mail: Outgoing) -> EmailMessage | None:
    words = all_lists(mail.language)
    rows = mail.subscriber.subscriptions.filter(state=State.CONFIRMED)
    context = {"lists": [words.get(row.list_key, row.list_key) for row in rows]}
    return message(mail, _("You are already subscribed"), "known", context)


def _ask_again(mail: Outgoing) -> EmailMessage | None:
    subscriber = mail.subscriber
    if subscriber.asked_again_at is None:
        return None  # a sign of life came in the meantime
    link = address_of("keep", manage_token(subscriber.uid), mail.language)
    return message(mail, _("Shall we go on writing?"), "again", {"link": link})


def _letter(mail: Outgoing) -> EmailMessage | None:
    sending = mail.sending
    if sending is None or not still_reads(mail):
        return None
    uid = mail.subscriber.uid
    links = {
        MANAGE: address_of("manage", manage_token(uid), mail.language),
        LEAVE: address_of("leave", leave_token(uid, sending.lists), mail.language),
    }
    html, text = sending.html, sending.text
    for mark, link in links.items():
        html, text = html.replace(mark, link), text.replace(mark, link)
    return assemble(mail, sending.subject, text=text, html=html, lists=sending.lists)


def message(mail: Outgoing, subject: str, name: str, context: dict[str, Any]) -> EmailMessage:
    """Text and HTML from ``templates/emails/newsletter/<name>``, with the usual headers."""
    uid, language = mail.subscriber.uid, mail.language
    facts = {
        "manage": address_of("manage", manage_token(uid), language),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site_url": settings.BASE_URL,
        "organisation": organisation(),
        "language": language,
        "subject": subject,
        **context,
    }
    return assemble(
        mail,
        subject,
        text=render_to_string(f"emails/newsletter/{name}.txt", facts).strip() + "\n",
        html=inline_styles(render_to_string(f"emails/newsletter/{name}.html", facts)),
    )


def assemble(
    mail: Outgoing, subject: str, *, text: str, html: str, lists: list[str] | None = None
) -> EmailMessage:
    """A message with sender, departure headers and a Message-ID that a second try repeats."""
    sender, answers = sender_and_answers()
    uid = mail.subscriber.uid
    leave = address_of("leave", leave_token(uid, lists or []), mail.language)
    domain = settings.BASE_URL.rpartition("/")[2].partition(":")[0]
    built = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        from_email=sender,
        to=[mail.subscriber.address],
        reply_to=answers,
        headers={
            "Message-ID": f"<newsletter.{mail.purpose}.{mail.pk}.{uid.hex}@{domain}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    built.attach_alternative(html, "text/html")
    return built


def sender_and_answers() -> tuple[str, list[str] | None]:
    """Who the mails come from, and where answers go, as the team has set it."""
    options = newsletter_settings()
    if options is None:
        return settings.DEFAULT_FROM_EMAIL, None
    return (
        options.sender or settings.DEFAULT_FROM_EMAIL,
        [options.reply_to] if options.reply_to else None,
    )


def newsletter_settings() -> NewsletterSettings | None:
    site = Site.objects.filter(is_default_site=True).first()
    return NewsletterSettings.for_site(site) if site else None


def organisation() -> Any:
    """Who writes: name and address at the foot of each mail."""
    from site_cocagne.core.models import Organisation

    site = Site.objects.filter(is_default_site=True).first()
    return Organisation.for_site(site) if site else None


def after(mail: Outgoing) -> None:
    """What follows from a mail having left.

    A confirmation that was sent is part of the proof; the time to answer whether to go on begins.
    """
    if mail.purpose == Purpose.AGAIN:
        asked = Subscriber.objects.filter(pk=mail.subscriber_id, asked_again_at__isnull=False)
        asked.update(asked_again_at=timezone.now())
    if mail.purpose == Purpose.CONFIRM:
        ledger.record(
            mail.subscriber, Kind.SENT, mail.lists, source=ConsentEvent.Source.FORM, ask=mail.ask
        )


def refused(mail: Outgoing, reason: str) -> None:
    """The server refuses the address for good: it is written to no more."""
    keys = mail.subscriber.subscriptions.filter(state__in=[State.WAITING, State.CONFIRMED])
    if lists := list(keys.values_list("list_key", flat=True)):
        ledger.record(
            mail.subscriber,
            Kind.BOUNCED,
            lists,
            source=ConsentEvent.Source.PROVIDER,
            detail=reason[:500],
        )
