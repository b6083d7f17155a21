-- Web vitals of the pageviews that were measured: of all together, and of each path. Layout shifts in ten-thousandths;
-- percentiles interpolate linearly.
WITH measured AS (
    SELECT path, lcp_ms::DOUBLE AS lcp, inp_ms::DOUBLE AS inp, (cls * 10000)::DOUBLE AS shift
    FROM page_facts
    WHERE site_id = $site_id AND ts >= $start AND ts < $end
        AND (lcp_ms IS NOT NULL OR inp_ms IS NOT NULL OR cls IS NOT NULL)
)
SELECT
    path,
    count(lcp) AS lcp_measured,
    quantile_cont(lcp, [0.5, 0.75, 0.95]) AS lcp_percentiles,
    count(inp) AS inp_measured,
    quantile_cont(inp, [0.5, 0.75, 0.95]) AS inp_percentiles,
    count(shift) AS shift_measured,
    quantile_cont(shift, [0.5, 0.75, 0.95]) AS shift_percentiles
FROM measured
GROUP BY GROUPING SETS ((), (path))
HAVING grouping(path) = 1 OR path IS NOT NULL
ORDER BY grouping(path) DESC, count(*) DESC, path
LIMIT $limit + 1;
