"""Harbour & Sole, the demo's shop: its pages, and who comes from where with what. All of it is made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

NAME = "Harbour & Sole"
URL = "https://harbour-and-sole.example"
TIME_ZONE = "Europe/Berlin"
GOALS = (("Bought", "event", "purchase"), ("Signed up for the letter", "event", "signup"))
"""Name, kind and pattern."""

Item = TypeVar("Item")


class Weighted(Generic[Item]):
    """Things to choose from, each as often as its weight says."""

    def __init__(self, weights: Mapping[Item, float]) -> None:
        self._items = list(weights)
        self._sums = list(accumulate(weights.values()))

    def pick(self, dice: Random) -> Item:
        return dice.choices(self._items, cum_weights=self._sums)[0]


@dataclass(frozen=True)
class Page:
    """`price` in euros, of products only."""

    path: str
    title: str
    kind: str
    price: int = 0


@dataclass(frozen=True)
class Kind:
    """How people behave on pages of a kind: median seconds, share that leaves the shop there, and where
    the others go next."""

    seconds: float
    leave: float
    next: Weighted[str]


@dataclass(frozen=True)
class Origin:
    """Where a visit comes from: what the browser tells of it, the kind of page it lands on, and the share
    of visits that see no second page."""

    referrer: str | None
    query: str
    landing: Weighted[str]
    bounce: float


@dataclass(frozen=True)
class Home:
    """A visitor's time zone and preferred language."""

    zone: str
    language: str


@dataclass(frozen=True)
class Device:
    """Sizes in CSS pixels; `load_ms` is the median of its loading times."""

    user_agent: str
    screen: tuple[int, int]
    viewport: tuple[int, int]
    load_ms: float


def _page(path: str, title: str, kind: str, price: int = 0) -> Page:
    return Page(path, f"{title} – {NAME}", kind, price)


def _shelf(*pages: tuple[float, Page]) -> Weighted[Page]:
    return Weighted({page: weight for weight, page in pages})


PAGES: dict[str, Weighted[Page]] = {
    "home": _shelf((1, Page("/", f"{NAME} – Shoes that can be mended", "home"))),
    "boots": _shelf((1, _page("/boots", "Boots", "boots"))),
    "sneakers": _shelf((1, _page("/sneakers", "Sneakers", "sneakers"))),
    "boot": _shelf(
        (22, _page("/boots/storm-lace", "Storm Lace Boot", "boot", 219)),
        (18, _page("/boots/quay-chelsea", "Quay Chelsea Boot", "boot", 189)),
        (13, _page("/boots/mole-derby", "Mole Derby Boot", "boot", 199)),
        (9, _page("/boots/lighthouse-zip", "Lighthouse Zip Boot", "boot", 209)),
        (8, _page("/boots/winter-pilot", "Winter Pilot Boot", "boot", 249)),
        (6, _page("/boots/anchor-work", "Anchor Work Boot", "boot", 229)),
        (4, _page("/boots/ferry-ankle", "Ferry Ankle Boot", "boot", 179)),
    ),
    "sneaker": _shelf(
        (20, _page("/sneakers/low-tide", "Low Tide Sneaker", "sneaker", 129)),
        (15, _page("/sneakers/deck-canvas", "Deck Canvas Sneaker", "sneaker", 99)),
        (11, _page("/sneakers/harbour-runner", "Harbour Runner", "sneaker", 149)),
        (6, _page("/sneakers/spray-high", "Spray High Top", "sneaker", 139)),
        (4, _page("/sneakers/dune-slip-on", "Dune Slip-on", "sneaker", 89)),
    ),
    "journal": _shelf(
        (8, _page("/journal/how-to-wax-leather", "How to wax leather", "journal")),
        (6, _page("/journal/find-your-size", "Find your size", "journal")),
        (2, _page("/journal/a-day-at-the-last-maker", "A day at the last maker", "journal")),
    ),
    "resoling": _shelf(
        (1, _page("/journal/why-we-resole-everything", "Why we resole everything", "journal"))
    ),
    "about": _shelf((1, _page("/about", "Our workshop", "about"))),
    "cart": _shelf((1, _page("/cart", "Your cart", "cart"))),
    "checkout": _shelf((1, _page("/checkout", "Checkout", "checkout"))),
    "thanks": _shelf((1, _page("/thanks", "Thank you", "thanks"))),
}

