"""One operation of the HTTP contract, as the tables of them have it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Operation:
    """`answers` maps a success status to the type of its body (None: no body, or no JSON). What is
    `shared`, a share link opens too."""

    method: str
    path: str
    summary: str
    answers: dict[int, Any]
    body: Any = None
    query: tuple[str, ...] = ()
    public: bool = False
    shared: bool = False
    refusals: tuple[int, ...] = ()
