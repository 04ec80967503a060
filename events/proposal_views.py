"""Where members propose events, and where the team sees who proposed one."""

from __future__ import annotations

import datetime
from typing import Any

from bs4 import BeautifulSoup
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages as admin_messages

from site_cocagne.core import access, directory

from . import proposals
from .models import AgendaPage, EventPage, Proposal

FARTHEST = datetime.timedelta(days=3 * 365)
SHOWN = 30
FIELDS = (
    *("title", "summary", "kind", "start_date", "start_time", "end_date", "end_time"),
    *("time_zone", "format", "place", "address", "postcode", "city", "region", "online_link"),
    *("organiser", "price", "access_needs", "registration_url", "registration_email"),
    *("registration_deadline", "audience"),
)


# The form in parts: what is asked together is answered together.
GROUPS = (
    (_("The event"), ("title", "summary", "kind", "missions")),
    (_("When"), ("start_date", "start_time", "end_date", "end_time", "time_zone")),
    (
        _("Where"),
        ("format", "place", "address", "postcode", "city", "region", "online_link"),
    ),
    (
        _("Who comes, and how"),
        (
            *("audience", "price", "registration_url", "registration_email"),
            *("registration_deadline", "access_needs", "organiser"),
        ),
    ),
    (_("Programme"), ("programme", "note")),
)
WIDE = frozenset({"title", "summary", "address", "online_link", "registration_url", "access_needs"})


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _hour() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _field(field: models.Field[Any, Any], **kwargs: Any) -> Any:
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"  # what Django 6 does by itself
    return field.formfield(**kwargs)


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an editor would be asked of an event, without the tools of an editor."""

    missions = forms.MultipleChoiceField(
        label=_("Missions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    programme = forms.CharField(
        label=_("Programme"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    note = forms.CharField(
        label=_("A word for the team"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by the team only."),
    )

    class Meta:
        model = EventPage
        fields = FIELDS
        formfield_callback = _field
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
            "start_date": _day(),
            "end_date": _day(),
            "registration_deadline": _day(),
            "start_time": _hour(),
            "end_time": _hour(),
        }

    def __init__(self, agenda: AgendaPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].required = True
        self.fields["audience"].help_text = ""  # it speaks of languages, to editors
        self.known = list(directory.missions(agenda.locale.language_code))
        choices = [(mission.slug, mission.name) for mission in self.known]
        self.fields["missions"].choices = choices  # type: ignore[attr-defined]
        if any(block.block_type != "paragraph" for block in self.instance.body):
            # The team has laid it out with more than this form can hold: it stays as it is.
            del self.fields["programme"]

    def groups(self) -> list[tuple[Any, list[tuple[Any, bool]]]]:
        """The fields in parts: legend, then each field and whether it takes a line of its own."""
        return [
            (legend, [(self[name], self.is_wide(name)) for name in names if name in self.fields])
            for legend, names in GROUPS
        ]

    def is_wide(self, name: str) -> bool:
        return name in WIDE or isinstance(self.fields[name].widget, forms.Textarea)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_start_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["start_date"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("This day has passed."))
        if day > today + FARTHEST:
            raise forms.ValidationError(_("This is more than three years away."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("format") in {"onsite", "hybrid"} and not data.get("city"):
            self.add_error("city", _("Say in which town it takes place."))
        return data

    def _post_clean(self) -> None:
        """The rules of an event's dates, said at these fields.

        The page has no place in the tree yet: what Django would check of slug and path is
        checked when it gets one.
        """
        for name in FIELDS:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        for name, words in self.instance.contradictions().items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, words)
        if "programme" in self.cleaned_data:
            self.instance.body = _as_story(self.cleaned_data["programme"])

    @property
    def chosen_missions(self) -> list[Any]:
        chosen = set(self.cleaned_data["missions"])
        return [mission for mission in self.known if mission.slug in chosen]


def _as_story(text: str) -> list[tuple[str, str]]:
    """Plain words as one block of text; nothing of them is read as HTML."""
    return [("paragraph", linebreaks(escape(text)))] if text.strip() else []


def _as_text(event: EventPage) -> str:
    """The words of a programme that was written here, to be written on."""
    pieces = [str(block.value.source) for block in event.body]
    parts = (part for piece in pieces for part in BeautifulSoup(piece, "html.parser"))
    return "\n\n".join(filter(None, (part.get_text("").strip() for part in parts)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """The form, and what became of one's proposals."""
    user = _member(request)
    agenda = _agenda()
    form = ProposalForm(agenda, request.POST if request.method == "POST" else None)
    if form.is_bound and Proposal.objects.is_too_much(user):
        form.add_error(None, _now("You have proposed many events: wait until some are read."))
    elif form.is_bound and form.is_valid():
        proposals.propose(
            form.instance,
            agenda,
            user,
            missions=form.chosen_missions,
            note=form.cleaned_data["note"],
        )
        messages.success(
            request, _now("Thank you. The team reads your proposal and writes to you.")
        )
        return redirect("events_proposals")
    found = Proposal.objects.filter(user=user).select_related("page__locale")[:SHOWN]
    context = {"form": form, "proposals": found}
    status = 422 if form.is_bound else 200
    return render(request, "events/proposals.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Change what was sent back, and send it again."""
    user = _member(request)
    mine_only = Proposal.objects.filter(user=user).select_related("page")
    proposal = get_object_or_404(mine_only, pk=proposal_id)
    if not proposal.may_be_amended or proposal.page is None:
        messages.info(request, _now("This proposal cannot be changed here any more."))
        return redirect("events_proposals")
    draft = proposal.page.get_latest_revision_as_object()
    initial = {
        "programme": _as_text(draft),
        "note": proposal.note,
        "missions": [row.mission.slug for row in draft.mission_rows.all()],
    }
    form = ProposalForm(
        _agenda(),
        request.POST if request.method == "POST" else None,
        instance=draft,
        initial=initial,
    )
    if form.is_bound and form.is_valid():
        proposals.amend(
            proposal,
            form.instance,
            user,
            missions=form.chosen_missions,
            note=form.cleaned_data["note"],
        )
        messages.success(request, _now("Thank you. The team reads your proposal again."))
        return redirect("events_proposals")
    context = {"form": form, "proposal": proposal}
    status = 422 if form.is_bound else 200
    return render(request, "events/proposal.html", context, status=status)


def _member(request: HttpRequest) -> Any:
    user: Any = request.user
    if not access.is_member(user):
        raise PermissionDenied(_now("This is for members of the network."))
    return user


def _agenda() -> AgendaPage:
    agenda = proposals.agenda_for(get_language() or "")
    if agenda is None:
        raise Http404
    return agenda


# --- the team's side ----------------------------------------------------------------------------


class DeclineForm(forms.Form):
    """A no without a word helps nobody."""

    reason = forms.CharField(
        label=_("Why it is not kept"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sent to the person who proposed it. The draft is deleted."),
    )


def may_decline(user: Any, event: EventPage) -> bool:
    return not event.live and bool(event.permissions_for_user(user).can_delete())


@require_http_methods(["GET", "HEAD", "POST"])
def for_the_team(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who proposed this event, with which word; and how to decline it."""
    found: Any = EventPage.objects.select_related("proposal__user")
    event: EventPage = get_object_or_404(found, pk=page_id)
    proposal = getattr(event, "proposal", None)
    if not event.permissions_for_user(request.user).can_edit() or proposal is None:
        raise PermissionDenied
    declinable = may_decline(request.user, event)
    form = DeclineForm(request.POST if request.method == "POST" and declinable else None)
    if form.is_bound and form.is_valid():
        parent = event.get_parent()
        proposals.decline(proposal, form.cleaned_data["reason"], request.user)
        admin_messages.success(request, _now("Declined. The person is told why."))
        return redirect("wagtailadmin_explore", parent.pk)
    context = {"event": event, "proposal": proposal, "form": form if declinable else None}
    status = 422 if form.is_bound else 200
    return render(request, "events/admin/proposal.html", context, status=status)