_AFTER_PRODUCT = {"boots": 20.0, "sneakers": 12.0, "boot": 26.0, "sneaker": 18.0, "about": 4.0, "cart": 12.0}

KINDS: dict[str, Kind] = {
    "home": Kind(
        18, 0.18, Weighted({"boots": 38, "sneakers": 26, "boot": 12, "sneaker": 8, "journal": 8, "about": 8})
    ),
    "boots": Kind(27, 0.28, Weighted({"boot": 78, "sneakers": 12, "home": 6, "journal": 4})),
    "sneakers": Kind(25, 0.30, Weighted({"sneaker": 76, "boots": 15, "home": 6, "journal": 3})),
    "boot": Kind(43, 0.36, Weighted(_AFTER_PRODUCT)),
    "sneaker": Kind(38, 0.38, Weighted(_AFTER_PRODUCT)),
    "journal": Kind(112, 0.48, Weighted({"boots": 40, "journal": 25, "home": 20, "about": 15})),
    "about": Kind(45, 0.50, Weighted({"home": 45, "boots": 35, "journal": 20})),
    "cart": Kind(29, 0.34, Weighted({"checkout": 74, "boots": 16, "sneakers": 10})),
    "checkout": Kind(104, 0.38, Weighted({"thanks": 92, "cart": 8})),
    "thanks": Kind(20, 0.88, Weighted({"home": 70, "journal": 30})),
}

_SEARCH_LANDING = Weighted(
    {"boots": 26.0, "boot": 24.0, "sneaker": 14.0, "home": 18.0, "journal": 12.0, "resoling": 6.0}
)
_SOCIAL_LANDING = Weighted({"boot": 34.0, "sneaker": 28.0, "home": 26.0, "journal": 12.0})
_HOME_LANDING = Weighted({"home": 74.0, "boots": 12.0, "sneakers": 8.0, "boot": 6.0})
_LETTER_LANDING = Weighted({"boots": 40.0, "boot": 30.0, "journal": 20.0, "home": 10.0})
_BLOG_LANDING = Weighted({"resoling": 40.0, "boots": 30.0, "home": 30.0})
_AD_LANDING = Weighted({"boots": 55.0, "sneakers": 25.0, "boot": 20.0})

DIRECT = Origin(None, "", _HOME_LANDING, 0.35)
GOOGLE = Origin("https://www.google.com/", "", _SEARCH_LANDING, 0.40)
BING = Origin("https://www.bing.com/", "", _SEARCH_LANDING, 0.42)
DUCKDUCKGO = Origin("https://duckduckgo.com/", "", _SEARCH_LANDING, 0.41)
ECOSIA = Origin("https://www.ecosia.org/", "", _SEARCH_LANDING, 0.39)
INSTAGRAM = Origin("https://l.instagram.com/", "", _SOCIAL_LANDING, 0.49)
FACEBOOK = Origin("https://l.facebook.com/", "", _SOCIAL_LANDING, 0.52)
PINTEREST = Origin("https://www.pinterest.com/", "", _SOCIAL_LANDING, 0.50)
REDDIT = Origin("https://www.reddit.com/", "", _BLOG_LANDING, 0.52)
LETTER = Origin(
    None, "?utm_source=newsletter&utm_medium=email&utm_campaign=weekly-letter", _LETTER_LANDING, 0.28
)
SEASON = Origin(
    None, "?utm_source=newsletter&utm_medium=email&utm_campaign=new-season", _LETTER_LANDING, 0.25
)
SEARCH_ADS = Origin(
    "https://www.google.com/",
    "?utm_source=google&utm_medium=cpc&utm_campaign=boots-search&utm_term=welted+boots&gclid=Cj0KCQiAdemo",
    _AD_LANDING,
    0.42,
)
SOCIAL_ADS = Origin(
    "https://l.instagram.com/",
    "?utm_source=instagram&utm_medium=paid_social&utm_campaign=harbour-look&utm_content=reel-2",
    _AD_LANDING,
    0.53,
)
WARDROBE = Origin("https://slow-wardrobe.example/boots-that-last", "", _BLOG_LANDING, 0.36)
WELT = Origin("https://stitch-and-welt.example/reviews/storm-lace", "", Weighted({"boot": 1.0}), 0.38)
CHATGPT = Origin("https://chatgpt.com/", "?utm_source=chatgpt.com", _SEARCH_LANDING, 0.38)
PERPLEXITY = Origin("https://www.perplexity.ai/", "", _SEARCH_LANDING, 0.40)
HACKER_NEWS = Origin("https://news.ycombinator.com/", "", Weighted({"resoling": 1.0}), 0.74)

