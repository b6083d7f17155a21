"""Operations of the HTTP contract for whoever looks after this Analytiq; a part of the table of all."""

from appliance.web import doctor, jobs, local
from appliance.web.operation import Operation

UPKEEP = (
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
