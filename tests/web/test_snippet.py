"""The scripts for websites, as their pages fetch them, and the code that pages are given."""

import base64
import hashlib
import html
import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client as WebClient

from appliance.base.paths import snippet_files
from appliance.runtime import Runtime
from appliance.sites.scripts import Scripts
from tests.people import Person
from tests.traffic import CHROME


@pytest.mark.parametrize("name", ["analytics.js", "analytics.detail.js"])
def test_the_script_comes_compressed_in_a_kilobyte_when_the_browser_takes_it(
    web: WebClient, name: str
) -> None:
    small, plain = (
        web.get(f"/{name}", headers={"Accept-Encoding": coding})
        for coding in ("gzip, deflate, br", "identity")
    )
    assert small.headers["Content-Encoding"] == "br"
    assert "Content-Encoding" not in plain.headers
    assert len(small.data) <= 1024 < len(plain.data)


def test_an_unchanged_script_is_not_sent_again(web: WebClient) -> None:
    etag = web.get("/analytics.js").headers["ETag"]
    again = web.get("/analytics.js", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert not etag.startswith("W/")


def test_caches_may_keep_the_script_for_everybody(web: WebClient) -> None:
    answer = web.get("/analytics.js")
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in answer.headers


def _pinned(web: WebClient, person: Person) -> dict[str, str]:
    """The attributes of the snippet that names one version."""
    shown = web.get(f"/api/sites/{person.shop.site_id}/snippet", headers=person.headers).get_json()
    return dict(re.findall(r'([\w-]+)="([^"]*)"', shown["variants"]["pinned"]))


def test_a_page_that_pins_the_script_gets_what_it_pinned(web: WebClient, alice: Person) -> None:
    pinned = _pinned(web, alice)
    answer = web.get(urlsplit(pinned["src"]).path)
    digest = base64.b64encode(hashlib.sha384(answer.data).digest()).decode()
    assert f"sha384-{digest}" == pinned["integrity"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert web.get("/analytics.0000000000000000.js").status_code == 404


def test_what_a_page_pinned_is_served_after_an_update_as_well(
    web: WebClient, alice: Person, program: Runtime, tmp_path: Path
) -> None:
    path = urlsplit(_pinned(web, alice)["src"]).path
    before = web.get(path).data
    release = tmp_path / "release"
    shutil.copytree(snippet_files(), release)
    for file in release.glob("analytics.whole.js*"):
        file.write_bytes(b"// the next release")
    manifest = json.loads((release / "manifest.json").read_text())
    manifest["analytics.whole.js"]["hash"] = hashlib.sha256(b"// the next release").hexdigest()[:16]
    (release / "manifest.json").write_text(json.dumps(manifest))

    updated = Scripts(release, program.config.paths.scripts)
    kept = updated.pinned(path.split(".")[1])
    assert kept is not None
    assert kept.forms[""] == before


def test_a_damaged_version_is_not_sent(web: WebClient, program: Runtime) -> None:
    kept = program.config.paths.scripts
    for suffix in ("", ".br", ".gz"):
        (kept / f"00000000000000aa.js{suffix}").write_bytes(b"something else")
    assert web.get("/analytics.00000000000000aa.js").status_code == 404


def test_every_variant_of_the_snippet_says_what_it_does(web: WebClient, alice: Person) -> None:
    address = f"/api/sites/{alice.shop.site_id}/snippet"
    shown = web.get(address, headers={**alice.headers, "Host": "localhost"}).get_json()
    variants = shown["variants"]
    assert shown["snippet"] == variants["plain"]
    assert 'data-mode="cookieless"' in variants["cookieless"]
    assert 'data-consent="required"' in variants["consent"]
    for code in (variants["consent"], variants["plain"], variants["cookieless"]):
        for source in re.findall(r'src="([^"]*)"', code):
            assert web.get(urlsplit(source).path).mimetype == "text/javascript"
    (pixel,) = re.findall(r'src="([^"]*)"', variants["noscript"])
    counted = web.get(
        html.unescape(pixel), headers={"Referer": "https://shop.example/", "User-Agent": CHROME}
    )
    assert (counted.status_code, counted.mimetype) == (200, "image/gif")
