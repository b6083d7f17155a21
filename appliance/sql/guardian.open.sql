SELECT site_id, kind, began_at, noticed_at, visits FROM alarms WHERE ended_at IS NULL ORDER BY noticed_at;
