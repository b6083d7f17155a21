-- How many loading times there were, by milliseconds to two digits.
SELECT round(load_ms::DOUBLE, 1 - floor(log10(load_ms::DOUBLE))::INTEGER) AS ms, count(*) AS loads
FROM facts
WHERE site_id = $site_id AND ts >= $start AND ts < $end AND load_ms IS NOT NULL
GROUP BY ms
ORDER BY ms;
