-- Parquet files made one, in their order. A window that numbers rows as they come keeps the order in one thread, so that
-- the writer need not: it gathers far more rows when it does.
COPY (
    SELECT * EXCLUDE (place)
    FROM (SELECT *, row_number() OVER () AS place FROM read_parquet($parts::VARCHAR[]))
    WHERE place > 0
) TO $file (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480, PRESERVE_ORDER false);
