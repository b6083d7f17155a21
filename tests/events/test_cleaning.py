"""The quick look at a body's bytes never spares what walking through its values would have cleaned."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.events import bodies

_ANY_TEXT = st.text(max_size=8) | st.sampled_from(
    ["\x00", "\x1f", "\x7f", "\x85", "\ud800", "\n", "a\\u0000b", "– ü 😀"]
)
_ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(_ANY_JSON)
@settings(max_examples=300, deadline=None)
def test_a_body_that_needs_no_cleaning_is_recognised_by_its_bytes(value: Any) -> None:
    """Whichever way was taken, what comes out is what walking through every value would give."""
    escaped = json.dumps(value)
    texts = [escaped, json.dumps(value, ensure_ascii=False)] if _is_utf8(value) else [escaped]
    for body in texts:
        assert bodies.read_json(body.encode()) == bodies.clean(json.loads(body))


def _is_utf8(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
