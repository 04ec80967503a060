"""Sign-up, confirmation, departure and one's own data. A GET never changes anything.

These views take posts without Django's token: it would need a cookie, and the pages that carry
the form are cached whole. ``guard.is_cross_site`` refuses posts from elsewhere instead; links of
mails carry their own signature.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from site_cocagne.core import access

from . import guard, ledger, signup
from .forms import ManageForm, SignupForm
from .lists import all_lists, offered_on
from .models import ConsentEvent, NewsletterPage, NewsletterSettings, State, Subscriber
from .tokens import BadTokenError, Token, manage_token, read_confirm, read_leave, read_manage

View = Callable[..., HttpResponse]
GONE = 410


def private(view: View) -> View:
    """Never cached, never indexed, never told to another site; posts from others refused."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        # Not "no-referrer": it would make our own posts come from "null".
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return csrf_exempt(wrapped)


def current_page() -> NewsletterPage | None:
    """The newsletter page of the language of the address, published and open to everybody."""
    pages = NewsletterPage.objects.in_language(get_language() or settings.LANGUAGE_CODE)
    return access.visible_to(AnonymousUser(), pages).select_related("locale").first()


def options_of(request: HttpRequest) -> NewsletterSettings:
    return NewsletterSettings.for_request(request)


def say(request: HttpRequest, kind: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of a few words around the newsletter; ``kind`` names the template."""
    page = current_page()
    return render(
        request, f"newsletter/{kind}.html", {"page": page, "about": page, **context}, status=status
    )


def refuse_cross_site(request: HttpRequest) -> HttpResponse | None:
    """The answer to a post from another site; None for one of ours."""
    if not guard.is_cross_site(request):
        return None
    return say(request, "refused", status=403, reason=_("This form was sent from another site."))


# --- signing up ---------------------------------------------------------------------------------


@private
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take a sign-up: from the page, from a block of any page, or from the second step."""
    if request.method == "POST":  # before anything is looked up: a flood costs next to nothing
        refusal = refuse_cross_site(request) or _refuse_flood(request)
        if refusal is not None:
            return refusal
    page = current_page()
    if page is None:
        raise Http404
    return _take(request, page) if request.method == "POST" else redirect(page.url)


def _refuse_flood(request: HttpRequest) -> HttpResponse | None:
    by_range = guard.is_over(guard.BY_RANGE, guard.range_of(request))
    if not by_range and not guard.is_over(guard.WHOLE_SITE):
        return None
    # Without menu nor foot: in a flood this answer must cost next to nothing.
    return render(request, "newsletter/too_many.html", status=429)


def _take(request: HttpRequest, page: NewsletterPage) -> HttpResponse:
    options = options_of(request)
    form = SignupForm(request.POST, lists=offered_on(page), refused_domains=options.refused_domains)
    if not form.is_valid():
        return _form_again(request, page, form)
    if form.is_trapped:
        return redirect("newsletter:thanks")  # told the same, and nothing kept
    if not _is_from_a_person(request, form, options):
        return _second_step(request, page, form)
    shown = dict(list(form.offered.items())[:1]) if "short" in request.POST else form.offered
    text = ledger.keep_text(signup.consent_shown(page, shown), page.locale.language_code)
    signup.ask(page, form.cleaned_data["email"], form.cleaned_data["lists"], text)
    return redirect("newsletter:thanks")


def _is_from_a_person(request: HttpRequest, form: SignupForm, options: NewsletterSettings) -> bool:
    """Time token, and proof of work while it is on; the second step stands in for the latter."""
    if not guard.token_is_good(form.cleaned_data["token"]):
        return False
    if not options.proof_of_work or guard.proof_is_good(form.cleaned_data["altcha"]):
        return True
    return "second_step" in request.POST and not guard.is_over(guard.WITHOUT_PROOF)


def _form_again(request: HttpRequest, page: NewsletterPage, form: SignupForm) -> HttpResponse:
    context = {**page.get_context(request), "form": form, "title": page.title}
    return render(request, "newsletter/newsletter_page.html", context, status=422)


def _second_step(request: HttpRequest, page: NewsletterPage, form: SignupForm) -> HttpResponse:
    """Read what you agree to, choose your letters, press once more: the way without script."""
    again = SignupForm(
        lists=form.offered,
        initial={
            "email": form.cleaned_data["email"],
            "lists": form.cleaned_data["lists"],
            "token": guard.form_token(),
        },
    )
    return render(request, "newsletter/second_step.html", {"page": page, "form": again})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The same page for every address; a cache may keep it."""
    return say(request, "thanks")


@private
@require_safe
def token(request: HttpRequest) -> JsonResponse:
    """What a script fetches when somebody touches the form: when that was, and a challenge."""
    answer: dict[str, Any] = {"token": guard.form_token()}
    if options_of(request).proof_of_work:
        answer["challenge"] = guard.new_challenge()
    return JsonResponse(answer)


# --- links of mails -----------------------------------------------------------------------------


@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link opens a page; its button, or a script, posts: that confirms."""
    try:
        said = read_confirm(token)
    except BadTokenError as error:
        return bad_link(request, error)
    if request.method != "POST":
        return _confirmation_page(request, said)
    if refusal := refuse_cross_site(request):
        return refusal
    signup.confirm(said)
    subscriber = signup.subscriber_of(said)
    if subscriber is None or not signup.is_confirmed(subscriber):
        return bad_link(request, BadTokenError(expired=True))
    return say(request, "confirmed", manage=manage_token(subscriber.uid))


def _confirmation_page(request: HttpRequest, said: Token) -> HttpResponse:
    subscriber = signup.subscriber_of(said)
    pending = signup.confirmable(said)
    if subscriber is None or not (pending or signup.is_confirmed(subscriber)):
        return bad_link(request, BadTokenError(expired=True))
    words = all_lists(get_language() or settings.LANGUAGE_CODE)
    return say(
        request,
        "confirm",
        address=subscriber.address,
        lists=[words.get(key, key) for key in pending],
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: a POST leaves, from whoever's program, without cookie. A GET shows a button."""
    try:
        said = read_leave(token)
    except BadTokenError as error:
        return bad_link(request, error)
    if request.method == "POST":
        one_click = request.POST.get("List-Unsubscribe") == "One-Click"
        source = ConsentEvent.Source.ONE_CLICK if one_click else ConsentEvent.Source.LINK
        signup.leave(said, source)
        return say(request, "goodbye")
    subscriber = signup.subscriber_of(said)
    if subscriber is None:
        return say(request, "goodbye")
    words = all_lists(get_language() or settings.LANGUAGE_CODE)
    return say(
        request,
        "leave",
        address=subscriber.address,
        lists=[words.get(key, key) for key in said.lists],
        manage=manage_token(subscriber.uid),
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """One's letters, language and data, by a signed link."""
    try:
        subscriber = signup.subscriber_of(read_manage(token))
    except BadTokenError as error:
        return bad_link(request, error)
    if subscriber is None:
        return bad_link(request, BadTokenError(expired=True))
    if request.method == "POST":
        if refusal := refuse_cross_site(request):
            return refusal
        if "erase" in request.POST:
            return _erase(request, subscriber, token)
        return _change(request, subscriber, token)
    return _manage_page(request, subscriber, token)


def _manage_form(subscriber: Subscriber, data: Any = None) -> ManageForm:
    language = get_language() or settings.LANGUAGE_CODE
    page = current_page()
    confirmed = set(
        subscriber.subscriptions.filter(state=State.CONFIRMED).values_list("list_key", flat=True)
    )
    words = all_lists(language)
    offered = offered_on(page) if page is not None else words
    lists = {key: text for key, text in words.items() if key in offered or key in confirmed}
    # A mission that was deleted since: still to be left.
    lists |= {key: key for key in sorted(confirmed - lists.keys())}
    return ManageForm(
        data,
        lists=lists,
        languages=settings.CONTENT_LANGUAGE_NAMES,
        initial={"lists": sorted(confirmed), "language": subscriber.language},
    )


def _manage_page(
    request: HttpRequest, subscriber: Subscriber, token: str, **context: Any
) -> HttpResponse:
    context.setdefault("form", _manage_form(subscriber))
    return say(
        request,
        "manage",
        subscriber=subscriber,
        events=_events_in_words(subscriber),
        token=token,
        **context,
    )


def _events_in_words(subscriber: Subscriber) -> list[ConsentEvent]:
    """The trail, newest first, each line told the words of its letter."""
    words = all_lists(get_language() or settings.LANGUAGE_CODE)
    events = ledger.trail(subscriber)[::-1]
    for event in events:
        event.words = words.get(event.list_key, event.list_key)  # type: ignore[attr-defined]
    return events


def _change(request: HttpRequest, subscriber: Subscriber, token: str) -> HttpResponse:
    form = _manage_form(subscriber, request.POST)
    if not form.is_valid():
        return _manage_page(request, subscriber, token, form=form)
    page = current_page()
    lists = form.cleaned_data["lists"]
    words = dict(form.fields["lists"].choices)  # type: ignore[attr-defined]
    shown = signup.consent_shown(page, words) if page is not None else "\n".join(words.values())
    text = ledger.keep_text(shown, get_language() or settings.LANGUAGE_CODE)
    signup.change(
        subscriber,
        lists,
        form.cleaned_data["language"],
        text,
        page=f"{page.pk} {page.url_path}"[:255] if page is not None else "",
    )
    subscriber.refresh_from_db()
    return _manage_page(request, subscriber, token, saved=True, form=_manage_form(subscriber))


def _erase(request: HttpRequest, subscriber: Subscriber, token: str) -> HttpResponse:
    """Erasing is asked twice: the box says so, the button does it."""
    if request.POST.get("sure") != "yes":
        return _manage_page(request, subscriber, token, unsure=True)
    ledger.erase(subscriber, ConsentEvent.Source.LINK)
    return say(request, "goodbye", erased=True)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """The answer to the mail of the third year: the button is a sign of life."""
    try:
        subscriber = signup.subscriber_of(read_manage(token))
    except BadTokenError as error:
        return bad_link(request, error)
    if subscriber is None:
        return bad_link(request, BadTokenError(expired=True))
    if request.method != "POST":
        return say(request, "keep", address=subscriber.address, manage=manage_token(subscriber.uid))
    if refusal := refuse_cross_site(request):
        return refusal
    signup.sign_of_life(subscriber)
    return say(request, "confirmed", manage=manage_token(subscriber.uid))


@private
@require_safe
def export_own_data(request: HttpRequest, token: str) -> HttpResponse:
    """Everything held about oneself, as a file that programs read."""
    try:
        subscriber = signup.subscriber_of(read_manage(token))
    except BadTokenError as error:
        return bad_link(request, error)
    if subscriber is None:
        return bad_link(request, BadTokenError(expired=True))
    response = JsonResponse(
        signup.own_data(subscriber), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response.headers["Content-Disposition"] = 'attachment; filename="newsletter.json"'
    return response


def bad_link(request: HttpRequest, error: BadTokenError) -> HttpResponse:
    """The same words for every link that no longer works: they tell nothing of the address."""
    reason = _("This link has done its time.") if error.expired else _("This link is not complete.")
    return say(request, "refused", status=GONE if error.expired else 400, reason=reason, link=True)
