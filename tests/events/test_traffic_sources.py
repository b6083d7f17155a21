"""Name and channel of a visit's origin: every channel, and what only looks like one."""

import pytest

from appliance.events.enrichment import traffic
from appliance.events.enrichment.traffic import Campaign, Traffic
from appliance.events.metrics import CHANNEL_SOURCE

OWN = frozenset({"shop.example"})


def classify(referrer: str | None, query: str) -> Traffic:
    campaign = traffic.campaign_of(f"https://www.shop.example/page?{query}")
    return traffic.classify(f"https://{referrer}/path" if referrer else None, campaign, OWN)


# Channel, referrer's host, query of the page.
CASES = [
    ("Cross-network", None, "utm_source=google&utm_medium=cpc&utm_campaign=Spring-Cross-Network"),
    ("Cross-network", "www.google.com", "utm_campaign=cross-network&gclid=abc"),
    ("Cross-network", "www.facebook.com", "utm_medium=paid&utm_campaign=cross-network-shopping"),
    ("Paid Shopping", "www.amazon.de", "utm_medium=cpc"),
    ("Paid Shopping", None, "utm_source=google&utm_medium=ppc&utm_campaign=summer-shopping"),
    ("Paid Shopping", None, "utm_source=bing&utm_medium=PAID_SEARCH&utm_campaign=shop"),
    ("Paid Search", None, "utm_source=google&utm_medium=cpc"),
    ("Paid Search", "duckduckgo.com", "utm_medium=ppc"),
    ("Paid Search", "www.google.com", "gclid=Cj0KCQ"),
    ("Paid Search", "www.google.co.uk", "gclid=Cj0KCQ"),
    ("Paid Search", "www.bing.com", "msclkid=abc"),
    ("Paid Search", None, "utm_source=Google&gclid=Cj0KCQ"),
    ("Paid Social", None, "utm_source=facebook&utm_medium=paid_social"),
    ("Paid Social", "l.instagram.com", "utm_medium=cpm-cpc"),
    ("Paid Social", None, "utm_source=fb&utm_medium=CPC"),
    ("Paid Video", None, "utm_source=youtube&utm_medium=cpv-cpc"),
    ("Paid Video", "vimeo.com", "utm_medium=paid"),
    ("Display", None, "utm_source=partner.example&utm_medium=display"),
    ("Display", None, "utm_source=partner.example&utm_medium=Banner"),
    ("Display", None, "utm_medium=expandable"),
    ("Display", None, "utm_medium=interstitial"),
    ("Display", None, "utm_medium=cpm"),
    ("Paid Other", None, "utm_source=partner.example&utm_medium=cpc"),
    ("Paid Other", None, "utm_medium=retargeting"),
    ("Paid Other", "blog.example", "utm_medium=paid-placement"),
    ("Organic Shopping", "www.etsy.com", ""),
    ("Organic Shopping", "www.ebay.co.uk", ""),
    ("Organic Shopping", None, "utm_source=news&utm_campaign=my-shop-2026"),
    ("Organic Social", "l.facebook.com", ""),
    ("Organic Social", "t.co", ""),
    ("Organic Social", "www.linkedin.com", "utm_medium=email"),
    ("Organic Social", None, "utm_source=partner.example&utm_medium=Social-Network"),
    ("Organic Social", None, "utm_medium=social%20media"),
    ("Organic Social", None, "utm_medium=sm"),
    ("Organic Video", "www.youtube.com", ""),
    ("Organic Video", "youtu.be", ""),
    ("Organic Video", None, "utm_source=partner.example&utm_medium=in-video-link"),
    ("AI Assistants", "chatgpt.com", ""),
    ("AI Assistants", None, "utm_source=chatgpt.com"),
    ("AI Assistants", "www.perplexity.ai", ""),
    ("AI Assistants", "gemini.google.com", ""),
    ("AI Assistants", "copilot.microsoft.com", ""),
    ("AI Assistants", "claude.ai", ""),
    ("Organic Search", "www.google.com", ""),
    ("Organic Search", "duckduckgo.com", ""),
    ("Organic Search", "de.search.yahoo.com", ""),
    ("Organic Search", None, "utm_source=partner.example&utm_medium=organic"),
    ("Email", "mail.google.com", ""),
    ("Email", "outlook.live.com", ""),
    ("Email", None, "utm_source=newsletter"),
    ("Email", None, "utm_source=mailchimp&utm_medium=E-Mail"),
    ("Email", None, "utm_medium=e%20mail"),
    ("Email", None, "utm_source=e_mail"),
    ("Affiliates", None, "utm_source=partner.example&utm_medium=affiliate"),
    ("Affiliates", "coupons.example", "utm_medium=Affiliate"),
    ("Audio", None, "utm_source=podcast&utm_medium=audio"),
    ("Audio", "radio.example", "utm_medium=audio"),
    ("SMS", None, "utm_source=sms"),
    ("SMS", None, "utm_source=shop&utm_medium=SMS"),
    ("Mobile Push", None, "utm_source=app&utm_medium=web-push"),
    ("Mobile Push", None, "utm_medium=mobile_app"),
    ("Mobile Push", None, "utm_medium=notifications"),
    ("Referral", "blog.example", ""),
    ("Referral", None, "utm_source=partner.example"),
    ("Referral", None, "utm_medium=referral"),
    ("Referral", None, "utm_medium=app"),
    ("Referral", None, "utm_source=partner.example&utm_medium=unheard-of"),
    ("Referral", "blog.example", "gclid=abc"),
    ("Direct", None, ""),
    ("Direct", None, "utm_medium=unheard-of"),
    ("Direct", None, "utm_campaign=spring"),
    ("Direct", "shop.example", ""),
    ("Direct", "WWW.Shop.Example", "page=2"),
]


