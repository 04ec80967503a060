"""Videos of other sites: a plain link, a player after a click, nothing before."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from resources.models import ResourceLink, ResourceVersion, ToolboxPage
from site_cocagne.core.players import player_for
from tests import factories


@pytest.mark.parametrize(
    ("url", "framed"),
    [
        (
            "https://www.youtube.com/watch?v=abc_-123",
            "https://www.youtube-nocookie.com/embed/abc_-123",
        ),
        ("https://youtu.be/abc?t=10", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://m.youtube.com/watch?a=b&v=abc", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://www.dailymotion.com/video/x8", "https://www.dailymotion.com/embed/video/x8"),
        ("https://framatube.org/w/9dRFC6", "https://framatube.org/videos/embed/9dRFC6"),
    ],
)
def test_known_addresses_have_a_player(url: str, framed: str) -> None:
    player = player_for(url)
    assert player is not None
    assert player.address == framed


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://www.youtube.com/",
            "https://youtube.com.exemple.fr/watch?v=abc",
            "//youtu.be/abc",
        ),
        *(
            'https://youtu.be/"><script>',
            "javascript:alert(1)",
            "https://[",
            "",
            "https://vimeo.com/a",
        ),
        "https://exemple.fr/?u=https://youtu.be/abc",
    ],
)
def test_any_other_address_is_a_link_like_any_other(url: str) -> None:
    assert player_for(url) is None


@pytest.mark.django_db
def test_nothing_of_the_other_site_is_in_the_page_before_a_click(
    client: Client, toolbox: ToolboxPage
) -> None:
    page = factories.resource(toolbox)
    ResourceLink.objects.create(page=page, label="Le film", url="https://youtu.be/abc")
    answer = client.get(page.url)
    html = answer.content.decode()
    assert "<iframe" not in html
    assert html.count('href="https://youtu.be/abc"') == 2
    assert 'data-player="https://www.youtube-nocookie.com/embed/abc"' in html
    assert "frame-src 'self' https://framatube.org" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_earlier_versions_stand_below_with_their_day_and_note(
    client: Client, toolbox: ToolboxPage
) -> None:
    page = factories.resource(toolbox)
    for year, note in ((2022, "Barème mis à jour"), (2024, "Un calcul corrigé")):
        file = factories.document(f"v{year}.txt", title=f"Version {year}")
        day = datetime.date(year, 3, 1)
        ResourceVersion.objects.create(page=page, document=file, valid_until=day, note=note)
    html = client.get(page.url).content.decode()
    assert html.index("Un calcul corrigé") < html.index("Barème mis à jour"), "the last one first"
    assert "1 mars 2022" in html
    assert "Version 2024" in html
