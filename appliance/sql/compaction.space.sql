-- How many blocks the file has, how many of them hold nothing, and the bytes of one.
SELECT total_blocks, free_blocks, block_size
FROM pragma_database_size()
WHERE database_name = current_database();
