INSERT INTO alarms (site_id, kind, began_at, noticed_at, visits)
VALUES ($site_id, $kind, $began_at, $noticed_at, $visits)
ON CONFLICT DO NOTHING;
