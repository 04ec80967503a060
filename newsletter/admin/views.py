"""The team's screens: subscriptions, the trail of one address, export, import."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from site_cocagne.core.listing import paginate

from .. import ledger
from ..lists import all_lists
from ..models import (
    BulkAction,
    ConsentEvent,
    Kind,
    Outgoing,
    ProviderUpdate,
    State,
    Subscriber,
    Subscription,
)
from ..models.queue import QueuedWork
from .exchange import export_rows, import_rows
from .forms import ImportForm, SubscriberFilter
from .growth import by_month, key_to, plot

PER_PAGE = 50
SHOWN_ERRORS = 200


def _lists() -> dict[str, str]:
    return all_lists((get_language() or "fr")[:2])


@permission_required("newsletter.view_subscriber", raise_exception=True)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Subscribers with search; a constant number of queries however many there are."""
    lists = _lists()
    form = SubscriberFilter(request.GET, lists)
    found = form.apply(Subscriber.objects.all()).prefetch_related("subscriptions")
    results = paginate(found, request, PER_PAGE)
    for subscriber in results:
        subscriber.rows = [
            (lists.get(row.list_key, row.list_key), row.get_state_display(), row.since)
            for row in subscriber.subscriptions.all()
        ]
    months = by_month()
    people = Subscription.objects.people_by_state()
    counts = {state.label: people[state.value] for state in State}
    mails = _by_state(Outgoing)
    updates = _by_state(ProviderUpdate)
    context = {
        "form": form,
        "results": results,
        "erased": ledger.erased(form.values.get("q", "")),
        "months": months,
        "plot": plot(months),
        "keys": [(key_to("joined"), _("Joined")), (key_to("gone"), _("Gone"))],
        "counts": counts,
        "waiting": mails.get(Outgoing.State.QUEUED, 0),
        "failed": mails.get(Outgoing.State.FAILED, 0),
        "untold": sum(updates.values()),
        "refused": updates.get(ProviderUpdate.State.FAILED, 0),
        "actions": BulkAction.objects.select_related("user")[:10],
    }
    return render(request, "newsletter/admin/index.html", context)


def _by_state(model: type[QueuedWork]) -> dict[str, int]:
    """Rows of a queue by their state; those that are done, the most by far, left out."""
    rows = model._default_manager.exclude(state=QueuedWork.State.DONE).values_list("state")
    return dict(rows.annotate(Count("pk")).order_by())


@permission_required("newsletter.view_subscriber", raise_exception=True)
@require_safe
def trail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened with one address."""
    subscriber = get_object_or_404(Subscriber, pk=pk)
    context = {
        "subscriber": subscriber,
        "events": _in_words(ledger.trail(subscriber)),
        "mails": subscriber.mails.order_by("pk"),
    }
    return render(request, "newsletter/admin/trail.html", context)


@permission_required("newsletter.view_subscriber", raise_exception=True)
@require_safe
def erased_trail(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """What is left of an address that was erased, to answer a complaint about it."""
    events = list(ConsentEvent.objects.filter(subject=subject).select_related("text"))
    if not events or events[-1].kind != Kind.ERASED:
        raise Http404
    return render(request, "newsletter/admin/trail.html", {"events": _in_words(events)})


def _in_words(events: list[ConsentEvent]) -> list[ConsentEvent]:
    lists = _lists()
    for event in events:
        event.words = lists.get(event.list_key, event.list_key)  # type: ignore[attr-defined]
    return events


@permission_required("newsletter.delete_subscriber", raise_exception=True)
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase on request; the trail stays without the address. Without the tick nothing is done."""
    subscriber = get_object_or_404(Subscriber, pk=pk)
    if request.POST.get("sure") != "yes":
        messages.warning(request, _("Tick the box to erase everything."))
        return redirect("newsletter_admin:trail", pk)
    ledger.erase(subscriber, ConsentEvent.Source.TEAM)
    messages.success(request, _("The address is erased."))
    return redirect("newsletter_admin:index")


@permission_required("newsletter.export_subscriber", raise_exception=True)
@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the filter shows, as a stream; who took it away and when is written down first."""
    form = SubscriberFilter(request.POST, _lists())
    found = form.apply(Subscriber.objects.all())
    BulkAction.objects.create(
        action=BulkAction.Action.EXPORT,
        user_id=request.user.pk,
        rows=found.count(),
        # What was typed in the search may be an address: only that there was a search is kept.
        detail=" ".join(
            f"{key}={value if key != 'q' else '…'}" for key, value in form.values.items()
        )[:300],
    )
    response = StreamingHttpResponse(export_rows(found), content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="newsletter-{day}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@permission_required("newsletter.import_subscriber", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Import with the proof of consent on each line."""
    form = ImportForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        report = import_rows(form.cleaned_data["file"], _lists(), request.user)
        BulkAction.objects.create(
            action=BulkAction.Action.IMPORT, user_id=request.user.pk, rows=report.taken
        )
        messages.success(request, _("%d lines taken.") % report.taken)
    context = {"form": form, "report": report, "lists": _lists(), "shown": SHOWN_ERRORS}
    return render(request, "newsletter/admin/import.html", context)
