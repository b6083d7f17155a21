"""What may stand behind the ? of an operation's address, by name."""

from typing import Any

from appliance.base.comparisons import COMPARE
from appliance.base.timerange import GRANULARITIES, LAST_HOURS
from appliance.reports import bucket_counts, ranking
from appliance.reports.exports import FORMATS, WHATS
from appliance.reports.filters import DIMENSIONS, OPERATORS
from appliance.sites.goals import KINDS

QUERY: dict[str, dict[str, Any]] = {
    "from": {
        "schema": {"type": "string", "format": "date"},
        "description": "First local day of the site; of ledger and quarantine, the first UTC day.",
    },
    "to": {"schema": {"type": "string", "format": "date"}, "description": "Last day, included."},
    "range": {
        "schema": {"type": "string", "enum": [LAST_HOURS]},
        "description": "In place of from and to: the 24 local hours that end with the one under way.",
    },
    "until": {
        "schema": {"type": "string", "format": "date-time"},
        "description": "With range: the hours up to this moment, the last of them the one in which it ends.",
    },
    "metric": {
        "schema": {"type": "string", "default": "visitors"},
        "description": f"One or several of {', '.join(bucket_counts.METRICS)}, with commas between them.",
    },
    "dimension": {
        "schema": {"type": "string", "enum": list(DIMENSIONS)},
        "description": "Of what the values are listed.",
    },
    "kind": {"schema": {"type": "string", "enum": list(KINDS)}, "description": "Of a goal."},
    "pattern": {
        "schema": {"type": "string"},
        "description": "An event's name, or a path in which * stands for all but / and ** for anything.",
    },
    "what": {
        "schema": {"type": "string", "enum": list(WHATS), "default": "report"},
        "description": "The report's numbers, or what they are made of.",
    },
    "format": {
        "schema": {"type": "string", "enum": list(FORMATS), "default": "csv"},
        "description": "JSON is one object a line for visits and events.",
    },
    "filters": {
        "schema": {"type": "string"},
        "description": 'Which visits to keep, as JSON: [["source", "is", ["organic"]], ...]. The operators '
        f"are {', '.join(OPERATORS)}; every filter must match, by any of its values.",
    },
    "compare": {
        "schema": {"type": "string", "enum": list(COMPARE)},
        "description": "An earlier range, given beside the one asked for; of a timeseries, for one metric.",
    },
    "granularity": {"schema": {"type": "string", "enum": list(GRANULARITIES), "default": "day"}},
    "search": {
        "schema": {"type": "string", "maxLength": ranking.MAX_SEARCH},
        "description": "Only rows whose value contains this, in any case; percentages stay those of all.",
    },
    "sort": {
        "schema": {"type": "string", "enum": list(ranking.SORTS)},
        "description": "Missing: by visits; of page, event and property by visitors.",
    },
    "order": {"schema": {"type": "string", "enum": list(ranking.ORDERS), "default": "desc"}},
    "offset": {"schema": {"type": "integer", "minimum": 0, "maximum": 1000000, "default": 0}},
    "limit": {"schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 20}},
    "before": {
        "schema": {"type": "integer", "minimum": 1},
        "description": "Entries older than the one with this id; missing: from the newest on.",
    },
    "link": {"schema": {"type": "string"}, "description": "One use, 30 seconds, from this machine."},
    "site_id": {"schema": {"type": "string"}},
    "url": {"schema": {"type": "string"}, "description": "The page; the Referer header if missing."},
    "path": {"schema": {"type": "string"}},
    "title": {"schema": {"type": "string"}},
    "referrer": {"schema": {"type": "string"}},
    "language": {"schema": {"type": "string"}},
    "event_type": {"schema": {"type": "string", "default": "pageview"}},
    "event_id": {"schema": {"type": "string", "format": "uuid"}},
    "k": {"schema": {"type": "string"}, "description": "The site key."},
    "token": {"schema": {"type": "string"}, "description": "A live ticket, a JWT, or as of reports."},
}
