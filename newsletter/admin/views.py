"""The team's screens: subscriptions, the trail of one address, export, import."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from site_cocagne.core.listing import paginate

from .. import ledger
from ..lists import all_lists
from ..models import BulkAction, ConsentEvent, Outgoing, ProviderUpdate, State, Subscriber
from .exchange import export_rows, import_rows
from .forms import ImportForm, SubscriberFilter
from .growth import by_month, plot

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
    counts = {state.label: Subscriber.objects.in_state(state.value).count() for state in State}
    waiting = Outgoing.objects.filter(state=Outgoing.State.QUEUED).count()
    context = {
        "form": form,
        "results": results,
        "months": months,
        "plot": plot(months),
        "counts": counts,
        "waiting": waiting,
        "untold": ProviderUpdate.objects.count(),
        "refused": ProviderUpdate.objects.filter(state=ProviderUpdate.State.FAILED).count(),
        "failed": Outgoing.objects.filter(state=Outgoing.State.FAILED).count(),
        "actions": BulkAction.objects.select_related("user")[:10],
    }
    return render(request, "newsletter/admin/index.html", context)


@permission_required("newsletter.view_subscriber", raise_exception=True)
@require_safe
def trail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened with one address."""
    subscriber = get_object_or_404(Subscriber, pk=pk)
    lists = _lists()
    events = ledger.trail(subscriber)
    for event in events:
        event.words = lists.get(event.list_key, event.list_key)  # type: ignore[attr-defined]
    context = {"subscriber": subscriber, "events": events, "mails": subscriber.mails.order_by("pk")}
    return render(request, "newsletter/admin/trail.html", context)


@permission_required("newsletter.delete_subscriber", raise_exception=True)
@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase on request; the trail stays without the address."""
    subscriber = get_object_or_404(Subscriber, pk=pk)
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
