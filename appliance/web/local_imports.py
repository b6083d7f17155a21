"""Imports asked for by the command line, of files on this machine."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.imports.comparing import Preview
from appliance.imports.records import COMMAND_LINE, Import
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form


class LocalImportForm(BaseModel):
    """Begin to import `file`, which is on the server's own machine, or only tell what that would do
    (`preview`); or begin to take back the import `undo`; or, with neither, tell how far they are."""

    model_config = ConfigDict(strict=True, extra="forbid")

    site_id: str
    file: str | None = None
    preview: bool = False
    undo: int | None = None


@dataclass(frozen=True)
class ImportList:
    """The latest first."""

    imports: list[Import]
    preview: Preview | None = None


def imports_for(runtime: Runtime, form: LocalImportForm) -> ImportList:
    """Do what the form says, or begin it."""
    site = runtime.sites.present(form.site_id)
    if form.undo is not None:
        runtime.imports.begin_undo(site, form.undo, COMMAND_LINE)
    elif form.file is not None and form.preview:
        return ImportList(runtime.imports.of(site), runtime.imports.preview(site, Path(form.file)))
    elif form.file is not None:
        file = Path(form.file)
        runtime.imports.begin(site, file, file.name, COMMAND_LINE)
    return ImportList(runtime.imports.of(site))


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("local_imports", __name__, url_prefix="/api/local")

    @routes.post("/imports")
    def ask() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        return answer(imports_for(runtime, json_form(LocalImportForm)))

    return routes