@pytest.mark.parametrize(("channel", "referrer", "query"), CASES)
def test_the_first_rule_that_fits_gives_the_channel(channel: str, referrer: str | None, query: str) -> None:
    assert classify(referrer, query).channel == channel


@pytest.mark.parametrize("channel", CHANNEL_SOURCE)
def test_every_channel_has_two_cases(channel: str) -> None:
    assert len([case for case in CASES if case[0] == channel]) >= 2


@pytest.mark.parametrize("click_id", ["fbclid=abc", "gclid=", "utm_source=", "gclid=abc", "msclkid=abc"])
def test_a_click_id_alone_is_not_paid(click_id: str) -> None:
    assert classify("www.facebook.com", click_id) == Traffic("Facebook", "Organic Social")
    assert classify(None, click_id) == Traffic(None, "Direct")


def test_a_click_id_of_the_other_search_engine_is_not_paid() -> None:
    assert classify("www.google.com", "msclkid=abc").channel == "Organic Search"
    assert classify("www.bing.com", "gclid=abc").channel == "Organic Search"


def test_the_campaigns_source_wins_over_the_referrer() -> None:
    assert classify("www.google.com", "utm_source=facebook") == Traffic("Facebook", "Organic Social")
    assert classify("shop.example", "utm_source=newsletter") == Traffic("newsletter", "Email")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.google.de", "Google"),
        ("google.co.jp", "Google"),
        ("www.google.com.br", "Google"),
        ("www.google.cat", "Google"),
        ("news.google.com", "Google"),
        ("search.yahoo.co.jp", "Yahoo"),
        ("yandex.com.tr", "Yandex"),
        ("in.pinterest.com", "Pinterest"),
        ("www.amazon.com.au", "Amazon"),
        ("mobile.twitter.com", "X"),
        ("old.reddit.com", "Reddit"),
        ("m.youtube.com", "YouTube"),
        ("mail.google.com", "Gmail"),
        ("mail.yahoo.com", "Yahoo Mail"),
    ],
)
def test_brands_are_known_by_subdomain_and_country(host: str, name: str) -> None:
    assert classify(host, "").name == name


