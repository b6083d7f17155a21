-- Loading times, summed in thousandths of a millisecond; percentiles interpolate linearly.
SELECT
    count(load_ms) AS loads,
    coalesce(sum(load_ms) * 1000, 0)::HUGEINT AS load_us,
    quantile_cont(load_ms::DOUBLE, [0.5, 0.75, 0.95]) AS percentiles
FROM facts
WHERE site_id = $site_id AND ts >= $start AND ts < $end AND load_ms IS NOT NULL;
