-- A query of one span, asked for each of several: it stands in place of the mark, with a span's bounds in place of its
-- $start and $end. It reads no more of a site than what happened from $since on in visits that ended up to $until.
WITH span AS MATERIALIZED (
    SELECT
        unnest(range(len($starts))) AS number,
        unnest($starts::TIMESTAMP[]) AS starts_at,
        unnest($ends::TIMESTAMP[]) AS ends_at
),
visits AS (
    SELECT * FROM main.visits WHERE site_id = $site_id AND started_at <= $until AND ended_at >= $since
),
page_facts AS (
    SELECT * FROM main.page_facts WHERE site_id = $site_id AND ts BETWEEN $since AND $until
),
event_facts AS (
    SELECT * FROM main.event_facts WHERE site_id = $site_id AND ts BETWEEN $since AND $until
),
facts AS (
    SELECT * FROM main.facts WHERE site_id = $site_id AND ts BETWEEN $since AND $until
)
SELECT span.number, answer.*
FROM span, LATERAL (
    SELECT 1 /* query */
) AS answer;
