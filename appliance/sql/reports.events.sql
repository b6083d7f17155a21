-- Numbers over everything that happened in the range.
SELECT
    count(DISTINCT visitor_id) AS unique_visitors,
    count(*) FILTER (is_pageview(event_type)) AS pageviews,
    count(DISTINCT path) FILTER (is_pageview(event_type)) AS pages,
    count(load_ms) AS loads,
    coalesce(sum(load_ms) * 1000, 0)::HUGEINT AS load_us,
    quantile_cont(load_ms::DOUBLE, [0.5, 0.75, 0.95]) AS load_percentiles
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= $start AND ts < $end;
