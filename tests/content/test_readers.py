"""Which requests on a shared link are people."""

import pytest
from multidict import CIMultiDict

from content import readers


def counted(method: str, headers: dict[str, str]) -> bool:
    """As the server gives them: names are found however they are written."""
    return readers.counted(method, CIMultiDict(headers))


GECKO = "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {GECKO} Chrome/126.0.0.0 Safari/537.36"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {GECKO} Mobile/15E148"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) {GECKO}"


@pytest.mark.parametrize(
    "agent",
    [
        CHROME,
        f"{IPHONE} [LinkedInApp]/9.29.7586",
        f"{IPHONE} [FBAN/FBIOS;FBAV/470.0.0.40.107;FBDV/iPhone14,5;FBSV/17.5.1;FBLC/fr_FR]",
        f"{MAC} Slack/4.39.90 Chrome/126.0.6478.61 Electron/31.1.0 Safari/537.36 Sonic Slack_SSB/4.39.90",
        f"{MAC} Teams/1.6.00.4472 Chrome/102.0.5005.167 Electron/19.1.8 Safari/537.36",
        f"{CHROME} Edg/126.0.0.0 Teams/24152.412.2975.8",
        f"Mozilla/5.0 (Linux; Android 12; CUBOT X50) {GECKO} Chrome/124.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    ],
)
def test_people_are_counted(agent: str) -> None:
    assert counted("GET", {"User-Agent": agent})


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "  ",
        "Mozilla",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Slack-ImgProxy (+https://api.slack.com/robots)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Twitterbot/1.0",
        "WhatsApp/2.23.20.0",
        "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
        "XING-contenttabreceiver/2.0",
        "BarracudaCentral/1.0 link scanner",
        "Mozilla/5.0 (compatible; proofpoint-urldefense)",
        "Mimecast Web Proxy 1.0",
        f"{MAC} HeadlessChrome/126.0.0.0 Safari/537.36",
        "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
        "curl/8.5.0",
        "python-requests/2.32.0",
        "Python/3.12 aiohttp/3.14",
        "Go-http-client/2.0",
        "Googlebot/2.1 (+http://www.google.com/bot.html)",
    ],
)
def test_machines_are_not(agent: str) -> None:
    assert not counted("GET", {"User-Agent": agent})


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
        {"Sec-Fetch-Dest": "image"},
    ],
)
def test_a_browser_looking_ahead_is_not_a_reader(headers: dict[str, str]) -> None:
    assert not counted("GET", {"user-agent": CHROME, **headers})


def test_head_and_post_are_not_readings() -> None:
    assert not counted("HEAD", {"User-Agent": CHROME})
    assert not counted("POST", {"User-Agent": CHROME})
    assert counted("GET", {"User-Agent": CHROME, "Sec-Fetch-Dest": "document"})


def test_no_name_at_all_is_a_machine() -> None:
    assert not counted("GET", {})
