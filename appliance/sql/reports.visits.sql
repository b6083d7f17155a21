-- Numbers over the visits that start in the range.
SELECT
    count(*) AS visits,
    count(*) FILTER (bounced) AS bounces,
    coalesce(sum(page_time_ms), 0)::BIGINT AS page_time_ms
FROM visits
WHERE site_id = $site_id AND started_at >= $start AND started_at < $end;
