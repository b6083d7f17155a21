-- The lines of a file, from 1, whose events the site has already: of n equal ones in the file, as many as are stored.
-- Event ids cannot tell: they are forgotten after 48 hours.
WITH read AS (
    SELECT
        row_number() OVER () AS line,
        event_digest(
            ts, event_type, visitor_id, session_id, path, title, engaged_ms, scroll_depth, load_ms
        ) AS digest
    FROM read_json(
        $file,
        format = 'newline_delimited',
        columns = {
            ts: 'TIMESTAMP', event_type: 'VARCHAR', visitor_id: 'UUID', session_id: 'UUID', path: 'VARCHAR', title: 'VARCHAR',
            engaged_ms: 'BIGINT', scroll_depth: 'DECIMAL(4, 1)', load_ms: 'DECIMAL(9, 3)'
        }
    )
),
stored AS (
    SELECT
        event_digest(
            ts, event_type, visitor_id, session_id, path, title, engaged_ms, scroll_depth, load_ms
        ) AS digest,
        count(*) AS times
    FROM raw_events
    WHERE site_id = $site_id AND ts >= $start AND ts <= $until
    GROUP BY digest
)
SELECT line
FROM (
    SELECT line, digest, row_number() OVER (PARTITION BY digest ORDER BY line) AS nth FROM read
)
JOIN stored USING (digest)
WHERE nth <= times
ORDER BY line;
