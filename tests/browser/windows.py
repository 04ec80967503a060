"""Windows that stay open: each shows one page after the other, and hears what goes wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from .conftest import Site, elsewhere, log_in
from .looking import WIDTHS, Look, axe_source

PATIENCE = 60_000  # ms: the first to look at a page waits for its pictures


class Window:
    """One page after the other, and what went wrong in the one that is open."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.site = site
        self.look: Look | None = None
        self.wrong: list[str] = []
        # Put in from outside, past the rule of the site that forbids others: there in every page.
        context.add_init_script(axe_source())
        self.page: Page = context.new_page()
        self.page.goto("/plan-du-site/")  # our fonts are there from here on
        self.page.evaluate("document.fonts.ready.then(() => true)")
        self.page.on("console", self.hear)
        self.page.on("response", self.see)
        self.page.on("request", self.ask)
        self.page.on("pageerror", lambda error: self.wrong.append(f"in a script: {error}"))

    def open(self, look: Look) -> str:
        """The HTML of the page; it stands as a fresh window would show it."""
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        self.page.emulate_media(color_scheme="light")
        self.look, self.wrong = look, []
        answer = self.page.goto(look.path)
        assert answer is not None
        assert answer.status == look.status
        return answer.text()

    def hear(self, message: ConsoleMessage) -> None:
        # The page's own answer, where it is an error page, is written there too.
        status = self.look.status if self.look else 200
        own = status >= 400 and str(status) in message.text
        if message.type == "error" and not own and "ERR_FAILED" not in message.text:
            self.wrong.append(f"in the console: {message.text}")

    def see(self, response: Response) -> None:
        if response.status >= 400 and (not self.look or response.status != self.look.status):
            self.wrong.append(f"{response.status}: {response.url}")

    def ask(self, request: Request) -> None:
        if elsewhere(self.site, request.url):
            self.wrong.append(f"asked of another host: {request.url}")


WindowOf = Callable[..., Window]


@pytest.fixture(scope="module")
def window(site: Site, browser: Browser) -> Iterator[WindowOf]:
    """``window("adherente", scripts=False)``: the window of an account, opened once."""
    cookies: dict[str, object] = {"": None}
    opened: dict[tuple[str, bool], tuple[BrowserContext, Window]] = {}

    def of(account: str, *, scripts: bool) -> Window:
        if account not in cookies:
            with browser.new_context(base_url=site.url) as context:
                log_in(context.new_page(), account)
                cookies[account] = context.storage_state()
        if (account, scripts) not in opened:
            context = browser.new_context(
                base_url=site.url,
                storage_state=cookies[account],  # type: ignore[arg-type]
                reduced_motion="reduce",
                locale="fr-FR",
            )
            context.set_default_timeout(PATIENCE)
            if not scripts:
                # Ours do not come: what they would do is not done.
                context.route("**/*.js", lambda route: route.abort())
            opened[account, scripts] = context, Window(context, site)
        return opened[account, scripts][1]

    yield of
    for context, _window in opened.values():
        context.close()
