"""What the window shows while there is no server to ask: that it starts, or why it does not."""

import html

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>Analytiq</title>
<style>
:root {{ --bg: #FAF9F6; --surface: #FFFFFF; --line: #E4E0D8;
  --ink: #1C2321; --ink-2: #4C5653; --accent: #0B6E69 }}
@media (prefers-color-scheme: dark) {{ :root {{ --bg: #121413; --surface: #1A1D1C; --line: #2E3331;
  --ink: #ECEFED; --ink-2: #B7BFBB; --accent: #3FB8AF }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-content: center; background: var(--bg);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif }}
main {{ max-width: 34rem; margin: 24px; padding: 24px; background: var(--surface);
  border: 1px solid var(--line); border-radius: 8px }}
h1 {{ font-size: 20px; margin: 0 0 8px }}
p {{ margin: 8px 0 0; color: var(--ink-2); overflow-wrap: anywhere }}
.what {{ color: var(--ink) }}
button {{ margin-top: 16px; padding: 8px 16px; border: 0; border-radius: 8px; font: inherit; font-weight: 600;
  background: var(--accent); color: var(--surface); cursor: pointer }}
.quiet {{ background: none; border: 0 }}
</style></head><body>{body}</body></html>"""

STARTING = _FRAME.format(body='<main class="quiet" role="status"><p>Analytiq is starting…</p></main>')


def not_started(reason: str, *, can_try_again: bool) -> str:
    """`reason` says what happened and what to do; the button needs the window, a browser has none for it."""
    button = (
        '<button autofocus onclick="pywebview.api.try_again()">Try again</button>' if can_try_again else ""
    )
    return _FRAME.format(
        body='<main role="alert"><h1>Analytiq could not start</h1>'
        f'<p class="what">{html.escape(reason)}</p>'
        "<p>While it is not running no visits are counted; visitors’ browsers keep what they could not "
        f"deliver for up to a day.</p>{button}</main>"
    )
