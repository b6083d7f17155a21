UPDATE imports SET state = $state, ended_at = $now WHERE import_id = $import_id;