FIRST_ORIGINS = Weighted(
    {
        GOOGLE: 36, DIRECT: 18, INSTAGRAM: 10, SEARCH_ADS: 7, FACEBOOK: 4, BING: 3.2, WARDROBE: 3.2,
        CHATGPT: 2.8, DUCKDUCKGO: 2.5, PINTEREST: 2.5, ECOSIA: 2.3, SOCIAL_ADS: 2.2, WELT: 2, REDDIT: 1.4,
        LETTER: 1, PERPLEXITY: 0.6,
    }
)  # fmt: skip
LATER_ORIGINS = Weighted(
    {DIRECT: 46, GOOGLE: 22, LETTER: 16, INSTAGRAM: 8, SEARCH_ADS: 3, BING: 2, DUCKDUCKGO: 2, FACEBOOK: 1}
)

HOMES = Weighted(
    {
        Home("Europe/Berlin", "de-DE"): 40, Home("Europe/Berlin", "en-US"): 4,
        Home("Europe/Vienna", "de-AT"): 7, Home("Europe/Zurich", "de-CH"): 6,
        Home("Europe/Amsterdam", "nl-NL"): 7, Home("Europe/London", "en-GB"): 8,
        Home("Europe/Paris", "fr-FR"): 5, Home("Europe/Brussels", "nl-BE"): 2,
        Home("Europe/Copenhagen", "da-DK"): 3, Home("Europe/Stockholm", "sv-SE"): 2,
        Home("Europe/Madrid", "es-ES"): 2, Home("Europe/Rome", "it-IT"): 2,
        Home("Europe/Warsaw", "pl-PL"): 2, Home("America/New_York", "en-US"): 4,
        Home("America/Chicago", "en-US"): 1.5, Home("America/Los_Angeles", "en-US"): 2,
        Home("America/Toronto", "en-CA"): 1, Home("Australia/Sydney", "en-AU"): 1,
        Home("Asia/Tokyo", "ja-JP"): 0.8, Home("Asia/Kolkata", "en-IN"): 0.7,
    }
)  # fmt: skip
READERS_HOMES = Weighted(
    {
        Home("America/Los_Angeles", "en-US"): 22, Home("America/New_York", "en-US"): 20,
        Home("Europe/London", "en-GB"): 11, Home("Europe/Berlin", "en-US"): 9,
        Home("America/Chicago", "en-US"): 8, Home("America/Toronto", "en-CA"): 6,
        Home("Europe/Amsterdam", "en-US"): 5, Home("Asia/Kolkata", "en-IN"): 6,
        Home("Australia/Sydney", "en-AU"): 5, Home("Europe/Stockholm", "sv-SE"): 4,
        Home("America/Sao_Paulo", "pt-BR"): 4,
    }
)  # fmt: skip

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_CHROME = f"{_WEBKIT} Chrome/150.0.0.0"
_IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) {_SAFARI}"
_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
_ANDROID = "Mozilla/5.0 (Linux; Android 10; K)"

