"""Which rows of a long list are wanted, and in which order."""

from dataclasses import dataclass
from typing import Literal, get_args

from appliance.base.errors import FieldError, InvalidError

SortBy = Literal["value", "visitors", "visits", "pageviews"]
SORTS: tuple[SortBy, ...] = get_args(SortBy)

Order = Literal["asc", "desc"]
ORDERS: tuple[Order, ...] = get_args(Order)

MAX_SEARCH = 200
"""Characters."""

ALL = 1_000_000_000


@dataclass(frozen=True)
class Ranking:
    """At most `limit` rows from `offset` on, of those whose value contains `search`, whatever its case.

    They stand in the order of `sort`, equal ones by value. None: by what their dimension is counted in.
    """

    limit: int = ALL
    offset: int = 0
    search: str = ""
    sort: SortBy | None = None
    order: Order = "desc"


def parse_search(text: str | None) -> str:
    """Raises InvalidError."""
    found = text or ""
    if len(found) > MAX_SEARCH or not found.isprintable():
        raise _wrong("search", f"must be a text of at most {MAX_SEARCH} characters")
    return found


def parse_sort(text: str | None) -> SortBy | None:
    """Raises InvalidError."""
    for known in SORTS:
        if text == known:
            return known
    if text:
        raise _wrong("sort", f"must be one of {', '.join(SORTS)}")
    return None


def parse_order(text: str | None) -> Order:
    """Raises InvalidError."""
    match text:
        case "asc" | "desc":
            return text
        case None | "":
            return "desc"
    raise _wrong("order", f"must be one of {', '.join(ORDERS)}")


def _wrong(name: str, detail: str) -> InvalidError:
    return InvalidError(f"{name} is wrong.", [FieldError(name, detail)])
