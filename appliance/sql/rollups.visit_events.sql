-- What is a visit: the events of one visitor on one site in order, cut
--   where two neighbours are more than 30 minutes apart (exactly 30:00 still belongs), and
--   where the client's session_id changes within such a stretch (a missing one never cuts).
-- Only what the windows need is carried along: every column more is sorted with the rest.
CREATE OR REPLACE TEMP TABLE visit_events AS
WITH own AS (
    SELECT
        site_id, visitor_id, seq, ts, received_at, session_id, event_type, path, title, load_ms, engaged_ms, properties,
        lcp_ms, inp_ms, cls,
        is_pageview(event_type) AS is_pageview,
        NOT is_pageview(event_type) AND NOT is_passive(event_type) AND coalesce(interactive, true) AS is_interactive
    FROM raw_events
    JOIN reach USING (site_id, visitor_id)
    WHERE raw_events.bot_reason IS NULL
        AND raw_events.ts BETWEEN reach.since AND reach.until
        AND raw_events.ts BETWEEN $since AND $until
),
gaps AS (
    SELECT *, coalesce(ts - lag(ts) OVER visitor > INTERVAL 30 MINUTE, true) AS opens_stretch
    FROM own
    WINDOW visitor AS (PARTITION BY site_id, visitor_id ORDER BY ts, received_at, seq)
),
stretches AS (
    SELECT *, sum(opens_stretch::INTEGER) OVER visitor AS stretch
    FROM gaps
    WINDOW visitor AS (PARTITION BY site_id, visitor_id ORDER BY ts, received_at, seq)
),
sessions AS (
    SELECT
        *,
        last_value(session_id IGNORE NULLS) OVER earlier AS session_before,
        min(ts) OVER whole AS stretch_started_at,
        max(ts) OVER whole AS stretch_ended_at
    FROM stretches
    WINDOW
        whole AS (PARTITION BY site_id, visitor_id, stretch),
        earlier AS (
            PARTITION BY site_id, visitor_id, stretch ORDER BY ts, received_at, seq
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
),
cuts AS (
    SELECT *, opens_stretch OR coalesce(session_id <> session_before, false) AS opens_visit
    FROM sessions
)
SELECT
    * EXCLUDE (session_id, session_before, opens_stretch, stretch),
    last_value(CASE WHEN opens_visit THEN seq END IGNORE NULLS) OVER (
        PARTITION BY site_id, visitor_id ORDER BY ts, received_at, seq
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS visit_id
FROM cuts;
