-- As Parquet. Times are UTC.
COPY (
    SELECT 1 /* what is exported */
) TO $file (FORMAT parquet, COMPRESSION zstd);
