DELETE FROM goals WHERE site_id = $site_id AND goal_id = $goal_id RETURNING goal_id;
