"""Browsers, systems and devices of today, and the bots among them."""

import pytest

from appliance.events.enrichment import agents

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
LINUX = "Mozilla/5.0 (X11; Linux x86_64)"
PIXEL = "Mozilla/5.0 (Linux; Android 10; K)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)"
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X)"


@pytest.mark.parametrize(
    ("user_agent", "browser", "os", "device"),
    [
        (f"{WINDOWS} {WEBKIT} Chrome/140.0.0.0 Safari/537.36", "Chrome", "Windows", "desktop"),
        (f"{WINDOWS} {WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge", "Windows", "desktop"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0",
            "Firefox",
            "Windows",
            "desktop",
        ),
        (f"{WINDOWS} {WEBKIT} Chrome/138.0.0.0 Safari/537.36 OPR/122.0.0.0", "Opera", "Windows", "desktop"),
        (f"{MAC} {APPLE} Version/18.5 Safari/605.1.15", "Safari", "MacOS", "desktop"),
        (f"{MAC} {WEBKIT} Chrome/140.0.0.0 Safari/537.36", "Chrome", "MacOS", "desktop"),
        (f"{MAC} {WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge", "MacOS", "desktop"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0",
            "Firefox",
            "MacOS",
            "desktop",
        ),
        (f"{LINUX} {WEBKIT} Chrome/140.0.0.0 Safari/537.36", "Chrome", "Linux", "desktop"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
            "Firefox",
            "Linux",
            "desktop",
        ),
        (
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
            "Firefox",
            "Linux",
            "desktop",
        ),
        (
            "Mozilla/5.0 (X11; Fedora; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
            "Firefox",
            "Linux",
            "desktop",
        ),
        (f"{PIXEL} {WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome", "Android", "mobile"),
        (f"{PIXEL} {WEBKIT} Chrome/140.0.0.0 Safari/537.36", "Chrome", "Android", "tablet"),
        (
            f"{PIXEL} {WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36 EdgA/140.0.0.0",
            "Edge",
            "Android",
            "mobile",
        ),
        (
            f"{PIXEL} {WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
            "Samsung Internet",
            "Android",
            "mobile",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) "
            f"{WEBKIT} Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome",
            "Android",
            "mobile",
        ),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0",
            "Firefox",
            "Android",
            "mobile",
        ),
        (
            "Mozilla/5.0 (Android 15; Tablet; rv:142.0) Gecko/142.0 Firefox/142.0",
            "Firefox",
            "Android",
            "tablet",
        ),
        (f"{IPHONE} {APPLE} Version/18.5 Mobile/15E148 Safari/604.1", "Safari", "iOS", "mobile"),
        (f"{IPHONE} {APPLE} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1", "Chrome", "iOS", "mobile"),
        (f"{IPHONE} {APPLE} FxiOS/142.0 Mobile/15E148 Safari/605.1.15", "Firefox", "iOS", "mobile"),
        (
            f"{IPHONE} {APPLE} Version/18.0 EdgiOS/140.0.0.0 Mobile/15E148 Safari/604.1",
            "Edge",
            "iOS",
            "mobile",
        ),
        (f"{IPHONE} {APPLE} Mobile/15E148", "Safari", "iOS", "mobile"),
        (f"{IPAD} {APPLE} Version/18.5 Mobile/15E148 Safari/604.1", "Safari", "iOS", "tablet"),
        (f"{IPAD} {APPLE} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1", "Chrome", "iOS", "tablet"),
    ],
)
def test_people_are_known_by_browser_system_and_device(
    user_agent: str, browser: str, os: str, device: str
) -> None:
    assert agents.describe(user_agent) == agents.Agent(browser, os, device, is_bot=False)


@pytest.mark.parametrize(
    "user_agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        f"{LINUX} {WEBKIT} (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/140.0.0.0",
        f"{PIXEL} {WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36 (compatible; GoogleOther)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        f"{LINUX} {WEBKIT} HeadlessChrome/140.0.0.0 Safari/537.36",
        "curl/8.7.1",
        "python-requests/2.32.3",
        "Wget/1.21.4",
        "Go-http-client/2.0",
    ],
)
def test_bots_and_headless_browsers_are_bots(user_agent: str) -> None:
    assert agents.describe(user_agent).is_bot


@pytest.mark.parametrize("user_agent", ["", " ", "something else", "\u65e5\u672c", "x" * 512, "(((((((("])
def test_what_nobody_knows_is_other_and_no_bot(user_agent: str) -> None:
    assert agents.describe(user_agent) == agents.Agent("Other", "Other", "desktop", is_bot=False)


CHROME_ON_LINUX = f"{LINUX} {WEBKIT} Chrome/140.0.0.0 Safari/537.36"
SOME_BRANDS = '"Chromium";v="140", "Not=A?Brand";v="24", '


@pytest.mark.parametrize(
    ("user_agent", "hints", "described"),
    [
        (CHROME_ON_LINUX, agents.Hints(platform='"Chrome OS"'), ("Chrome", "Chrome OS", "desktop")),
        (CHROME_ON_LINUX, agents.Hints(platform='"macOS"', mobile="?0"), ("Chrome", "MacOS", "desktop")),
        (CHROME_ON_LINUX, agents.Hints(platform='"Android"', mobile="?0"), ("Chrome", "Android", "tablet")),
        (CHROME_ON_LINUX, agents.Hints(mobile="?1"), ("Chrome", "Linux", "mobile")),
        (CHROME_ON_LINUX, agents.Hints(platform='"Unknown"', mobile="?2"), ("Chrome", "Linux", "desktop")),
        (
            f"{PIXEL} {WEBKIT} Chrome/140.0.0.0 Safari/537.36",
            agents.Hints(platform='"Android"', mobile="?1"),
            ("Chrome", "Android", "tablet"),
        ),
        (
            CHROME_ON_LINUX,
            agents.Hints(SOME_BRANDS + '"Microsoft Edge";v="140"', '"Windows"', "?0"),
            ("Edge", "Windows", "desktop"),
        ),
        (CHROME_ON_LINUX, agents.Hints('"Brave";v="140", ' + SOME_BRANDS), ("Brave", "Linux", "desktop")),
        (CHROME_ON_LINUX, agents.Hints(SOME_BRANDS + '"Opera";v="122"'), ("Opera", "Linux", "desktop")),
        (
            CHROME_ON_LINUX,
            agents.Hints(SOME_BRANDS + '"Google Chrome";v="140"'),
            ("Chrome", "Linux", "desktop"),
        ),
        (
            f"{CHROME_ON_LINUX} OPR/122.0.0.0",
            agents.Hints('"Microsoft Edge";v="140"'),
            ("Opera", "Linux", "desktop"),
        ),
        (CHROME_ON_LINUX, agents.Hints('"";;v=,"', '"', "?"), ("Chrome", "Linux", "desktop")),
    ],
)
def test_hints_know_better_than_the_user_agent(
    user_agent: str, hints: agents.Hints, described: tuple[str, str, str]
) -> None:
    assert agents.describe(user_agent, hints) == agents.Agent(*described, is_bot=False)


def test_hints_make_no_bot_a_person() -> None:
    hints = agents.Hints(SOME_BRANDS + '"Google Chrome";v="140"', '"Windows"', "?0")
    assert agents.describe("Mozilla/5.0 (compatible; Googlebot/2.1) Chrome/140.0.0.0", hints).is_bot
