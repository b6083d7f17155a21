-- Websites that were deleted: what still arrives for one, or waits for it in the journal, is stored nowhere.
CREATE TABLE deleted_sites (
    site_id VARCHAR PRIMARY KEY,
    deleted_at TIMESTAMP NOT NULL
);