_SAFARI_IPHONE = f"{_IPHONE} Version/26.1 Mobile/15E148 Safari/604.1"
_CHROME_IPHONE = f"{_IPHONE} CriOS/150.0.7871.51 Mobile/15E148 Safari/604.1"
_CHROME_ANDROID = f"{_ANDROID} {_CHROME} Mobile Safari/537.36"
_SAMSUNG = f"{_ANDROID} {_WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36"
_FIREFOX_ANDROID = "Mozilla/5.0 (Android 16; Mobile; rv:151.0) Gecko/151.0 Firefox/151.0"
_CHROME_WINDOWS = f"{_WINDOWS}) {_CHROME} Safari/537.36"
_EDGE = f"{_WINDOWS}) {_CHROME} Safari/537.36 Edg/150.0.0.0"
_FIREFOX_WINDOWS = f"{_WINDOWS}; rv:151.0) Gecko/20100101 Firefox/151.0"
_FIREFOX_LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0"
_CHROME_LINUX = f"Mozilla/5.0 (X11; Linux x86_64) {_CHROME} Safari/537.36"
_CHROME_MAC = f"{_MAC} {_CHROME} Safari/537.36"
_SAFARI_MAC = f"{_MAC} {_SAFARI} Version/26.1 Safari/605.1.15"
_IPAD = f"Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) {_SAFARI} Version/26.1 Mobile/15E148 Safari/604.1"
_CHROME_TABLET = f"{_ANDROID} {_CHROME} Safari/537.36"

DEVICES = Weighted(
    {
        Device(_SAFARI_IPHONE, (390, 844), (390, 664), 1750): 12,
        Device(_SAFARI_IPHONE, (393, 852), (393, 659), 1650): 9,
        Device(_SAFARI_IPHONE, (402, 874), (402, 681), 1500): 5,
        Device(_CHROME_IPHONE, (430, 932), (430, 739), 1700): 3,
        Device(_CHROME_ANDROID, (412, 915), (412, 784), 2050): 11,
        Device(_CHROME_ANDROID, (360, 800), (360, 669), 2700): 7,
        Device(_CHROME_ANDROID, (384, 854), (384, 723), 2350): 4,
        Device(_SAMSUNG, (360, 780), (360, 648), 2300): 4,
        Device(_FIREFOX_ANDROID, (412, 915), (412, 795), 2150): 1.2,
        Device(_CHROME_WINDOWS, (1920, 1080), (1905, 945), 1150): 11,
        Device(_CHROME_WINDOWS, (1536, 864), (1521, 730), 1300): 6,
        Device(_CHROME_WINDOWS, (2560, 1440), (2545, 1305), 1050): 3,
        Device(_EDGE, (1920, 1080), (1905, 957), 1250): 4.5,
        Device(_FIREFOX_WINDOWS, (1920, 1080), (1903, 927), 1300): 3.5,
        Device(_CHROME_MAC, (1512, 982), (1512, 801), 1000): 4,
        Device(_SAFARI_MAC, (1440, 900), (1440, 764), 1050): 5,
        Device(_FIREFOX_LINUX, (1920, 1080), (1920, 953), 1150): 1.6,
        Device(_CHROME_LINUX, (1920, 1080), (1920, 962), 1100): 0.7,
        Device(_IPAD, (820, 1180), (820, 1106), 1600): 3,
        Device(_CHROME_TABLET, (800, 1280), (800, 1144), 2400): 1.5,
    }
)
READERS_DEVICES = Weighted(
    {
        Device(_CHROME_MAC, (1512, 982), (1512, 801), 1000): 22,
        Device(_SAFARI_MAC, (1728, 1117), (1728, 965), 980): 10,
        Device(_FIREFOX_LINUX, (2560, 1440), (2560, 1313), 1050): 17,
        Device(_CHROME_LINUX, (1920, 1080), (1920, 962), 1100): 8,
        Device(_CHROME_WINDOWS, (2560, 1440), (2545, 1305), 1050): 12,
        Device(_SAFARI_IPHONE, (393, 852), (393, 659), 1650): 18,
        Device(_CHROME_ANDROID, (412, 915), (412, 784), 2050): 13,
    }
)
