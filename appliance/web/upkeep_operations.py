"""Operations of the HTTP contract for whoever looks after this Analytiq; a part of the table of all."""

from appliance.web import doctor, jobs, local, mail
from appliance.web.operation import Operation

UPKEEP = (
    Operation("get", "/api/mail", "Which server e-mail is handed to", {200: mail.MailState}, refusals=(403,)),
    Operation(
        "patch",
        "/api/mail",
        "Choose the server; its password is never shown again",
        {200: mail.MailState},
        mail.MailForm,
        refusals=(400, 403, 415, 422),
    ),
    Operation("delete", "/api/mail", "Send no e-mail any more", {204: None}, refusals=(403, 415)),
    Operation(
        "post",
        "/api/mail/test",
        "Send a test e-mail to whoever asks",
        {200: mail.TestMail},
        mail.NoFields,
        refusals=(400, 403, 409, 415, 422, 503),
    ),
    Operation(
        "get",
        "/api/doctor",
        "What the doctor finds; for an owner. Takes seconds with much data",
        {200: doctor.Diagnosis},
        refusals=(403,),
    ),
    Operation(
        "get",
        "/api/support-bundle",
        "What the doctor finds and the end of the log, redacted, as a zip file",
        {200: None},
        refusals=(403,),
    ),
    Operation(
        "post",
        "/api/local/doctor",
        "What the doctor finds; for the command line alone",
        {200: doctor.Diagnosis},
        local.NoFields,
        public=True,
        refusals=(400, 401, 403, 415, 422),
    ),
    Operation(
        "post",
        "/api/local/support-bundle",
        "The zip file; for the command line alone",
        {200: None},
        local.NoFields,
        public=True,
        refusals=(400, 401, 403, 415, 422),
    ),
    Operation(
        "get",
        "/api/jobs",
        "The housekeeping jobs: how the last run of each ended, and when the next is due",
        {200: jobs.JobList},
        refusals=(403,),
    ),
    Operation(
        "post",
        "/api/jobs/{job}/run",
        "Run a job now, as soon as the one under way has ended",
        {202: jobs.JobList},
        jobs.NoFields,
        refusals=(400, 403, 404, 409, 415, 422),
    ),
    Operation(
        "get",
        "/metrics",
        "Numbers for Prometheus, as text: on this machine, or with an owner's key",
        {200: None},
        public=True,
        refusals=(401, 403),
    ),
)
