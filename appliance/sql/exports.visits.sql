-- The visits that start in the range and are still kept, in that order.
SELECT
    visit_id,
    visitor_id,
    cookieless,
    started_at,
    ended_at,
    pageviews,
    bounced,
    page_time_ms,
    entry_page,
    exit_page,
    referrer,
    referrer_name,
    channel,
    source,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_term,
    utm_content,
    country,
    language,
    browser,
    os,
    device,
    screen
FROM visits
WHERE site_id = $site_id AND started_at >= $start AND started_at < $end
ORDER BY started_at, visit_id;
