INSERT INTO goals (site_id, goal_id, name, kind, pattern, created_at)
VALUES ($site_id, $goal_id, $name, $kind, $pattern, $created_at);
