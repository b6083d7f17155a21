"""The backups of this Analytiq, for its owners: looked at, made, and gone back to."""

import os
import signal
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request, send_file
from pydantic import BaseModel, ConfigDict, Field

from appliance.backups import contents
from appliance.backups.backup import Backup, Reason
from appliance.backups.contents import Figures
from appliance.backups.downloads import LIFETIME, Wanted
from appliance.backups.keeping import Failure, UnderWay
from appliance.backups.restoring import Progress
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.requests import answer, json_form, no_content, sender

_BINARY = "application/octet-stream"


class NoFields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Confirmation(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    current_password: str


class DownloadForm(Confirmation):
    """`accounts`: with all that lets somebody in. `passphrase`: encrypts the file."""

    accounts: bool = False
    passphrase: str | None = Field(default=None, min_length=8, max_length=1024)


@dataclass(frozen=True)
class DownloadLink:
    """Good once, for the account that asked, within `expires_in` seconds."""

    path: str
    expires_in: int


@dataclass(frozen=True)
class BackupAnswer:
    """`bytes`: of the file; `sha256`: of it, in hexadecimal; `figures`: what is in it."""

    name: str
    made_at: datetime
    reason: Reason
    version: str
    bytes: int
    sha256: str
    figures: Figures


@dataclass(frozen=True)
class BackupList:
    """Newest first. `now`: what a backup of this moment would hold. `next_at`: when the next is made by
    itself. `going_back`: how far going back to one is; null while nobody does. `failure`: why none could be
    made after the newest; null when all is well."""

    backups: list[BackupAnswer]
    now: Figures
    next_at: datetime
    under_way: UnderWay | None
    going_back: Progress | None
    failure: Failure | None
    folder: str
    budget_gb: int


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("backups", __name__, url_prefix="/api/backups")
    backups = runtime.backups

    @routes.get("")
    def index() -> Response:
        auth.owner()
        found = BackupList(
            backups=[_answer(backup) for backup in backups.kept.all()],
            now=contents.figures(runtime.database),
            next_at=backups.next_at(runtime.clock.now()),
            under_way=backups.under_way,
            going_back=runtime.restoring.under_way,
            failure=backups.failure,
            folder=str(backups.kept.folder),
            budget_gb=runtime.config.backup_budget_gb,
        )
        return answer(found)

    @routes.post("")
    @on_any_processor()
    def create() -> Response:
        auth.owner()
        json_form(NoFields)
        with runtime.database.background():
            return answer(_answer(backups.take("by hand")), 201)

    @routes.post("/<backup>/restore")
    @on_any_processor()
    def restore(backup: str) -> Response:
        """Done, the program starts anew with the other database; this request is answered first."""
        owner = auth.owner()
        file = backups.kept.file(backups.kept.find(backup))
        given = json_form(Confirmation).current_password
        runtime.sign_in.confirm(owner, given, sender(request.environ).address)
        with runtime.database.background():
            runtime.restoring.go_back(file, owner.email)
        signal.raise_signal(signal.SIGTERM)
        return no_content()

    @routes.post("/<backup>/download")
    @on_any_processor()
    def prepare(backup: str) -> Response:
        owner = auth.owner()
        found, form = backups.kept.find(backup), json_form(DownloadForm)
        runtime.sign_in.confirm(owner, form.current_password, sender(request.environ).address)
        with runtime.database.background():
            wanted = Wanted(form.accounts, form.passphrase)
            token = runtime.downloads.prepare(owner.account_id, found, wanted)
        link = DownloadLink(f"/api/backups/download/{token}", int(LIFETIME.total_seconds()))
        return answer(link, 201)

    @routes.get("/download/<token>")
    def download(token: str) -> Response:
        """Handed to the server as a file: it is sent from the disk, and no thread waits for who reads it."""
        ready = runtime.downloads.fetch(auth.owner().account_id, token)
        response = send_file(ready.file, _BINARY, as_attachment=True, download_name=ready.name)
        response.content_length = os.fstat(ready.file.fileno()).st_size
        return response

    return routes


def _answer(backup: Backup) -> BackupAnswer:
    shown = {name: getattr(backup, name) for name in BackupAnswer.__dataclass_fields__}
    return BackupAnswer(**shown)
