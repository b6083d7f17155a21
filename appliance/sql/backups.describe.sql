-- What a backup tells of itself: docs/data-model.md.
CREATE OR REPLACE TABLE backup (
    made_at TIMESTAMP NOT NULL,
    reason VARCHAR NOT NULL,
    version VARCHAR NOT NULL,               -- of the program that made it
    root_key BLOB,                          -- in clear: what keys of websites follow from
    rows_of MAP(VARCHAR, BIGINT) NOT NULL,  -- how many rows each table has
    hashes_of MAP(VARCHAR, VARCHAR) NOT NULL,
    scripts MAP(VARCHAR, BLOB) NOT NULL     -- files of the versions that websites may have pinned
);
INSERT INTO backup
SELECT
    $made_at,
    $reason,
    $version,
    $root_key,
    map($tables::VARCHAR[], $rows::BIGINT[]),
    map($tables::VARCHAR[], $hashes::VARCHAR[]),
    map($script_names::VARCHAR[], $script_contents::BLOB[]);
