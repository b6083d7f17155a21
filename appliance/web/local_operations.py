"""The operations for the command line and the window of this machine."""

from appliance.backups import restoring
from appliance.web import local, local_exports, local_imports
from appliance.web.operation import Operation

LOCAL = (
    Operation(
        "post", "/api/local/backup", "Make a backup now; for the command line alone", {201: local.MadeBackup},
        local.NoFields, public=True, refusals=(400, 401, 403, 409, 415, 422, 503),
    ),
    Operation(
        "post", "/api/local/restore", "Go back to a backup, or say what that changes",
        {200: restoring.Prospect, 204: None}, local.RestoreForm, public=True,
        refusals=(400, 401, 403, 409, 415, 422, 503),
    ),
    Operation(
        "post", "/api/local/restore/progress", "How far going back is; for the command line alone",
        {200: local.RestoreProgress}, local.NoFields, public=True, refusals=(400, 401, 403, 404, 415, 422),
    ),
    Operation(
        "post", "/api/local/reset-password", "Set a forgotten password; for the command line alone",
        {204: None}, local.PasswordReset, public=True, refusals=(400, 401, 403, 404, 415, 422),
    ),
    Operation(
        "post", "/api/local/sign-in-link", "A link that signs the program's own window in",
        {201: local.SignInLink}, local.NoFields, public=True, refusals=(400, 401, 403, 404, 415, 422),
    ),
    Operation(
        "post", "/api/local/export", "Make a file of some days; for the command line alone",
        {200: local_exports.LocalExport}, local_exports.LocalExportForm, public=True,
        refusals=(400, 401, 403, 404, 415, 422, 503),
    ),
    Operation(
        "post", "/api/local/imports", "Import a file or take an import back; for the command line alone",
        {200: local_imports.ImportList}, local_imports.LocalImportForm, public=True,
        refusals=(400, 401, 403, 404, 409, 415, 422, 503),
    ),
    Operation(
        "post", "/api/local/stop", "End the program in order; for the command line and the window alone",
        {204: None}, local.NoFields, public=True, refusals=(400, 401, 403, 404, 415, 422),
    ),
    Operation(
        "get", "/api/local/sign-in", "Sign the window in, once, and go to the dashboard", {302: None},
        query=("link",), public=True, refusals=(400, 401, 403),
    ),
)  # fmt: skip
