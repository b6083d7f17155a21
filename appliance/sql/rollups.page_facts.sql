-- How long a page was looked at: the engaged_ms that its leave events report (summed), if any;
-- else the time to the visit's next pageview; else to the visit's last event if that is later; else unknown.
-- Web vitals are the worst that its leave events report: each tells what was measured since the one before.
-- A leave belongs to the visit's latest pageview of the same path at or before it, whichever arrived first.
INSERT INTO page_facts BY NAME
WITH placed AS (
    SELECT
        *,
        CASE WHEN event_type = 'leave' THEN
            last_value(CASE WHEN is_pageview THEN seq END IGNORE NULLS) OVER (
                PARTITION BY visit_id, path ORDER BY ts, NOT is_pageview, received_at, seq
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        END AS left_page,
        max(ts) OVER (PARTITION BY visit_id) AS visit_ended_at
    FROM visit_events
),
told AS (
    SELECT
        left_page AS seq,
        sum(engaged_ms)::BIGINT AS engaged_ms,
        max(lcp_ms) AS lcp_ms,
        max(inp_ms) AS inp_ms,
        max(cls) AS cls
    FROM placed
    WHERE left_page IS NOT NULL
    GROUP BY left_page
),
views AS (
    SELECT
        placed.* EXCLUDE (lcp_ms, inp_ms, cls),
        lead(ts) OVER (PARTITION BY visit_id ORDER BY ts, received_at, seq) AS next_ts
    FROM placed
    WHERE is_pageview
)
SELECT
    site_id,
    visit_id,
    visitor_id,
    views.seq,
    ts,
    event_type,
    path,
    title,
    coalesce(
        told.engaged_ms,
        CASE
            WHEN next_ts IS NOT NULL THEN epoch_us(next_ts) - epoch_us(ts)
            WHEN visit_ended_at > ts THEN epoch_us(visit_ended_at) - epoch_us(ts)
        END // 1000
    ) AS page_time_ms,
    load_ms,
    told.lcp_ms,
    told.inp_ms,
    told.cls,
    properties
FROM views
LEFT JOIN told USING (seq);
