-- The events in the range that count and are still kept, with the visit that each is part of, as they happened: in the
-- order that decides what a visit is, so that read in again they make the same visits.
SELECT
    e.event_id,
    e.ts,
    e.received_at,
    e.event_type,
    f.visit_id,
    e.visitor_id,
    e.session_id,
    e.cookieless,
    e.clock_skew,
    e.interactive,
    e.pii_stripped,
    e.hostname,
    e.path,
    e.title,
    e.referrer,
    e.referrer_name,
    e.channel,
    e.source,
    e.utm_source,
    e.utm_medium,
    e.utm_campaign,
    e.utm_term,
    e.utm_content,
    e.country,
    e.language,
    e.browser,
    e.os,
    e.device,
    e.screen,
    e.load_ms,
    e.lcp_ms,
    e.inp_ms,
    e.cls,
    e.engaged_ms,
    e.scroll_depth,
    e.payload::JSON AS payload
FROM raw_events AS e
JOIN (SELECT seq, visit_id FROM facts WHERE site_id = $site_id AND ts >= $start AND ts < $end) AS f USING (seq)
WHERE e.site_id = $site_id AND e.ts >= $start AND e.ts < $end
ORDER BY e.ts, e.received_at, seq;
