-- Imports that the end of the program cut off.
SELECT import_id FROM imports WHERE state IN ('reading', 'storing') ORDER BY import_id;
