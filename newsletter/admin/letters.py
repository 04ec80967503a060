"""The team's screens for letters: choose what goes in, try it, send it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from site_cocagne.core import access

from .. import letters, outbox
from ..lists import MEMBERS, all_lists
from ..mails import sender_and_answers
from ..models import LetterPage, NewsletterPage, Outgoing, Sending, Subscription

# Of its own: publishing belongs to the workflow, sending to a person.
SEND = "newsletter.send_letter"
DAYS = 31
SHOWN = 60


class ComposeForm(forms.Form):
    """A title and the pages that the letter tells of."""

    title = forms.CharField(label=_("Title of the letter"), max_length=120)
    pages = forms.ModelMultipleChoiceField(
        label=_("What is new"),
        queryset=Page.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class SendForm(forms.Form):
    """The lists a letter goes to."""

    lists = forms.MultipleChoiceField(label=_("Send to"), widget=forms.CheckboxSelectMultiple)
    sure = forms.BooleanField(label=_("Yes, send it now: a mail cannot be called back."))
    again = forms.BooleanField(
        label=_("Yes, send it a second time to those who had it already."), required=False
    )


def new_pages(user: Any, parent: NewsletterPage) -> Any:
    """What was published for the first time in the last days, in the language of the letter."""
    since = timezone.now() - datetime.timedelta(days=DAYS)
    found = Page.objects.filter(
        first_published_at__gte=since, locale=parent.locale, depth__gt=2
    ).not_type(LetterPage, NewsletterPage)
    return access.visible_to(user, found).order_by("content_type", "-first_published_at")


def first_page(user: Any) -> NewsletterPage | None:
    """The newsletter page of the site's first language under which this person may write."""
    for page in NewsletterPage.objects.order_by("path"):
        if page.permissions_for_user(user).can_add_subpage():
            return page
    return None


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """Tick what is new → a draft of a letter, which then goes through the workflow."""
    parent = first_page(request.user)
    if parent is None:
        raise PermissionDenied
    form = ComposeForm(request.POST or None)
    pages = new_pages(request.user, parent)
    form.fields["pages"].queryset = pages  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        letter = letters.draft_from(
            parent, list(form.cleaned_data["pages"]), form.cleaned_data["title"], request.user
        )
        return redirect("wagtailadmin_pages:edit", letter.pk)
    chosen = set(request.POST.getlist("pages"))
    rows = [
        {
            "page": page,
            "kind": page.specific_class._meta.verbose_name,
            "day": getattr(page, "start_date", None),  # of an event
            "reserved": access.is_reserved(page),
            "ticked": str(page.pk) in chosen,
        }
        for page in pages.specific()[:SHOWN]
    ]
    return render(
        request, "newsletter/admin/compose.html", {"form": form, "rows": rows, "days": DAYS}
    )


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the published letter to lists, and see how far earlier sendings are."""
    letter = get_object_or_404(LetterPage, pk=pk)
    may_send = request.user.has_perm(SEND)
    may_look = may_send or letter.permissions_for_user(request.user).can_edit()
    if not (may_look if request.method != "POST" else may_send):
        raise PermissionDenied
    choices = letters.allowed_lists(letter, all_lists(letter.locale.language_code))
    form = SendForm(request.POST or None)
    form.fields["lists"].choices = list(choices.items())  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        if not letter.live:
            messages.error(request, _now("Only a published letter is sent."))
            return redirect("newsletter_admin:send", letter.pk)
        if _started(letter, form, choices, request.user):
            outbox.nudge()
            messages.success(request, _now("The letter is on its way."))
            return redirect("newsletter_admin:send", letter.pk)
    readers = Subscription.objects.readers_by_list(letter.locale.language_code)
    counts = [(key, words, readers.get(key, 0)) for key, words in choices.items()]
    sendings = list(letter.sendings.all()[:20])
    progress = letters.progress(sendings)
    context = {
        "letter": letter,
        "form": form,
        "counts": counts,
        "sendings": [
            {
                "sending": each,
                "states": [(state.label, count) for state, count in progress[each.pk].items()],
                "doubtful": progress[each.pk].get(Outgoing.State.DOUBT, 0),
            }
            for each in sendings
        ],
        "reserved": MEMBERS in choices and len(choices) == 1,
        "may_send": may_send,
        "composed": letters.compose(letter),
    }
    return render(request, "newsletter/admin/send.html", context)


def _started(letter: LetterPage, form: SendForm, choices: dict[str, Any], user: Any) -> bool:
    """Is it on its way? Where it was sent before, the form says to which lists, and asks."""
    try:
        letters.start(letter, form.cleaned_data["lists"], user, again=form.cleaned_data["again"])
    except letters.AlreadySentError as error:
        names = ", ".join(str(choices.get(name, name)) for name in error.lists)
        form.add_error("again", _now("The letter has been sent already to: %s.") % names)
        return False
    return True


@require_admin_access
@require_POST
def send_test(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of the latest draft to oneself: to the address of one's own account, nowhere else."""
    letter = get_object_or_404(LetterPage, pk=pk)
    if not letter.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft: Any = letter.get_latest_revision_as_object()
    composed = letters.compose(draft)
    html, text = letters.without_a_reader(draft, composed)
    address = getattr(request.user, "email", "")
    sender, answers = sender_and_answers()
    message = EmailMultiAlternatives(
        subject=_now("[Test] %s") % composed.subject,
        body=text,
        from_email=sender,
        to=[address],
        reply_to=answers,
    )
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except OSError as error:
        messages.error(request, _now("The mail server did not take it: %s") % error)
    else:
        messages.success(request, _now("A copy is on its way to %s.") % address)
    return redirect("newsletter_admin:send", letter.pk)


@require_admin_access
@require_POST
def send_doubtful(request: HttpRequest, pk: int) -> HttpResponse:
    """Send once more what is in doubt: somebody decides, who knows that a few may get it twice."""
    sending = get_object_or_404(Sending, pk=pk)
    if not request.user.has_perm(SEND):
        raise PermissionDenied
    doubtful = Outgoing.objects.filter(sending=sending, state=Outgoing.State.DOUBT)
    doubtful.update(state=Outgoing.State.QUEUED, taken_by="", taken_at=None)
    outbox.nudge()
    return redirect("newsletter_admin:send", sending.letter_id)