@pytest.mark.parametrize(
    "host",
    [
        "notgoogle.com",
        "google.com.evil.example",
        "google.evil.com",
        "google.abc.com",
        "google.xyz",
        "google-search.com",
        "facebook.com-login.example",
        "xt.co",
        "ex.com",
        "tienda.hn",
        "plage.yt",
        "blog.google",
        "myshop.example",
        "192.0.2.7",
        "localhost",
    ],
)
def test_a_host_that_only_looks_like_a_brand_is_a_referral_by_its_own_name(host: str) -> None:
    assert classify(host, "") == Traffic(host, "Referral")


def test_names_in_campaigns_are_known_in_any_case_and_by_short_names() -> None:
    for short, name in (
        ("FB", "Facebook"),
        ("ig", "Instagram"),
        ("Hacker News", "Hacker News"),
        ("yt", "YouTube"),
    ):
        assert traffic.classify(None, Campaign(source=short), OWN).name == name


def test_an_unknown_campaign_keeps_its_own_spelling() -> None:
    assert classify(None, "utm_source=Summer%20Mailing").name == "Summer Mailing"


@pytest.mark.parametrize(
    "host", ["shop.example", "www.shop.example", "shop.example:8443", "WWW.SHOP.EXAMPLE"]
)
def test_a_referrer_on_the_sites_own_host_is_none(host: str) -> None:
    assert traffic.external_host(f"https://{host}/cart", OWN) is None


def test_a_subdomain_of_the_site_is_another_host() -> None:
    assert traffic.external_host("https://blog.shop.example/", OWN) == "blog.shop.example"


@pytest.mark.parametrize(
    "referrer", ["", None, "about:blank", "not a url", "http://[broken/", "/cart", "data:text/html,a"]
)
def test_a_referrer_without_a_host_is_none(referrer: str | None) -> None:
    assert traffic.external_host(referrer, OWN) is None


def test_an_app_refers_by_its_name() -> None:
    assert traffic.classify("android-app://com.google.android.gm/", Campaign(), OWN).name == "Gmail"


def test_a_campaign_is_read_from_the_address() -> None:
    url = (
        "https://shop.example/?UTM_Source=News&utm_medium=email&utm_campaign=a%26b&utm_term=red+shoes"
        "&utm_content=top&gclid=1&msclkid=2#utm_source=hash"
    )
    assert traffic.campaign_of(url) == Campaign("News", "email", "a&b", "red shoes", "top", True, True)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://shop.example/utm_source=path",
        "https://shop.example/#?utm_source=hash",
        "https://shop.example/?utm_source=&utm_medium=%20",
        "https://shop.example/?UTM_SOURCE=",
        "https://shop.example/?utm_source=a" + "&b=c" * 300,
    ],
)
def test_an_address_without_a_campaign_has_none(url: str | None) -> None:
    assert traffic.campaign_of(url) == Campaign()


def test_the_names_of_parameters_may_have_any_case() -> None:
    assert traffic.campaign_of("https://shop.example/?UTM_SOURCE=News").source == "News"
    assert traffic.campaign_of("https://shop.example/?GCLID=abc").gclid


def test_the_first_of_repeated_parameters_counts() -> None:
    assert traffic.campaign_of("https://shop.example/?utm_source=a&utm_source=b").source == "a"


def test_what_an_address_hides_in_escapes_is_cleaned_and_capped() -> None:
    url = f"https://shop.example/?UTM_SOURCE=%00a%1bb%0Ac%ED%A0%80&utm_term={'x' * 400}"
    campaign = traffic.campaign_of(url)
    assert campaign.source == "ab c\ufffd\ufffd\ufffd"
    assert campaign.term == "x" * 300
