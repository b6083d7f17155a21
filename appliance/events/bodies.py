"""Bodies of requests: hostile JSON read as one value or as many, and cleaned."""

import json
import math
import re
from typing import Any, NoReturn

from pydantic_core import from_json

from appliance.base.errors import TooLargeError, UnreadableError

MAX_EVENT_BYTES = 64 * 1024
MAX_BULK_BYTES = 2 * 1024 * 1024
MAX_BULK_EVENTS = 1000
MAX_DEPTH = 16
MAX_INTEGER = 2**53
"""Beyond it a JavaScript number, and so the sender's own idea of the value, is not exact."""

# What a body must have for `clean` to find anything in it but depth: a control character or a surrogate,
# escaped or (DEL and C1) not, or a number of sixteen digits or with an exponent of three. Searches for bytes
# are quick and those for patterns slow, so digits are sought with all of them as 0.
_ESCAPE = re.compile(rb"\\(?:[bfnrt]|u(?:00[0189]|007[fF]|[dD][89a-fA-F]))")
_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_EXPONENT = re.compile(rb"0e\+?000")
_BEFORE_NUMBERS = b":,[ \t\r\n"
_NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_DIGITS_AS_0 = bytes.maketrans(b"123456789E", b"000000000e")
_UNCLEAN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = {"\t": " ", "\n": " ", "\r": " "}


def read_json(body: bytes) -> Any:
    """Any JSON value, cleaned: no control characters, lone surrogates, NaN, Infinity or unsafe integers.

    Raises UnreadableError.
    """
    try:
        value = _read_json(body)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"The body is not valid UTF-8 (byte {error.start}). Nothing was stored."
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        raise UnreadableError(f"The body is not valid JSON: {reason}. Nothing was stored.") from error
    if _needs_cleaning(body):
        return clean(value)
    if not _is_flat(body):
        _check_nesting(value, 1)
    return value


def _read_json(body: bytes) -> Any:
    """Quickly; what that refuses, such as lone surrogates, is read by who can tell what is wrong."""
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)


def _needs_cleaning(body: bytes) -> bool:
    return bool(
        (b"\\" in body and _ESCAPE.search(body))
        or b"\x7f" in body
        or (b"\xc2" in body and _CONTROL.search(body))
        or _may_have_large_numbers(body.translate(_DIGITS_AS_0))
    )


def _may_have_large_numbers(body: bytes) -> bool:
    if b"0000000000000000" in body:
        return True
    for exponent in _EXPONENT.finditer(body):  # Mostly a part of some id.
        # Without 16 digits in a row a number is not longer than this before its exponent.
        before = body[max(0, exponent.start() - 40) : exponent.start()].rstrip(b"0.").removesuffix(b"-")
        if before[-1:] in _BEFORE_NUMBERS:
            return True
    return False


def clean(value: Any, depth: int = 1) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        _check_depth(depth)
        return {clean_text(key): clean(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        _check_depth(depth)
        return [clean(item, depth + 1) for item in value]
    # bool is an int too; it passes.
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise UnreadableError("The body has a whole number beyond 2^53. Nothing was stored; send it as text.")
    if isinstance(value, float) and not math.isfinite(value):
        raise UnreadableError("The body has a number too large to hold. Nothing was stored.")
    return value


def clean_text(text: str) -> str:
    return _UNCLEAN.sub(lambda found: _SPACES.get(found[0], ""), text) if _UNCLEAN.search(text) else text


def read_bulk(body: bytes, ndjson: bool) -> list[Any]:
    """The items of a bulk body: an array, `{"events": [...]}`, or one JSON value a line.

    An NDJSON line that is no JSON becomes an UnreadableError in the list, in its place.
    """
    if ndjson:
        lines = [line for line in body.splitlines() if line.strip()]
        _check_count(len(lines))
        return [_line_or_error(line) for line in lines]
    value = read_json(body)
    items = value.get("events") if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise UnreadableError('The body must be an array of events or {"events": [...]}. Nothing was stored.')
    _check_count(len(items))
    return items


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise UnreadableError(f"The body is nested deeper than {MAX_DEPTH} levels. Nothing was stored.")


def _is_flat(body: bytes) -> bool:
    """Whether it is surely not nested deeper than MAX_DEPTH: brackets in texts may say otherwise.

    Each turn takes away the innermost pairs, two levels at most.
    """
    brackets = body.translate(None, _NO_BRACKETS)
    for _ in range(MAX_DEPTH // 2):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if not brackets:
            return True
    return False


def _check_nesting(value: Any, depth: int) -> None:
    if isinstance(value, dict | list):
        _check_depth(depth)
        for item in value.values() if isinstance(value, dict) else value:
            _check_nesting(item, depth + 1)


def _check_count(count: int) -> None:
    if count > MAX_BULK_EVENTS:
        raise TooLargeError(f"{count} events in one request; at most {MAX_BULK_EVENTS}. Nothing was stored.")


def _line_or_error(line: bytes) -> Any:
    try:
        return read_json(line)
    except UnreadableError as error:
        return error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")
