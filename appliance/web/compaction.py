"""The disk that the database takes, for its owners: looked at, and given back where nothing is in it."""

from dataclasses import dataclass

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.backups.compaction import Compacted
from appliance.backups.keeping import Failure
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.requests import answer, json_form


class NoFields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


@dataclass(frozen=True)
class CompactionState:
    """`bytes`: of the database's file; `free_bytes` of them hold nothing. `pays`: it will be compacted by
    itself for that. `failure`: why it could not be after `last`; null when all is well."""

    bytes: int
    free_bytes: int
    pays: bool
    under_way: bool
    last: Compacted | None
    failure: Failure | None


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("compaction", __name__, url_prefix="/api/compaction")
    compaction = runtime.compaction

    @routes.get("")
    def state() -> Response:
        auth.owner()
        space = compaction.space()
        found = CompactionState(
            space.bytes,
            space.free_bytes,
            space.pays,
            compaction.under_way,
            compaction.last,
            compaction.failure,
        )
        return answer(found)

    @routes.post("")
    @on_any_processor()
    def run() -> Response:
        auth.owner()
        json_form(NoFields)
        with runtime.database.background():
            return answer(compaction.run())

    return routes
