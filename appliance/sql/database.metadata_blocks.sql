-- The blocks of the main file that a checkpoint writes over in place.
SELECT block_id FROM pragma_metadata_info();
