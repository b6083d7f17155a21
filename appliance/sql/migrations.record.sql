INSERT INTO schema_migrations VALUES ($version, $now);
