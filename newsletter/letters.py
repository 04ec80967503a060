"""A letter as a mail, and its way into the outbox.

What a letter shows of other pages is asked of ``core.access`` for who will read it: anybody for
an open letter, any member for a reserved one. So nothing reserved leaves in an open letter,
whatever its author chose and whatever was reserved since.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from site_cocagne.core import access
from site_cocagne.core.blocks.links import LinkValue, may_be_linked

from .inline import absolute_links, inline_styles, text_of
from .lists import MEMBERS
from .models import LetterPage, NewsletterPage, Outgoing, Sending, State, Subscriber

# Replaced for each reader; nothing else differs from one mail to the next.
MANAGE, LEAVE = "https://manage.invalid/", "https://leave.invalid/"
BATCH = 500


class AnyMember(AnonymousUser):
    """Some member of the network, nobody in particular: what a reserved letter may show."""

    is_active: Any = True
    is_authenticated: Any = True
    _is_member_now = True


@dataclass(frozen=True)
class Composed:
    """A letter as a mail, with the marks that are replaced for each reader."""

    subject: str
    html: str
    text: str


def reader_of(letter: LetterPage) -> Any:
    return AnyMember() if access.is_reserved(letter) else AnonymousUser()


def sections_of(letter: LetterPage) -> list[dict[str, Any]]:
    """The sections as plain values: headings, safe HTML, pages. Two queries, one a page type."""
    chosen = [
        page
        for block in letter.sections
        if block.block_type == "pages"
        for page in block.value["pages"]
    ]
    ids = [page.pk for page in chosen if page is not None]
    reader = reader_of(letter)
    pages = access.visible_to(reader, Page.objects.filter(pk__in=ids)).specific()
    readable = {page.pk: page for page in pages}
    return [_section(block, readable, reader) for block in letter.sections]


def _section(block: Any, readable: dict[int, Any], reader: Any) -> dict[str, Any]:
    value = block.value
    if block.block_type == "text":
        return {"title": value["title"], "html": expand_db_html(value["text"].source)}
    if block.block_type == "button" and isinstance(value, LinkValue):
        known = may_be_linked(value.get("page"), reader)
        return {"link": value.address if known else "", "words": value.words if known else ""}
    pages = [readable[page.pk] for page in value["pages"] if page and page.pk in readable]
    return {"title": value["title"], "pages": [_item(page) for page in pages]}


def _item(page: Any) -> dict[str, Any]:
    """What a letter says of a page: never more than its card on the site.

    Of an event that does not simply take place, its status stands before its date.
    """
    status = getattr(page, "status", "")
    return {
        "status": page.get_status_display() if status not in ("", "confirmed") else "",
        "title": page.title,
        "summary": getattr(page, "summary", ""),
        "url": page.full_url,
        "date": getattr(page, "start_date", None),
    }


def compose(letter: LetterPage) -> Composed:
    """The letter as HTML and text, in its own language."""
    from .mails import organisation

    language = letter.locale.language_code
    with translation.override(language):
        context = {
            "letter": letter,
            "subject": letter.mail_subject,
            "introduction": expand_db_html(letter.introduction),
            "sections": sections_of(letter),
            "language": language,
            "manage": MANAGE,
            "leave": LEAVE,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "organisation": organisation(),
            "online": letter.full_url or settings.BASE_URL,
        }
        html = render_to_string("emails/newsletter/letter.html", context)
    styled = absolute_links(inline_styles(html), settings.BASE_URL)
    return Composed(subject=letter.mail_subject, html=styled, text=text_of(styled))


def without_a_reader(letter: LetterPage, composed: Composed) -> tuple[str, str]:
    """HTML and text for somebody who tries the letter: links of a reader lead to the form."""
    parent = letter.get_parent()
    form = (parent.full_url if parent is not None else None) or settings.BASE_URL
    html, text = composed.html, composed.text
    for mark in (MANAGE, LEAVE):
        html, text = html.replace(mark, form), text.replace(mark, form)
    return html, text


def allowed_lists(letter: LetterPage, lists: dict[str, str]) -> dict[str, str]:
    """The lists a letter may be sent to: a reserved one to the members' list only."""
    if access.is_reserved(letter):
        return {MEMBERS: lists[MEMBERS]}
    return lists


class AlreadySentError(Exception):
    """The letter has gone to ``lists`` before."""

    def __init__(self, lists: list[str]) -> None:
        super().__init__(", ".join(lists))
        self.lists = lists


