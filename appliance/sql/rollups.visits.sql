-- One row per visit. Where it came from and what it was made with are those of its first event.
-- A bounce has exactly one pageview and no interactive event; a visit without a pageview is none.
INSERT INTO visits BY NAME
WITH spans AS (
    SELECT
        visit_id,
        min(ts) AS started_at,
        max(ts) AS ended_at,
        count(*) FILTER (is_pageview) AS pageviews,
        count(*) FILTER (is_pageview) = 1 AND NOT bool_or(is_interactive) AS bounced,
        first(path ORDER BY ts, received_at, seq) FILTER (is_pageview) AS entry_page,
        last(path ORDER BY ts, received_at, seq) FILTER (is_pageview) AS exit_page
    FROM visit_events
    GROUP BY visit_id
),
times AS (
    SELECT visit_id, coalesce(sum(page_time_ms), 0)::BIGINT AS page_time_ms
    FROM page_facts
    WHERE ts BETWEEN $since AND $until
    GROUP BY visit_id
)
SELECT
    opening.site_id,
    spans.*,
    coalesce(times.page_time_ms, 0) AS page_time_ms,
    opening.visitor_id, opening.cookieless, visit_events.stretch_started_at, visit_events.stretch_ended_at,
    opening.referrer, opening.referrer_name, opening.channel, opening.source,
    opening.utm_source, opening.utm_medium, opening.utm_campaign, opening.utm_term, opening.utm_content,
    opening.country, opening.language, opening.browser, opening.os, opening.device, opening.screen
FROM spans
JOIN visit_events ON visit_events.seq = spans.visit_id
JOIN raw_events AS opening ON opening.seq = spans.visit_id AND opening.ts BETWEEN $since AND $until
LEFT JOIN times ON times.visit_id = spans.visit_id;
