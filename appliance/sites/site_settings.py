"""What an owner may change about a website, checked and brought into the form it is kept in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from appliance.base.errors import FieldError, InvalidError
from appliance.events import hosts

MAX_NAME = 120
MAX_PARAMETERS = 50
MAX_PARAMETER = 100
MAX_HOSTS = 100

NAME_WANTED = f"Give the website a name of at most {MAX_NAME} characters."
ZONE_WANTED = "There is no such time zone; write it as Europe/Berlin."


@dataclass(frozen=True)
class Changes:
    """As sent; None stays as it is.

    An event's page counts when `allowed_hosts` is empty or has its host, and `excluded_hosts` has not.
    """

    name: str | None = None
    allowed_parameters: Iterable[str] | None = None
    allowed_hosts: Iterable[str] | None = None
    excluded_hosts: Iterable[str] | None = None
    timezone: str | None = None


def checked(changes: Changes) -> dict[str, Any]:
    """The fields to change, by name; lists as frozensets. Raises InvalidError naming each entry at fault."""
    faults: list[FieldError] = []
    fields: dict[str, Any] = {}
    if changes.name is not None:
        fields["name"] = changes.name.strip()
        faults += [] if is_name(fields["name"]) else [FieldError("/name", NAME_WANTED)]
    if changes.timezone is not None:
        fields["timezone"] = changes.timezone
        faults += [] if is_zone(changes.timezone) else [FieldError("/timezone", ZONE_WANTED)]
    for name, entries, rule in (
        ("allowed_parameters", changes.allowed_parameters, _PARAMETERS),
        ("allowed_hosts", changes.allowed_hosts, _HOSTS),
        ("excluded_hosts", changes.excluded_hosts, _HOSTS),
    ):
        if entries is not None:
            fields[name] = rule.checked(name, list(entries), faults)
    if faults:
        raise InvalidError("Nothing was changed: fields are wrong.", faults)
    return fields


def is_name(name: str) -> bool:
    return 0 < len(name) <= MAX_NAME


def is_zone(name: str) -> bool:
    try:
        return ZoneInfo(name).key == name
    except (ValueError, OSError, KeyError):  # unsafe path; a folder's name; not found
        return False


def _parameter(entry: str) -> str | None:
    name = entry.strip().lower()
    fits = 0 < len(name) <= MAX_PARAMETER and name.isprintable() and not set(name) & set("&=# ")
    return name if fits else None


@dataclass(frozen=True)
class _List:
    """`normal` returns an entry in the form it is kept in, or None for what is none."""

    most: int
    normal: Callable[[str], str | None]
    wanted: str

    def checked(self, field: str, entries: list[str], faults: list[FieldError]) -> frozenset[str]:
        if len(entries) > self.most:
            fault = f"has {len(entries)} entries; at most {self.most} are taken"
            faults.append(FieldError(f"/{field}", fault))
            return frozenset()
        found = [self.normal(entry) for entry in entries]
        wrong = [number for number, entry in enumerate(found) if entry is None]
        faults += [FieldError(f"/{field}/{number}", self.wanted) for number in wrong]
        return frozenset(entry for entry in found if entry)


_PARAMETERS = _List(
    MAX_PARAMETERS,
    _parameter,
    f"Write a parameter's name, such as ref: at most {MAX_PARAMETER} characters without spaces, &, = and #.",
)
_HOSTS = _List(
    MAX_HOSTS,
    hosts.normal,
    "Write a host without scheme, port and path: shop.example, or *.shop.example for all below it.",
)
