-- Since when there has been anything to keep.
SELECT min(applied_at) FROM schema_migrations;
