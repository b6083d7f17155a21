-- The events of a file, with the number of their line from 1, and whether the site has them already: of n equal ones in
-- the file, as many as are stored. Event ids cannot tell: they are forgotten after 48 hours. Nor can the id of a visitor
-- that was derived here: the same line of another file has another.
CREATE OR REPLACE TEMP TABLE read_in AS
WITH read AS (
    SELECT
        row_number() OVER () AS line,
        *,
        event_digest(
            ts, event_type, if(cookieless, NULL, visitor_id), session_id, path, title, engaged_ms, scroll_depth, load_ms
        ) AS digest
    FROM read_json(
        $file,
        format = 'newline_delimited',
        columns = {
            ts: 'TIMESTAMP', event_type: 'VARCHAR', visitor_id: 'UUID', session_id: 'UUID', cookieless: 'BOOLEAN',
            path: 'VARCHAR', title: 'VARCHAR', engaged_ms: 'BIGINT', scroll_depth: 'DECIMAL(4, 1)',
            load_ms: 'DECIMAL(9, 3)'
        }
    )
),
stored AS (
    SELECT
        event_digest(
            ts, event_type, if(cookieless, NULL, visitor_id), session_id, path, title, engaged_ms, scroll_depth, load_ms
        ) AS digest,
        count(*) AS times
    FROM raw_events
    WHERE site_id = $site_id AND ts >= $start AND ts <= $until
    GROUP BY digest
)
SELECT
    line, ts, event_type, visitor_id,
    row_number() OVER (PARTITION BY digest ORDER BY line) <= coalesce(times, 0) AS is_known
FROM read
LEFT JOIN stored USING (digest);
