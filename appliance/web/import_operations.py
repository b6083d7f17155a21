"""The operations of imports through the dashboard."""

from appliance.imports.comparing import Preview
from appliance.web import imports
from appliance.web.operation import Operation

_IMPORTS = "/api/sites/{site_id}/imports"
_UPLOADS = f"{_IMPORTS}/uploads"

IMPORTS = (
    Operation("get", _IMPORTS, "A site's imports; for an editor", {200: imports.Imported}, refusals=(403,)),
    Operation(
        "post", _IMPORTS, "Begin to import a file that was uploaded", {201: imports.Imported},
        imports.ImportForm, refusals=(400, 403, 409, 415, 422),
    ),
    Operation(
        "post", f"{_IMPORTS}/{{import_id}}/undo", "Begin to take an import back", {200: imports.Imported},
        imports.NoFields, refusals=(400, 403, 409, 415, 422),
    ),
    Operation(
        "post", _UPLOADS, "Begin to upload a file", {201: imports.Upload}, imports.UploadForm,
        refusals=(400, 403, 413, 415, 422, 503),
    ),
    Operation(
        "post", f"{_UPLOADS}/{{upload_id}}/parts", "Add a part to an uploaded file", {204: None},
        imports.PartForm, refusals=(400, 403, 409, 413, 415, 422),
    ),
    Operation(
        "post", f"{_UPLOADS}/{{upload_id}}/preview", "What importing an uploaded file would do",
        {200: Preview}, imports.NoFields, refusals=(400, 403, 409, 415, 422),
    ),
)  # fmt: skip
