"""A website that is measured: pages on an origin of their own, with the snippet that its owner copied."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{snippet}</head>
<body><h1>{title}</h1><a href="/boots">Boots</a>
<button onclick="history.pushState({{}}, '', '/sale'); document.title = 'Sale'">Sale</button>
<button onclick="analytiq.track('add_to_cart', {{price: 59}})">Add to cart</button></body></html>"""
_TITLES = {"/": "Shoe shop", "/boots": "Boots"}


class Website:
    def __init__(self, url: str) -> None:
        self.url = url
        self.snippet = ""


@contextmanager
def website() -> Iterator[Website]:
    """Put the snippet in its `snippet` at any time; it is in every page served from then on."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            title = _TITLES.get(self.path)
            body = _PAGE.format(title=title, snippet=site.snippet).encode() if title else b""
            self.send_response(200 if title else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    site = Website(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
