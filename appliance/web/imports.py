"""Histories imported through the dashboard: the file in parts, a preview, the import, and its end."""

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from appliance.base.errors import FieldError, InvalidError, NotFoundError
from appliance.imports.comparing import Preview
from appliance.imports.records import Import, Importer
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.requests import answer, json_form, no_content


class UploadForm(BaseModel):
    """`bytes`: how long the file is."""

    model_config = ConfigDict(strict=True, extra="forbid")

    bytes: Annotated[int, Field(ge=1)]


class PartForm(BaseModel):
    """`data`: at most a megabyte of the file from byte `offset` on, in base64."""

    model_config = ConfigDict(strict=True, extra="forbid")

    offset: Annotated[int, Field(ge=0)]
    data: str


class ImportForm(BaseModel):
    """`file_name`: by which the import is known later."""

    model_config = ConfigDict(strict=True, extra="forbid")

    upload_id: str
    file_name: Annotated[str, Field(max_length=1000)]


class NoFields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


@dataclass(frozen=True)
class Upload:
    upload_id: str


@dataclass(frozen=True)
class Imported:
    """The latest first."""

    imports: list[Import]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("imports", __name__, url_prefix="/api/sites/<site_id>/imports")

    @routes.get("")
    def index(site_id: str) -> Response:
        return answer(Imported(runtime.imports.of(auth.site_of(runtime, site_id, "editor"))))

    @routes.post("/uploads")
    def upload(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        size = json_form(UploadForm).bytes
        return answer(Upload(runtime.uploads.begin(site, size, runtime.clock.now())), 201)

    @routes.post("/uploads/<upload_id>/parts")
    @on_any_processor()
    def add_part(site_id: str, upload_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        form = json_form(PartForm)
        runtime.uploads.append(site, upload_id, form.offset, _decoded(form.data))
        return no_content()

    @routes.post("/uploads/<upload_id>/preview")
    @on_any_processor()
    def preview(site_id: str, upload_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        json_form(NoFields)
        found: Preview = runtime.imports.preview(site, runtime.uploads.path(site, upload_id))
        return answer(found)

    @routes.post("")
    def begin(site_id: str) -> Response:
        """Returns at once; how it goes on is told above."""
        site = auth.site_of(runtime, site_id)
        form = json_form(ImportForm)
        file = runtime.uploads.path(site, form.upload_id)
        runtime.imports.begin(site, file, form.file_name, _importer(), is_ours=True)
        return answer(Imported(runtime.imports.of(site)), 201)

    @routes.post("/<import_id>/undo")
    def undo(site_id: str, import_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        json_form(NoFields)
        if not import_id.isdecimal() or len(import_id) > 9:
            raise NotFoundError("This website has no such import.")
        runtime.imports.begin_undo(site, int(import_id), _importer())
        return answer(Imported(runtime.imports.of(site)))

    return routes


def _importer() -> Importer:
    account = auth.account()
    return Importer(account.email, account.account_id)


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidError("The part was not taken.", [FieldError("/data", "is not base64")]) from error
