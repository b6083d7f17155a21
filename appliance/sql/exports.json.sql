-- As JSON, one object a line.
COPY (
    SELECT 1 /* what is exported */
) TO $file (FORMAT json, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S.%fZ');
