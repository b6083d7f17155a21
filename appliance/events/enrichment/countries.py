"""Country of a browser's time zone, from the tz database's own tables (public domain)."""

from functools import cache
from importlib.resources import files

# Old names that the tz database links to a zone beyond the border; browsers still say some of them.
_BEYOND_THE_BORDER = {
    "Africa/Asmera": "ER",
    "Africa/Timbuktu": "ML",
    "America/Coral_Harbour": "CA",
    "America/Virgin": "VI",
    "Antarctica/South_Pole": "AQ",
    "Atlantic/Jan_Mayen": "SJ",
    "Iceland": "IS",
    "Pacific/Ponape": "FM",
    "Pacific/Truk": "FM",
    "Pacific/Yap": "FM",
}
# Linked to one zone each, but whole continents set their clocks by them.
_OF_NO_COUNTRY = {"CET", "EET", "EST", "HST", "MET", "MST", "WET"}


def of_time_zone(name: str | None) -> str | None:
    """ISO 3166 alpha-2 code, or None where the zone is unknown or belongs to no country (UTC)."""
    return _countries().get(name) if name else None


@cache
def _countries() -> dict[str, str]:
    zones = files("tzdata") / "zoneinfo"
    table = dict(_BEYOND_THE_BORDER)
    for line in (zones / "zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            table[zone] = code
    # Browsers still say old names (Asia/Calcutta): a link has the country of what it points to.
    for line in (zones / "tzdata.zi").read_text("utf-8").splitlines():
        if line.startswith("L "):
            _, target, alias = line.split()
            if target in table and alias not in _OF_NO_COUNTRY:
                table.setdefault(alias, table[target])
    return table