@transaction.atomic
def start(letter: LetterPage, lists: list[str], user: Any, *, again: bool = False) -> Sending:
    """Fix the words of the published letter and begin to fill the outbox.

    A list gets a letter once: a second click finds it sent, and raises ``AlreadySentError`` unless
    somebody said ``again``.
    """
    # One at a time for each letter, so that of two clicks the second sees what the first did.
    LetterPage.objects.select_for_update().get(pk=letter.pk)
    composed = compose(letter)
    reserved = access.is_reserved(letter)
    asked = [MEMBERS] if reserved else lists
    before = {name for sending in letter.sendings.all() for name in sending.lists}
    if not again and (sent := [name for name in asked if name in before]):
        raise AlreadySentError(sent)
    return Sending.objects.create(
        letter=letter,
        lists=asked,
        language=letter.locale.language_code,
        reserved=reserved,
        subject=composed.subject,
        html=composed.html,
        text=composed.text,
        user=user,
    )


def fill(batch: int = BATCH) -> int:
    """Put the readers of begun sendings into the outbox, a batch at a time. Gives how many.

    Each batch and the mark of how far it went are one transaction, and the database holds one
    row a reader and sending: killed anywhere, it goes on where it was.
    """
    count = 0
    while (added := _fill_batch(batch)) is not None:
        count += added
    return count


@transaction.atomic
def _fill_batch(batch: int) -> int | None:
    sending = Sending.objects.select_for_update().filter(is_filled=False).order_by("pk").first()
    if sending is None:
        return None
    readers = Subscriber.objects.recipients(sending.lists, sending.language)
    ids = list(
        readers.filter(pk__gt=sending.cursor).order_by("pk").values_list("pk", flat=True)[:batch]
    )
    Outgoing.objects.bulk_create(
        [
            Outgoing(
                purpose=Outgoing.Purpose.LETTER,
                subscriber_id=pk,
                sending=sending,
                language=sending.language,
                lists=sending.lists,
            )
            for pk in ids
        ],
        ignore_conflicts=True,
    )
    sending.cursor = ids[-1] if ids else sending.cursor
    sending.is_filled = len(ids) < batch
    sending.save(update_fields=["cursor", "is_filled"])
    return len(ids)


def still_reads(mail: Outgoing) -> bool:
    """Is the reader still on one of the lists, and still a member where that counts?"""
    sending = mail.sending
    if sending is None:
        return False
    rows = mail.subscriber.subscriptions.filter(state=State.CONFIRMED, list_key__in=sending.lists)
    keys = set(rows.values_list("list_key", flat=True))
    if not keys:
        return False
    if sending.reserved or keys == {MEMBERS}:
        return is_members_address(mail.subscriber.address)
    return True


def is_members_address(address: str) -> bool:
    """Does the address belong to an account that is a member's now?"""
    user = get_user_model()._default_manager.filter(email__iexact=address).first()
    return user is not None and access.is_member(user)


def progress(sendings: list[Sending]) -> dict[int, dict[Outgoing.State, int]]:
    """Mails of each sending by their state (one query, however many sendings)."""
    rows = Outgoing.objects.filter(sending__in=sendings).values_list("sending", "state")
    found: dict[int, dict[Outgoing.State, int]] = {each.pk: {} for each in sendings}
    for sending, state, count in rows.annotate(Count("pk")).order_by("sending", "state"):
        found[sending][Outgoing.State(state)] = count
    return found


def draft_from(parent: NewsletterPage, pages: list[Page], title: str, user: Any) -> LetterPage:
    """A draft with the chosen pages, a section a kind; reserved as soon as one page is."""
    kinds: dict[str, list[int]] = {}
    reserved = False
    for page in pages:
        specific = page.specific
        kinds.setdefault(str(specific._meta.verbose_name_plural).capitalize(), []).append(page.pk)
        reserved |= access.is_reserved(specific)
    letter = LetterPage(
        title=title,
        locale=parent.locale,
        live=False,
        audience="members" if reserved else "public",
        sections=json.dumps(
            [
                {"type": "pages", "id": str(uuid.uuid4()), "value": {"title": kind, "pages": ids}}
                for kind, ids in kinds.items()
            ]
        ),
        owner=user,
    )
    parent.add_child(instance=letter)
    letter.save_revision(user=user, log_action=True)
    return letter
