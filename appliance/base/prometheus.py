"""Numbers as text for Prometheus: its exposition format, version 0.0.4.

Written here because the client library's own way is a registry of the whole process, while these numbers are
read from the program's parts when they are asked for; its parser holds this against the format in the tests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from appliance.base.counting import Durations

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Kind = Literal["counter", "gauge", "histogram"]

_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


@dataclass(frozen=True)
class Sample:
    """`suffix` stands behind the family's name: `_bucket`, `_sum`, `_count` of a histogram."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True)
class Family:
    """One metric. Names end in the unit; those of counters in `_total`."""

    name: str
    kind: Kind
    help: str
    samples: list[Sample]


def gauge(name: str, help: str, value: float) -> Family:
    return Family(name, "gauge", help, [Sample(value)])


def histogram(name: str, help: str, durations: Durations) -> Family:
    found = durations.distribution()
    buckets = [Sample(count, {"le": f"{bound:g}"}, "_bucket") for bound, count in found.at_most.items()]
    ends = [
        Sample(found.count, {"le": "+Inf"}, "_bucket"),
        Sample(found.total_s, suffix="_sum"),
        Sample(found.count, suffix="_count"),
    ]
    return Family(name, "histogram", help, [*buckets, *ends])


def text(families: Iterable[Family]) -> str:
    return "".join(line + "\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterable[str]:
    yield f"# HELP {family.name} {family.help}"
    yield f"# TYPE {family.name} {family.kind}"
    for sample in family.samples:
        labels = ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in sample.labels.items())
        braced = f"{{{labels}}}" if labels else ""
        yield f"{family.name}{sample.suffix}{braced} {sample.value!r}"
