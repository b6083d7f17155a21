-- Parquet files made one.
COPY (
    SELECT * FROM read_parquet($parts::VARCHAR[])
) TO $file (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480);
