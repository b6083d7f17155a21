-- Visits of unrecognised visitors that may still be under way.
SELECT visitor_id, max(received_at) FROM raw_events WHERE received_at >= $since AND cookieless GROUP BY visitor_id;
