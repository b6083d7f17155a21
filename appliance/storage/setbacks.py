"""Work that failed, and when it is tried again: one bad piece stops no other, and is not always tried."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=6)
REPEATEDLY = 3
"""So many failures in a row are no chance any more."""

Tier = Literal["hour", "day"]


@dataclass(frozen=True)
class Piece:
    """The rows of a site's local day: its own, or those of its hours."""

    site_id: str
    tier: Tier
    day: date


@dataclass(frozen=True)
class Setback:
    """`failures` in a row, the first of them at `since`."""

    piece: Piece
    failures: int
    since: datetime
    again_at: datetime


class Setbacks:
    """In memory: after a restart everything is tried at once."""

    def __init__(self) -> None:
        self._noted: dict[Piece, Setback] = {}

    def has_to_wait(self, piece: Piece, now: datetime) -> bool:
        return piece in self._noted and now < self._noted[piece].again_at

    def note(self, piece: Piece, now: datetime) -> Setback:
        """It failed; the pause before the next attempt doubles each time."""
        known = self._noted.get(piece)
        failures = known.failures + 1 if known else 1
        pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
        self._noted[piece] = Setback(piece, failures, known.since if known else now, now + pause)
        return self._noted[piece]

    def keep(self, tier: Tier, pieces: Collection[Piece]) -> None:
        """All others of the tier are done, or gone with their site."""
        self._noted = {
            piece: setback for piece, setback in self._noted.items() if piece.tier != tier or piece in pieces
        }

    def forget(self, pieces: Iterable[Piece]) -> None:
        """They were done."""
        for piece in pieces:
            self._noted.pop(piece, None)

    @property
    def repeated(self) -> list[Setback]:
        """What failed again and again, oldest first."""
        found = [each for each in list(self._noted.values()) if each.failures >= REPEATEDLY]
        return sorted(found, key=lambda each: each.since)
