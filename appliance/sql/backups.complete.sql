-- A backup of before a description had all that it has now.
ALTER TABLE backup ADD COLUMN IF NOT EXISTS scripts MAP(VARCHAR, BLOB) DEFAULT MAP {};
